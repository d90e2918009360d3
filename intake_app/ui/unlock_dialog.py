"""The door: choose an office, say who you are, give the passphrase.

    dialog = UnlockDialog(jobs, clock, RecentOffices(file), Asking())
    dialog.unlocked.connect(…)      # an open Office, on the jobs' thread

The same window creates an office, opens the demonstration office, lets a member in again with
the recovery sheet and brings an office back from a backup. Deriving a key takes half a second on
purpose, and longer on an old computer: it happens on the office thread, and the button says
"Opening…" meanwhile.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from intake_app import paths
from intake_app.core.errors import AppError
from intake_app.store.office import Office
from intake_app.ui.asking import Asking
from intake_app.ui.create_office_page import CreateOfficePage
from intake_app.ui.demonstration import OFFICE
from intake_app.ui.demonstration import demonstration as make_or_find
from intake_app.ui.forgotten_page import ForgottenPage
from intake_app.ui.jobs import Jobs
from intake_app.ui.office_door import OfficeDoor
from intake_app.ui.page import Clock
from intake_app.ui.recent_offices import RecentOffices
from intake_app.ui.recovery_sheet_page import RecoverySheetPage
from intake_app.ui.restore_page import RestorePage
from intake_app.ui.theme import Theme, Tone
from intake_app.ui.widgets import Column, Words, dp
from intake_app.workflows.create_office import CreatedOffice


class UnlockDialog(QDialog):
    """Ends with `unlocked` and an open office, or is closed and ends with none.

    folder: the office to offer; without it the one opened last. login: the member to offer.
    waiting: a sentence about words that closing the program would lose; closing asks once then.
    demonstration: the folder that belongs to the demonstration office; without it one beside
        the settings of this user.
    """

    unlocked = Signal(object)
    """An open `Office`; the window that gets it closes it, on the jobs' thread."""

    def __init__(
        self,
        jobs: Jobs,
        clock: Clock,
        recent: RecentOffices,
        asking: Asking,
        *,
        folder: Path | None = None,
        login: str = "",
        demonstration: Path | None = None,
        waiting: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.office: Office | None = None
        self._jobs, self._recent = jobs, recent
        place = demonstration or paths.user_config() / "demonstration"
        self._demonstration = place / OFFICE
        self._closed = False
        self._waiting = waiting
        self.setWindowTitle("Intake Desk")
        self.door = OfficeDoor(
            jobs, clock, recent, asking, folder, login, lambda: make_or_find(place, clock())
        )
        self.new_office = CreateOfficePage(jobs, clock, asking)
        self.sheet = RecoverySheetPage(jobs, asking)
        self.forgotten = ForgottenPage(jobs, clock)
        self._pages = QStackedWidget()
        self.restore = RestorePage(jobs, asking)
        self._order = (self.door, self.new_office, self.sheet, self.forgotten, self.restore)
        for page in self._order:
            if page is self.new_office:
                self._pages.addWidget(page)  # scrolls by itself and keeps its buttons in sight
                continue
            column = Column()
            column.body.addWidget(page)
            column.body.addStretch(1)
            self._pages.addWidget(column)
        brand = Words("Intake Desk", "title")
        promise = Words("Works without a network. Everything stays on this computer.", "quiet")
        head = QHBoxLayout()
        head.addWidget(brand)
        head.addStretch(1)
        head.addWidget(promise)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(dp(24), dp(20), dp(24), dp(20))
        whole.setSpacing(dp(14))
        whole.addLayout(head)
        whole.addWidget(self._pages, 1)
        room = self.screen().availableGeometry().size() * 0.95
        self.resize(min(dp(640), room.width()), min(dp(640), room.height()))
        for button in self.findChildren(QPushButton):
            # Enter in a field must not press whatever button comes first.
            button.setAutoDefault(False)

        self.door.opened.connect(self._opened)
        self.door.create_wanted.connect(lambda: self._turn_to(self.new_office))
        self.door.recovery_wanted.connect(self._forgot)
        self.new_office.created.connect(self._created)
        self.sheet.kept.connect(self._opened)
        self.forgotten.opened.connect(self._opened)
        self.door.restore_wanted.connect(self._restore)
        self.restore.restored.connect(self._restored)
        for page in (self.new_office, self.forgotten, self.restore):
            page.back.connect(lambda: self._turn_to(self.door))
        self._turn_to(self.door)
        if waiting:
            self.door.message.say(waiting, Tone.SOON)

    def themed(self, theme: Theme) -> None:
        """Colours have changed."""
        self.sheet.themed(theme)

    @override
    def reject(self) -> None:
        """Esc goes back to the door; from there it closes, unless a sheet is not yet kept."""
        shown = self._shown()
        if shown is self.sheet:
            self.sheet.ask_to_keep()
        elif shown is not self.door:
            self._turn_to(self.door)
        elif not self._asked_to_wait():
            self._leave()
            super().reject()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """The cross closes from every page but the sheet."""
        if self._shown() is self.sheet:
            self.sheet.ask_to_keep()
            event.ignore()
            return
        if self._asked_to_wait():
            event.ignore()
            return
        self._leave()
        super().closeEvent(event)

    def _asked_to_wait(self) -> bool:
        """Say once what closing loses; the second time it closes."""
        waiting, self._waiting = self._waiting, ""
        if waiting:
            self._turn_to(self.door)
            self.door.message.say(f"{waiting} Close once more to close all the same.", Tone.BAD)
        return bool(waiting)

    def _shown(self) -> QWidget:
        return self._order[self._pages.currentIndex()]

    def _turn_to(self, page: QWidget) -> None:
        self._pages.setCurrentIndex(next(i for i, one in enumerate(self._order) if one is page))
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forgot(self, folder: Path, login: str) -> None:
        self.forgotten.ask(folder, self.door.members(), login)
        self._turn_to(self.forgotten)

    def _restore(self, folder: Path | None) -> None:
        self.restore.ask(folder)
        self._turn_to(self.restore)

    def _restored(self, folder: Path, words: str) -> None:
        self._turn_to(self.door)
        self.door.choose_folder(folder)
        self.door.message.say(words, Tone.GOOD)

    def _created(self, created: CreatedOffice) -> None:
        if self._closed:
            self._shut(created.office)
            return
        self._recent.remember(created.office.folder)
        self.sheet.show_sheet(created)
        self._turn_to(self.sheet)

    def _opened(self, office: Office) -> None:
        if self._closed:
            self._shut(office)
            return
        if office.folder != self._demonstration:
            self._recent.remember(office.folder)
        self.office = office
        self.unlocked.emit(office)
        self.accept()

    def _leave(self) -> None:
        """An office that opens after the window was closed is closed again at once."""
        self._closed = True

    def _shut(self, office: Office) -> None:
        self._jobs.run(partial(_close, office), _nothing, _nothing)


def _close(office: Office) -> None:
    office.close()


def _nothing(_answer: AppError | None) -> None:
    """Nobody waits for it."""
