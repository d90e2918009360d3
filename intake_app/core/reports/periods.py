"""The dates figures are published for: whole quarters, half-years and years, never overlapping.

A case belongs to exactly one published period, so no two periods can be subtracted from each
other. A year's total is the sum of the periods published in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from intake_app.core.errors import AppError


class Every(IntEnum):
    """How often an office publishes: months in a period."""

    QUARTER = 3
    HALF_YEAR = 6
    YEAR = 12


@dataclass(frozen=True, order=True)
class Period:
    """A whole quarter, half-year or year. `start` is its first day.

    Raises ValueError for a first day on which no such period starts.
    """

    start: date
    every: Every

    def __post_init__(self) -> None:
        if self.start.day != 1 or (self.start.month - 1) % self.every:
            raise ValueError(f"no {self.every.name.lower()} starts on {self.start}")

    @property
    def end(self) -> date:
        """The last day."""
        return _after(self) - timedelta(days=1)

    @property
    def id(self) -> str:
        """`2026`, `2026-H1` or `2026-Q3`: as in files and on the command line."""
        number = (self.start.month - 1) // self.every + 1
        marks = {Every.QUARTER: f"-Q{number}", Every.HALF_YEAR: f"-H{number}", Every.YEAR: ""}
        return f"{self.start.year}{marks[self.every]}"

    @property
    def words(self) -> str:
        """For a sentence or a heading."""
        year, number = self.start.year, (self.start.month - 1) // self.every
        if self.every is Every.QUARTER:
            return (
                f"{('January', 'April', 'July', 'October')[number]} to "
                f"{('March', 'June', 'September', 'December')[number]} {year}"
            )
        if self.every is Every.HALF_YEAR:
            return f"{('January to June', 'July to December')[number]} {year}"
        return f"the year {year}"

    def is_over(self, today: date) -> bool:
        """Whether its last day has passed: nothing is published of dates still running."""
        return self.end < today

    def year_before(self) -> Period:
        """The same dates a year earlier."""
        return Period(self.start.replace(year=self.start.year - 1), self.every)


def _after(period: Period) -> date:
    months = period.start.month - 1 + period.every
    return date(period.start.year + months // 12, months % 12 + 1, 1)


def months_before(end: date, months: int) -> date:
    """The first day of the so many months that end with the month of `end`."""
    number = end.year * 12 + end.month - months
    return date(number // 12, number % 12 + 1, 1)


def next_period(period: Period, every: Every) -> Period | None:
    """The period of that length that follows at once; None where none starts on that day."""
    start = _after(period)
    return Period(start, every) if (start.month - 1) % every == 0 else None


def period_of(day: date, every: Every) -> Period:
    """The period a day lies in."""
    return Period(date(day.year, (day.month - 1) // every * every + 1, 1), every)


_ID = re.compile(r"(\d{4})(?:-([QH])([1-4]))?", re.ASCII)


def read_period(text: str) -> Period:
    """`2026-Q3`, `2026-H1` or `2026`. Raises `AppError` for anything else."""
    found = _ID.fullmatch(text.strip().upper())
    try:
        if found is None:
            raise ValueError(text)
        year, mark, number = found.groups()
        every = {"Q": Every.QUARTER, "H": Every.HALF_YEAR, None: Every.YEAR}[mark]
        month = (int(number or 1) - 1) * every + 1
        return Period(date(int(year), month, 1), every)
    except ValueError as error:
        raise AppError(
            "That is no period. Write a quarter like 2026-Q3, a half-year like 2026-H1 "
            "or a year like 2026."
        ) from error


@dataclass(frozen=True)
class Window:
    """What one published table covers: one period, or all periods published in one year.

    `periods` are in order and do not overlap; ValueError otherwise.
    """

    periods: tuple[Period, ...]

    def __post_init__(self) -> None:
        if not self.periods:
            raise ValueError("a window needs a period")
        for one, other in zip(self.periods, self.periods[1:], strict=False):
            if one.end >= other.start:
                raise ValueError("the periods of a window follow each other")
        if len(self.periods) > 1 and len({p.start.year for p in self.periods}) > 1:
            raise ValueError("a window of several periods is one year")

    @property
    def id(self) -> str:
        """`2026-Q3`, or `2026` for a whole year in one period or in several."""
        first = self.periods[0]
        return first.id if len(self.periods) == 1 else str(first.start.year)

    @property
    def words(self) -> str:
        """For a sentence or a heading."""
        first = self.periods[0]
        return first.words if len(self.periods) == 1 else f"the year {first.start.year}"

    @property
    def start(self) -> date:
        """The first day."""
        return self.periods[0].start

    @property
    def end(self) -> date:
        """The last day."""
        return self.periods[-1].end

    def to_json(self) -> list[str]:
        """The ids of the periods."""
        return [period.id for period in self.periods]

    @classmethod
    def from_json(cls, stored: Sequence[str]) -> Window:
        """The reverse of `to_json`. Raises AppError or ValueError on anything else."""
        return cls(tuple(read_period(each) for each in stored))
