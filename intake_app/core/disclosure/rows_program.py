"""What published rows and published tables tell together: one linear program.

Unknowns are the figures of every table, for each period by itself, and for each kind of row
told alike how many of them stand in each line of a table. A figure that two tables have is one
unknown. Known are the published figures, the number of rows of each kind, and that lines add up.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod

import highspy
import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.case_rows import RowClasses
from intake_app.core.disclosure.figures import (
    Axis,
    CountTable,
    Guard,
    Place,
    ProtectedTable,
    Shape,
    SingleFigure,
)
from intake_app.core.errors import NotSafe
from intake_app.core.reports.counting import count, lines_of
from intake_app.core.reports.periods import Period, Window
from intake_app.core.reports.rows import Population, Rows

ROOM = 1e-6
_PATIENCE = 2.0
_Ints = npt.NDArray[np.intp]

new_solver: Callable[[], highspy.Highs] = highspy.Highs
"""Named once with its type, because the class itself declares none for its start."""

_Key = tuple[Period, frozenset[tuple[str, frozenset[str]]]]
"""What a figure counts: a period, and the answers it takes together along each side."""


@dataclass(frozen=True)
class RowsOfPeriod:
    """The published rows of one period, beside the facts they were made of."""

    period: Period
    classes: RowClasses
    rows: Rows


@dataclass(frozen=True)
class Clue:
    """Where a small group could be shown: the rows of a period in some lines of a table.

    `lines` are the answers of its line along each side; `beside` is one of the classes of rows
    it is about, None where it is about a figure of the table itself.
    """

    shape: Shape
    period: Period
    lines: tuple[tuple[Axis, frozenset[str]], ...]
    beside: int | None = None


@dataclass
class _Unknown:
    low: float
    true: int
    clue: Clue
    flagged: bool = False


class RowsProgram:
    """The program over all rows and tables, asked again and again from its last basis."""

    def __init__(
        self,
        released: Sequence[RowsOfPeriod],
        tables: Sequence[ProtectedTable],
        facts: Callable[[Period], Rows],
        threshold: int,
        known: Sequence[SingleFigure] = (),
    ) -> None:
        self._facts, self._threshold = facts, threshold
        self._released = {one.period: one for one in released}
        self._unknowns: list[_Unknown] = []
        self._place: dict[_Key, int] = {}
        self._fixed: dict[int, int] = {}
        self._sums: list[tuple[dict[int, float], float, float]] = []
        self._lines: list[tuple[Clue, int, float]] = []
        self._counted: dict[tuple[Period, tuple[Axis, ...]], bool] = {}
        for table in tables:
            self._add(table)
        for figure in known:
            self._add_known(figure)
        for one in released:
            self._add_size(one, tables)

    def clues(self, seconds: float) -> list[Clue]:
        """Small groups that could be shown, empty when there is none. Raises NotSafe out of time.

        Those that subtraction alone shows come first and by themselves.
        """
        plain = [
            clue
            for clue, spot, told in self._lines
            if spot in self._fixed and 1 <= self._fixed[spot] - told < self._threshold
        ]
        return plain or self._solved(time.monotonic() + seconds)

    def _solved(self, until: float) -> list[Clue]:
        solver = self._build()
        small = [
            number
            for number, unknown in enumerate(self._unknowns)
            if 1 <= unknown.true < self._threshold and number not in self._fixed
        ]
        if not small:
            return []
        tight, reached = [], self._driven_up(solver, small, until)
        for number in small:
            if reached[number] < self._threshold - ROOM:
                reached = np.maximum(reached, self._reach(solver, [number], until))
            if reached[number] < self._threshold - ROOM:
                tight.append(number)
        for number in small:
            if self._unknowns[number].flagged and number not in tight:
                solver.changeColCost(number, 1.0)
                if _solve(solver, until)[number] > ROOM:
                    tight.append(number)
                solver.changeColCost(number, 0.0)
        return [self._unknowns[number].clue for number in tight]

    def _driven_up(
        self, solver: highspy.Highs, small: list[int], until: float
    ) -> npt.NDArray[np.float64]:
        """How far each is seen to reach when many are driven up together."""
        # Dual simplex: where so many costs and bounds change at once, primal can be very slow.
        solver.setOptionValue("simplex_strategy", 1)
        reached, before = np.zeros(len(self._unknowns)), len(small) + 1
        while len(small) < before:
            before = len(small)
            reached = np.maximum(reached, self._reach(solver, small, until))
            small = [n for n in small if reached[n] < self._threshold - ROOM]
            solver.clearSolver()
        solver.setOptionValue("simplex_strategy", 4)
        return reached

    def _reach(
        self, solver: highspy.Highs, numbers: Sequence[int], until: float
    ) -> npt.NDArray[np.float64]:
        """One possible set of counts, with these as great as can be; the threshold is enough."""
        for number in numbers:
            solver.changeColBounds(number, self._unknowns[number].low, float(self._threshold))
            solver.changeColCost(number, -1.0)
        values = _solve(solver, until)
        for number in numbers:
            solver.changeColBounds(number, self._unknowns[number].low, float(highspy.kHighsInf))
            solver.changeColCost(number, 0.0)
        return values

    def _add(self, table: ProtectedTable) -> None:
        shape = table.shape
        for period in shape.window.periods:
            self._add_period(shape, period)
        hidden_zeros = shape.guard is Guard.VICTIM
        for place, figure in zip(shape.places(), table.figures, strict=True):
            parts = [self._place[_key(shape, period, place)] for period in shape.window.periods]
            true = sum(self._unknowns[part].true for part in parts)
            low = 0.0 if hidden_zeros or not true else 1.0
            high = float(highspy.kHighsInf)
            if figure is not None:
                low = high = float(figure)
            if len(parts) > 1:
                self._sums.append((dict.fromkeys(parts, 1.0), low, high))
            elif figure is not None:
                self._fixed[parts[0]] = figure
            else:
                self._unknowns[parts[0]].low = max(low, self._unknowns[parts[0]].low)

    def _add_known(self, figure: SingleFigure) -> None:
        """A figure known from elsewhere, where it is one of a table."""
        keys = [(period, figure.conditions) for period in figure.window.periods]
        parts = [self._place[key] for key in keys if key in self._place]
        if figure.population is not Population.EPISODES or len(parts) < len(keys):
            return
        if len(parts) == 1:
            self._fixed[parts[0]] = figure.value
        else:
            self._sums.append((dict.fromkeys(parts, 1.0), figure.value, figure.value))

    def _add_period(self, shape: Shape, period: Period) -> None:
        """The figures of one period of a table, how they add up, and the rows in its lines."""
        if self._counted.setdefault((period, shape.axes), False):
            return
        self._counted[period, shape.axes] = True
        counted = count(replace(shape, window=Window((period,))), self._facts(period))
        for place in shape.places():
            self._figure(shape, period, place, counted)
        for place in shape.places():
            for side, lines in enumerate(shape.size):
                if place[side] == lines - 1:
                    self._adds_up(shape, period, place, side)
        if period in self._released:
            self._add_kinds(shape, self._released[period])

    def _figure(self, shape: Shape, period: Period, place: Place, counted: CountTable) -> None:
        key = _key(shape, period, place)
        if key in self._place:
            return
        lines = tuple(
            (axis, axis.groups[i].words)
            for axis, i in zip(shape.axes, place, strict=True)
            if i < len(axis.groups)
        )
        flagged = any(axis.flagged & words for axis, words in lines)
        self._place[key] = len(self._unknowns)
        clue = Clue(shape, period, lines)
        self._unknowns.append(_Unknown(0.0, int(counted.counts[place]), clue, flagged))

    def _adds_up(self, shape: Shape, period: Period, total: Place, side: int) -> None:
        parts: dict[int, float] = {}
        for line in range(shape.size[side]):
            spot = self._place[_key(shape, period, (*total[:side], line, *total[side + 1 :]))]
            parts[spot] = parts.get(spot, 0.0) + (-1.0 if line == shape.size[side] - 1 else 1.0)
        if any(parts.values()):
            self._sums.append((parts, 0.0, 0.0))

    def _add_kinds(self, shape: Shape, one: RowsOfPeriod) -> None:
        """Rows that can stand in the same lines are one kind: how many stand in each line."""
        columns = [h.dimension for h in one.classes.hierarchies]
        axes = tuple(axis for axis in shape.axes if axis.dimension in columns)
        if not axes:
            return
        margin = replace(shape, axes=axes)
        kind_of, fits = kinds(one.classes, axes)
        size = tuple(len(axis.groups) for axis in axes)
        whole = int(np.prod(size, dtype=np.int64))
        where = np.ravel_multi_index(tuple(lines_of(margin, one.rows).T), size)
        places = kind_of[one.classes.class_of] * whole + where
        true = np.bincount(places, minlength=len(fits) * whole).reshape(len(fits), *size)
        sizes = np.bincount(kind_of, weights=one.classes.counts, minlength=len(fits))
        told = np.zeros(size)
        unknown_in: dict[Place, dict[int, float]] = {}
        for kind, fit in enumerate(fits):
            lines = [tuple(map(int, line)) for line in product(*map(np.flatnonzero, fit))]
            if len(lines) == 1:
                told[lines[0]] += sizes[kind]
                continue
            first = int(np.flatnonzero(kind_of == kind)[0])
            spots = {}
            for line in lines:
                words = tuple((a, a.groups[i].words) for a, i in zip(axes, line, strict=True))
                clue = Clue(shape, one.period, words, first)
                spots[len(self._unknowns)] = 1.0
                unknown_in.setdefault(line, {})[len(self._unknowns)] = 1.0
                self._unknowns.append(_Unknown(0.0, int(true[kind][line]), clue))
            self._sums.append((spots, sizes[kind], sizes[kind]))
        unsure = [kind for kind, fit in enumerate(fits) if prod(map(sum, fit)) > 1]
        for line in product(*map(range, size)):
            spot = self._place[_key(margin, one.period, line)]
            parts = {**unknown_in.get(line, {}), spot: -1.0}
            self._sums.append((parts, -told[line], -told[line]))
            words = tuple((a, a.groups[i].words) for a, i in zip(axes, line, strict=True))
            most = max(unsure, key=lambda kind: int(true[kind][line]), default=None)
            near = None if most is None else int(np.flatnonzero(kind_of == most)[0])
            self._lines.append((Clue(shape, one.period, words, near), spot, float(told[line])))

    def _add_size(self, one: RowsOfPeriod, tables: Sequence[ProtectedTable]) -> None:
        """How many rows there are is the total of every table of the period."""
        key: _Key = (one.period, frozenset())
        if any(one.period in table.shape.window.periods for table in tables):
            self._fixed[self._place[key]] = one.classes.size

    def _build(self) -> highspy.Highs:
        solver = new_solver()
        for name, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 1),
            # Primal simplex: from one question to the next only the aim changes.
            ("simplex_strategy", 4),
        ):
            solver.setOptionValue(name, value)
        low = np.array([unknown.low for unknown in self._unknowns])
        high = np.full(len(low), float(highspy.kHighsInf))
        for number, figure in self._fixed.items():
            low[number] = high[number] = figure
        empty_i, empty_f = np.zeros(0, np.int32), np.zeros(0)
        solver.addCols(len(low), np.zeros(len(low)), low, high, 0, empty_i, empty_i, empty_f)
        starts = np.cumsum([0, *(len(parts) for parts, _, _ in self._sums)])
        solver.addRows(
            len(self._sums),
            np.array([least for _, least, _ in self._sums], np.float64),
            np.array([most for _, _, most in self._sums], np.float64),
            int(starts[-1]),
            starts[:-1].astype(np.int32),
            np.array([spot for parts, _, _ in self._sums for spot in parts], np.int32),
            np.array([f for parts, _, _ in self._sums for f in parts.values()], np.float64),
        )
        return solver


def _key(shape: Shape, period: Period, place: Place) -> _Key:
    sides = zip(shape.axes, place, strict=True)
    told = ((a.dimension, a.groups[i].words) for a, i in sides if i < len(a.groups))
    return period, frozenset(told)


def kinds(
    classes: RowClasses, axes: Sequence[Axis]
) -> tuple[_Ints, list[tuple[npt.NDArray[np.bool_], ...]]]:
    """Classes by the lines they can stand in: the kind of each, and by kind and side the lines."""
    columns = {h.dimension: j for j, h in enumerate(classes.hierarchies)}
    parts = []
    for axis in axes:
        j = columns[axis.dimension]
        place = {word: i for i, word in enumerate(classes.hierarchies[j].words)}
        inside = np.zeros((len(place), len(axis.groups)), np.bool_)
        for line, group in enumerate(axis.groups):
            inside[[place[word] for word in group.words if word in place], line] = True
        parts.append(classes.possible[j] @ inside)
    found, kind_of = np.unique(np.hstack(parts), axis=0, return_inverse=True)
    cuts = np.cumsum([len(axis.groups) for axis in axes])[:-1]
    return kind_of.reshape(-1), [tuple(np.split(row, cuts)) for row in found]


def _solve(solver: highspy.Highs, until: float) -> npt.NDArray[np.float64]:
    """An optimum; by another method where simplex, which can stall, does not come to one."""
    for method, seconds in (("simplex", _PATIENCE), ("ipm", float("inf"))):
        left = min(until - time.monotonic(), seconds)
        if left <= 0:
            break
        if method != "simplex":
            solver.clearSolver()
        solver.setOptionValue("solver", method)
        solver.setOptionValue("presolve", "off" if method == "simplex" else "on")
        solver.setOptionValue("time_limit", solver.getRunTime() + left)
        solver.run()
        if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            return np.array(solver.getSolution().col_value)
    raise NotSafe(
        "The safety check of the rows was not finished in time, so nothing was written. "
        "Leave out a column, or choose fewer answers."
    )
