"""Counts the seconds down after several wrong passphrases; the button says how many are left."""

from PySide6.QtCore import QObject, QTimer, Signal

from intake_app.core.errors import AppError, TooSoon


class Waiting(QObject):
    """Nothing is tried until it is over."""

    changed = Signal()
    """Another second has gone, or the last one."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.seconds = 0
        self._ticks = QTimer(self)
        self._ticks.setInterval(1_000)
        self._ticks.timeout.connect(self._tick)

    @property
    def words(self) -> str:
        """What the button says meanwhile; empty when it is over."""
        return f"Wait {self.seconds} s" if self.seconds else ""

    def begin(self, error: AppError) -> None:
        """Begin where the error tells to wait."""
        if isinstance(error, TooSoon) and error.seconds:
            self.seconds = error.seconds
            self._ticks.start()
            self.changed.emit()

    def stop(self) -> None:
        """Another office, or nothing to wait for."""
        self.seconds = 0
        self._ticks.stop()

    def _tick(self) -> None:
        self.seconds = max(self.seconds - 1, 0)
        if not self.seconds:
            self._ticks.stop()
        self.changed.emit()
