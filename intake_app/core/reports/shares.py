"""Percentages, “known of all” and changes since the year before: from published figures only.

Nothing here sees a withheld figure, so nothing here can tell one: what needs one is None.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import product

from intake_app.core.disclosure.figures import Place, ProtectedTable, Shape
from intake_app.core.reports.tables import Share


@dataclass(frozen=True)
class Known:
    """For how many of all an answer is known, in one line across the other sides.

    `of` are the labels of the other sides, the total included; empty for a table of one side.
    """

    of: tuple[str, ...]
    known: int | None
    all: int | None

    @property
    def words(self) -> str:
        """As printed: “37 known of 52”, or that it is withheld."""
        if self.known is None or self.all is None:
            return "withheld"
        return f"{self.known:,} known of {self.all:,}"


@dataclass(frozen=True)
class Percent:
    """A percentage to a whole number, of all whose answer is known; None where it is withheld."""

    label: str
    of: tuple[str, ...]
    percent: int | None

    @property
    def words(self) -> str:
        """As printed."""
        return "withheld" if self.percent is None else f"{self.percent}%"


def known_of_all(table: ProtectedTable, unknown: Collection[str]) -> tuple[Known, ...]:
    """One line for each place along the other sides: how many answers of the first are known.

    `unknown` are the keys of answers that are none. ValueError for a table without sides.
    """
    return tuple(
        Known(_labels(table.shape, across), *_known(table, unknown, across))
        for across in _across(table.shape)
    )


def shares_of(
    table: ProtectedTable, shares: Iterable[Share], unknown: Collection[str]
) -> tuple[Percent, ...]:
    """The percentages of a part, for each place along its other sides.

    A share whose groups the table does not have, because its answers were grouped, is left out.
    """
    first = table.shape.axes[0] if table.shape.axes else None
    place = {group.label: i for i, group in enumerate(first.groups)} if first else {}
    made = []
    for share in shares:
        if not set(share.groups) <= set(place):
            continue
        for across in _across(table.shape):
            part = _sum(table, [place[label] for label in share.groups], across)
            known, _ = _known(table, unknown, across)
            made.append(Percent(share.label, _labels(table.shape, across), percent_of(part, known)))
    return tuple(made)


def percent_of(part: int | None, whole: int | None) -> int | None:
    """`part` of `whole` as a whole number, half up; None where either is withheld or none is."""
    if part is None or not whole:
        return None
    return (200 * part + whole) // (2 * whole)


def change_since(now: ProtectedTable, before: ProtectedTable) -> tuple[int | None, ...]:
    """How much each figure of `now` is above the same figure of `before`, in printed order.

    None where either is withheld, or `before` has no such figure because its groups differ.
    ValueError for tables of different sides.
    """
    sides = [[axis.dimension for axis in table.shape.axes] for table in (now, before)]
    if sides[0] != sides[1]:
        raise ValueError("only tables of the same sides are compared")
    then = dict(zip(_counted(before.shape), before.figures, strict=True))
    changes = []
    for counted, figure in zip(_counted(now.shape), now.figures, strict=True):
        earlier = then.get(counted)
        changes.append(None if figure is None or earlier is None else figure - earlier)
    return tuple(changes)


def _counted(shape: Shape) -> list[tuple[frozenset[str] | None, ...]]:
    """What each figure takes together along each side; None for the total."""
    return [
        tuple(
            axis.groups[i].words if i < len(axis.groups) else None
            for axis, i in zip(shape.axes, place, strict=True)
        )
        for place in shape.places()
    ]


def _across(shape: Shape) -> list[Place]:
    if not shape.axes:
        raise ValueError("a table without sides has no percentages")
    return list(product(*(range(lines) for lines in shape.size[1:])))


def _labels(shape: Shape, across: Place) -> tuple[str, ...]:
    return tuple(axis.labels[i] for axis, i in zip(shape.axes[1:], across, strict=True))


def _sum(table: ProtectedTable, lines: Iterable[int], across: Place) -> int | None:
    figures = [table.at((line, *across)) for line in lines]
    shown = [figure for figure in figures if figure is not None]
    return sum(shown) if len(shown) == len(figures) else None


def _known(
    table: ProtectedTable, unknown: Collection[str], across: Place
) -> tuple[int | None, int | None]:
    """How many are known, and how many there are. A group partly of no answers counts as known."""
    groups = table.shape.axes[0].groups
    everybody = table.at((len(groups), *across))
    none = [i for i, group in enumerate(groups) if group.words <= frozenset(unknown)]
    silent = _sum(table, none, across)
    known = None if everybody is None or silent is None else everybody - silent
    return known, everybody
