"""A protected table on the screen, as it would be published."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget
from typing_extensions import override

from intake_app.core.disclosure.table import TOTAL, ProtectedTable
from intake_app.documents.summary_csv import WITHHELD
from intake_app.ui.widgets import dp, set_up_table

_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_MARGIN = QFont.Weight.DemiBold


class SummaryModel(QAbstractTableModel):
    """First column the row's label, last row and column the totals, s for what is withheld."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.table: ProtectedTable | None = None

    def show_table(self, table: ProtectedTable | None) -> None:
        """Show another table, or none."""
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() or self.table is None else len(self.table.rows) + 1

    @override
    def columnCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() or self.table is None else len(self.table.columns) + 2

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.table is None:
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            if column == 0:
                return (*self.table.rows, TOTAL)[row]
            figure = self.table.cells[row][column - 1]
            return WITHHELD if figure is None else f"{figure:,}"
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and self._margin(row, column):
            font = QFont()
            font.setWeight(_MARGIN)
            return font
        withheld = column > 0 and self.table.cells[row][column - 1] is None
        if role == Qt.ItemDataRole.ToolTipRole and withheld:
            return "Withheld to protect people; may be small or large, never 0."
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if self.table is None or orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.table.row_title, *self.table.columns, TOTAL)[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignBottom) | int(Qt.TextFlag.TextWordWrap)
        return None

    def _margin(self, row: int, column: int) -> bool:
        assert self.table is not None  # noqa: S101 - `data` has looked
        return row == len(self.table.rows) or column == len(self.table.columns) + 1


class SummaryTable(QTableView):
    """The table, as high as its rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = SummaryModel(self)
        self.setModel(self.figures)
        set_up_table(self, "Summary", [])
        self.setWordWrap(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_table(self, table: ProtectedTable | None) -> None:
        """Show another table, or none."""
        self.figures.show_table(table)
        self.setAccessibleName(table.title if table else "Summary")
        self.horizontalHeader().setMinimumSectionSize(dp(40))
        for column in range(1, self.figures.columnCount()):
            self.setColumnWidth(column, self._width_of(column))
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Labels take the width that is left, in two lines where they must."""
        columns = self.figures.columnCount()
        if not columns:
            return
        numbers = sum(self.columnWidth(column) for column in range(1, columns))
        label = max(self.viewport().width() - numbers, dp(120))
        self.setColumnWidth(0, label)
        metrics = self.fontMetrics()
        high = 0
        for row in range(self.figures.rowCount()):
            words = str(self.figures.index(row, 0).data())
            lines = 2 if metrics.horizontalAdvance(words) > label - dp(20) else 1
            self.setRowHeight(row, dp(34 if lines == 1 else 46))
            high += self.rowHeight(row)
        head = self.horizontalHeader()
        head.setFixedHeight(dp(58))
        wide = numbers + label > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if wide else 0
        self.setFixedHeight(head.height() + high + bar + dp(2))

    def _width_of(self, column: int) -> int:
        """As wide as its longest word in the head, or its longest figure."""
        words = str(self.figures.headerData(column, Qt.Orientation.Horizontal)).split()
        head = self.horizontalHeader()
        # The style sheet gives both their fonts only when they are polished.
        self.ensurePolished()
        head.ensurePolished()
        font = QFont(self.font())
        font.setWeight(_MARGIN)
        metrics = QFontMetrics(font)
        figures = [
            str(self.figures.index(row, column).data()) for row in range(self.figures.rowCount())
        ]
        longest = max(head.fontMetrics().horizontalAdvance(word) for word in words)
        widest = max(metrics.horizontalAdvance(one) for one in figures)
        return max(longest + dp(20), widest + dp(24))
