"""The upper part of a letter's first page as a picture on a card."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from intake_app.ui.printing import page_image
from intake_app.ui.widgets import dp

EDGE = "#B5B5B5"
"""White paper on a white card needs an edge; the color of the rule on the page itself."""


class HeadPreview(QLabel):
    """`show_pdf` draws the page at one width, and cuts it below the signature."""

    WIDE = 420
    """At 100 %."""

    def __init__(self, part: float, parent: QWidget | None = None) -> None:
        """part: how much of the page is shown, from its top; 1 is all of it."""
        super().__init__(parent)
        self._part = part
        self.setAccessibleName("The head of a letter, as it will look")
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_pdf(self, pdf: bytes) -> None:
        """Draw the first page of a PDF."""
        document, held = QPdfDocument(self), QBuffer()
        held.setData(QByteArray(pdf))
        held.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(held)
        ratio = self.devicePixelRatioF()
        dpi = round(dp(self.WIDE) * ratio / 8.5)
        image = page_image(document, 0, dpi)
        document.close()
        document.deleteLater()
        high = round(image.height() * self._part)
        shown: QImage = image.copy(0, 0, image.width(), high)
        edge = QPainter(shown)
        edge.setPen(QColor(EDGE))
        edge.drawRect(0, 0, shown.width() - 1, shown.height() - 1)
        edge.end()
        shown.setDevicePixelRatio(ratio)
        self.setPixmap(QPixmap.fromImage(shown))
        self.setFixedSize(self.pixmap().deviceIndependentSize().toSize())
