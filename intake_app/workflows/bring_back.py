"""Bring back what was deleted within the last 30 days."""

from collections.abc import Callable
from datetime import date, datetime

from intake_app.core.casefile import RECORDS
from intake_app.core.errors import AppError
from intake_app.core.fields import title_of
from intake_app.core.roles import Act, require
from intake_app.store import (
    addressees,
    case_deletion,
    cases,
    documents,
    letter_changes,
    office_reference,
    own_kinds,
)
from intake_app.store.deleted_things import DeletedThing, What
from intake_app.store.office import Office
from intake_app.workflows.deleted_things import deleted_things
from intake_app.workflows.save_case import may_answer


def bring_back(office: Office, thing: DeletedThing, now: datetime) -> None:
    """Put one thing back where it was.

    Raises `NotAllowed` for a member who may not see or change it, `AppError` for what is there
    already or was deleted too long ago.
    """
    require(office.member.role, _NEEDS[thing.what])
    _BACK[thing.what](office, thing, now)


def _case(office: Office, thing: DeletedThing, now: datetime) -> None:
    with office.writing() as connection:
        case_deletion.bring_back_case(office, connection, int(thing.row), now)


def _row(office: Office, thing: DeletedThing, now: datetime) -> None:
    cls = next(cls for cls in RECORDS if title_of(cls).table == thing.table)
    may_answer(office, cls, None)
    with office.writing() as connection:
        row = int(thing.row)
        cases.remove_entry(office, connection, _case_of(thing), cls, row, now, back=True)


def _document(office: Office, thing: DeletedThing, now: datetime) -> None:
    with office.writing() as connection:
        documents.remove_document(office, connection, int(thing.row), now, back=True)


def _letter(office: Office, thing: DeletedThing, now: datetime) -> None:
    with office.writing() as connection:
        letter_changes.bring_back_draft(office, connection, int(thing.row), thing.words, now)


def _addressee(office: Office, thing: DeletedThing, now: datetime) -> None:
    addressees.bring_back_entry(office, int(thing.row), now)


def _own_kind(office: Office, thing: DeletedThing, now: datetime) -> None:
    own_kinds.bring_back_own_kind(office, str(thing.row), now)


def _holiday(office: Office, thing: DeletedThing, now: datetime) -> None:
    # Only history knows a day that was taken out, and its name: ask it, not the caller.
    known = {(one.what, one.row): one for one in deleted_things(office, now)}
    found = known.get((thing.what, thing.row))
    if found is None:
        raise AppError("That holiday is in the table already, or was taken out too long ago.")
    day, name = date.fromisoformat(str(found.row)), found.words.rsplit(", ", 1)[0]
    office_reference.save_holiday(office, day, name, now)


def _case_of(thing: DeletedThing) -> int:
    if thing.case_id is None:
        raise TypeError(f"a row of {thing.table} belongs to a case")
    return thing.case_id


_NEEDS = {
    What.CASE: Act.DELETE_CASES,
    What.ROW: Act.WRITE_CASES,
    What.DOCUMENT: Act.WRITE_CASES,
    What.LETTER: Act.COMPOSE_LETTERS,
    What.ADDRESSEE: Act.COMPOSE_LETTERS,
    What.OWN_KIND: Act.APPROVE_LETTERS,
    What.HOLIDAY: Act.SET_UP_OFFICE,
}

_BACK: dict[What, Callable[[Office, DeletedThing, datetime], None]] = {
    What.CASE: _case,
    What.ROW: _row,
    What.DOCUMENT: _document,
    What.LETTER: _letter,
    What.ADDRESSEE: _addressee,
    What.OWN_KIND: _own_kind,
    What.HOLIDAY: _holiday,
}
