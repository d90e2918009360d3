"""Answers given beside a letter: into the row that lacks them, or into one made for them."""

import pytest

from intake_app.core.casefile import Charge, Consent, Detainer, Person
from intake_app.core.errors import NotAllowed
from intake_app.core.vocabulary import ChargeOutcome, DetainerForm
from intake_app.store.office import Office
from intake_app.workflows.answer_missing import answer_missing, can_answer_here, only_row
from intake_app.workflows.case_history import case_history
from intake_app.workflows.open_case import open_case
from intake_app.workflows.save_case import add_entry
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW


def test_the_row_is_made_with_its_first_answer(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    answer_missing(office, case, Detainer, None, "form", DetainerForm.I247A, NOW)
    assert [one.form for one in open_case(office, case).all(Detainer)] == [DetainerForm.I247A]
    assert [one.action for one in case_history(office, case)][:2] == ["changed", "added"]


def test_an_answer_nobody_may_give_leaves_no_row(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    with pytest.raises(NotAllowed):
        answer_missing(office, case, Charge, None, "immigration_conviction", None, NOW)
    assert open_case(office, case).all(Charge) == ()


def test_one_of_two_rows_and_a_consent_are_answered_in_the_case_itself(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    assert can_answer_here(open_case(office, case), Charge)
    assert not can_answer_here(open_case(office, case), Consent)
    assert only_row(open_case(office, case), Charge) is None
    first = add_entry(office, case, Charge, NOW).entry_id
    assert only_row(open_case(office, case), Charge) == first
    answer_missing(office, case, Charge, first, "outcome", ChargeOutcome.PENDING, NOW)
    assert [one.outcome for one in open_case(office, case).all(Charge)] == [ChargeOutcome.PENDING]
    add_entry(office, case, Charge, NOW)
    assert not can_answer_here(open_case(office, case), Charge)
    answer_missing(office, case, Person, None, "surname", "Quintanilla", NOW)
    assert open_case(office, case).one(Person).surname == "Quintanilla"
