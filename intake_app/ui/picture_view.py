"""Pages of a scan or a photo on the screen, one at a time, drawn from memory."""

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from intake_app.core.document_media import Media
from intake_app.core.errors import AppError
from intake_app.ui.jobs import Jobs
from intake_app.ui.pictures import PicturePage, read_page
from intake_app.ui.widgets import dp


class _Sheet(QWidget):
    """The picture itself; made small once, as painting it small each time is slow and coarse."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self._fitted = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage, size: QSize) -> None:
        """Show a picture in a size, in points of the screen."""
        self.image = image
        dots = size * self.devicePixelRatioF()
        self._fitted = image
        if dots.width() < image.width():
            self._fitted = image.scaled(
                dots,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        self.setFixedSize(size)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it over the whole of this."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self._fitted)
        painter.end()


class PictureView(QScrollArea):
    """Shows one page of a picture file. `files` is the thread that reads it."""

    came = Signal()
    """A page is on the screen; how many there are is known now."""

    failed = Signal(object)
    """It can't be drawn: an `AppError`."""

    def __init__(self, name: str, files: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._files = name, files
        self._content, self._media = b"", Media.PNG
        self._zoom, self._asked = 1.0, 0
        self.page, self.pages = 0, 0
        self.setProperty("is", "desk")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(name)
        self._sheet = _Sheet()
        self.setWidget(self._sheet)

    def show_picture(self, content: bytes, media: Media) -> None:
        """Show the first page of a file."""
        self._content, self._media = content, media
        self.go_to(0)

    def go_to(self, page: int) -> None:
        """Read a page and show it, from its top."""
        self._asked += 1
        self._files.run(
            partial(read_page, self._content, self._media, page),
            partial(self._came, self._asked),
            partial(self._failed, self._asked),
        )

    def zoom(self, factor: float) -> None:
        """Show the page so many times as wide as there is room."""
        self._zoom = factor
        self._fit()

    def clear(self) -> None:
        """Let go of the file and of the page."""
        self._asked += 1
        self._content, self.page, self.pages = b"", 0, 0
        self._sheet.show_image(QImage(), QSize(1, 1))
        self.setAccessibleName(self._name)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page grows with the room."""
        super().resizeEvent(event)
        self._fit()

    def _came(self, asked: int, read: PicturePage) -> None:
        if asked != self._asked:
            return
        self.page, self.pages = read.page, read.pages
        self._sheet.image = read.image
        self.setAccessibleName(f"{self._name}, page {self.page + 1} of {self.pages}")
        self._fit()
        self.verticalScrollBar().setValue(0)
        self.came.emit()

    def _failed(self, asked: int, error: AppError) -> None:
        if asked == self._asked:
            self.failed.emit(error)

    def _fit(self) -> None:
        image = self._sheet.image
        if image.isNull():
            return
        room = self.width() - self.verticalScrollBar().sizeHint().width() - dp(4)
        # A small stamp is not blown up to the width of the window.
        wide = max(min(room, image.width() * dp(200) // 100), 1) * self._zoom
        high = wide * image.height() / image.width()
        self._sheet.show_image(image, QSize(max(round(wide), 1), max(round(high), 1)))
