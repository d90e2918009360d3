"""Printing a PDF page by page at 300 dots per inch, without a file and without a name.

What a print queue, its log and the printer's display show is the job's name. Ours says what
kind of paper it is and the number of the case, never who it is about.
"""

from PySide6.QtCore import QMarginsF, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from intake_app.core.errors import AppError

DPI = 300
_POINTS_PER_INCH = 72


def new_printer(job: str) -> QPrinter:
    """A printer set to Letter paper and 300 dpi; the default of 1200 takes half a gigabyte a page.

    job: what the queue shows. Never a name.
    """
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setResolution(DPI)
    printer.setDocName(job)
    printer.setCreator("Intake Desk")
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.Letter),
            QPageLayout.Orientation.Portrait,
            QMarginsF(0, 0, 0, 0),
        )
    )
    printer.setFullPage(True)
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
    return len(pages)
