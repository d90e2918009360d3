"""Printing: every page, at 300 dpi, in its place, under a job name without anybody's name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSize
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.core.errors import AppError
from intake_app.ui.asking import Asking, write_file
from intake_app.ui.pdf_view import PdfView
from intake_app.ui.printing import DPI, new_printer, page_image, print_document
from tests.ui.test_pdf_view import made_pdf


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[QPdfDocument]:
    view = PdfView("Letter")
    qtbot.addWidget(view)
    view.show_pdf(made_pdf(3))
    assert view.document is not None
    # The view owns the document and must live as long as the test.
    yield view.document
    view.clear()


def to_file(printer: QPrinter, path: Path) -> QPrinter:
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def box_of_ink(pdf: Path, page: int, qtbot: QtBot) -> tuple[int, int, int, int]:
    """Where the words stand on a page, in points from its upper left corner."""
    shown = PdfView("Printed")
    qtbot.addWidget(shown)
    shown.show_pdf(pdf.read_bytes())
    assert shown.document is not None
    image = page_image(shown.document, page, 72)
    dark = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).lightness() < 128
    ]
    xs, ys = [x for x, _ in dark], [y for _, y in dark]
    return min(xs), min(ys), max(xs), max(ys)


def test_every_page_is_printed_at_300_dpi_in_its_place(
    document: QPdfDocument, tmp_path: Path, qtbot: QtBot
) -> None:
    printer = to_file(new_printer("Letter 2026-0117"), tmp_path / "out.pdf")
    assert printer.resolution() == DPI == 300
    assert print_document(document, printer) == 3
    printed = PdfReader(tmp_path / "out.pdf")
    assert len(printed.pages) == 3
    for page in printed.pages:
        assert [round(float(side)) for side in page.mediabox[2:]] == [612, 792]
        assert max(image.image.width for image in page.images if image.image) == 8.5 * 300
    original = tmp_path / "in.pdf"
    original.write_bytes(made_pdf(3))
    for number in range(3):
        there = box_of_ink(original, number, qtbot)
        here = box_of_ink(tmp_path / "out.pdf", number, qtbot)
        assert all(abs(a - b) <= 1 for a, b in zip(there, here, strict=True)), (there, here)


def test_chosen_pages_only(document: QPdfDocument, tmp_path: Path) -> None:
    printer = to_file(new_printer("Letter 2026-0117"), tmp_path / "out.pdf")
    printer.setFromTo(2, 3)
    assert print_document(document, printer) == 2
    assert len(PdfReader(tmp_path / "out.pdf").pages) == 2


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_does_not_answer_is_said(document: QPdfDocument, tmp_path: Path) -> None:
    printer = to_file(new_printer("Letter"), tmp_path / "no such folder" / "out.pdf")
    with pytest.raises(AppError, match="did not answer"):
        print_document(document, printer)


def test_without_any_printer_it_says_to_save(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    with pytest.raises(AppError, match="no printer"):
        Asking().printer(parent, new_printer("Letter"))


def test_writing_where_it_can_not_be_written_is_said(tmp_path: Path) -> None:
    assert write_file(tmp_path / "a.pdf", b"x").read_bytes() == b"x"
    with pytest.raises(AppError, match="can’t be written there"):
        write_file(tmp_path / "missing" / "a.pdf", b"x")


def test_a_page_is_rendered_at_the_size_asked_for(document: QPdfDocument) -> None:
    assert page_image(document, 0, DPI).size() == QSize(2550, 3300)
