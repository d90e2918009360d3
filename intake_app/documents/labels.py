"""Sheets of 30 address labels, 1 by 2⅝ inches, three across and ten down on letter paper."""

from collections.abc import Sequence

from reportlab.lib.pagesizes import LETTER
from reportlab.lib.units import inch
from reportlab.pdfgen.canvas import Canvas

from intake_app.core.errors import BadAnswer
from intake_app.documents.fonts import Fonts
from intake_app.documents.pdf_pen import Pen
from intake_app.documents.postal import LEADING, pages, put, set_address

ACROSS, DOWN = 3, 10
ON_A_SHEET = ACROSS * DOWN
_LEFT, _TOP = 0.1875 * inch, 0.5 * inch
_WIDE, _HIGH = 2.625 * inch, 1.0 * inch
_STEP = 2.75 * inch
_SIDE, _END = 0.14 * inch, 0.07 * inch


def label_sheets(addresses: Sequence[tuple[str, ...]], fonts: Fonts, first: int = 1) -> bytes:
    """Labels as a PDF, row by row from left to right.

    first: the label to begin with, 1 to 30, for a sheet of which some are gone. Raise `AppError`
    for an address that is empty, too long for a label, or has a letter no font writes.
    """
    if not 1 <= first <= ON_A_SHEET:
        raise BadAnswer(f"Begin with a label from 1 to {ON_A_SHEET}.")
    if not addresses:
        raise BadAnswer("Choose somebody to print a label for.")
    wide, high = _WIDE - 2 * _SIDE, _HIGH - 2 * _END
    sizes = (10, 9, 8, 7, 6)
    blocks = [set_address(address, wide, high, sizes, fonts) for address in addresses]

    def draw(canvas: Canvas, pen: Pen) -> None:
        for at, (size, lines) in enumerate(blocks, first - 1):
            place = at % ON_A_SHEET
            if at and not place:
                canvas.showPage()
            left = _LEFT + place % ACROSS * _STEP + _SIDE
            top = _TOP + place // ACROSS * _HIGH
            put(pen, lines, size, left, top + (_HIGH - len(lines) * size * LEADING) / 2)
        canvas.showPage()

    return pages(LETTER, "Labels", fonts, draw)
