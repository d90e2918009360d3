"""What an attacker makes of published totals: sums of unknown totals of the smallest groups.

For each set of questions some table asks, dates and groups are cut as finely as any table with
those questions cuts them. Every figure is a sum of those pieces; adding up over one question must
leave what tables without it say. Shares no code with the protection.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.amounts_shown import AmountAsk, RowsOf
from intake_app.core.disclosure.figures import Axis, Guard, Place, Shape
from intake_app.core.reports.periods import Period, Window
from intake_app.core.reports.release import Amounts

NEAR = 0.2
"""How near to the largest case nobody may come: 20 % of it (the p%-rule)."""


@dataclass(frozen=True)
class Group:
    """The numbers of a group of cases."""

    numbers: npt.NDArray[np.float64]

    @property
    def largest(self) -> float:
        """The largest; 0 where there is none."""
        return float(self.numbers.max(initial=0.0))

    @property
    def total(self) -> float:
        """Their sum."""
        return float(self.numbers.sum())

    def breaks_a_rule(self, threshold: int) -> bool:
        """Too few, all 0, or the largest case stands out too much."""
        if len(self.numbers) < threshold or self.total <= 0:
            return True
        first, second = sorted(self.numbers.tolist(), reverse=True)[:2]
        rest = self.total - first - second
        exact = 1e-9 * self.total  # sums in another order differ by less
        return bool(2 * first > self.total + exact or rest < NEAR * first - exact)


Table = tuple[Shape, Amounts]


def touching(new: Sequence[tuple[AmountAsk, Amounts]], others: Sequence[Table]) -> list[Table]:
    """The new tables, and the earlier ones that share dates with them, or with those that do."""
    tables: list[Table] = [(ask.shape, amounts) for ask, amounts in new]
    dates = {period for shape, _ in tables for period in shape.window.periods}
    left = list(others)
    while True:
        near = [t for t in left if dates & set(t[0].window.periods)]
        if not near:
            return tables
        tables += near
        left = [t for t in left if t not in near]
        dates |= {period for shape, _ in near for period in shape.window.periods}


Questions = tuple[str, ...]
Words = frozenset[str]


@dataclass(frozen=True)
class _Stretch:
    """Dates that no table with these questions tells apart, the smallest groups told apart there,
    and the number of its first unknown."""

    periods: frozenset[Period]
    groups: tuple[tuple[Words, ...], ...]
    first: int

    @property
    def size(self) -> tuple[int, ...]:
        return tuple(len(groups) for groups in self.groups)

    def cells(self) -> Iterator[tuple[int, tuple[Words, ...]]]:
        for i, words in enumerate(product(*self.groups)):
            yield self.first + i, words


class Reading:
    """Unknown totals of the smallest groups, and what the published totals say of their sums."""

    def __init__(self, tables: Sequence[Table], measure: str, rows_of: RowsOf) -> None:
        self.tables = tables
        self.unknowns = 0
        self.numbers: list[Group] = []
        self.flagged: list[bool] = []
        self.equations: list[tuple[list[int], list[int], float]] = []
        self._uncounted: set[tuple[int, ...]] = set()
        self._stretches: dict[Questions, list[_Stretch]] = {}
        self._victim = {
            axis.dimension: axis.flagged
            for shape, _ in tables
            for axis in shape.axes
            if axis.guard is Guard.VICTIM
        }
        asked = {tuple(sorted(a.dimension for a in shape.axes)) for shape, _ in tables}
        every = {some for q in asked for n in range(len(q) + 1) for some in combinations(q, n)}
        for questions in sorted(every, key=lambda q: (len(q), q)):
            self._stretches[questions] = self._cut(questions)
            self._read_numbers(questions, measure, rows_of)
        self._tie()
        self.sums = [
            (self.parts(shape, place), total)
            for shape, amounts in tables
            for place, total in zip(shape.places(), amounts.totals, strict=True)
        ]
        for parts, shown in self.sums:
            if shown is not None:
                self.equations.append((parts, [], self.of(parts).total))

    def of(self, parts: Sequence[int]) -> Group:
        """All numbers of some unknowns together."""
        return Group(np.concatenate([np.zeros(0), *(self.numbers[p].numbers for p in parts)]))

    def _cut(self, questions: Questions) -> list[_Stretch]:
        shapes = [
            shape for shape, _ in self.tables
            if set(questions) <= {axis.dimension for axis in shape.axes}
        ]  # fmt: skip
        over: dict[frozenset[int], set[Period]] = defaultdict(set)
        for period in {p for shape in shapes for p in shape.window.periods}:
            over[
                frozenset(i for i, shape in enumerate(shapes) if period in shape.window.periods)
            ].add(period)
        made = []
        for members, periods in sorted(over.items(), key=lambda each: min(each[1])):
            groups = tuple(
                _smallest([axis for i in sorted(members) for axis in shapes[i].axes], name)
                for name in questions
            )
            stretch = _Stretch(frozenset(periods), groups, self.unknowns)
            self.unknowns += int(np.prod(stretch.size, dtype=np.int64))
            made.append(stretch)
        return made

    def _read_numbers(self, questions: Questions, measure: str, rows_of: RowsOf) -> None:
        population = self.tables[0][0].population
        for stretch in self._stretches[questions]:
            rows = rows_of(population, Window(tuple(sorted(stretch.periods))))
            values = rows.numbers.get(measure, np.full(rows.size, np.nan))
            inside = ~np.isnan(values)
            cell = np.zeros(rows.size, np.int64)
            for name, groups in zip(questions, stretch.groups, strict=True):
                column = rows.columns[name]
                at = {word: i for i, words in enumerate(groups) for word in words}
                line = np.array([at.get(word, -1) for word in column.words] or [-1])[column.codes]
                inside &= line >= 0
                cell = cell * len(groups) + line
            order = np.flatnonzero(inside)
            order = order[np.argsort(cell[order], kind="stable")]
            ends = np.searchsorted(cell[order], np.arange(int(np.prod(stretch.size))), "right")
            found = np.split(values[order], ends)
            for (_, words), numbers in zip(stretch.cells(), found, strict=False):
                self.numbers.append(Group(numbers))
                self.flagged.append(
                    any(
                        group & self._victim.get(name, frozenset())
                        for name, group in zip(questions, words, strict=True)
                    )
                )

    def _inside(
        self, questions: Questions, periods: frozenset[Period], meant: Sequence[Words]
    ) -> list[int]:
        """The unknowns of these questions that lie in these dates and these answers."""
        found: list[int] = []
        for stretch in self._stretches[questions]:
            if stretch.periods <= periods:
                lines = [
                    [g for g, words in enumerate(groups) if min(words) in wide]
                    for groups, wide in zip(stretch.groups, meant, strict=True)
                ]
                cells = np.arange(int(np.prod(stretch.size, dtype=np.int64))).reshape(stretch.size)
                found += (stretch.first + cells[np.ix_(*lines)].ravel()).tolist()
        return found

    def _tie(self) -> None:
        """Adding up over one question leaves what tables without it say."""
        for questions, stretches in self._stretches.items():
            for k in range(len(questions)):
                fewer = questions[:k] + questions[k + 1 :]
                for stretch in stretches:
                    lines: dict[tuple[Words, ...], list[int]] = defaultdict(list)
                    for unknown, words in stretch.cells():
                        lines[words[:k] + words[k + 1 :]].append(unknown)
                    for words, line in lines.items():
                        total = self._inside(fewer, stretch.periods, words)
                        self.equations.append((line, total, 0.0))

    def parts(self, shape: Shape, place: Place) -> list[int]:
        """The unknowns a figure is the sum of."""
        meant = {
            axis.dimension: axis.groups[i].words
            for axis, i in zip(shape.axes, place, strict=True)
            if i < len(axis.groups)
        }
        questions = tuple(sorted(meant))
        periods = frozenset(shape.window.periods)
        return self._inside(questions, periods, [meant[name] for name in questions])

    def mark_uncounted(self, ask: AmountAsk, threshold: int) -> None:
        """Totals whose number of cases is withheld are secret whatever they are."""
        for place, known in zip(ask.shape.places(), ask.known_figures, strict=True):
            if (known or 0) < threshold:
                self._uncounted.add(tuple(self.parts(ask.shape, place)))

    def secrets(self, threshold: int) -> list[list[int]]:
        """Every sum that nobody may work out: smallest groups, and withheld figures."""
        single: list[list[int]] = [[unknown] for unknown in range(self.unknowns)]
        known = {tuple(parts) for parts, shown in self.sums if shown is not None}
        held = [parts for parts, shown in self.sums if shown is None]
        once = {tuple(parts): parts for parts in (*single, *held)}
        return [
            parts
            for key, parts in once.items()
            if key not in known and len(self.of(parts).numbers)
            and (key in self._uncounted or self.of(parts).breaks_a_rule(threshold))
        ]  # fmt: skip


def _smallest(axes: Sequence[Axis], name: str) -> tuple[Words, ...]:
    """Answers that no table tells apart, together."""
    seen: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for a, axis in enumerate(axes):
        if axis.dimension == name:
            for g, group in enumerate(axis.groups):
                for word in group.words:
                    seen[word].append((a, g))
    together: dict[tuple[tuple[int, int], ...], set[str]] = defaultdict(set)
    for word, where in seen.items():
        together[tuple(where)].add(word)
    return tuple(sorted((frozenset(words) for words in together.values()), key=sorted))
