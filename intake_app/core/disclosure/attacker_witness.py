"""Complete sets of whole numbers that agree with every figure: proof that a bound is not tight.

Belongs to `attacker`. A witness is every count of every group a reader can ask about, all whole,
that could have led to just the same published figures. It is checked by whole-number arithmetic
on the sums as they were read, not as the solver was given them.
"""

from __future__ import annotations

from functools import cached_property
from math import floor

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.attacker_moves import Moves
from intake_app.core.disclosure.attacker_solver import ROUNDING, Component, Deadline, System
from intake_app.core.disclosure.attacker_sums import Counts, Parts
from intake_app.core.errors import NotSafe


class Witnesses:
    """What the unknowns may be instead of what they are, found once and used again.

    Raises NotSafe where the true counts `truth` do not agree with the sums.
    """

    def __init__(self, system: System, truth: Counts, deadline: Deadline) -> None:
        self._system, self._deadline = system, deadline
        self._per_component = [_Alternatives(system, each, truth) for each in system.components]

    def concern(self, parts: Parts, touched: set[int]) -> bool:
        """Whether a sum is of `touched` components, or wholly settled."""
        homes = self._system.home[parts]
        homes = homes[homes >= 0]
        return not homes.size or not touched.isdisjoint(homes.tolist())

    def reaches(self, parts: Parts, goal: int, sign: int) -> bool:
        """Whether the sum of `parts` can be `goal` or more (`sign` 1), or `goal` or less (-1)."""
        settled, open_parts = self._system.split(parts)
        missing = sign * (goal - settled)
        best = {h: self._per_component[h].best(places, sign) for h, places in open_parts.items()}
        for home, places in open_parts.items():
            if sum(best.values()) >= missing:
                return True
            others = sum(best.values()) - best[home]
            best[home] = self._per_component[home].look(
                places, missing - others, sign, self._deadline, alone=len(best) == 1
            )
        return sum(best.values()) >= missing


class _Alternatives:
    """The witnesses of one component; what lies outside it stays as it is."""

    def __init__(self, system: System, component: Component, truth: Counts) -> None:
        self._component = component
        self._true = truth[component.columns]
        self._found = [self._true]
        self._least, self._most = self._true.copy(), self._true.copy()
        sums = system.sums
        touched = np.zeros(len(sums.low), bool)
        inside = np.zeros(len(truth), bool)
        inside[component.columns] = True
        touched[sums.rows[inside[sums.columns]]] = True
        entries = np.flatnonzero(touched[sums.rows])
        entries = entries[np.argsort(sums.rows[entries], kind="stable")]
        rows, self._starts = np.unique(sums.rows[entries], return_index=True)
        self._low, self._high = sums.low[rows], sums.high[rows]
        own = inside[sums.columns[entries]]
        self._signs = np.where(own, sums.signs[entries], 0)
        self._spots = np.where(own, system.spot[sums.columns[entries]], 0)
        self._rest = np.where(own, 0, sums.signs[entries] * truth[sums.columns[entries]])
        if not self._agrees(self._true):
            raise NotSafe("The figures do not agree with the cases. Nothing was written.")

    def _agrees(self, whole: Counts) -> bool:
        """Whether the numbers satisfy every sum they stand in, exactly."""
        if (whole < 0).any():
            return False
        if not len(self._starts):
            return True
        reached = np.add.reduceat(self._signs * whole[self._spots] + self._rest, self._starts)
        return bool(((reached >= self._low) & (reached <= self._high)).all())

    def best(self, places: Parts, sign: int) -> int:
        """The greatest `sign` times the sum in any witness so far."""
        if len(places) == 1:
            return int(self._most[places[0]] if sign > 0 else -self._least[places[0]])
        return max(int(sign * found[places].sum()) for found in self._found)

    @cached_property
    def _moves(self) -> Moves:
        return Moves(self._component, self._true)

    def look(self, places: Parts, goal: int, sign: int, deadline: Deadline, *, alone: bool) -> int:
        """Look for a witness with `sign` times the sum at `goal`; return what was reached.

        Not `alone`: others help, so as much as there is will do.
        """
        if not alone:
            reached = self._component.optimum(places, sign, deadline)
            goal = goal if reached is None else min(goal, floor(sign * reached + ROUNDING))
        for found in self._moves.to(places, goal, sign, deadline):
            if self._keep(found):
                break
        return self.best(places, sign)

    def _keep(self, found: npt.NDArray[np.float64]) -> bool:
        whole = np.rint(found).astype(np.int64)
        if not self._agrees(whole):
            return False
        self._found.append(whole)
        np.minimum(self._least, whole, out=self._least)
        np.maximum(self._most, whole, out=self._most)
        return True
