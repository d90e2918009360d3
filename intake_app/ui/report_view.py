"""The middle of the reports page: one report with all its parts, or why there is none yet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.core.reports.catalogue import DIMENSIONS
from intake_app.core.reports.costs import CostEstimate, cost_of_longer_stays, cost_of_nights
from intake_app.core.reports.policies import ILLUSTRATION
from intake_app.core.reports.release import Costs, Prepared, ReportPart
from intake_app.core.reports.tables import Compare, ReportTable
from intake_app.ui.desk_lists import rule
from intake_app.ui.report_cells import shares
from intake_app.ui.report_costs import CostsCard
from intake_app.ui.report_figures import FiguresTable
from intake_app.ui.report_part import PartCard
from intake_app.ui.report_policies import POLICIES, PolicyCard, side_by_side
from intake_app.ui.theme import Theme
from intake_app.ui.widgets import Card, Column, EmptyLine, Words, dp, empty

COST_MEASURES = ("midnights_held", "days_in_jail")
UNTICKED = "This table is not ticked. Tick it and press Check to see its figures."
WAITING = "Press Check to see the figures. Nothing is shown before it is checked."


class ReportView(Column):
    """Shows protected figures only: it is given those of a finished check, or none."""

    ungrouped = Signal(str)
    """A part's id: its own groups are wanted again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = Theme()
        self.parts: list[PartCard] = []
        self.costs = CostsCard()
        self.costs.hide()
        self._shown: dict[str, ReportPart] = {}
        self.policies = PolicyCard()
        self.policies.hide()
        self._simulates = False
        self._side_by_side: FiguresTable | None = None
        self._inside = QVBoxLayout()
        self._inside.setSpacing(dp(14))
        self.body.addWidget(self.policies)
        self.body.addWidget(self.costs)
        self.body.addLayout(self._inside)
        self.body.addStretch(1)
        self.costs.changed.connect(self._say_costs)

    def themed(self, theme: Theme) -> None:
        """Colours have changed."""
        self.theme = theme
        for card in self.parts:
            card.chart.theme = theme
            card.chart.update()

    def show_table(
        self, table: ReportTable, waits: str, prepared: Prepared | None, grouped: Collection[str]
    ) -> None:
        """Show one table of the list.

        waits: why there are no figures, where `prepared` has none of it. grouped: ids of parts
        that were put into wider groups.
        """
        self.clear()
        every = prepared.reports if prepared else ()
        made = {part.part.id: part for report in every for part in report.parts}
        self._shown = {part.id: made[part.id] for part in table.parts if part.id in made}
        left = {one.part_id: one for one in (prepared.left_out if prepared else ())}
        self._simulates = table.id == POLICIES
        self._show_inputs(table)
        for part in table.parts:
            if part.id in made and prepared is not None and not self._simulates:
                self._add_part(made[part.id], prepared.asked.threshold, part.id in grouped)
        for sentence in dict.fromkeys(left[p.id].sentence for p in table.parts if p.id in left):
            self._say(sentence)
        if self._simulates and self._shown:
            self._add_policies()
        if not self._shown and not any(part.id in left for part in table.parts):
            self._say(waits)
        self._say_costs()
        if table.compare:
            self._inside.addWidget(_published_elsewhere(table.compare))
        self._inside.addWidget(_definition(table))
        self.verticalScrollBar().setValue(0)

    def _show_inputs(self, table: ReportTable) -> None:
        measures = {measure for part in table.parts for measure in part.measures}
        self.costs.setVisible(self._simulates or measures >= set(COST_MEASURES))
        self.costs.show_stay(not self._simulates)
        self.policies.setVisible(self._simulates)

    def _add_policies(self) -> None:
        card = Card("Policies side by side")
        self._side_by_side = FiguresTable()
        card.body.addWidget(self._side_by_side)
        card.body.addWidget(Words(ILLUSTRATION, "help", wrap=True))
        self._inside.addWidget(card)

    def clear(self) -> None:
        """No figure of anything is left on the screen."""
        empty(self._inside)
        self.parts, self._shown, self._side_by_side = [], {}, None
        self.costs.hide()
        self.policies.hide()
        self.costs.say_results(())

    def say(self, words: str) -> None:
        """Only a sentence: what to do where there is nothing to show."""
        self.clear()
        self._say(words)

    def _say(self, words: str) -> None:
        card = Card()
        card.body.addWidget(EmptyLine(words))
        self._inside.addWidget(card)

    def _add_part(self, part: ReportPart, threshold: int, grouped: bool) -> None:
        axes = part.table.shape.axes
        unknown = DIMENSIONS[axes[0].dimension].unknown if axes else frozenset()
        card = PartCard(part, shares(part, unknown), threshold, self.theme, self.widget())
        if grouped:
            back = card.add_back("Use the usual groups")
            back.clicked.connect(partial(self._ungroup, part.part.id))
        self.parts.append(card)
        self._inside.addWidget(card)

    def _ungroup(self, part_id: str, _checked: bool = False) -> None:
        self.ungrouped.emit(part_id)

    def _say_costs(self) -> None:
        """Nothing here needs another check: it is worked out from figures that are shown."""
        costs = self.costs.costs()
        if costs is None or not self._shown:
            return
        if self._side_by_side is not None:
            listed = self.policies.listed
            self._side_by_side.show_cells(side_by_side(listed, self._shown, costs))
            return
        self.costs.say_results(
            [
                f"{one.title}: {one.words}. {one.note}".strip()
                for one in estimates(tuple(self._shown.values()), costs)
            ]
        )


def estimates(parts: Sequence[ReportPart], costs: Costs) -> Sequence[CostEstimate]:
    """Both methods, as far as there are inputs, from the published figures of a report."""
    nights = days = None
    known: int | None = None
    for part in parts:
        for one in part.amounts:
            if one.measure == COST_MEASURES[0]:
                nights = one.totals[-1]
            if one.measure == COST_MEASURES[1]:
                days = one.means[-1]
                table = part.known.get(one.measure)
                # The last side is known, not known; before it stands the total of each other.
                place = tuple(len(axis.groups) for axis in part.table.shape.axes)
                known = table.at((*place, 0)) if table else None
    made = cost_of_nights(nights, costs), cost_of_longer_stays(known, days, costs)
    return [one for one in made if one is not None]


def _published_elsewhere(compare: Sequence[Compare]) -> Card:
    card = Card("Published elsewhere")
    for place, one in enumerate(compare):
        if place:
            card.body.addWidget(rule())
        card.body.addWidget(Words(f"{one.figure} {one.of}", "plain", wrap=True))
        card.body.addWidget(Words(one.source, "quiet", wrap=True))
        card.body.addWidget(Words(f"Beware: {one.caution}", "help", wrap=True))
    return card


def _definition(table: ReportTable) -> Card:
    card = Card("What is counted")
    card.body.addWidget(Words(table.definition, "quiet", wrap=True))
    return card
