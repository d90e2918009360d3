"""One part of a report on the screen: its figures, shares, amounts and bars. All protected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from intake_app.core.reports.release import ReportPart
from intake_app.ui.report_cells import amounts, counts, place_in
from intake_app.ui.report_chart import Bar, ReportChart
from intake_app.ui.report_figures import FiguresTable
from intake_app.ui.theme import Theme
from intake_app.ui.widgets import Card, QuietButton, Words, dp

NOW, THEN = "These dates", "A year before"


class PartCard(Card):
    """The third side, and the year before of a table with columns, are chosen in its head."""

    def __init__(
        self,
        part: ReportPart,
        shares: Sequence[str],
        threshold: int,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(part.part.title, parent)
        self.title.setWordWrap(True)
        self.part = part
        self._axes = part.table.shape.axes
        self.third = _choice("Shown for", self)
        self.when = _choice("Shown of", self)
        self.column = _choice("What the bars show", self)
        self.table = FiguresTable(self)
        self.chart = ReportChart(theme, self)
        self.chart_title = Words("", "label", wrap=True, parent=self)
        self._lay_out(shares, threshold)
        self._fill()
        for choice in (self.third, self.when, self.column):
            choice.activated.connect(self.draw)
        self.draw()

    def _lay_out(self, shares: Sequence[str], threshold: int) -> None:
        if len(self._axes) > 2:
            row = QHBoxLayout()
            row.setSpacing(dp(8))
            row.addWidget(Words(self._axes[2].title, "label"))
            row.addWidget(self.third)
            row.addStretch(1)
            self.body.addLayout(row)
        self.head.addWidget(self.when)
        self.body.addWidget(self.table)
        for words in shares:
            self.body.addWidget(Words(words, "strong", wrap=True))
        added_up = amounts(self.part, threshold)
        if added_up is not None:
            table = FiguresTable(self)
            table.show_cells(added_up)
            self.body.addSpacing(dp(6))
            self.body.addWidget(table)
        if not self._axes:
            return
        row = QHBoxLayout()
        row.setContentsMargins(0, dp(10), 0, 0)
        row.addWidget(self.chart_title, 1)
        row.addWidget(self.column)
        self.body.addLayout(row)
        self.body.addWidget(self.chart)

    def _fill(self) -> None:
        # Made here for all; what has no place in this part is not to be seen.
        self.third.setVisible(len(self._axes) > 2)
        for widget in (self.chart, self.chart_title):
            widget.setVisible(bool(self._axes))
        if len(self._axes) > 2:
            self.third.addItems(list(self._axes[2].labels))
            self.third.setCurrentIndex(len(self._axes[2].groups))
        self.when.addItems([NOW, THEN])
        self.when.setVisible(len(self._axes) > 1 and self.part.year_before is not None)
        if len(self._axes) > 1:
            self.column.addItems(list(self._axes[1].labels))
            self.column.setCurrentIndex(len(self._axes[1].groups))
        self.column.setVisible(len(self._axes) > 1)

    def draw(self, _index: int = 0) -> None:
        """Show what is chosen."""
        third = max(self.third.currentIndex(), 0)
        before = self.when.currentText() == THEN
        self.table.show_cells(counts(self.part, third, before=before))
        if not self._axes:
            return
        table = self.part.year_before if before else None
        table = table or self.part.table
        column = max(self.column.currentIndex(), 0)
        chosen = f": {self.column.currentText()}" if len(self._axes) > 1 else ""
        chosen += f", {self.third.currentText()}" if len(self._axes) > 2 else ""
        title = f"{self._axes[0].title}{chosen}"
        self.chart_title.setText(title)
        self.chart.show_bars(
            f"{self.part.part.title}. {title}",
            [
                Bar(group.label, table.at(place_in(table, row, column, third)))
                for row, group in enumerate(self._axes[0].groups)
            ],
        )

    def add_back(self, words: str) -> QuietButton:
        """Say that the sides are coarser than the table's own, and offer these again."""
        button = QuietButton(words, "link")
        row = QHBoxLayout()
        row.addWidget(Words("In wider groups than usual.", "help"))
        row.addWidget(button)
        row.addStretch(1)
        self.body.insertLayout(0, row)
        return button


def _choice(name: str, parent: QWidget) -> QComboBox:
    made = QComboBox(parent)
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(14)
    return made
