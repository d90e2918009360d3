"""Drawing on the pages of a letter, each piece marked as what it is.

Places are points from the left and from the top edge of the paper.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from intake_app.documents.fonts import Face
from intake_app.documents.pdf_archive import document_of
from intake_app.documents.pdf_lines import Ink, Line, Piece, Stretch
from intake_app.documents.pdf_structure import (
    BACKWARDS,
    END,
    Element,
    Structure,
    actual_text,
    artifact,
)

TINT = "1 0.945 0.753"
"""Behind words a consent had to open, as PDF writes a color."""


class Pen:
    """Draws one letter; `notes` are the elements of the notes whose marks are drawn."""

    def __init__(self, canvas: Canvas, structure: Structure, paper_height: float) -> None:
        self._canvas: Any = canvas
        self._document = document_of(canvas)
        self._height = paper_height
        self.structure = structure
        self.notes: dict[int, Element] = {}

    def lines(
        self, lines: Sequence[Line], element: Element, left: float, top: float, leading: float
    ) -> None:
        """Draw lines of an element, the marks of notes in them as references."""
        code: list[str] = []
        here: int | None = None
        for number, line in enumerate(lines):
            base = self._height - top - leading * number - 0.77 * leading
            x = left
            fresh = True
            for note, group in groupby(line.parts, lambda part: part.ink.note):
                if note != here:
                    code += [] if here is None else ["ET", END]
                    code += [self.structure.mark(self._bearer(element, note)), "BT"]
                    here, fresh = note, True
                for part in group:
                    if fresh:
                        code.append(_at(x, base))
                    code += self._shown(part, x, base)
                    fresh = isinstance(part, Stretch)
                    x += part.width
        if code:
            self._canvas.addLiteral("\n".join([*code, "ET", END]))

    def note(
        self, lines: Sequence[Line], number: int, left: float, top: float, leading: float
    ) -> None:
        """Draw a note at the foot; its own number is the label of its element."""
        element = self.notes[number]
        label = element.add("Lbl")
        mark, rest = lines[0].parts[0], lines[0].parts[1:]
        self.lines(
            [Line((mark._replace(ink=mark.ink._replace(note=0)),), ())], label, left, top, leading
        )
        self.lines([Line(rest, ())], element, left + mark.width, top, leading)
        self.lines(lines[1:], element, left, top + leading, leading)

    def artifact(self, line: Line, left: float, top: float, leading: float, what: str) -> None:
        """Draw a line that is no part of the text, such as the head of a later page."""
        base = self._height - top - 0.77 * leading
        shown, x = [what, "BT"], left
        for part in line.parts:
            shown += [_at(x, base), *self._shown(part, x, base)]
            x += part.width
        self._canvas.addLiteral("\n".join([*shown, "ET", END]))

    def slanted(self, piece: Piece, left: float, bottom: float, what: str) -> None:
        """Draw words rising across the page from a point, behind what is drawn later."""
        turn = f"0.6157 0.788 -0.788 0.6157 {_short(left)} {_short(bottom)} Tm"
        self._canvas.addLiteral("\n".join([what, "BT", turn, *self._piece(piece), "ET", END]))

    def tints(self, lines: Sequence[Line], left: float, top: float, leading: float) -> None:
        """A pale ground behind the words that needed a consent."""
        for number, line in enumerate(lines):
            x = left
            for part in line.parts:
                if part.ink.group:
                    above = top + leading * number + 0.08 * leading
                    self.box(x - 0.8, above, part.width + 1.6, 0.94 * leading, TINT)
                x += part.width

    def box(self, left: float, top: float, width: float, height: float, color: str) -> None:
        """A filled box, as a rule or a ground: no part of the text."""
        spot = " ".join(_short(n) for n in (left, self._height - top - height, width, height))
        self._canvas.addLiteral(f"{artifact()}\n{color} rg {spot} re f\n{END}")

    def shape(self, element: Element, spot: tuple[float, float, float, float], color: str) -> None:
        """A filled box that is part of a figure: left, top, width and height."""
        left, top, width, height = spot
        box = " ".join(_short(n) for n in (left, self._height - top - height, width, height))
        self._canvas.addLiteral(f"{self.structure.mark(element)}\n{color} rg {box} re f\n{END}")

    def picture(
        self, image: ImageReader, element: Element, spot: tuple[float, float, float, float]
    ) -> None:
        """A picture as a figure: left, top, width and height."""
        left, top, width, height = spot
        self._canvas.addLiteral(self.structure.mark(element))
        self._canvas.drawImage(image, left, self._height - top - height, width, height)
        self._canvas.addLiteral(END)

    def _bearer(self, element: Element, note: int) -> Element:
        if not note:
            return element
        reference = element.add("Reference")
        self.notes[note] = element.add("Note", name=f"note{note:03}")
        return reference

    def _shown(self, part: Piece | Stretch, x: float, base: float) -> Iterable[str]:
        if isinstance(part, Piece):
            yield from self._piece(part)
            return
        # From right to left, piece by piece, as they are read.
        x += part.width
        for piece in part.pieces:
            x -= piece.width
            yield _at(x, base)
            yield from self._piece(piece)

    def _piece(self, piece: Piece) -> Iterable[str]:
        ink = piece.ink
        yield f"{ink.color} rg"
        if ink.rise:
            yield f"{_short(ink.rise)} Ts"
        if piece.forms:
            yield from self._forms(piece)
        else:
            for subset, codes in piece.face.font.splitString(piece.text, self._document):
                yield f"{self._font(piece.face, subset, ink)} ({self._canvas._escape(codes)}) Tj"
        if ink.rise:
            yield "0 Ts"

    def _forms(self, piece: Piece) -> Iterable[str]:
        ink, raised, together = piece.ink, 0.0, 0
        yield BACKWARDS
        for form in piece.forms:
            if form.several > 1:
                yield actual_text(form.text)
                together = form.several
            rise = form.dy * ink.size / 1000
            if rise != raised:
                yield f"{_short(rise)} Ts"
                raised = rise
            ((subset, codes),) = piece.face.font.splitString(form.letter, self._document)
            shown = f"({self._canvas._escape(codes)})"
            back = _short(form.width - form.advance + form.dx)
            yield f"{self._font(piece.face, subset, ink)} [{_short(-form.dx)} {shown} {back}] TJ"
            together -= 1
            if together == 0:
                yield END
        yield END
        if raised:
            yield "0 Ts"

    def _font(self, face: Face, subset: int, ink: Ink) -> str:
        return f"{face.font.getSubsetInternalName(subset, self._document)} {_short(ink.size)} Tf"


def _short(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")


def _at(x: float, base: float) -> str:
    return f"1 0 0 1 {_short(x)} {_short(base)} Tm"
