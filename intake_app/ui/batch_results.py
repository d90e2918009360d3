"""What became of each case of a batch of letters, as a table."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from intake_app.ui.desk_lists import listed_as
from intake_app.ui.theme import Tone
from intake_app.workflows.write_batch import Became, Outcome

_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()

HEADS = ("", "Person", "Letter", "Why not")
TONES = {
    Became.WRITTEN.value: Tone.GOOD,
    Became.BLOCKED.value: Tone.BAD,
    Became.THERE.value: Tone.PLAIN,
}


class BatchResults(QAbstractTableModel):
    """Rows of `Outcome`; they only ever grow at the end."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Outcome] = []

    def start_over(self) -> None:
        """Show none."""
        self.beginResetModel()
        self.rows = []
        self.endResetModel()

    def add(self, more: list[Outcome]) -> None:
        """Show further ones below."""
        if more:
            first = len(self.rows)
            self.beginInsertRows(_TOP, first, first + len(more) - 1)
            self.rows += more
            self.endInsertRows()

    @override
    def rowCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(HEADS)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self.rows[index.row()]
        why = " ".join(row.why)
        return (row.became.value, listed_as(row), row.title, why)[index.column()]

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        return None
