"""The letter about the conditions of state law: where it is written, and what it may say."""

from datetime import timedelta
from typing import Any

import pytest

from intake_app.core.letters.conditions import Say
from intake_app.core.letters.jail_parts import Part
from intake_app.core.roles import Role
from intake_app.core.vocabulary import (
    CitizenClaim,
    DetainerBox,
    DetainerForm,
    DetainerStatus,
    FactGroup,
    State,
    WarrantAttached,
    YesNo,
)
from tests.letter_cases import COUNSEL, JAIL, MANDATES, NOW, case_of, consent, gated, rules_of

GOOD: dict[str, Any] = {
    "warrant": WarrantAttached.I200, "warrant_signed": YesNo.YES, "warrant_dated": YesNo.YES,
    "box": DetainerBox.PROBABLE_CAUSE, "served": YesNo.YES, "signed": YesNo.YES,
}  # fmt: skip


def in_state(state: State, *more: Any, **changes: dict[str, Any]) -> Any:
    custody = changes.pop("custody", {})
    return case_of(*more, custody={"facility_state": state, **custody}, **changes)


@pytest.mark.parametrize("state", list(State))
def test_it_is_written_only_where_the_law_directs_jails_to_comply(state: State) -> None:
    result = gated("conditions", in_state(state))
    assert rules_of(result) == ([] if state in MANDATES else ["STATE"])


def test_each_mandate_state_has_a_duty_or_is_asked_for_its_law() -> None:
    asks = {s for s in MANDATES if Say.ASK_LAW in gated("conditions", in_state(s)).say}
    # Their entries are not verified, or none may be cited: the letter cites none.
    assert asks == {State.TX, State.IN, State.KS, State.NH}
    tick = gated("conditions", in_state(State.IN), ticked=frozenset({"L18"}))
    assert Say.DUTY in tick.say
    none = gated("conditions", in_state(State.IN), Role.PARALEGAL, ticked=frozenset({"L18"}))
    assert Say.ASK_LAW in none.say


def test_without_a_defect_or_an_exception_the_request_to_ice_is_offered() -> None:
    case = in_state(State.FL, detainer=GOOD)
    result = gated("conditions", case, Role.PARALEGAL)
    assert rules_of(result) == ["NO_DEFECT"]
    assert "ICE cancel the detainer" in result.blockers[0].why
    why = {"NO_DEFECT": "The sheriff’s counsel asked for it."}
    assert rules_of(gated("conditions", case, Role.PARALEGAL, overrides=why)) == ["NO_DEFECT"]
    opened = gated("conditions", case, Role.ATTORNEY, overrides=why)
    assert opened.open
    assert opened.overridden[0].reason == "The sheriff’s counsel asked for it."
    assert Part.DEFECTS not in opened.say


def test_what_is_unread_is_no_defect() -> None:
    unread = {"warrant": None, "box": None, "served": None}
    result = gated("conditions", in_state(State.FL, detainer=unread))
    assert rules_of(result) == ["NO_DEFECT"]
    assert "Still to be read off the form" in result.blockers[0].why


TELL: dict[str, Any] = {"tell": frozenset({"victim"})}


@pytest.mark.parametrize(
    ("named", "opens"),
    [
        ((), False),
        ((JAIL,), False),
        ((COUNSEL,), False),
        ((JAIL, COUNSEL), True),
        (("Another Jail", COUNSEL), False),
    ],
)
def test_victim_facts_need_a_consent_for_each_reader(named: tuple[str, ...], opens: bool) -> None:
    consents = [consent(who, FactGroup.VICTIM) for who in named]
    result = gated("conditions", in_state(State.FL, *consents), **TELL)
    assert (Part.VICTIM in result.say) is opens
    assert rules_of(result) == ([] if opens else ["FACT_CONSENT"])


def test_victim_facts_stay_back_unless_chosen() -> None:
    case = in_state(State.FL, consent(JAIL), consent(COUNSEL))
    assert Part.VICTIM not in gated("conditions", case).say


def test_an_exception_counts_where_the_form_lacks_nothing() -> None:
    case = in_state(State.FL, consent(JAIL), consent(COUNSEL), detainer=GOOD)
    assert gated("conditions", case, **TELL).open


def test_citizenship_is_told_only_where_papers_show_it_and_a_consent_opens_it() -> None:
    both = (consent(JAIL), consent(COUNSEL))
    tell: dict[str, Any] = {"tell": frozenset({"immigration"})}
    for claim, said in ((CitizenClaim.DOCUMENTED, True), (CitizenClaim.CLAIMS, False)):
        case = in_state(State.TX, *both, person={"us_citizen_claim": claim})
        assert (Part.CITIZEN in gated("conditions", case, **tell).say) is said
        assert Part.CITIZEN not in gated("conditions", case).say


def test_deadlines_are_named_once_release_has_a_time() -> None:
    assert Say.DEADLINES not in gated("conditions", in_state(State.FL)).say
    due = {"release_due_at": NOW + timedelta(hours=3)}
    assert Say.DEADLINES in gated("conditions", in_state(State.FL, custody=due)).say


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"custody": {"in_custody": YesNo.NO}}, "NOT_IN_CUSTODY"),
        ({"detainer": {"status": DetainerStatus.CANCELLED}}, "DETAINER_OVER"),
        ({"detainer": {"warrant": WarrantAttached.JUDICIAL}}, "JUDICIAL_WARRANT"),
        ({"detainer": {"form": DetainerForm.I247G}}, "NOTICE_ONLY"),
        ({"person": {"booking_number": None}}, "MISSING"),
    ],
)
def test_what_stops_it(changes: dict[str, dict[str, Any]], rule: str) -> None:
    assert rule in rules_of(gated("conditions", in_state(State.FL, **changes)))


def test_the_writer_sees_the_law_against_a_plain_request() -> None:
    florida = gated("conditions", in_state(State.FL))
    assert {"L01", "L05"} <= set(florida.adverse)
    assert any("908.105" in warning for warning in florida.warnings)
