"""Invented releases for the tests of what is written from them. Withheld: the small ones only.

What is made here is not safe; it only has the form of what is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from intake_app import paths
from intake_app.core.disclosure.amounts_sums import gathered, sums_of
from intake_app.core.disclosure.confirmation import Confirmation
from intake_app.core.disclosure.figures import (
    Axis,
    CountTable,
    Group,
    Guard,
    ProtectedTable,
    Shape,
)
from intake_app.core.reports.catalogue import DIMENSIONS, MEASURES
from intake_app.core.reports.counting import count
from intake_app.core.reports.periods import Every, Period, Window
from intake_app.core.reports.release import (
    Amounts,
    Costs,
    Prepared,
    ReleaseAsked,
    Report,
    ReportPart,
)
from intake_app.core.reports.rows import Column, Population, Rows
from intake_app.core.reports.tables import Part, ReportTable, read_report_table
from intake_app.documents.report_made import Made
from intake_app.workflows import shipped
from tests.report_rows import COUNTIES, invented_rows

QUARTER = Window((Period(date(2026, 7, 1), Every.QUARTER),))
YEAR_BEFORE = Window((Period(date(2025, 7, 1), Every.QUARTER),))
COSTS = Costs(140.0, "county budget, 2026", 21.0, "county jail, 2025")
CONFIRMED = Confirmation("Second attacker", "1", "HiGHS 1.15.1", 61, 0, True, 3, 1204)


def made(**changes: object) -> Made:
    """Who made it."""
    usual = Made(
        "0.1.0",
        datetime(2026, 11, 28, 9, 30, tzinfo=ZoneInfo("America/New_York")),
        "4",
        ("1", "2", "3"),
        "Example Legal Aid",
        shipped.letter_fonts(),
        "1 Example Street, Town, FL 33000\nTelephone 305-555-0100",
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def withheld_small(table: CountTable, threshold: int = 11) -> ProtectedTable:
    """The table without its small counts, and without zeros where a victim could be told."""
    least = 0 if table.shape.guard is Guard.VICTIM else 1
    figures = table.counts.reshape(-1).tolist()
    return ProtectedTable(
        table.shape, tuple(None if least <= n < threshold else n for n in figures)
    )


def a_part(
    counts: Sequence[int | None],
    *labels: Sequence[str],
    guard: Guard = Guard.NONE,
    title: str = "Most serious charge",
    part_id: str = "T1",
    population: Population = Population.EPISODES,
) -> ReportPart:
    """A part of given figures: inner ones and totals as they stand, labels of each side."""
    axes = tuple(
        Axis(f"side{n}", f"Side {n}", tuple(Group(x, frozenset({x})) for x in side), guard)
        for n, side in enumerate(labels)
    )
    shape = Shape(part_id, title, population, QUARTER, axes)
    return ReportPart(Part(part_id, title, ()), ProtectedTable(shape, tuple(counts)))


def a_report(*parts: ReportPart, **changes: object) -> Report:
    """A table of the list with these parts."""
    first = parts[0]
    table = ReportTable(
        "T01",
        "T1",
        first.part.title,
        "Charges",
        first.table.shape.population,
        "What is counted, in plain words.",
        tuple(part.part for part in parts),
    )
    return Report(replace(table, **changes), parts)  # type: ignore[arg-type]


def prepared(*reports: Report, **changes: object) -> Prepared:
    """A release of these reports."""
    asked = ReleaseAsked(QUARTER, tuple(report.table.id for report in reports), costs=COSTS)
    return replace(Prepared(asked, reports, CONFIRMED), **changes)  # type: ignore[arg-type]


def shipped_tables() -> list[ReportTable]:
    """Every table of the list."""
    files: list[Path] = sorted((paths.resources() / "reports").glob("T*.toml"))
    return [read_report_table(f.stem, f.read_text("utf-8"), DIMENSIONS, MEASURES) for f in files]


def whole_list(size: int, *, before: bool = False, seed: int = 7) -> Prepared:
    """Every table of the list over invented rows, with the year before where that is wanted."""
    rows = {population: invented_rows(size, seed, population) for population in Population}
    reports = []
    for table in shipped_tables():
        parts = [
            invented_part(table, part, rows[table.population], before=before)
            for part in table.parts
        ]
        reports.append(Report(table, tuple(parts)))
    return prepared(*reports)


def invented_part(
    table: ReportTable, part: Part, rows: Rows, *, before: bool = False
) -> ReportPart:
    """A part counted over rows; the year before is counted over two thirds of them."""
    axes = []
    for side in part.sides:
        dimension = DIMENSIONS[side.dimension]
        found = frozenset(COUNTIES) if not dimension.words else frozenset[str]()
        groups = dict(side.groups) or None
        axes.append(dimension.axis(groups, found, side.title))
    title = f"{table.title}: {part.title}" if table.title != part.title else part.title
    shape = Shape(part.id, title, table.population, QUARTER, tuple(axes))
    kept = ReportPart(
        part,
        withheld_small(count(shape, rows)),
        {measure: _known(shape, rows, measure) for measure in part.measures},
        tuple(_amounts(shape, rows, measure) for measure in part.measures),
    )
    if before:
        fewer = rows.taken(np.arange(rows.size * 2 // 3))
        then = replace(shape, window=YEAR_BEFORE)
        kept = replace(kept, year_before=withheld_small(count(then, fewer)))
    return kept


def _known(shape: Shape, rows: Rows, measure: str) -> ProtectedTable:
    name = f"known:{measure}"
    groups = (Group("Known", frozenset({"yes"})), Group("Not known", frozenset({"no"})))
    wider = replace(shape, axes=(*shape.axes, Axis(name, "Known", groups)))
    answers = Column.of("no" if np.isnan(v) else "yes" for v in rows.numbers[measure])
    told: Mapping[str, Column] = {**rows.columns, name: answers}
    return withheld_small(count(wider, replace(rows, columns=told)))


def _amounts(shape: Shape, rows: Rows, measure: str) -> Amounts:
    known = _known(shape, rows, measure).figures[::3]
    sums = sums_of(gathered(shape, rows, measure)).total
    about = MEASURES[measure]

    def rounded(value: float) -> float:
        return float(f"{value:.2g}")

    def each(part: float) -> tuple[float | None, ...]:
        return tuple(
            None if n is None or not n else rounded(total / n * part)
            for n, total in zip(known, sums, strict=True)
        )

    totals = tuple(
        None if n is None else rounded(total) for n, total in zip(known, sums, strict=True)
    )
    return Amounts(measure, about.title, about.unit, totals, each(1), each(0.8), each(2.5))
