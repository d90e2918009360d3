"""Finished edits on their way into the office file, and those the file refused.

Each edit goes by itself, in order, on the office thread. One that fails is kept until it is
tried again and goes through, or a later edit of the same answer does.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from intake_app.core.errors import AppError
from intake_app.store.cases import Saved
from intake_app.store.office import Office
from intake_app.ui.case_edits import Edit
from intake_app.ui.jobs import Jobs
from intake_app.workflows.keep_draft import keep_draft
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer


class CaseSaver(QObject):
    """Saves the edits of whatever case is open; outlives the change from one to another."""

    saved = Signal(object, object)
    """An edit is on the disk: the `Edit` and what the file said (`Saved`)."""

    not_saved = Signal(object, str)
    """An edit was refused: the `Edit` and the sentence. It is kept in `refused`."""

    added = Signal(int, object, object)
    """A row was added: the case, the kind of record, and what the file said (`Saved`)."""

    removed = Signal(int, object, object)
    """A row was removed, in the same words."""

    failed = Signal(object)
    """Adding or removing was refused: the `AppError`."""

    def __init__(self, jobs: Jobs, clock: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._clock = clock
        self.refused: dict[object, Edit] = {}
        self.under_way = 0

    def save(self, office: Office, edit: Edit) -> None:
        """Send an edit on its way."""
        self.under_way += 1
        work = partial(
            save_answer,
            office,
            edit.case_id,
            edit.record,
            edit.entry_id,
            edit.field,
            edit.value,
            self._clock(),
        )
        self._jobs.run(work, partial(self._done, edit), partial(self._failed, edit))

    def keep_draft(self, office: Office, edit: Edit) -> None:
        """Keep words being typed; they are no answer yet."""
        work = partial(
            keep_draft, office, edit.case_id, edit.record, edit.entry_id, edit.field, edit.value
        )
        self._jobs.run(work, self._kept, self._refused)

    def add(self, office: Office, case_id: int, record: type) -> None:
        """Add an empty row."""
        work = partial(add_entry, office, case_id, record, self._clock())
        self._jobs.run(work, partial(self._added, case_id, record), self._refused)

    def remove(self, office: Office, case_id: int, record: type, entry_id: int) -> None:
        """Remove a row."""
        work = partial(remove_entry, office, case_id, record, entry_id, self._clock())
        self._jobs.run(work, partial(self._removed, case_id, record), self._refused)

    def try_again(self, office: Office) -> None:
        """Send every refused edit once more."""
        again, self.refused = list(self.refused.values()), {}
        for edit in again:
            self.save(office, edit)

    def take_back(self, office: Office, edits: Iterable[Edit]) -> None:
        """Send edits once more that were refused before the office was locked."""
        self.refused.update({edit.place: edit for edit in edits})
        self.try_again(office)

    def _done(self, edit: Edit, saved: Saved) -> None:
        self.under_way -= 1
        self.refused.pop(edit.place, None)
        self.saved.emit(edit, saved)

    def _failed(self, edit: Edit, error: AppError) -> None:
        self.under_way -= 1
        self.refused[edit.place] = edit
        self.not_saved.emit(edit, error.sentence)

    def _added(self, case_id: int, record: type, saved: Saved) -> None:
        self.added.emit(case_id, record, saved)

    def _removed(self, case_id: int, record: type, saved: Saved) -> None:
        self.removed.emit(case_id, record, saved)

    def _kept(self, _nothing: None) -> None:
        """A draft is not announced: only an answer is saved."""

    def _refused(self, error: AppError) -> None:
        self.failed.emit(error)
