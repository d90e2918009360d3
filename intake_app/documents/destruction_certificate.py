"""The certificate of a run of destroying: what, when, by whom, by which rule, and what is left.

Cases are named by their numbers; nothing in it tells who anybody was.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO

from intake_app.documents.fonts import Fonts, faces
from intake_app.documents.letter_template import Run
from intake_app.documents.letter_words import day_in_words
from intake_app.documents.pdf_archive import make_archivable, new_canvas
from intake_app.documents.pdf_drawing import draw_placed
from intake_app.documents.pdf_lines import Line
from intake_app.documents.pdf_pages import Block, make_pages
from intake_app.documents.pdf_pen import Pen
from intake_app.documents.pdf_structure import Element, Structure, artifact
from intake_app.documents.pdf_styles import (
    FOOT,
    HEIGHT,
    LINE,
    OFFICE,
    QUIET,
    SIDE,
    SMALL,
    TOP,
    Setter,
    Style,
)

TITLE = "Certificate of destruction"
_TEXT = Style(size=10, leading=14, after=4)
_LISTED = replace(_TEXT, left=14, after=2)
_HEADING = replace(_TEXT, size=11.5, leading=15, before=10, after=3, bold=True)
_BY_HAND = replace(_TEXT, before=18, after=0)
_FOOT_LINE = HEIGHT - 38.0


@dataclass(frozen=True)
class CertifiedGroup:
    """Cases of which the same was destroyed for the same reason, by their numbers."""

    what: str
    why: str
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class Certified:
    """What the certificate says, in sentences. moment: day and hour at the office."""

    office: str
    number: int
    moment: str
    by: str
    groups: tuple[CertifiedGroup, ...]
    counts: tuple[str, ...]
    removed: tuple[str, ...]
    backups: tuple[str, ...]
    not_reached: tuple[str, ...]
    stays: tuple[str, ...]


def destruction_certificate(told: Certified, made_on: date, fonts: Fonts) -> bytes:
    """The certificate as a tagged PDF, the same bytes for the same arguments.

    Raises `AppError` where the fonts lack a letter in it.
    """
    setter = Setter(faces(fonts), tinted=False)
    out = BytesIO()
    canvas = new_canvas(out, faces(fonts).style().font.fontName)
    structure = Structure(canvas)
    pen = Pen(canvas, structure, HEIGHT)
    blocks = list(_story(told, made_on, setter, structure.root))
    pages = make_pages(blocks, (), (TOP, TOP), HEIGHT - FOOT)
    for number, page in enumerate(pages, start=1):
        draw_placed(pen, page.placed)
        _foot(pen, setter, f"{TITLE} {told.number} · Page {number} of {len(pages)}")
        structure.next_page()
    structure.write()
    make_archivable(canvas, TITLE, "en-US")
    canvas.save()
    return out.getvalue()


def _story(told: Certified, made_on: date, setter: Setter, root: Element) -> Iterator[Block]:
    yield setter.plain(f"{TITLE} {told.number}", OFFICE, root.add("H1"))
    yield setter.plain(told.office, _TEXT, root.add("P"))
    said = f"Destroyed on {told.moment} by {told.by}."
    yield setter.plain(said, _TEXT, root.add("P"))
    yield setter.plain("What was destroyed, and why", _HEADING, root.add("H2"))
    for group in told.groups:
        yield from _group(group, setter, root)
    for title, sentences in (
        ("How much", told.counts),
        ("How it was removed, and checked", told.removed),
        ("Backups", told.backups),
        ("Not reached", told.not_reached),
        ("What stays", told.stays),
    ):
        if sentences:
            yield setter.plain(title, _HEADING, root.add("H2"))
            yield from _listed(sentences, setter, root)
    made = f"This copy was made on {day_in_words(made_on)}; the office’s file keeps the record."
    yield setter.plain(made, replace(_TEXT, before=10, color=QUIET), root.add("P"))
    for words in ("Signed:", "Day:"):
        yield _by_hand(words, setter, root)


def _group(group: CertifiedGroup, setter: Setter, root: Element) -> Iterator[Block]:
    words = f"{group.what} ({group.why})"
    yield setter.plain(words[:1].upper() + words[1:], _TEXT, root.add("P"))
    if group.numbers:
        many = len(group.numbers)
        head = "1 case: " if many == 1 else f"{many:,} cases: "
        # In parts, so that a page can end between two of them.
        for start in range(0, many, _IN_A_BLOCK):
            listed = ", ".join(group.numbers[start : start + _IN_A_BLOCK])
            runs = [Run((head if start == 0 else "") + listed)]
            yield setter.block(runs, _LISTED, root.add("P"))


_IN_A_BLOCK = 80


def _listed(sentences: Sequence[str], setter: Setter, root: Element) -> Iterator[Block]:
    listing = root.add("L", attributes="/A <</O /List /ListNumbering /None>>")
    for words in sentences:
        yield setter.plain(words, _LISTED, listing.add("LI").add("LBody"))


def _by_hand(words: str, setter: Setter, root: Element) -> Block:
    """Words with a line after them to write on."""
    block = setter.plain(words, _BY_HAND, root.add("P"))
    width = sum(part.width for part in block.lines[0].parts)

    def draw(pen: Pen, top: float, _again: bool) -> None:
        pen.box(SIDE + width + 6, top + _BY_HAND.leading - 1, LINE / 2, 0.5, QUIET)

    block.draw = draw
    return block


def _foot(pen: Pen, setter: Setter, words: str) -> None:
    (line, *_) = setter.plain(words, SMALL, Element("P")).lines
    what = artifact("Pagination", "Footer")
    pen.artifact(Line(line.parts, ()), SIDE, _FOOT_LINE, SMALL.leading, what)
