"""Locks the office when nobody has touched the keyboard or the mouse for a while.

The same clock notices that the computer slept: then it locks as soon as it wakes.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPointF, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from typing_extensions import override

LOCK_AFTER = 10
"""Minutes, unless the settings say otherwise."""

SLEPT = 20.0
"""Seconds between two looks after which nobody was at the computer: it slept, or stood still."""

JITTER = 24
"""Pixels within which the mouse of a desk that shakes wanders about without a hand on it."""

_LOOK_EVERY = 1_000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class LockTimer(QObject):
    """Counts the time since the last touch of whatever it watches.

    Install it as an event filter on the `windowHandle()` of each window: there it sees each touch
    once, and nothing of the traffic between widgets. wall, steady: clocks in seconds, the one on
    the wall, and the one that only counts and on some systems stands still during sleep.
    """

    time_is_up = Signal()
    minutes_left = Signal(int)
    """When it changes, rounded up; for the line "Locks in 8 min"."""

    def __init__(
        self,
        minutes: int,
        parent: QObject,
        *,
        look_every: int = _LOOK_EVERY,
        wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._limit = minutes * 60_000
        self._wall, self._steady = wall, steady
        self._looked = (0.0, 0.0)
        self._said = 0
        self._since = QElapsedTimer()
        self._mouse = QPointF()
        self._ticks = QTimer(self)
        self._ticks.setInterval(look_every)
        self._ticks.timeout.connect(self._look)

    @property
    def counts(self) -> bool:
        """Whether it was started and has neither rung nor been stopped."""
        return self._ticks.isActive()

    def start(self) -> None:
        """Begin to count."""
        self._since.start()
        self._looked = (self._wall(), self._steady())
        self._said = 0
        self._ticks.start()
        self._look()

    def stop(self) -> None:
        """Stop counting."""
        self._ticks.stop()

    @property
    def idle(self) -> int:
        """Milliseconds since the last touch."""
        return self._since.elapsed()

    def touched(self) -> None:
        """Somebody is there."""
        if self.counts and self._slept():
            # The touch that woke the computer: whose hand it was nobody knows.
            self._ring()
        else:
            self._since.restart()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice touches and let everything through."""
        kind = event.type()
        if kind in _TOUCHES or (kind == QEvent.Type.MouseMove and self._went_far(event)):
            self.touched()
        return False

    def _went_far(self, event: QEvent) -> bool:
        """A mouse nobody holds trembles on the spot; its way is measured from the last touch."""
        if not isinstance(event, QMouseEvent):
            return False
        way = event.globalPosition() - self._mouse
        if way.manhattanLength() <= JITTER:
            return False
        self._mouse = event.globalPosition()
        return True

    def _slept(self) -> bool:
        wall, steady = self._looked
        return abs(self._wall() - wall) > SLEPT or abs(self._steady() - steady) > SLEPT

    def _ring(self) -> None:
        self.stop()
        self.time_is_up.emit()

    def _look(self) -> None:
        left = self._limit - self._since.elapsed()
        if left <= 0 or self._slept():
            self._ring()
            return
        self._looked = (self._wall(), self._steady())
        if (minutes := -(-left // 60_000)) != self._said:
            self._said = minutes
            self.minutes_left.emit(minutes)
