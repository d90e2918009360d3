"""Bring an office back from a backup, before any office is open: into a new folder only."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from intake_app.core.errors import AppError
from intake_app.store.backups.files import BACKUPS, Backup
from intake_app.ui.asking import Asking
from intake_app.ui.backup_list import moment_words
from intake_app.ui.jobs import Jobs
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.widgets import Card, InlineMessage, PrimaryButton, QuietButton, Words
from intake_app.workflows.restore_office import find_backups, restore_office

RESTORE, RESTORING = "Restore it", "Restoring…"


class RestorePage(QWidget):
    """A page of the unlock window. The office it came from may be damaged, or gone."""

    restored = Signal(object, str)
    """The new folder, and a sentence about it."""

    back = Signal()

    def __init__(self, jobs: Jobs, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._asking = jobs, asking
        self._asked_for: Path | None = None
        self._suggested = ""
        self.source, self.target = QLineEdit(), QLineEdit()
        self.source.setPlaceholderText("The folder of the office, or of its backups")
        self.look = QuietButton("Choose…")
        self.look.setAccessibleName("Choose where the backups are")
        self.place = QuietButton("Choose…")
        self.place.setAccessibleName("Choose where the new folder is made")
        self.backup = QComboBox()
        self.message = InlineMessage()
        self.button, self.cancel = PrimaryButton(RESTORE), QuietButton("Back")
        self._lay_out()
        self.setFocusProxy(self.source)
        self.source.editingFinished.connect(self._find)
        self.backup.activated.connect(self._suggest)
        self.look.clicked.connect(self._choose_source)
        self.place.clicked.connect(self._choose_target)
        self.button.clicked.connect(self._restore)
        self.cancel.clicked.connect(self.back)

    def _lay_out(self) -> None:
        card = Card("Restore a backup")
        card.body.addWidget(
            Words(
                "Makes an office from a backup, in a new folder. The office you have stays as it "
                "is. Backups are in the folder “backups” of an office, and in “Intake Desk "
                "backups” on the second disk.",
                "quiet",
                wrap=True,
            )
        )
        form = PlainForm()
        form.ask("Look in", self.source, self.look)
        form.ask("Backup", self.backup)
        form.ask("New folder", self.target, self.place)
        card.body.addLayout(form)
        card.body.addWidget(self.message)
        row = QHBoxLayout()
        row.addWidget(self.cancel)
        row.addStretch(1)
        row.addWidget(self.button)
        card.body.addLayout(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)

    def ask(self, folder: Path | None) -> None:
        """Ask anew, beginning with the backups of an office."""
        self._asked_for, self._suggested = None, ""
        self.source.setText(str(folder) if folder else "")
        self.target.clear()
        self._show(())
        self.message.clear()
        self._find()

    def _choose_source(self) -> None:
        start = Path(self.source.text()) if self.source.text() else Path.home()
        chosen = self._asking.folder(self, "Where the backups are", start)
        if chosen is not None:
            self.source.setText(str(chosen))
            self._find()

    def _choose_target(self) -> None:
        typed = self.target.text().strip()
        start = Path(typed).expanduser().parent if typed else Path.home()
        chosen = self._asking.folder(self, "Where the new folder is made", start)
        if chosen is not None:
            name = Path(typed).name if typed else "Office restored"
            self.target.setText(str(chosen / name))

    def _find(self) -> None:
        typed = self.source.text().strip()
        folder = Path(typed).expanduser() if typed else None
        if folder == self._asked_for:
            return
        self._asked_for = folder
        self._show(())
        self.message.clear()
        if folder is not None:
            self._jobs.run(
                partial(find_backups, folder),
                partial(self._found, folder),
                partial(self._found_none, folder),
            )

    def _found(self, folder: Path, backups: tuple[Backup, ...]) -> None:
        if folder == self._asked_for:
            self._show(tuple(one for one in backups if one.manifest is not None))
            damaged = sum(one.manifest is None for one in backups)
            if damaged:
                which = "One backup there is" if damaged == 1 else f"{damaged} backups there are"
                self.message.say(f"{which} damaged and can’t be restored.")

    def _found_none(self, folder: Path, error: AppError) -> None:
        if folder == self._asked_for:
            self.message.say(error.sentence)

    def _show(self, backups: tuple[Backup, ...]) -> None:
        self.backup.clear()
        for one in backups:
            when = moment_words(one.made_at)
            self.backup.addItem(f"{when} · {one.reason.words}", one)
        for widget in (self.backup, self.target, self.place, self.button):
            widget.setEnabled(bool(backups))
        self._suggest()

    def _suggest(self, _index: int = 0) -> None:
        """A new folder beside the office, as long as nobody typed another one."""
        one = self.backup.currentData()
        if self.target.text() != self._suggested or not isinstance(one, Backup):
            return
        office = one.folder.parent.parent
        own = one.folder.parent.name == BACKUPS
        place, name = (office.parent, office.name) if own else (Path.home(), "Office")
        self._suggested = str(place / f"{name} restored {one.made_at.astimezone():%Y-%m-%d %H%M}")
        self.target.setText(self._suggested)

    def _restore(self) -> None:
        one, typed = self.backup.currentData(), self.target.text().strip()
        if not isinstance(one, Backup) or self.button.text() == RESTORING:
            return
        self.message.clear()
        if not typed:
            self.message.say("Choose a new folder for the office.")
            self.target.setFocus()
            return
        folder = Path(typed).expanduser()
        self._working(True)
        self._jobs.run(
            partial(restore_office, one.folder, folder),
            partial(self._restored, folder),
            self._failed,
        )

    def _working(self, working: bool) -> None:
        self.button.setText(RESTORING if working else RESTORE)
        fields = (self.source, self.look, self.backup, self.target, self.place)
        for widget in (*fields, self.button, self.cancel):
            widget.setEnabled(not working)

    def _restored(self, folder: Path, made_at: datetime) -> None:
        self._working(False)
        words = (
            f"The office of {moment_words(made_at)} was restored to this folder, every byte as it "
            "was backed up. Open it with the passphrase of that day."
        )
        self.restored.emit(folder, words)

    def _failed(self, error: AppError) -> None:
        self._working(False)
        self.message.say(error.sentence)
