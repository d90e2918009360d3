"""Printing a PDF page by page at 300 dots per inch, without a file and without a name.

What a print queue, its log and the printer's display show is the job's name. Ours says what
kind of paper it is and the number of the case, never who it is about.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from intake_app.core.errors import AppError
from intake_app.ui.asking import Asking

DPI = 300
_POINTS_PER_INCH = 72


class Paper(Enum):
    """What is put into the printer: its size, and how the page lies on it."""

    LETTER = QPageSize.PageSizeId.Letter, QPageLayout.Orientation.Portrait
    ENVELOPE = QPageSize.PageSizeId.Comm10E, QPageLayout.Orientation.Landscape


def new_printer(job: str, paper: Paper = Paper.LETTER) -> QPrinter:
    """A printer set to this paper and 300 dpi; the default of 1200 takes half a gigabyte a page.

    job: what the queue shows. Never a name.
    """
    size, lies = paper.value
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setResolution(DPI)
    printer.setDocName(job)
    printer.setCreator("Intake Desk")
    # Before the layout: a real printer has margins of its own, and refuses a page without any
    # while it keeps to them. It would print on its default paper then, whatever was asked for.
    printer.setFullPage(True)
    layout = QPageLayout(QPageSize(size), lies, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    return printer


def page_image(document: QPdfDocument, page: int, dpi: int) -> QImage:
    """One page on white, `dpi` dots per inch. Call on the window's thread only."""
    points = document.pagePointSize(page)
    size = QSize(
        round(points.width() * dpi / _POINTS_PER_INCH),
        round(points.height() * dpi / _POINTS_PER_INCH),
    )
    drawn = document.render(page, size)
    paper = QImage(size, QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return paper


def print_document(document: QPdfDocument, printer: QPrinter) -> int:
    """Send the pages the person chose to the printer; return how many. Raises `AppError`."""
    first, last = printer.fromPage() or 1, printer.toPage() or document.pageCount()
    pages = range(first - 1, min(last, document.pageCount()))
    with _kept_in_memory():
        _print_pages(document, printer, pages)
    return len(pages)


MEMORY = Path("/dev/shm")  # noqa: S108 - Linux keeps files there in memory


@contextmanager
def _kept_in_memory() -> Iterator[None]:
    """Qt puts a job away as a file before it hands it to the print system: never on a disk.

    CUPS asks TMPDIR where to. Elsewhere than on Linux Qt needs no such file.
    """
    before = os.environ.get("TMPDIR")
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        yield
        return
    os.environ["TMPDIR"] = str(MEMORY)
    try:
        yield
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before


def _print_pages(document: QPdfDocument, printer: QPrinter, pages: range) -> None:
    painter = QPainter()
    if not painter.begin(printer):
        raise AppError("The printer did not answer. Check that it is on, then print again.")
    try:
        for sheet, page in enumerate(pages):
            if sheet and not printer.newPage():
                raise AppError("The printer stopped. Check its paper, then print again.")
            dpi = printer.resolution()
            image = page_image(document, page, dpi)
            paper = printer.pageLayout().fullRectPixels(dpi)
            # At its own size from the corner of the paper: a letter keeps its margins.
            target = QRect(0, 0, image.width(), image.height())
            if image.width() > paper.width() or image.height() > paper.height():
                target.setSize(
                    image.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
                )
            painter.drawImage(target, image)
    finally:
        painter.end()


def print_envelope(asking: Asking, parent: QWidget, pdf: bytes, number: str) -> bool:
    """Ask for a printer and print an envelope of `workflows.envelopes.letter_envelope`.

    number: of the case, for the job's name. Returns whether it was printed; raises `AppError`.
    """
    return _print_pdf(asking, parent, pdf, new_printer(f"Envelope {number}", Paper.ENVELOPE))


def print_labels(asking: Asking, parent: QWidget, pdf: bytes) -> bool:
    """Ask for a printer and print sheets of `workflows.envelopes.address_labels`."""
    return _print_pdf(asking, parent, pdf, new_printer("Labels"))


def _print_pdf(asking: Asking, parent: QWidget, pdf: bytes, printer: QPrinter) -> bool:
    if not asking.printer(parent, printer):
        return False
    document, held = QPdfDocument(parent), QBuffer()
    held.setData(QByteArray(pdf))
    held.open(QIODevice.OpenModeFlag.ReadOnly)
    try:
        document.load(held)
        print_document(document, printer)
    finally:
        document.close()
        document.deleteLater()
        held.close()
    return True
