"""What a release is made of: tables of counts, before and after protection.

A figure is known by what it counts: a population, a window of dates and, for each question it
is broken down by, the answers it takes together. Two tables that show the same figure show one
and the same unknown to a reader, which is why tables are protected together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from intake_app.core.reports.periods import Window
from intake_app.core.reports.rows import Population

TOTAL = "Total"
"""What the last line along each side of a published table is called."""

WITHHELD = "s"
"""The one symbol for a withheld figure: one of a small group and any other alike."""

DEFAULT_THRESHOLD, LOWEST_THRESHOLD, HIGHEST_THRESHOLD = 11, 5, 50
"""Counts from 1 to one below the threshold are small (CMS cell size policy, ResDAC 2024)."""

MOST_AXES = 3
"""Sides of a table; more than three make cells too small to show."""

Place = tuple[int, ...]
"""One place for each axis; the number of its groups stands for the total."""


class Guard(Enum):
    """What a question asks of the protection besides that no small group can be shown.

    GROUP: no published line may be all of one answer (guarantee G3). VICTIM: that too, and it
    must not be shown that even one such person exists (G2), so zeros are withheld as well.
    """

    NONE = "none"
    GROUP = "group"
    VICTIM = "victim"


@dataclass(frozen=True)
class Group:
    """One line along a side: its label, and the keys of the answers it takes together."""

    label: str
    words: frozenset[str]


@dataclass(frozen=True)
class Axis:
    """One side of a table: a dimension's id, its heading and its groups in printed order.

    Raises ValueError where a label or an answer stands twice, or there is no group.
    """

    dimension: str
    title: str
    groups: tuple[Group, ...]
    guard: Guard = Guard.NONE
    flagged: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        labels = [group.label for group in self.groups]
        words = [word for group in self.groups for word in group.words]
        if not labels or len(set(labels)) != len(labels) or TOTAL in labels:
            raise ValueError("every group of a side needs a label of its own")
        if len(set(words)) != len(words) or not all(group.words for group in self.groups):
            raise ValueError("every answer stands in one group of a side")

    @property
    def words(self) -> frozenset[str]:
        """All answers along this side."""
        return frozenset(word for group in self.groups for word in group.words)

    @property
    def labels(self) -> tuple[str, ...]:
        """The groups as printed, the total last."""
        return (*(group.label for group in self.groups), TOTAL)


@dataclass(frozen=True)
class Shape:
    """A table without its figures: what is counted, when, and along which sides (none to three).

    Raises ValueError for more sides, or two of one dimension.
    """

    table_id: str
    title: str
    population: Population
    window: Window
    axes: tuple[Axis, ...]

    def __post_init__(self) -> None:
        if len(self.axes) > MOST_AXES:
            raise ValueError("a table has at most three sides")
        if len({axis.dimension for axis in self.axes}) != len(self.axes):
            raise ValueError("a table breaks down by each question once")

    @property
    def size(self) -> tuple[int, ...]:
        """Lines along each side, the total included."""
        return tuple(len(axis.groups) + 1 for axis in self.axes)

    @property
    def figures(self) -> int:
        """How many figures the table has, totals included."""
        return int(np.prod(self.size, dtype=np.int64)) if self.axes else 1

    @property
    def guard(self) -> Guard:
        """The strictest guard along its sides."""
        guards = {axis.guard for axis in self.axes}
        return next((g for g in (Guard.VICTIM, Guard.GROUP) if g in guards), Guard.NONE)

    def places(self) -> Iterator[Place]:
        """Every place in printed order, totals included; one empty place without sides."""
        return product(*(range(lines) for lines in self.size))

    def labels(self, place: Place) -> tuple[str, ...]:
        """What stands beside a figure, one label for each side."""
        return tuple(axis.labels[i] for axis, i in zip(self.axes, place, strict=True))

    def same_table(self, other: Shape) -> bool:
        """Whether both count the same, for the same dates, in the same groups."""
        return replace(self, title="") == replace(other, title="")

    def to_json(self) -> dict[str, Any]:
        """For the ledger: strings and lists only."""
        return {
            "table_id": self.table_id,
            "title": self.title,
            "population": self.population.value,
            "periods": self.window.to_json(),
            "axes": [
                {
                    "dimension": axis.dimension,
                    "title": axis.title,
                    "guard": axis.guard.value,
                    "flagged": sorted(axis.flagged),
                    "groups": [[g.label, sorted(g.words)] for g in axis.groups],
                }
                for axis in self.axes
            ],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Shape:
        """The reverse of `to_json`. Raises KeyError, TypeError or ValueError otherwise."""
        return cls(
            stored["table_id"],
            stored["title"],
            Population(stored["population"]),
            Window.from_json(stored["periods"]),
            tuple(
                Axis(
                    axis["dimension"],
                    axis["title"],
                    tuple(Group(label, frozenset(words)) for label, words in axis["groups"]),
                    Guard(axis["guard"]),
                    frozenset(axis["flagged"]),
                )
                for axis in stored["axes"]
            ),
        )


@dataclass(frozen=True)
class SingleFigure:
    """One figure that is known from elsewhere: a partner’s report, a court’s, an earlier program’s.

    `conditions` are the answers it takes together, by dimension; none for a total. It counts
    as published, whatever its size.
    """

    population: Population
    window: Window
    conditions: frozenset[tuple[str, frozenset[str]]]
    value: int

    def to_json(self) -> dict[str, Any]:
        """For the ledger."""
        return {
            "population": self.population.value,
            "periods": self.window.to_json(),
            "conditions": [
                [name, words] for name, words in sorted((n, sorted(w)) for n, w in self.conditions)
            ],
            "value": self.value,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> SingleFigure:
        """The reverse of `to_json`. Raises KeyError, TypeError or ValueError otherwise."""
        return cls(
            Population(stored["population"]),
            Window.from_json(stored["periods"]),
            frozenset((name, frozenset(words)) for name, words in stored["conditions"]),
            int(stored["value"]),
        )


@dataclass(frozen=True)
class CountTable:
    """True counts, totals included: `counts` has the size of its shape. Not for anybody's eyes."""

    shape: Shape
    counts: npt.NDArray[np.int64]

    def __post_init__(self) -> None:
        if self.counts.shape != self.shape.size or (self.counts < 0).any():
            raise ValueError("the counts do not fit the table")


