"""Pictures read from memory with Qt: pages of scans, and the small picture of a document.

Pictures may be read on any thread. PDFs are drawn on the window's thread only: the library
behind them does one thing at a time.
"""

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from intake_app.core.document_media import BadFile, Media
from intake_app.core.errors import AppError
from intake_app.ui.pdf_view import PdfLocked, pdf_document

SMALL = 200
"""The longer side of the small picture, in dots."""

_LARGEST_SIDE = 6_000
"""Dots of the longer side a page is shown with: Letter at 545 dots an inch."""

_MOST_MEGABYTES = 256
"""A few kilobytes can ask for gigabytes: what takes more room than this is not drawn."""

_MOST_JPEG_MEGABYTES = 1_600
"""A JPEG is made smaller line by line, but 400 million dots take a second or two."""

_FORMAT = {Media.PNG: b"png", Media.JPEG: b"jpeg", Media.TIFF: b"tiff", Media.WEBP: b"webp"}

DAMAGED = (
    "This file is damaged or was not copied to its end. Scan the paper again, or get the file "
    "anew from where it came from."
)
TOO_LARGE = "This picture has too many dots to be drawn here."


class TooLarge(AppError):
    """A picture that would take more room in memory than there may be."""


@dataclass(frozen=True)
class PicturePage:
    """One page of a picture file, and how many there are."""

    image: QImage
    page: int
    pages: int


def read_page(content: bytes, media: Media, page: int, side: int = _LARGEST_SIDE) -> PicturePage:
    """One page (from 0), no side longer than `side`; raise `BadFile` or `TooLarge`."""
    QImageReader.setAllocationLimit(_MOST_MEGABYTES)
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    # By what the content is known to be; no other reader may try its luck with it.
    reader = QImageReader(buffer, QByteArray(_FORMAT[media]))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    try:
        pages = max(reader.imageCount(), 1)
        if page and not reader.jumpToImage(page):
            raise BadFile(DAMAGED)
        size = reader.size()
        longest = max(size.width(), size.height())
        if longest < 1:
            raise BadFile(DAMAGED)
        if longest > side:
            fitting = size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio)
            reader.setScaledSize(fitting.expandedTo(QSize(1, 1)))
        # A JPEG is made smaller while it is read, the others only afterwards.
        most = _MOST_JPEG_MEGABYTES if media is Media.JPEG else _MOST_MEGABYTES
        if _megabytes(size) > most:
            raise TooLarge(TOO_LARGE)
        image = reader.read()
        if image.isNull():
            raise BadFile(DAMAGED)
        return PicturePage(image, page, pages)
    finally:
        # It looks at the buffer once more when it goes.
        del reader


def small_picture(content: bytes, media: Media) -> bytes | None:
    """The small picture (PNG) of a picture file; None for one too large to be drawn.

    Raises `BadFile` for a damaged one.
    """
    try:
        return _as_png(read_page(content, media, 0, SMALL).image)
    except TooLarge:
        return None


def small_pdf_picture(content: bytes, parent: QObject) -> bytes | None:
    """The small picture of a PDF's first page; None for one that is locked.

    Raises `BadFile` for a damaged one. Only on the main thread, and never in the process of the
    window: some take hours (`pdf_trial`).
    """
    try:
        document = pdf_document(content, parent)
    except PdfLocked:
        return None
    except AppError as error:
        raise BadFile(DAMAGED) from error
    try:
        size = document.pagePointSize(0).toSize()
        fitting = size.scaled(QSize(SMALL, SMALL), Qt.AspectRatioMode.KeepAspectRatio)
        drawn = document.render(0, fitting.expandedTo(QSize(1, 1)))
    finally:
        document.close()
        document.deleteLater()
    if drawn.isNull():
        return None
    # Where nothing is printed a PDF is clear, and paper is white.
    paper = QImage(drawn.size(), QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    return _as_png(_over(paper, drawn))


def _over(paper: QImage, drawn: QImage) -> QImage:
    from PySide6.QtGui import QPainter

    painter = QPainter(paper)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return paper


def _as_png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # a device is taken, says the manual
    return bytes(buffer.data().data())


def _megabytes(size: QSize) -> float:
    return size.width() * size.height() * 4 / 1024 / 1024
