"""A No. 10 envelope: who sends it, unless it must look plain, and where it goes."""

from reportlab.lib.units import inch
from reportlab.pdfgen.canvas import Canvas

from intake_app.documents.fonts import Fonts
from intake_app.documents.pdf_pen import Pen
from intake_app.documents.postal import LEADING, pages, put, set_address

WIDTH, HEIGHT = 9.5 * inch, 4.125 * inch

_ADDRESS_LEFT = 4.0 * inch
_ADDRESS_WIDTH = 4.9 * inch
_ADDRESS_FROM, _ADDRESS_TO = 1.4 * inch, HEIGHT - 0.7 * inch
"""From the top edge. The lowest 5/8 inch is the Postal Service's, for its bar code."""


def envelope(address: tuple[str, ...], sender: tuple[str, ...], fonts: Fonts) -> bytes:
    """One envelope as a PDF of its size. No `sender`: nothing outside shows who sends it.

    Raise `AppError` for an address that is empty, too long, or has a letter no font writes.
    """
    room = _ADDRESS_TO - _ADDRESS_FROM
    size, lines = set_address(address, _ADDRESS_WIDTH, room, (12, 11, 10, 9, 8), fonts)
    back = set_address(sender, 3.2 * inch, 0.9 * inch, (9, 8, 7, 6), fonts) if sender else None

    def draw(canvas: Canvas, pen: Pen) -> None:
        top = _ADDRESS_FROM + max(0.0, (room - len(lines) * size * LEADING) / 3)
        put(pen, lines, size, _ADDRESS_LEFT, top)
        if back is not None:
            put(pen, back[1], back[0], 0.4 * inch, 0.35 * inch)
        canvas.showPage()

    return pages((WIDTH, HEIGHT), "Envelope", fonts, draw)
