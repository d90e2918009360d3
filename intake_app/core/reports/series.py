"""What an office has published so far, as its ledger tells it: periods, releases, known figures.

A series is a row of periods that never overlap. It ends only when the ledger is lost or by
decision; the next one begins after every date the one before may have covered.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from intake_app.core.disclosure.figures import ProtectedTable, SingleFigure
from intake_app.core.disclosure.published_rows import PublishedRows
from intake_app.core.errors import NotSafe
from intake_app.core.reports.frozen import Frozen
from intake_app.core.reports.periods import Period, Window
from intake_app.core.reports.release import ReportPart
from intake_app.core.reports.released import Released, released_from_json
from intake_app.core.reports.rows import Population
from intake_app.core.reports.tables import Side


class EntryKind(StrEnum):
    """What an entry of the ledger is. TABLE is a summary of revision 0003 and before."""

    TABLE = "table"
    SERIES = "series"
    PERIOD = "period"
    RELEASE = "release"
    KNOWN = "known"
    ROWS = "rows"
    ROWS_ALLOWED = "rows allowed"


@dataclass(frozen=True)
class Entry:
    """One entry as kept. `sealed` is what only holders of the protected key can open, opened."""

    id: int
    kind: EntryKind
    made_at: datetime
    made_by: int
    published: Mapping[str, Any]
    sealed: bytes | None = None


@dataclass(frozen=True)
class Series:
    """The series that is running; `number` 0 where nothing was published yet.

    earliest: the first day its first period may start; None where any may. frozen: its periods,
    in order. taken: record numbers counted so far, in this series and those before. tables: every
    table of counts published in it, those of case rows too. rows: the case rows published in it.
    rows_allowed: the columns an administrator allowed in case rows besides those that need no
    leave; None where case rows are not allowed. newest: number of its newest entry.
    """

    number: int = 0
    earliest: date | None = None
    frozen: tuple[Frozen, ...] = ()
    taken: Mapping[Population, frozenset[int]] = field(default_factory=dict)
    releases: tuple[Released, ...] = ()
    tables: tuple[ProtectedTable, ...] = ()
    known: tuple[SingleFigure, ...] = ()
    rows: tuple[PublishedRows, ...] = ()
    rows_allowed: frozenset[str] | None = None
    newest: int = 0

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods published so far, in order."""
        return tuple(each.period for each in self.frozen)

    @property
    def start(self) -> date | None:
        """The first day that is counted; None where no period was published yet."""
        return self.frozen[0].period.start if self.frozen else None

    def can_follow(self, period: Period) -> bool:
        """Whether this period may be the next one: it overlaps nothing that was published."""
        if self.frozen:
            return period.start > self.frozen[-1].period.end
        return self.earliest is None or period.start >= self.earliest

    def published_part(self, part_id: str, window: Window) -> tuple[Released, ReportPart] | None:
        """The release that published a part for a window, and the part; None where none did."""
        for released in self.releases:
            if released.asked.window == window and part_id in released.parts:
                return released, released.parts[part_id]
        return None

    def sides_of(self, part_id: str) -> tuple[Side, ...] | None:
        """The sides a part had in its last release; None where it was not published yet."""
        parts = [each.parts[part_id] for each in self.releases if part_id in each.parts]
        return parts[-1].part.sides if parts else None

    @property
    def threshold(self) -> int | None:
        """The threshold of its releases; None before the first.

        It stays the same: a lower one would undo their protection, and what they withheld was
        not protected for a higher one.
        """
        return self.releases[0].asked.threshold if self.releases else None

    def year(self, year: int) -> Window | None:
        """All periods published in a year, where they are the whole of it; None otherwise.

        A year is whole when the series began by its first day and its last day is in a period.
        """
        inside = tuple(period for period in self.periods if period.start.year == year)
        if self.start is None or self.start > date(year, 1, 1) or not inside:
            return None
        return Window(inside) if inside[-1].end == date(year, 12, 31) else None


def read_series(entries: Iterable[Entry]) -> Series:
    """The series the entries end in, oldest first. Raises `NotSafe` for one it can't read."""
    series = Series()
    try:
        for entry in entries:
            series = replace(_with_entry(series, entry), newest=entry.id)
    except (KeyError, TypeError, ValueError, zlib.error) as error:
        raise NotSafe(
            "The ledger of published figures can’t be read. Nothing can be published. Restore a "
            "backup of the office, or ask an administrator to start a new series."
        ) from error
    return series


def _with_entry(series: Series, entry: Entry) -> Series:
    told = entry.published
    match entry.kind:
        case EntryKind.TABLE:
            # Counted any dates, and tells none of its records: nothing of those dates again.
            end = told["window"]["end"]
            last = date.fromisoformat(end) if end else entry.made_at.date()
            return replace(series, earliest=_later(series.earliest, last + timedelta(days=1)))
        case EntryKind.SERIES:
            earliest = date.fromisoformat(told["earliest"]) if told["earliest"] else None
            begun = Series(told["series"], _later(series.earliest, earliest), taken=series.taken)
            return replace(begun, rows_allowed=series.rows_allowed)
        case EntryKind.PERIOD:
            return _with_period(series, Frozen.from_bytes(entry.sealed or b""))
        case EntryKind.KNOWN:
            figure = SingleFigure.from_json(told["figure"])
            return replace(series, known=(*series.known, figure))
        case EntryKind.RELEASE:
            released = released_from_json(entry.id, entry.made_at, told)
            tables = (*series.tables, *released.tables)
            return replace(series, releases=(*series.releases, released), tables=tables)
        case EntryKind.ROWS:
            rows = PublishedRows.from_json(told, entry.sealed or b"")
            counts = (*series.tables, rows.total)
            return replace(series, tables=counts, rows=(*series.rows, rows))
        case EntryKind.ROWS_ALLOWED:
            allowed = frozenset(told["columns"]) if told["allowed"] else None
            return replace(series, rows_allowed=allowed)


def _with_period(series: Series, frozen: Frozen) -> Series:
    if not series.can_follow(frozen.period):
        raise ValueError("the periods of a series follow each other")
    none: frozenset[int] = frozenset()
    taken = {
        kind: series.taken.get(kind, none) | frozen.keys.get(kind, none) for kind in Population
    }
    return replace(series, frozen=(*series.frozen, frozen), taken=taken)


def _later(one: date | None, other: date | None) -> date | None:
    return max((day for day in (one, other) if day is not None), default=None)
