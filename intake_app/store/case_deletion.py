"""Deleting a whole case, and bringing it back within 30 days."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from intake_app.core.errors import AppError
from intake_app.store.case_lines import refresh_roster_line
from intake_app.store.deleted import require_kept
from intake_app.store.history import Line
from intake_app.store.office import Office
from intake_app.store.present_cases import DESTROYED, GONE, require_present
from intake_app.store.retention.purge_plan import is_whole_gone
from intake_app.store.schema import CASES

DELETED = "case deleted"
BROUGHT_BACK = "case brought back"


def delete_case(office: Office, connection: Connection, case_id: int, now: datetime) -> None:
    """Mark a case as deleted; take it out of `Office.roster` once that is on the disk."""
    require_present(connection, case_id)
    _mark(connection, case_id, _stamp(now))
    office.record(connection, Line(_stamp(now), office.member.id, DELETED, case_id))


def bring_back_case(office: Office, connection: Connection, case_id: int, now: datetime) -> None:
    """Put a deleted case back; raise `AppError` where it is there, lost or destroyed."""
    row = connection.execute(select(CASES.c.removed_at).where(CASES.c.id == case_id)).first()
    if row is None:
        raise AppError(GONE)
    if row.removed_at is None:
        raise AppError("That case is in the case list already.")
    if is_whole_gone(connection, case_id):
        raise AppError(DESTROYED)
    require_kept(row.removed_at, now)
    _mark(connection, case_id, None)
    office.record(connection, Line(_stamp(now), office.member.id, BROUGHT_BACK, case_id))
    refresh_roster_line(office, connection, case_id)


def _mark(connection: Connection, case_id: int, removed_at: str | None) -> None:
    connection.execute(update(CASES).where(CASES.c.id == case_id).values(removed_at=removed_at))


def _stamp(now: datetime) -> str:
    return now.isoformat(timespec="seconds")
