"""Answer one question from beside a letter, where its record may have no row yet."""

from datetime import datetime
from typing import Any

from intake_app.core.case import CaseFile, Entry
from intake_app.core.casefile import Consent
from intake_app.core.fields import title_of
from intake_app.store import cases
from intake_app.store.cases import Saved
from intake_app.store.office import Office
from intake_app.workflows.save_case import may_answer


def can_answer_here(case: CaseFile, record: type) -> bool:
    """Whether one answer is enough, and it is plain of what: not one of two charges or papers.

    A consent is never one answer.
    """
    return record is not Consent and len(case.kept(record)) <= 1


def only_row(case: CaseFile, record: type) -> int | None:
    """The row of a record; None where there is none yet."""
    kept: tuple[Entry[Any], ...] = case.kept(record)
    return kept[0].id if kept else None


def answer_missing(
    office: Office,
    case_id: int,
    record: type,
    entry_id: int | None,
    field: str,
    value: Any,
    now: datetime,
) -> Saved:
    """Write the answer, as the case page does; the row is made with it where there is none.

    Raises `NotAllowed` for a question this member may not answer, `AppError` when the row is
    gone or the disk refuses; then no row was made either.
    """
    may_answer(office, record, field)
    with office.writing() as connection:
        if entry_id is None and title_of(record).many:
            entry_id = cases.add_entry(office, connection, case_id, record, now)
        return cases.write_answer(office, connection, case_id, record, entry_id, field, value, now)
