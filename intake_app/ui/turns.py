"""Work of the window that can wait, one piece at each turn of its event loop.

With timers of their own, all that fills at the same time would have its piece in the same turn:
many short pieces, one long stall, and a key that is pressed waits for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QObject, Qt, QTimer
from shiboken6 import isValid

from intake_app.right_of_way import window_works

Piece = Callable[[], bool]
"""Does some milliseconds of work; False where nothing is left to do."""

LATER = 30
"""Milliseconds between two pieces nobody waits for: time for keys and clicks."""

BUSY = 3
"""A turn that takes more milliseconds had something else to do."""

PATIENCE = 20
"""So many busy turns in a row, and a piece is taken all the same."""


class Turns(QObject):
    """The pieces of one application, in the order of who asked; each asker has one kind of piece.

    What is `soon` goes before all that is `later`. An asker that is gone is passed over.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._soon: dict[QObject, Piece] = {}
        self._later: dict[QObject, Piece] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._waits = QElapsedTimer()
        self._put_off = 0
        self._timer.timeout.connect(self._take_one)

    @classmethod
    def of_the_window(cls) -> Turns:
        """The one of this application, made where there is none yet."""
        app = QCoreApplication.instance()
        return (app.findChild(cls) if app is not None else None) or cls(app)

    def soon(self, asker: QObject, piece: Piece) -> None:
        """Somebody sees that this is missing: a piece at each turn until there is none left."""
        self._soon[asker] = piece
        self._wait()

    def in_pieces(self, asker: QObject, pieces: Iterator[bool]) -> None:
        """As `soon`, a step of `pieces` at a time: each yields True where it stops."""
        self.soon(asker, partial(next, pieces, False))

    def later(self, asker: QObject, piece: Piece) -> None:
        """Nobody misses this yet: a piece now and then, where nothing else is to be done."""
        self._later[asker] = piece
        self._wait()

    @property
    def busy(self) -> bool:
        """Whether something that can be seen is still missing."""
        return bool(self._soon)

    def drop(self, asker: QObject) -> None:
        """Nothing of this asker is wanted any more."""
        self._soon.pop(asker, None)
        self._later.pop(asker, None)

    def _wait(self) -> None:
        if self._soon:
            self._timer.start(0)
        elif self._later and not self._timer.isActive():
            self._timer.start(LATER)
            self._waits.start()

    def _calm(self) -> bool:
        """Whether two turns in a row had nothing else to do; if not, the piece waits on.

        On top of an answer that came, or of the painting it led to, the piece would be a stall.
        """
        late = self._waits.elapsed() > self._timer.interval() + BUSY
        if late and self._put_off < PATIENCE:
            self._put_off += 1
            self._wait()
            return False
        if self._timer.interval():
            self._timer.start(0)
            self._waits.start()
            return False
        self._put_off = 0
        return True

    def _take_one(self) -> None:
        if not self._soon and not self._calm():
            return
        waiting = self._soon or self._later
        if waiting:
            window_works()
            asker = next(iter(waiting))
            piece = waiting.pop(asker)
            # A piece may ask again by itself, or drop what it belongs to.
            if isValid(asker) and piece() and isValid(asker):
                waiting.setdefault(asker, piece)
        self._wait()
