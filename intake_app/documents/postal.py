"""Address blocks for envelopes and labels: broken to a width, as large as they fit."""

from collections.abc import Callable
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from intake_app.core.errors import AppError
from intake_app.documents.fonts import Faces, Fonts, faces, font_names
from intake_app.documents.letter_template import Run
from intake_app.documents.pdf_lines import Ink, Line, set_lines
from intake_app.documents.pdf_pen import Pen
from intake_app.documents.pdf_structure import Structure, artifact
from intake_app.documents.typography import tidy

INK = "0.106 0.106 0.106"
LEADING = 1.25
"""From one line to the next, as a part of the size."""


def set_address(
    address: tuple[str, ...], width: float, height: float, sizes: tuple[float, ...], fonts: Fonts
) -> tuple[float, list[Line]]:
    """The largest of `sizes` in which the address fits, and its lines.

    Raise `AppError` for an address without lines, one that fits in no size, or a letter no font
    writes.
    """
    known = faces(fonts)
    if not any(line.strip() for line in address):
        raise AppError("There is no address to print. Write it into the directory, or under “To”.")
    for size in sizes:
        lines = _broken(address, width, Ink(size, INK), known)
        if len(lines) * size * LEADING <= height:
            return size, lines
    raise AppError("The address is too long to fit there. Shorten it, then print again.")


def pages(
    size: tuple[float, float], title: str, fonts: Fonts, draw: Callable[[Canvas, Pen], None]
) -> bytes:
    """A PDF in memory; the same bytes for the same words. No name is in its title."""
    out = BytesIO()
    # Without a font of ours the PDF would name Helvetica, which is not embedded.
    first = {"initialFontName": font_names(fonts).regular}
    canvas = Canvas(out, pagesize=size, invariant=1, lang="en-US", **first)  # type: ignore[arg-type]
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setCreator("Intake Desk")
    canvas.setProducer("Intake Desk")
    draw(canvas, Pen(canvas, Structure(canvas), size[1]))
    canvas.save()
    return out.getvalue()


def put(pen: Pen, lines: list[Line], size: float, left: float, top: float) -> None:
    """Draw an address block from its upper left corner."""
    for number, line in enumerate(lines):
        leading = size * LEADING
        pen.artifact(line, left, top + number * leading, leading, artifact())


def _broken(address: tuple[str, ...], width: float, ink: Ink, known: Faces) -> list[Line]:
    told = [tidy(line.strip()) for line in address if line.strip()]
    return [line for words in told for line in set_lines([Run(words)], known, ink, width)]
