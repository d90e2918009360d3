"""What was deleted and can be brought back, as a person recognises it.

Each member is told only of what her keys open. A row is called by the answers that stand in a
table of its kind; a case by its number, and by its client's name where that is not hidden.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from intake_app.core.answers import from_stored, show
from intake_app.core.casefile import Person, Protection, questions_for
from intake_app.core.fields import Compartment, title_of
from intake_app.core.names import hidden_in_lists, listed_name
from intake_app.core.roles import Act, may
from intake_app.store import addressees, case_deletion
from intake_app.store.case_rows import open_answer, read_case
from intake_app.store.deleted import KEPT_FOR, Removed, is_over, removed_rows
from intake_app.store.documents import KEEPS
from intake_app.store.history import open_value
from intake_app.store.office import Office
from intake_app.store.present_cases import deleted_cases
from intake_app.store.schema import (
    ADDRESSEES,
    CASES,
    DOCUMENTS,
    HISTORY,
    LETTERS,
    MEMBERS,
    OFFICE_HOLIDAYS,
    OFFICE_LETTER_KINDS,
    RECORD_TABLES,
)
from intake_app.store.sealing import place

MOST = 300
"""So many are listed, the newest; what an import removed can be thousands."""

_LONGEST = 80


class What(StrEnum):
    """What sort of thing was deleted; the value is what the list calls it."""

    CASE = "Case"
    ROW = "Row"
    DOCUMENT = "Document"
    LETTER = "Letter draft"
    ADDRESSEE = "Directory"
    OWN_KIND = "Kind of letter"
    HOLIDAY = "Holiday"


@dataclass(frozen=True)
class DeletedThing:
    """One thing that can be brought back.

    table, row: which it is, for `workflows.bring_back`; of a holiday `row` is the day. sort: what
    the list calls it. words: how it is recognised; may be empty. number: of its case, else empty.
    days_left: whole days, 0 on the last one.
    """

    what: What
    table: str
    row: int | str
    case_id: int | None
    sort: str
    words: str
    number: str
    at: datetime
    by: str
    days_left: int


def deleted_things(
    office: Office, connection: Connection, now: datetime
) -> tuple[DeletedThing, ...]:
    """What this member may bring back, the newest first; `MOST` at most."""
    gone = deleted_cases(connection)
    found = [
        one
        for one in removed_rows(connection)
        if not is_over(one.removed_at, now)
        and (one.table == CASES.name or one.case_id not in gone)
        and _knows(office, one.table)
    ]
    found.sort(key=lambda one: one.removed_at, reverse=True)
    told: list[DeletedThing] = []
    for one in found:
        if len(told) == MOST:
            break
        thing = _thing(office, connection, one, now)
        if thing is not None:
            told.append(thing)
    if may(office.member.role, Act.SET_UP_OFFICE):
        told += _holidays(office, connection, now)
    return tuple(sorted(told, key=lambda one: one.at, reverse=True)[:MOST])


_CLASSES = {table.name: cls for cls, table in RECORD_TABLES.items()}

_NEEDS = {
    CASES.name: Act.DELETE_CASES,
    LETTERS.name: Act.COMPOSE_LETTERS,
    ADDRESSEES.name: Act.COMPOSE_LETTERS,
    OFFICE_LETTER_KINDS.name: Act.APPROVE_LETTERS,
}


def _knows(office: Office, table: str) -> bool:
    cls = _CLASSES.get(table)
    if cls is not None and not questions_for(office.member.role, cls):
        return False
    return may(office.member.role, _NEEDS.get(table, Act.WRITE_CASES))


def _thing(
    office: Office, connection: Connection, one: Removed, now: datetime
) -> DeletedThing | None:
    line = _line_of(connection, one)
    made = _MADE.get(one.table, _row)(office, connection, one, line)
    if made is None:
        return None
    what, sort, words = made
    number = ""
    if one.case_id is not None:
        named = select(CASES.c.number).where(CASES.c.id == one.case_id)
        number = str(connection.execute(named).scalar_one())
    return DeletedThing(
        what=what,
        table=one.table,
        row=one.row,
        case_id=one.case_id,
        sort=sort,
        words=_short(words),
        number=number,
        at=one.removed_at,
        by=line.name if line is not None else "",
        days_left=_days_left(one.removed_at, now),
    )


_Made = tuple[What, str, str]


def _case(office: Office, connection: Connection, one: Removed, _line: Any) -> _Made:
    case = read_case(office, connection, int(one.row), (Person, Protection), deleted_too=True)
    hidden = hidden_in_lists(case.one(Protection))
    return What.CASE, What.CASE.value, "" if hidden else listed_name(case.one(Person))


def _row(office: Office, connection: Connection, one: Removed, _line: Any) -> _Made:
    cls = _CLASSES[one.table]
    table = RECORD_TABLES[cls]
    asked = sorted(questions_for(office.member.role, cls), key=lambda one: not one.column)
    row = connection.execute(select(table).where(table.c.id == one.row)).one()
    told: list[str] = []
    for each in asked:
        kept = getattr(row, each.name)
        if kept is not None and len(told) < 2:
            stored = open_answer(office.sealer, table.name, each, row.id, kept)
            told.append(show(each, from_stored(each, stored)).replace("\n", " "))
    return What.ROW, title_of(cls).title, " · ".join(told)


def _document(office: Office, connection: Connection, one: Removed, _line: Any) -> _Made | None:
    row = connection.execute(select(DOCUMENTS).where(DOCUMENTS.c.id == one.row)).one()
    keep = KEEPS[row.keep]
    if row.parts is None or not office.sealer.opens(keep):
        return None
    title = office.sealer.open(keep, place(DOCUMENTS.name, "title", row.id), row.title)
    return What.DOCUMENT, What.DOCUMENT.value, title


def _letter(office: Office, _connection: Connection, _one: Removed, line: Any) -> _Made | None:
    if line is None:
        return None
    words = open_value(office.sealer, Compartment.BOTH, "before", line.seq, line.before) or ""
    return What.LETTER, What.LETTER.value, words


def _addressee(office: Office, connection: Connection, one: Removed, _line: Any) -> _Made:
    row = connection.execute(select(ADDRESSEES).where(ADDRESSEES.c.id == one.row)).one()
    return What.ADDRESSEE, "Directory entry", addressees.open_entry(office, row).words


def _own_kind(_office: Office, connection: Connection, one: Removed, _line: Any) -> _Made:
    table = OFFICE_LETTER_KINDS
    title = connection.execute(select(table.c.title).where(table.c.key == one.row)).scalar_one()
    return What.OWN_KIND, What.OWN_KIND.value, str(title)


_MADE: dict[str, Callable[[Office, Connection, Removed, Any], _Made | None]] = {
    CASES.name: _case,
    DOCUMENTS.name: _document,
    LETTERS.name: _letter,
    ADDRESSEES.name: _addressee,
    OFFICE_LETTER_KINDS.name: _own_kind,
}

_DELETING = (
    *("removed", "discarded", case_deletion.DELETED, "addressee removed"),
    *("letter kind removed", "holiday removed"),
)
_LINES = (
    select(HISTORY, MEMBERS.c.name)
    .join(MEMBERS, MEMBERS.c.id == HISTORY.c.member_id)
    .where(HISTORY.c.action.in_(_DELETING))
    .order_by(HISTORY.c.seq.desc())
)


def _line_of(connection: Connection, one: Removed) -> Any:
    """The newest line that tells of the deletion; None where an import took the row out."""
    case = HISTORY.c.case_id.is_(None) if one.case_id is None else HISTORY.c.case_id == one.case_id
    if one.table == CASES.name:
        about = HISTORY.c.action == case_deletion.DELETED
    elif isinstance(one.row, str):
        about = (HISTORY.c.record == one.table) & (HISTORY.c.field == one.row)
    else:
        about = (HISTORY.c.record == one.table) & (HISTORY.c.entry_id == one.row)
    return connection.execute(_LINES.where(case, about).limit(1)).first()


def _holidays(office: Office, connection: Connection, now: datetime) -> list[DeletedThing]:
    """Days taken out that are not in the table again; history alone still knows them."""
    lines = connection.execute(
        _LINES.where(
            HISTORY.c.case_id.is_(None),
            HISTORY.c.record == OFFICE_HOLIDAYS.name,
            HISTORY.c.at >= (now - KEPT_FOR).isoformat(timespec="seconds"),
        )
    )
    found: dict[date, DeletedThing] = {}
    for line in lines:
        words = open_value(office.sealer, Compartment.FACTS, "before", line.seq, line.before) or ""
        day, _, name = words.partition(" ")
        if not name or date.fromisoformat(day) in office.reference.holidays:
            continue
        at = datetime.fromisoformat(line.at)
        thing = DeletedThing(
            *(What.HOLIDAY, OFFICE_HOLIDAYS.name, day, None, What.HOLIDAY.value),
            *(f"{name}, {day}", "", at, line.name, _days_left(at, now)),
        )
        found.setdefault(date.fromisoformat(day), thing)
    return list(found.values())


def _days_left(at: datetime, now: datetime) -> int:
    return max((at + KEPT_FOR - now).days, 0)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
