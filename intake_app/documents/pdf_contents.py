"""A list of contents: each heading, dots, and the page it stands on."""

from collections.abc import Iterator, Mapping, Sequence

from intake_app.documents.letter_template import Run
from intake_app.documents.pdf_lines import Ink, Line, set_lines
from intake_app.documents.pdf_pages import Block
from intake_app.documents.pdf_pen import Pen
from intake_app.documents.pdf_structure import Element
from intake_app.documents.pdf_styles import LINE, RULE, SIDE, Setter, Style
from intake_app.documents.typography import tidy

_ENTRY = Style(size=9.5, leading=14)
_NUMBER = 24.0


def contents(
    entries: Sequence[tuple[str, int]], page_of: Mapping[int, int], setter: Setter, root: Element
) -> Iterator[Block]:
    """A block for each entry: its words, and the key of its page in `page_of`.

    The page is asked for as the block is drawn. root: the element of the list.
    """
    for words, key in entries:
        yield _entry(words, key, page_of, setter, root.add("TOCI").add("P"))


def _entry(
    words: str, key: int, page_of: Mapping[int, int], setter: Setter, element: Element
) -> Block:
    ink = Ink(_ENTRY.size, _ENTRY.color)
    lines = set_lines((Run(tidy(words)),), setter.faces, ink, LINE - _NUMBER - 20)

    def draw(pen: Pen, top: float, _again: bool) -> None:
        pen.lines(lines, element, SIDE, top, _ENTRY.leading)
        number = setter.piece(f" {page_of[key]}", _ENTRY)
        below = top + (len(lines) - 1) * _ENTRY.leading
        wide = sum(part.width for part in lines[-1].parts)
        start, end = SIDE + wide + 6, SIDE + LINE - number.width - 3
        pen.box(start, below + 0.77 * _ENTRY.leading, max(end - start, 0), 0.4, RULE)
        pen.lines([Line((number,), ())], element, SIDE + LINE - number.width, below, _ENTRY.leading)

    return Block(height=len(lines) * _ENTRY.leading, draw=draw, whole=True)
