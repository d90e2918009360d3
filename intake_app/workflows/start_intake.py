"""Start a new intake: an empty case with today's date."""

from datetime import datetime

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Intake
from intake_app.core.roles import Act, require
from intake_app.core.vocabulary import CaseStatus
from intake_app.store import cases
from intake_app.store.office import Office


def start_intake(office: Office, now: datetime) -> CaseFile:
    """Make the case. Only the date and the status are filled in: no answer is assumed."""
    require(office.member.role, Act.WRITE_CASES)
    with office.writing() as connection:
        case_id = cases.create_case(office, connection, now)
        for field, value in (("opened_on", office.today(now)), ("status", CaseStatus.INTAKE)):
            cases.write_answer(office, connection, case_id, Intake, None, field, value, now)
        return cases.read_case(office, connection, case_id)
