"""The fonts of a letter, given as bytes: which writes what, and how wide it is.

ReportLab keeps one table of fonts for the whole process. Each is put there once, under a name
of our own made from the bytes, so that a second letter does not parse the file again. Fonts of
other scripts are read when a letter first needs one.
"""

import hashlib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from io import BytesIO
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from intake_app.core.errors import AppError
from intake_app.documents.pdf_archive import to_unicode


@dataclass(frozen=True)
class Fonts:
    """TrueType files of one family, read by the caller.

    others: give the bytes of fonts for other scripts, asked in this order for a letter the
    family lacks.
    """

    regular: bytes
    bold: bytes
    italic: bytes
    bold_italic: bytes
    others: tuple[Callable[[], bytes], ...] = field(default=(), kw_only=True)


@dataclass(frozen=True)
class FontNames:
    """The names under which ReportLab knows the four styles."""

    regular: str
    bold: str
    italic: str
    bold_italic: str

    def style(self, *, bold: bool, italic: bool) -> str:
        """The name of one style."""
        if bold:
            return self.bold_italic if italic else self.bold
        return self.italic if italic else self.regular


_PRIVATE = 0xF0000


class Glyph(NamedTuple):
    """One drawn form of a shaped word, in thousandths of its size.

    letter: stands for the form in the font; text: what it spells; several: how many forms
    spell it together, told at the first of them, 0 at the others. dx, dy: how far it is moved;
    advance: to the next; width: what the font says it is wide.
    """

    letter: str
    text: str
    several: int
    dx: float
    dy: float
    advance: float
    width: float


class Face:
    """One font file."""

    def __init__(self, font: "_Font") -> None:
        self.font = font
        self._forms: dict[tuple[int, str], int] = {}
        self._units = 1000 / font.face.unitsPerEm
        self._widths: dict[str, float] = {
            chr(code): wide for code, wide in font.face.charWidths.items()
        }
        self.letters = frozenset(map(chr, font.face.charToGlyph))

    def width(self, text: str) -> float:
        """How wide the text is in thousandths of its size; every letter is one of `letters`."""
        return sum(map(self._widths.__getitem__, text))

    def shaped(self, text: str) -> tuple[Glyph, ...]:
        """The joined forms of a word written from right to left, in the order of the page."""
        import uharfbuzz

        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl"
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        uharfbuzz.shape(self._shaper, buffer)
        starts = [info.cluster for info in buffer.glyph_infos]
        forms, end = [], len(text)
        ends = {}
        for start in sorted(set(starts), reverse=True):
            ends[start], end = end, start
        for number, (info, place) in enumerate(
            zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ):
            start = info.cluster
            first = number == starts.index(start)
            several = starts.count(start) if first else 0
            forms.append(self._glyph(info.codepoint, text[start : ends[start]], several, place))
        return tuple(forms)

    @cached_property
    def _shaper(self) -> Any:
        import uharfbuzz

        face: Any = self.font.face
        return uharfbuzz.Font(uharfbuzz.Face(face._ttf_data))

    def _glyph(self, number: int, text: str, several: int, place: Any) -> Glyph:
        # ReportLab knows glyphs by letters alone, so a joined form gets a private one. Which
        # does not show in the file: there the form has a code and what it spells.
        face = self.font.face
        code = self._forms.setdefault((number, text), _PRIVATE + len(self._forms))
        if code not in face.charToGlyph:
            self.font.spelled[code] = text
            face.charToGlyph[code] = number
            face.charWidths[code] = face.hmetrics[number][0]
        return Glyph(
            chr(code),
            text,
            several,
            place.x_offset * self._units,
            place.y_offset * self._units,
            place.x_advance * self._units,
            face.charWidths[code],
        )


class Faces:
    """All fonts of a letter."""

    def __init__(self, fonts: Fonts) -> None:
        names = font_names(fonts)
        self._styles = {
            (bold, italic): _face(names.style(bold=bold, italic=italic))
            for bold in (False, True)
            for italic in (False, True)
        }
        self._others = fonts.others

    def style(self, *, bold: bool = False, italic: bool = False) -> Face:
        """One style of the family."""
        return self._styles[bold, italic]

    def spread(self, text: str, *, bold: bool, italic: bool) -> Iterator[tuple[Face, str]]:
        """The text in pieces, each with the font that writes it; other scripts have one style.

        Raise `AppError`, naming the letter, for the first one no font can write.
        """
        first = self._styles[bold, italic]
        if first.letters.issuperset(text):
            yield first, text
            return
        face, start = first, 0
        for place, letter in enumerate(text):
            marks = unicodedata.category(letter) in ("Mn", "Cf") and letter in face.letters
            now = face if marks else self._face_for(letter, first)
            if now is not face:
                if place > start:
                    yield face, text[start:place]
                face, start = now, place
        yield face, text[start:]

    def _face_for(self, letter: str, first: Face) -> Face:
        if letter in first.letters:
            return first
        for read in self._others:
            face = _face(_known(read()))
            if letter in face.letters:
                return face
        raise _lacking(letter)


@lru_cache(maxsize=4)
def faces(fonts: Fonts) -> Faces:
    """Make the fonts known, once for the same bytes; raise `AppError` for a damaged one."""
    return Faces(fonts)


@lru_cache(maxsize=4)
def font_names(fonts: Fonts) -> FontNames:
    """Make the fonts known to ReportLab, once for the same bytes, and tell their names.

    Raise `AppError` for bytes that are no TrueType font.
    """
    return FontNames(
        *(_known(data) for data in (fonts.regular, fonts.bold, fonts.italic, fonts.bold_italic))
    )


def require_letters(text: str, name: str) -> None:
    """Raise `AppError`, naming the letter, for the first one the font `name` can't write."""
    known = _face(name).letters
    for letter in text:
        if letter not in known:
            raise _lacking(letter)


def _lacking(letter: str) -> AppError:
    return AppError(
        f"The fonts of the letters have no “{letter}” (U+{ord(letter):04X}). Write the word in "
        "Latin letters; no letter was made."
    )


@cache
def _face(name: str) -> Face:
    font = pdfmetrics.getFont(name)
    if not isinstance(font, _Font):
        raise TypeError(f"{name} is no embedded font")
    return Face(font)


class _Font(TTFont):
    """A font whose file says which letters its codes stand for, and no code stands for none.

    spelled: what the private letters of joined forms spell.
    """

    def __init__(self, name: str, file: BytesIO) -> None:
        super().__init__(name, file)
        self.spelled: dict[int, str] = {}

    def addObjects(self, doc: Any) -> None:  # noqa: N802  # ReportLab's name
        subsets = [list(one) for one in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = f"{doc.fontMapping[self.fontName][1:]}+{number}"
            made = doc.idToObject["BasicFonts"].dict[name]
            spelled = [self.spelled.get(code) or chr(code) for code in subset]
            doc.idToObject[made.ToUnicode.name].content = to_unicode(spelled)


@lru_cache(maxsize=16)
def _known(data: bytes) -> str:
    name = f"IntakeDesk-{hashlib.sha256(data).hexdigest()[:16]}"
    if name not in pdfmetrics.getRegisteredFontNames():
        try:
            pdfmetrics.registerFont(_Font(name, BytesIO(data)))
        except (TTFError, ValueError, IndexError, KeyError) as error:
            raise AppError(
                "A font of the letters is damaged. Install the program again; no letter was made."
            ) from error
    return name
