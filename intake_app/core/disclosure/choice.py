"""What else to withhold so that nothing hidden can be worked out, at the least loss.

First a safe pattern, quickly (`patterns`); then the cheapest one is looked for and proven
(`cuts`). The effort is counted in steps, so the same question has the same answer on every run;
only where the time is up in between is the first safe pattern taken. A proof is never a
condition.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.cuts import Cheaper, OutOfSteps, Steps
from intake_app.core.disclosure.freedom import (
    Budget,
    Freedom,
    Hiding,
    Mask,
    OutOfTime,
    Target,
)
from intake_app.core.disclosure.patterns import Pattern, Patterns

_STEPS = 3e8
"""For the whole of a release, some ten seconds; the tables of a year take a tenth of it."""

_SMALL = 20_000
"""Targets times open figures up to which the first pattern is made with more care."""


@dataclass(frozen=True)
class Choice:
    """`withheld` marks, of all unknowns, the open ones to withhold. `gap` is the share by which
    the cost may be above the least: 0 is proven, None was not worked out."""

    withheld: Mask
    cost: float
    gap: float | None


def choose(hiding: Hiding, budget: Budget) -> Choice:
    """The open figures to withhold so that every target can move as far as it must.

    Raises Impossible, OutOfTime, Cancelled or SolverFailed.
    """
    withheld = np.zeros(len(hiding.values), bool)
    cost, least, steps = 0.0, 0.0, Steps(_STEPS)
    known = True
    # Two passes: that all is safe comes first, that it is cheap after.
    work = [_Part(part, budget) for part in _parts(hiding)]
    for part in work:
        bound = part.improve(budget, steps)
        withheld[part.freedom.free[part.freedom.open[part.best.withheld]]] = True
        cost += part.best.cost
        known &= bound is not None
        least += bound or 0.0
    gap = (0.0 if cost <= least else 1 - least / cost) if known else None
    return Choice(withheld, cost, gap)


class _Part:
    """A part of the question that has nothing to do with the rest."""

    def __init__(self, hiding: Hiding, budget: Budget) -> None:
        self.freedom = Freedom(hiding, budget)
        self._patterns = Patterns(hiding, self.freedom)
        patterns, nothing = self._patterns, np.zeros(len(self.freedom.open), bool)
        self.best = patterns.quick(patterns.hardest, nothing, patterns.cost)
        if len(hiding.targets) * len(nothing) <= _SMALL and self.best.cost:
            other = patterns.quick(patterns.hardest[::-1], nothing, patterns.cost)
            first = self.best if self.best.cost <= other.cost else other
            self.best = patterns.cleaned(first, _unknown)

    def improve(self, budget: Budget, steps: Steps) -> float | None:
        """Look for a cheaper pattern; the bound under which there is none, if known."""
        if not self.best.cost:
            return 0.0
        search = Cheaper(self._patterns, self.freedom, self.best, budget, steps)
        with suppress(OutOfTime):  # then the first pattern stays, which is safe
            self.best = _searched(search, steps)
        return search.bound or None


def _searched(search: Cheaper, steps: Steps) -> Pattern:
    try:
        search.improve()
    except OutOfSteps:
        steps.left = max(steps.left, 0.0) + _STEPS / 10
        with suppress(OutOfSteps):
            search.clean()
    return search.best


def _unknown(_: Mask) -> bool:
    return False


def _parts(hiding: Hiding) -> list[Hiding]:
    """The question cut where no equation ties what is not published."""
    label = hiding.equations.without(hiding.published).components(len(hiding.values))
    wanted: dict[int, list[Target]] = {}
    for target in hiding.targets:
        wanted.setdefault(int(label[target.unknown]), []).append(target)
    return [_only(hiding, label == each, wanted[each]) for each in sorted(wanted)]


def _only(hiding: Hiding, own: npt.NDArray[np.bool_], targets: list[Target]) -> Hiding:
    return Hiding(
        hiding.values,
        hiding.least,
        hiding.published | ~own,
        hiding.open & own,
        hiding.cost,
        hiding.equations,
        tuple(targets),
    )
