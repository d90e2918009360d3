"""What can be published now, and what was."""

from dataclasses import dataclass
from datetime import date, datetime

from intake_app.core.errors import NotSafe
from intake_app.core.reports.catalogue import DIMENSIONS
from intake_app.core.reports.dimensions import Dimension
from intake_app.core.reports.periods import Every, Period, Window, next_period
from intake_app.core.reports.series import Series
from intake_app.core.reports.tables import ReportTable
from intake_app.core.roles import Act, require
from intake_app.store.ledger import read_running_series
from intake_app.store.office import Office
from intake_app.workflows.report_tables import shipped_tables

_YEARS_BACK = 5
"""How far back a first period is offered; the command line takes older ones."""


@dataclass(frozen=True)
class Choices:
    """What a coordinator can choose from.

    periods: periods that are over and follow what was published; publishing one closes it. Before
    the first release the latest stand first, later those that follow at once. years: whole years
    whose dates are all published in several periods. published: periods published before, newest
    first: more tables can be published for them and for `years`. series: its number, 0 before
    the first release; start: the first day it counts; threshold: the one it keeps, None before the
    first release. dimensions: what an own table can have
    along its sides. trouble: why nothing can be published, or "".
    """

    periods: tuple[Period, ...]
    years: tuple[Window, ...]
    published: tuple[Window, ...]
    series: int
    start: date | None
    tables: tuple[ReportTable, ...]
    dimensions: tuple[Dimension, ...]
    trouble: str = ""
    threshold: int | None = None


def report_choices(office: Office, now: datetime) -> Choices:
    """Everything the page of reports offers. Raises `NotAllowed`."""
    require(office.member.role, Act.RELEASE_SUMMARIES)
    trouble, series, today = "", Series(), office.today(now)
    try:
        with office.reading() as connection:
            series = read_running_series(office, connection)
        periods = can_be_closed(series, today)
    except NotSafe as error:
        trouble, periods = error.sentence, ()
    years = [series.year(year) for year in sorted({p.start.year for p in series.periods})]
    return Choices(
        periods,
        tuple(year for year in years if year is not None and len(year.periods) > 1),
        tuple(Window((period,)) for period in reversed(series.periods)),
        series.number,
        series.start,
        shipped_tables(),
        tuple(DIMENSIONS.values()),
        trouble,
        series.threshold,
    )


def can_be_closed(series: Series, today: date) -> tuple[Period, ...]:
    """The periods that may be published next, as `Choices.periods` has them."""
    found = []
    for every in Every:
        period: Period | None = Period(date(today.year - _YEARS_BACK, 1, 1), every)
        while period is not None and period.is_over(today):
            if series.can_follow(period):
                found.append(period)
            period = next_period(period, every)
    if series.frozen:
        return tuple(sorted(found))
    return tuple(sorted(found, key=lambda each: (each.end, each.start), reverse=True))
