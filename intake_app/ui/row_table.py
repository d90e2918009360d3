"""Rows of words under fixed heads, for a table that is only read."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class RowTable(QAbstractTableModel):
    """A subclass says what a cell says; a cell that is cut off says it in its tooltip too."""

    def __init__(self, heads: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._heads = heads
        self.rows: Sequence[Any] = ()

    def words(self, row: Any, column: int) -> str:
        """What one cell of a row says."""
        raise NotImplementedError

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show others."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._heads)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.words(self.rows[index.row()], index.column())
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return None
