"""The line of the case list follows each change, reading no more than what changed."""

from intake_app.core.casefile import Custody, Detainer, Intake, Person, Protection
from intake_app.core.vocabulary import CaseStatus, DetainerStatus, State, YesNo
from intake_app.store.case_lines import roster_rows
from intake_app.store.office import Office
from intake_app.workflows.find_people import load_roster
from intake_app.workflows.save_case import add_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW


def test_a_change_of_one_record_leaves_the_rest_of_the_line_as_it_is(office: Office) -> None:
    """Read once from the file and once followed change by change: the same line."""
    changes: tuple[tuple[type, str, object], ...] = (
        (Person, "given", "Aminata"),
        (Person, "surname", "Diallo"),
        (Person, "booking_number", "26-1"),
        (Custody, "facility", "Metro West"),
        (Custody, "facility_state", State.FL),
        (Intake, "assigned_attorney", office.member.login),
        (Intake, "status", CaseStatus.OPEN),
        (Protection, "survivor", YesNo.YES),
        (Protection, "survivor", YesNo.NO),
        (Person, "surname", "Diallo Sow"),
    )
    case_id = start_intake(office, NOW).case_id
    load_roster(office)
    for cls, field, value in changes:
        save_answer(office, case_id, cls, None, field, value, NOW)
        with office.reading() as connection:
            (fresh,) = roster_rows(office, connection, only=[case_id])
        assert office.roster.row(case_id) == fresh, field
    detainer = add_entry(office, case_id, Detainer, NOW).entry_id
    save_answer(office, case_id, Detainer, detainer, "status", DetainerStatus.CANCELLED, NOW)
    with office.reading() as connection:
        (fresh,) = roster_rows(office, connection, only=[case_id])
    assert office.roster.row(case_id) == fresh
    assert office.roster.row(case_id + 1) is None
