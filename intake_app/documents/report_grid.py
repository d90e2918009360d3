"""The figures of a part as series and as grids, the same for every kind of file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake_app.core.disclosure.figures import TOTAL, Place, ProtectedTable
from intake_app.core.reports.release import Amounts, ReportPart
from intake_app.documents.report_words import COUNTED

Value = int | float | None
"""A figure; None is a withheld one."""


@dataclass(frozen=True)
class Series:
    """One number for each place of a part, in printed order.

    `name` is the measure in the files, `title` the heading.
    """

    name: str
    title: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Grid:
    """Rows and columns of figures. The last row is the total where `totals` says so.

    `title` says which part of the table it is; empty where there is only this one.
    """

    title: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Value, ...]], ...]
    totals: bool = True

    def turned(self) -> Grid:
        """Columns as rows; the total is last either way."""
        rows = tuple(
            (label, tuple(values[place] for _, values in self.rows))
            for place, label in enumerate(self.columns)
        )
        corner = " / ".join(reversed(self.corner.split(" / ")))
        return Grid(self.title, corner, tuple(label for label, _ in self.rows), rows, self.totals)


def all_series(part: ReportPart) -> list[Series]:
    """The counts first, then for each measure how many are known, and its amounts."""
    counts = COUNTED[part.table.shape.population]
    made = [Series(counts, counts.capitalize(), part.table.figures)]
    amounts = {each.measure: each for each in part.amounts}
    for measure, known in part.known.items():
        title = amounts[measure].title if measure in amounts else measure
        for line, words in enumerate(("known", "not known")):
            values = _along(part.table, known, line)
            made.append(Series(f"{measure} {words}", f"{title}: {words}", values))
        if measure in amounts:
            made += _amounts(amounts[measure])
    return made


def grids(part: ReportPart) -> list[Grid]:
    """The part as grids: two sides lie flat, a third makes a grid for each of its groups."""
    series = all_series(part)
    axes = part.table.shape.axes
    if len(axes) < 2:
        return [_side_by_side(part, series)]
    made = []
    for one in series:
        many = f"{one.title}: " if len(series) > 1 else ""
        if len(axes) == 2:
            made.append(_flat(part.table, one, (), one.title if many else ""))
            continue
        for line, label in enumerate(axes[0].labels):
            made.append(_flat(part.table, one, (line,), f"{many}{axes[0].title}: {label}"))
    return made


def _side_by_side(part: ReportPart, series: Sequence[Series]) -> Grid:
    """Each series a column, for a part of one side or none."""
    shape = part.table.shape
    labels = shape.axes[0].labels if shape.axes else (TOTAL,)
    rows = tuple((label, tuple(s.values[i] for s in series)) for i, label in enumerate(labels))
    corner = shape.axes[0].title if shape.axes else ""
    return Grid("", corner, tuple(s.title for s in series), rows, totals=bool(shape.axes))


def _flat(table: ProtectedTable, series: Series, before: Place, title: str) -> Grid:
    down, across = table.shape.axes[-2:]
    wide, tall = len(across.labels), len(down.labels)
    start = sum(before) * wide * tall
    rows = tuple(
        (label, series.values[start + line * wide : start + (line + 1) * wide])
        for line, label in enumerate(down.labels)
    )
    return Grid(title, f"{down.title} / {across.title}", across.labels, rows)


def _along(table: ProtectedTable, known: ProtectedTable, line: int) -> tuple[Value, ...]:
    """The figures of one line of the last side, for each place of the part's own table."""
    return tuple(known.at((*place, line)) for place in table.shape.places())


def _amounts(amounts: Amounts) -> list[Series]:
    made = [
        ("total", f"{amounts.title}: total {amounts.unit}", amounts.totals),
        ("mean", f"{amounts.title}: mean", amounts.means),
        ("median", f"{amounts.title}: median", amounts.medians),
        ("reached", f"{amounts.title}: reached by at least the threshold", amounts.reached),
    ]
    return [Series(f"{amounts.measure} {name}", title, values) for name, title, values in made]
