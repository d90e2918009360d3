"""Tables of figures: a label, numbers set right under their headings, and perhaps a bar.

Each row is a block, so that a long table breaks across pages and its head is repeated. The bars
of a table together are one figure that tells its values in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from intake_app.documents.letter_template import Run
from intake_app.documents.pdf_lines import Ink, Line, Piece, set_lines
from intake_app.documents.pdf_pages import Block
from intake_app.documents.pdf_pen import Pen
from intake_app.documents.pdf_structure import Element, artifact
from intake_app.documents.pdf_styles import INK, LINE, QUIET, RULE, SIDE, Setter, Style
from intake_app.documents.typography import tidy, tie

_CELL = Style(size=9, leading=12)
_PAD = 2.2
_LEAST_LABEL, _MOST_LABEL = 96.0, 210.0
_LEAST_BARS = 110.0
_TO_BARS = 12.0
_VALUE = 46.0
"""Room for the number after the longest bar."""
_SHORT = 22
"""Rows of a table that is not broken across pages."""
_FILL = "0.176 0.388 0.494"
_COLUMN = "/A <</O /Table /Scope /Column>>"
_ROW = "/A <</O /Table /Scope /Row>>"


@dataclass(frozen=True)
class _Size:
    """Points: of the words, and of the gap before each column."""

    cell: float
    gap: float


_SIZES = (_Size(9, 12), _Size(8.5, 8), _Size(8, 6))


@dataclass(frozen=True)
class Bar:
    """One bar: `share` of the longest from 0 to 1, `words` printed after it.

    share None: nothing is drawn, and the words stand in its place.
    """

    share: float | None
    words: str


@dataclass(frozen=True)
class Row:
    """One line of a table. strong: a total, set off and in bold."""

    label: str
    cells: tuple[str, ...]
    bar: Bar | None = None
    strong: bool = False


@dataclass(frozen=True)
class Bars:
    """What the bars of a table show: the heading above them."""

    heading: str
    alt: str


def figure_table(
    heads: Sequence[str],
    rows: Sequence[Row],
    setter: Setter,
    root: Element,
    bars: Bars | None = None,
) -> list[Block]:
    """The table as blocks, `heads` for the label and each column of numbers.

    Columns that do not fit beside each other follow in further tables, the labels again.
    """
    table = _Table(setter, heads, rows, bars)
    blocks: list[Block] = []
    for first, end in table.spans:
        blocks += table.blocks(root, first, end)
    return blocks


class _Table:
    """One table being set, as large as lets all its columns stand beside each other."""

    def __init__(
        self, setter: Setter, heads: Sequence[str], rows: Sequence[Row], bars: Bars | None
    ) -> None:
        self._setter, self._heads, self._rows, self._bars = setter, heads, rows, bars
        for self._size in _SIZES:
            self._measure()
            if len(self.spans) == 1:
                break

    def blocks(self, root: Element, first: int, end: int) -> list[Block]:
        """The rows with the columns from `first` to before `end`."""
        wide = self._label, *self._widths[first:end]
        free = LINE - sum(wide)
        if not self._bars and free < 60 and len(self.spans) == 1:
            # Numbers reach the right edge where that does not tear the rows apart.
            wide = wide[0] + free, *wide[1:]
        table = root.add("Table")
        figure = root.add("Figure", alt=self._bars.alt) if self._bars else None
        drawn = _Drawn(wide, self._size, figure, self._setter)
        head = drawn.head(table, [self._heads[0], *self._heads[first + 1 : end + 1]], self._bars)
        blocks = [head]
        for row in self._rows:
            blocks.append(drawn.row(table, replace(row, cells=row.cells[first:end])))
        for block in blocks[1:]:
            block.head = head
        # A short table stays whole; of a long one the head and two rows, and the last two.
        kept = blocks[:-1] if len(blocks) <= _SHORT else (*blocks[:2], blocks[-2])
        for block in kept:
            block.keep = True
        head.before, blocks[-1].after = 5, 9
        return blocks

    def _measure(self) -> None:
        """Widths at the size tried, and which columns stand beside each other."""
        gap = self._size.gap
        self._widths = [self._needed(column) for column in range(len(self._heads) - 1)]
        longest = max(self._wide(row.label, bold=row.strong) for row in self._rows) + gap
        label = min(max(longest, self._needed_word(self._heads[0]), _LEAST_LABEL), _MOST_LABEL)
        # Labels may break into lines where that keeps all numbers beside each other.
        bars = _LEAST_BARS if self._bars else 0
        room = LINE - sum(self._widths) - bars
        self._label = max(min(label, room), _LEAST_LABEL)
        count = len(self._widths)
        self.spans = [(0, count)]
        for tables in range(2, count + 1):
            if self._fit(LINE - self._label - bars):
                return
            each = -(-count // tables)
            self.spans = [(n, min(n + each, count)) for n in range(0, count, each)]

    def _fit(self, room: float) -> bool:
        return all(sum(self._widths[first:end]) <= room + 0.01 for first, end in self.spans)

    def _needed(self, column: int) -> float:
        cells = max(self._wide(row.cells[column], bold=row.strong) for row in self._rows)
        return max(cells + self._size.gap, self._needed_word(self._heads[column + 1]))

    def _needed_word(self, heading: str) -> float:
        """A heading may break between its words."""
        words = heading.split()
        return max((self._wide(word, bold=True) for word in words), default=0) + self._size.gap

    def _wide(self, text: str, *, bold: bool) -> float:
        face = self._setter.faces.style(bold=bold)
        wide = sum(face.width(c) if c in face.letters else 1000 for c in tie(tidy(text)))
        return wide * self._size.cell / 1000


class _Drawn:
    """Makes the blocks of one table; `wide` are the widths of its columns."""

    def __init__(
        self, wide: Sequence[float], size: _Size, figure: Element | None, setter: Setter
    ) -> None:
        self._wide, self._gap, self._figure, self._setter = wide, size.gap, figure, setter
        self._style = replace(_CELL, size=size.cell)
        self._edge = SIDE + sum(wide)
        self._left = self._edge + _TO_BARS
        self._bars = SIDE + LINE - self._left

    def head(self, table: Element, heads: Sequence[str], bars: Bars | None) -> Block:
        """The headings, at the foot of their row."""
        style = replace(self._style, bold=True, size=self._style.size - 0.5, leading=11)
        line = table.add("TR")
        cells = [(line.add("TH", attributes=_COLUMN), text, style) for text in heads]
        above = self._lines(bars.heading, self._bars, style) if bars else []
        return self._block(cells, above, rule=(0.8, INK), foot=True)

    def row(self, table: Element, row: Row) -> Block:
        """One line of figures."""
        style = replace(self._style, bold=row.strong)
        line = table.add("TR")
        cells = [(line.add("TH", attributes=_ROW), row.label, style)]
        for text in row.cells:
            # What stands for a withheld figure is no figure.
            color = QUIET if text.isalpha() else style.color
            cells.append((line.add("TD"), text, replace(style, color=color)))
        return self._block(cells, row.bar, rule=(0.8 if row.strong else 0.4, RULE))

    def _block(
        self,
        cells: Sequence[tuple[Element, str, Style]],
        beside: Bar | list[Line] | None,
        *,
        rule: tuple[float, str],
        foot: bool = False,
    ) -> Block:
        leading = cells[0][2].leading
        made = [
            (element, self._lines(text, wide - self._gap / 2, style))
            for (element, text, style), wide in zip(cells, self._wide, strict=True)
        ]
        above = beside if isinstance(beside, list) else []
        most = max([len(above), *(len(lines) for _, lines in made)])
        tall = most * leading + 2 * _PAD

        def draw(pen: Pen, top: float, again: bool) -> None:
            left = SIDE
            for number, ((element, lines), wide) in enumerate(zip(made, self._wide, strict=True)):
                down = top + _PAD + (leading * (most - len(lines)) if foot else 0)
                right = left + wide if number else 0
                self._cell(pen, element, lines, (left, right, down, leading), again)
                left += wide
            if above and self._figure:
                down = top + _PAD + leading * (most - len(above))
                spot = (self._left, 0.0, down, leading)
                self._cell(pen, self._figure, above, spot, again)
            if isinstance(beside, Bar) and self._figure:
                self._bar(pen, self._figure, beside, top, tall)
            if self._figure and not foot:
                pen.box(self._left - 0.6, top, 0.6, tall, QUIET)
            pen.box(SIDE, top + tall - 0.3, self._edge - SIDE, rule[0], rule[1])

        return Block(height=tall, draw=draw, whole=True)

    def _cell(
        self,
        pen: Pen,
        element: Element,
        lines: Sequence[Line],
        spot: tuple[float, float, float, float],
        again: bool,
    ) -> None:
        left, right, top, leading = spot
        for number, line in enumerate(lines):
            x = right - _inked(line) if right else left
            y = top + number * leading
            if again:
                pen.artifact(line, x, y, leading, artifact("Pagination"))
            else:
                pen.lines([line], element, x, y, leading)

    def _bar(self, pen: Pen, figure: Element, bar: Bar, top: float, tall: float) -> None:
        left, length = self._left, 0.0
        if bar.share is not None:
            length = max(bar.share * (self._bars - _VALUE), 0.6)
            pen.shape(figure, (left, top + 2.4, length, tall - 5), _FILL)
        style = replace(_CELL, size=8.5, color=INK if bar.share is not None else QUIET)
        words = Line((self._setter.piece(bar.words, style),), ())
        pen.lines([words], figure, left + length + 4, top + _PAD, _CELL.leading)

    def _lines(self, text: str, wide: float, style: Style) -> list[Line]:
        ink = Ink(style.size, style.color)
        runs = (Run(tie(tidy(text))),)
        return set_lines(runs, self._setter.faces, ink, wide, bold=style.bold)


def _inked(line: Line) -> float:
    """How wide a line is without the space it may end with."""
    wide, last = sum(part.width for part in line.parts), line.parts[-1]
    if isinstance(last, Piece) and last.text.endswith(" "):
        wide -= last.face.width(" ") * last.ink.size / 1000
    return wide
