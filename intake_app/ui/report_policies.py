"""The policy simulator: which convictions count as serious, and the policies side by side."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from intake_app.core.reports.catalogue import DIMENSIONS
from intake_app.core.reports.policies import (
    ILLUSTRATION,
    SERIOUS,
    Policy,
    conviction_policy,
    declared_policies,
    simulate,
    simulation_parts,
)
from intake_app.core.reports.release import Costs, ReportPart
from intake_app.core.reports.rows import Population
from intake_app.core.reports.tables import ReportTable
from intake_app.ui.flow import Flow
from intake_app.ui.report_cells import Cells
from intake_app.ui.widgets import Card, Words, dp

POLICIES = "policies"
_DIMENSION = "worst_conviction"


def policies(listed: frozenset[str]) -> tuple[Policy, ...]:
    """All declared policies; `listed` are the convictions of the one that goes by them."""
    return declared_policies(conviction_policy(listed))


def simulator(listed: frozenset[str]) -> ReportTable:
    """The simulator as a table of the list."""
    every = policies(listed)
    told = " ".join(f"{policy.title}: {policy.definition}" for policy in every)
    return ReportTable(
        id=POLICIES,
        code="P",
        title="Policy simulator",
        group="Policies",
        population=Population.EPISODES,
        definition=f"{ILLUSTRATION} {told}",
        parts=simulation_parts(every),
    )


def side_by_side(listed: frozenset[str], parts: Mapping[str, ReportPart], costs: Costs) -> Cells:
    """The policies in columns, worked out from protected figures only."""
    made = simulate(policies(listed), parts, costs)
    return Cells(
        title="Policies side by side",
        heads=("", *made.titles),
        lines=tuple((line.label, *line.words) for line in made.lines),
    )


class PolicyCard(Card):
    """What is chosen for the simulation."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Convictions that count as serious", parent)
        answers = DIMENSIONS[_DIMENSION]
        none = {"none", "pending"} | answers.unknown
        self.ticks = {key: QCheckBox(w) for key, w in answers.words.items() if key not in none}
        place = QWidget()
        flow = Flow(place, dp(8))
        for key, tick in self.ticks.items():
            tick.setChecked(key in SERIOUS)
            tick.clicked.connect(lambda _on, key=key: self._ticked(key))
            flow.addWidget(tick)
        self.body.addWidget(place)
        self.body.addWidget(
            Words("For the policy that honors only after a serious conviction.", "help", wrap=True)
        )

    @property
    def listed(self) -> frozenset[str]:
        """The convictions that are ticked; never none."""
        return frozenset(key for key, tick in self.ticks.items() if tick.isChecked())

    def _ticked(self, key: str) -> None:
        if not self.listed:
            # A policy needs something to go by.
            self.ticks[key].setChecked(True)
            return
        self.changed.emit()
