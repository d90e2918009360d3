"""The daily backup: made while an office is open, without anybody asking for it.

It is looked for every few minutes, so one is made as well where the office stays open past
midnight, and one that a drive missed is copied when the drive is back.
"""

from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from intake_app.core.backups import BackupReason
from intake_app.core.errors import AppError
from intake_app.store.backups.record import OWN, InPlace
from intake_app.store.office import Office
from intake_app.ui.backup_list import moment_words
from intake_app.ui.backup_work import BackupWork
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.workflows.list_backups import BackupState, backup_state

TICK_SECONDS = 300
_AFTER_A_FAILURE = timedelta(hours=1)


class BackupClock(QObject):
    """Watches one office at a time. Whose office it is does not matter: a backup opens nothing."""

    noticed = Signal(str)
    """What the member should know of the backups; once for each unlocking."""

    def __init__(self, jobs: Jobs, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._clock = jobs, clock
        self._office: Office | None = None
        self._not_before: datetime | None = None
        self._busy = self._told = False
        self.work = BackupWork(jobs, clock, self)
        self.work.made.connect(self._made)
        self.work.failed.connect(self._failed)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_SECONDS * 1000)
        self._timer.timeout.connect(self.tick)

    def watch(self, office: Office) -> None:
        """An office was unlocked: the first backup of the day is made now."""
        self._office, self._not_before = office, None
        self._busy = self._told = False
        self._timer.start()
        self.tick()

    def locked(self) -> None:
        """The office is closed, which stops a backup that runs; it is made the next time."""
        self._office = None
        self._timer.stop()

    def close(self) -> None:
        """The program ends."""
        self.locked()
        self.work.close()

    def tick(self) -> None:
        """Make a backup where there is none of today yet."""
        early = self._not_before is not None and self._clock() < self._not_before
        if self._office is None or self._busy or early:
            return
        self._busy = True
        self.work.back_up(self._office, BackupReason.DAILY, only_if_due=True)

    def _made(self, places: tuple[InPlace, ...]) -> None:
        self._busy = False
        fault = next((one.fault for one in places if one.place == OWN and one.fault), "")
        if fault:
            self._tell(fault)
        elif self._office is not None:
            office = self._office
            self._jobs.run(partial(backup_state, office), partial(self._read, office), self._no)

    def _failed(self, sentence: str) -> None:
        self._busy = False
        self._not_before = self._clock() + _AFTER_A_FAILURE
        self._tell(f"Today’s backup could not be made. {sentence}")

    def _read(self, office: Office, state: BackupState) -> None:
        if state.second is not None and state.second_is_away(self._clock()):
            since = (
                f" since {moment_words(state.reached, office.profile.zone)}"
                if state.reached
                else ""
            )
            self._tell(
                f"The second folder for backups was not reached{since}. Connect its drive, or "
                "choose another folder on the Office page."
            )

    def _tell(self, sentence: str) -> None:
        if self._office is not None and not self._told:
            self._told = True
            self.noticed.emit(sentence)

    def _no(self, _error: AppError) -> None:
        """The page of the office says what is wrong with the file."""
