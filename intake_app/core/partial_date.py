"""Dates as people know them: a day, a month, or only a year."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Self

_STORED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, order=True)
class PartialDate:
    """A year, with a month and a day where they are known.

    Raises `ValueError` for a day without a month, or one the calendar does not have.
    """

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999 or not 0 <= self.month <= 12 or self.day < 0:
            raise ValueError("no such date")
        if self.day and (not self.month or self.day > _days_in(self.year, self.month)):
            raise ValueError("no such date")

    @classmethod
    def of(cls, day: date) -> Self:
        """The whole date `day`."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026`, `2026-11` or `2026-11-20`; raise `ValueError` for anything else."""
        found = _STORED.fullmatch(text)
        if not found:
            raise ValueError("not a date")
        year, month, day = (int(part or 0) for part in found.groups())
        if (found[2] and not month) or (found[3] and not day):
            raise ValueError("no such date")
        return cls(year, month, day)

    def __str__(self) -> str:
        text = f"{self.year:04}"
        if self.month:
            text += f"-{self.month:02}"
        if self.day:
            text += f"-{self.day:02}"
        return text

    @property
    def whole(self) -> bool:
        """Whether the day is known."""
        return self.day > 0

    @property
    def first(self) -> date:
        """The earliest day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or _days_in(self.year, month))


def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
