"""How this user likes the window: colours, text size, minutes to the lock. Never a name."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from intake_app.ui.lock_timer import LOCK_AFTER
from intake_app.ui.theme import Theme, theme_of


class Settings:
    """A few values in one small file; a damaged file gives the usual values."""

    def __init__(self, file: Path) -> None:
        self._kept = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def theme(self) -> Theme:
        """Colours and text size."""
        return theme_of(str(self._kept.value("palette", "")), self._number("scale", 100))

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self._kept.setValue("palette", theme.palette.key)
        self._kept.setValue("scale", theme.scale)
        self._kept.sync()

    @property
    def lock_after(self) -> int:
        """Minutes without a touch after which the office locks: 1 to 60."""
        return min(max(self._number("lock_after", LOCK_AFTER), 1), 60)

    @property
    def notices(self) -> bool:
        """Whether notices of deadlines are shown outside the window."""
        return self._number("notices", 1) != 0

    @notices.setter
    def notices(self, wanted: bool) -> None:
        self._kept.setValue("notices", int(wanted))
        self._kept.sync()

    @property
    def place(self) -> QByteArray:
        """Where the window stood, as Qt writes it down; empty the first time."""
        kept = self._kept.value("place")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    @place.setter
    def place(self, place: QByteArray) -> None:
        self._kept.setValue("place", place)
        self._kept.sync()

    def _number(self, key: str, usual: int) -> int:
        try:
            return int(str(self._kept.value(key, usual)))
        except ValueError:
            return usual
