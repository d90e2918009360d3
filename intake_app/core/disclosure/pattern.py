"""Choosing what else to withhold so that no small count can be worked out, at little loss.

First a safe pattern by cheapest movement, target by target; then figures that turn out to be
needless are shown again; then a small 0/1 program (cutting planes, Fischetti and
Salazar-Gonzalez 2001) looks for a cheaper safe pattern. All effort is counted in steps, never in
seconds, so the same system gives the same pattern on every run; the time budget can only end
in a refusal.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

import highspy
import numpy as np

from intake_app.core.disclosure.leeway import (
    Budget,
    Leeway,
    OutOfTime,
    SolverFailed,
    System,
    Target,
    new_solver,
)
from intake_app.core.errors import NotSafe

_ROUNDS = 40
_NODES = 300
_LARGEST_EXACT = 40_000
"""Targets times open figures above which only the quick way is taken."""


@dataclass(frozen=True)
class _Safe:
    withheld: frozenset[int]
    used: dict[Target, frozenset[int]]
    cost: int


class CannotProtect(NotSafe):
    """Even with everything withheld that may be, a small count could be worked out."""

    def __init__(self) -> None:
        super().__init__(
            "Earlier summaries of dates that overlap these already show too much: together "
            "with any new figures they would point at a small group of people. Nothing was "
            "written. Choose dates that do not overlap an earlier summary of this table."
        )


def choose_withheld(system: System, budget: Budget) -> frozenset[int]:
    """The open figures to withhold besides those that are withheld anyway.

    With them every target can move as far as it must. The same system always gives the same
    answer. Raises NotSafe when that can't be had, when the time is up or the solver fails.
    """
    budget.left()
    if not system.targets:
        return frozenset()
    leeway = Leeway(system, budget)
    hardest_first = sorted(system.targets, key=lambda t: (-abs(t.change), t.part, t.change))
    best = _cleaned(system, leeway, _quick(system, leeway, hardest_first, frozenset()))
    other = _cleaned(system, leeway, _quick(system, leeway, hardest_first[::-1], frozenset()))
    if other.cost < best.cost:
        best = other
    if best.withheld and len(system.targets) * len(leeway.open) <= _LARGEST_EXACT:
        best = _cheaper(system, leeway, budget, hardest_first, best)
    return best.withheld


def provable(system: System, budget: Budget) -> bool:
    """Whether the reader can work out a target, with every open figure shown.

    Raises NotSafe when the time is up or the solver fails.
    """
    leeway = Leeway(system, budget)
    return any(not leeway.reach(target, frozenset()).enough for target in system.targets)


def _cost(system: System, withheld: Set[int]) -> int:
    return sum(system.figures[f].cost for f in withheld)


def _quick(system: System, leeway: Leeway, order: Sequence[Target], start: frozenset[int]) -> _Safe:
    """A safe pattern that holds `start`: for each target withhold what moves most cheaply."""
    withheld = start
    used: dict[Target, frozenset[int]] = {}
    for target in order:
        moved = leeway.cheapest(target, withheld)
        if moved is None:
            raise CannotProtect
        used[target] = moved
        withheld |= moved & leeway.open
    return _Safe(withheld, used, _cost(system, withheld))


def _cleaned(system: System, leeway: Leeway, safe: _Safe) -> _Safe:
    """Show again, the dearest first, what no target needs."""
    withheld, used = safe.withheld, dict(safe.used)
    for figure in sorted(withheld, key=lambda f: (-system.figures[f].cost, f)):
        without = withheld - {figure}
        again: dict[Target, frozenset[int]] = {}
        for target, moved in used.items():
            if figure not in moved:
                continue
            reach = leeway.reach(target, without)
            if not reach.enough:
                break
            again[target] = reach.used
        else:
            withheld = without
            used |= again
    return _Safe(withheld, used, _cost(system, withheld))


def _cheaper(
    system: System, leeway: Leeway, budget: Budget, targets: Sequence[Target], best: _Safe
) -> _Safe:
    """Cutting planes: the cheapest pattern that keeps all cuts, until it is safe or no cheaper."""
    columns = sorted(leeway.open)
    place = {figure: column for column, figure in enumerate(columns)}
    choice = _Choice([system.figures[f].cost for f in columns], budget)
    pattern: frozenset[int] = frozenset()
    for _ in range(_ROUNDS):
        reaches = leeway.check_all(targets, pattern)
        short = [reach for reach in reaches if not reach.enough]
        if not short:
            used = {t: reach.used for t, reach in zip(targets, reaches, strict=True)}
            found = _Safe(pattern, used, _cost(system, pattern))
            return found if found.cost < best.cost else best
        for reach in short:
            choice.add({place[f]: price for f, price in reach.price.items()}, reach.level)
        if pattern:
            mended = _cleaned(system, leeway, _quick(system, leeway, targets, pattern))
            if mended.cost < best.cost:
                best = mended
        chosen = choice.cheapest()
        if chosen is None:
            return best
        pattern = frozenset(columns[column] for column in chosen)
        if _cost(system, pattern) >= best.cost:
            return best  # nothing cheaper is left
    return best


class _Choice:
    """The 0/1 program: one yes or no for each open figure, and the cuts found so far."""

    def __init__(self, costs: Sequence[int], budget: Budget) -> None:
        self._budget = budget
        self._solver = new_solver()
        for name, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 1),
            ("mip_max_nodes", _NODES),
            ("mip_rel_gap", 0.0),
        ):
            self._solver.setOptionValue(name, value)
        size = len(costs)
        nothing_i, nothing_f = np.zeros(0, np.int32), np.zeros(0)
        self._solver.addCols(size, np.array(costs, np.float64), np.zeros(size), np.ones(size), 0,
                             nothing_i, nothing_i, nothing_f)  # fmt: skip
        for column in range(size):
            self._solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)

    def add(self, price: dict[int, float], level: float) -> None:
        """A cut: the sum of the prices of what is withheld must come to `level`."""
        self._solver.addRow(level - 1e-7, highspy.kHighsInf, len(price),
                            np.array(list(price), np.int32),
                            np.array(list(price.values())))  # fmt: skip

    def cheapest(self) -> list[int] | None:
        """The columns of the cheapest choice; None when it is not found in the allowed steps."""
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + self._budget.left())
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kTimeLimit:
            raise OutOfTime
        if status == highspy.HighsModelStatus.kSolutionLimit:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise SolverFailed
        values = self._solver.getSolution().col_value
        return [column for column, value in enumerate(values) if value > 0.5]
