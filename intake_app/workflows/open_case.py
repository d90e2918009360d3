"""Open a case."""

from intake_app.core.case import CaseFile
from intake_app.core.roles import Act, require
from intake_app.store import cases
from intake_app.store.office import Office


def open_case(office: Office, case_id: int) -> CaseFile:
    """The case as this member may see it; raise `NotAllowed` or `AppError`."""
    require(office.member.role, Act.READ_CASES)
    with office.reading() as connection:
        return cases.read_case(office, connection, case_id)


def open_case_numbered(office: Office, number: str) -> CaseFile:
    """The case with that number."""
    require(office.member.role, Act.READ_CASES)
    with office.reading() as connection:
        return cases.read_case(office, connection, cases.case_id_of(connection, number))
