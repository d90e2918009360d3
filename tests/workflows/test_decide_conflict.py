"""Deciding what a conflict check found: who may, with which reason, and what follows."""

from pathlib import Path

import pytest

from intake_app.core.casefile import AdverseParty, Intake, Person, Protection
from intake_app.core.errors import AppError, BadAnswer, NotAllowed
from intake_app.core.roles import Role
from intake_app.core.vocabulary import CaseStatus, YesNo
from intake_app.store.office import Office
from intake_app.workflows.check_conflicts import (
    Decision,
    Outcome,
    check_conflicts,
    open_conflict_questions,
)
from intake_app.workflows.decide_conflict import decide_conflict, hold_for_conflict
from intake_app.workflows.open_case import open_case
from intake_app.workflows.save_case import save_answer
from tests.conftest import NOW
from tests.offices import new_office, staff, unlocked
from tests.workflows.test_check_conflicts import case_of, save


@pytest.fixture
def closed(folder: Path) -> Path:
    """Case 2 is like case 1, case 4 like the protected case 3, case 5 like both; closed."""
    with new_office(folder).office as office:
        staff(office)
        for given, surname in (
            ("Wilfredo", "Quispe"),
            ("Wilfredo", "Quispe"),
            ("Guerline", "Exantus"),
            ("Guerline", "Exantus"),
            ("Wilfredo", "Quispe"),
        ):
            case_of(office, given=given, surname=surname)
        save(office, 3, Protection, hide_from_lists=YesNo.YES)
        save(office, 5, AdverseParty, name="Guerline Exantus")
    return folder


def newest(office: Office, case_id: int) -> int:
    """Check, and the number of the check."""
    check_id = check_conflicts(office, case_id, NOW).check_id
    assert check_id is not None
    return check_id


@pytest.mark.parametrize(
    ("decision", "outcome"),
    [
        (Decision.NONE, Outcome.NO_CONFLICT),
        (Decision.CONFIRMED, Outcome.CONFIRMED),
        (Decision.WAIVED, Outcome.WAIVED),
        (Decision.OTHER_PERSON, Outcome.OTHER_PERSON),
    ],
)
def test_an_attorney_decides(closed: Path, decision: Decision, outcome: Outcome) -> None:
    with unlocked(closed, Role.ATTORNEY) as office:
        check = newest(office, 2)
        assert [one.case_id for one in open_conflict_questions(office)] == [2]
        decide_conflict(office, 2, check, decision, " both agreed in writing ", NOW)
        view = check_conflicts(office, 2, NOW)
        assert (view.outcome, view.reason) == (outcome, "both agreed in writing")
        assert (view.decided_by, view.decided_at) == ("Attorney Person", NOW)
        assert open_conflict_questions(office) == ()
        # A decision sets nothing by itself.
        assert open_case(office, 2).one(Intake).status is CaseStatus.INTAKE


@pytest.mark.parametrize("decision", [Decision.WAIVED, Decision.OTHER_PERSON])
def test_some_decisions_need_a_reason(closed: Path, decision: Decision) -> None:
    with unlocked(closed, Role.ATTORNEY) as office:
        check = newest(office, 2)
        with pytest.raises(BadAnswer):
            decide_conflict(office, 2, check, decision, "  ", NOW)
        assert check_conflicts(office, 2, NOW).outcome is Outcome.POSSIBLE


def test_a_paralegal_may_only_say_that_they_are_other_people(closed: Path) -> None:
    with unlocked(closed, Role.PARALEGAL) as office:
        check = newest(office, 2)
        for decision in (Decision.NONE, Decision.CONFIRMED, Decision.WAIVED):
            with pytest.raises(NotAllowed):
                decide_conflict(office, 2, check, decision, "sure", NOW)
        assert check_conflicts(office, 2, NOW).may_clear
        decide_conflict(office, 2, check, Decision.OTHER_PERSON, "other A-number", NOW)
        view = check_conflicts(office, 2, NOW)
        assert (view.outcome, view.reason) == (Outcome.OTHER_PERSON, "other A-number")
        # What was decided is not hers to change.
        with pytest.raises(NotAllowed):
            decide_conflict(office, 2, check, Decision.OTHER_PERSON, "no, truly", NOW)


@pytest.mark.parametrize("case_id", [4, 5])
def test_a_paralegal_may_not_clear_whom_she_may_not_know(closed: Path, case_id: int) -> None:
    with unlocked(closed, Role.PARALEGAL) as office:
        check = newest(office, case_id)
        with pytest.raises(NotAllowed):
            decide_conflict(office, case_id, check, Decision.OTHER_PERSON, "guessed", NOW)
        assert check_conflicts(office, case_id, NOW).outcome is Outcome.ASK


def test_a_match_that_became_protected_meanwhile_is_not_cleared(closed: Path) -> None:
    with unlocked(closed, Role.PARALEGAL) as office:
        check = newest(office, 2)
        save(office, 1, Protection, survivor=YesNo.YES)
        save(office, 5, Protection, survivor=YesNo.YES)
        assert check_conflicts(office, 2, NOW).outcome is Outcome.ASK
        with pytest.raises(AppError):
            decide_conflict(office, 2, check, Decision.OTHER_PERSON, "other person", NOW)


def test_a_volunteer_decides_nothing(closed: Path) -> None:
    with unlocked(closed, Role.VOLUNTEER) as office:
        check = newest(office, 2)
        for decision in Decision:
            with pytest.raises(AppError):
                decide_conflict(office, 2, check, decision, "sure", NOW)


def test_an_old_check_is_not_decided(closed: Path) -> None:
    with unlocked(closed, Role.ATTORNEY) as office:
        check = newest(office, 2)
        save_answer(office, 2, Person, None, "given", "Wilfrido", NOW)
        assert newest(office, 2) != check
        with pytest.raises(AppError, match="again meanwhile"):
            decide_conflict(office, 2, check, Decision.NONE, "", NOW)


def test_a_case_is_put_on_hold(closed: Path) -> None:
    with unlocked(closed, Role.VOLUNTEER) as office:
        hold_for_conflict(office, 2, NOW)
        assert open_case(office, 2).one(Intake).status is CaseStatus.CONFLICT_HOLD
