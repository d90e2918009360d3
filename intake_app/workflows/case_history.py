"""The history of a case."""

from intake_app.core.roles import Act, require
from intake_app.store import changes
from intake_app.store.changes import Change
from intake_app.store.office import Office


def case_history(office: Office, case_id: int) -> tuple[Change, ...]:
    """Who changed what, newest first."""
    require(office.member.role, Act.READ_CASES)
    with office.reading() as connection:
        return changes.changes_of(office, connection, case_id)
