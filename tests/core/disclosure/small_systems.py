"""Small tables for the protection tests, and a reader that shares no code with what it tests.

The reader knows nothing of figures in several tables: its unknowns are cells of (period, answers),
and it asks scipy, or tries every table of whole numbers there could be.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

from intake_app.core.disclosure.figures import (
    Axis,
    CountTable,
    Group,
    Guard,
    ProtectedTable,
    Shape,
)
from intake_app.core.reports.counting import count
from intake_app.core.reports.periods import Every, Period, Window
from intake_app.core.reports.rows import Column, Population, Rows, joined

QUARTERS = tuple(Period(date(2026, month, 1), Every.QUARTER) for month in (1, 4, 7, 10))
FIRST = Window(QUARTERS[:1])
YEAR = Window(QUARTERS)

Truth = Callable[[Shape], CountTable]
Floats = npt.NDArray[np.float64]
Counts = Mapping[Any, int]
"""How many rows have these answers, in the order of the questions."""


def side(
    name: str,
    groups: Sequence[str | Sequence[str]],
    guard: Guard = Guard.NONE,
    flagged: Sequence[str] = (),
) -> Axis:
    """One side; a group is one answer or several."""
    made = [(g,) if isinstance(g, str) else tuple(g) for g in groups]
    return Axis(
        name,
        name,
        tuple(Group("+".join(words), frozenset(words)) for words in made),
        guard,
        frozenset(flagged),
    )


def shape(*sides: Axis, window: Window = FIRST, table_id: str = "") -> Shape:
    name = table_id or "_".join(each.dimension for each in sides) or "total"
    return Shape(name, name, Population.EPISODES, window, sides)


def rows_of(counts: Counts, names: Sequence[str]) -> Rows:
    """Rows with these answers, so many times each."""
    each = [answers for answers, times in sorted(counts.items()) for _ in range(times)]
    return Rows(
        Population.EPISODES,
        len(each),
        {name: Column.of(answers[k] for answers in each) for k, name in enumerate(names)},
        {},
    )


def truth_of(by_period: Mapping[Period, Rows]) -> Truth:
    return lambda asked: count(asked, joined([by_period[p] for p in asked.window.periods]))


def truth_from(counts: Counts, *names: str) -> Truth:
    """Of one quarter."""
    return truth_of({QUARTERS[0]: rows_of(counts, names)})


def table_truth(table: Sequence[Sequence[int]]) -> Truth:
    """Of a table of rows r0, r1 … and columns c0, c1 …"""
    cells = {(f"r{i}", f"c{j}"): v for i, line in enumerate(table) for j, v in enumerate(line)}
    return truth_from(cells, "row", "column")


def table_shape(rows: int, columns: int, guard: Guard = Guard.NONE) -> Shape:
    return shape(
        side("row", [f"r{i}" for i in range(rows)]),
        side(
            "column",
            [f"c{j}" for j in range(columns)],
            guard,
            ("c1",) if guard is Guard.VICTIM else (),
        ),
    )


class CellReader:
    """What a reader can say of published figures, with the cells of `names` as unknowns."""

    def __init__(
        self,
        tables: Sequence[ProtectedTable],
        truth: Truth,
        answers: Mapping[str, Sequence[str]],
        known: Sequence[tuple[Window, Mapping[str, frozenset[str]], int]] = (),
    ) -> None:
        periods = sorted({p for table in tables for p in table.shape.window.periods})
        self._cells = list(product(periods, *answers.values()))
        self._names = list(answers)
        self._equal: list[Floats] = []
        self._equals: list[float] = []
        self._least: list[Floats] = []
        for table in tables:
            counts = truth(table.shape).counts
            for place, figure in zip(table.shape.places(), table.figures, strict=True):
                mask = self.mask(table.shape.window, conditions(table.shape, place))
                if figure is not None:
                    self._equal.append(mask)
                    self._equals.append(figure)
                elif counts[place] and not depends(table.shape, place):
                    self._least.append(-mask)
        for window, words, value in known:
            self._equal.append(self.mask(window, words))
            self._equals.append(value)

    def mask(self, window: Window, words: Mapping[str, frozenset[str]]) -> Floats:
        """The cells of a figure."""
        return np.array(
            [
                float(
                    cell[0] in window.periods
                    and all(cell[1 + self._names.index(n)] in w for n, w in words.items())
                )
                for cell in self._cells
            ]
        )

    def bounds(self, mask: Floats) -> tuple[float, float]:
        """The least and the most these cells can come to; no figure at all is a fault."""
        found = []
        for sign in (1.0, -1.0):
            answer: Any = linprog(
                sign * mask,
                A_ub=np.array(self._least) if self._least else None,
                b_ub=-np.ones(len(self._least)) if self._least else None,
                A_eq=np.array(self._equal) if self._equal else None,
                b_eq=np.array(self._equals) if self._equal else None,
            )
            assert answer.status in {0, 3}, answer.message
            found.append(float("inf") if answer.status == 3 else sign * float(answer.fun))
        return found[0], found[1]


def conditions(asked: Shape, place: tuple[int, ...]) -> dict[str, frozenset[str]]:
    """The answers a figure takes together; none for a total."""
    return {
        axis.dimension: axis.groups[i].words
        for axis, i in zip(asked.axes, place, strict=True)
        if i < len(axis.groups)
    }


def depends(asked: Shape, place: tuple[int, ...]) -> bool:
    """Whether a figure depends on a question with guard VICTIM."""
    return any(
        axis.guard is Guard.VICTIM and i < len(axis.groups)
        for axis, i in zip(asked.axes, place, strict=True)
    )


def provable(
    reader: CellReader, tables: Sequence[ProtectedTable], truth: Truth, threshold: int = 11
) -> list[tuple[str, tuple[str, ...], str]]:
    """Every small figure a reader can show to be small, or to count victims."""
    found = []
    for table in tables:
        counts = truth(table.shape).counts
        for place in table.shape.places():
            value = counts[place]
            if not 1 <= value < threshold:
                continue
            words = conditions(table.shape, place)
            low, high = reader.bounds(reader.mask(table.shape.window, words))
            if high < threshold - 1e-6:
                found.append((table.shape.table_id, table.shape.labels(place), "small"))
            flagged = any(words.get(a.dimension, frozenset()) & a.flagged for a in table.shape.axes)
            if flagged and low > 1e-6:
                found.append((table.shape.table_id, table.shape.labels(place), "victim"))
    return found


def shown(table: ProtectedTable) -> dict[tuple[str, ...], int | None]:
    """The figures by their labels."""
    return {
        table.shape.labels(place): figure
        for place, figure in zip(table.shape.places(), table.figures, strict=True)
    }
