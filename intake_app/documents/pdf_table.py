"""A table of a letter, such as its timeline: a row a block, the head again on a new page."""

from collections.abc import Sequence
from dataclasses import replace

from intake_app.documents.letter_template import Run
from intake_app.documents.pdf_lines import Ink, Line, set_lines
from intake_app.documents.pdf_pages import Block
from intake_app.documents.pdf_pen import Pen
from intake_app.documents.pdf_structure import Element, artifact
from intake_app.documents.pdf_styles import INK, LINE, RULE, SIDE, Setter, Style
from intake_app.documents.typography import tidy, tie

_CELL = Style(size=9.5, leading=12.5)
_HEAD = replace(_CELL, bold=True)
_GAP, _PAD = 14.0, 3.0
_SCOPE = "/A <</O /Table /Scope /Column>>"


def table_blocks(rows: Sequence[Sequence[str]], setter: Setter, root: Element) -> list[Block]:
    """The rows as blocks, the first as their head."""
    widths = _widths(rows, setter)
    table = root.add("Table")
    head = _row(rows[0], widths, setter, table, head=True)
    head.before, head.keep = 4, True
    blocks = [head, *(_row(row, widths, setter, table, head=False) for row in rows[1:])]
    for block in blocks[1:]:
        block.head = head
    # A single row never stands alone below the head or on the next page.
    for block in (*blocks[1:2], *blocks[-2:-1]):
        block.keep = len(blocks) > 2 and block is not blocks[-1]
    blocks[-1].after = 10
    return blocks


def _widths(rows: Sequence[Sequence[str]], setter: Setter) -> list[float]:
    """What each column needs, the widest of them cut down to what the page has."""
    face = setter.faces.style(bold=True)
    needs = [0.0] * max(map(len, rows))
    for row in rows:
        for number, text in enumerate(row):
            wide = sum(face.width(c) if c in face.letters else 1000 for c in text)
            needs[number] = max(needs[number], wide * _CELL.size / 1000 + _GAP)
    over = sum(needs) - LINE
    if over > 0:
        widest = needs.index(max(needs))
        needs[widest] = max(needs[widest] - over, LINE / len(needs))
        share = LINE / sum(needs)
        return [need * share for need in needs]
    needs[-1] -= over
    return needs


def _row(
    row: Sequence[str], widths: Sequence[float], setter: Setter, table: Element, *, head: bool
) -> Block:
    style = _HEAD if head else _CELL
    line = table.add("TR")
    cells = [
        (
            line.add("TH", attributes=_SCOPE) if head else line.add("TD"),
            _cell(text, wide, setter, style),
        )
        for text, wide in zip(row, widths, strict=False)
    ]
    tall = max(len(lines) for _, lines in cells) * style.leading + 2 * _PAD

    def draw(pen: Pen, top: float, again: bool) -> None:
        left = SIDE
        for (cell, lines), wide in zip(cells, widths, strict=False):
            if again:
                for number, one in enumerate(lines):
                    below = top + _PAD + number * style.leading
                    pen.artifact(one, left, below, style.leading, artifact("Pagination"))
            else:
                pen.lines(lines, cell, left, top + _PAD, style.leading)
            left += wide
        pen.box(SIDE, top + tall - 0.3, LINE, 0.8 if head else 0.4, INK if head else RULE)

    return Block(height=tall, draw=draw, whole=True)


def _cell(text: str, wide: float, setter: Setter, style: Style) -> list[Line]:
    ink = Ink(style.size, style.color)
    runs = (Run(tie(tidy(text))),)
    return set_lines(runs, setter.faces, ink, wide - _GAP, bold=style.bold)
