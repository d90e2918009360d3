"""One document inside the page: its pages, larger and smaller, and back to the list."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.document_media import Media
from intake_app.core.errors import AppError
from intake_app.store.documents import Document
from intake_app.ui.jobs import Jobs
from intake_app.ui.pdf_view import PdfLocked, PdfView
from intake_app.ui.picture_view import PictureView
from intake_app.ui.widgets import ElidedWords, EmptyLine, QuietButton, Words, announce, dp

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
"""Times the width there is room for."""

_STILL_KEPT = "It is kept in the case. Save a copy to open it in another program."


class DocumentView(QFrame):
    """Shows a document from memory; `forget` lets go of every byte of it.

    Page up and down, Home and End go from page to page; + and - change the size, 0 fits the
    width; Esc goes back.
    """

    closed = Signal()
    copy_wanted = Signal(int)

    def __init__(self, files: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document: Document | None = None
        self._zoom = ZOOMS.index(1.0)
        self.setProperty("is", "card")
        self.back = QuietButton("Back", "small")
        self.title = ElidedWords("", "heading")
        self.before = QuietButton("‹", "small")
        self.after = QuietButton("›", "small")
        self.where = Words("", "quiet")
        self.smaller = QuietButton("−", "small")
        self.larger = QuietButton("+", "small")
        self.fit = QuietButton("100 %", "small")
        self.copy = QuietButton("Save a copy…", "small")
        for button, name in (
            (self.back, "Back to the list of documents"),
            (self.before, "Page before"),
            (self.after, "Next page"),
            (self.smaller, "Smaller"),
            (self.larger, "Larger"),
            (self.fit, "Fit the width"),
        ):
            button.setAccessibleName(name)
            button.setToolTip(name)
        self.pdf = PdfView("Document")
        self.pdf.view.pageNavigator().currentPageChanged.connect(self._page_changed)
        self.picture = PictureView("Document", files)
        self.picture.came.connect(self._picture_came)
        self.picture.failed.connect(self._can_not)
        self.nothing = EmptyLine()
        self._lay_out()
        self._connect()
        self.forget()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(dp(6))
        bar.addWidget(self.back)
        bar.addWidget(self.title, 1)
        for widget in (self.before, self.where, self.after):
            bar.addWidget(widget)
        bar.addSpacing(dp(10))
        for widget in (self.smaller, self.fit, self.larger):
            bar.addWidget(widget)
        bar.addSpacing(dp(10))
        bar.addWidget(self.copy)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(dp(12), dp(10), dp(12), dp(12))
        whole.setSpacing(dp(8))
        whole.addLayout(bar)
        whole.addWidget(self.nothing)
        whole.addWidget(self.pdf, 1)
        whole.addWidget(self.picture, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(lambda _checked: self.closed.emit())
        self.copy.clicked.connect(self._copy)
        self.before.clicked.connect(lambda _checked: self.turn(-1))
        self.after.clicked.connect(lambda _checked: self.turn(1))
        self.smaller.clicked.connect(lambda _checked: self.resize_by(-1))
        self.larger.clicked.connect(lambda _checked: self.resize_by(1))
        self.fit.clicked.connect(lambda _checked: self.resize_by(0))
        for keys, does in (
            ("PgDown", partial(self.turn, 1)),
            ("PgUp", partial(self.turn, -1)),
            ("Home", partial(self.turn, -(10**6))),
            ("End", partial(self.turn, 10**6)),
            ("+", partial(self.resize_by, 1)),
            ("=", partial(self.resize_by, 1)),
            ("-", partial(self.resize_by, -1)),
            ("0", partial(self.resize_by, 0)),
        ):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(does)

    @property
    def page(self) -> int:
        """Which page is shown, from 0."""
        return self.pdf.page if self._is_pdf else self.picture.page

    @property
    def pages(self) -> int:
        """How many there are; 0 where none can be shown."""
        if self._is_pdf:
            return self.pdf.document.pageCount() if self.pdf.document is not None else 0
        return self.picture.pages

    @property
    def _is_pdf(self) -> bool:
        return self.document is not None and self.document.media is Media.PDF

    def expect(self, document: Document) -> None:
        """Say which document is being read from the file."""
        self.forget()
        self.document = document
        self.title.say(document.title)
        self._say("Opening…")

    def show_document(self, content: bytes) -> None:
        """Show the bytes of the document that was expected."""
        if self.document is None:
            return
        if not self._is_pdf:
            self.picture.show_picture(content, self.document.media)
            return
        try:
            self.pdf.show_pdf(content)
        except PdfLocked as error:
            self._say(f"{error.sentence} {_STILL_KEPT}")
        except AppError:
            self._say(f"This PDF can’t be shown. {_STILL_KEPT}")
        else:
            self.nothing.hide()
            self._tint()
            self.pdf.show()
            self.pdf.view.setFocus()
            self._page_changed()

    def _tint(self) -> None:
        """Qt paints the ground behind the pages in the palette's dark colour."""
        palette = self.pdf.view.palette()
        palette.setColor(QPalette.ColorRole.Dark, palette.color(QPalette.ColorRole.Window))
        self.pdf.view.setPalette(palette)

    def forget(self) -> None:
        """Let go of the document."""
        self.document = None
        self.pdf.clear()
        self.picture.clear()
        self.title.say("")
        self._zoom = ZOOMS.index(1.0)
        self.resize_by(0)
        self._say("")

    def turn(self, by: int) -> None:
        """Go some pages on or back."""
        to = min(max(self.page + by, 0), self.pages - 1)
        if self.pages and to != self.page:
            (self.pdf if self._is_pdf else self.picture).go_to(to)

    def resize_by(self, steps: int) -> None:
        """Show it larger or smaller; 0 fits the width."""
        fits = ZOOMS.index(1.0)
        self._zoom = min(max(self._zoom + steps, 0), len(ZOOMS) - 1) if steps else fits
        factor = ZOOMS[self._zoom]
        self.pdf.zoom(factor)
        self.picture.zoom(factor)
        self.fit.setText(f"{factor:.0%}".replace("%", " %"))
        self.fit.setAccessibleName(f"Fit the width; now {factor:.0%}")
        self.smaller.setEnabled(self._zoom > 0)
        self.larger.setEnabled(self._zoom < len(ZOOMS) - 1)

    @override
    def event(self, event: QEvent) -> bool:
        """Esc is ours while a document is open; the window would leave the case."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _copy(self, _checked: bool = False) -> None:
        if self.document is not None:
            self.copy_wanted.emit(self.document.id)

    def _picture_came(self) -> None:
        self.nothing.hide()
        self.picture.show()
        if not self.picture.hasFocus():
            self.picture.setFocus()
        self._page_changed()

    def _can_not(self, error: AppError) -> None:
        self.picture.hide()
        self._say(f"{error.sentence} {_STILL_KEPT}")

    def _page_changed(self, _page: int = 0) -> None:
        shown, pages = self.page, self.pages
        several = pages > 1
        self.where.setText(f"Page {shown + 1} of {pages}" if several else "")
        for widget in (self.where, self.before, self.after):
            widget.setVisible(several)
        self.before.setEnabled(shown > 0)
        self.after.setEnabled(shown < pages - 1)
        if several and self.isVisible():
            announce(self.where, self.where.text())

    def _say(self, words: str) -> None:
        """Words in place of the pages."""
        for widget in (self.pdf, self.picture):
            widget.hide()
        self.nothing.setText(words)
        self.nothing.show()
        if words and self.isVisible():
            announce(self.nothing, words)
            self.back.setFocus()
        self._page_changed()
