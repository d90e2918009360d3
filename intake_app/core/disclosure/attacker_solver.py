"""How the attacker reckons: what sums of whole numbers allow, and linear programs for the rest.

Belongs to `attacker`. What is shown is taken out first, by bounds carried from sum to sum in
whole numbers; what is left falls into systems that have nothing to do with each other, each small
enough to be asked about thousands of times. Only the objective changes from question to question,
so each answer starts from the one before (primal simplex).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import cached_property
from math import ceil, floor

import highspy
import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.attacker_sums import (
    NO_LIMIT,
    Counts,
    Parts,
    Sums,
    contradiction,
)
from intake_app.core.errors import NotSafe

ROUNDING = 1e-6
"""HiGHS is right to 1e-7; counts of cases are whole."""

_ROUNDS = 200
"""Bounds settle within a few rounds; what has not by then is left to the linear programs."""

_new_solver: Callable[[], highspy.Highs] = highspy.Highs
"""Named once with its type, because the class itself declares none for its start."""


def new_solver() -> highspy.Highs:
    """A solver that says nothing and answers the same each time."""
    solver = _new_solver()
    for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 7)):
        solver.setOptionValue(name, value)
    return solver


def solver_name() -> str:
    """Name and version of the solver."""
    return f"HiGHS {_new_solver().version()}"


class Deadline:
    """The seconds allowed, and whether somebody stopped it. Past it there is no answer."""

    def __init__(self, seconds: float, stop: Callable[[], bool] | None = None) -> None:
        self._end = time.monotonic() + seconds
        self._stop = stop

    def remaining(self) -> float:
        """Seconds left. Raises NotSafe for none."""
        if self._stop is not None and self._stop():
            raise NotSafe("The safety check was stopped. Nothing was written.")
        remaining = self._end - time.monotonic()
        if remaining <= 0:
            raise NotSafe(
                "The safety check could not be finished in time. Nothing was written. Try "
                "again with more time, or group some lines together."
            )
        return remaining


class System:
    """What all sums together leave open: bounds of each unknown, and independent components.

    Raises NotSafe where the sums contradict each other.
    """

    def __init__(self, sums: Sums, unknowns: int) -> None:
        self.sums = sums
        self.low = np.zeros(unknowns, np.int64)
        self.high = np.full(unknowns, NO_LIMIT, np.int64)
        self._narrow()
        self.open = self.low < self.high
        self.home = np.full(unknowns, -1, np.intp)
        self.spot = np.zeros(unknowns, np.intp)
        self.components = list(self._components())

    def _reach(self) -> tuple[Counts, Counts, Counts, Counts]:
        """Least and greatest of each term, greatest left out (and counted) where unlimited."""
        sums, plus = self.sums, self.sums.signs > 0
        low, high = self.low[sums.columns], self.high[sums.columns]
        endless = high >= NO_LIMIT
        least = np.where(plus, low, np.where(endless, 0, -high))
        most = np.where(plus, np.where(endless, 0, high), -low)
        return least, most, (endless & ~plus).astype(np.int64), (endless & plus).astype(np.int64)

    def _narrow(self) -> None:
        sums = self.sums
        plus = sums.signs > 0
        for _ in range(_ROUNDS):
            least, most, no_least, no_most = self._reach()
            other_least = self._by_row(least) - least
            other_most = self._by_row(most) - most
            limited = (self._by_row(no_least) - no_least == 0) & (sums.high < NO_LIMIT)[sums.rows]
            above = self._by_row(no_most) - no_most == 0
            top = np.where(limited, sums.high[sums.rows] - other_least, NO_LIMIT)
            bottom = np.where(above, sums.low[sums.rows] - other_most, -NO_LIMIT)
            before = (self.low.copy(), self.high.copy())
            np.minimum.at(self.high, sums.columns[plus], top[plus])
            np.maximum.at(self.low, sums.columns[plus], bottom[plus])
            np.minimum.at(self.high, sums.columns[~plus], -bottom[~plus])
            np.maximum.at(self.low, sums.columns[~plus], -top[~plus])
            if (self.low > self.high).any():
                raise contradiction()
            if (before[0] == self.low).all() and (before[1] == self.high).all():
                return

    def _by_row(self, terms: Counts) -> Counts:
        added = np.zeros(len(self.sums.low), np.int64)
        np.add.at(added, self.sums.rows, terms)
        return added[self.sums.rows]

    def _components(self) -> Iterator[Component]:
        sums = self.sums
        least, _, no_least, _ = self._reach()
        settled = (sums.high >= NO_LIMIT)[sums.rows] & (
            (self._by_row(least) >= sums.low[sums.rows]) & (self._by_row(no_least) == 0)
        )
        used = np.flatnonzero(self.open[sums.columns] & ~settled)
        rows, columns = sums.rows[used], sums.columns[used]
        label = np.arange(len(self.open))
        while True:
            smallest = np.full(len(sums.low), len(label))
            np.minimum.at(smallest, rows, label[columns])
            new = label.copy()
            np.minimum.at(new, columns, smallest[rows])
            if (new == label).all():
                break
            label = new
        fixed = np.zeros(len(sums.low), np.int64)
        shut = ~self.open[sums.columns]
        np.add.at(fixed, sums.rows[shut], sums.signs[shut] * self.low[sums.columns[shut]])
        free = np.flatnonzero(self.open)
        homes, self.home[free] = np.unique(label[free], return_inverse=True)
        order = np.argsort(self.home[free], kind="stable")
        members = np.split(free[order], np.cumsum(np.bincount(self.home[free]))[:-1])
        order = np.argsort(self.home[columns], kind="stable")
        held = np.bincount(self.home[columns], minlength=len(homes))
        entries = np.split(used[order], np.cumsum(held)[:-1]) if len(homes) else []
        for own, inside in zip(members if len(homes) else [], entries, strict=True):
            self.spot[own] = np.arange(len(own))
            yield Component(self, own, inside, fixed)

    def split(self, parts: Parts) -> tuple[int, dict[int, Parts]]:
        """A sum of unknowns as what is settled, and the places open in each component."""
        free = parts[self.open[parts]]
        settled = int(self.low[parts].sum() - self.low[free].sum())
        homes = self.home[free]
        return settled, {int(h): self.spot[free[homes == h]] for h in np.unique(homes)}


class Component:
    """Unknowns that hang together, asked about again and again.

    `columns` are their numbers in the whole system.
    """

    def __init__(self, system: System, columns: Parts, entries: Parts, fixed: Counts) -> None:
        sums = system.sums
        self.columns = columns
        self.low, self.high = system.low[columns], system.high[columns]
        used, rows = np.unique(sums.rows[entries], return_inverse=True)
        order = np.argsort(rows, kind="stable")
        self._start = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(used)))])
        self._index = system.spot[sums.columns[entries]][order]
        self._signs = sums.signs[entries][order]
        self._row_low = sums.low[used] - fixed[used]
        limited = sums.high[used] < NO_LIMIT
        self._row_high = np.where(limited, sums.high[used] - fixed[used], NO_LIMIT)

    @property
    def limits(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Least and greatest of each unknown."""
        return self.low.astype(np.float64), _limits(self.high)

    def rows_from(
        self, counts: Counts
    ) -> tuple[Parts, Parts, Counts, npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """The sums (starts, places, signs) and how far each may go from where it is at `counts`."""
        reached = np.zeros(len(self._row_low), np.int64)
        rows = np.repeat(np.arange(len(reached)), np.diff(self._start))
        np.add.at(reached, rows, self._signs * counts[self._index])
        high = np.where(self._row_high >= NO_LIMIT, NO_LIMIT, self._row_high - reached)
        low = (self._row_low - reached).astype(np.float64)
        return self._start, self._index, self._signs, low, _limits(high)

    def _program(self) -> highspy.Highs:
        solver = new_solver()
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.columns), len(self._row_low)
        model.col_cost_ = np.zeros(len(self.columns))
        model.col_lower_, model.col_upper_ = self.limits
        model.row_lower_ = self._row_low.astype(np.float64)
        model.row_upper_ = _limits(self._row_high)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = self._start.astype(np.int32)
        model.a_matrix_.index_ = self._index.astype(np.int32)
        model.a_matrix_.value_ = self._signs.astype(np.float64)
        solver.passModel(model)
        return solver

    @cached_property
    def _asked(self) -> highspy.Highs:
        solver = self._program()
        solver.setOptionValue("presolve", "off")
        solver.setOptionValue("solver", "simplex")
        solver.setOptionValue("simplex_strategy", 4)
        return solver

    def optimum(self, places: Parts, sign: int, deadline: Deadline) -> float | None:
        """The greatest (`sign` 1) or least (-1) the sum can be; None: no limit."""
        solver, spots = self._asked, places.astype(np.int32)
        solver.changeColsCost(len(spots), spots, np.full(len(spots), -float(sign)))
        reached = solve(solver, deadline)
        solver.changeColsCost(len(spots), spots, np.zeros(len(spots)))
        return None if reached is None else -sign * reached

    def solution(self) -> npt.NDArray[np.float64]:
        """The unknowns where the last optimum was found."""
        return np.array(self._asked.getSolution().col_value)


