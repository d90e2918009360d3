"""What an attorney can do with an entry of the library: check it, correct it, block it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from intake_app.core.authorities import Authority
from intake_app.ui.letter_addressee import narrow_combo
from intake_app.ui.library_rows import LibraryRow
from intake_app.ui.widgets import InlineMessage, PrimaryButton, QuietButton, Words, dp

WITH_SOURCE = "With the source itself"
WITH_OTHER = "With another text that gives its words"


class AuthorityActs(QWidget):
    """Buttons above an entry; a small form opens under them. Nothing happens by itself."""

    checked = Signal(bool, str)
    """With the source itself or not, and a note."""
    blocked = Signal(str)
    unblocked = Signal(str)
    correct = Signal()

    def __init__(self, row: LibraryRow, may_unblock: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        entry = row.entry
        self._is_blocked = isinstance(entry, Authority) and entry.blocked
        self.check = QuietButton("Check…")
        self.mend = QuietButton("Correct…")
        self.block = QuietButton("Unblock…" if self._is_blocked else "Block…")
        if not isinstance(entry, Authority) or (self._is_blocked and not may_unblock):
            self.block.hide()
        self.message = InlineMessage()
        self.check_form = self._make_check()
        self.block_form = self._make_block()
        buttons = QHBoxLayout()
        buttons.setSpacing(dp(8))
        for button in (self.check, self.mend, self.block):
            buttons.addWidget(button)
        buttons.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, dp(10))
        whole.setSpacing(dp(8))
        whole.addLayout(buttons)
        for part in (self.check_form, self.block_form, self.message):
            whole.addWidget(part)
        self.check_form.hide()
        self.block_form.hide()
        self.check.clicked.connect(self._open_check)
        self.block.clicked.connect(self._open_block)
        self.mend.clicked.connect(self.correct)

    @property
    def half_typed(self) -> bool:
        """Whether words stand in the form that is open."""
        forms = ((self.check_form, self.note), (self.block_form, self.reason))
        return any(not form.isHidden() and field.text().strip() for form, field in forms)

    def refused(self, sentence: str) -> None:
        """Say why it was not kept."""
        for button in (self.keep, self.keep_block):
            button.setEnabled(True)
        self.message.say(sentence)

    def _make_check(self) -> QWidget:
        self.how = narrow_combo("How you compared it")
        for words, with_source in (
            ("Say how you compared it", None),
            (WITH_SOURCE, True),
            (WITH_OTHER, False),
        ):
            self.how.addItem(words, with_source)
        self.note = QLineEdit()
        self.note.setPlaceholderText("Where you read it (optional)")
        self.note.setAccessibleName("Where you read it")
        self.keep = PrimaryButton("Checked today")
        self.keep.clicked.connect(self._keep_check)
        self.note.returnPressed.connect(self._keep_check)
        said = Words(
            "Open the text yourself; the program goes nowhere. Compare every word of this entry, "
            "then say how you compared it.",
            "help",
            wrap=True,
        )
        return _stack(said, self.how, self.note, self.keep)

    def _make_block(self) -> QWidget:
        said = (
            "Letters may cite it again, as far as its check allows."
            if self._is_blocked
            else "From now on no letter cites it."
        )
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Why")
        self.reason.setAccessibleName("Why")
        self.keep_block = PrimaryButton("Unblock" if self._is_blocked else "Block")
        self.keep_block.clicked.connect(self._keep_block)
        self.reason.returnPressed.connect(self._keep_block)
        return _stack(Words(said, "help", wrap=True), self.reason, self.keep_block)

    def _open_check(self) -> None:
        self._show(self.check_form)
        self.how.setFocus()

    def _open_block(self) -> None:
        self._show(self.block_form)
        self.reason.setFocus()

    def _show(self, form: QWidget) -> None:
        self.message.clear()
        for one in (self.check_form, self.block_form):
            one.setVisible(one is form and one.isHidden())

    def _keep_check(self) -> None:
        if not self.keep.isEnabled():
            return
        if self.how.currentData() is None:
            self.message.say("Say first how you compared it.")
            self.how.setFocus()
            return
        self.keep.setEnabled(False)
        self.checked.emit(bool(self.how.currentData()), self.note.text())

    def _keep_block(self) -> None:
        if self.keep_block.isEnabled():
            self.keep_block.setEnabled(False)
            (self.unblocked if self._is_blocked else self.blocked).emit(self.reason.text())


def _stack(*parts: QWidget) -> QWidget:
    """One under the other; the button at the end is only as wide as its word."""
    whole = QWidget()
    down = QVBoxLayout(whole)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(dp(6))
    for part in parts[:-1]:
        down.addWidget(part)
    end = QHBoxLayout()
    end.addStretch(1)
    end.addWidget(parts[-1])
    down.addLayout(end)
    return whole
