"""Prepare the case rows of a published period: told coarsely enough, and tried against tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake_app.core.disclosure.case_rows import generalize
from intake_app.core.disclosure.figures import DEFAULT_THRESHOLD, ProtectedTable, SingleFigure
from intake_app.core.disclosure.hierarchies import hierarchy_of
from intake_app.core.disclosure.published_rows import PublishedRows
from intake_app.core.disclosure.row_columns import chosen_columns, row_columns
from intake_app.core.disclosure.rows_and_tables import fit_to_tables
from intake_app.core.disclosure.rows_program import RowsOfPeriod
from intake_app.core.errors import AppError, NotAllowed
from intake_app.core.reports.dimensions import Dimension
from intake_app.core.reports.frozen import TrueCounts
from intake_app.core.reports.periods import Period, Window
from intake_app.core.reports.rows import Population, Rows
from intake_app.core.reports.series import Series
from intake_app.core.reports.shapes import as_read_later, words_of
from intake_app.core.roles import Act, require
from intake_app.store.ledger import read_running_series
from intake_app.store.office import Office

FEW_CASES = 5000
"""Below about this many, tables tell more than rows can."""

SECONDS = 60.0


@dataclass(frozen=True)
class RowsAsked:
    """Rows of one published period: ids of columns, in order."""

    period: Period
    columns: tuple[str, ...]


@dataclass(frozen=True)
class PreparedRows:
    """The rows as they would be published; nothing is written yet.

    `advice` are sentences to read first. `newest` is the number of the ledger's newest entry.
    """

    asked: RowsAsked
    rows: PublishedRows
    advice: tuple[str, ...]
    tables: tuple[ProtectedTable, ...]
    newest: int


@dataclass(frozen=True)
class RowChoices:
    """Periods whose rows can be published, and the columns to choose from."""

    periods: tuple[Period, ...]
    columns: tuple[Dimension, ...]


def row_choices(office: Office) -> RowChoices | None:
    """What can be chosen; None where case rows are not allowed. Raises `NotAllowed`, `NotSafe`."""
    require(office.member.role, Act.RELEASE_SUMMARIES)
    with office.reading() as connection:
        series = read_running_series(office, connection)
    if series.rows_allowed is None:
        return None
    done = {rows.period for rows in series.rows}
    periods = tuple(period for period in reversed(series.periods) if period not in done)
    return RowChoices(periods, row_columns(series.rows_allowed))


def prepare_rows(office: Office, asked: RowsAsked, seconds: float = SECONDS) -> PreparedRows:
    """The rows as they would be published. Raises `NotAllowed`, `NotSafe` or `AppError`."""
    require(office.member.role, Act.RELEASE_SUMMARIES)
    with office.reading() as connection:
        series = read_running_series(office, connection)
    return worked_out(series, asked, seconds)


def worked_out(series: Series, asked: RowsAsked, seconds: float = SECONDS) -> PreparedRows:
    """`prepare_rows` from a ledger that was read; touches no file."""
    dimensions = _checked(series, asked)
    threshold = series.threshold or DEFAULT_THRESHOLD
    truth = TrueCounts(series.frozen)
    words = words_of(table.shape for table in series.tables)
    tables = tuple(as_read_later(table, words) for table in series.tables)

    def facts(period: Period) -> Rows:
        return truth.rows(Population.EPISODES, Window((period,)))

    rows = facts(asked.period)
    missing = [each.title for each in dimensions if each.id not in rows.columns]
    if missing:
        raise AppError(f"“{missing[0]}” was not kept when this period was closed. Leave it out.")
    found = [hierarchy_of(each, rows.columns[each.id].words) for each in dimensions]
    new = RowsOfPeriod(asked.period, generalize(rows, found, threshold), rows)
    classes = fit_to_tables(
        new,
        [RowsOfPeriod(r.period, r.classes, facts(r.period)) for r in series.rows],
        tables,
        facts,
        _known(series, truth),
        threshold=threshold,
        seconds=seconds,
    )
    made = PublishedRows(asked.period, threshold, classes)
    return PreparedRows(asked, made, _advice(rows.size, dimensions), tables, series.newest)


def _checked(series: Series, asked: RowsAsked) -> tuple[Dimension, ...]:
    if series.rows_allowed is None:
        raise NotAllowed("Case rows are not allowed in this office. An administrator can allow it.")
    dimensions = chosen_columns(asked.columns, series.rows_allowed)
    if asked.period not in series.periods:
        raise AppError(
            "Rows can be published for dates that tables were published for. Publish a table of "
            "these dates first."
        )
    if any(rows.period == asked.period for rows in series.rows):
        raise AppError(
            "The rows of this period were published before. They are published only once: two "
            "files of the same cases could be set side by side."
        )
    return dimensions


def _known(series: Series, truth: TrueCounts) -> tuple[SingleFigure, ...]:
    closed = set(series.periods)
    inside = [figure for figure in series.known if set(figure.window.periods) <= closed]
    return tuple(own for figure in inside if (own := truth.as_counted(figure)) is not None)


def _advice(size: int, dimensions: Sequence[Dimension]) -> tuple[str, ...]:
    advice = []
    if size < FEW_CASES:
        advice.append(
            f"There are {size:,} cases in these dates. Below about {FEW_CASES:,}, rows tell little "
            "and tables tell more."
        )
    if len(dimensions) > 4:
        advice.append("The fewer columns, the more each row tells. Four or fewer do best.")
    return tuple(advice)
