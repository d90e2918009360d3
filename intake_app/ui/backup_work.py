"""Backups and drills on a thread of their own: no save waits for one, and closing ends it."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from intake_app.core.backups import BackupReason
from intake_app.core.errors import AppError
from intake_app.store.backups.record import InPlace
from intake_app.store.office import Office
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.workflows.back_up_office import BackupPlan, carry_out, keep_backup, plan_backup
from intake_app.workflows.drill_backup import (
    Drilled,
    DrillPlan,
    carry_out_drill,
    keep_drill,
    plan_drill,
)
from intake_app.workflows.list_backups import look_for_backups, plan_list

T = TypeVar("T")


class BackupWork(QObject):
    """The office thread says what is to be done and writes down what was; the rest is done here.

    Answers that come when the office is closed already are dropped.
    """

    made = Signal(object)
    """What became of a backup in each place: a tuple of `InPlace`."""

    proven = Signal(object)
    """What a drill found in each place: a tuple of `Drilled`."""

    listed = Signal(object)
    """What is kept in each place: a tuple of `PlaceListed`."""

    failed = Signal(str)
    """Why there is no backup, drill or list, in a sentence."""

    def __init__(self, jobs: Jobs, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._clock = jobs, clock
        # Without a parent: it lives until the work it was given has ended.
        self._disk = Jobs()
        self._disk.broke.connect(jobs.broke)

    def back_up(self, office: Office, reason: BackupReason, *, only_if_due: bool = False) -> None:
        """Make a backup."""
        go_on = partial(self._back_up, office, reason, only_if_due)
        self._ask(office, partial(plan_backup, office, self._clock()), go_on)

    def drill(self, office: Office) -> None:
        """Prove the newest backups."""
        self._ask(office, partial(plan_drill, office, self._clock()), partial(self._drill, office))

    def list(self, office: Office) -> None:
        """Look for all that is kept."""
        self._ask(office, partial(plan_list, office, self._clock()), self._list)

    def _ask(self, office: Office, work: Callable[[], T], then: Callable[[T], None]) -> None:
        self._jobs.run(partial(_while_open, office, work), partial(_unless_closed, then), self._no)

    def _back_up(
        self, office: Office, reason: BackupReason, only_if_due: bool, plan: BackupPlan
    ) -> None:
        work = partial(carry_out, plan, reason, only_if_due=only_if_due)
        self._disk.run(work, partial(self._keep, office), self._no)

    def _keep(self, office: Office, places: tuple[InPlace, ...]) -> None:
        keep = partial(keep_backup, office, places, self._clock())
        made = partial(self._made, office, places)
        self._jobs.run(partial(_while_open, office, keep), made, self._no)

    def _made(self, office: Office, places: tuple[InPlace, ...], _nothing: None) -> None:
        if not office.beside.ended:
            self.made.emit(places)

    def _drill(self, office: Office, plan: DrillPlan) -> None:
        self._disk.run(partial(carry_out_drill, plan), partial(self._drilled, office), self._no)

    def _drilled(self, office: Office, results: tuple[Drilled, ...]) -> None:
        keep = partial(keep_drill, office, results, self._clock())
        proven = partial(self._proven, office, results)
        self._jobs.run(partial(_while_open, office, keep), proven, self._no)

    def _proven(self, office: Office, results: tuple[Drilled, ...], _nothing: None) -> None:
        if not office.beside.ended:
            self.proven.emit(results)

    def _list(self, plan: BackupPlan) -> None:
        self._disk.run(partial(look_for_backups, plan), self.listed.emit, self._no)

    def _no(self, error: AppError) -> None:
        self.failed.emit(error.sentence)

    def close(self) -> None:
        """Wait for what runs; nothing begins any more."""
        self._disk.close()


def _while_open(office: Office, work: Callable[[], T]) -> T | None:
    return None if office.beside.ended else work()


def _unless_closed(then: Callable[[T], None], found: T | None) -> None:
    if found is not None:
        then(found)
