"""What is asked for and what comes of it: the reports of one release, protected and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from intake_app.core.disclosure.confirmation import Confirmation
from intake_app.core.disclosure.figures import DEFAULT_THRESHOLD, ProtectedTable
from intake_app.core.reports.periods import Window
from intake_app.core.reports.tables import Part, ReportTable, Side


@dataclass(frozen=True)
class Costs:
    """What a coordinator types for the cost of custody (T8), and where it comes from.

    `per_day` is dollars for one inmate-day; `days_without` the mean stay without a detainer, in
    days, for the second method. Printed with the figures; None: that method is left out.
    """

    per_day: float | None = None
    per_day_source: str = ""
    days_without: float | None = None
    days_without_source: str = ""


@dataclass(frozen=True)
class ReleaseAsked:
    """What to publish: tables by id, own tables, for one window of dates.

    `grouped` replaces sides of a part by coarser ones, by the part's id: what was chosen when a
    table was too fine.
    """

    window: Window
    tables: tuple[str, ...]
    own: tuple[Part, ...] = ()
    grouped: Mapping[str, tuple[Side, ...]] = field(default_factory=dict)
    threshold: int = DEFAULT_THRESHOLD
    costs: Costs = Costs()


@dataclass(frozen=True)
class Amounts:
    """A number added up over the lines of a part, for each place as in the part's table.

    Every one is rounded to two significant digits, and None where it is withheld. `reached` is
    what at least a threshold of cases came to or passed: a longest stay would be one person's.
    """

    measure: str
    title: str
    unit: str
    totals: tuple[float | None, ...]
    means: tuple[float | None, ...]
    medians: tuple[float | None, ...]
    reached: tuple[float | None, ...]


@dataclass(frozen=True)
class ReportPart:
    """One part as it may be published.

    `table` counts all; `known` counts, by measure, for how many the number is known (its last
    side is known, not known). `year_before` is the same table of the same dates a year earlier,
    as it was published then.
    """

    part: Part
    table: ProtectedTable
    known: Mapping[str, ProtectedTable] = field(default_factory=dict)
    amounts: tuple[Amounts, ...] = ()
    year_before: ProtectedTable | None = None

    @property
    def tables(self) -> tuple[ProtectedTable, ...]:
        """Its table and, for each number, of how many that is known."""
        return (self.table, *self.known.values())


@dataclass(frozen=True)
class Report:
    """One table of the list, with all its parts."""

    table: ReportTable
    parts: tuple[ReportPart, ...]


@dataclass(frozen=True)
class Advice:
    """A sentence of the pre-flight about one part (or all: no id), and what can be done.

    `sides` are coarser sides to take instead; None where only leaving out helps.
    """

    part_id: str
    sentence: str
    sides: tuple[Side, ...] | None = None


@dataclass(frozen=True)
class Prepared:
    """The whole as it would be published: protected, attacked, nothing written yet.

    `left_out` are parts that can't be made safe, with the reason. `published_before` are the ids
    of parts whose very figures stand in an earlier release. `gap` is how far the choice of what to
    withhold can be from the best, 0 for proven; None where that was not worked out. `snapshot` is
    a keyed hash of the facts and the ledger it was made of: where they change, it is out of date.
    """

    asked: ReleaseAsked
    reports: tuple[Report, ...]
    confirmation: Confirmation
    advice: tuple[Advice, ...] = ()
    left_out: tuple[Advice, ...] = ()
    published_before: frozenset[str] = frozenset()
    gap: float | None = None
    snapshot: str = ""

    @property
    def tables(self) -> tuple[ProtectedTable, ...]:
        """Every table of counts in it."""
        return tuple(
            table for report in self.reports for part in report.parts for table in part.tables
        )

    @property
    def figures(self) -> int:
        """How many figures there are, totals included."""
        return sum(table.shape.figures for table in self.tables)

    @property
    def withheld(self) -> int:
        """How many of them are withheld."""
        return sum(table.withheld for table in self.tables)
