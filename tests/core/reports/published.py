"""Facts, tables and releases as small as a test needs them."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from intake_app.core.disclosure.confirmation import Confirmation
from intake_app.core.disclosure.figures import Axis, Group, Guard, ProtectedTable, Shape
from intake_app.core.reports.dated import Dated
from intake_app.core.reports.frozen import Frozen, in_order
from intake_app.core.reports.periods import Window, read_period
from intake_app.core.reports.release import Prepared, ReleaseAsked, Report, ReportPart
from intake_app.core.reports.rows import Column, Population, Rows
from intake_app.core.reports.tables import Part, ReportTable, Side

CONFIRMED = Confirmation("attacker", "1", "solver", 4, 0, True, 0, 0)


def window(*periods: str) -> Window:
    """A window of these periods."""
    return Window(tuple(read_period(each) for each in periods))


def rows(answers: str, hours: Sequence[float] = ()) -> Rows:
    """One row for each letter: its answer to `outcome`, and hours held."""
    held = np.array(hours or [np.nan] * len(answers), np.float64)
    column = {"outcome": Column.of(answers)}
    return Rows(Population.EPISODES, len(answers), column, {"hours_held": held})


def dated(*found: tuple[int, str, str], kind: Population = Population.EPISODES) -> Dated:
    """Rows of record number, day and answer."""
    made = rows("".join(answer for _, _, answer in found))
    return Dated(
        tuple(key for key, _, _ in found),
        tuple(date.fromisoformat(day) for _, day, _ in found),
        Rows(kind, made.size, made.columns, made.numbers),
    )


def frozen(period: str, answers: str, first: int = 1) -> Frozen:
    """A closed period with these answers, of the records from `first`."""
    keys = frozenset(range(first, first + len(answers)))
    return Frozen(
        read_period(period), {Population.EPISODES: keys},
        {Population.EPISODES: in_order(rows(answers))},
    )  # fmt: skip


def shape(answers: str = "abc", *periods: str, table_id: str = "t") -> Shape:
    """A table of `outcome` with one line for each letter."""
    groups = tuple(Group(word.upper(), frozenset(word)) for word in answers)
    axis = Axis("outcome", "Outcome", groups, Guard.GROUP)
    return Shape(table_id, "T", Population.EPISODES, window(*(periods or ("2026-Q1",))), (axis,))


def released(
    *figures: int | None, period: str = "2026-Q1", part_id: str = "t", threshold: int = 11
) -> Prepared:
    """A release of one table of three lines."""
    part = Part(part_id, "T", (Side("outcome", (("A", frozenset("a")),)),))
    table = ReportTable("T1", "T1", "T", "G", Population.EPISODES, "D.", (part,))
    protected = ProtectedTable(shape("abc", period, table_id=part_id), figures)
    asked = ReleaseAsked(window(period), ("T1",), threshold=threshold)
    return Prepared(asked, (Report(table, (ReportPart(part, protected),)),), CONFIRMED)
