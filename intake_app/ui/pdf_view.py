"""A PDF on the screen, read from memory: nothing is ever written to a temporary file."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QPointF, QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.errors import AppError
from intake_app.ui.theme import Theme
from intake_app.ui.widgets import EmptyLine, dp

_WIDEST = 1.25
"""How much larger than on paper a page may be shown: beyond that one sees too little of it."""


class PdfLocked(AppError):
    """The PDF asks for a password, or may only be opened by another program."""


_LOCKED = (QPdfDocument.Error.IncorrectPassword, QPdfDocument.Error.UnsupportedSecurityScheme)


def pdf_document(pdf: bytes, parent: QObject) -> QPdfDocument:
    """The document in `pdf`; raise `PdfLocked`, or `AppError` where it can't be read.

    The buffer belongs to the document: one that only Python held would be gone while pages are
    still drawn, and the program with it.
    """
    document = QPdfDocument(parent)
    buffer = QBuffer(document)
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    if document.error() is not QPdfDocument.Error.None_ or document.pageCount() < 1:
        locked = document.error() in _LOCKED
        document.deleteLater()
        if locked:
            raise PdfLocked("This PDF is locked with a password, so it can’t be shown here.")
        raise AppError("The page can’t be shown. Save the PDF and open it in another program.")
    return document


class PdfView(QFrame):
    """The pages of one PDF under each other, as wide as there is room.

    `name` is what a screen reader calls it; the number of pages is added.
    """

    def __init__(self, name: str, empty: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("is", "desk")
        self._name = name
        self._document: QPdfDocument | None = None
        self._no_document = QPdfDocument(self)
        self._bytes = b""
        self._zoom = 1.0
        self.view = QPdfView(self)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty_line = EmptyLine(empty)
        self.empty_line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(self.view, 1)
        whole.addWidget(self.empty_line, 1)
        self.clear()

    @property
    def document(self) -> QPdfDocument | None:
        """What is shown, for printing."""
        return self._document

    @property
    def pdf(self) -> bytes:
        """The very bytes that are shown, for saving."""
        return self._bytes

    def show_pdf(self, pdf: bytes) -> None:
        """Show a PDF from its start; where the reader was in the old one, stay there.

        Raises `AppError` for bytes that are no PDF; the old one is gone then too.
        """
        place = self.view.verticalScrollBar().value() if self._document else 0
        self._let_go()
        self._document = pdf_document(pdf, self)
        self._bytes = pdf
        self.view.setDocument(self._document)
        count = self._document.pageCount()
        self.view.setAccessibleName(f"{self._name}, {count} {'page' if count == 1 else 'pages'}")
        self.view.show()
        self.empty_line.hide()
        self._fit()
        self.view.verticalScrollBar().setValue(place)

    @property
    def page(self) -> int:
        """Which page stands at the top, from 0."""
        return self.view.pageNavigator().currentPage()

    def go_to(self, page: int) -> None:
        """Bring the top of a page to the top."""
        self.view.pageNavigator().jump(page, QPointF(), self.view.zoomFactor())

    def zoom(self, factor: float) -> None:
        """Show pages so many times as wide as there is room."""
        self._zoom = factor
        bar = Qt.ScrollBarPolicy
        self.view.setHorizontalScrollBarPolicy(
            bar.ScrollBarAsNeeded if factor > 1 else bar.ScrollBarAlwaysOff
        )
        self._fit()

    def clear(self, why: str = "") -> None:
        """Show no page, and say why."""
        self._let_go()
        if why:
            self.empty_line.setText(why)
        self.view.setAccessibleName(self._name)
        self.view.hide()
        self.empty_line.show()

    def themed(self, theme: Theme) -> None:
        """Qt paints the ground behind the pages in the palette's dark colour."""
        palette = self.view.palette()
        palette.setColor(QPalette.ColorRole.Dark, theme.colour("desk"))
        self.view.setPalette(palette)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pages grow with the room."""
        super().resizeEvent(event)
        self._fit()

    @override
    def sizeHint(self) -> QSize:
        """About a page."""
        return QSize(dp(560), dp(700))

    def _let_go(self) -> None:
        # The view must not hold a document that is gone.
        self.view.setDocument(self._no_document)
        if self._document is not None:
            self._document.deleteLater()
        self._document, self._bytes = None, b""

    def _fit(self) -> None:
        if self._document is None:
            return
        margins = self.view.documentMargins()
        room = self.view.width() - margins.left() - margins.right()
        room -= self.view.verticalScrollBar().sizeHint().width()
        on_paper = self._document.pagePointSize(0).width() / 72 * self.logicalDpiX()
        if on_paper > 0 and room > 0:
            fitting = min(room / on_paper, _WIDEST * dp(100) / 100)
            self.view.setZoomFactor(fitting * self._zoom)
