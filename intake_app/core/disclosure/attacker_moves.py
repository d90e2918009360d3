"""The smallest moves away from the true counts that bring a sum where it is wanted.

Belongs to `attacker`. The fewer counts move, the more often a linear program moves them by whole
numbers; a count made as great as can be drags half cases along with it nearly always.
"""

from __future__ import annotations

from collections.abc import Iterator

import highspy
import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.attacker_solver import Component, Deadline, new_solver, solve
from intake_app.core.disclosure.attacker_sums import Counts, Parts

_UNEVEN = 0.01
"""Moves cost a little more or less each, so that one of several equal ones is best."""


class Moves:
    """A program over how far each count of a component goes up or down from `true`."""

    def __init__(self, component: Component, true: Counts) -> None:
        self._component, self._true = component, true
        self._size = len(true)
        low, high = component.limits
        self._most = np.concatenate([high - true, true - low])
        self._cost = 1 + _UNEVEN * np.random.default_rng(7).random(2 * self._size)
        self._solver = self._program(self._most)
        self._solver.setOptionValue("presolve", "off")
        self._solver.setOptionValue("solver", "simplex")

    def to(
        self, places: Parts, goal: int, sign: int, deadline: Deadline
    ) -> Iterator[npt.NDArray[np.float64]]:
        """Counts with `sign` times the sum of `places` at `goal` or more, quickest first.

        Those by linear program may not be whole, those by integer program are; none where
        there are none.
        """
        moved = self._moved(self._solver, places, goal, sign, deadline)
        if moved is None:
            return
        yield self._reached(moved)
        # Only what moved may move, in whole numbers; then everything.
        few = np.where((moved > 0) | np.roll(moved > 0, self._size), self._most, 0.0)
        for most in (few, self._most):
            solver, all_moves = self._program(most), np.arange(2 * self._size, dtype=np.int32)
            kinds = np.full(2 * self._size, highspy.HighsVarType.kInteger)
            solver.changeColsIntegrality(2 * self._size, all_moves, kinds)
            # Any whole answer will do.
            solver.setOptionValue("mip_rel_gap", 1e9)
            moved = self._moved(solver, places, goal, sign, deadline)
            if moved is not None:
                yield self._reached(moved)

    def _moved(
        self, solver: highspy.Highs, places: Parts, goal: int, sign: int, deadline: Deadline
    ) -> npt.NDArray[np.float64] | None:
        """The moves where the sum is asked for; the program is then as it was."""
        wanted = float(goal - sign * int(self._true[places].sum()))
        if len(places) == 1:
            column = int(places[0]) + (0 if sign > 0 else self._size)
            if wanted > self._most[column]:
                return None
            # The other way is barred, or it would go there and back.
            back = (column + self._size) % (2 * self._size)
            solver.changeColBounds(column, wanted, self._most[column])
            solver.changeColBounds(back, 0.0, 0.0)
            found = solve(solver, deadline, may_fail=True)
            moved = None if found is None else np.array(solver.getSolution().col_value)
            solver.changeColBounds(column, 0.0, self._most[column])
            solver.changeColBounds(back, 0.0, self._most[back])
            return moved
        spots = np.concatenate([places, places + self._size]).astype(np.int32)
        signs = np.repeat([float(sign), -float(sign)], len(places))
        rows = solver.getNumRow()
        solver.addRow(wanted, highspy.kHighsInf, len(spots), spots, signs)
        found = solve(solver, deadline, may_fail=True)
        moved = None if found is None else np.array(solver.getSolution().col_value)
        solver.deleteRows(1, np.array([rows], np.int32))
        return moved

    def _reached(self, moved: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        reached: npt.NDArray[np.float64] = self._true + moved[: self._size] - moved[self._size :]
        return reached

    def _program(self, most: npt.NDArray[np.float64]) -> highspy.Highs:
        solver, size = new_solver(), self._size
        start, index, signs, low, high = self._component.rows_from(self._true)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = 2 * size, len(low)
        model.col_cost_ = self._cost
        model.col_lower_ = np.zeros(2 * size)
        model.col_upper_ = most
        model.row_lower_, model.row_upper_ = low, high
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = (2 * start).astype(np.int32)
        model.a_matrix_.index_ = np.column_stack([index, index + size]).ravel().astype(np.int32)
        model.a_matrix_.value_ = np.column_stack([signs, -signs]).ravel().astype(np.float64)
        solver.passModel(model)
        return solver
