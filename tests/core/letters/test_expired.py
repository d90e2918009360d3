"""The letter that says that the 48 hours are over: the clock, its proof, and who may go before."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.custody_clock import ClockState
from intake_app.core.letters.expired import Say
from intake_app.core.letters.jail_parts import Part
from intake_app.core.letters.rules import WhoCanOpen
from intake_app.core.roles import Role
from intake_app.core.vocabulary import CustodyBasis, DetainerForm, State, YesNo
from tests.letter_cases import LONG_AGO, NOW, asked_of, case_of, gated, rules_of

FRIDAY_NIGHT = NOW - timedelta(hours=60)
WHY = {"CLOCK": "The form’s own words."}


def due(at: datetime | None, **changes: Any) -> dict[str, Any]:
    return {"custody": {"release_due_at": at, **changes}}


def test_it_is_written_once_every_reading_has_passed() -> None:
    result = gated("expired", case_of(**due(LONG_AGO)), Role.PARALEGAL)
    assert result.open
    assert {Say.ALL_READINGS, Say.FORM_HOURS, Say.OKLAHOMA, Part.LIABILITY} <= result.say
    assert not {Say.FORM_ONLY, Say.NO_HOLD, Say.STATE_MANDATE, Say.NEXT_STEP} & result.say


@pytest.mark.parametrize(
    ("changes", "question"),
    [
        ({"release_due_at": None}, "Release due"),
        ({"release_known_from": None}, "Release known from"),
        ({"custody_confirmed_at": None}, "Custody confirmed"),
        ({"custody_known_from": None}, "Confirmed by"),
    ],
)
def test_each_proof_is_asked_for(changes: dict[str, Any], question: str) -> None:
    case = case_of(custody={"release_due_at": LONG_AGO, **changes})
    result = gated("expired", case, Role.ATTORNEY, overrides=WHY)
    assert rules_of(result) == ["MISSING"]
    assert question in result.blockers[0].why


def test_before_the_time_nobody_writes_it() -> None:
    for at in (NOW + timedelta(hours=5), NOW - timedelta(hours=20)):
        result = gated("expired", case_of(**due(at)), Role.ATTORNEY, overrides=WHY)
        assert rules_of(result) == ["CLOCK"]
        assert result.blockers[0].who_can_open is WhoCanOpen.NOBODY


def test_between_the_readings_an_attorney_may_act_on_form_i247a() -> None:
    case = case_of(**due(FRIDAY_NIGHT))
    closed = gated("expired", case)
    assert rules_of(closed) == ["CLOCK"]
    assert "Tuesday, November 24" in closed.blockers[0].why
    assert rules_of(gated("expired", case, Role.PARALEGAL, overrides=WHY)) == ["CLOCK"]
    assert rules_of(gated("expired", case, overrides={"CLOCK": "  "})) == ["CLOCK"]
    opened = gated("expired", case, overrides=WHY)
    assert opened.open
    assert Say.FORM_ONLY in opened.say
    assert not {Say.ALL_READINGS, Say.OKLAHOMA} & opened.say


@pytest.mark.parametrize(
    "form", [DetainerForm.I247, DetainerForm.I247D, DetainerForm.ORAL, DetainerForm.NONE_SEEN]
)
def test_between_the_readings_no_other_form_helps(form: DetainerForm) -> None:
    case = case_of(**due(FRIDAY_NIGHT), detainer={"form": form})
    result = gated("expired", case, overrides=WHY)
    assert rules_of(result) == ["CLOCK"]
    assert result.blockers[0].who_can_open is WhoCanOpen.NOBODY


def test_a_form_that_asks_for_no_hold_is_over_at_release() -> None:
    form = {"form": DetainerForm.I247G}
    past = gated("expired", case_of(**due(NOW - timedelta(hours=2)), detainer=form))
    assert past.open
    assert {Say.NO_HOLD, Say.NOTICE_FORM} <= past.say
    assert not {Say.ALL_READINGS, Say.FORM_ONLY, Say.FORM_HOURS} & past.say
    ahead = gated("expired", case_of(**due(NOW + timedelta(hours=2)), detainer=form))
    assert rules_of(ahead) == ["CLOCK"]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"other_hold_at": NOW - timedelta(days=1)}, "OTHER_HOLD"),
        ({"custody_basis": CustodyBasis.OTHER_WARRANT}, "OTHER_HOLD"),
        ({"custody_basis": CustodyBasis.FEDERAL}, "OTHER_HOLD"),
        ({"in_custody": YesNo.NO}, "NOT_IN_CUSTODY"),
        ({"custody_confirmed_at": LONG_AGO + timedelta(days=1)}, "CONFIRM"),
        ({"custody_confirmed_at": NOW + timedelta(days=1)}, "CONFIRM"),
    ],
)
def test_what_stops_it(changes: dict[str, Any], rule: str) -> None:
    result = gated("expired", case_of(**due(LONG_AGO, **changes)), overrides=WHY)
    assert rule in rules_of(result)


def test_the_next_step_is_the_attorneys() -> None:
    case = case_of(**due(LONG_AGO))
    step: dict[str, Any] = {"next_step": "a petition for a writ of habeas corpus"}
    assert Say.NEXT_STEP in gated("expired", case, **step).say
    assert rules_of(gated("expired", case, Role.PARALEGAL, **step)) == ["NEXT_STEP"]


def test_where_the_state_directs_compliance_choice_is_not_spoken_of() -> None:
    case = case_of(**due(LONG_AGO, facility_state=State.FL))
    result = gated("expired", case)
    assert Say.STATE_MANDATE in result.say
    assert Part.LIABILITY in result.say
    assert not {Part.COUNTY_SUED, Part.COUNTY_LIABLE, Part.SETTLEMENT} & result.say


def test_an_answer_is_asked_for_within_hours_and_the_defender_gets_a_copy() -> None:
    facts = asked_of("expired", case_of(**due(LONG_AGO))).facts
    assert timedelta(hours=2) <= facts.reply_by - NOW <= timedelta(hours=2, minutes=15)
    assert facts.addressee.cc == (
        "County Counsel, Example County", "Public Defender, Example County",
    )  # fmt: skip


@given(hours=st.integers(-200, 400), role=st.sampled_from(list(Role)), why=st.booleans())
def test_no_letter_without_an_expired_clock(hours: int, role: Role, why: bool) -> None:
    """Whatever the hour and the role: open only past every reading, or by an attorney's reason."""
    case = case_of(**due(NOW - timedelta(hours=hours)))
    asked = asked_of("expired", case, role, overrides=WHY if why else {})
    result = gated("expired", case, role, overrides=WHY if why else {})
    assert asked.facts.clock is not None
    state = asked.facts.clock.state
    if result.open and state is not ClockState.EXPIRED_ALL_READINGS:
        assert state is ClockState.PLAIN_PAST_REG_RUNNING
        assert role is Role.ATTORNEY
        assert why
        assert Say.FORM_ONLY in result.say
    if state is ClockState.EXPIRED_ALL_READINGS:
        assert "CLOCK" not in rules_of(result)
