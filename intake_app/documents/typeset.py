"""Letters as PDF: letter-size pages, embedded fonts, the same bytes for the same facts.

The address stands where the window of a U.S. No. 10 envelope shows it when the sheet is folded
in three. Nothing of the machine or the member, and no client's name, is in the PDF's metadata.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus.paraparser import ParaFrag

from intake_app.documents.fonts import FontNames, Fonts, font_names, require_letters
from intake_app.documents.letter_template import Block, Run
from intake_app.documents.letter_template import Paragraph as Written
from intake_app.documents.letter_text import Letter

WIDTH, HEIGHT = LETTER
SIDE, TOP, FOOT = 1.0 * inch, 0.75 * inch, 0.7 * inch
LINE = WIDTH - 2 * SIDE
WINDOW_TOP = 2.3 * inch
"""From the top edge: the address shows through the window wherever the sheet slides to."""
WINDOW_WIDTH = 3.4 * inch

INK, QUIET, RULE, DRAFT = (HexColor(code) for code in (0x1B1B1B, 0x555555, 0xB5B5B5, 0xEEEEEE))


_TOTAL = "total"


@dataclass(frozen=True)
class Typeset:
    """A finished letter."""

    pdf: bytes
    pages: int


@dataclass(frozen=True)
class _Styles:
    fonts: FontNames
    text: ParagraphStyle
    heading: ParagraphStyle
    quotation: ParagraphStyle
    listed: ParagraphStyle
    office: ParagraphStyle
    office_lines: ParagraphStyle
    address: ParagraphStyle
    reference: ParagraphStyle
    plain: ParagraphStyle
    small: ParagraphStyle


@lru_cache(maxsize=4)
def _styles(fonts: FontNames) -> _Styles:
    base = ParagraphStyle(
        "text",
        fontName=fonts.regular,
        fontSize=10.3,
        leading=13.8,
        textColor=INK,
        spaceAfter=6,
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=1,
        embeddedHyphenation=0,
    )

    def like(name: str, **changes: Any) -> ParagraphStyle:
        return ParagraphStyle(name, parent=base, **changes)

    return _Styles(
        fonts=fonts,
        text=base,
        heading=like(
            "heading", fontName=fonts.bold, spaceBefore=5, spaceAfter=2.5
        ),
        quotation=like("quotation", leftIndent=26, rightIndent=26, fontSize=10, leading=13.5),
        listed=like("listed", leftIndent=20, bulletIndent=2, bulletFontName=fonts.regular),
        office=like("office", fontName=fonts.bold, fontSize=15, leading=20, spaceAfter=2),
        office_lines=like(
            "office lines", fontSize=8.5, leading=11.5, textColor=QUIET, spaceAfter=0
        ),
        address=like("address", leading=13.5, spaceAfter=0, rightIndent=LINE - WINDOW_WIDTH),
        reference=like(
            "reference", fontName=fonts.bold, leftIndent=26, bulletIndent=0, spaceAfter=10,
            bulletFontName=fonts.bold,
        ),
        plain=like("plain", spaceAfter=0),
        small=like("small", fontSize=8.5, leading=11.5, textColor=QUIET, spaceAfter=0),
    )  # fmt: skip


def typeset_letter(letter: Letter, fonts: Fonts, draft: bool = True) -> Typeset:
    """Typeset a letter; `draft` writes DRAFT across each page, behind the text.

    The same letter, fonts and `draft` give the same bytes. Raise `AppError` naming the letter
    where the fonts can't write one; then nothing is made.
    """
    styles = _styles(font_names(fonts))
    require_letters("DRAFT", styles.fonts.bold)
    require_letters("Page of 0123456789 DRAFT – not approved · …", styles.fonts.regular)
    story = list(_story(letter, styles))
    out = BytesIO()
    pages = _Pages(letter, styles, draft)
    document = BaseDocTemplate(
        out,
        pagesize=LETTER,
        title=letter.title,
        author="",
        subject="",
        creator="Intake Desk",
        producer="Intake Desk",
        lang=letter.language,
        invariant=1,
        displayDocTitle=True,
        initialFontName=styles.fonts.regular,
        allowSplitting=1,
    )
    first = Frame(SIDE, FOOT, LINE, HEIGHT - TOP - FOOT, 0, 0, 0, 0, id="first")
    later = Frame(SIDE, FOOT, LINE, HEIGHT - TOP - FOOT - 26, 0, 0, 0, 0, id="later")
    document.addPageTemplates(
        [
            PageTemplate("first", [first], onPage=pages.first),
            PageTemplate("later", [later], onPage=pages.later),
        ]
    )
    document.build(story, canvasmaker=pages.canvas)
    return Typeset(out.getvalue(), pages.count)


class _CountingCanvas(Canvas):
    """A canvas that is told to draw the number of pages once it knows it."""

    def __init__(self, *args: Any, last: Callable[[Canvas], None], **more: Any) -> None:
        super().__init__(*args, **more)
        self._last = last

    def save(self) -> None:
        self._last(self)
        super().save()


class _Pages:
    """What stands on every page beside the text."""

    def __init__(self, letter: Letter, styles: _Styles, draft: bool) -> None:
        self._letter, self._styles, self._draft = letter, styles, draft
        self.count = 0

    def canvas(self, *args: Any, **more: Any) -> Canvas:
        return _CountingCanvas(*args, last=self._total, **more)

    def first(self, canvas: Canvas, _document: Any) -> None:
        self._mark(canvas)
        self._foot(canvas)

    def later(self, canvas: Canvas, _document: Any) -> None:
        self._mark(canvas)
        self._foot(canvas)
        to = self._letter.address[0] if self._letter.address else ""
        line = " · ".join(part for part in (to, self._letter.dated) if part)
        fonts = self._styles.fonts
        canvas.setFillColor(QUIET)
        canvas.setFont(fonts.regular, 8.5)
        canvas.drawString(SIDE, HEIGHT - TOP - 4, _fitting(canvas, line, fonts.regular))
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.5)
        canvas.line(SIDE, HEIGHT - TOP - 11, WIDTH - SIDE, HEIGHT - TOP - 11)

    def _mark(self, canvas: Canvas) -> None:
        if not self._draft:
            return
        canvas.saveState()
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(52)
        canvas.setFillColor(DRAFT)
        canvas.setFont(self._styles.fonts.bold, 150)
        canvas.drawCentredString(0, -52, "DRAFT")
        canvas.restoreState()

    def _foot(self, canvas: Canvas) -> None:
        self.count = canvas.getPageNumber()
        words = f"Page {self.count} of "
        font = self._styles.fonts.regular
        canvas.setFillColor(QUIET)
        canvas.setFont(font, 8.5)
        # The total is one drawing that all pages show; it is made when the last page is done.
        if self._draft:
            canvas.drawString(SIDE, 0.55 * inch, "DRAFT – not approved")
        start = WIDTH / 2 - canvas.stringWidth(f"{words}0", font, 8.5) / 2
        canvas.drawString(start, 0.55 * inch, words)
        canvas.saveState()
        canvas.translate(start + canvas.stringWidth(words, font, 8.5), 0.55 * inch)
        canvas.doForm(_TOTAL)
        canvas.restoreState()

    def _total(self, canvas: Canvas) -> None:
        canvas.beginForm(_TOTAL, 0, -4, 40, 12)
        canvas.setFillColor(QUIET)
        canvas.setFont(self._styles.fonts.regular, 8.5)
        canvas.drawString(0, 0, str(self.count))
        canvas.endForm()


def _fitting(canvas: Canvas, line: str, font: str) -> str:
    """As much of a line as the page is wide."""
    short = tidy(line)
    while short and canvas.stringWidth(short, font, 8.5) > LINE:
        short = short[:-2].rstrip() + "…"
    return short


class _DownTo(Flowable):
    """Empty space down to a line on the page, `least` points where text already passed it."""

    def __init__(self, from_top: float, least: float) -> None:
        super().__init__()
        self._above_foot, self._least = HEIGHT - from_top - FOOT, least

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        height = max(self._least, available_height - self._above_foot)
        return available_width, min(height, available_height)

    def draw(self) -> None:
        """Nothing is drawn."""


class _Rule(Flowable):
    """A line across the text, or `width` points of it."""

    def __init__(self, above: float, below: float, width: float | None = None) -> None:
        super().__init__()
        self._above, self._below, self._wide = above, below, width

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        self.width = self._wide or available_width
        return available_width, self._above + self._below

    def draw(self) -> None:
        self.canv.setStrokeColor(RULE if self._wide is None else INK)
        self.canv.setLineWidth(0.6)
        self.canv.line(0, self._below, self.width, self._below)


def _story(letter: Letter, styles: _Styles) -> Iterable[Flowable]:
    yield NextPageTemplate("later")
    yield _plain(letter.letterhead.name, styles, styles.office)
    for line in letter.letterhead.lines.splitlines():
        if line.strip():
            yield _plain(line, styles, styles.office_lines)
    yield _Rule(8, 10)
    yield _plain(letter.dated, styles, styles.plain)
    yield _DownTo(WINDOW_TOP, 14)
    for line in letter.address:
        yield _plain(line, styles, styles.address)
    yield Spacer(0, 20)
    bold = tuple(Run(run.text, bold=True, italic=run.italic) for run in letter.re)
    yield _set(bold, styles, styles.reference, "Re:")
    yield _plain(letter.greeting, styles, styles.text)
    body, last = letter.body[:-2], letter.body[-2:]
    for paragraph, after in zip(body, letter.body[1:], strict=False):
        if paragraph.block is Block.HEADING:
            # A heading, its gap and two lines stay on one page.
            yield CondPageBreak(54)
        elif after.block is Block.QUOTATION:
            yield CondPageBreak(4 * styles.text.leading)
        yield _paragraph(paragraph, styles)
    # A closing never stands alone on a page: the last two paragraphs go with it.
    yield KeepTogether([*(_paragraph(one, styles) for one in last), *_ending(letter, styles)])


def _ending(letter: Letter, styles: _Styles) -> Iterable[Flowable]:
    yield Spacer(0, 4)
    yield _plain(letter.closing, styles, styles.plain)
    yield _Rule(26, 4, 2.9 * inch)
    for line in letter.signer:
        yield _plain(line, styles, styles.plain)
    yield Spacer(0, 3)
    yield _plain(letter.prepared_for, styles, styles.small)
    if letter.enclosures:
        yield Spacer(0, 9)
        several = "Enclosures:" if len(letter.enclosures) > 1 else "Enclosure:"
        for number, line in enumerate(letter.enclosures):
            yield _plain(f"{several} {line}" if number == 0 else line, styles, styles.small)
    if letter.cc:
        yield Spacer(0, 9)
        for line in letter.cc:
            yield _plain(f"cc: {line}", styles, styles.small)


def _paragraph(written: Written, styles: _Styles) -> Flowable:
    match written.block:
        case Block.HEADING:
            bold = tuple(Run(run.text, bold=True, italic=run.italic) for run in written.runs)
            return _set(bold, styles, styles.heading)
        case Block.QUOTATION:
            return _set(written.runs, styles, styles.quotation)
        case Block.NUMBERED:
            return _set(written.runs, styles, styles.listed, written.number)
        case Block.BULLET:
            return _set(written.runs, styles, styles.listed, "•")
        case _:
            return _set(written.runs, styles, styles.text)


def _plain(text: str, styles: _Styles, style: ParagraphStyle) -> Paragraph:
    bold = style.fontName == styles.fonts.bold
    return _set((Run(text, bold=bold),), styles, style)


def _set(
    runs: Iterable[Run], styles: _Styles, style: ParagraphStyle, mark: str | None = None
) -> Paragraph:
    pieces = []
    for run in runs:
        name = styles.fonts.style(bold=run.bold, italic=run.italic)
        words = tie(tidy(run.text))
        require_letters(words, name)
        # Pieces are made directly: the text is never read as ReportLab's markup.
        pieces.append(
            ParaFrag(
                text=words,
                fontName=name,
                fontSize=style.fontSize,
                textColor=style.textColor,
                rise=0,
                bold=int(run.bold),
                italic=int(run.italic),
                us_lines=[],
                link=[],
                sub=0,
                super=0,
                greek=0,
            )
        )
    if mark is not None:
        require_letters(mark, style.bulletFontName)
    return Paragraph("", style, bulletText=mark, frags=pieces)


def tidy(text: str) -> str:
    """Composed letters and typographic marks: `Sheriff's` gives `Sheriff’s`."""
    composed = unicodedata.normalize("NFC", " ".join(text.split(" ")))
    return re.sub(r"(?<=\w)'(?=\w|\s|$)", "’", composed)


_TIES = re.compile(
    r"(?<=§) (?=\d)|(?<=\bNo\.) (?=\d)|(?<=\bno\.) (?=\S)|(?<=\bForm) (?=I-\d)|"
    r"(?<=\d) (?=hours\b|a\.m\.|p\.m\.|noon\b|midnight\b|C\.F\.R\.|U\.S\.C\.|F\.\dd\b)|"
    r"(?<=C\.F\.R\.) (?=§)|(?<=U\.S\.C\.) (?=§)|(?<=F\.\dd) (?=\d)|(?<=Cir\.) (?=\d{4})|"
    r"(?<=\b(?:Jan|Feb|Mar|Apr|Aug|Oct|Nov|Dec)\.) (?=\d)|(?<=\bSept\.) (?=\d)|"
    r"(?<=\b(?:Mr|Ms|Dr)\.) (?=\w)"
)


def tie(text: str) -> str:
    """Put no-break spaces where a line must not end, as between § and its number."""
    return _TIES.sub("\u00a0", text)
