"""The four styles of the letter font, given as bytes, and what they can't write.

ReportLab keeps one table of fonts for the whole process. Each style is put there once, under a
name of our own made from the bytes, so that a second letter does not parse the file again.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from intake_app.core.errors import AppError


@dataclass(frozen=True)
class Fonts:
    """TrueType files of one family, read by the caller."""

    regular: bytes
    bold: bytes
    italic: bytes
    bold_italic: bytes


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


@lru_cache(maxsize=4)
def font_names(fonts: Fonts) -> FontNames:
    """Make the fonts known to ReportLab, once for the same bytes, and tell their names.

    Raise `AppError` for bytes that are no TrueType font.
    """
    return FontNames(
        *(_known(data) for data in (fonts.regular, fonts.bold, fonts.italic, fonts.bold_italic))
    )


def _known(data: bytes) -> str:
    name = f"IntakeDesk-{hashlib.sha256(data).hexdigest()[:16]}"
    if name not in pdfmetrics.getRegisteredFontNames():
        try:
            pdfmetrics.registerFont(TTFont(name, BytesIO(data)))
        except (TTFError, ValueError, IndexError, KeyError) as error:
            raise AppError(
                "A font of the letters is damaged. Install the program again; no letter was made."
            ) from error
    return name


def require_letters(text: str, name: str) -> None:
    """Raise `AppError`, naming the letter, for the first one the font `name` can't write."""
    font = pdfmetrics.getFont(name)
    if not isinstance(font, TTFont):
        raise TypeError(f"{name} is no embedded font")
    known = font.face.charToGlyph
    for letter in text:
        if ord(letter) not in known:
            raise AppError(
                f"The fonts of the letters have no “{letter}” (U+{ord(letter):04X}). Write the "
                "word in Latin, Cyrillic or Greek letters; no letter was made."
            )
