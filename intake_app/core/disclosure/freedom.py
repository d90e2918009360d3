"""How far a reader's idea of the figures may stray: one linear program in movements.

A reader can believe every set of figures that solves the equations, agrees with what is
published, and keeps every withheld figure at the least it can be. Starting from the true
figures, how far may one move? In movements `d` the program is

    equations(d) = 0,   d = 0 where published,   d >= -(value - least) elsewhere.

Source: the attacker's problem of M. Fischetti and J. J. Salazar-Gonzalez, "Solving the cell
suppression problem on tabular data with linear constraints", Management Science 47 (2001).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.unknowns import Equations

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

new_solver: Callable[[], highspy.Highs] = highspy.Highs
"""Named once with its type, because the class itself declares none for its start."""

ROOM = 1e-6
"""Counts are whole, so a millionth is rounding of the solver and nothing else."""


class OutOfTime(Exception):
    """The time allowed is up."""


class Cancelled(Exception):
    """The user has stopped it."""


class SolverFailed(Exception):
    """The solver gave up, which it should not on a program of this kind."""


class Budget:
    """A stopwatch: it can end the work, and decides nothing else."""

    def __init__(self, seconds: float, stop: Callable[[], bool] | None = None) -> None:
        self._until = time.monotonic() + seconds
        self._stop = stop

    def left(self) -> float:
        """Seconds left. Raises OutOfTime when there are none, Cancelled when stopped."""
        if self._stop is not None and self._stop():
            raise Cancelled
        left = self._until - time.monotonic()
        if left <= 0:
            raise OutOfTime
        return left


@dataclass(frozen=True)
class Target:
    """A hidden figure no reader may pin down: it must be able to move by `change` (not 0)."""

    unknown: int
    change: float


@dataclass(frozen=True)
class Hiding:
    """What is to be hidden, and at what price.

    For each unknown: its true value, the least a reader must allow for, whether it is
    published for good, and whether there is a choice (then withholding it costs `cost`, above
    0). What is neither published nor open is hidden anyway, and all targets are of that kind.
    """

    values: Floats
    least: Floats
    published: Mask
    open: Mask
    cost: Floats
    equations: Equations
    targets: tuple[Target, ...]


def quiet_solver() -> highspy.Highs:
    """One thread, one seed, no output: the same question always has the same answer."""
    solver = new_solver()
    for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 1)):
        solver.setOptionValue(name, value)
    return solver


def run(solver: highspy.Highs, budget: Budget) -> highspy.HighsModelStatus:
    """Solve within the time left. Raises OutOfTime, Cancelled or SolverFailed."""
    solver.setOptionValue("time_limit", solver.getRunTime() + budget.left())
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kTimeLimit:
        raise OutOfTime
    if status not in {
        highspy.HighsModelStatus.kOptimal,
        highspy.HighsModelStatus.kInfeasible,
        highspy.HighsModelStatus.kSolutionLimit,
    }:
        raise SolverFailed
    return status


class Freedom:
    """The program above; which open figures are hidden, and how far, changes between questions.

    Columns: one for each figure that is not published (up and down at once), and one more for
    each open one, so that up and down can have a price each.
    """

    def __init__(self, hiding: Hiding, budget: Budget) -> None:
        self._budget = budget
        self.iterations = 0
        self.free = np.flatnonzero(~hiding.published)
        self.size = len(self.free)
        self._column = np.full(len(hiding.values), -1)
        self._column[self.free] = np.arange(self.size)
        self.room = (hiding.values - hiding.least)[self.free]
        self.open = np.flatnonzero(hiding.open[self.free])
        self._downs = self.size + np.arange(len(self.open))
        self._pairs = np.concatenate([self.open, self._downs]).astype(np.int32)
        self._solver = self._build(hiding)
        self._aimed: int | None = None

    def column(self, target: Target) -> int:
        """The place of a target's movement in a flow."""
        return int(self._column[target.unknown])

    def _build(self, hiding: Hiding) -> highspy.Highs:
        solver = quiet_solver()
        for name, value in (("presolve", "off"), ("solver", "simplex"), ("simplex_strategy", 4)):
            solver.setOptionValue(name, value)
        equations = hiding.equations.without(hiding.published)
        columns = self._column[equations.unknowns]
        rows, factors = equations.row_of, equations.factors
        place = np.full(self.size, -1)
        place[self.open] = self._downs
        both = place[columns] >= 0
        order = np.argsort(np.concatenate([rows, rows[both]]), kind="stable")
        counts = np.bincount(np.concatenate([rows, rows[both]]), minlength=equations.size)
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int32)
        all_columns = np.concatenate([columns, place[columns[both]]])[order].astype(np.int32)
        all_factors = np.concatenate([factors, -factors[both]])[order]
        total = self.size + len(self.open)
        lower, upper = np.zeros(total), np.full(total, highspy.kHighsInf)
        lower[: self.size] = -self.room
        lower[self.open] = 0.0
        none_i, none_f = np.zeros(0, np.int32), np.zeros(0)
        solver.addCols(total, np.zeros(total), lower, upper, 0, none_i, none_i, none_f)
        if equations.size:
            zeros = np.zeros(equations.size)
            solver.addRows(equations.size, zeros, zeros, len(all_columns), starts,
                           all_columns, all_factors)  # fmt: skip
        return solver

    def let_move(self, up: Floats, down: Floats) -> None:
        """How far each open figure may go up and down."""
        upper = np.concatenate([up, down])
        self._solver.changeColsBounds(len(upper), self._pairs, np.zeros(len(upper)), upper)

    def hide(self, hidden: Mask) -> None:
        """Let only these of the open figures move, as far as a reader must allow for."""
        down = np.where(hidden, self.room[self.open], 0.0)
        self.let_move(np.where(hidden, highspy.kHighsInf, 0.0), down)

    def price(self, price: Floats) -> None:
        """What a unit of movement of each open figure costs."""
        both = np.concatenate([price, price])
        self._solver.changeColsCost(len(both), self._pairs, both)

    def _aim(self, column: int, low: float, high: float) -> None:
        if self._aimed != column:
            self._aim_at_nothing()
        self._solver.changeColBounds(column, low, high)
        self._aimed = column

    def _aim_at_nothing(self) -> None:
        if self._aimed is not None:
            before = self._aimed
            self._solver.changeColBounds(before, -self.room[before], highspy.kHighsInf)
            self._solver.changeColCost(before, 0.0)
        self._aimed = None

    def cheapest(self, target: Target) -> Floats | None:
        """The movements that take the target as far as it must go, at the least price."""
        column = self.column(target)
        self._aim(column, target.change, target.change)
        self._solver.changeColCost(column, 0.0)
        if self._run() == highspy.HighsModelStatus.kInfeasible:
            return None
        return self.flow()

    def reach(self, target: Target) -> float:
        """How far the target can go, at most as far as it must. No price may be set."""
        column, room = self.column(target), self.room[self.column(target)]
        if target.change > 0:
            self._aim(column, -room, target.change)
        else:
            self._aim(column, max(-room, target.change), highspy.kHighsInf)
        self._solver.changeColCost(column, -1.0 if target.change > 0 else 1.0)
        if self._run() == highspy.HighsModelStatus.kInfeasible:
            raise SolverFailed  # not moving at all is always possible
        return abs(float(self._solver.getSolution().col_value[column]))

    def all_at_once(self, targets: list[Target]) -> Floats:
        """Movements that take as many of these as far as one program can.

        Of two targets of one unknown, up and down, only the first has a say.
        """
        self._aim_at_nothing()
        every = np.array([self.column(t) for t in targets], np.int32)
        columns, first = np.unique(every, return_index=True)
        change = np.array([t.change for t in targets])[first]
        low = np.where(change > 0, -self.room[columns], np.maximum(-self.room[columns], change))
        high = np.where(change > 0, change, highspy.kHighsInf)
        self._solver.changeColsBounds(len(columns), columns, low, high)
        self._solver.changeColsCost(len(columns), columns, -1.0 / change)
        if self._run() != highspy.HighsModelStatus.kOptimal:
            raise SolverFailed
        flow = self.flow()
        endless = np.full(len(columns), highspy.kHighsInf)
        self._solver.changeColsBounds(len(columns), columns, -self.room[columns], endless)
        self._solver.changeColsCost(len(columns), columns, np.zeros(len(columns)))
        return flow

    def _run(self) -> highspy.HighsModelStatus:
        status = run(self._solver, self._budget)
        self.iterations += max(0, self._solver.getInfo().simplex_iteration_count)
        return status

    def flow(self) -> Floats:
        """The movements of the last answer, rounding cleared away."""
        found = np.array(self._solver.getSolution().col_value)
        moved = found[: self.size]
        moved[self.open] -= found[self.size :]
        moved[np.abs(moved) <= ROOM] = 0.0
        return moved

    def gains(self) -> Floats:
        """What a unit more of room for each open figure would have added to the last reach.

        Above 0: room to go up; below 0: room to go down.
        """
        return -np.array(self._solver.getSolution().col_dual)[self.open]
