"""Tables for the tests of protection, made up of a few answers a, b, c, …"""

from collections.abc import Callable, Sequence
from string import ascii_lowercase

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.figures import (
    Axis,
    CountTable,
    Group,
    Guard,
    ProtectedTable,
    Shape,
)
from intake_app.core.reports.counting import count
from intake_app.core.reports.periods import Window, read_period
from intake_app.core.reports.rows import Column, Population, Rows, joined


def window(*periods: str) -> Window:
    return Window(tuple(read_period(each) for each in periods))


Q1, Q2, YEAR = window("2025-Q1"), window("2025-Q2"), window("2025-Q1", "2025-Q2")


def axis(dimension: str, groups: int | Sequence[str], guard: Guard = Guard.NONE) -> Axis:
    """Groups as words (`ab` takes a and b together) or so many of one answer each.

    The first answer of a side that tells of victims is the one that does.
    """
    words = list(ascii_lowercase[:groups]) if isinstance(groups, int) else list(groups)
    flagged = frozenset("a") if guard is Guard.VICTIM else frozenset[str]()
    made = tuple(Group(word.upper(), frozenset(word)) for word in words)
    return Axis(dimension, dimension.title(), made, guard, flagged)


def shape_of(*axes: Axis, when: Window = Q1, name: str = "T") -> Shape:
    return Shape(name, name, Population.EPISODES, when, axes)


def counted(shape: Shape, inner: npt.ArrayLike) -> CountTable:
    """True counts from those of the groups."""
    counts = np.asarray(inner, np.int64)
    for side in range(counts.ndim):
        counts = np.concatenate([counts, counts.sum(axis=side, keepdims=True)], axis=side)
    return CountTable(shape, counts)


def hide(table: CountTable, *places: tuple[int, ...]) -> ProtectedTable:
    """As published with these withheld."""
    figures = zip(table.shape.places(), table.counts.ravel().tolist(), strict=True)
    return ProtectedTable(table.shape, tuple(None if p in places else f for p, f in figures))


def hide_some(table: CountTable, luck: np.random.Generator, share: float) -> ProtectedTable:
    """As published with some figures withheld that are not 0, never the grand total."""
    last = tuple(lines - 1 for lines in table.shape.size)
    figures = zip(table.shape.places(), table.counts.ravel().tolist(), strict=True)
    return ProtectedTable(
        table.shape,
        tuple(None if f and p != last and luck.random() < share else f for p, f in figures),
    )


def rows_from(
    sides: dict[str, int], size: int, luck: np.random.Generator, rare: float = 1.2
) -> Rows:
    """Rows over questions with so many answers, the n-th some 1/n as often as the first."""
    columns = {}
    for name, answers in sides.items():
        odds = 1.0 / np.arange(1, answers + 1) ** rare
        codes = luck.choice(answers, size, p=odds / odds.sum()).astype(np.int16)
        columns[name] = Column(tuple(ascii_lowercase[:answers]), codes)
    return Rows(Population.EPISODES, size, columns, {})


def truth_of(periods: dict[str, Rows]) -> Callable[[Shape], CountTable]:
    """Counts any table from the rows of each period."""

    def truth(shape: Shape) -> CountTable:
        return count(shape, joined([periods[each] for each in shape.window.to_json()]))

    return truth
