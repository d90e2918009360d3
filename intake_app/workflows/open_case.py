"""Open a case."""

from datetime import datetime

from intake_app.core.case import CaseFile
from intake_app.core.roles import Act, may, require
from intake_app.store import cases
from intake_app.store.office import Office
from intake_app.workflows.keep_draft import settle_drafts


def open_case(office: Office, case_id: int, now: datetime | None = None) -> CaseFile:
    """The case as this member may see it; raise `NotAllowed` or `AppError`.

    With `now`, words that a crash cut off become answers first, and the history is told that it
    was opened (`Office.openings`); without, for whoever reads again what she has open.
    """
    require(office.member.role, Act.READ_CASES)
    if now is not None:
        if may(office.member.role, Act.WRITE_CASES):
            settle_drafts(office, case_id, now)
        office.openings.note(office, case_id, now)
    with office.reading() as connection:
        return cases.read_case(office, connection, case_id)


def look_into_case(office: Office, case_id: int, now: datetime) -> CaseFile:
    """The case for a letter, an envelope, a batch: told as an opening, nothing else is done."""
    require(office.member.role, Act.READ_CASES)
    office.openings.note(office, case_id, now)
    return open_case(office, case_id)


def open_case_numbered(office: Office, number: str, now: datetime) -> CaseFile:
    """The case with that number."""
    require(office.member.role, Act.READ_CASES)
    with office.reading() as connection:
        case_id = cases.case_id_of(connection, number)
    return look_into_case(office, case_id, now)
