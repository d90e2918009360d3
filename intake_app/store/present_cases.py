"""Which cases are there: a deleted one stands in no list, and nothing of it can be changed.

Every query over rows of cases asks `present`, and every writer ends with `touch_case`; the
conflict check alone still finds who stands in a deleted case.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, select, update

from intake_app.core.errors import AppError
from intake_app.store.retention.purge_plan import is_whole_gone
from intake_app.store.schema import CASES

GONE = "That case is no longer in the office file."
DELETED = (
    "That case was deleted. For 30 days it can be brought back: open “Office”, then “Recently "
    "deleted”."
)
DESTROYED = "That case was destroyed because its time was over. Only its number is left."

_DELETED = select(CASES.c.id).where(CASES.c.removed_at.is_not(None))
_FOUND = select(CASES.c.removed_at).where(CASES.c.id == bindparam("case"))
_TOUCH = update(CASES).where(CASES.c.id == bindparam("case"), CASES.c.removed_at.is_(None))


def present(case_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the case a row belongs to is there."""
    return case_id.not_in(_DELETED)


def deleted_cases(connection: Connection) -> frozenset[int]:
    """The cases that are deleted and can still be brought back or destroyed."""
    return frozenset(connection.execute(_DELETED).scalars())


def require_present(connection: Connection, case_id: int) -> None:
    """Raise `AppError` for a case that is deleted or was never there."""
    found = connection.execute(_FOUND, {"case": case_id}).first()
    if found is None or found.removed_at is not None:
        raise AppError(why_not_there(connection, case_id))


def why_not_there(connection: Connection, case_id: int) -> str:
    """A sentence about a case that is not there."""
    if connection.execute(_FOUND, {"case": case_id}).first() is None:
        return GONE
    return DESTROYED if is_whole_gone(connection, case_id) else DELETED


def touch_case(connection: Connection, case_id: int, now: datetime) -> None:
    """Note that a case was changed; raise `AppError` for one that is not there."""
    stamp = now.isoformat(timespec="seconds")
    done = connection.execute(_TOUCH, {"case": case_id, "changed_at": stamp})
    if not done.rowcount:
        require_present(connection, case_id)