@dataclass(frozen=True)
class ProtectedTable:
    """What may be published: one figure for each place of its shape, in printed order.

    `None` is a withheld figure. Nothing in here tells why one was withheld.
    """

    shape: Shape
    figures: tuple[int | None, ...]

    def __post_init__(self) -> None:
        if len(self.figures) != self.shape.figures:
            raise ValueError("the figures do not fit the table")
        if any(figure is not None and figure < 0 for figure in self.figures):
            raise ValueError("a published figure may not be negative")

    def at(self, place: Place) -> int | None:
        """The figure at a place; None is withheld."""
        spot = 0
        for i, lines in zip(place, self.shape.size, strict=True):
            spot = spot * lines + i
        return self.figures[spot]

    @property
    def withheld(self) -> int:
        """How many figures are withheld."""
        return sum(figure is None for figure in self.figures)

    def to_json(self) -> dict[str, Any]:
        """For the ledger: withheld is null."""
        return {"shape": self.shape.to_json(), "figures": list(self.figures)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> ProtectedTable:
        """The reverse of `to_json`. Raises KeyError, TypeError or ValueError otherwise."""
        figures: Sequence[Any] = stored["figures"]
        if any(figure is not None and type(figure) is not int for figure in figures):
            raise TypeError("a figure is a whole number or null")
        return cls(Shape.from_json(stored["shape"]), tuple(figures))
