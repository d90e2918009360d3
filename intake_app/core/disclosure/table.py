"""The tables a summary is made of: counts by two questions, before and after protection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

TOTAL = "Total"
"""What the last row and the last column of a published table are called."""


@dataclass(frozen=True)
class Window:
    """A range of dates; both ends are inside, and `None` leaves that end open.

    Raises ValueError when the range ends before it starts.
    """

    start: date | None
    end: date | None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError("a window may not end before it starts")

    def to_json_dict(self) -> dict[str, str | None]:
        """The two ends as ISO dates or null."""
        return {
            "start": None if self.start is None else self.start.isoformat(),
            "end": None if self.end is None else self.end.isoformat(),
        }

    @classmethod
    def from_json_dict(cls, stored: Mapping[str, Any]) -> Window:
        """The reverse of `to_json_dict`. Raises KeyError or ValueError on anything else."""
        start, end = stored["start"], stored["end"]
        return cls(
            None if start is None else date.fromisoformat(start),
            None if end is None else date.fromisoformat(end),
        )


def _check_labels(labels: Sequence[str], what: str) -> None:
    if not labels:
        raise ValueError(f"a table needs at least one {what}")
    if len(set(labels)) != len(labels):
        raise ValueError(f"a table may not have two {what}s of one name")


@dataclass(frozen=True)
class CountTable:
    """True counts of cases: `counts[i][j]` for row i and column j, without margins.

    Raises ValueError when the counts do not fit the labels, a label stands twice, or a count
    is negative.
    """

    table_id: str
    title: str
    row_title: str
    column_title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        _check_labels(self.rows, "row")
        _check_labels(self.columns, "column")
        if len(self.counts) != len(self.rows) or any(
            len(line) != len(self.columns) for line in self.counts
        ):
            raise ValueError("the counts do not fit the labels")
        if any(count < 0 for line in self.counts for count in line):
            raise ValueError("a count may not be negative")

    def with_margins(self) -> tuple[tuple[int, ...], ...]:
        """The counts with a last column and a last row of totals: (rows + 1) x (columns + 1)."""
        lines = [(*line, sum(line)) for line in self.counts]
        return (*lines, tuple(sum(column) for column in zip(*lines, strict=True)))


@dataclass(frozen=True)
class ProtectedTable:
    """What may be published: (rows + 1) x (columns + 1) figures, the last of each are totals.

    `None` is a withheld figure. It is never 0, because a 0 is shown. Nothing in here tells
    why a figure was withheld. Raises ValueError when the figures do not fit the labels.
    """

    table_id: str
    title: str
    row_title: str
    column_title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    window: Window
    cells: tuple[tuple[int | None, ...], ...]

    def __post_init__(self) -> None:
        _check_labels(self.rows, "row")
        _check_labels(self.columns, "column")
        if len(self.cells) != len(self.rows) + 1 or any(
            len(line) != len(self.columns) + 1 for line in self.cells
        ):
            raise ValueError("the figures do not fit the labels")
        if any(figure is not None and figure < 0 for line in self.cells for figure in line):
            raise ValueError("a published figure may not be negative")

    @property
    def figures(self) -> int:
        """How many figures the table has, margins included."""
        return (len(self.rows) + 1) * (len(self.columns) + 1)

    @property
    def withheld(self) -> int:
        """How many of them are withheld."""
        return sum(figure is None for line in self.cells for figure in line)

    def to_json_dict(self) -> dict[str, Any]:
        """For the ledger: only strings, numbers, lists and null; withheld is null."""
        return {
            "table_id": self.table_id,
            "title": self.title,
            "row_title": self.row_title,
            "column_title": self.column_title,
            "rows": list(self.rows),
            "columns": list(self.columns),
            "window": self.window.to_json_dict(),
            "cells": [list(line) for line in self.cells],
        }

    @classmethod
    def from_json_dict(cls, stored: Mapping[str, Any]) -> ProtectedTable:
        """The reverse of `to_json_dict`.

        Raises KeyError, TypeError or ValueError on anything else.
        """
        cells: list[tuple[int | None, ...]] = []
        for line in stored["cells"]:
            for figure in line:
                if figure is not None and type(figure) is not int:
                    raise TypeError("a figure is a whole number or null")
            cells.append(tuple(line))
        return cls(
            table_id=stored["table_id"],
            title=stored["title"],
            row_title=stored["row_title"],
            column_title=stored["column_title"],
            rows=tuple(stored["rows"]),
            columns=tuple(stored["columns"]),
            window=Window.from_json_dict(stored["window"]),
            cells=tuple(cells),
        )
