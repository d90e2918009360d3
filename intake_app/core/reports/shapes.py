"""The tables of counts a part is made of, and how earlier ones look to a reader of later ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from intake_app.core.disclosure.figures import Axis, Group, ProtectedTable, Shape
from intake_app.core.reports.dimensions import Dimension
from intake_app.core.reports.frozen import KNOWN, NO, YES
from intake_app.core.reports.periods import Window
from intake_app.core.reports.rows import Population, Rows
from intake_app.core.reports.tables import Part


@dataclass(frozen=True)
class PartShapes:
    """The shapes of one part: its table, and for each measure for how many it is known."""

    part: Part
    table: Shape
    known: Mapping[str, Shape]

    @property
    def all(self) -> tuple[Shape, ...]:
        """All of them."""
        return (self.table, *self.known.values())


Words = Mapping[tuple[Population, str], frozenset[str]]
"""All answers a reader knows of, by what is counted and the id of the dimension."""


def words_of(tables: Iterable[Shape]) -> dict[tuple[Population, str], frozenset[str]]:
    """The answers along the sides of tables."""
    found: dict[tuple[Population, str], frozenset[str]] = {}
    for shape in tables:
        for axis in shape.axes:
            key = shape.population, axis.dimension
            found[key] = found.get(key, frozenset()) | axis.words
    return found


def shapes_of(
    part: Part, rows: Rows, window: Window, words: Words, dimensions: Mapping[str, Dimension]
) -> PartShapes:
    """The shapes of a part over the rows of a window.

    A side whose answers are open has every answer of these rows, and every one an earlier table
    showed: so each period has the same lines. Raises KeyError where the rows lack a question.
    """
    axes = []
    for side in part.sides:
        found = frozenset(rows.columns[side.dimension].words)
        found |= words.get((rows.population, side.dimension), frozenset())
        groups = dict(side.groups) or None
        axes.append(dimensions[side.dimension].axis(groups, found, side.title))
    table = Shape(part.id, part.title, rows.population, window, tuple(axes))
    known = {}
    for measure in part.measures:
        told = Axis(
            f"{KNOWN}{measure}",
            "Known or not",
            (Group("Known", frozenset({YES})), Group("Not known", frozenset({NO}))),
        )
        if told.dimension not in rows.columns:
            raise KeyError(measure)
        known[measure] = replace(table, axes=(*table.axes, told))
    return PartShapes(part, table, known)


def as_read_later(table: ProtectedTable, words: Words) -> ProtectedTable:
    """An earlier table with a line of zeros for each answer that only came up later.

    A table lists every answer that occurs: a reader of a later one that lists more knows that
    these were none in it. Unless this is written down, protection would take them for unknown.
    """
    axes = []
    for axis in table.shape.axes:
        known = words.get((table.shape.population, axis.dimension), frozenset())
        new = tuple(
            Group(_free_label(axis, word), frozenset({word})) for word in sorted(known - axis.words)
        )
        axes.append(replace(axis, groups=(*axis.groups, *new)))
    wider = replace(table.shape, axes=tuple(axes))
    if wider == table.shape:
        return table
    figures = np.zeros(wider.size, object)
    spots = [
        [*range(len(before.groups)), len(axis.groups)]
        for before, axis in zip(table.shape.axes, wider.axes, strict=True)
    ]
    figures[np.ix_(*spots)] = np.array(table.figures, object).reshape(table.shape.size)
    return ProtectedTable(wider, tuple(figures.ravel().tolist()))


def _free_label(axis: Axis, word: str) -> str:
    # Nobody reads it: this table stands only in the system. It must be no other group's.
    return word if word not in axis.labels else f"{word} (answer)"


def same_lines(one: Shape, other: Shape) -> bool:
    """Whether two tables break down by the same questions in the same groups."""
    return _lines(one.axes) == _lines(other.axes)


def _lines(axes: Sequence[Axis]) -> list[tuple[str, list[frozenset[str]]]]:
    return [(axis.dimension, [group.words for group in axis.groups]) for axis in axes]
