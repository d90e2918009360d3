"""Cases with numbers as small as a test of amounts needs them, and a reader of its own.

The reader writes down every group of answers a table tells apart as one unknown for each period,
and asks scipy, one cold program for each question: it shares nothing with the program.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np
from scipy.optimize import linprog

from intake_app.core.disclosure.amounts_shown import AmountAsk, PublishedAmounts, RowsOf
from intake_app.core.disclosure.figures import Axis, Group, Guard, ProtectedTable, Shape
from intake_app.core.reports.counting import count
from intake_app.core.reports.dimensions import Measure
from intake_app.core.reports.periods import Window, read_period
from intake_app.core.reports.release import Amounts
from intake_app.core.reports.rows import Column, Population, Rows, joined

HOURS = Measure("hours_held", "Hours held", "hours", Population.EPISODES)
NIGHTS = Measure("midnights_held", "Midnights held", "midnights", Population.EPISODES)
CHILDREN = Measure("minor_children", "Minor children", "children", Population.EPISODES)


def window(*periods: str) -> Window:
    """A window of these periods."""
    return Window(tuple(read_period(each) for each in periods))


Q1 = window("2026-Q1")


def axis(dimension: str, *groups: str, guard: Guard = Guard.NONE, flagged: str = "") -> Axis:
    """A side with one group for each word: its letters are the answers it takes together."""
    return Axis(
        dimension,
        dimension.title(),
        tuple(Group(g.upper(), frozenset(g)) for g in groups),
        guard,
        frozenset(flagged),
    )


def shape(*axes: Axis, when: Window = Q1, table_id: str = "t") -> Shape:
    """A table over cases."""
    return Shape(table_id, "T", Population.EPISODES, when, axes)


def rows(numbers: Sequence[float], measure: str = "hours_held", **answers: str) -> Rows:
    """One row for each number; for each question one letter for each row."""
    columns = {name: Column.of(letters) for name, letters in answers.items()}
    return Rows(
        Population.EPISODES, len(numbers), columns, {measure: np.array(numbers, np.float64)}
    )


def of_groups(groups: Mapping[str, Sequence[float]], measure: str = "hours_held") -> Rows:
    """Rows by their answer to `a`."""
    numbers = [number for each in groups.values() for number in each]
    letters = "".join(word * len(each) for word, each in groups.items())
    return rows(numbers, measure, a=letters)


def frozen(by_period: Mapping[str, Rows]) -> RowsOf:
    """Rows of any window, from those of its periods."""

    def rows_of(population: Population, wanted: Window) -> Rows:
        return joined([by_period[period.id] for period in wanted.periods])

    return rows_of


def known_of(table: Shape, found: Rows, measure: str, threshold: int = 11) -> ProtectedTable:
    """For how many a number is known, with no more withheld than what is small."""
    there = ~np.isnan(found.numbers[measure])
    name = f"known:{measure}"
    column = Column(("no", "yes"), there.astype(np.int16))
    groups = (Group("Known", frozenset({"yes"})), Group("Not known", frozenset({"no"})))
    longer = replace(table, axes=(*table.axes, Axis(name, "Known", groups)))
    counts = count(longer, replace(found, columns={**found.columns, name: column})).counts
    figures = (None if 1 <= n < threshold else int(n) for n in counts.ravel())
    return ProtectedTable(longer, tuple(figures))


def ask(table: Shape, rows_of: RowsOf, measure: Measure = HOURS, threshold: int = 11) -> AmountAsk:
    """A number over the lines of a table."""
    found = rows_of(table.population, table.window)
    return AmountAsk(table, measure, known_of(table, found, measure.id, threshold))


def published(asks: Iterable[AmountAsk], made: Iterable[Amounts]) -> list[PublishedAmounts]:
    """As a later release finds them."""
    return [PublishedAmounts(a.shape, m) for a, m in zip(asks, made, strict=True)]


Reader = Callable[[Mapping[str, str], Sequence[str]], tuple[float, float]]


def scipy_reader(tables: Sequence[PublishedAmounts], rows_of: RowsOf) -> Reader:
    """Bounds a reader gets for the total of some answers in some periods.

    Every combination of single answers in every single period is an unknown: all the tables
    are taken to be margins of one, which a reader could believe as well.
    """
    names = sorted({a.dimension for t in tables for a in t.shape.axes})
    words = {
        name: sorted({w for t in tables for a in t.shape.axes if a.dimension == name
                      for w in a.words})
        for name in names
    }  # fmt: skip
    periods = sorted({p for t in tables for p in t.shape.window.periods})
    cells = [(p, answers) for p in periods for answers in product(*(words[n] for n in names))]
    left, right = [], []
    for table in tables:
        found = rows_of(table.shape.population, table.shape.window)
        numbers = np.nan_to_num(found.numbers[table.amounts.measure])
        for place, total in zip(table.shape.places(), table.amounts.totals, strict=True):
            if total is None:
                continue
            meant = {
                a.dimension: a.groups[i].words
                for a, i in zip(table.shape.axes, place, strict=True)
                if i < len(a.groups)
            }
            inside = np.ones(found.size, bool)
            for name, letters in meant.items():
                column = found.columns[name]
                inside &= np.array([column.words[c] in letters for c in column.codes])
            left.append([
                float(cell[0] in table.shape.window.periods
                      and all(w in meant.get(n, w) for n, w in zip(names, cell[1], strict=True)))
                for cell in cells
            ])  # fmt: skip
            right.append(float(numbers[inside].sum()))

    def bounds(meant: Mapping[str, str], when: Sequence[str]) -> tuple[float, float]:
        aim = np.array([
            float(cell[0].id in when
                  and all(w in meant.get(n, w) for n, w in zip(names, cell[1], strict=True)))
            for cell in cells
        ])  # fmt: skip
        least = linprog(aim, A_eq=left or None, b_eq=right or None)
        most = linprog(-aim, A_eq=left or None, b_eq=right or None)
        limit = np.inf if most.status == 3 else -(most.fun or 0.0)
        return float(least.fun or 0.0), float(limit)

    return bounds
