"""The history of a case: who changed what, newest first, and taking a change back."""

from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.case import CaseFile
from intake_app.core.errors import AppError
from intake_app.store.changes import Change
from intake_app.store.office import Office
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.widgets import Card, EmptyLine, InlineMessage, set_up_table
from intake_app.workflows.case_history import case_history
from intake_app.workflows.undo_change import undo_change

_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_HEADS = ("When", "Who", "What", "Before", "After")


class HistoryModel(QAbstractTableModel):
    """Changes as rows of a table."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.changes: tuple[Change, ...] = ()
        self._zone = ZoneInfo("UTC")

    def show_changes(self, changes: tuple[Change, ...], zone: str) -> None:
        """Show other changes; times on the clocks of `zone`."""
        self.beginResetModel()
        self.changes, self._zone = changes, ZoneInfo(zone)
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index = _TOP) -> int:
        """How many changes."""
        return 0 if parent.isValid() else len(self.changes)

    @override
    def columnCount(self, parent: _Index = _TOP) -> int:
        """Always five."""
        return 0 if parent.isValid() else len(_HEADS)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(self.changes[index.row()], index.column())
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The title of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        return None

    def _words(self, change: Change, column: int) -> str:
        if column == 0:
            at = change.at.astimezone(self._zone)
            return f"{at:%a} {at.day} {at:%b %H:%M}"
        if column == 1:
            return change.member
        if column == 2:
            if change.label:
                return f"{change.record} · {change.label}"
            return f"{change.record} {change.action}" if change.record else change.action
        return change.before if column == 3 else change.after


class HistoryView(QWidget):
    """The card with the history and its one button."""

    undone = Signal(object)
    """A change was taken back: the case (`CaseFile`) as it is now."""

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._clock = jobs, clock
        self._office: Office | None = None
        self._request = 0
        self.card = Card("History")
        self.undo = self.card.add_button("Undo this change", self._undo)
        self.message = InlineMessage()
        self.table = QTableView()
        self.model = HistoryModel(self)
        self.table.setModel(self.model)
        set_up_table(self.table, "History", [150, 120, 250, 0, 0])
        self.nothing = EmptyLine("Every change of this case will stand here, with who made it.")
        self.card.body.addWidget(self.message)
        self.card.body.addWidget(self.nothing, 1)
        self.card.body.addWidget(self.table, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card, 1)
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        self.show_changes((), "UTC")

    def read(self, office: Office, case_id: int) -> None:
        """Read the history of a case and show it; what was shown of another case goes."""
        self._office = office
        self._request += 1
        work = partial(case_history, office, case_id)
        self._jobs.run(work, partial(self._came, self._request), self._failed)

    def forget(self) -> None:
        """Show nothing, because another case is open now."""
        self._request += 1
        self.message.clear()
        self.show_changes((), "UTC")

    def show_changes(self, changes: tuple[Change, ...], zone: str) -> None:
        """Show the history; the newest change that can be undone is chosen."""
        self.model.show_changes(changes, zone)
        self.nothing.setVisible(not changes)
        self.table.setVisible(bool(changes))
        for row, change in enumerate(changes):
            if change.undoable:
                self.table.selectRow(row)
                break
        self._chosen()

    def _change(self) -> Change | None:
        rows = self.table.selectionModel().selectedRows()
        return self.model.changes[rows[0].row()] if rows else None

    def _chosen(self) -> None:
        change = self._change()
        self.undo.setEnabled(change is not None and change.undoable)

    def _undo(self) -> None:
        change = self._change()
        if change is not None and change.undoable and self._office is not None:
            self.message.clear()
            work = partial(undo_change, self._office, change.seq, self._clock())
            self._jobs.run(work, self._undone, self._failed)

    def _came(self, request: int, changes: tuple[Change, ...]) -> None:
        if request == self._request and self._office is not None:
            self.show_changes(changes, self._office.profile.zone)

    def _undone(self, case: CaseFile) -> None:
        self.undone.emit(case)

    def _failed(self, error: AppError) -> None:
        self.message.say(error.sentence)
