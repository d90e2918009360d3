"""One system of equations over every figure a reader has, whatever table it stands in.

An unknown is a figure known by what it counts: population, dates, and the answers it takes
together. The same figure in two tables is one unknown. Three kinds of equations tie them:

- along each side of a table, the lines add up to the total;
- where figures of the same questions cover dates that overlap, the dates are cut into pieces,
  and each figure is the sum over its pieces;
- where two tables group the answers of a question differently, both are sums over the finest
  groups that fit into either.

Pieces and finest groups nobody has published are hidden unknowns: a reader gets at them by
subtracting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.figures import MOST_AXES, Axis, Group, Guard, Shape, SingleFigure
from intake_app.core.disclosure.implied import Implied, Limits, Places
from intake_app.core.disclosure.unknowns import Cut, Equations, Numbering, Rows, Words, sorted_cut
from intake_app.core.reports.periods import Period, Window
from intake_app.core.reports.rows import Population

Values = Callable[[Shape], npt.NDArray[np.float64]]
"""True values of any table, totals included; hidden pieces are asked for in the same way."""


class DoesNotFit(ValueError):
    """Dates that can't be brought together."""


@dataclass(frozen=True)
class System:
    """Unknowns by number, always in the same order whatever the order of tables and groups.

    `values[u]` is the true value. `places[i]` are the unknowns of the i-th shape in printed
    order, `singles[i]` that of the i-th known figure (-1: it touches no table). `hidden` ones
    stand in no shape and are no known figure. `victim` ones depend on a question with guard
    VICTIM, `flagged` ones on an answer that says somebody is a victim. `lines` are the figures of
    each line along a guarded side that has several answers, without the total. Of each pair in
    `limits` the first figures come to no more than the second, where answers follow from each
    other and nothing on file is an exception; and in `nobody` there is nobody for that reason.
    """

    values: npt.NDArray[np.float64]
    equations: Equations
    places: tuple[npt.NDArray[np.intp], ...]
    singles: npt.NDArray[np.intp]
    hidden: npt.NDArray[np.bool_]
    victim: npt.NDArray[np.bool_]
    flagged: npt.NDArray[np.bool_]
    lines: tuple[npt.NDArray[np.intp], ...]
    limits: Limits
    nobody: Places

    @property
    def off(self) -> float:
        """How far the true values are from solving the equations: 0, or rounding."""
        return self.equations.off(self.values)


def build_system(shapes: Sequence[Shape], known: Sequence[SingleFigure], values: Values) -> System:
    """The system over these tables and known figures.

    Raises DoesNotFit where periods overlap in part, or a known figure’s dates cut through a
    period.
    """
    return _Builder(shapes, known).build(values)


def overlapping(windows: Iterable[Window], others: Sequence[Window]) -> frozenset[Window]:
    """Those of `others` whose dates overlap one of `windows`, or one that does, and so on."""
    reached, waiting = list(windows), list(dict.fromkeys(others))
    while True:
        touching = [w for w in waiting if any(_overlap(w, each) for each in reached)]
        if not touching:
            return frozenset(others) - frozenset(waiting)
        reached += touching
        waiting = [w for w in waiting if w not in touching]


def _overlap(one: Window, other: Window) -> bool:
    return any(p.start <= q.end and q.start <= p.end for p in one.periods for q in other.periods)


@dataclass(frozen=True)
class _Grid:
    """The inner cells of a table or a margin; or a piece: a stretch of time that no figure of
    these questions cuts further, in the finest groups. `shown`: all stand in some table."""

    periods: tuple[Period, ...]
    cuts: tuple[Cut, ...]
    shown: bool


_Questions = tuple[Population, tuple[str, ...]]


