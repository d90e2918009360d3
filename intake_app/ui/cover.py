"""What hides the window while the office is locked, and takes away whatever lies over it."""

from PySide6.QtCore import Qt, QThread
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QToolTip

_MANY = 20


class Cover(QFrame):
    """An empty screen that takes the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("is", "cover")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("The screen is blank. Press a key to unlock.")


def put_away_boxes() -> None:
    """Close menus, lists, tips and boxes over the window, as Esc would: nothing is done.

    A menu may have another one under it, so it is asked again and again.
    """
    QToolTip.hideText()
    for _ in range(_MANY):
        if (popup := QApplication.activePopupWidget()) is None:
            break
        popup.close()
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog) and window.isVisible():
            window.reject()


def in_a_box() -> bool:
    """Whether the code that opened a box still waits for its answer."""
    return QThread.currentThread().loopLevel() > 1
