"""The rows of a repeated record: a small table, add and remove, and the form of one row."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from intake_app.core.answers import show
from intake_app.core.case import Entry
from intake_app.core.fields import Kind, Question, title_of
from intake_app.core.findings import Finding
from intake_app.core.vocabulary import Safe
from intake_app.ui.choice_tones import is_pill, tone_of
from intake_app.ui.form_view import FormView
from intake_app.ui.pill_delegate import PillDelegate
from intake_app.ui.theme import Theme
from intake_app.ui.widgets import Card, EmptyLine, dp, set_up_table

COLUMNS = 5
"""The table shows so many questions at the most; the form below shows all."""

ROWS_SHOWN = 7

_NARROW = {Kind.DATE: 104, Kind.PARTIAL_DATE: 104, Kind.NUMBER: 70, Kind.PHONE: 168}
_NARROW_BY_NAME = {"statute": 84, "form": 90}


class RecordsView(QWidget):
    """All rows of one repeated record of a case, and the form of the chosen one.

    later: as in `FormView`.
    """

    edited = Signal(object, str, object)
    """A question of a row was answered: the row's number, the question, the typed value."""

    drafted = Signal(object, str, str)
    """Words are being typed: the row's number, the question, the words so far."""

    add_wanted = Signal()
    remove_wanted = Signal(int)

    def __init__(
        self,
        record: type,
        questions: Sequence[Question],
        zone: str,
        parent: QWidget | None = None,
        *,
        later: bool = False,
    ) -> None:
        super().__init__(parent)
        title = title_of(record)
        self.record = record
        self._questions = questions
        self._columns = table_columns(questions)
        self._zone = zone
        self._entries: tuple[Entry[Any], ...] = ()
        self._chosen: int | None = None
        self._findings: tuple[Finding, ...] = ()
        self.card = Card(title.plural, self)
        self.add = self.card.add_button(f"Add {title.title.lower()}", self._add)
        self.table = QTableWidget(0, len(self._columns))
        set_up_table(self.table, title.plural, [0] * len(self._columns))
        self.table.setHorizontalHeaderLabels([question.label for question in self._columns])
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setWordWrap(True)
        for column, question in enumerate(self._columns):
            if wide := _NARROW.get(question.kind) or _NARROW_BY_NAME.get(question.name):
                head = self.table.horizontalHeader()
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
                self.table.setColumnWidth(column, dp(wide))
        # Not on a resize of this widget: then the columns may still have their old widths.
        self.table.horizontalHeader().geometriesChanged.connect(self._fit)
        self._pills: dict[int, PillDelegate] = {}
        for column, question in enumerate(self._columns):
            if is_pill(question):
                self._pills[column] = PillDelegate(partial(tone_of, question), self.table)
                self.table.setItemDelegateForColumn(column, self._pills[column])
        self.table.itemSelectionChanged.connect(self._choose)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)
        self.nothing = EmptyLine(f"None yet. “Add {title.title.lower()}” makes the first.")
        self.card.body.addWidget(self.nothing)
        self.card.body.addWidget(self.table)
        self.one = Card(title.title, self)
        self.remove = self.one.add_button("Remove", self._remove)
        self.remove.setAccessibleName(f"Remove this {title.title.lower()}")
        self.form = FormView(questions, zone, self.one, later=later)
        self.form.edited.connect(self._edited)
        self.form.drafted.connect(self._drafted)
        self.one.body.addWidget(self.form)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(dp(14))
        whole.addWidget(self.card)
        whole.addWidget(self.one)
        self._show()

    @property
    def chosen(self) -> int | None:
        """The number of the row whose form is shown."""
        return self._chosen

    def show_entries(self, entries: tuple[Entry[Any], ...]) -> None:
        """Show the saved rows; the same one stays chosen where it is still there."""
        self._entries = entries
        if self._chosen not in {entry.id for entry in entries}:
            self._chosen = entries[0].id if entries else None
            self._load()
        elif (chosen := self._entry()) is not None:
            self.form.show_record(chosen.record)
        self._show()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what is to be said about the rows: beside the questions of the chosen one.

        What is said about a telephone number stands in the table too: no number is ever shown
        without it.
        """
        told = tuple(findings)
        if told != self._findings:
            self._findings = told
            self._show()
        self.form.show_findings([one for one in findings if one.entry_id == self._chosen])

    def _words(self, entry: Entry[Any], question: Question) -> str:
        words = show(question, getattr(entry.record, question.name))
        if question.kind is not Kind.PHONE:
            return words
        said = [
            finding.words
            for finding in self._findings
            if (finding.entry_id, finding.field) == (entry.id, question.name)
        ]
        return "\n".join((words, *said))

    def themed(self, theme: Theme) -> None:
        """Colours or text size have changed: the pills follow."""
        for pill in self._pills.values():
            pill.theme = theme
        self._fit()
        self.table.viewport().update()

    def start_over(self, entries: tuple[Entry[Any], ...], zone: str) -> None:
        """Show the rows of another case."""
        self._zone, self._chosen, self._findings = zone, None, ()
        self._entries = ()
        self.show_entries(entries)

    def set_zone(self, zone: str) -> None:
        """Offer another time zone for times not typed yet, in this row and the coming ones."""
        self._zone = zone
        self.form.set_zone(zone)

    def choose(self, entry_id: int) -> None:
        """Show the form of a row and put the keyboard into it."""
        self.form.flush()
        self._chosen = entry_id
        self._load()
        self._show()
        self.form.focus_first()

    def bring_up(self, entry_id: int) -> None:
        """Show the form of a row that is there, and leave the keyboard where it is."""
        if entry_id != self._chosen and entry_id in {entry.id for entry in self._entries}:
            self._chosen = entry_id
            self._load()
            self._show()

    def _entry(self) -> Entry[Any] | None:
        return next((entry for entry in self._entries if entry.id == self._chosen), None)

    def _load(self) -> None:
        entry = self._entry()
        if entry is not None:
            self.form.start_over(entry.record, self._zone)
            self.show_findings(self._findings)

    def _show(self) -> None:
        entries = self._entries
        self.nothing.setVisible(not entries)
        self.table.setVisible(bool(entries))
        self.one.setVisible(bool(entries))
        self.table.blockSignals(True)
        self.table.setRowCount(len(entries))
        for row, entry in enumerate(entries):
            for column, question in enumerate(self._columns):
                words = self._words(entry, question)
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                self.table.setItem(row, column, item)
            if entry.id == self._chosen:
                self.table.selectRow(row)
        self.table.blockSignals(False)
        self._fit()
        chosen = self._entry()
        if chosen is not None:
            self.one.set_title(self._name(chosen))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Only now have the words their font."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Words are broken anew, and the table is as high as its rows."""
        # These tables have a handful of rows: measuring them costs nothing.
        heights = [self._height(row) for row in range(self.table.rowCount())]
        for row, height in enumerate(heights):
            self.table.setRowHeight(row, height)
        head = self.table.horizontalHeader().sizeHint().height()
        frame = 2 * self.table.frameWidth()
        self.table.setFixedHeight(head + sum(heights[:ROWS_SHOWN]) + frame)

    def _height(self, row: int) -> int:
        metrics, wrap = self.table.fontMetrics(), Qt.TextFlag.TextWordWrap
        highest = dp(22)
        for column in range(self.table.columnCount()):
            item = self.table.item(row, column)
            if item is not None and (pill := self._pills.get(column)) is not None:
                wide = self.table.columnWidth(column)
                highest = max(highest, pill.height(item.text(), wide, self.table.font()))
            elif item is not None:
                room = QRect(0, 0, self.table.columnWidth(column) - dp(20), 10_000)
                highest = max(highest, metrics.boundingRect(room, wrap, item.text()).height())
        return highest + dp(12)

    def _name(self, entry: Entry[Any]) -> str:
        for question in self._columns:
            # What may be done with a number is no name of it.
            if question.vocabulary is Safe or question.name == "statute":
                continue
            if question.kind in (Kind.LINE, Kind.CHOICE):
                words = show(question, getattr(entry.record, question.name))
                if words:
                    return words
        return title_of(self.record).title

    def _choose(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        if rows and self._entries[rows[0].row()].id != self._chosen:
            self.form.flush()
            self._chosen = self._entries[rows[0].row()].id
            self._load()
            self._show()

    def _add(self) -> None:
        self.form.flush()
        self.add_wanted.emit()

    def _remove(self) -> None:
        if self._chosen is not None:
            self.remove_wanted.emit(self._chosen)

    def _edited(self, field: str, value: object) -> None:
        self.edited.emit(self._chosen, field, value)

    def _drafted(self, field: str, words: str) -> None:
        self.drafted.emit(self._chosen, field, words)


def table_columns(questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions the table shows: those declared for it, else the first short ones."""
    if told := tuple(question for question in questions if question.column):
        return told
    short = [question for question in questions if question.kind not in (Kind.TEXT, Kind.CHOICES)]
    return tuple(short[: COLUMNS - 1])
