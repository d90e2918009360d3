"""What was deleted: for how long it can be brought back, and what is then to be destroyed.

Deleting only marks a row with its moment. For 30 days it can be brought back; after that it
can't, and stands in `overdue` until it is destroyed for good (`store.purging`).
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Table, select

from intake_app.core.errors import AppError
from intake_app.store.retention.purge_plan import whole_gone
from intake_app.store.schema import (
    ADDRESSEES,
    CASES,
    DOCUMENTS,
    LETTERS,
    OFFICE_LETTER_KINDS,
    RECORD_TABLES,
)

KEPT_FOR = timedelta(days=30)
"""How long what was deleted can be brought back."""

OF_CASES: tuple[Table, ...] = (*RECORD_TABLES.values(), DOCUMENTS, LETTERS)
"""Tables whose rows belong to a case and can be deleted one by one."""

OF_OFFICE: tuple[Table, ...] = (ADDRESSEES, OFFICE_LETTER_KINDS)
"""Tables of the office whose rows are marked as deleted too."""


class Removed(NamedTuple):
    """A row that is marked as deleted. table: its name; case_id: None where it has no case.

    row: the value of its primary key, which is a text for a kind of letter the office wrote.
    """

    table: str
    row: int | str
    case_id: int | None
    removed_at: datetime


def removed_rows(connection: Connection) -> list[Removed]:
    """Every row that is marked as deleted, cases first; what it said is not read."""
    found = [
        Removed(CASES.name, row.id, row.id, datetime.fromisoformat(row.removed_at))
        for row in connection.execute(
            select(CASES.c.id, CASES.c.removed_at).where(
                CASES.c.removed_at.is_not(None), ~whole_gone(CASES.c.id)
            )
        )
    ]
    for table in (*OF_CASES, *OF_OFFICE):
        (key,) = table.primary_key.columns
        case = [table.c.case_id] if table in OF_CASES else []
        rows = connection.execute(
            select(key, table.c.removed_at, *case).where(table.c.removed_at.is_not(None))
        )
        found += [
            Removed(table.name, row[0], row[2] if case else None, datetime.fromisoformat(row[1]))
            for row in rows
        ]
    return found


def overdue(connection: Connection, now: datetime) -> tuple[Removed, ...]:
    """What was deleted more than 30 days ago and is still there: it is to be destroyed.

    A case stands for all its rows; rows deleted one by one stand for themselves.
    """
    over = [one for one in removed_rows(connection) if is_over(one.removed_at, now)]
    whole = {one.case_id for one in over if one.table == CASES.name}
    return tuple(one for one in over if one.table == CASES.name or one.case_id not in whole)


def is_over(removed_at: datetime, now: datetime) -> bool:
    """Whether what was deleted at that moment can no longer be brought back."""
    return now - removed_at > KEPT_FOR


def require_kept(removed_at: str | None, now: datetime) -> None:
    """Raise `AppError` for what was deleted too long ago to be brought back."""
    if removed_at is not None and is_over(datetime.fromisoformat(removed_at), now):
        raise AppError(
            "That was deleted more than 30 days ago and can’t be brought back any more. "
            "Look for it in a backup."
        )
