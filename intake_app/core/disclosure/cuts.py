"""The cheapest safe pattern: cutting planes, until it is proven or the steps are used up.

A small 0/1 program chooses what to withhold; the reader's program answers with an inequality
that every safe pattern keeps and this one breaks, until it finds none. Source: M. Fischetti and
J. J. Salazar-Gonzalez, "Solving the cell suppression problem on tabular data with linear
constraints", Management Science 47 (2001).
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.freedom import (
    ROOM,
    Budget,
    Floats,
    Freedom,
    Mask,
    Target,
    quiet_solver,
    run,
)
from intake_app.core.disclosure.patterns import Pattern, Patterns

_ROUNDS = 200


class OutOfSteps(Exception):
    """The steps allowed are used up; counted, never timed, so that no run differs."""


@dataclass
class Steps:
    """How much simplex work may be done in all: iterations times columns."""

    left: float

    def take(self, iterations: int, columns: int) -> None:
        """Raises OutOfSteps when there are none left."""
        self.left -= iterations * (columns + 500)
        if self.left < 0:
            raise OutOfSteps


class Master:
    """The 0/1 program over the open figures, with the cuts found so far."""

    def __init__(self, cost: Floats, budget: Budget, steps: Steps) -> None:
        self.cost, self._budget, self._steps = cost, budget, steps
        self.cuts: list[tuple[npt.NDArray[np.int32], Floats]] = []
        self._seen: set[bytes] = set()
        self._relaxed = self._new()

    def _new(self) -> highspy.Highs:
        solver, size = quiet_solver(), len(self.cost)
        none_i, none_f = np.zeros(0, np.int32), np.zeros(0)
        solver.addCols(size, self.cost, np.zeros(size), np.ones(size), 0, none_i, none_i, none_f)
        return solver

    def add(self, cut: Floats) -> bool:
        """The shares of what is withheld must come to 1. False where it is no new one."""
        where = np.flatnonzero(cut > 0).astype(np.int32)
        key = where.tobytes() + np.round(cut[where], 9).tobytes()
        if key in self._seen:
            return False
        self._seen.add(key)
        self.cuts.append((where, cut[where]))
        self._relaxed.addRow(1.0, highspy.kHighsInf, len(where), where, cut[where])
        return True

    def breaks(self, withheld: Mask) -> bool:
        """Whether a pattern breaks a cut, and so is not safe."""
        return any(float(cut[withheld[where]].sum()) < 1 - 1e-6 for where, cut in self.cuts)

    def relaxed(self) -> tuple[Floats, float]:
        """The cheapest choice in parts, and its cost."""
        run(self._relaxed, self._budget)
        self._steps.take(self._relaxed.getInfo().simplex_iteration_count, len(self.cost))
        found = np.array(self._relaxed.getSolution().col_value)
        return np.clip(found, 0.0, 1.0), float(self._relaxed.getObjectiveValue())

    def whole(self, below: float) -> tuple[Mask | None, float]:
        """The cheapest choice if it costs less than `below`, and a bound no choice is under."""
        solver = self._new()
        size = len(self.cost)
        kind = np.full(size, highspy.HighsVarType.kInteger)
        solver.changeColsIntegrality(size, np.arange(size, dtype=np.int32), kind)
        starts = np.concatenate([[0], np.cumsum([len(w) for w, _ in self.cuts])[:-1]])
        columns = np.concatenate([w for w, _ in self.cuts])
        solver.addRows(len(self.cuts), np.ones(len(self.cuts)) - 1e-9,
                       np.full(len(self.cuts), highspy.kHighsInf), len(columns),
                       starts.astype(np.int32), columns,
                       np.concatenate([f for _, f in self.cuts]))  # fmt: skip
        for name, value in (("mip_rel_gap", 0.0), ("mip_max_nodes", 3000)):
            solver.setOptionValue(name, value)
        status = run(solver, self._budget)
        info = solver.getInfo()
        self._steps.take(info.simplex_iteration_count, size)
        if status == highspy.HighsModelStatus.kSolutionLimit:
            raise OutOfSteps
        values = np.array(solver.getSolution().col_value) > 0.5
        bound = float(info.mip_dual_bound)
        return (values if bound < below - ROOM else None), bound


class Cheaper:
    """Looks for the cheapest safe pattern, from a safe one on."""

    def __init__(
        self, patterns: Patterns, freedom: Freedom, best: Pattern, budget: Budget, steps: Steps
    ) -> None:
        self._patterns, self._freedom, self._steps = patterns, freedom, steps
        self.best, self.bound = best, 0.0
        self._master = Master(patterns.cost, budget, steps)
        self._room = freedom.room[freedom.open]
        # Costs are whole multiples of this, so a bound in between is as good as the next one up.
        self._step = float(np.gcd.reduce(np.round(patterns.cost).astype(np.int64)))
        if np.abs(patterns.cost - np.round(patterns.cost)).max() > ROOM:
            self._step = 0.0

    def improve(self) -> None:
        """Until `best` costs as much as `bound`. Raises OutOfSteps before, or out of time."""
        self._from_parts()
        while not self.proven:
            withheld, bound = self._master.whole(self.best.cost)
            self._raise(bound)
            if withheld is None or self.proven:
                return
            short = self._patterns.short(withheld)
            self._count()
            if not short.size:
                self.best = self._patterns.pattern(withheld)
                return
            self._freedom.hide(withheld)
            share = withheld.astype(np.float64)
            for i in short:
                self._separate(self._patterns.targets[i], share, np.inf)
            self._count()
            self._try(share)

    @property
    def proven(self) -> bool:
        """Whether nothing cheaper is left."""
        return self.bound >= self.best.cost - ROOM

    def _raise(self, bound: float) -> None:
        if self._step:
            bound = np.ceil((bound - 1e-5) / self._step) * self._step
        self.bound = max(self.bound, min(bound, self.best.cost))

    def _count(self) -> None:
        self._steps.take(self._freedom.iterations, self._freedom.size)
        self._freedom.iterations = 0

    def clean(self) -> None:
        """Show again what `best` does not need."""
        self.best = self._patterns.cleaned(self.best, self._master.breaks)
        self._count()

    def _try(self, share: Floats) -> None:
        """A safe pattern near a choice in parts."""
        price = self._patterns.cost * (1.0 - share) + 0.01
        found = self._patterns.quick(self._patterns.hardest, share > 1 - ROOM, price)
        self._count()
        if found.cost < self.best.cost - ROOM:
            self.best = found

    def _from_parts(self) -> None:
        """Cuts for choices in parts: they raise the bound quickly."""
        everything = np.arange(len(self._patterns.targets))
        share, asked = np.zeros(len(self._patterns.cost)), everything
        for _ in range(_ROUNDS):
            found = self._cut_off(share, asked)
            if found.size:
                share, bound = self._master.relaxed()
                self._raise(bound)
            elif asked is everything:
                break
            if self.proven:
                break
            asked = found if found.size else everything
        self._try(share)

    def _cut_off(self, share: Floats, asked: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
        """Of the targets asked about, those this choice in parts leaves unsafe; with their cuts."""
        targets, found, change = self._patterns.targets, [], 0.0
        safe = self._patterns.safe_by_memory(share > 1 - ROOM)
        for i in sorted(asked[~safe[asked]], key=lambda i: (targets[i].change, i)):
            if targets[i].change != change:
                change = targets[i].change
                far = abs(change)
                self._freedom.let_move(share * far, share * np.minimum(self._room, far))
            if self._separate(targets[i], share, far):
                found.append(i)
        self._count()
        return np.array(found, np.intp)

    def _separate(self, target: Target, share: Floats, far: float) -> bool:
        """Add the inequality this choice breaks, if any.

        By duality the reach under choice y is at most reach + sum(gain_f * (y_f - now_f)).
        A figure that may go up without end counts in full; coefficients above the right side
        are lowered to it, which keeps the inequality true because y is 0 or 1.
        """
        reach, needed = self._freedom.reach(target), abs(target.change)
        if reach >= needed - ROOM:
            return False
        gains = self._freedom.gains()
        up, down = np.maximum(gains, 0.0), np.maximum(-gains, 0.0)
        up_far = np.where(share > 0, far, 0.0) if np.isfinite(far) else np.zeros(len(up))
        level = needed - reach + float(share @ (up * up_far + down * np.minimum(self._room, far)))
        cut = np.where(up > 1e-7, 1.0, np.minimum(down * self._room / level, 1.0))
        cut[cut < 1e-9] = 0.0
        if float(cut @ share) > 1 - 1e-4:
            return False
        return self._master.add(cut)
