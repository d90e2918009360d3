"""Ctrl+Z on the case page: one's own last edit is taken back, and made again with Ctrl+Shift+Z.

A text field keeps these keys for the words being typed in it.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from intake_app.core.errors import AppError
from intake_app.store.office import Office
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.workflows.undo_last import TakenBack, redo_last, undo_last


class CaseUndo(QObject):
    """`here` gives the office and the case shown, None where there is none."""

    taken_back = Signal(object, str)
    """The case (`CaseFile`) as it is now, and a line that says what was taken back."""

    failed = Signal(object)
    """There was nothing, or it can't be: the `AppError`."""

    def __init__(
        self, page: QWidget, jobs: Jobs, clock: Clock, here: Callable[[], tuple[Office, int] | None]
    ) -> None:
        super().__init__(page)
        self._jobs, self._clock, self._here = jobs, clock, here
        for keys, work, words in (
            ("Ctrl+Z", undo_last, "Undone: {}."),
            ("Ctrl+Shift+Z", redo_last, "Made again: {}."),
        ):
            pressed = partial(self._take_back, work, words)
            QShortcut(QKeySequence(keys), page).activated.connect(pressed)

    def _take_back(self, work: Callable[[Office, int, datetime], TakenBack], words: str) -> None:
        found = self._here()
        if found is not None:
            office, case_id = found
            done = partial(self._done, words)
            self._jobs.run(partial(work, office, case_id, self._clock()), done, self._refused)

    def _done(self, words: str, back: TakenBack) -> None:
        self.taken_back.emit(back.case, words.format(back.words))

    def _refused(self, error: AppError) -> None:
        self.failed.emit(error)