class _Builder:
    def __init__(self, shapes: Sequence[Shape], known: Sequence[SingleFigure]) -> None:
        self._shapes = shapes
        self._axes: dict[tuple[Population, str], list[Axis]] = defaultdict(list)
        for shape in shapes:
            for axis in shape.axes:
                self._axes[shape.population, axis.dimension].append(axis)
        self._periods = sorted({p for shape in shapes for p in shape.window.periods})
        for one, after in zip(self._periods, self._periods[1:], strict=False):
            if one.end >= after.start:
                raise DoesNotFit("periods of one system may not overlap")
        self._singles = [self._as_shape(each) for each in known]
        self._grids = self._all_grids()
        self._pieces = {each: _pieces_of(grids) for each, grids in self._grids.items()}
        self._numbers = self._number_all()

    def build(self, values: Values) -> System:
        rows, lines = Rows(), Rows()
        for shape in self._shapes:
            self._add_lines(shape, rows, lines)
        for questions, grids in self._grids.items():
            for grid in grids:
                self._add_pieces(questions, grid, rows)
            for piece in self._pieces[questions]:
                if not piece.shown:
                    self._add_hidden_lines(questions, piece, rows, lines)
        placed = [self._codes_of(shape) for shape in self._shapes]
        single = np.array([self._single_code(each) for each in self._singles], np.int64)
        used = np.unique(np.concatenate([*placed, single[single >= 0], rows.codes()]))
        spot = {int(code): i for i, code in enumerate(used)}
        place = np.searchsorted
        shown = np.zeros(len(used), bool)
        for codes in (*placed, single[single >= 0]):
            shown[place(used, codes)] = True
        found = self._values(used, values)
        limits, nobody = self._implied(used, found)
        return System(
            found,
            rows.equations(used),
            tuple(place(used, codes) for codes in placed),
            np.array([spot.get(int(code), -1) for code in single], np.intp),
            ~shown,
            self._numbers.depends(used, self._guarded(flagged=False)),
            self._numbers.depends(used, self._guarded(flagged=True)),
            lines.groups(used),
            limits,
            nobody,
        )

    def _implied(
        self, used: npt.NDArray[np.int64], values: npt.NDArray[np.float64]
    ) -> tuple[Limits, Places]:
        pieces, grids = (
            {q: [(each.periods, each.cuts) for each in own] for q, own in found.items()}
            for found in (self._pieces, self._grids)
        )
        return Implied(pieces, self._numbers).borne_out(grids, used, values)

    # Known figures become tables of yes and no, of which one figure is shown.

    def _as_shape(self, single: SingleFigure) -> Shape | None:
        axes = []
        for name, words in sorted(single.conditions, key=lambda c: c[0]):
            seen = self._axes.get((single.population, name))
            if seen is None:
                return None
            rest = frozenset(w for axis in seen for w in axis.words) - words
            groups = (Group("this", words), *([Group("rest", rest)] if rest else []))
            axes.append(Axis(name, name, groups, seen[0].guard, seen[0].flagged))
        periods = self._fitted(single.window)
        if periods is None or len(axes) > MOST_AXES:
            return None
        return Shape("", "", single.population, Window(periods), tuple(axes))

    def _fitted(self, window: Window) -> tuple[Period, ...] | None:
        """The dates in periods like those of the tables; None where they touch none."""
        touched = tuple(p for p in self._periods if _overlap(Window((p,)), window))
        if not touched:
            return None
        if set(touched) <= set(window.periods):
            return window.periods
        if _months(touched) != _months(window.periods):
            raise DoesNotFit("a known figure cuts through a period")
        return touched

    def _single_code(self, single: Shape | None) -> int:
        if single is None:
            return -1
        codes = self._numbers.codes(single.population, single.window.periods, _cuts(single))
        return int(codes.flat[0])

    # Every table brings its margins: the figures of fewer questions.

    def _all_grids(self) -> dict[_Questions, list[_Grid]]:
        found: dict[_Questions, dict[tuple[tuple[Period, ...], tuple[Cut, ...]], bool]] = (
            defaultdict(dict)
        )
        for shape in (*self._shapes, *(each for each in self._singles if each is not None)):
            shown = any(shape is each for each in self._shapes)
            cuts = sorted((sorted_cut(cut) for cut in _cuts(shape)), key=lambda c: c[0])
            for size in range(len(cuts) + 1):
                for some in combinations(cuts, size):
                    grids = found[shape.population, tuple(cut[0] for cut in some)]
                    key = (shape.window.periods, some)
                    grids[key] = grids.get(key, False) or shown
        return {q: [_Grid(*key, s) for key, s in grids.items()] for q, grids in found.items()}

    def _number_all(self) -> Numbering:
        units: set[tuple[Population, tuple[Period, ...]]] = set()
        conditions: set[tuple[str, Words]] = set()
        for questions, grids in self._grids.items():
            for each in (*grids, *self._pieces[questions]):
                units.add((questions[0], each.periods))
                conditions.update((name, words) for name, groups in each.cuts for words in groups)
        return Numbering(units, conditions)

    # Equations.

    def _codes_of(self, shape: Shape) -> npt.NDArray[np.int64]:
        return self._numbers.codes(
            shape.population, shape.window.periods, _cuts(shape), totals=True
        ).ravel()

    def _add_lines(self, shape: Shape, rows: Rows, lines: Rows) -> None:
        order = sorted(range(len(shape.axes)), key=lambda k: shape.axes[k].dimension)
        codes = self._codes_of(shape).reshape(shape.size).transpose(order)
        for k, side in enumerate(order):
            turned = np.moveaxis(codes, k, -1)
            every = turned.reshape(-1, turned.shape[-1])
            # Sums whose earlier sides are totals follow from the others.
            own = np.moveaxis(codes[(slice(-1),) * k], k, -1).reshape(-1, turned.shape[-1])
            rows.add_sums(own[:, -1], own[:, :-1])
            if shape.axes[side].guard is not Guard.NONE and every.shape[1] > 2:
                lines.add_each(every[:, :-1])

    def _add_pieces(self, questions: _Questions, grid: _Grid, rows: Rows) -> None:
        own = self._numbers.codes(questions[0], grid.periods, grid.cuts)
        parts = [p for p in self._pieces[questions] if set(p.periods) <= set(grid.periods)]
        if len(parts) == 1 and parts[0].cuts == grid.cuts and parts[0].periods == grid.periods:
            return
        codes, owners = [], []
        for piece in parts:
            where, inside = _owners(piece.cuts, grid.cuts)
            found = self._numbers.codes(questions[0], piece.periods, piece.cuts).ravel()
            codes.append(found[inside])
            owners.append(where[inside])
        rows.add_parts(own.ravel(), np.concatenate(owners), np.concatenate(codes))

    def _add_hidden_lines(
        self, questions: _Questions, piece: _Grid, rows: Rows, lines: Rows
    ) -> None:
        population, names = questions
        codes = self._numbers.codes(population, piece.periods, piece.cuts)
        for k, name in enumerate(names):
            turned = np.moveaxis(codes, k, -1)
            parts = turned.reshape(-1, turned.shape[-1])
            others = piece.cuts[:k] + piece.cuts[k + 1 :]
            totals, owners = [], []
            for finer in self._pieces[population, names[:k] + names[k + 1 :]]:
                if set(finer.periods) <= set(piece.periods):
                    where, inside = _owners(finer.cuts, others)
                    found = self._numbers.codes(population, finer.periods, finer.cuts).ravel()
                    totals.append(found[inside])
                    owners.append(where[inside])
            rows.add_equal(parts, np.concatenate(owners), np.concatenate(totals))
            if self._guard(population, name) is not Guard.NONE and parts.shape[1] > 1:
                lines.add_each(parts)

    # What is known of the unknowns.

    def _guard(self, population: Population, name: str) -> Guard:
        guards = {axis.guard for axis in self._axes[population, name]}
        return next((g for g in (Guard.VICTIM, Guard.GROUP) if g in guards), Guard.NONE)

    def _guarded(self, *, flagged: bool) -> set[tuple[str, Words]]:
        """Conditions on a question with guard VICTIM; with `flagged`, on its flagged answers."""
        found = set()
        for name, words in self._numbers.conditions:
            axes = [a for (_, d), seen in self._axes.items() if d == name for a in seen]
            victim = [a for a in axes if a.guard is Guard.VICTIM]
            if any(not flagged or words & axis.flagged for axis in victim):
                found.add((name, words))
        return found

    def _values(self, used: npt.NDArray[np.int64], values: Values) -> npt.NDArray[np.float64]:
        known = np.full(len(used), np.nan)
        for shape in self._shapes:
            known[np.searchsorted(used, self._codes_of(shape))] = values(shape).ravel()
        for (population, names), pieces in self._pieces.items():
            for piece in pieces:
                if piece.shown:
                    continue
                codes = self._numbers.codes(population, piece.periods, piece.cuts).ravel()
                spots = np.minimum(np.searchsorted(used, codes), len(used) - 1)
                there = used[spots] == codes
                if not np.isnan(known[spots[there]]).any():
                    continue
                inner = values(self._hidden_shape(population, piece))
                inner = inner[(slice(-1),) * len(names)].ravel()
                known[spots[there]] = inner[there]
        return self._filled(used, known)

    def _hidden_shape(self, population: Population, piece: _Grid) -> Shape:
        axes = []
        for name, groups in piece.cuts:
            model = self._axes[population, name][0]
            made = tuple(Group(str(i), words) for i, words in enumerate(groups))
            axes.append(Axis(name, name, made, model.guard, model.flagged))
        return Shape("", "", population, Window(piece.periods), tuple(axes))

    def _filled(
        self, used: npt.NDArray[np.int64], known: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.float64]:
        """Figures of known figures’ tables that are no finest piece: sums over theirs."""
        for questions, grids in self._grids.items():
            for grid in grids:
                own = self._numbers.codes(questions[0], grid.periods, grid.cuts).ravel()
                spots = np.minimum(np.searchsorted(used, own), len(used) - 1)
                wanted = (used[spots] == own) & np.isnan(known[spots])
                if not wanted.any():
                    continue
                total = np.zeros(len(own))
                for piece in self._pieces[questions]:
                    if set(piece.periods) <= set(grid.periods):
                        where, inside = _owners(piece.cuts, grid.cuts)
                        codes = self._numbers.codes(questions[0], piece.periods, piece.cuts)
                        found = known[np.searchsorted(used, codes.ravel()[inside])]
                        np.add.at(total, where[inside], found)
                known[spots[wanted]] = total[wanted]
        return known


