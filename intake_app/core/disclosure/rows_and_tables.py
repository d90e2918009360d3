"""Rows beside the tables that were published: made coarser until both together are safe."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.case_rows import RowClasses, all_coarser, coarser, tells
from intake_app.core.disclosure.figures import DEFAULT_THRESHOLD, ProtectedTable, SingleFigure
from intake_app.core.disclosure.rows_program import Clue, RowsOfPeriod, RowsProgram
from intake_app.core.errors import NotSafe
from intake_app.core.reports.periods import Period
from intake_app.core.reports.rows import Population, Rows

_GENTLE = 5
"""Rounds in which one class at a time is told coarser; after them all that come near."""

Facts = Callable[[Period], Rows]
"""The frozen facts of one published period."""


def fit_to_tables(
    new: RowsOfPeriod,
    earlier: Sequence[RowsOfPeriod],
    tables: Sequence[ProtectedTable],
    facts: Facts,
    known: Sequence[SingleFigure] = (),
    *,
    threshold: int = DEFAULT_THRESHOLD,
    seconds: float = 20.0,
) -> RowClasses:
    """The classes, told coarser wherever a table beside them would show a small group.

    Raises NotSafe where no way is found.
    """
    until = time.monotonic() + seconds
    classes, rounds = new.classes, 0
    while True:
        released = [*earlier, RowsOfPeriod(new.period, classes, new.rows)]
        program = RowsProgram(released, _beside(released, tables), facts, threshold, known)
        clues = program.clues(until - time.monotonic())
        if not clues:
            return classes
        rounds += 1
        mine = {clue.lines: clue for clue in clues if clue.period == new.period}
        # One class for each place found: mostly that alone gives the place rows enough more.
        told = _all(_less_told, classes, mine.values()) if rounds <= _GENTLE else classes
        if told is classes:
            told = _all(_much_less_told, classes, mine.values())
        if told is classes:
            raise NotSafe(_sentence(clues[0], threshold))
        classes = told


def _all(
    less: Callable[[RowClasses, Clue], RowClasses], classes: RowClasses, clues: Iterable[Clue]
) -> RowClasses:
    for clue in clues:
        classes = less(classes, clue)
    return classes


def still_safe_with_rows(
    released: Sequence[RowsOfPeriod],
    tables: Sequence[ProtectedTable],
    facts: Facts,
    known: Sequence[SingleFigure] = (),
    *,
    threshold: int = DEFAULT_THRESHOLD,
    seconds: float = 20.0,
) -> None:
    """Check tables, the new and the earlier, beside rows that were published before.

    Raises NotSafe where both together would show a small group, or time runs out.
    """
    beside = _beside(released, tables)
    if not released or not beside:
        return
    clues = RowsProgram(released, beside, facts, threshold, known).clues(seconds)
    if clues:
        raise NotSafe(_sentence(clues[0], threshold))


def _beside(
    released: Sequence[RowsOfPeriod], tables: Sequence[ProtectedTable]
) -> list[ProtectedTable]:
    """Tables of cases whose dates meet those of the rows, and those that meet such tables."""
    left = [table for table in tables if table.shape.population is Population.EPISODES]
    met: list[ProtectedTable] = []
    dates = {one.period for one in released}
    while near := [table for table in left if dates & set(table.shape.window.periods)]:
        met += near
        dates.update(period for table in near for period in table.shape.window.periods)
        left = [table for table in left if table not in near]
    return met


def _sentence(clue: Clue, threshold: int) -> str:
    return (
        f"The rows beside the table “{clue.shape.title}” would show a group smaller than "
        f"{threshold}. Leave out a column of the rows that the table has too, or the table."
    )


def _less_told(classes: RowClasses, clue: Clue) -> RowClasses:
    """One class more told so coarsely that it may stand in these lines, and elsewhere too.

    It is the smallest that surely stands in them, else the smallest that may; it is told no
    finer than the class the clue is about, so that nobody can tell which of the two stands
    there. Unchanged where there is none.
    """
    may, sure = _standing(classes, clue)
    shared = _shared(classes, clue)
    order = np.argsort(classes.counts, kind="stable")
    for number in [*order[(may & sure)[order]], *order[(may & ~sure)[order]]]:
        told = _as_coarse(classes, int(number), shared, clue.beside)
        if told is not classes:
            return told
    return classes


def _much_less_told(classes: RowClasses, clue: Clue) -> RowClasses:
    """Every class that may stand in these lines, one level coarser in all the table has too.

    Where they are told as coarsely as can be, what the other classes tell is too much.
    """
    shared = _shared(classes, clue)
    told = np.zeros(len(classes.counts), np.bool_)
    for column in shared:
        told |= tells(classes, column)
    for which in (np.logical_and(told, _standing(classes, clue)[0]), told):
        if which.any():
            return all_coarser(classes, which, shared)
    return classes


def _shared(classes: RowClasses, clue: Clue) -> list[int]:
    sides = {axis.dimension for axis in clue.shape.axes}
    return [j for j, h in enumerate(classes.hierarchies) if h.dimension in sides]


def _standing(
    classes: RowClasses, clue: Clue
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which classes may stand in these lines; which of all can stand nowhere else."""
    columns = {h.dimension: j for j, h in enumerate(classes.hierarchies)}
    may = np.ones(len(classes.counts), np.bool_)
    sure = may.copy()
    for axis, words in clue.lines:
        if axis.dimension in columns:
            column = columns[axis.dimension]
            inside = np.array([word in words for word in classes.hierarchies[column].words])
            may &= (classes.possible[column] & inside).any(axis=1)
            sure &= ~(classes.possible[column] & ~inside).any(axis=1)
    return may, sure


def _as_coarse(
    classes: RowClasses, number: int, shared: Sequence[int], beside: int | None
) -> RowClasses:
    """A class told no finer than another in the shared columns; one level up without another."""
    if number == beside:
        return classes
    to = {}
    for column in shared:
        hierarchy = classes.hierarchies[column]
        node = int(classes.level[number, column]), int(classes.group[number, column])
        found = hierarchy.wider(*node)
        if beside is not None and beside < len(classes.counts):
            other = int(classes.level[beside, column]), int(classes.group[beside, column])
            found = next(
                above
                for level in range(min(node[0], other[0]), -1, -1)
                if (above := hierarchy.ancestor(*node, level)) == hierarchy.ancestor(*other, level)
            )
        if found != node:
            to[column] = found[0]
    return coarser(classes, number, to) if to else classes
