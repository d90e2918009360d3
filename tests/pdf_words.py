"""The words of a PDF and where they stand, read back by the program that shows PDFs (pdfium)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtPdf import QPdfDocument

from intake_app.ui.pdf_view import pdf_document


@dataclass(frozen=True)
class PlacedWord:
    """left, right: its edges in whole points from the left edge of the page."""

    text: str
    left: float
    right: float


def placed_words(pdf: bytes) -> list[PlacedWord]:
    """Every word of every page."""
    found = []
    with _opened(pdf) as document:
        for page in range(document.pageCount()):
            for word in re.finditer(r"\S+", document.getAllText(page).text()):
                place = document.getSelectionAtIndex(page, word.start(), len(word[0]))
                box = place.boundingRectangle()
                found.append(PlacedWord(place.text(), box.left(), box.right()))
    return found


def shown_text(pdf: bytes) -> str:
    """All there is to read, page after page, as it is copied out of the window."""
    with _opened(pdf) as document:
        return "\n".join(document.getAllText(page).text() for page in range(document.pageCount()))


@contextmanager
def _opened(pdf: bytes) -> Iterator[QPdfDocument]:
    owner = QObject()
    yield pdf_document(pdf, owner)
    owner.deleteLater()
