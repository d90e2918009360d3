"""How far a reader's idea of the counts may stray: one linear program over all figures.

The reader of published figures can believe every set of counts that agrees with them. What is
asked here is always: starting from the true counts, how far may one count move while every
published figure stays what it is, and every withheld figure stays at 1 or more (it is no 0,
since zeros are shown)? In deviations `d` from the true counts the program is

    sum of d over the parts of figure f  =  up_f - down_f
    d_i >= -count_i,   0 <= up_f,   0 <= down_f <= value_f - least_f,
    up_f = down_f = 0 where f is published.

Source: the attacker's problem of M. Fischetti and J. J. Salazar-Gonzalez, "Solving the cell
suppression problem on tabular data with linear constraints", Management Science 47 (2001).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from enum import Enum

import highspy
import numpy as np
import numpy.typing as npt

from intake_app.core.errors import NotSafe

new_solver: Callable[[], highspy.Highs] = highspy.Highs
"""Named once with its type, because the class itself declares none for its start."""

ROOM = 1e-6
"""Counts are whole, so a millionth is rounding of the solver and nothing else."""


class State(Enum):
    """What is decided about a figure before the choice begins."""

    PUBLISHED = "published"
    WITHHELD = "withheld"
    OPEN = "open"


@dataclass(frozen=True)
class Figure:
    """A figure that is or was published or withheld: the sum of some counts.

    `parts` are places in `System.counts`; `value` is their sum; `least` is the smallest value
    the reader must allow for when it is withheld (1 where zeros are shown); `cost` is the
    price of withholding it, above 0.
    """

    parts: tuple[int, ...]
    value: int
    state: State
    cost: int = 1
    least: int = 1


@dataclass(frozen=True)
class Target:
    """A count the reader must not pin down: it must be able to move by `change` (not 0)."""

    part: int
    change: int


@dataclass(frozen=True)
class System:
    """Counts, all figures over them, and what has to stay hidden."""

    counts: tuple[int, ...]
    figures: tuple[Figure, ...]
    targets: tuple[Target, ...]


class Budget:
    """A stopwatch for the solver: no result depends on it, it can only end in a refusal."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left. Raises NotSafe when there are none."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise OutOfTime
        return left


class OutOfTime(NotSafe):
    """The check was not finished in time."""

    def __init__(self) -> None:
        super().__init__(
            "The safety check could not be finished in time. Nothing was written. "
            "Try again with more time, or group some rows or columns together."
        )


class SolverFailed(NotSafe):
    """The solver gave no answer."""

    def __init__(self) -> None:
        super().__init__(
            "The safety check did not get an answer, so nothing was written. "
            "Group some rows or columns together and try again."
        )


@dataclass(frozen=True)
class Reach:
    """How far a target can move under a pattern.

    `enough` says that it is as far as it must; `used` are the withheld figures that move with
    it. `price` and `level` are for a cut: every safe pattern y satisfies
    sum(price[f] * y[f]) >= level over the open figures f.
    """

    enough: bool
    used: frozenset[int]
    price: dict[int, float]
    level: float


