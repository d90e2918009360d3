"""The checklist for legal process as one page to print before it is needed.

It has lines for the office's own counsel and for what came, to be filled in by hand: the program
keeps neither.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO

from intake_app.core.errors import AppError
from intake_app.core.legal_process import LegalProcess, Step
from intake_app.documents.fonts import Fonts, faces
from intake_app.documents.letter_template import Run
from intake_app.documents.letter_words import day_in_words
from intake_app.documents.pdf_archive import make_archivable, new_canvas
from intake_app.documents.pdf_drawing import draw_placed
from intake_app.documents.pdf_pages import Block, make_pages
from intake_app.documents.pdf_pen import Pen
from intake_app.documents.pdf_structure import Element, Structure
from intake_app.documents.pdf_styles import HEIGHT, LINE, OFFICE, QUIET, SIDE, Setter, Style

TITLE = "Legal process received"
_TOP, _BOTTOM = 40.0, HEIGHT - 34.0
_TEXT = Style(size=8.6, leading=11.2, after=3)
_STEP = replace(_TEXT, left=18, after=2)
_HEADING = replace(_TEXT, size=9.6, leading=12.5, before=5, after=2, bold=True)
_BY_HAND = replace(_TEXT, before=6, after=0)
_SMALL = replace(_TEXT, size=7.4, leading=9.6, before=4, after=0, color=QUIET)
_LINES = (
    "Our counsel, telephone day and night:",
    "Who came, from where, day and hour:",
    "What paper, signed by whom, due when:",
)
_BOX = 7.0


def legal_process_sheet(page: LegalProcess, office: str, made_on: date, fonts: Fonts) -> bytes:
    """The page as a tagged PDF, the same bytes for the same arguments.

    Raises `AppError` where it is too long for one page, or the fonts lack a letter in it.
    """
    setter = Setter(faces(fonts), tinted=False)
    out = BytesIO()
    canvas = new_canvas(out, faces(fonts).style().font.fontName)
    structure = Structure(canvas)
    blocks = list(_story(page, office, made_on, setter, structure.root))
    pages = make_pages(blocks, (), (_TOP, _TOP), _BOTTOM)
    if len(pages) > 1:
        raise AppError(
            "The checklist is too long for one page. Shorten resources/legal_process.toml."
        )
    draw_placed(Pen(canvas, structure, HEIGHT), pages[0].placed)
    structure.next_page()
    structure.write()
    make_archivable(canvas, TITLE, "en-US")
    canvas.save()
    return out.getvalue()


def _story(
    page: LegalProcess, office: str, made_on: date, setter: Setter, root: Element
) -> Iterator[Block]:
    yield setter.plain(TITLE, OFFICE, root.add("H1"))
    yield setter.plain(page.about, _TEXT, root.add("P"))
    for words in _LINES:
        yield _by_hand(words, setter, root)
    for part in page.parts:
        yield setter.plain(part.title, _HEADING, root.add("H2"))
        listing = root.add("L", attributes="/A <</O /List /ListNumbering /None>>")
        for step in part.steps:
            yield _ticked(step, setter, listing)
    made = f"{office}, {day_in_words(made_on)}. {page.standing}"
    yield setter.plain(made, _SMALL, root.add("P"))


def _ticked(step: Step, setter: Setter, listing: Element) -> Block:
    """A step with an empty box before it."""
    runs = [Run(step.words)]
    if step.source:
        runs.append(Run(f" ({step.source})"))
    block = setter.block(runs, _STEP, listing.add("LI").add("LBody"))

    def draw(pen: Pen, top: float, _again: bool) -> None:
        left, at, thin = SIDE + 3, top + 2.2, 0.7
        for box in (
            (left, at, _BOX, thin),
            (left, at + _BOX - thin, _BOX, thin),
            (left, at, thin, _BOX),
            (left + _BOX - thin, at, thin, _BOX),
        ):
            pen.box(*box, QUIET)

    block.draw = draw
    return block


def _by_hand(words: str, setter: Setter, root: Element) -> Block:
    """Words with a line after them to write on."""
    block = setter.plain(words, _BY_HAND, root.add("P"))
    width = sum(part.width for part in block.lines[0].parts)

    def draw(pen: Pen, top: float, _again: bool) -> None:
        pen.box(SIDE + width + 6, top + _BY_HAND.leading - 1, LINE - width - 6, 0.5, QUIET)

    block.draw = draw
    return block
