"""Save one finished edit of a case, with its history, at once."""

from datetime import datetime
from typing import Any

from intake_app.core.casefile import questions_for
from intake_app.core.errors import NotAllowed
from intake_app.core.fields import title_of
from intake_app.core.roles import Act, require
from intake_app.store import cases
from intake_app.store.cases import Saved
from intake_app.store.office import Office


def save_answer(
    office: Office,
    case_id: int,
    record: type,
    entry_id: int | None,
    field: str,
    value: Any,
    now: datetime,
) -> Saved:
    """Write one answer; on return it is on the disk.

    `entry_id` is None for a single record that has no row yet. Raises `NotAllowed` for a
    question this member may not answer, `AppError` when the entry is gone or the disk refuses.
    """
    may_answer(office, record, field)
    with office.writing() as connection:
        return cases.write_answer(office, connection, case_id, record, entry_id, field, value, now)


def add_entry(office: Office, case_id: int, record: type, now: datetime) -> Saved:
    """Add an empty row of a record that a case can have several of."""
    may_answer(office, record, None)
    if not title_of(record).many:
        raise TypeError(f"a case has one {record.__name__}")
    with office.writing() as connection:
        entry_id = cases.add_entry(office, connection, case_id, record, now)
    return Saved(entry_id, now, changed=True)


def remove_entry(office: Office, case_id: int, record: type, entry_id: int, now: datetime) -> Saved:
    """Remove a row; History can bring it back."""
    may_answer(office, record, None)
    with office.writing() as connection:
        cases.remove_entry(office, connection, case_id, record, entry_id, now)
    return Saved(entry_id, now, changed=True)


def may_answer(office: Office, record: type, field: str | None) -> None:
    """Raise `NotAllowed` unless this member may answer the question, or any of the record."""
    require(office.member.role, Act.WRITE_CASES)
    asked = questions_for(office.member.role, record)
    if not asked or (field is not None and field not in {one.name for one in asked}):
        raise NotAllowed(f"A {office.member.role.value} may not answer this question.")
    for one in asked:
        if one.name == field and one.decides is not None:
            require(office.member.role, one.decides)
