"""Drawing what was placed on a page: bars beside it, marks before it, its lines or its box."""

from collections.abc import Iterable

from intake_app.documents.pdf_lines import Line
from intake_app.documents.pdf_pages import Placed
from intake_app.documents.pdf_pen import Pen
from intake_app.documents.pdf_styles import SIDE

_BAR = "0.4 0.45 0.6"


def draw_placed(pen: Pen, placed: Iterable[Placed]) -> None:
    """Draw the blocks of one page."""
    for one in placed:
        block = one.block
        lines, left = block.lines[one.first : one.end], SIDE + block.left
        if block.bar:
            tall = len(lines) * block.leading or block.height
            pen.box(SIDE - 11, one.top + 1, 1.6, tall - 1, _BAR)
        pen.tints(lines, left, one.top, block.leading)
        if block.draw:
            block.draw(pen, one.top, one.again)
        if block.mark and block.mark_element and one.first == 0:
            mark = [Line((block.mark,), ())]
            pen.lines(mark, block.mark_element, SIDE + block.mark_left, one.top, block.leading)
        if block.element:
            pen.lines(lines, block.element, left, one.top, block.leading)
