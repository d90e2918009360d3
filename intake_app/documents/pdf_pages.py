"""Lines onto pages: no single lines, headings with their text, notes on the page of their mark."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from intake_app.documents.pdf_lines import Line, Piece
from intake_app.documents.pdf_pen import Pen
from intake_app.documents.pdf_structure import Element

NOTE_RULE = 12
"""Points of the rule above the notes and the space around it."""


@dataclass(eq=False)
class Block:
    """What goes down the page: lines, or a box with a drawing of its own.

    left, before, after, leading: points; of two blocks the wider gap counts.
    mark: stands before the first line, `mark_left` points in; its element is `mark_element`.
    whole: never divided. keep: stays with what follows. bar: a thin line beside it.
    leads: its last two lines stand with what follows.
    draw: draws a box of `height` points, given its top edge and whether it stood there before.
    down_to: the box reaches down to there, from the top of the paper, and is `height` at least.
    head: repeated above this block where it begins a page.
    """

    lines: Sequence[Line] = ()
    leading: float = 0
    left: float = 0
    before: float = 0
    after: float = 0
    element: Element | None = None
    mark: Piece | None = None
    mark_left: float = 0
    mark_element: Element | None = None
    whole: bool = False
    keep: bool = False
    leads: bool = False
    bar: bool = False
    height: float = 0
    draw: Callable[[Pen, float, bool], None] | None = None
    down_to: float = 0
    head: "Block | None" = None


@dataclass(frozen=True)
class Placed:
    """Lines `first` to before `end` of a block, from `top` points below the paper's top edge.

    again: a head that stood on an earlier page, too.
    """

    block: Block
    top: float
    first: int
    end: int
    again: bool = False


@dataclass(frozen=True)
class Page:
    """One page: what stands on it and the numbers of its notes."""

    placed: list[Placed]
    notes: list[int]


def make_pages(
    blocks: Sequence[Block], notes: Sequence[float], tops: tuple[float, float], bottom: float
) -> list[Page]:
    """Fill pages with the blocks in turn.

    notes: the heights of the notes. tops: where the first and the other pages begin, and
    bottom: where they end, in points below the top edge of the paper.
    """
    filling = _Filling(notes, tops, bottom)
    for number, block in enumerate(blocks):
        kept = _kept(blocks, number)
        if not filling.takes(kept) and filling.could_take(kept):
            filling.turn()
        if block.head and filling.empty:
            filling.put(block.head, 0, 0, again=True)
        _place(filling, block, _kept(blocks, number + 1) if block.leads else [])
    return filling.pages


_CLOSER = (0.97, 0.94, 0.91)
"""Shares of the usual space between lines; closer ones are no longer easy to read."""


def spare_a_page(
    blocks: Sequence[Block], notes: Sequence[float], tops: tuple[float, float], bottom: float
) -> list[Page]:
    """`make_pages`, a little closer where that saves a last page with little more on it than
    the closing.
    """
    pages = make_pages(blocks, notes, tops, bottom)
    if len(pages) == 1 or pages[-1].placed[-1].top > tops[1] + (bottom - tops[1]) / 3:
        return pages
    for share in _CLOSER:
        closer = make_pages([_set_closer(block, share) for block in blocks], notes, tops, bottom)
        if len(closer) < len(pages):
            return closer
    return pages


def _set_closer(block: Block, share: float) -> Block:
    return replace(
        block,
        leading=block.leading * share,
        before=block.before * share,
        after=block.after * share,
    )


def _kept(blocks: Sequence[Block], number: int) -> list[tuple[Block, int]]:
    """What must stand on one page with the beginning of a block: blocks and how many lines."""
    kept = []
    for block in blocks[number:]:
        count = len(block.lines)
        if block.keep or block.whole or count <= 3:
            kept.append((block, count))
        else:
            kept.append((block, 2))
        if not block.keep:
            break
    return kept


def _place(filling: "_Filling", block: Block, after: list[tuple[Block, int]]) -> None:
    first, count = 0, len(block.lines)
    while True:
        end = filling.lines_that_fit(block, first)
        if end == count and after and count - first > 2:
            rest = replace(block, lines=block.lines[first:])
            both = [(rest, count - first), *after]
            if not filling.takes(both) and filling.could_take(both[1:]):
                end = count - 1
        if end < count:
            # Two lines at least go over, and two stay.
            end = min(end, count - 2)
            if (end - first < 2 or block.whole) and not filling.empty:
                filling.turn()
                continue
            end = max(end, first + 1)
        filling.put(block, first, end)
        if end >= count:
            return
        filling.turn()
        first = end


class _Filling:
    """The page being filled."""

    def __init__(self, notes: Sequence[float], tops: tuple[float, float], bottom: float) -> None:
        self._notes, self._tops, self._bottom = notes, tops, bottom
        self.pages: list[Page] = []
        self.turn()

    @property
    def empty(self) -> bool:
        """Whether nothing stands on the page yet but a repeated head."""
        return all(placed.again for placed in self.pages[-1].placed)

    def turn(self) -> None:
        """Begin a new page."""
        self.pages.append(Page([], []))
        self._at = self._tops[min(len(self.pages) - 1, 1)]
        self._after = 0.0

    def takes(self, kept: Sequence[tuple[Block, int]]) -> bool:
        """Whether all of these fit on what is left of the page."""
        return self._end(kept, self._at, self._after, self.pages[-1].notes) <= self._bottom

    def could_take(self, kept: Sequence[tuple[Block, int]]) -> bool:
        """Whether a new page would hold them, so that turning to one is of use."""
        return not self.empty and self._end(kept, self._tops[1], 0, []) <= self._bottom

    def lines_that_fit(self, block: Block, first: int) -> int:
        """Up to which line the block fits on the page."""
        if not block.lines:
            return 0
        at = self._top(block, first, self._at, self._after)
        noted = list(self.pages[-1].notes)
        for number in range(first, len(block.lines)):
            at += block.leading
            noted += block.lines[number].notes
            if at + self._noted(noted) > self._bottom + 0.01:
                return number
        return len(block.lines)

    def put(self, block: Block, first: int, end: int, *, again: bool = False) -> None:
        """Put lines of a block, or a box, at the place reached."""
        top = self._top(block, first, self._at, self._after)
        self.pages[-1].placed.append(Placed(block, top, first, end, again))
        for line in block.lines[first:end]:
            self.pages[-1].notes.extend(line.notes)
        self._at = top + self._height(block, end - first, top)
        self._after = block.after if end >= len(block.lines) else 0

    def _top(self, block: Block, first: int, at: float, after: float) -> float:
        begun = at > self._tops[min(len(self.pages) - 1, 1)]
        return at + (max(after, block.before) if first == 0 and begun else 0)

    def _height(self, block: Block, lines: int, top: float) -> float:
        return max(block.height, block.down_to - top) + lines * block.leading

    def _end(
        self, kept: Sequence[tuple[Block, int]], at: float, after: float, notes: Sequence[int]
    ) -> float:
        noted = list(notes)
        for block, count in kept:
            top = self._top(block, 0, at, after)
            at, after = top + self._height(block, count, top), block.after
            for line in block.lines[:count]:
                noted += line.notes
        return at + self._noted(noted)

    def _noted(self, numbers: Sequence[int]) -> float:
        if not numbers:
            return 0
        return NOTE_RULE + sum(self._notes[number - 1] for number in numbers)
