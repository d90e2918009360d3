"""The history of a case: who changed what, newest first, and taking a change back."""

from collections.abc import Sequence
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QTableView, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.case import CaseFile
from intake_app.core.errors import AppError
from intake_app.store.changes import Change
from intake_app.store.office import Office
from intake_app.store.openings import OPENED
from intake_app.ui.delete_case_line import DeleteCaseLine
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.row_table import RowTable
from intake_app.ui.widgets import Card, EmptyLine, InlineMessage, set_up_table
from intake_app.workflows.case_history import case_history
from intake_app.workflows.undo_change import undo_change

_HEADS = ("When", "Who", "What", "Before", "After")


class HistoryModel(RowTable):
    """Changes as rows of a table; times on the clocks of `zone`."""

    rows: Sequence[Change]
    zone = ZoneInfo("UTC")

    @override
    def words(self, row: Change, column: int) -> str:
        if column == 0:
            at = row.at.astimezone(self.zone)
            return f"{at:%a} {at.day} {at:%b %H:%M}"
        if column == 1:
            return row.member
        if column == 2:
            if row.label:
                return f"{row.record} · {row.label}"
            return f"{row.record} {row.action}" if row.record else row.action
        return row.before if column == 3 else row.after


class HistoryView(QWidget):
    """The card with the history and its one button."""

    undone = Signal(object)
    """A change was taken back: the case (`CaseFile`) as it is now."""

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._clock = jobs, clock
        self._office: Office | None = None
        self._request = 0
        self._changes: tuple[Change, ...] = ()
        self.card = Card("History")
        self.looks = QCheckBox("Show who opened it")
        self.looks.toggled.connect(lambda _on: self._show())
        self.card.head.addWidget(self.looks)
        self.undo = self.card.add_button("Undo this change", self._undo)
        self.delete = DeleteCaseLine(jobs, clock)
        self.delete.failed.connect(self.message_of)
        self.message = InlineMessage()
        self.table = QTableView()
        self.model = HistoryModel(_HEADS, self)
        self.table.setModel(self.model)
        set_up_table(self.table, "History", [150, 120, 250, 0, 0])
        self.nothing = EmptyLine("Every change of this case will stand here, with who made it.")
        self.card.body.addWidget(self.message)
        self.card.body.addWidget(self.nothing, 1)
        self.card.body.addWidget(self.table, 1)
        self.card.body.addWidget(self.delete)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card, 1)
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        self.show_changes((), "UTC")

    def read(self, office: Office, case: CaseFile) -> None:
        """Read the history of a case and show it; what was shown of another case goes."""
        self._office = office
        self._request += 1
        self.delete.show_case(office, case)
        work = partial(case_history, office, case.case_id)
        self._jobs.run(work, partial(self._came, self._request), self._failed)

    def forget(self) -> None:
        """Show nothing, because another case is open now."""
        self._request += 1
        self.message.clear()
        self.delete.close_question()
        self.show_changes((), "UTC")

    def message_of(self, sentence: str) -> None:
        """Say that something could not be done."""
        self.message.say(sentence)

    def show_changes(self, changes: tuple[Change, ...], zone: str) -> None:
        """Show the history; the newest change that can be undone is chosen."""
        self.model.zone = ZoneInfo(zone)
        self._changes = changes
        self._show()

    def _show(self) -> None:
        shown = [one for one in self._changes if self.looks.isChecked() or one.action != OPENED]
        self.model.show_rows(shown)
        self.nothing.setVisible(not shown)
        self.table.setVisible(bool(shown))
        for row, change in enumerate(shown):
            if change.undoable:
                self.table.selectRow(row)
                break
        self._chosen()

    def _change(self) -> Change | None:
        rows = self.table.selectionModel().selectedRows()
        return self.model.rows[rows[0].row()] if rows else None

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
