"""Cases in the file: rows in and out as plain records, sealed as declared.

Every change writes its history in the same transaction. A removed row stays, marked, so that
removing can be undone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Update, bindparam, func, insert, select, update

from intake_app.core.answers import to_stored
from intake_app.core.errors import AppError
from intake_app.core.fields import question, title_of
from intake_app.store.case_lines import (
    RosterLine,
    in_case_list,
    refresh_roster_line,
    roster_rows,
    roster_words,
    seal_roster_line,
)
from intake_app.store.case_rows import open_answer, read_case, seal_answer
from intake_app.store.deleted import require_kept
from intake_app.store.drafts import forget_draft
from intake_app.store.history import Line
from intake_app.store.office import Office
from intake_app.store.present_cases import present, require_present, touch_case
from intake_app.store.schema import CASES, RECORD_TABLES

__all__ = [
    "RosterLine",
    "Saved",
    "add_entry",
    "case_id_of",
    "count_cases",
    "create_case",
    "new_numbers",
    "open_answer",
    "read_case",
    "refresh_roster_line",
    "remove_entry",
    "roster_rows",
    "roster_words",
    "seal_answer",
    "seal_roster_line",
    "write_answer",
]

STARTED = "case started"
"""The action of the first line of a case."""


@dataclass(frozen=True)
class Saved:
    """What became of an edit: the row's number, and whether anything changed."""

    entry_id: int
    at: datetime
    changed: bool


def create_case(office: Office, connection: Connection, now: datetime) -> int:
    """A new, empty case with the next number of its year."""
    number = next(new_numbers(connection, office.today(now).year))
    made = connection.execute(
        insert(CASES).values(
            number=number,
            created_at=_stamp(now),
            changed_at=_stamp(now),
            created_by=office.member.id,
        )
    )
    assert made.inserted_primary_key is not None  # noqa: S101 - for the type checker
    case_id = int(made.inserted_primary_key[0])
    office.record(connection, Line(_stamp(now), office.member.id, STARTED, case_id))
    return case_id


def new_numbers(connection: Connection, of: int) -> Iterator[str]:
    """Case numbers not used yet: `2026-0001` and on."""
    year = f"{of:04}-"
    used = connection.execute(
        select(CASES.c.number)
        .where(CASES.c.number.like(year + "%"))
        .order_by(CASES.c.id.desc())
        .limit(1)
    ).scalar()
    last = int(used.removeprefix(year)) if used else 0
    while True:
        last += 1
        yield f"{year}{last:04}"


def case_id_of(connection: Connection, number: str) -> int:
    """The case with that number; raise `AppError` where there is none."""
    found = connection.execute(
        select(CASES.c.id).where(CASES.c.number == number.strip())
    ).scalar_one_or_none()
    if found is None:
        raise AppError("There is no case with that number. Look for it in the case list.")
    require_present(connection, found)
    return int(found)


def count_cases(connection: Connection) -> int:
    """How many cases the office has."""
    there = select(func.count()).where(present(CASES.c.id))
    return int(connection.execute(there).scalar_one())


def add_entry(
    office: Office, connection: Connection, case_id: int, cls: type, now: datetime
) -> int:
    """A new empty row of a record that a case can have several of."""
    entry_id = _insert_empty(connection, case_id, cls)
    line = Line(_stamp(now), office.member.id, "added", case_id, title_of(cls).table, entry_id)
    office.record(connection, line)
    touch_case(connection, case_id, now)
    refresh_roster_line(office, connection, case_id, cls)
    return entry_id


def remove_entry(
    office: Office,
    connection: Connection,
    case_id: int,
    cls: type,
    entry_id: int,
    now: datetime,
    *,
    back: bool = False,
    undoes: int | None = None,
) -> None:
    """Mark a row as removed, or with `back` bring it back; raise `AppError` where it is so."""
    if not title_of(cls).many:
        raise TypeError(f"a case always has its {cls.__name__}")
    table = RECORD_TABLES[cls]
    row = connection.execute(
        select(table.c.removed_at).where(table.c.id == entry_id, table.c.case_id == case_id)
    ).first()
    if row is None or (row.removed_at is not None) is not back:
        there = back and row is not None
        raise AppError(_THERE if there else _GONE)
    require_kept(row.removed_at, now)
    stamp = None if back else _stamp(now)
    connection.execute(update(table).where(table.c.id == entry_id).values(removed_at=stamp))
    line = Line(
        _stamp(now),
        office.member.id,
        "brought back" if back else "removed",
        case_id,
        title_of(cls).table,
        entry_id,
        undoes=undoes,
    )
    office.record(connection, line)
    touch_case(connection, case_id, now)
    refresh_roster_line(office, connection, case_id, cls)


def write_answer(
    office: Office,
    connection: Connection,
    case_id: int,
    cls: type,
    entry_id: int | None,
    field: str,
    value: Any,
    now: datetime,
    *,
    undoes: int | None = None,
    by: int | None = None,
) -> Saved:
    """Write one answer and its history; nothing is written where nothing changed.

    `entry_id` is None for the only row of a record that has none yet; `by` is the member who
    typed it, where that is not the one whose office this is.
    """
    table, asked = RECORD_TABLES[cls], question(cls, field)
    row = connection.execute(
        _kept(cls, field, entry_id is None), {"case": case_id, "entry": entry_id}
    ).first()
    if entry_id is None:
        entry_id = row.id if row else _insert_empty(connection, case_id, cls)
    elif row is None:
        raise AppError(_GONE)
    forget_draft(connection, case_id, cls, entry_id, asked)
    before = open_answer(office.sealer, table.name, asked, entry_id, row[1]) if row else None
    after = to_stored(asked, value)
    if before == after:
        return Saved(entry_id, now, changed=False)
    kept = seal_answer(office.sealer, table.name, asked, entry_id, after)
    connection.execute(_write(cls), {"entry": entry_id, field: kept})
    line = Line(
        _stamp(now),
        by or office.member.id,
        "changed",
        case_id,
        table.name,
        entry_id,
        field,
        None if before is None else str(before),
        None if after is None else str(after),
        undoes,
        asked.keep,
    )
    office.record(connection, line)
    touch_case(connection, case_id, now)
    if in_case_list(cls, field):
        refresh_roster_line(office, connection, case_id, cls)
    return Saved(entry_id, now, changed=True)


# Putting a statement together takes longer than running it; a finished edit runs a dozen.
@cache
def _kept(cls: type, field: str, only: bool) -> Select[Any]:
    table = RECORD_TABLES[cls]
    found = select(table.c.id, table.c[field]).where(table.c.case_id == bindparam("case"))
    if only:
        return found
    return found.where(table.c.id == bindparam("entry"), table.c.removed_at.is_(None))


@cache
def _write(cls: type) -> Update:
    table = RECORD_TABLES[cls]
    return update(table).where(table.c.id == bindparam("entry"))


_THERE = "That entry is in the case already. Open the case again."
_GONE = "That entry is no longer in the case. Open the case again."


def _insert_empty(connection: Connection, case_id: int, cls: type) -> int:
    made = connection.execute(insert(RECORD_TABLES[cls]).values(case_id=case_id))
    assert made.inserted_primary_key is not None  # noqa: S101 - for the type checker
    return int(made.inserted_primary_key[0])


def _stamp(now: datetime) -> str:
    return now.isoformat(timespec="seconds")
