"""The styles of a letter and the setting of words in them; measures are points."""

from collections.abc import Iterable
from dataclasses import dataclass

from intake_app.documents.fonts import Faces
from intake_app.documents.letter_template import Run
from intake_app.documents.pdf_lines import Ink, Mark, Piece, set_lines
from intake_app.documents.pdf_pages import Block
from intake_app.documents.pdf_pen import Pen
from intake_app.documents.pdf_structure import Element
from intake_app.documents.typography import tidy, tie

WIDTH, HEIGHT = 612.0, 792.0
SIDE, TOP, FOOT = 72.0, 54.0, 50.4
LINE = WIDTH - 2 * SIDE
WINDOW_TOP = 165.6
"""From the top edge: the address shows through the window wherever the sheet slides to."""
WINDOW_WIDTH = 244.8

INK, QUIET, RULE = "0.106 0.106 0.106", "0.333 0.333 0.333", "0.71 0.71 0.71"
LOGO = (150.0, 58.0)
"""The most a logo may be wide and high."""


@dataclass(frozen=True)
class Style:
    """How a block is set; all but `bold` and `color` in points."""

    size: float = 10.3
    leading: float = 13.8
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 6
    bold: bool = False
    color: str = INK


TEXT = Style()
HEADING = Style(bold=True, before=11, after=2.5)
QUOTATION = Style(size=10, leading=13.5, left=26, right=26)
LISTED = Style(left=20, after=4)
OFFICE = Style(size=15, leading=20, after=2, bold=True)
OFFICE_LINES = Style(size=8.5, leading=11.5, after=0, color=QUIET)
ADDRESS = Style(leading=13.5, after=0, right=LINE - WINDOW_WIDTH)
REFERENCE = Style(left=26, after=10, bold=True)
PLAIN = Style(after=0)
SMALL = Style(size=8.5, leading=11.5, after=0, color=QUIET)
NOTE = Style(size=8.5, leading=11, after=2)


class Setter:
    """Sets words in the fonts of a letter; `tinted` keeps which of them needed a consent."""

    def __init__(self, faces: Faces, *, tinted: bool) -> None:
        self.faces, self._tinted = faces, tinted

    def block(
        self, runs: Iterable[Run | Mark], style: Style, element: Element, mark: str = ""
    ) -> Block:
        """Lines of runs in a style, `mark` hanging before the first."""
        ink = Ink(style.size, style.color)
        width = LINE - style.left - style.right
        made = Block(
            set_lines(map(self._ready, runs), self.faces, ink, width, bold=style.bold),
            style.leading,
            style.left,
            style.before,
            style.after,
            element,
        )
        if mark:
            made.mark = self.piece(mark, style)
        return made

    def plain(self, text: str, style: Style, element: Element) -> Block:
        """Lines of one text."""
        return self.block((Run(text),), style, element)

    def piece(self, text: str, style: Style) -> Piece:
        """A few words in the letter's own font."""
        (face, words), *_ = self.faces.spread(tidy(text), bold=style.bold, italic=False)
        wide = face.width(words) * style.size / 1000
        return Piece(face, words, wide, Ink(style.size, style.color))

    def _ready(self, run: Run | Mark) -> Run | Mark:
        if isinstance(run, Mark):
            return run
        group = run.group if self._tinted else ""
        return Run(tie(tidy(run.text)), run.bold, run.italic, group)


def rule(above: float, below: float, width: float = LINE) -> Block:
    """A line across the page, or one to sign on that is `width` points wide."""
    color = RULE if width == LINE else INK

    def draw(pen: Pen, top: float, _again: bool) -> None:
        pen.box(SIDE, top + above, width, 0.6, color)

    return Block(height=above + below, draw=draw)
