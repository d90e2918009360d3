"""A field with a list under it, laid over a page: type a part, pick with the arrows and Enter."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.ui.widgets import Words, announce, dp

_PICKED = Qt.ItemDataRole.UserRole


class PickBox(QFrame):
    """Hidden until `ask`. `look` says what is found for the words typed; `pick` takes one."""

    closed = Signal()

    def __init__(self, asks: str, found: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("is", "find")
        self.line = QLineEdit()
        self.line.setPlaceholderText(f"{asks}…")
        self.line.setAccessibleName(asks)
        self.line.textChanged.connect(self.look)
        self.line.installEventFilter(self)
        self.model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setAccessibleName(found)
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(self._pick_at)
        self.says = Words("", "quiet", wrap=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(dp(8), dp(8), dp(8), dp(8))
        whole.setSpacing(dp(6))
        whole.addWidget(self.line)
        whole.addWidget(self.says)
        whole.addWidget(self.list, 1)
        self.hide()

    def look(self, words: str) -> None:
        """Find what fits the words, and call `show_rows`."""
        raise NotImplementedError

    def pick(self, picked: object) -> None:
        """One was picked; the box is closed already."""
        raise NotImplementedError

    def ask(self) -> None:
        """Come up with an empty field."""
        self.line.clear()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.look("")

    def close_box(self) -> None:
        """Go away; what was found is forgotten."""
        if not self.isHidden():
            self.model.clear()
            self.hide()
            self.closed.emit()

    def show_rows(self, rows: Iterable[tuple[str, object]], words: str) -> None:
        """Show what was found, each with what `pick` gets, and a sentence above."""
        self.model.clear()
        for shown, picked in rows:
            item = QStandardItem(shown)
            item.setData(picked, _PICKED)
            self.model.appendRow(item)
        self._move(1)
        self.says.setText(words)
        self.says.setVisible(bool(words))
        announce(self.line, f"{self.model.rowCount()} found")

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down go through the list, Enter picks, Esc closes; leaving the field closes."""
        if event.type() == QEvent.Type.FocusOut and not self.list.underMouse():
            self.close_box()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8}.get(
                Qt.Key(key), -8
            )
            self._move(step)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick_at(self.list.currentIndex())
            return True
        if key == Qt.Key.Key_Escape:
            self.close_box()
            return True
        return False

    def _move(self, step: int) -> None:
        rows = self.model.rowCount()
        if rows:
            here = min(max(self.list.currentIndex().row() + step, 0), rows - 1)
            self.list.setCurrentIndex(self.model.index(here, 0))

    def _pick_at(self, index: QModelIndex) -> None:
        picked = index.data(_PICKED)
        if picked is not None:
            self.close_box()
            self.pick(picked)
