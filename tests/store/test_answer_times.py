"""When each answer was given last, and by whom; rows of one record apart."""

from datetime import timedelta

from intake_app.core.casefile import Charge, Intake, Person
from intake_app.core.vocabulary import ChargeOutcome
from intake_app.store.answer_times import answer_times
from intake_app.store.office import Office
from intake_app.workflows.save_case import add_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW

LATER = NOW + timedelta(minutes=5)


def test_the_last_change_of_each_answer_of_this_case_alone(office: Office) -> None:
    case, other = (start_intake(office, NOW).case_id for _ in range(2))
    first, second = (add_entry(office, case, Charge, NOW).entry_id for _ in range(2))
    save_answer(office, case, Charge, first, "outcome", ChargeOutcome.PENDING, NOW)
    save_answer(office, case, Charge, second, "outcome", ChargeOutcome.PENDING, LATER)
    name = save_answer(office, case, Person, None, "surname", "Quintanilla", NOW).entry_id
    save_answer(office, case, Person, name, "surname", "Otherwise", LATER)
    save_answer(office, other, Person, None, "surname", "Somebody", LATER + timedelta(1))
    with office.reading() as connection:
        found = answer_times(connection, case)
    told = {key: (one.at, one.by) for key, one in found.items() if key[0] is not Intake}
    assert told == {
        (Charge, first, "outcome"): (NOW, office.member.name),
        (Charge, second, "outcome"): (LATER, office.member.name),
        (Person, name, "surname"): (LATER, office.member.name),
    }
