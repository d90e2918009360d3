"""When each answer of a case was given last, and by whom; no answer is read for it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from intake_app.core.casefile import RECORDS
from intake_app.core.fields import title_of
from intake_app.store.schema import HISTORY, MEMBERS

_BY_TABLE = {title_of(cls).table: cls for cls in RECORDS}

_NEWEST = (
    select(func.max(HISTORY.c.seq))
    .where(HISTORY.c.field.is_not(None))
    .group_by(HISTORY.c.record, HISTORY.c.entry_id, HISTORY.c.field)
)


@dataclass(frozen=True)
class Answered:
    """The last change of one answer. `at` is aware; `by` is the member's name."""

    at: datetime
    by: str


def answer_times(connection: Connection, case_id: int) -> dict[tuple[type, int, str], Answered]:
    """Record, row and question -> its last change; an answer brought in whole has none."""
    rows = connection.execute(
        select(HISTORY.c.record, HISTORY.c.entry_id, HISTORY.c.field, HISTORY.c.at, MEMBERS.c.name)
        .join(MEMBERS, MEMBERS.c.id == HISTORY.c.member_id)
        .where(HISTORY.c.seq.in_(_NEWEST.where(HISTORY.c.case_id == case_id)))
    )
    return {
        (_BY_TABLE[row.record], row.entry_id, row.field): Answered(
            datetime.fromisoformat(row.at), row.name
        )
        for row in rows
        if row.record in _BY_TABLE
    }
