"""Letters as PDF: letter-size pages, embedded fonts, tagged, the same bytes for the same facts.

The address stands where the window of a U.S. No. 10 envelope shows it when the sheet is folded
in three. Nothing of the machine or the member, and no client's name, is in the PDF's metadata.
The file is one to keep (PDF/A-2a, ISO 19005-2) and to be read aloud.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from intake_app.documents.fonts import Fonts, faces
from intake_app.documents.letter_language import BY_CODE, LetterLanguage
from intake_app.documents.letter_text import Letter
from intake_app.documents.letter_words import day_in_words
from intake_app.documents.pdf_archive import make_archivable, new_canvas
from intake_app.documents.pdf_drawing import draw_placed
from intake_app.documents.pdf_lines import Line
from intake_app.documents.pdf_pages import NOTE_RULE, Block, Page, make_pages, spare_a_page
from intake_app.documents.pdf_pen import Pen
from intake_app.documents.pdf_story import letter_story
from intake_app.documents.pdf_structure import Element, Structure, artifact
from intake_app.documents.pdf_styles import (
    FOOT,
    HEADING,
    HEIGHT,
    LINE,
    RULE,
    SIDE,
    SMALL,
    TEXT,
    TOP,
    WIDTH,
    Setter,
    Style,
)
from intake_app.documents.pdf_table import table_blocks

_LATER = TOP + 26
_BOTTOM = HEIGHT - FOOT
_FOOT_LINE = HEIGHT - 38.0
_ACROSS = Style(size=150, leading=150, bold=True, color="0.933 0.933 0.933")


@dataclass(frozen=True)
class Typeset:
    """A finished letter; `pages` without those for the office alone."""

    pdf: bytes
    pages: int


def typeset_letter(
    letter: Letter, fonts: Fonts, draft: bool = True, office_copy: bool = False
) -> Typeset:
    """Typeset a letter.

    draft: write DRAFT across each page, behind the text; show what a person wrote anew and
    which words needed a consent. office_copy: end with a page that tells which texts and
    checks of the law it was made from; the copy that is sent has none.

    The same letter, fonts and choices give the same bytes. Raise `AppError` naming the letter
    where the fonts can't write one, or for a logo that is no picture; then nothing is made.
    """
    setter = Setter(faces(fonts), tinted=draft)
    first = faces(fonts).style().font.fontName
    out = BytesIO()
    canvas = new_canvas(out, first)
    structure = Structure(canvas)
    pen = Pen(canvas, structure, HEIGHT)
    story = letter_story(letter, setter, structure.root, draft=draft)
    heights = [len(note.lines) * note.leading + note.after for note in story.notes]
    pages = spare_a_page(story.blocks, heights, (TOP, _LATER), _BOTTOM)
    drawing = _Drawing(letter, setter, pen, story.notes, draft)
    for number, page in enumerate(pages, start=1):
        drawing.page(page, number, len(pages))
    if office_copy:
        blocks = _office_blocks(letter, setter, structure.root)
        for page in make_pages(blocks, (), (TOP, _LATER), _BOTTOM):
            drawing.office_page(page)
    structure.write()
    make_archivable(canvas, letter.title, letter.language)
    canvas.save()
    return Typeset(out.getvalue(), len(pages))


class _Drawing:
    """Draws the pages of one letter and what stands on them beside the text."""

    def __init__(
        self, letter: Letter, setter: Setter, pen: Pen, notes: Sequence[Block], draft: bool
    ) -> None:
        self._letter, self._setter, self._pen = letter, setter, pen
        self._notes, self._draft = notes, draft
        self._words: LetterLanguage = BY_CODE[letter.language]

    def page(self, page: Page, number: int, count: int) -> None:
        """One page of the letter."""
        if self._draft:
            self._across("DRAFT")
            self._small("DRAFT – not approved", SIDE, _FOOT_LINE, "Footer")
        if number > 1:
            self._continued()
        draw_placed(self._pen, page.placed)
        self._foot_notes(page.notes)
        self._centered(f"{self._words.page} {number} {self._words.of} {count}")
        self._pen.structure.next_page()

    def office_page(self, page: Page) -> None:
        """A page for the office alone."""
        draw_placed(self._pen, page.placed)
        self._centered("Office copy – not part of the letter")
        self._pen.structure.next_page()

    def _foot_notes(self, numbers: Sequence[int]) -> None:
        blocks = [self._notes[number - 1] for number in numbers]
        top = _BOTTOM - sum(len(one.lines) * one.leading + one.after for one in blocks)
        if blocks:
            self._pen.box(SIDE, top - NOTE_RULE / 2, 144, 0.5, RULE)
        for number, block in zip(numbers, blocks, strict=True):
            self._pen.note(block.lines, number, SIDE, top, block.leading)
            top += len(block.lines) * block.leading + block.after

    def _continued(self) -> None:
        to = self._letter.address[0] if self._letter.address else ""
        line = " · ".join(part for part in (to, self._letter.dated) if part)
        (block, *_), *_ = [self._setter.plain(line, SMALL, Element("P")).lines]
        self._pen.artifact(block, SIDE, TOP - 8, SMALL.leading, _pagination("Header"))
        self._pen.box(SIDE, TOP + 11, LINE, 0.5, RULE)

    def _across(self, word: str) -> None:
        piece = self._setter.piece(word, _ACROSS)
        left = WIDTH / 2 - 0.6157 * piece.width / 2 + 0.788 * 52
        bottom = HEIGHT / 2 - 0.788 * piece.width / 2 - 0.6157 * 52
        self._pen.slanted(piece, left, bottom, _pagination("Watermark"))

    def _centered(self, words: str) -> None:
        wide = self._setter.piece(words, SMALL).width
        self._small(words, (WIDTH - wide) / 2, _FOOT_LINE, "Footer")

    def _small(self, words: str, left: float, top: float, what: str) -> None:
        line = Line((self._setter.piece(words, SMALL),), ())
        self._pen.artifact(line, left, top, SMALL.leading, _pagination(what))


def _pagination(what: str) -> str:
    return artifact("Pagination", what)


def _office_blocks(letter: Letter, setter: Setter, root: Element) -> list[Block]:
    """What the letter was made from, for whoever looks into the file later."""
    part = root.add("Sect")
    rows = [("Authority", "Entry", "Last checked")] + [
        (one.short_name, one.id, day_in_words(one.verified_on)) for one in letter.checked
    ]
    blocks = [
        setter.plain("Office copy: what this letter was made from", HEADING, part.add("H2")),
        setter.plain(letter.title, TEXT, part.add("P")),
        setter.plain(f"Text of the letter: version {letter.template_version}", TEXT, part.add("P")),
        setter.plain(f"Library of authorities: {letter.library_version}", TEXT, part.add("P")),
    ]
    return blocks + (table_blocks(rows, setter, part) if letter.checked else [])
