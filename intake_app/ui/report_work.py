"""The work behind the reports page: on the office thread, with progress, dropped when stale."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal

from intake_app.core.errors import AppError
from intake_app.core.reports.release import Prepared, ReleaseAsked
from intake_app.store.office import Office
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.report_folder import release_into
from intake_app.workflows.gather_reports import Gathered, gather
from intake_app.workflows.prepare_reports import work_out
from intake_app.workflows.release_reports import Release, release_reports
from intake_app.workflows.report_choices import Choices, report_choices


@dataclass(frozen=True)
class Written:
    """What was published, and the folder its files are in."""

    place: Path
    release: Release


class ReportWork(QObject):
    """One check at a time. A newer one, or `drop`, ends an older one and loses its answer."""

    chosen = Signal(object)
    """`Choices`: what can be asked for."""

    moved = Signal(float, str)
    """What share of the check is done, and a sentence about what is being done."""

    prepared = Signal(object)
    """`Prepared`: protected, checked, and nothing written yet."""

    refused = Signal(object)
    """The `AppError` a check ended with."""

    written = Signal(object)
    """`Written`."""

    not_written = Signal(str)
    """Why nothing is on the disk, in a sentence."""

    failed = Signal(str)
    """What else went wrong, in a sentence."""

    _told = Signal(int, float, str)

    def __init__(self, jobs: Jobs, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._clock = jobs, clock
        self._asked = 0
        self._stop = Event()
        self.busy = False
        # Without a parent: it lives until the work it was given has ended, the page or not.
        self._solver = Jobs()
        self._solver.broke.connect(jobs.broke)
        # Told on the solver's thread; the connection brings it to this one.
        self._told.connect(self._moved)

    def choose(self, office: Office) -> None:
        """Read what can be published."""
        work = partial(report_choices, office, self._clock())
        self._jobs.run(work, self._chosen, self._failed)

    def check(self, office: Office, asked: ReleaseAsked) -> None:
        """Work a release out and attack it.

        The office thread only gathers the facts: what takes long has a thread of its own, so
        that nobody's save waits for it.
        """
        self.drop()
        number = self._asked
        self.busy = True
        self._jobs.run(
            partial(gather, office, asked, self._clock()),
            partial(self._gathered, number),
            partial(self._refused, number),
        )

    def _gathered(self, number: int, gathered: Gathered) -> None:
        if number != self._asked:
            return
        stop = self._stop

        def work() -> Prepared:
            return work_out(gathered, partial(self._tell, number), stop.is_set)

        self._solver.run(work, partial(self._prepared, number), partial(self._refused, number))

    def _tell(self, number: int, share: float, words: str) -> None:
        """On the solver's thread; the page may be gone already."""
        with suppress(RuntimeError):
            self._told.emit(number, share, words)

    def drop(self) -> None:
        """End the check that runs, if any; its answer is never shown."""
        self._stop.set()
        self._stop = Event()
        self._asked += 1
        self.busy = False

    def release(self, office: Office, prepared: Prepared, folder: Path) -> None:
        """Publish what was checked, and write its files into a folder of their own."""
        make: Callable[[], Release] = partial(release_reports, office, prepared, self._clock())
        self._jobs.run(
            partial(_written, folder, prepared.asked.window.id, make),
            self._done,
            self._not_written,
        )

    # Methods, not signals: an answer that comes when this is gone is dropped by `Jobs`.

    def _chosen(self, choices: Choices) -> None:
        self.chosen.emit(choices)

    def _done(self, written: Written) -> None:
        self.written.emit(written)

    def _moved(self, number: int, share: float, words: str) -> None:
        if number == self._asked and self.busy:
            self.moved.emit(share, words)

    def _prepared(self, number: int, prepared: Prepared) -> None:
        if number == self._asked:
            self.busy = False
            self.prepared.emit(prepared)

    def _refused(self, number: int, error: AppError) -> None:
        if number == self._asked:
            self.busy = False
            self.refused.emit(error)

    def _not_written(self, error: AppError) -> None:
        self.not_written.emit(error.sentence)

    def _failed(self, error: AppError) -> None:
        self.failed.emit(error.sentence)


def _written(folder: Path, window_id: str, make: Callable[[], Release]) -> Written:
    release, place = release_into(folder, f"Reports {window_id}", make)
    return Written(place, release)
