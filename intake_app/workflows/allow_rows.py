"""Allow case rows to be published, or not any more; only an administrator decides it."""

from collections.abc import Collection
from datetime import datetime

from intake_app.core.disclosure.row_columns import needs_leave
from intake_app.core.errors import AppError
from intake_app.core.reports.catalogue import dimensions_of
from intake_app.core.reports.rows import Population
from intake_app.core.reports.series import EntryKind
from intake_app.core.roles import Act, require
from intake_app.store.ledger import append, read_running_series
from intake_app.store.office import Office


def allow_rows(
    office: Office, *, allowed: bool, besides: Collection[str] = (), now: datetime
) -> None:
    """Switch case rows on or off. `besides` are the columns about victims or status allowed too.

    Kept in the ledger, so that what was allowed when rows were published can be read later.
    Nothing is written where nothing changes. Raises `NotAllowed` or `AppError`.
    """
    require(office.member.role, Act.ALLOW_ROWS)
    leave = {each.id for each in dimensions_of(Population.EPISODES) if needs_leave(each)}
    if set(besides) - leave:
        raise AppError("One of these columns needs no leave, or there is none such.")
    wanted = frozenset(besides) if allowed else None
    with office.writing() as connection:
        if read_running_series(office, connection).rows_allowed != wanted:
            told = {"allowed": allowed, "columns": sorted(wanted or ())}
            append(office, connection, EntryKind.ROWS_ALLOWED, told, None, now)
