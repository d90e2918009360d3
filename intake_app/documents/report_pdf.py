"""A release as a report to be read: tagged, to be kept (PDF/A-2a), the same bytes again.

For a county commissioner, a journalist, a court: title, what it is, tables with bars, published
figures to compare with, costs, definitions and limits.
"""

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from intake_app.core.reports.release import Prepared
from intake_app.documents.fonts import faces
from intake_app.documents.pdf_archive import make_archivable, new_canvas
from intake_app.documents.pdf_drawing import draw_placed
from intake_app.documents.pdf_lines import Line
from intake_app.documents.pdf_pages import make_pages
from intake_app.documents.pdf_pen import Pen
from intake_app.documents.pdf_structure import Element, Structure, artifact
from intake_app.documents.pdf_styles import FOOT, HEIGHT, LINE, RULE, SIDE, SMALL, TOP, Setter
from intake_app.documents.report_made import Made
from intake_app.documents.report_story import Heading, report_story, report_title

_LATER = TOP + 26
_BOTTOM = HEIGHT - FOOT
_FOOT_LINE = HEIGHT - 38.0


def report_pdf(prepared: Prepared, made: Made) -> bytes:
    """The report. Raises `AppError` where the fonts lack a letter of a name in it."""
    setter = Setter(faces(made.fonts), tinted=False)
    out = BytesIO()
    canvas = new_canvas(out, faces(made.fonts).style().font.fontName)
    structure = Structure(canvas)
    pen = Pen(canvas, structure, HEIGHT)
    page_of: dict[int, int] = {}
    story = report_story(prepared, made, setter, structure.root, page_of)
    pages = make_pages(story.blocks, (), (TOP, _LATER), _BOTTOM)
    for number, page in enumerate(pages, start=1):
        page_of.update((id(placed.block), number) for placed in page.placed if not placed.again)
    title = report_title(prepared)
    for number, page in enumerate(pages, start=1):
        if number > 1:
            _small(pen, setter, f"{made.office} · {title}", TOP - 8, "Header")
            pen.box(SIDE, TOP + 11, LINE, 0.5, RULE)
        draw_placed(pen, page.placed)
        _small(pen, setter, f"Page {number} of {len(pages)}", _FOOT_LINE, "Footer", right=True)
        _marked(canvas, [h for h in story.headings if page_of[id(h.block)] == number], number)
        structure.next_page()
    structure.write()
    make_archivable(canvas, title, "en-US")
    canvas.save()
    return out.getvalue()


def _marked(canvas: Canvas, headings: list[Heading], page: int) -> None:
    """Bookmarks of the headings that stand on this page."""
    for heading in headings:
        canvas.bookmarkPage(f"page{page}")
        canvas.addOutlineEntry(heading.words, f"page{page}")


def _small(
    pen: Pen, setter: Setter, words: str, top: float, what: str, *, right: bool = False
) -> None:
    """A line at the head or the foot of a page, which readers skip."""
    (line, *_) = setter.plain(words, SMALL, Element("P")).lines
    left = SIDE + LINE - sum(part.width for part in line.parts) if right else SIDE
    pen.artifact(Line(line.parts, ()), left, top, SMALL.leading, artifact("Pagination", what))
