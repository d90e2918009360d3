"""A line with more words than room shows where they begin, unless somebody is writing in it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

_LENT = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)

_BROUGHT = (Qt.FocusReason.OtherFocusReason, Qt.FocusReason.ShortcutFocusReason)


class Line(QLineEdit):
    """Qt leaves the cursor at the end, and shows that: of a long name one sees the last part."""

    @override
    def setText(self, words: str | None) -> None:
        """Show other words, from their beginning."""
        super().setText(words or "")
        if not self.hasFocus():
            self.setCursorPosition(0)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Brought here by the program, one goes on at the end; a click or Tab says where."""
        super().focusInEvent(event)
        if event.reason() in _BROUGHT:
            self.end(False)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the beginning again, unless the keyboard is only lent to a list or a window."""
        super().focusOutEvent(event)
        if event.reason() not in _LENT:
            self.setCursorPosition(0)
