"""Gives notice of deadlines while the program is open, whatever page is in front, locked or not.

Between two looks at the file it keeps nothing but times. They stay when the office is locked, so
that a deadline in the night is not missed; they name nobody and open nothing.
"""

from datetime import datetime
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from intake_app.core.deadline_notices import OPEN, due_notices, sentence
from intake_app.core.errors import AppError
from intake_app.core.roles import Act, may
from intake_app.store.office import Office
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.workflows.read_deadlines import Deadlines, read_deadlines

TICK_SECONDS = 30


class Outside(Protocol):
    """Where notices are shown outside the window; `say` returns False where there is no way."""

    def say(self, words: str) -> bool: ...


class DeadlineNotices(QObject):
    """Looks at the clock twice a minute; each notice comes once.

    A notice falls due between two looks, so one that was given is never given again, however
    often the file is read; and what was past when the office was first opened is not told at all:
    the desk shows that. `outside_wanted` is the member's switch.
    """

    noticed = Signal(str)
    """A notice that was not shown outside the window: the sentence for the window."""

    def __init__(
        self,
        jobs: Jobs,
        clock: Clock,
        outside: Outside,
        parent: QObject | None = None,
        *,
        outside_wanted: bool = True,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._clock, self._outside = jobs, clock, outside
        self.outside_wanted = outside_wanted
        self._office: Office | None = None
        self._deadlines: Deadlines | None = None
        self._since: datetime | None = None
        self._reading = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_SECONDS * 1000)
        self._timer.timeout.connect(self.tick)

    def watch(self, office: Office, *, other: bool) -> None:
        """An office was unlocked; `other` than the one watched before."""
        if other or self._since is None:
            self._deadlines, self._since = None, self._clock()
        if not may(office.member.role, Act.READ_CASES):
            # She may not know that there are cases at all.
            self._office = self._deadlines = None
            self._timer.stop()
            return
        self._office = office
        self._timer.start()
        self._read()

    def locked(self) -> None:
        """The office is closed; times are all that is left of it, and go on."""
        self._office = None

    def tick(self) -> None:
        """Give notice of what fell due since the last look; read anew what may have changed."""
        now = self._clock()
        if self._deadlines is not None and self._since is not None:
            words = sentence(due_notices(self._deadlines.clocks, self._since, now), now)
            if words:
                self._say(words)
        self._since = now
        self._read()

    def _say(self, words: str) -> None:
        if not (self.outside_wanted and self._outside.say(f"{words} {OPEN}")):
            self.noticed.emit(words)

    def _read(self) -> None:
        office = self._office
        if office is None or self._reading:
            return
        self._reading = True
        # From the last look on: what falls due while the file is read must not be missed.
        since = self._since or self._clock()
        work = partial(read_deadlines, office, since, self._deadlines)
        self._jobs.run(work, partial(self._read_anew, office), self._could_not)

    def _read_anew(self, office: Office, deadlines: Deadlines | None) -> None:
        self._reading = False
        if deadlines is not None and office is self._office:
            self._deadlines = deadlines

    def _could_not(self, _error: AppError) -> None:
        # The desk says what is wrong with the file; the next look tries again.
        self._reading = False
