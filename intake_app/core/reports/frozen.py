"""A period that was published: the facts it counted, kept, so that its figures never change.

A row belongs to the first period closed after it was entered. What is dated before the series
began belongs to none. Which row is of which record is not kept: rows stand in an order of their
own, and the record numbers apart from them, so that no case is counted twice.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.figures import CountTable, Shape, SingleFigure
from intake_app.core.errors import NotSafe
from intake_app.core.reports.counting import count
from intake_app.core.reports.dated import Dated
from intake_app.core.reports.periods import Period, Window, read_period
from intake_app.core.reports.rows import Column, Population, Rows, joined

KNOWN = "known:"
"""Before a measure's id: the dimension that tells for whom the number is known."""

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Frozen:
    """One closed period: the record numbers it took, and the rows they were, in another order."""

    period: Period
    keys: Mapping[Population, frozenset[int]]
    rows: Mapping[Population, Rows]

    def to_bytes(self) -> bytes:
        """For the ledger, to be sealed. The same facts are the same bytes."""
        stored = {
            "period": self.period.id,
            "keys": {kind.value: sorted(keys) for kind, keys in sorted(self.keys.items())},
            "rows": {
                kind.value: base64.b64encode(rows.to_bytes()).decode()
                for kind, rows in sorted(self.rows.items())
            },
        }
        return json.dumps(stored, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, stored: bytes) -> Frozen:
        """The reverse of `to_bytes`. Raises KeyError, ValueError or zlib.error otherwise."""
        found = json.loads(stored)
        return cls(
            read_period(found["period"]),
            {Population(kind): frozenset(keys) for kind, keys in found["keys"].items()},
            {
                Population(kind): Rows.from_bytes(base64.b64decode(rows))
                for kind, rows in found["rows"].items()
            },
        )


def freeze(
    found: Mapping[Population, Dated],
    period: Period,
    start: date,
    taken: Mapping[Population, frozenset[int]],
    threshold: int,
) -> Frozen:
    """Close a period: all that is dated from `start` of the series to its end and not taken yet.

    So it takes what came late for the periods before it, and what was in periods left out. Of
    cases, letters or responses it takes none where there are fewer than the threshold: no figure
    about them could be published, so they are left to the next period.
    """
    keys: dict[Population, frozenset[int]] = {}
    rows: dict[Population, Rows] = {}
    for kind, dated in found.items():
        before = taken.get(kind, frozenset())
        places = [
            i
            for i, (key, day) in enumerate(zip(dated.keys, dated.days, strict=True))
            if start <= day <= period.end and key not in before
        ]
        if len(places) < threshold:
            places = []
        keys[kind] = frozenset(dated.keys[i] for i in places)
        rows[kind] = in_order(dated.rows.taken(np.array(places, np.intp)))
    return Frozen(period, keys, rows)


def in_order(rows: Rows) -> Rows:
    """The same rows in an order that depends on nothing but their answers and numbers."""
    columns = {name: _sorted_words(column) for name, column in rows.columns.items()}
    sorted_by: list[npt.NDArray[np.float64] | npt.NDArray[np.int16]] = [
        *(rows.numbers[name] for name in sorted(rows.numbers)),
        *(columns[name].codes for name in sorted(columns)),
    ]
    unsorted = replace(rows, columns=columns)
    return unsorted.taken(np.lexsort(sorted_by)) if sorted_by and rows.size else unsorted


def _sorted_words(column: Column) -> Column:
    words, codes = np.unique(column.codes, return_inverse=True)
    found = [column.words[code] for code in words]
    order = sorted(range(len(found)), key=found.__getitem__)
    rank = np.empty(len(found), np.int16)
    rank[order] = np.arange(len(found), dtype=np.int16)
    return Column(tuple(found[i] for i in order), rank[codes] if found else column.codes)


def rows_in(frozen: Sequence[Frozen], kind: Population, window: Window) -> Rows:
    """All rows of a window, from its closed periods. Raises `NotSafe` for a period not closed."""
    by_period = {each.period: each.rows[kind] for each in frozen}
    if any(period not in by_period for period in window.periods):
        raise NotSafe(
            "These figures cover dates that were not published as periods. Choose dates from "
            "the list."
        )
    parts = [by_period[period] for period in window.periods]
    # An empty period has no answers, and perhaps no columns; it says nothing about them.
    rows = joined([part for part in parts if part.size] or parts[:1])
    told = {f"{KNOWN}{name}": _known(values) for name, values in rows.numbers.items()}
    return replace(rows, columns={**rows.columns, **told})


def _known(values: npt.NDArray[np.float64]) -> Column:
    return Column((YES, NO), np.isnan(values).astype(np.int16))


class TrueCounts:
    """Counts tables from closed periods, each window's rows put together once."""

    def __init__(self, frozen: Sequence[Frozen]) -> None:
        self._frozen = tuple(frozen)
        self._rows: dict[tuple[Population, Window], Rows] = {}

    def rows(self, kind: Population, window: Window) -> Rows:
        """The rows of a window."""
        if (kind, window) not in self._rows:
            self._rows[kind, window] = rows_in(self._frozen, kind, window)
        return self._rows[kind, window]

    def __call__(self, shape: Shape) -> CountTable:
        """The true counts of one table. KeyError for a question its periods did not keep."""
        return count(shape, self.rows(shape.population, shape.window))

    def as_counted(self, figure: SingleFigure) -> SingleFigure | None:
        """A figure known from elsewhere, at our own count: a reader may know that one as well.

        None where its dates were closed before its question was counted: no table of theirs
        can ask it.
        """
        rows = self.rows(figure.population, figure.window)
        if any(name not in rows.columns for name, _ in figure.conditions):
            return None
        meant = np.ones(rows.size, bool)
        for name, words in figure.conditions:
            column = rows.columns[name]
            codes = [code for code, word in enumerate(column.words) if word in words]
            meant &= np.isin(column.codes, codes)
        return replace(figure, value=int(meant.sum()))
