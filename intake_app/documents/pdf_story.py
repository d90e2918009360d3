"""A letter as blocks that go down its pages: styles, gaps, what each is, what stays together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO

from reportlab.lib.utils import ImageReader

from intake_app.documents.letter_language import BY_CODE
from intake_app.documents.letter_template import Block as Kind
from intake_app.documents.letter_template import Paragraph, Run
from intake_app.documents.letter_text import Letter
from intake_app.documents.logo import plain_logo
from intake_app.documents.pdf_lines import Mark
from intake_app.documents.pdf_notes import at_the_foot, in_line
from intake_app.documents.pdf_pages import Block
from intake_app.documents.pdf_pen import Pen
from intake_app.documents.pdf_structure import Element
from intake_app.documents.pdf_styles import (
    ADDRESS,
    HEADING,
    LINE,
    LISTED,
    LOGO,
    NOTE,
    OFFICE,
    OFFICE_LINES,
    PLAIN,
    QUOTATION,
    REFERENCE,
    SIDE,
    SMALL,
    TEXT,
    TOP,
    WINDOW_TOP,
    Setter,
    rule,
)
from intake_app.documents.pdf_table import table_blocks


@dataclass(frozen=True)
class Story:
    """The blocks of a letter and those of its notes, by number from 1."""

    blocks: list[Block]
    notes: list[Block]


def letter_story(letter: Letter, setter: Setter, root: Element, *, draft: bool) -> Story:
    """All of a letter; elements for it are added to `root`.

    draft: paragraphs a person wrote anew have a bar beside them.
    """
    marked, notes = at_the_foot(letter.body) if letter.footnotes else (in_line(letter.body), [])
    blocks = list(_head(letter, setter, root))
    for number, (paragraph, runs) in enumerate(marked):
        made = _paragraph(paragraph, runs, setter, root)
        follows = marked[number + 1][0].block if number + 1 < len(marked) else None
        for block in made:
            block.bar = draft and paragraph.edited
        made[-1].leads = follows is Kind.QUOTATION or number == len(marked) - 2
        if follows is None:
            # A closing never stands alone on a page.
            made[-1].keep, made[-1].leads = len(made[-1].lines) <= 8, True
        blocks += made
    blocks += _ending(letter, setter, root)
    # The elements of notes are made as their marks are drawn.
    spare = Element("Note")
    return Story(
        blocks,
        [
            setter.block((Mark(number), Run(" "), *runs), NOTE, spare)
            for number, runs in enumerate(notes, start=1)
        ],
    )


def _head(letter: Letter, setter: Setter, root: Element) -> Iterator[Block]:
    head, narrow = letter.letterhead, 0.0
    if head.logo is not None:
        block, narrow = _logo(head.logo, head.name, root)
        yield block
    yield setter.plain(head.name, replace(OFFICE, right=narrow), root.add("P"))
    lines = [line for line in head.lines.splitlines() if line.strip()]
    office = root.add("P") if lines else root
    for line in lines:
        yield setter.plain(line, replace(OFFICE_LINES, right=narrow), office)
    if narrow:
        yield Block(down_to=TOP + LOGO[1])
    yield rule(8, 10)
    yield setter.plain(letter.dated, PLAIN, root.add("P"))
    yield Block(height=14, down_to=WINDOW_TOP)
    address = root.add("P") if letter.address else root
    for line in letter.address:
        yield setter.plain(line, ADDRESS, address)
    yield Block(height=20)
    reference = root.add("H1")
    made = setter.block(letter.re, REFERENCE, reference, BY_CODE[letter.language].re)
    made.mark_element = reference
    if made.mark and made.mark.width > REFERENCE.left - 6:
        wide = replace(REFERENCE, left=made.mark.width + 8)
        mark = made.mark
        made = setter.block(letter.re, wide, reference)
        made.mark, made.mark_element = mark, reference
    yield made
    yield setter.plain(letter.greeting, TEXT, root.add("P"))


@lru_cache(maxsize=2)
def _picture(data: bytes) -> ImageReader:
    return ImageReader(BytesIO(plain_logo(data)))


def _logo(data: bytes, name: str, root: Element) -> tuple[Block, float]:
    """The logo at the right edge, and how much room it takes from the lines beside it."""
    image = _picture(data)
    wide, high = image.getSize()
    scale = min(LOGO[0] / wide, LOGO[1] / high)
    width, height = wide * scale, high * scale
    figure = root.add("Figure", alt=name)

    def draw(pen: Pen, top: float, _again: bool) -> None:
        pen.picture(image, figure, (SIDE + LINE - width, top, width, height))

    return Block(draw=draw), width + 16


def _paragraph(
    paragraph: Paragraph, runs: tuple[Run | Mark, ...], setter: Setter, root: Element
) -> list[Block]:
    match paragraph.block:
        case Kind.HEADING:
            made = setter.block(runs, HEADING, root.add("H2"))
            made.keep = True
            return [made]
        case Kind.QUOTATION:
            return [setter.block(runs, QUOTATION, root.add("BlockQuote").add("P"))]
        case Kind.NUMBERED:
            return [_listed(runs, paragraph.number, "Decimal", setter, root)]
        case Kind.BULLET:
            return [_listed(runs, "•", "Disc", setter, root)]
        case Kind.TABLE:
            return table_blocks(paragraph.rows, setter, root)
        case _:
            return [setter.block(runs, TEXT, root.add("P"))]


def _listed(
    runs: tuple[Run | Mark, ...], mark: str, numbering: str, setter: Setter, root: Element
) -> Block:
    attributes = f"/A <</O /List /ListNumbering /{numbering}>>"
    last = root.last
    if last is None or last.kind != "L" or last.attributes != attributes:
        last = root.add("L", attributes=attributes)
    item = last.add("LI")
    label = item.add("Lbl")
    made = setter.block(runs, LISTED, item.add("LBody"), mark)
    made.mark_element, made.mark_left = label, 2
    return made


def _ending(letter: Letter, setter: Setter, root: Element) -> Iterator[Block]:
    words = BY_CODE[letter.language]
    kept = [
        Block(height=4),
        setter.plain(letter.closing, PLAIN, root.add("P")),
        rule(26, 4, 208.8),
    ]
    signer = root.add("P") if letter.signer else root
    kept += [setter.plain(line, PLAIN, signer) for line in letter.signer]
    kept += [Block(height=3), setter.plain(letter.prepared_for, SMALL, root.add("P"))]
    if letter.enclosures:
        several = words.enclosures if len(letter.enclosures) > 1 else words.enclosure
        kept.append(Block(height=9))
        kept += _listing(several, letter.enclosures, setter, root)
    if letter.cc:
        kept.append(Block(height=9))
        kept += _listing(words.cc, letter.cc, setter, root)
    if letter.note:
        kept += [Block(height=9), setter.plain(letter.note, SMALL, root.add("P"))]
    for block in kept:
        block.whole = True
    for block in kept[:-1]:
        block.keep = True
    yield from kept


def _listing(word: str, lines: Sequence[str], setter: Setter, root: Element) -> list[Block]:
    """Lines after a word that stands before the first of them."""
    mark = setter.piece(word, SMALL)
    style = replace(SMALL, left=mark.width + 5)
    element = root.add("P")
    made = [setter.plain(line, style, element) for line in lines]
    made[0].mark, made[0].mark_element = mark, element
    return made
