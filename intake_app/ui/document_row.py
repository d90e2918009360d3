"""One line of the list of documents: its picture, its title to be changed, what can be done."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.document_media import LONGEST_TITLE, size_words
from intake_app.store.documents import Document
from intake_app.ui.line import Line
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import ElidedWords, Pill, QuietButton, Words, dp


class TitleLine(Line):
    """The title: Enter or leaving it saves, Esc brings back what is saved."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setText(title)
        self.saved = title
        self.setMaxLength(LONGEST_TITLE)
        self.setProperty("is", "title_line")
        self.setAccessibleName("Title")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back what was typed; where nothing was, it is the window's."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self.saved:
            self.setText(self.saved)
            return
        super().keyPressEvent(event)


class DocumentRow(QFrame):
    """One document. Its buttons say which document they are about to a screen reader."""

    opened = Signal(int)
    copy_wanted = Signal(int)
    marked = Signal(int, bool)
    removed = Signal(int)
    retitled = Signal(int, str)

    def __init__(
        self, document: Document, zone: str, *, may_mark: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.setProperty("is", "document")
        self.picture = QuietButton(document.media.value.upper(), "thumbnail")
        self.picture.setFixedSize(dp(76), dp(92))
        # The button beside it does the same; one stop for the keyboard is enough.
        self.picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title = TitleLine(document.title)
        self.error = Words("", "error", wrap=True)
        self.about = ElidedWords("", "help")
        self.about.say(_about(document, zone))
        self.pill = Pill("protected" if document.protected else "", Tone.PROTECTED)
        self.open = QuietButton("Open", "small")
        self.copy = QuietButton("Save a copy…", "link")
        self.mark = QuietButton(
            "Mark as not protected" if document.protected else "Mark as protected", "link"
        )
        self.remove = QuietButton("Remove", "link")
        for button in (self.picture, self.open, self.copy, self.mark, self.remove):
            words = "Open" if button is self.picture else button.text().rstrip("…")
            button.setAccessibleName(f"{words}: {document.title}")
        self.mark.setToolTip("Protected: about violence or other victim facts")
        self._lay_out()
        self.mark.setVisible(may_mark)
        self.error.hide()
        self._connect()

    def _lay_out(self) -> None:
        # As far in as the words in the field of the title.
        buttons = QHBoxLayout()
        buttons.setContentsMargins(dp(9), 0, 0, 0)
        buttons.setSpacing(dp(6))
        for button in (self.open, self.copy, self.mark, self.remove):
            buttons.addWidget(button)
        buttons.addStretch()
        below = QHBoxLayout()
        below.setContentsMargins(dp(9), 0, 0, 0)
        below.setSpacing(dp(8))
        below.addWidget(self.about, 1)
        below.addWidget(self.pill)
        words = QVBoxLayout()
        words.setSpacing(dp(3))
        words.addWidget(self.title)
        words.addWidget(self.error)
        words.addLayout(below)
        words.addLayout(buttons)
        words.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, dp(6), 0, dp(6))
        row.setSpacing(dp(12))
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def _connect(self) -> None:
        number = self.document.id
        self.picture.clicked.connect(lambda _checked: self.opened.emit(number))
        self.open.clicked.connect(lambda _checked: self.opened.emit(number))
        self.copy.clicked.connect(lambda _checked: self.copy_wanted.emit(number))
        self.remove.clicked.connect(lambda _checked: self.removed.emit(number))
        self.mark.clicked.connect(
            lambda _checked: self.marked.emit(number, not self.document.protected)
        )
        self.title.editingFinished.connect(self.finish)

    def show_picture(self, png: bytes) -> None:
        """Show the small picture of its first page."""
        pixmap = QPixmap()
        if pixmap.loadFromData(png, "PNG"):
            self.picture.setText("")
            self.picture.setIcon(QIcon(pixmap))
            self.picture.setIconSize(QSize(dp(68), dp(84)))

    def finish(self) -> None:
        """Hand a changed title over to be saved."""
        if self.title.text() != self.title.saved:
            self.retitled.emit(self.document.id, self.title.text())
        elif not self.error.isHidden():
            self.complain("")

    def complain(self, sentence: str) -> None:
        """Say why the title could not be saved; what was typed stays."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.title.setAccessibleDescription(sentence)

    def show_document(self, document: Document) -> None:
        """Show its new title as saved."""
        typed = self.title.text() != self.title.saved and self.title.hasFocus()
        self.document = document
        self.title.saved = document.title
        if not typed or self.title.text().strip() == document.title:
            self.title.setText(document.title)
        self.complain("")


def _about(document: Document, zone: str) -> str:
    at: datetime = document.added_at.astimezone(ZoneInfo(zone))
    day = f"{at:%b} {at.day}, {at.year}, {at:%H:%M}"
    size = size_words(document.size)
    return f"{document.media.label} · {size} · added {day} by {document.added_by}"
