"""One thread owns the office file; this is the way to it and the way back to the window.

    jobs.run(partial(open_case, office, 17), self._opened, self._failed)

`work` runs on the office thread, in the order it was asked for. Its result comes back to
`done`, or its error to `failed`, on the window's thread. Both must be methods of widgets or
other objects that outlive the job; where the widget was deleted in between, the answer is
dropped. Pages that ask again before the first answer came drop the stale one by a number.

`failed` always gets an `AppError` with a sentence for the user. A fault of ours is given to
`broke` (so that it is logged and tests see it) and reaches `failed` as `OurFault`.
"""

from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from intake_app.core.errors import AppError
from intake_app.right_of_way import window_works

T = TypeVar("T")


class OurFault(AppError):
    """The program did something wrong; nothing the user could have done otherwise."""


OUR_FAULT = (
    "The program made a mistake and could not do that. Nothing was changed. Try again; "
    "if it happens once more, tell whoever looks after the program."
)


class Jobs(QObject):
    """The office thread and the one long-lived relay that brings its answers back."""

    busy_changed = Signal(bool)
    """True when work starts after none, False when the last answer was delivered."""

    broke = Signal(object)
    """An exception that is our fault. Its text may hold values: never show or log it whole."""

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="office")
        self._waiting = 0
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether any answer is still to come."""
        return self._waiting > 0

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[AppError], None],
    ) -> None:
        """Do `work` on the office thread and call back on this one. After `close`, do nothing."""
        if self._closed:
            return
        self._waiting += 1
        if self._waiting == 1:
            self.busy_changed.emit(True)
        future = self._pool.submit(work)
        future.add_done_callback(lambda ended: self._finished.emit((ended, done, failed)))

    def close(self) -> None:
        """Finish the work already asked for, then end the thread. May be called twice."""
        self._closed = True
        self._pool.shutdown(wait=True)

    @Slot(object)
    def _deliver(
        self, message: tuple[Future[Any], Callable[[Any], None], Callable[[AppError], None]]
    ) -> None:
        window_works()
        future, done, failed = message
        try:
            self._answer(future, done, failed)
        finally:
            self._waiting -= 1
            if self._waiting == 0:
                self.busy_changed.emit(False)

    def _answer(
        self,
        future: Future[Any],
        done: Callable[[Any], None],
        failed: Callable[[AppError], None],
    ) -> None:
        error = future.exception()
        if isinstance(error, CancelledError):
            return
        if error is None:
            if _alive(done):
                done(future.result())
            return
        if not isinstance(error, AppError):
            self.broke.emit(error)
            error = OurFault(OUR_FAULT)
        if _alive(failed):
            failed(error)


def _alive(callback: Callable[..., None]) -> bool:
    owner = getattr(callback, "__self__", None) or getattr(
        getattr(callback, "func", None), "__self__", None
    )
    return not isinstance(owner, QObject) or isValid(owner)