class Leeway:
    """The linear program over one system, solved again and again from its last basis."""

    def __init__(self, system: System, budget: Budget) -> None:
        self._system = system
        self._budget = budget
        self._columns = len(system.counts)
        figures = system.figures
        self._open = frozenset(f for f, fig in enumerate(figures) if fig.state is State.OPEN)
        self._always = frozenset(f for f, fig in enumerate(figures) if fig.state is State.WITHHELD)
        self._down = np.array([fig.value - fig.least for fig in figures], dtype=np.float64)
        self._cost = np.array([fig.cost for fig in figures], dtype=np.float64)
        self._slack_columns = np.arange(
            self._columns, self._columns + 2 * len(figures), dtype=np.int32
        )
        self._solver = self._build()
        self._bounds_for: frozenset[int] | None = None
        self._aimed: int | None = None

    @property
    def open(self) -> frozenset[int]:
        """The figures about which there is a choice."""
        return self._open

    def _build(self) -> highspy.Highs:
        figures = self._system.figures
        solver = new_solver()
        for name, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 1),
            ("presolve", "off"),
            ("solver", "simplex"),
            # Primal simplex: from one question to the next mostly the aim changes.
            ("simplex_strategy", 4),
        ):
            solver.setOptionValue(name, value)
        lower = np.zeros(self._columns + 2 * len(figures))
        lower[: self._columns] = [-count for count in self._system.counts]
        upper = np.zeros_like(lower)
        upper[: self._columns] = highspy.kHighsInf
        nothing_i, nothing_f = np.zeros(0, np.int32), np.zeros(0)
        solver.addCols(len(lower), np.zeros_like(lower), lower, upper, 0, nothing_i, nothing_i,
                       nothing_f)  # fmt: skip
        starts: list[int] = []
        places: list[int] = []
        factors: list[float] = []
        for f, figure in enumerate(figures):
            starts.append(len(places))
            places += [*figure.parts, self._columns + 2 * f, self._columns + 2 * f + 1]
            factors += [1.0] * len(figure.parts) + [-1.0, 1.0]
        zeros = np.zeros(len(figures))
        solver.addRows(len(figures), zeros, zeros, len(places), np.array(starts, np.int32),
                       np.array(places, np.int32), np.array(factors))  # fmt: skip
        return solver

    def _set_withheld(self, withheld: frozenset[int]) -> None:
        if self._bounds_for == withheld:
            return
        mask = np.zeros(len(self._system.figures), dtype=bool)
        mask[list(withheld)] = True
        upper = np.zeros(2 * len(mask))
        upper[0::2] = np.where(mask, highspy.kHighsInf, 0.0)
        upper[1::2] = np.where(mask, self._down, 0.0)
        self._solver.changeColsBounds(len(upper), self._slack_columns, np.zeros_like(upper), upper)
        self._bounds_for = withheld

    def _aim(self, target: Target | None, *, exactly: bool) -> None:
        """Bound the target's own move, and free the one aimed at before."""
        if self._aimed is not None:
            count = self._system.counts[self._aimed]
            self._solver.changeColBounds(self._aimed, -count, highspy.kHighsInf)
            self._solver.changeColCost(self._aimed, 0.0)
        self._aimed = None
        if target is None:
            return
        self._aimed = target.part
        low, high = -float(self._system.counts[target.part]), float(highspy.kHighsInf)
        if exactly or target.change < 0:
            low = float(target.change)
        if exactly or target.change > 0:
            high = float(target.change)
        self._solver.changeColBounds(target.part, low, high)
        if not exactly:
            self._solver.changeColCost(target.part, -1.0 if target.change > 0 else 1.0)

    def _set_slack_cost(self, cost: npt.NDArray[np.float64]) -> None:
        self._solver.changeColsCost(len(cost), self._slack_columns, cost)

    def _run(self) -> bool:
        """Solve. True when there is an optimum, False when there is no solution at all."""
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + self._budget.left())
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return False
        if status == highspy.HighsModelStatus.kTimeLimit:
            raise OutOfTime
        if status != highspy.HighsModelStatus.kOptimal:
            raise SolverFailed
        return True

    def _moves(self) -> npt.NDArray[np.float64]:
        slack = np.array(self._solver.getSolution().col_value)[self._columns :]
        return np.asarray(slack[0::2] - slack[1::2], dtype=np.float64)

    def cheapest(self, target: Target, withheld: Set[int]) -> frozenset[int] | None:
        """The figures that move when the target moves as far as it must, at the least cost.

        Open figures outside `withheld` cost their price per unit of movement. None when it
        can't be done even with every open figure withheld.
        """
        hidden = frozenset(withheld) | self._always
        self._set_withheld(self._always | self._open)
        each = np.where([f in hidden for f in range(len(self._cost))], 0.0, self._cost)
        self._set_slack_cost(np.repeat(each, 2))
        self._aim(target, exactly=True)
        solved = self._run()
        self._set_slack_cost(np.zeros(2 * len(each)))
        if not solved:
            return None
        return frozenset(int(f) for f in np.flatnonzero(np.abs(self._moves()) > ROOM))

    def reach(self, target: Target, withheld: Set[int]) -> Reach:
        """How far the target can move when `withheld` (besides those always so) is hidden."""
        self._set_withheld(frozenset(withheld) | self._always)
        self._aim(target, exactly=False)
        if not self._run():
            raise SolverFailed  # not moving at all is always possible
        solution = self._solver.getSolution()
        moved = abs(solution.col_value[target.part])
        if moved >= abs(target.change) - ROOM:
            used = frozenset(int(f) for f in np.flatnonzero(np.abs(self._moves()) > ROOM))
            return Reach(True, used, {}, 0.0)
        duals = np.array(solution.col_dual)[self._columns :]
        return Reach(False, frozenset(), *self._cut(duals, moved, abs(target.change), withheld))

    def _cut(
        self, duals: npt.NDArray[np.float64], moved: float, needed: int, withheld: Set[int]
    ) -> tuple[dict[int, float], float]:
        """The inequality that this pattern breaks and every safe pattern keeps.

        By duality the target's reach under pattern y is at most
        moved + sum(gain_f * (y_f - now_f)). Coefficients above the right side are lowered to it,
        which keeps the inequality true because y is 0 or 1.
        """
        gain: dict[int, float] = {}
        level = needed - moved
        for f in self._open:
            more_up, more_down = max(0.0, -duals[2 * f]), max(0.0, -duals[2 * f + 1])
            gained = more_down * self._down[f]
            if f in withheld:
                level += gained
            elif more_up > ROOM:
                gained = float("inf")
            if gained > ROOM:
                gain[f] = gained
        return {f: float(min(gained, level)) for f, gained in sorted(gain.items())}, float(level)

    def check_all(self, targets: Iterable[Target], withheld: Set[int]) -> list[Reach]:
        """`reach` of every target under one pattern."""
        return [self.reach(target, withheld) for target in targets]
