"""The message of a card that changes a table of the office: right after, a button takes it back."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from intake_app.core.errors import AppError
from intake_app.store.office import Office
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import InlineMessage
from intake_app.workflows.undo_office_change import and_lines, undo_lines


class UndoLine(InlineMessage):
    """`do` a change, then `done` says so with a button; whoever may make it may take it back.

    A save that changed nothing has no button: it would take back the change before it.
    """

    undone = Signal()
    """The table is again what it was: read it anew."""

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._clock = jobs, clock
        self._office: Office | None = None
        self._lines: tuple[int, ...] = ()
        self.acted.connect(self._undo)

    def do(
        self,
        office: Office,
        work: Callable[[], Any],
        then: Callable[[Any], None],
        failed: Callable[[AppError], None],
    ) -> None:
        """Do it on the office thread; `then` is given what it returns."""
        self.clear()
        self._office = office
        self._jobs.run(partial(and_lines, office, work), partial(self._came, then), failed)

    def done(self, sentence: str, action: str = "Undo") -> None:
        """Say that it is done."""
        self.say(sentence, Tone.GOOD, action if self._lines else "")

    @override
    def clear(self) -> None:
        super().clear()
        self._office, self._lines = None, ()

    def _came(self, then: Callable[[Any], None], made: tuple[Any, tuple[int, ...]]) -> None:
        self._lines = made[1]
        then(made[0])

    def _undo(self) -> None:
        office, lines = self._office, self._lines
        if office is not None and lines:
            self.clear()
            self._jobs.run(
                partial(undo_lines, office, lines, self._clock()), self._undone, self._failed
            )

    def _undone(self, _nothing: None) -> None:
        self.say("Undone.", Tone.GOOD)
        self.undone.emit()

    def _failed(self, error: AppError) -> None:
        self.say(error.sentence)
