"""Work on other threads beside an open office: closing the office stops it and waits for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock

from intake_app.store.backups.files import stop_where_asked


class Beside:
    """One such work at a time: a backup, a drill."""

    def __init__(self) -> None:
        self._ending = Event()
        self._busy = Lock()

    @property
    def ended(self) -> bool:
        """Whether the office is being closed, or is closed."""
        return self._ending.is_set()

    @contextmanager
    def working(self) -> Iterator[Callable[[], bool]]:
        """Hold the place; what is handed out says when to stop. Raises `BackupStopped`."""
        with self._busy:
            stop_where_asked(self._ending.is_set)
            yield self._ending.is_set

    def end(self) -> None:
        """Stop what runs and wait for it; nothing begins any more."""
        self._ending.set()
        with self._busy:
            pass
