"""Each fact of a letter with its section, who answered it last and when, and how it is known."""

from datetime import timedelta

from intake_app.core.casefile import Custody, Detainer, Person
from intake_app.core.vocabulary import DetainerForm, DetainerStatus, KnownFrom
from intake_app.store.office import Office
from intake_app.workflows.compose_letter import compose_letter
from intake_app.workflows.open_case import open_case
from intake_app.workflows.read_fact_sources import FactSource, QuestionOf, read_fact_sources
from intake_app.workflows.save_case import add_entry, save_answer
from tests.conftest import NOW
from tests.letters import DECLINE, case_for_a_letter

LATER = NOW + timedelta(hours=3)


def sources(office: Office, case: int) -> dict[QuestionOf, FactSource]:
    letter = compose_letter(office, case, DECLINE, LATER)
    assert letter.blocked_by == ()
    return read_fact_sources(office, open_case(office, case), letter.known, letter.facts)


def test_the_newest_change_of_an_answer_is_told_with_its_section(office: Office) -> None:
    case = case_for_a_letter(office)
    save_answer(office, case, Person, None, "booking_number", "77-1", LATER)
    save_answer(office, case, Custody, None, "release_known_from", KnownFrom.COURT, NOW)
    found = sources(office, case)
    number = found[Person, "booking_number"]
    assert number.section == "Person"
    assert number.answered is not None
    assert (number.answered.at, number.answered.by) == (LATER, office.member.name)
    name = found[Person, "surname"].answered
    assert name is not None
    assert name.at == NOW
    assert found[Custody, "release_due_at"].known_from == KnownFrom.COURT.label
    assert found[Custody, "facility"].known_from == ""


def test_of_several_detainers_only_the_one_the_letter_is_about_counts(office: Office) -> None:
    case = case_for_a_letter(office)
    old = add_entry(office, case, Detainer, LATER).entry_id
    save_answer(office, case, Detainer, old, "form", DetainerForm.I247D, LATER)
    save_answer(office, case, Detainer, old, "status", DetainerStatus.SUPERSEDED, LATER)
    form = sources(office, case)[Detainer, "form"].answered
    assert form is not None
    assert form.at == NOW
