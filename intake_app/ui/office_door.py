"""Office, member, passphrase."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from intake_app.core.errors import AppError, OfficeMissing, WrongPassphrase
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.ui.asking import Asking
from intake_app.ui.demonstration import Demonstration
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.passphrase_field import PassphraseField
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.recent_offices import RecentOffices
from intake_app.ui.theme import Tone
from intake_app.ui.waiting import Waiting
from intake_app.ui.widgets import Card, InlineMessage, PrimaryButton, QuietButton, Words, dp
from intake_app.workflows.unlock_office import MemberSlot, members_of, unlock_office

OPEN, OPENING = "Open", "Opening…"


class OfficeDoor(QWidget):
    """The first page of the unlock window.

    demonstration: makes or finds the demonstration office, on the office thread.
    """

    opened = Signal(object)
    create_wanted = Signal()
    recovery_wanted = Signal(object, str)
    """The office's folder and the chosen member's login."""

    restore_wanted = Signal(object)
    """A backup; with the folder of the office, or None."""

    def __init__(
        self,
        jobs: Jobs,
        clock: Clock,
        recent: RecentOffices,
        asking: Asking,
        folder: Path | None = None,
        login: str = "",
        demonstration: Callable[[], Demonstration] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._clock, self._asking = jobs, clock, asking
        self._members: tuple[MemberSlot, ...] = ()
        self._asked_for: Path | None = None
        self._login = login
        self._demonstration = demonstration
        self._demo: Demonstration | None = None

        self.folder = QComboBox()
        self.folder.setEditable(True)
        self.folder.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.folder.setMinimumContentsLength(24)
        self.folder.addItems([str(known) for known in recent.folders()])
        choose = QuietButton("Choose…")
        choose.setAccessibleName("Choose the folder of the office")
        self.member = QComboBox()
        self.passphrase = PassphraseField()
        self.message = InlineMessage()
        self.open_button = PrimaryButton(OPEN)
        self.waiting = Waiting(self)
        self.waiting.changed.connect(self._show_what_is_possible)
        self.forgot = QuietButton("I forgot my passphrase", "link")
        self.restore = QuietButton("Restore a backup", "link")

        self.choose_button = choose
        self.create_button = QuietButton("Create an office…")
        self.demo_button = QuietButton("Open the demonstration office")
        self._cards = (self._open_card(), self._other_card())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(dp(14))
        for card in self._cards:
            whole.addWidget(card)
        self._connect()
        if folder is not None:
            self.folder.setEditText(str(folder))
        elif not recent.folders():
            self.folder.setEditText("")
        self._read_members()
        self._show_what_is_possible()
        self.setFocusProxy(self.passphrase if self.folder.currentText() else self.create_button)

    def _open_card(self) -> Card:
        card = Card("Open an office")
        form = PlainForm()
        form.ask("Office", self.folder, self.choose_button)
        form.ask("Member", self.member)
        form.ask("Passphrase", self.passphrase)
        card.body.addLayout(form)
        card.body.addWidget(self.message)
        row = QHBoxLayout()
        row.addWidget(self.forgot)
        row.addWidget(self.restore)
        row.addStretch(1)
        row.addWidget(self.open_button)
        card.body.addLayout(row)

        return card

    def _other_card(self) -> Card:
        other = Card("No office yet?")
        for button, words in (
            (self.create_button, "For a legal-aid office that starts using the program."),
            (
                self.demo_button,
                "Invented people, to look around and to practise. Made anew each day.",
            ),
        ):
            line = QHBoxLayout()
            line.setSpacing(dp(12))
            button.setMinimumWidth(dp(220))
            line.addWidget(button)
            beside = Words(words, "quiet", wrap=True)
            line.addWidget(beside, 1)
            if button is self.demo_button and self._demonstration is None:
                button.hide()
                beside.hide()
            other.body.addLayout(line)
            button.setAccessibleDescription(words)
        return other

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self._choose)
        self.folder.activated.connect(self._read_members)
        editor = self.folder.lineEdit()
        assert editor is not None  # noqa: S101 - an editable box has one
        editor.setAccessibleName("Office")
        editor.setPlaceholderText("The folder of your office")
        editor.editingFinished.connect(self._read_members)
        self.member.activated.connect(self._fill_in)
        self.passphrase.entered.connect(self._open)
        self.passphrase.changed.connect(self._show_what_is_possible)
        self.open_button.clicked.connect(self._open)
        self.forgot.clicked.connect(self._forgot)
        self.restore.clicked.connect(lambda _checked: self.restore_wanted.emit(self._folder()))
        self.create_button.clicked.connect(self.create_wanted)
        self.demo_button.clicked.connect(self._open_demonstration)

    def members(self) -> tuple[MemberSlot, ...]:
        """The members of the office that is chosen."""
        return self._members

    def choose_folder(self, folder: Path) -> None:
        """Take another office."""
        self.folder.setEditText(str(folder))
        self._read_members()

    def _choose(self) -> None:
        start = self._folder() or Path.home()
        chosen = self._asking.folder(self, "The folder of your office", start)
        if chosen is not None:
            self.choose_folder(chosen)

    def _folder(self) -> Path | None:
        typed = self.folder.currentText().strip()
        return Path(typed).expanduser() if typed else None

    def _read_members(self, _index: int = 0) -> None:
        folder = self._folder()
        if folder == self._asked_for:
            return
        self._asked_for = folder
        self.waiting.stop()
        self._members = ()
        self.member.clear()
        self.message.clear()
        self._show_what_is_possible()
        if folder is not None:
            self._jobs.run(
                partial(members_of, folder),
                partial(self._found_members, folder),
                partial(self._found_none, folder),
            )

    def _found_members(self, folder: Path, members: tuple[MemberSlot, ...]) -> None:
        if folder != self._asked_for:
            return
        self._members = members
        for slot in members:
            self.member.addItem(f"{slot.name} · {slot.role.value}", slot.login)
        index = self.member.findData(self._login)
        self.member.setCurrentIndex(max(index, 0))
        self._fill_in()
        self._show_what_is_possible()

    def _found_none(self, folder: Path, error: AppError) -> None:
        if folder == self._asked_for:
            tone = Tone.SOON if isinstance(error, OfficeMissing) else Tone.BAD
            self.message.say(error.sentence, tone)

    def _show_what_is_possible(self) -> None:
        known = bool(self._members)
        for widget in (self.member, self.passphrase, self.forgot):
            widget.setEnabled(known)
        if not self._busy():
            self.open_button.setText(self.waiting.words or OPEN)
        self.open_button.setEnabled(
            known and bool(self.passphrase.text()) and not self.waiting.seconds
        )

    def _forgot(self) -> None:
        self.recovery_wanted.emit(self._folder(), self.member.currentData())

    def _open(self) -> None:
        folder, login = self._folder(), self.member.currentData()
        if folder is None or not login or not self.passphrase.text() or self._busy():
            return
        if self.waiting.seconds:
            return
        self._begin()
        self._jobs.run(
            partial(unlock_office, folder, login, self.passphrase.text(), self._clock()),
            self._opened,
            self._stayed_shut,
        )

    def _open_demonstration(self) -> None:
        if self._demonstration is None or self._busy():
            return
        self._begin()
        self._jobs.run(self._demonstration, self._made, self._stayed_shut)

    def _made(self, made: Demonstration) -> None:
        self._end()
        self._demo = made
        self._login = Role.PARALEGAL.value
        self._asked_for = None
        self.choose_folder(made.folder)
        self.message.say(
            "Choose a member: each sees another part of the office. The passphrase is filled in.",
            Tone.PLAIN,
        )

    def _fill_in(self, _index: int = 0) -> None:
        """Only the demonstration tells its passphrases."""
        if self._demo is not None and self._folder() == self._demo.folder:
            self.passphrase.edit.setText(self._demo.passphrases.get(self.member.currentData(), ""))

    def _busy(self) -> bool:
        return self.open_button.text() == OPENING

    def _begin(self) -> None:
        self.message.clear()
        self.open_button.setText(OPENING)
        for widget in self._cards:
            widget.setEnabled(False)

    def _end(self) -> None:
        self.open_button.setText(OPEN)
        for widget in self._cards:
            widget.setEnabled(True)
        self._show_what_is_possible()

    def _opened(self, office: Office) -> None:
        self._end()
        self.passphrase.clear()
        self.opened.emit(office)

    def _stayed_shut(self, error: AppError) -> None:
        self.waiting.begin(error)
        self._end()
        self.message.say(error.sentence)
        if isinstance(error, WrongPassphrase):
            self.passphrase.edit.selectAll()
        self.passphrase.setFocus()