def _limits(high: Counts) -> npt.NDArray[np.float64]:
    return np.where(high >= NO_LIMIT, highspy.kHighsInf, high.astype(np.float64))


def solve(solver: highspy.Highs, deadline: Deadline, *, may_fail: bool = False) -> float | None:
    """The optimum; None for no limit, and for no solution where it `may_fail`.

    Raises NotSafe when the time is up or there is no answer.
    """
    solver.setOptionValue("time_limit", solver.getRunTime() + deadline.remaining())
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        return float(solver.getInfo().objective_function_value)
    if status in {
        highspy.HighsModelStatus.kUnbounded,
        highspy.HighsModelStatus.kUnboundedOrInfeasible,
    }:
        return None
    deadline.remaining()
    if status == highspy.HighsModelStatus.kInfeasible:
        if may_fail:
            return None
        raise contradiction()
    raise NotSafe("The safety check got no answer from the solver. Nothing was written.")


class Bounds:
    """The least and the greatest whole number any sum of unknowns can be."""

    def __init__(self, system: System, deadline: Deadline) -> None:
        self._system, self._deadline = system, deadline
        self._seen = [
            (np.full(len(each.columns), np.inf), np.full(len(each.columns), -np.inf))
            for each in system.components
        ]

    def of(self, parts: Parts) -> tuple[int, int | None]:
        """Least and greatest; None: nothing limits it."""
        settled, open_parts = self._system.split(parts)
        low: int = settled
        high: int | None = settled
        for home, places in open_parts.items():
            low += self._one(home, places, -1) or 0
            more = None if high is None else self._one(home, places, 1)
            high = None if high is None or more is None else high + more
        return max(0, low), high

    def _one(self, home: int, places: Parts, sign: int) -> int | None:
        component = self._system.components[home]
        least, most = self._seen[home]
        if len(places) == 1:
            place = places[0]
            if sign < 0 and least[place] <= component.low[place] + ROUNDING:
                return int(component.low[place])
            if sign > 0 and most[place] >= component.high[place] - ROUNDING:
                return int(component.high[place])
        reached = component.optimum(places, sign, self._deadline)
        if reached is None:
            return None
        found = component.solution()
        np.minimum(least, found, out=least)
        np.maximum(most, found, out=most)
        return ceil(reached - ROUNDING) if sign < 0 else floor(reached + ROUNDING)