def _cuts(shape: Shape) -> tuple[Cut, ...]:
    return tuple((a.dimension, tuple(group.words for group in a.groups)) for a in shape.axes)


def _months(periods: Iterable[Period]) -> frozenset[int]:
    first = {p: p.start.year * 12 + p.start.month for p in periods}
    return frozenset(month + i for p, month in first.items() for i in range(p.every))


def _pieces_of(grids: Sequence[_Grid]) -> list[_Grid]:
    """Time cut by every window of these questions, each piece with the finest groups there."""
    covering: dict[Period, list[int]] = defaultdict(list)
    for i, grid in enumerate(grids):
        for period in grid.periods:
            covering[period].append(i)
    together: dict[tuple[int, ...], list[Period]] = defaultdict(list)
    for period, found in covering.items():
        together[tuple(found)].append(period)
    pieces = []
    for indices, periods in together.items():
        over = [grids[i] for i in indices]
        cuts = tuple(_finest([grid.cuts[k] for grid in over]) for k in range(len(over[0].cuts)))
        whole = tuple(sorted(periods))
        shown = any(g.shown and g.periods == whole and g.cuts == cuts for g in over)
        pieces.append(_Grid(whole, cuts, shown))
    return sorted(pieces, key=lambda piece: piece.periods)


def _finest(cuts: Sequence[Cut]) -> Cut:
    """The coarsest groups that fit into those of every cut."""
    if len(set(cuts)) == 1:
        return cuts[0]
    marks: dict[str, list[int]] = defaultdict(lambda: [-1] * len(cuts))
    for k, (_, groups) in enumerate(cuts):
        for i, words in enumerate(groups):
            for word in words:
                marks[word][k] = i
    together: dict[tuple[int, ...], set[str]] = defaultdict(set)
    for word, mark in marks.items():
        together[tuple(mark)].add(word)
    return sorted_cut((cuts[0][0], tuple(frozenset(words) for words in together.values())))


def _owners(
    finer: tuple[Cut, ...], coarser: tuple[Cut, ...]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """For each cell of the finer groups the cell of the coarser it lies in, and whether any.

    An answer that occurs in one table only has no place in the other: it is 0 there.
    """
    owner, inside = np.zeros((1,), np.intp), np.ones((1,), bool)
    for (_, groups), (_, wider) in zip(finer, coarser, strict=True):
        at = np.array(list(_places_in(groups, wider)), np.intp)
        owner = (owner[:, None] * len(wider) + np.maximum(at, 0)).ravel()
        inside = (inside[:, None] & (at >= 0)).ravel()
    return owner, inside


def _places_in(groups: Sequence[Words], wider: Sequence[Words]) -> Iterator[int]:
    place = {word: i for i, words in enumerate(wider) for word in words}
    for words in groups:
        yield place.get(min(words), -1)
