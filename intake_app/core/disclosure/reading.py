"""What a reader of published releases writes down: unknown counts, and sums of them.

Belongs to `attack`; `withholding` uses nothing of it, so that the attacker stays independent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.table import CountTable, ProtectedTable, Window

Counts = npt.NDArray[np.int64]
"""One whole number for each unknown."""


def _days(window: Window) -> tuple[int, int]:
    """First day and the day after the last, as day numbers; open ends lie outside all dates."""
    first = 0 if window.start is None else window.start.toordinal()
    return first, (date.max.toordinal() + 2 if window.end is None else window.end.toordinal() + 1)


def _overlap(one: ProtectedTable, other: ProtectedTable) -> bool:
    (a, b), (c, d) = _days(one.window), _days(other.window)
    return max(a, c) < min(b, d)


def hanging_together(
    newest: ProtectedTable, releases: Sequence[ProtectedTable]
) -> list[ProtectedTable]:
    """The releases whose dates overlap those of `newest`, or of one that does, and so on."""
    found = [newest]
    for reached in found:  # grows while it is walked
        found += [r for r in releases if _overlap(r, reached) and r not in found[1:]]
    return found[1:]


@dataclass(frozen=True)
class Group:
    """Cases whose number the reader may want: unknowns to add up, and what is shown of it."""

    parts: npt.NDArray[np.intp]
    days: tuple[Window, ...]
    row: str | None
    column: str | None
    published: bool
    shown: int | None


class Reading:
    """The releases as a reader writes them down: unknown counts, and sums of them.

    An unknown is one row and column in one piece of time that no release divides further.
    """

    def __init__(self, releases: Sequence[ProtectedTable]) -> None:
        self.releases = list(releases)
        ends = sorted({end for r in releases for end in _days(r.window)})
        self._pieces = [
            piece
            for piece in pairwise(ends)
            if any(self._covers(r.window, piece) for r in releases)
        ]
        self._rows = list(dict.fromkeys(row for r in releases for row in r.rows))
        self._columns = list(dict.fromkeys(column for r in releases for column in r.columns))
        shape = (len(self._pieces), len(self._rows), len(self._columns))
        self._grid = np.arange(int(np.prod(shape)), dtype=np.intp).reshape(shape)
        self.unknowns = int(self._grid.size)
        self.sums = list(self._all_figures())

    @staticmethod
    def _covers(window: Window, piece: tuple[int, int]) -> bool:
        first, after = _days(window)
        return first <= piece[0] and piece[1] <= after

    def _pieces_of(self, window: Window) -> frozenset[int]:
        return frozenset(p for p, piece in enumerate(self._pieces) if self._covers(window, piece))

    def _parts(
        self, pieces: frozenset[int], rows: Sequence[str], columns: Sequence[str]
    ) -> npt.NDArray[np.intp]:
        places = np.ix_(
            sorted(pieces),
            [self._rows.index(row) for row in rows],
            [self._columns.index(column) for column in columns],
        )
        return np.asarray(self._grid[places].ravel(), dtype=np.intp)

    def _all_figures(self) -> Iterator[Group]:
        for release in self.releases:
            pieces = self._pieces_of(release.window)
            for i, line in enumerate(release.cells):
                row = release.rows[i] if i < len(release.rows) else None
                for j, shown in enumerate(line):
                    column = release.columns[j] if j < len(release.columns) else None
                    parts = self._parts(
                        pieces,
                        release.rows if row is None else [row],
                        release.columns if column is None else [column],
                    )
                    yield Group(parts, (release.window,), row, column, True, shown)

    def groups(self) -> Iterator[Group]:
        """Every figure of every release, then every row, column and total of an increase."""
        yield from self.sums
        for pieces in self._increases():
            days = tuple(self._window_of(self._pieces[p]) for p in sorted(pieces))
            for row in [*self._rows, None]:
                for column in [*self._columns, None]:
                    parts = self._parts(
                        pieces,
                        self._rows if row is None else [row],
                        self._columns if column is None else [column],
                    )
                    yield Group(parts, days, row, column, False, None)

    def _increases(self) -> list[frozenset[int]]:
        """Single pieces, and what two overlapping releases share or do not share."""
        windows = [self._pieces_of(release.window) for release in self.releases]
        wanted = {frozenset([p]) for p in range(len(self._pieces))}
        for one in windows:
            for other in windows:
                if one & other:
                    wanted |= {one - other, one & other}
        return sorted(wanted - set(windows) - {frozenset()}, key=sorted)

    @staticmethod
    def _window_of(piece: tuple[int, int]) -> Window:
        first, after = piece
        return Window(
            None if first == 0 else date.fromordinal(first),
            None if after > date.max.toordinal() + 1 else date.fromordinal(after - 1),
        )

    def true_counts(self, count_in: Callable[[Window], CountTable]) -> Counts:
        """The true value of every unknown. Raises ValueError when the labels are others."""
        truth = np.zeros(self.unknowns, dtype=np.int64)
        for p, piece in enumerate(self._pieces):
            table = count_in(self._window_of(piece))
            if set(table.rows) != set(self._rows) or set(table.columns) != set(self._columns):
                raise ValueError("count_in must always use the same labels")
            for row, line in zip(table.rows, table.counts, strict=True):
                for column, count in zip(table.columns, line, strict=True):
                    place = self._grid[p, self._rows.index(row), self._columns.index(column)]
                    truth[place] = count
        return truth

    def agrees(self, counts: Counts) -> bool:
        """Whether whole numbers agree with all that was published: exact arithmetic."""
        if counts.min() < 0:
            return False
        for group in self.sums:
            value = int(counts[group.parts].sum())
            if value < 1 if group.shown is None else value != group.shown:
                return False
        return True
