"""Delete a case."""

from datetime import datetime

from intake_app.core.roles import Act, require
from intake_app.store import case_deletion
from intake_app.store.office import Office


def delete_case(office: Office, case_id: int, now: datetime) -> None:
    """Take a case out of every list; for 30 days it can be brought back.

    Raises `NotAllowed`, and `AppError` for a case that is not there.
    """
    require(office.member.role, Act.DELETE_CASES)
    with office.writing() as connection:
        case_deletion.delete_case(office, connection, case_id, now)
    office.roster.remove(case_id)
