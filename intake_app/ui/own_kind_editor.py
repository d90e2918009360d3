"""The editor of an office's own letter: its text, a live check, and what may stand in it."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from intake_app.core.errors import AppError
from intake_app.core.letters.own_kinds import OwnKind
from intake_app.documents.own_text import Usable
from intake_app.store.office import Office
from intake_app.ui.half_typed import show_saved
from intake_app.ui.jobs import Jobs
from intake_app.ui.line import Line
from intake_app.ui.long_field import LongField
from intake_app.ui.page import Clock
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import InlineMessage, PrimaryButton, QuietButton, Words, dp
from intake_app.workflows.own_kinds import check_own_text, usable_in

PAUSE = 400
"""Milliseconds of rest before what is typed is checked."""

HOW = (
    "A blank line ends a paragraph; ## starts a heading, > a quotation, 1. a numbered request; "
    "*stars* set italics, **two** bold. Press Enter on a name in the list to put it into the text."
)


class OwnKindEditor(QWidget):
    """`edit` a kind; `saved` and `cancelled` are its buttons, `kind` is what stands in it."""

    saved = Signal()
    cancelled = Signal()

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._clock = jobs, clock
        self._office: Office | None = None
        self._like, self._request = "", 0
        self.title_line, self.key = Line(), QLineEdit()
        self.text, self.names = _text_field(), QListWidget()
        self.names.setAccessibleName("What may stand in the text")
        self.check = InlineMessage()
        self.save, self.cancel = PrimaryButton("Save"), QuietButton("Cancel")
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._look)
        self.text.textChanged.connect(self._pause.start)
        self.names.itemActivated.connect(self._put_in)
        self.save.clicked.connect(self.saved)
        self.cancel.clicked.connect(self.cancelled)

    def _lay_out(self) -> None:
        head = PlainForm()
        head.ask("Title", self.title_line, help="As it stands in the list of letters.")
        head.ask("Short name", self.key, help="For commands; it stays as it is once saved.")
        side = QVBoxLayout()
        side.setSpacing(dp(6))
        side.addWidget(Words("May stand in the text", "strong"))
        side.addWidget(self.names, 1)
        across = QHBoxLayout()
        across.setSpacing(dp(14))
        across.addWidget(self.text, 5)
        across.addLayout(side, 3)
        buttons = QHBoxLayout()
        buttons.setSpacing(dp(8))
        buttons.addWidget(self.check, 1)
        buttons.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignBottom)
        buttons.addWidget(self.save, 0, Qt.AlignmentFlag.AlignBottom)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, dp(8), 0, 0)
        whole.setSpacing(dp(8))
        whole.addLayout(head)
        whole.addWidget(Words(HOW, "help", wrap=True))
        whole.addLayout(across)
        whole.addLayout(buttons)

    def edit(self, office: Office, own: OwnKind, *, new: bool) -> None:
        """Show a kind; only a new one may still be given its short name."""
        self._office, self._like = office, own.like
        self.title_line.setText(own.title)
        self.key.setText(own.key)
        self.key.setReadOnly(not new)
        self.text.setPlainText(own.text)
        self.check.clear()
        work = partial(usable_in, office, own.like, self._clock())
        self._jobs.run(work, self._list, self._failed)
        self.title_line.setFocus()

    def kind(self) -> OwnKind:
        """What stands in the editor."""
        text = self.text.toPlainText()
        return OwnKind(self.key.text(), self.title_line.text(), self._like, text)

    def show_saved(self, own: OwnKind) -> None:
        """Show the kind as it is in the file now, except where somebody is typing."""
        show_saved(self.title_line, own.title)
        show_saved(self.text, own.text)

    def forget(self) -> None:
        """Nothing typed stays."""
        self._request += 1
        self._office = None
        for field in (self.title_line, self.key):
            field.clear()
        self.text.clear()
        self.names.clear()
        self.check.clear()
        self._pause.stop()

    def _list(self, usables: tuple[Usable, ...]) -> None:
        self.names.clear()
        for one in usables:
            written = f"{{% if {one.name} %}}" if one.asks else f"{{{{ {one.name} }}}}"
            item = QListWidgetItem(f"{written}\n{one.about}", self.names)
            item.setData(Qt.ItemDataRole.UserRole, written)

    def _put_in(self, item: QListWidgetItem) -> None:
        written = item.data(Qt.ItemDataRole.UserRole)
        end = "\n\n{% endif %}\n" if written.startswith("{%") else ""
        cursor = self.text.textCursor()
        cursor.insertText(f"{written}\n" if end else written)
        place = cursor.position()
        cursor.insertText(end)
        cursor.setPosition(place)
        self.text.setTextCursor(cursor)
        self.text.setFocus()

    def _look(self) -> None:
        if self._office is None:
            return
        self._request += 1
        text = self.text.toPlainText()
        work = partial(check_own_text, self._office, self._like, text, self._clock())
        self._jobs.run(
            work, partial(self._sound, self._request), partial(self._unsound, self._request)
        )

    def _sound(self, request: int, _nothing: None) -> None:
        if request == self._request:
            self.check.say("This text would compose.", Tone.GOOD)

    def _unsound(self, request: int, error: AppError) -> None:
        if request == self._request:
            self.check.say(error.sentence)

    def _failed(self, error: AppError) -> None:
        self.check.say(error.sentence)


def _text_field() -> LongField:
    field = LongField(least=24, most=24)
    field.setAccessibleName("Text of the letter")
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(dp(13))
    field.setFont(font)
    return field
