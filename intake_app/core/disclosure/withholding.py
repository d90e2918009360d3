"""Withholding: what of a table may be published, given all that was published before.

What holds for the result (t is the threshold, 11 by default):

- No count from 1 to t - 1 is published, in any inner cell, margin or the grand total.
- A reader who puts together every figure of every release of this table can't show any
  withheld count, or any increase between releases, to be under t if it is under t.

The threshold of 11 is that of the CMS cell size policy (ResDAC, "CMS Cell Size Suppression
Policy", 2024): values 1 to 10 may be neither reported nor derivable, zero may be shown.

The counts the reader is after are the inner cells of the atomic dates: the stretches into which
all windows that hang together cut the calendar. Guarding each small one of those is enough: a
small margin, or a small difference between two releases, is a sum of such cells, so it contains
a small one, and can be as large as that one can be.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from intake_app.core.disclosure.leeway import Budget, Figure, State, System, Target
from intake_app.core.disclosure.pattern import choose_withheld, provable
from intake_app.core.disclosure.table import CountTable, ProtectedTable, Window
from intake_app.core.errors import NotSafe

DEFAULT_THRESHOLD = 11
LOWEST_THRESHOLD, HIGHEST_THRESHOLD = 5, 50

_MARGIN_COST, _TOTAL_COST = 4, 40
"""A margin says more than an inner cell, the grand total most of all."""


def protect(
    window: Window,
    count_in: Callable[[Window], CountTable],
    earlier: Sequence[ProtectedTable],
    *,
    threshold: int = DEFAULT_THRESHOLD,
    seconds: float = 20.0,
) -> ProtectedTable:
    """The figures that may be published for `window`.

    `count_in(w)` counts the cases of any window, always under the same labels, so that the
    counts of adjoining windows add up. `earlier` are all releases so far; those of other tables
    are passed over. A window published before gets the very same figures again, whatever the
    threshold and the cases are today. The same input gives the same figures, whatever the order
    of cases, rows or columns.

    Raises NotSafe, with a sentence for the user, when there is no safe way, when earlier
    figures of overlapping dates no longer agree with the cases, or when `seconds` are up.
    Raises ValueError for a threshold outside 5 to 50.
    """
    if not LOWEST_THRESHOLD <= threshold <= HIGHEST_THRESHOLD:
        raise ValueError("the threshold must be from 5 to 50")
    table = count_in(window)
    releases = [release for release in earlier if release.table_id == table.table_id]
    for release in releases:
        if release.window == window:
            return release
    budget = Budget(seconds)
    budget.left()
    total = table.with_margins()[-1][-1]
    if 1 <= total < threshold:
        raise _too_few(threshold)
    linked = _linked(window, releases)
    counts = _Counts(table, window, linked, count_in)
    if linked and provable(counts.totals_only(threshold), budget):
        raise _too_few(threshold)
    system, places = counts.everything(threshold)
    chosen = choose_withheld(system, budget)
    withheld = {
        place
        for place, f in places.items()
        if f in chosen or system.figures[f].state is State.WITHHELD
    }
    return ProtectedTable(
        table_id=table.table_id,
        title=table.title,
        row_title=table.row_title,
        column_title=table.column_title,
        rows=table.rows,
        columns=table.columns,
        window=window,
        cells=tuple(
            tuple(None if (i, j) in withheld else figure for j, figure in enumerate(line))
            for i, line in enumerate(table.with_margins())
        ),
    )


def _too_few(threshold: int) -> NotSafe:
    return NotSafe(
        f"Too few new cases in these dates: fewer than {threshold}, and published totals would "
        "reveal them. Nothing was written. Choose dates that take in more cases, or wait: they "
        "will be counted in a later summary."
    )


@dataclass(frozen=True)
class _Stretch:
    """Days from `first` up to but not including `after`, as day numbers; ends may be infinite."""

    first: float
    after: float

    def overlaps(self, other: _Stretch) -> bool:
        return self.first < other.after and other.first < self.after

    def contains(self, other: _Stretch) -> bool:
        return self.first <= other.first and other.after <= self.after

    def window(self) -> Window:
        return Window(
            None if math.isinf(self.first) else date.fromordinal(int(self.first)),
            None
            if math.isinf(self.after)
            else date.fromordinal(int(self.after)) - timedelta(days=1),
        )


def _stretch(window: Window) -> _Stretch:
    return _Stretch(
        -math.inf if window.start is None else window.start.toordinal(),
        math.inf if window.end is None else window.end.toordinal() + 1,
    )


def _linked(window: Window, releases: Sequence[ProtectedTable]) -> list[ProtectedTable]:
    """The releases whose dates overlap these, or overlap one that does, and so on."""
    reached, waiting = [_stretch(window)], list(releases)
    linked: list[ProtectedTable] = []
    while True:
        touching = [
            release
            for release in waiting
            if any(_stretch(release.window).overlaps(other) for other in reached)
        ]
        if not touching:
            return sorted(
                linked, key=lambda r: (_stretch(r.window).first, _stretch(r.window).after)
            )
        linked += touching
        reached += [_stretch(release.window) for release in touching]
        waiting = [release for release in waiting if release not in touching]


class _Counts:
    """The inner counts of every atomic stretch, and the figures of all releases over them."""

    def __init__(
        self,
        table: CountTable,
        window: Window,
        linked: Sequence[ProtectedTable],
        count_in: Callable[[Window], CountTable],
    ) -> None:
        self._table = table
        self._linked = linked
        self._new = _stretch(window)
        # Sorted, so that the order in which labels or cases come decides nothing.
        self._rows, self._columns = sorted(table.rows), sorted(table.columns)
        for release in linked:
            if sorted(release.rows) != self._rows or sorted(release.columns) != self._columns:
                raise NotSafe(
                    "An earlier summary of this table for overlapping dates used other groups. "
                    "Nothing was written. Choose dates that do not overlap it."
                )
        covering = [self._new, *(_stretch(release.window) for release in linked)]
        cuts = sorted({end for each in covering for end in (each.first, each.after)})
        self._atoms = [
            atom
            for atom in map(_Stretch, cuts, cuts[1:])
            if any(each.contains(atom) for each in covering)
        ]
        self._by_atom = [
            self._read(table if atom == self._new else count_in(atom.window()))
            for atom in self._atoms
        ]
        self._check_against_releases()

    def _read(self, table: CountTable) -> dict[tuple[str, str], int]:
        if sorted(table.rows) != self._rows or sorted(table.columns) != self._columns:
            raise ValueError("count_in must always use the same labels")
        return {
            (row, column): count
            for row, line in zip(table.rows, table.counts, strict=True)
            for column, count in zip(table.columns, line, strict=True)
        }

    def _inner(self, stretch: _Stretch) -> dict[tuple[str, str], int]:
        inside = [
            counts
            for atom, counts in zip(self._atoms, self._by_atom, strict=True)
            if stretch.contains(atom)
        ]
        return {cell: sum(counts[cell] for counts in inside) for cell in self._by_atom[0]}

    def _check_against_releases(self) -> None:
        if self._inner(self._new) != self._read(self._table):
            raise NotSafe(
                "The cases of these dates do not add up with those of an earlier summary, "
                "because some have no date. Nothing was written. Choose dates that do not "
                "overlap an earlier summary, or fill in the missing dates."
            )
        for release in self._linked:
            truth = self._inner(_stretch(release.window))
            for i, row in enumerate([*release.rows, None]):
                for j, column in enumerate([*release.columns, None]):
                    value = sum(truth[cell] for cell in self._cells(row, column))
                    figure = release.cells[i][j]
                    if value == 0 if figure is None else value != figure:
                        raise NotSafe(
                            "Cases in the dates of an earlier summary were added or changed "
                            "after it was published, so the new figures would reveal them. "
                            "Nothing was written. Choose dates that do not overlap it."
                        )

    def _cells(self, row: str | None, column: str | None) -> list[tuple[str, str]]:
        """The inner cells of a figure; no row or no column means a margin."""
        rows = self._rows if row is None else [row]
        columns = self._columns if column is None else [column]
        return [(each, other) for each in rows for other in columns]

    def totals_only(self, threshold: int) -> System:
        """Only the grand totals: the least that this release would show."""
        totals = [sum(counts.values()) for counts in self._by_atom]
        shown = [(self._new, State.PUBLISHED)]
        shown += [
            (
                _stretch(release.window),
                State.WITHHELD if release.cells[-1][-1] is None else State.PUBLISHED,
            )
            for release in self._linked
        ]
        figures = []
        for stretch, state in shown:
            parts = tuple(a for a, atom in enumerate(self._atoms) if stretch.contains(atom))
            value = sum(totals[a] for a in parts)
            figures.append(Figure(parts, value, State.PUBLISHED if value == 0 else state))
        return System(tuple(totals), tuple(figures), _small(totals, threshold))

    def everything(self, threshold: int) -> tuple[System, Mapping[tuple[int, int], int]]:
        """The whole system, and which figure stands where in the new table (row, column)."""
        releases = [(release, _stretch(release.window)) for release in self._linked]
        zero = {
            (a, cell)
            for stretch in [self._new, *(stretch for _, stretch in releases)]
            for cell, value in self._inner(stretch).items()
            if value == 0
            for a, atom in enumerate(self._atoms)
            if stretch.contains(atom)
        }  # fmt: skip
        # A shown 0 settles every count in it, so those are left out.
        unsettled = [
            (a, cell)
            for a in range(len(self._atoms))
            for cell in self._cells(None, None)
            if (a, cell) not in zero
        ]
        place_of = {key: place for place, key in enumerate(unsettled)}
        counts = [self._by_atom[a][cell] for a, cell in unsettled]

        def figure(
            stretch: _Stretch, row: str | None, column: str | None
        ) -> tuple[tuple[int, ...], int]:
            parts = tuple(
                place_of[a, cell]
                for a, atom in enumerate(self._atoms)
                if stretch.contains(atom)
                for cell in self._cells(row, column)
                if (a, cell) in place_of
            )
            return parts, sum(counts[part] for part in parts)

        figures: list[Figure] = []
        for release, stretch in releases:
            for row in [*self._rows, None]:
                i = len(release.rows) if row is None else release.rows.index(row)
                for column in [*self._columns, None]:
                    j = len(release.columns) if column is None else release.columns.index(column)
                    parts, value = figure(stretch, row, column)
                    shown = release.cells[i][j] is not None
                    if parts:
                        state = State.PUBLISHED if shown else State.WITHHELD
                        figures.append(Figure(parts, value, state))
        places: dict[tuple[int, int], int] = {}
        for row in [*self._rows, None]:
            i = len(self._rows) if row is None else self._table.rows.index(row)
            for column in [*self._columns, None]:
                j = len(self._columns) if column is None else self._table.columns.index(column)
                parts, value = figure(self._new, row, column)
                if value:
                    state = State.WITHHELD if value < threshold else State.OPEN
                    places[i, j] = len(figures)
                    figures.append(Figure(parts, value, state, _cost(value, row, column)))
        return System(tuple(counts), tuple(figures), _small(counts, threshold)), places


def _small(counts: Sequence[int], threshold: int) -> tuple[Target, ...]:
    return tuple(
        Target(part, threshold - count)
        for part, count in enumerate(counts)
        if 1 <= count < threshold
    )


def _cost(value: int, row: str | None, column: str | None) -> int:
    """What it costs to withhold: foremost the number of figures, then how much they hold."""
    inner = 100 + round(50 * math.log10(value))
    if row is not None and column is not None:
        return inner
    return inner * (_TOTAL_COST if row is None and column is None else _MARGIN_COST)
