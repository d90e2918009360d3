"""Undo one change of a case."""

from datetime import datetime

from intake_app.core.case import CaseFile
from intake_app.core.roles import Act, require
from intake_app.store import cases, changes
from intake_app.store.office import Office


def undo_change(office: Office, seq: int, now: datetime) -> CaseFile:
    """Take the change numbered `seq` back and return the case; raise `AppError` if it can't be."""
    require(office.member.role, Act.WRITE_CASES)
    with office.writing() as connection:
        case_id = changes.undo(office, connection, seq, now)
        return cases.read_case(office, connection, case_id)
