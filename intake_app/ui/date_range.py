"""The dates a summary is about."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QWidget

from intake_app.core.disclosure.table import Window
from intake_app.ui.widgets import Words, dp

ALL, YEAR, LAST_YEAR, QUARTER, OWN = (
    "All dates",
    "This year, to the end of last month",
    "Last year",
    "Last quarter",
    "Own dates",
)


def window_of(choice: str, today: date) -> Window:
    """The dates of one of the choices; `OWN` has none of its own. Full months only."""
    month = today.replace(day=1)
    quarter = month.replace(month=3 * ((month.month - 1) // 3) + 1)
    before = quarter - timedelta(days=1)
    if choice == LAST_YEAR:
        return Window(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
    if choice == QUARTER:
        return Window(before.replace(month=before.month - 2, day=1), before)
    if choice == YEAR:
        end = month - timedelta(days=1)
        return Window(date(end.year, 1, 1), end)
    return Window(None, None)


class DateRange(QWidget):
    """A choice of usual ranges, and two dates for any other."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = QComboBox()
        self.choice.setAccessibleName("Dates")
        self.choice.addItems([ALL, YEAR, LAST_YEAR, QUARTER, OWN])
        self.first, self.last = _edit("First day"), _edit("Last day")
        self._to = Words("to", "quiet")
        self._today = date(2000, 1, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(dp(8))
        for widget in (self.choice, self.first, self._to, self.last):
            row.addWidget(widget)
        self.choice.activated.connect(self._chosen)
        self.first.editingFinished.connect(self.changed)
        self.last.editingFinished.connect(self.changed)
        self._show_own()

    def set_today(self, today: date) -> None:
        """The day the usual ranges are counted from."""
        self._today = today
        window = window_of(YEAR, today)
        if window.start and window.end and self.choice.currentText() != OWN:
            self.first.setDate(QDate(window.start.year, window.start.month, window.start.day))
            self.last.setDate(QDate(window.end.year, window.end.month, window.end.day))

    def dates(self) -> Window | None:
        """The dates; None where the last is before the first."""
        if self.choice.currentText() != OWN:
            return window_of(self.choice.currentText(), self._today)
        first, last = _day(self.first), _day(self.last)
        return Window(first, last) if first <= last else None

    def _chosen(self, _index: int) -> None:
        self._show_own()
        self.changed.emit()

    def _show_own(self) -> None:
        own = self.choice.currentText() == OWN
        for widget in (self.first, self._to, self.last):
            widget.setVisible(own)


def _edit(name: str) -> QDateEdit:
    edit = QDateEdit()
    edit.setCalendarPopup(True)
    edit.setDisplayFormat("d MMM yyyy")
    edit.setAccessibleName(name)
    return edit


def _day(edit: QDateEdit) -> date:
    shown = edit.date()
    return date(shown.year(), shown.month(), shown.day())
