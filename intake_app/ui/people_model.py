"""The case list as a table: only the pages somebody looks at are in memory."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from intake_app.core.answers import show_date
from intake_app.core.partial_date import PartialDate
from intake_app.workflows.find_people import CasePage as ListPage
from intake_app.workflows.find_people import PersonRow

_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()

PAGE = 200
"""Rows asked for at once."""

HEADS = ("Person", "Number", "Held at", "State", "Booking no.", "Status", "Opened")
HIDDEN = "Name hidden (protected)"
NO_NAME = "Name not known yet"


def shown_name(row: PersonRow) -> str:
    """The name as lists may show it: not that of a protected person."""
    return HIDDEN if row.masked else row.name or NO_NAME


def shown_booking(row: PersonRow) -> str:
    """The booking number as lists may show it: a jail's roster puts a name to it."""
    return "" if row.masked else row.booking_number


class PeopleModel(QAbstractTableModel):
    """Rows of `PersonRow`; a row whose page has not come yet is empty."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.total = 0
        self._pages: dict[int, tuple[PersonRow, ...]] = {}

    def start_over(self, first: ListPage) -> None:
        """Show another list, beginning with its first page."""
        self.beginResetModel()
        self.total, self._pages = first.total, {0: first.rows}
        self.endResetModel()

    def put(self, page: int, rows: tuple[PersonRow, ...]) -> None:
        """Fill in one page that was asked for."""
        self._pages[page] = rows
        top = self.index(page * PAGE, 0)
        end = self.index(min((page + 1) * PAGE, self.total) - 1, len(HEADS) - 1)
        self.dataChanged.emit(top, end)

    def missing(self, first_row: int, last_row: int) -> list[int]:
        """The pages of these rows that are not here yet."""
        last = min(last_row, self.total - 1)
        pages = range(max(first_row, 0) // PAGE, last // PAGE + 1) if last >= 0 else range(0)
        return [page for page in pages if page not in self._pages]

    def person(self, row: int) -> PersonRow | None:
        """The case of a row; None where its page has not come yet."""
        rows = self._pages.get(row // PAGE, ())
        return rows[row % PAGE] if row % PAGE < len(rows) else None

    @override
    def rowCount(self, parent: _Index = _TOP) -> int:
        """How many cases the list has, seen or not."""
        return 0 if parent.isValid() else self.total

    @override
    def columnCount(self, parent: _Index = _TOP) -> int:
        """Always the same."""
        return 0 if parent.isValid() else len(HEADS)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self.person(index.row())
        if row is None:
            return "…" if index.column() == 0 else ""
        return (
            shown_name(row),
            row.number,
            row.facility,
            row.state,
            shown_booking(row),
            row.status,
            show_date(PartialDate.parse(row.opened_on)) if row.opened_on else "",
        )[index.column()]

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        return None
