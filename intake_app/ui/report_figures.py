"""A table of figures on the screen, as high as its lines; `s` stands for what is withheld."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget
from typing_extensions import override

from intake_app.core.disclosure.figures import WITHHELD
from intake_app.ui.report_cells import Cells
from intake_app.ui.widgets import dp, set_up_table

_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_MARGIN = QFont.Weight.DemiBold
_TELLS = "Withheld to protect people. It may be small or large."
_NONE = Cells("", ("",), ())


class FiguresModel(QAbstractTableModel):
    """First column the label, totals in strong type."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cells = _NONE

    def show_cells(self, cells: Cells) -> None:
        """Show another table."""
        self.beginResetModel()
        self.cells = cells
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.cells.lines)

    @override
    def columnCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.cells.heads)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        words = self.cells.lines[row][column]
        withheld = column > 0 and words == WITHHELD
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.TextAlignmentRole and column:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and self._is_total(row, column):
            font = QFont()
            font.setWeight(_MARGIN)
            return font
        if role == Qt.ItemDataRole.ToolTipRole and withheld:
            return _TELLS
        if role == Qt.ItemDataRole.AccessibleTextRole and withheld:
            return "withheld"
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cells.heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignBottom) | int(Qt.TextFlag.TextWordWrap)
        return None

    def _is_total(self, row: int, column: int) -> bool:
        last = self.cells.total_column and column == len(self.cells.heads) - 1
        return last or row in self.cells.strong


class FiguresTable(QTableView):
    """Labels take the width that is left; a table that is too wide scrolls sideways."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = FiguresModel(self)
        self._fitted: tuple[object, ...] = ()
        self.setModel(self.figures)
        set_up_table(self, "Figures", [])
        self.setAccessibleDescription("s stands for a withheld figure.")
        self.setWordWrap(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_cells(self, cells: Cells) -> None:
        """Show another table."""
        self.figures.show_cells(cells)
        self.setAccessibleName(cells.title)
        self.horizontalHeader().setMinimumSectionSize(dp(30))
        for column in range(1, self.figures.columnCount()):
            self.setColumnWidth(column, self._width_of(column))
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        columns = self.figures.columnCount()
        numbers = sum(self.columnWidth(column) for column in range(1, columns))
        room = self.viewport().width()
        # Its own height changes its size too, and each line that is measured takes its time.
        if self._fitted == (now := (self.figures.cells, room, numbers, self.font())):
            return
        self._fitted = now
        label = min(max(room - numbers, dp(110)), max(self._widest_label(), dp(110)))
        self.setColumnWidth(0, label)
        high = 0
        for row in range(self.figures.rowCount()):
            words = str(self.figures.index(row, 0).data())
            self.setRowHeight(row, self._height_of(words, label))
            high += self.rowHeight(row)
        head = self.horizontalHeader()
        head.setFixedHeight(self._head_height())
        bar = self.horizontalScrollBar().sizeHint().height() if numbers + label > room else 0
        self.setFixedHeight(head.height() + high + bar + 2 * self.frameWidth() + dp(3))

    def _widest_label(self) -> int:
        """Wide labels do not push the figures away from what they belong to."""
        metrics = QFontMetrics(self._strong(self.font()))
        rows = range(self.figures.rowCount())
        labels = [str(self.figures.index(row, 0).data()) for row in rows]
        head = self.horizontalHeader().fontMetrics().horizontalAdvance(self.figures.cells.heads[0])
        return max([head, *map(metrics.horizontalAdvance, labels)], default=0) + dp(36)

    def _height_of(self, words: str, width: int) -> int:
        metrics = QFontMetrics(self._strong(self.font()))
        wrap = int(Qt.TextFlag.TextWordWrap)
        needed = metrics.boundingRect(0, 0, max(width - dp(22), 1), 10_000, wrap, words)
        return max(needed.height() + dp(12), dp(30))

    def _head_height(self) -> int:
        """As high as the head with the most lines."""
        head = self.horizontalHeader()
        wrap = int(Qt.TextFlag.TextWordWrap)
        high = 0
        for column, words in enumerate(self.figures.cells.heads):
            room = max(self.columnWidth(column) - dp(17), 1)
            needed = head.fontMetrics().boundingRect(0, 0, room, 10_000, wrap, words)
            high = max(high, needed.height())
        return high + dp(16)

    def _width_of(self, column: int) -> int:
        """As wide as its longest word in the head, or its longest figure."""
        head = self.horizontalHeader()
        # The style sheet gives both their fonts only when they are polished.
        self.ensurePolished()
        head.ensurePolished()
        metrics = QFontMetrics(self._strong(self.font()))
        words = self.figures.cells.heads[column].split()
        figures = [line[column] for line in self.figures.cells.lines]
        longest = max((head.fontMetrics().horizontalAdvance(word) for word in words), default=0)
        widest = max((metrics.horizontalAdvance(one) for one in figures), default=0)
        return max(longest + dp(17), widest + dp(20), dp(46))

    @staticmethod
    def _strong(font: QFont) -> QFont:
        strong = QFont(font)
        strong.setWeight(_MARGIN)
        return strong
