"""What the cost of custody is worked out from: typed by the office, printed with its source."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from intake_app.core.reports.release import Costs
from intake_app.ui.half_typed import kept
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.widgets import Card, Words, dp, empty

_MOST = 1_000_000.0


def read_number(typed: str) -> float | None:
    """A number above 0 as people write it (`$1,234.50`); None for nothing typed.

    Raises ValueError for anything else.
    """
    plain = typed.replace("$", "").replace(",", "").strip()
    if not plain:
        return None
    if not plain.isascii() or not plain.replace(".", "", 1).isdigit():
        raise ValueError(typed)
    number = float(plain)
    if not 0 < number <= _MOST:
        raise ValueError(typed)
    return number


class CostsCard(Card):
    """Stands with the table of costs. What can't be read is said beside its field."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What it is worked out from", parent)
        self.per_day, self.per_day_source = QLineEdit(), QLineEdit()
        self.days, self.days_source = QLineEdit(), QLineEdit()
        self.error = Words("", "error", wrap=True)
        self.error.hide()
        form = self._form = PlainForm()
        form.ask("Cost of one inmate-day, in dollars", self.per_day)
        form.ask("Where that figure is from", self.per_day_source)
        form.ask("Mean stay without a detainer, in days", self.days)
        form.ask("Where that figure is from", self.days_source)
        for line, words in (
            (self.per_day_source, "Source of the cost of a day"),
            (self.days_source, "Source of the mean stay"),
        ):
            line.setAccessibleName(words)
            line.setMaxLength(200)
            line.setPlaceholderText("Printed with the figure")
        self.results = QVBoxLayout()
        self.results.setSpacing(dp(4))
        self.body.addLayout(form)
        self.body.addWidget(self.error)
        self.body.addLayout(self.results)
        for line in (self.per_day, self.per_day_source, self.days, self.days_source):
            line.editingFinished.connect(self._typed)
            # They are printed with a release and never saved by themselves.
            line.textEdited.connect(partial(self._used, line))
        self._said = Costs()

    def show_stay(self, on: bool) -> None:
        """Whether the mean stay is asked too; only one of the methods needs it."""
        for line in (self.days, self.days_source):
            self._form.setRowVisible(line, on)

    def costs(self) -> Costs | None:
        """What is typed; None where a number can't be read or has no source."""
        try:
            per_day, days = read_number(self.per_day.text()), read_number(self.days.text())
        except ValueError:
            return None
        sources = self.per_day_source.text().strip(), self.days_source.text().strip()
        if (per_day is not None and not sources[0]) or (days is not None and not sources[1]):
            return None
        return Costs(per_day, sources[0], days, sources[1])

    def trouble(self) -> str:
        """One sentence where what is typed can't be used; empty where it can."""
        for line, of in ((self.per_day, "cost of a day"), (self.days, "mean stay")):
            try:
                read_number(line.text())
            except ValueError:
                return f"The {of} is no number. Write it like 140 or 21.5."
        return "" if self.costs() is not None else "Say where the figure is from."

    @staticmethod
    def _used(line: QLineEdit, _words: str) -> None:
        kept(line)

    def _typed(self) -> None:
        trouble = self.trouble()
        self.error.setText(trouble)
        self.error.setVisible(bool(trouble))
        costs = self.costs()
        if costs is not None and costs != self._said:
            self._said = costs
            self.changed.emit()

    def say_results(self, lines: Sequence[str]) -> None:
        """What both methods came to, worked out from published figures only."""
        empty(self.results)
        for words in lines:
            self.results.addWidget(Words(words, "plain", wrap=True))
