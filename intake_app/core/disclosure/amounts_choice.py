"""Choosing which further totals to withhold so that no withheld one can be worked out.

Starting from the true totals, how far may one of them move while every published total stays
what it is and none falls below 0? That must be far enough up and down for every total that is
withheld for itself, and for every piece nobody published that a reader gets by subtracting.
The same linear program as for counts, with amounts for values.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.unknowns import Equations
from intake_app.core.errors import NotSafe

Floats = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]
Wanted = tuple[int, float]
"""A target, and how far it must move: below 0 for down."""

_new_solver: Callable[[], highspy.Highs] = highspy.Highs
"""Named once with its type, because the class itself declares none for its start."""

_ROOM = 1e-6


class CannotHide(Exception):
    """Even with every open total withheld a total could be worked out."""


@dataclass(frozen=True)
class Hiding:
    """What must stay hidden, in unknowns by number.

    `fixed` are known to the reader, `open` are those about which there is a choice, the others
    are never shown. Each of `targets` must be able to move `up` and `down` by as much as is
    given for it. `cost` is the price of withholding an open one.
    """

    equations: Equations
    values: Floats
    fixed: Marks
    open: Marks
    targets: npt.NDArray[np.intp]
    up: Floats
    down: Floats
    cost: Floats


@dataclass(frozen=True)
class Patience:
    """The time there is, and whether the user has stopped it. It changes no answer."""

    seconds: float
    stop: Callable[[], bool] | None = None
    _began: float = field(default_factory=time.monotonic)

    def left(self) -> float:
        """Seconds left. Raises NotSafe when there are none, or the user stopped it."""
        if self.stop is not None and self.stop():
            raise NotSafe("Stopped. Nothing was written.")
        left = self._began + self.seconds - time.monotonic()
        if left <= 0:
            raise NotSafe(
                "The safety check could not be finished in time. Nothing was written. "
                "Try again with more time, or leave out a table with hours or days."
            )
        return left


def choose_hidden(hiding: Hiding, patience: Patience) -> Marks:
    """The open totals to withhold. Raises CannotHide, or NotSafe out of time."""
    movement = _Movement(hiding, patience)
    wanted = [(int(t), step) for t in hiding.targets for step in (hiding.up[t], -hiding.down[t])]
    wanted = sorted(((t, s) for t, s in wanted if s), key=lambda w: (-abs(w[1]), w))
    withheld = np.zeros(len(hiding.values), bool)
    used: dict[Wanted, Marks] = {}
    for each in wanted:
        if each not in used:
            moves = movement.cheapest(*each, withheld, hiding.open)
            if moves is None:
                raise CannotHide
            withheld |= _serve(moves, wanted, used) & hiding.open
    return _needed(hiding, movement, withheld, used)


def _serve(moves: Floats, wanted: Sequence[Wanted], used: dict[Wanted, Marks]) -> Marks:
    """Note the movement for every target it moves far enough: a part of it would do as well."""
    moved: Marks = np.abs(moves) > _ROOM
    for target, step in wanted:
        if (target, step) not in used and moves[target] * np.sign(step) >= abs(step) - _ROOM:
            used[target, step] = moved
    return moved


def _needed(
    hiding: Hiding, movement: _Movement, withheld: Marks, used: dict[Wanted, Marks]
) -> Marks:
    """Show again, the dearest first, what nothing needs to move."""
    order = np.flatnonzero(withheld)
    for u in order[np.lexsort((order, -hiding.cost[order]))]:
        without = withheld.copy()
        without[u] = False
        left = [each for each, moved in used.items() if moved[u]]
        again: dict[Wanted, Marks] = {}
        for each in left:
            if each not in again:
                moves = movement.cheapest(*each, without, without)
                if moves is None:
                    break
                _serve(moves, left, again)
        else:
            withheld = without
            used |= again
    return withheld


class _Movement:
    """The linear program, solved again and again: two columns for each unknown, up and down."""

    def __init__(self, hiding: Hiding, patience: Patience) -> None:
        self._hiding, self._patience = hiding, patience
        self._free = np.flatnonzero(~hiding.fixed)
        self._place = np.full(len(hiding.values), -1)
        self._place[self._free] = np.arange(len(self._free))
        self._columns = np.arange(2 * len(self._free), dtype=np.int32)
        solver = self._solver = _new_solver()
        for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 1),
                            ("presolve", "off"), ("solver", "simplex")):  # fmt: skip
            solver.setOptionValue(name, value)
        model = highspy.HighsLp()
        left = hiding.equations.without(hiding.fixed)
        size, index = len(self._free), self._place[left.unknowns]
        model.num_col_, model.num_row_ = 2 * size, left.size
        model.col_cost_ = model.col_lower_ = model.col_upper_ = np.zeros(2 * size)
        model.row_lower_ = model.row_upper_ = np.zeros(left.size)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = (2 * left.starts).astype(np.int32)
        model.a_matrix_.index_ = np.column_stack([index, index + size]).ravel().astype(np.int32)
        model.a_matrix_.value_ = np.column_stack([left.factors, -left.factors]).ravel()
        solver.passModel(model)

    def cheapest(self, target: int, step: float, withheld: Marks, may_move: Marks) -> Floats | None:
        """How all unknowns move when the target moves by `step`, at the least cost.

        Open ones outside `may_move` stay where they are; those in it, but not in `withheld`, cost
        their price for each unit. None where it can't be done.
        """
        hiding, free, size = self._hiding, self._free, len(self._free)
        still = (hiding.open & ~may_move)[free]
        up = np.where(still, 0.0, highspy.kHighsInf)
        down = np.where(still, 0.0, hiding.values[free])
        low, high = np.zeros(2 * size), np.concatenate([up, down])
        here = int(self._place[target])
        way, other = (here, here + size) if step > 0 else (here + size, here)
        low[way] = high[way] = abs(step)
        high[other] = 0.0
        price = np.where(hiding.open & ~withheld, hiding.cost, 0.0)[free]
        solver = self._solver
        solver.changeColsBounds(2 * size, self._columns, low, high)
        solver.changeColsCost(2 * size, self._columns, np.concatenate([price, price]))
        solver.setOptionValue("time_limit", solver.getRunTime() + self._patience.left())
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            self._patience.left()
            raise NotSafe(
                "The safety check did not get an answer, so nothing was written. "
                "Leave out a table with hours or days and try again."
            )
        found = np.array(solver.getSolution().col_value)
        moves = np.zeros(len(hiding.values))
        moves[free] = found[:size] - found[size:]
        return moves
