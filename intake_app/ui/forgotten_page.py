"""In again with the recovery sheet: a member gets a new passphrase, the sheet stays valid."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from intake_app.core.errors import AppError
from intake_app.store.office import Office
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.passphrase_field import PassphraseField
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.waiting import Waiting
from intake_app.ui.widgets import (
    Card,
    ElidedWords,
    InlineMessage,
    PrimaryButton,
    QuietButton,
    Words,
)
from intake_app.workflows.unlock_office import MemberSlot, unlock_with_recovery

SET, SETTING = "Set it and open", "Opening…"


class ForgottenPage(QWidget):
    """The third page of the unlock window."""

    opened = Signal(object)
    back = Signal()

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._clock = jobs, clock
        self._folder = Path()
        self.office = ElidedWords()
        self.member = QComboBox()
        self.code = QLineEdit()
        self.code.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        self.passphrase = PassphraseField(rate=True)
        self.again = PassphraseField()
        self.message = InlineMessage()
        self.button = PrimaryButton(SET)
        self.waiting = Waiting(self)
        self.waiting.changed.connect(self._show_wait)
        self.cancel = QuietButton("Back")
        card = Card("I forgot my passphrase")
        card.body.addWidget(
            Words(
                "Take the newest recovery sheet of the office. With its code, any member can be "
                "given a new passphrase.",
                "quiet",
                wrap=True,
            )
        )
        self.form = PlainForm()
        self.form.ask("Office", self.office)
        self.form.ask("Member", self.member)
        self.form.ask(
            "Recovery code",
            self.code,
            help="Eight groups of four; capitals and dashes don’t matter.",
        )
        self.form.ask("New passphrase", self.passphrase)
        self.form.ask("The same again", self.again)
        card.body.addLayout(self.form)
        card.body.addWidget(self.message)
        row = QHBoxLayout()
        row.addWidget(self.cancel)
        row.addStretch(1)
        row.addWidget(self.button)
        card.body.addLayout(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)
        self.setFocusProxy(self.code)
        self.cancel.clicked.connect(self.back)
        self.button.clicked.connect(self._open)
        self.again.entered.connect(self._open)

    def ask(self, folder: Path, members: tuple[MemberSlot, ...], login: str) -> None:
        """Ask anew, for one office and, to begin with, one member."""
        self._folder = folder
        self.waiting.stop()
        self._show_wait()
        self.office.say(str(folder))
        self.member.clear()
        for slot in members:
            self.member.addItem(f"{slot.name} · {slot.role.value}", slot.login)
        self.member.setCurrentIndex(max(self.member.findData(login), 0))
        self.code.clear()
        self.passphrase.clear()
        self.again.clear()
        self.message.clear()

    def _open(self) -> None:
        if self.button.text() == SETTING or self.waiting.seconds:
            return
        self.message.clear()
        if not self.code.text().strip():
            self.message.say("Type the recovery code from the sheet.")
            self.code.setFocus()
            return
        if self.passphrase.text() != self.again.text():
            self.message.say("The two passphrases are not the same. Type them again.")
            self.again.setFocus()
            return
        self._working(True)
        self._jobs.run(
            partial(
                unlock_with_recovery,
                self._folder,
                self.code.text(),
                self.member.currentData(),
                self.passphrase.text(),
                self._clock(),
            ),
            self._done,
            self._failed,
        )

    def _show_wait(self) -> None:
        self.button.setText(self.waiting.words or SET)
        self.button.setEnabled(not self.waiting.seconds)

    def _working(self, working: bool) -> None:
        self.button.setText(SETTING if working else SET)
        for widget in (self.button, self.cancel, self.member, self.code):
            widget.setEnabled(not working)
        for field in (self.passphrase, self.again):
            field.setEnabled(not working)

    def _done(self, office: Office) -> None:
        self._working(False)
        self.code.clear()
        self.passphrase.clear()
        self.again.clear()
        self.opened.emit(office)

    def _failed(self, error: AppError) -> None:
        self._working(False)
        self.waiting.begin(error)
        self.message.say(error.sentence)
