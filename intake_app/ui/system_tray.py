"""Notices outside the window, through whatever the system has for them."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from intake_app.ui.theme import LIGHT, icon

TITLE = "Intake Desk"
_SHOWN_FOR = 20_000


class SystemTray(QObject):
    """An icon in the system's tray, there only from the first notice on.

    Where the system has no tray (some Wayland desktops, the offscreen platform) nothing is shown
    and `say` tells so.
    """

    pressed = Signal()
    """The notice, or the icon, was clicked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon: QSystemTrayIcon | None = None

    def say(self, words: str) -> bool:
        """Show a notice; return False where the system can't."""
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return False
        if self._icon is None:
            self._icon = QSystemTrayIcon(icon("desk", LIGHT.accent, 32), self)
            self._icon.setToolTip(TITLE)
            self._icon.activated.connect(lambda _why: self.pressed.emit())
            self._icon.messageClicked.connect(self.pressed)
        self._icon.show()
        self._icon.showMessage(TITLE, words, QSystemTrayIcon.MessageIcon.Warning, _SHOWN_FOR)
        return True

    def take_away(self) -> None:
        """Remove the icon, before the program ends."""
        if self._icon is not None:
            self._icon.hide()
