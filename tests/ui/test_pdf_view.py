"""A PDF is shown from memory: its pages are there, drawn, and nothing is written down."""

import gc
import io
import tempfile
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from intake_app.core.errors import AppError
from intake_app.ui.pdf_view import PdfView
from intake_app.ui.printing import page_image
from intake_app.ui.theme import Theme


def made_pdf(pages: int, words: str = "Dear Sheriff") -> bytes:
    """A PDF of some pages with a line at the same place on each."""
    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=letter)
    for page in range(pages):
        canvas.drawString(72, 700, f"{words} {page + 1}")
        canvas.showPage()
    canvas.save()
    return kept.getvalue()


@pytest.fixture
def view(qtbot: QtBot) -> PdfView:
    made = PdfView("Letter", "No letter yet.")
    qtbot.addWidget(made)
    made.resize(500, 600)
    made.show()
    return made


def test_its_pages_are_there_and_drawn(view: PdfView) -> None:
    view.show_pdf(made_pdf(3))
    assert view.document is not None
    assert view.document.pageCount() == 3
    assert view.view.accessibleName() == "Letter, 3 pages"
    # Whatever Python has let go of by now, the page must still be readable.
    gc.collect()
    image = page_image(view.document, 2, 72)
    assert (image.width(), image.height()) == (612, 792)
    dark = [
        (x, y)
        for x in range(60, 200)
        for y in range(75, 100)
        if image.pixelColor(x, y).lightness() < 100
    ]
    assert len(dark) > 50, "the line of text is drawn"
    assert image.pixelColor(300, 400).name() == "#ffffff"


def test_it_can_be_replaced_many_times(view: PdfView, qtbot: QtBot) -> None:
    for pages in (1, 4, 2, 1, 3) * 4:
        view.show_pdf(made_pdf(pages))
        gc.collect()
        assert view.document is not None
        assert not view.document.render(0, QSize(100, 130)).isNull()
        view.grab()
    view.clear("Gone.")
    assert view.document is None
    assert view.pdf == b""
    assert view.empty_line.text() == "Gone."


def test_nothing_is_written_to_disk(
    view: PdfView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    view.show_pdf(made_pdf(2))
    view.grab()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damaged", [b"", b"%PDF-1.4\n", b"not a pdf at all"])
def test_damaged_bytes_are_said_and_leave_nothing_behind(view: PdfView, damaged: bytes) -> None:
    view.show_pdf(made_pdf(1))
    with pytest.raises(AppError, match="can’t be shown"):
        view.show_pdf(damaged)
    assert view.document is None


def test_the_page_is_as_wide_as_there_is_room(view: PdfView) -> None:
    view.show_pdf(made_pdf(1))
    view.themed(Theme())
    narrow = view.view.zoomFactor()
    view.resize(900, 600)
    assert view.view.zoomFactor() > narrow
    view.resize(4000, 600)
    assert view.view.zoomFactor() <= 1.3, "never so large that a page is only seen in parts"
