"""Locks the office when nobody has touched the keyboard or the mouse for a while."""

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Signal
from typing_extensions import override

LOCK_AFTER = 10
"""Minutes, unless the settings say otherwise."""

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class LockTimer(QObject):
    """Counts the time since the last touch of whatever it watches.

    Install it as an event filter on the window's `windowHandle()`: there it sees each touch
    once, and nothing of the traffic between widgets.
    """

    time_is_up = Signal()
    minutes_left = Signal(int)
    """Every few seconds, rounded up; for the line "Locks in 8 min"."""

    def __init__(self, minutes: int, parent: QObject, *, look_every: int = 5_000) -> None:
        super().__init__(parent)
        self._limit = minutes * 60_000
        self._since = QElapsedTimer()
        self._ticks = QTimer(self)
        self._ticks.setInterval(look_every)
        self._ticks.timeout.connect(self._look)

    def start(self) -> None:
        """Begin to count."""
        self._since.start()
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
        self._since.restart()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice touches and let everything through."""
        if event.type() in _TOUCHES:
            self.touched()
        return False

    def _look(self) -> None:
        left = self._limit - self._since.elapsed()
        if left <= 0:
            self.stop()
            self.time_is_up.emit()
        else:
            self.minutes_left.emit(-(-left // 60_000))
