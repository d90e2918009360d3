"""Reports with invented figures, for tests and pictures of the page that shows them.

Nothing here protects anything: what is under the threshold is left out, and that is all.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from intake_app.core.disclosure.confirmation import Confirmation
from intake_app.core.disclosure.figures import Axis, Group, ProtectedTable, Shape
from intake_app.core.reports.catalogue import DIMENSIONS, MEASURES
from intake_app.core.reports.periods import Every, Period, Window
from intake_app.core.reports.release import (
    Advice,
    Amounts,
    Prepared,
    ReleaseAsked,
    Report,
    ReportPart,
)
from intake_app.core.reports.rows import Population
from intake_app.core.reports.tables import Part, ReportTable
from intake_app.workflows.report_choices import Choices
from intake_app.workflows.report_tables import asked_tables, shipped_tables

Q2 = Window((Period(date(2026, 4, 1), Every.QUARTER),))
Q3 = Window((Period(date(2026, 7, 1), Every.QUARTER),))
H2 = Window((Period(date(2025, 7, 1), Every.HALF_YEAR),))

_PLACES = frozenset({"Broward", "Miami-Dade", "Monroe", "Palm Beach"})


def choices(**other: object) -> Choices:
    """What an office in its second quarter can publish."""
    told: dict[str, object] = {
        "periods": Q3.periods,
        "years": (),
        "published": (Q2,),
        "series": 1,
        "start": Q2.start,
        "tables": shipped_tables(),
        "dimensions": tuple(DIMENSIONS.values()),
    }
    return Choices(**{**told, **other})  # type: ignore[arg-type]


def prepared(
    asked: ReleaseAsked,
    *,
    advice: Sequence[Advice] = (),
    left_out: Sequence[Advice] = (),
    before: frozenset[str] = frozenset(),
    cases: int = 730,
) -> Prepared:
    """A release of what was asked for, with figures that are the same each time."""
    gone = {one.part_id for one in left_out}
    reports = tuple(
        Report(
            table,
            tuple(
                report_part(part, table.population, asked, cases)
                for part in table.parts
                if part.id not in gone
            ),
        )
        for table in asked_tables(asked)
    )
    figures = Confirmation("invented", "1", "none", 57, 0, True, 1, 1204)
    return Prepared(asked, reports, figures, tuple(advice), tuple(left_out), before, 0.0)


def report_part(
    part: Part, population: Population, asked: ReleaseAsked, cases: int = 730
) -> ReportPart:
    """One part with figures."""
    sides = asked.grouped.get(part.id, part.sides)
    axes = tuple(
        DIMENSIONS[s.dimension].axis(dict(s.groups) or None, _PLACES, s.title) for s in sides
    )
    shape = Shape(part.id, part.title, population, asked.window, axes)
    known = {m: _filled(_with_known(shape, m), cases, 1) for m in part.measures}
    amounts = tuple(_amounts(m, shape) for m in part.measures)
    before = _filled(shape, cases * 4 // 5, 2) if len(axes) < 3 else None
    return ReportPart(part, _filled(shape, cases, 0), known, amounts, before)


def _with_known(shape: Shape, measure: str) -> Shape:
    groups = (Group("Known", frozenset({"yes"})), Group("Not known", frozenset({"no"})))
    axis = Axis(f"known:{measure}", MEASURES[measure].title, groups)
    return Shape(shape.table_id, shape.title, shape.population, shape.window, (*shape.axes, axis))


def _filled(shape: Shape, cases: int, seed: int) -> ProtectedTable:
    """Figures spread unevenly over the table; totals add up before the small ones go."""
    inner = tuple(len(axis.groups) for axis in shape.axes)
    cells = int(np.prod(inner)) if inner else 1
    letters = np.random.default_rng(sum(map(ord, shape.table_id)) + seed)
    weights = letters.dirichlet(np.full(cells, 0.6))
    counts = letters.multinomial(cases, weights).reshape(inner)
    for side in range(len(inner)):
        counts = np.concatenate([counts, counts.sum(axis=side, keepdims=True)], axis=side)
    figures = tuple(None if 0 < n < 11 else int(n) for n in counts.ravel())
    return ProtectedTable(shape, figures)


def _amounts(measure: str, shape: Shape) -> Amounts:
    known = MEASURES[measure]
    places = shape.figures
    spread = [None if i % 5 == 3 else float(100 * (i + 12)) for i in range(places)]
    means = tuple(None if one is None else one / 100 for one in spread)
    return Amounts(
        measure,
        known.title,
        known.unit,
        totals=tuple(spread),
        means=means,
        medians=means,
        reached=tuple(None if one is None else 2 * one for one in means),
    )


def table_named(code: str) -> ReportTable:
    """A shipped table by its code."""
    return next(table for table in shipped_tables() if table.code == code)
