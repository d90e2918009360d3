"""The explanation for the client: where it may go, and that it tells what is so."""

from datetime import timedelta
from typing import Any

import pytest

from intake_app.core.authorities import COMPLY
from intake_app.core.letters.gate import gate
from intake_app.core.letters.kinds import CLIENT
from intake_app.core.letters.options import Addressee, LetterOptions
from intake_app.core.letters.rules import Asked, WhoCanOpen
from intake_app.core.places import Language
from intake_app.core.roles import Role
from intake_app.core.vocabulary import DetainerForm, DetainerStatus, Safe, State, YesNo
from tests.secret_case import (
    LIBRARY,
    NOW,
    OFFICE,
    TODAY,
    asked,
    blocks,
    known,
    secret_case,
    written,
)


def on(*grounds: str, **more: Any) -> LetterOptions:
    return LetterOptions(grounds=frozenset(grounds), **more)


@pytest.mark.parametrize(
    "contact",
    [
        {"safe_to_mail": Safe.NO},
        {"safe_to_mail": Safe.ASK},
        {"safe_to_mail": None},
        {"confirmed_on": None},
        {"recheck_by": TODAY - timedelta(days=1)},
        {"mailing_address": None, "home_address": None},
        {"substitute_address": "Safe House\nMiami", "safe_to_mail": None},
    ],
)
def test_nothing_is_addressed_where_the_client_has_not_said_it_is_safe(
    contact: dict[str, Any],
) -> None:
    case = secret_case(contact=contact)
    assert blocks(CLIENT, case) == ["SAFE_CONTACT"]
    assert known(CLIENT, case).addressee.lines == ()
    by_hand = on("by_hand")
    assert not blocks(CLIENT, case, by_hand)
    assert written(CLIENT, case, by_hand).address == ("Marie Jean-Baptiste",)


def test_the_address_is_the_safe_one_whatever_was_typed() -> None:
    typed = on(
        addressee=Addressee("Marie Jean-Baptiste", lines=("12 Home Lane", "Miami"), cc=("X",))
    )
    for options in (on(), typed):
        letter = written(CLIENT, secret_case(), options)
        assert letter.address == ("Marie Jean-Baptiste", "P.O. Box 5", "Miami, FL 33101")
        assert letter.cc == ()
    substitute = secret_case(contact={"substitute_address": "P.O. Box 99\nTallahassee"})
    assert written(CLIENT, substitute).address[1:] == ("P.O. Box 99", "Tallahassee")


@pytest.mark.parametrize("by_hand", [True, False])
def test_where_nothing_may_show_who_sends_it_there_is_no_letterhead(by_hand: bool) -> None:
    case = secret_case(contact={"no_letterhead": YesNo.YES})
    letter = written(CLIENT, case, on("by_hand") if by_hand else on())
    assert (letter.letterhead.name, letter.letterhead.lines) == ("", "")
    assert "555-0100" in letter.text
    assert written(CLIENT, secret_case()).letterhead.name == OFFICE.name


def test_the_writer_is_warned_where_jail_staff_may_read_it() -> None:
    at_jail = secret_case(contact={"mailing_address": "Example County Jail\n1 Jail Road\nTown"})
    assert any("Jail staff may open" in one for one in asked(CLIENT, at_jail).warnings)
    assert not any("Jail staff" in one for one in asked(CLIENT, secret_case()).warnings)


def test_facts_that_need_a_consent_have_no_place_in_it() -> None:
    assert blocks(CLIENT, secret_case(), on(tell=frozenset({"victim"}))) == ["NOT_HERE"]


@pytest.mark.parametrize("state", list(State))
def test_no_request_to_decline_is_told_of_where_the_law_requires_compliance(state: State) -> None:
    case = secret_case(custody={"facility_state": state})
    required = LIBRARY.state_on(state.value, TODAY).mandate in COMPLY
    assert (blocks(CLIENT, case, on("decline")) == ["R3"]) is required
    assert not blocks(CLIENT, case, on("conditions"))


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"custody": {"release_due_at": None}}, "not_started"),
        ({}, "running"),
        ({"custody": {"release_due_at": NOW - timedelta(hours=30)}}, "running"),
        ({"custody": {"release_due_at": NOW - timedelta(days=20)}}, "over"),
        ({"detainer": {"form": DetainerForm.I247G}}, "no_hold"),
        ({"custody": {"other_hold_at": NOW - timedelta(hours=5)}}, None),
    ],
)
def test_the_48_hours_are_told_as_the_clock_shows_them(
    changes: dict[str, Any], part: str | None
) -> None:
    clock = {"no_hold", "not_started", "running", "over"}
    assert asked(CLIENT, secret_case(**changes)).say & clock == ({part} if part else set())


def test_it_explains_a_detainer_that_stands() -> None:
    over = secret_case(detainer={"status": DetainerStatus.CANCELLED})
    assert blocks(CLIENT, over) == ["DETAINER_OVER"]


@pytest.mark.parametrize(
    ("person", "language", "warned"),
    [
        ({"language_written": Language.ES}, "es", False),
        ({"language_written": None, "language_spoken": Language.HT}, "ht", False),
        ({"language_written": Language.EN, "language_spoken": Language.HT}, "en", False),
        ({"language_written": Language.PT}, "en", True),
        ({"language_spoken": None}, "en", True),
    ],
)
def test_it_is_in_the_language_the_client_reads(
    person: dict[str, Any], language: str, warned: bool
) -> None:
    case = secret_case(person=person)
    assert known(CLIENT, case).language == language
    assert any("reads" in one for one in asked(CLIENT, case).warnings) is warned
    assert known(CLIENT, case, on(language="es")).language == "es"


def test_an_unchecked_translation_stays_a_draft_until_an_attorney_names_the_checker() -> None:
    facts = known(CLIENT, secret_case())

    def rules(role: Role, **overrides: str) -> list[tuple[str, bool, WhoCanOpen]]:
        options = LetterOptions(overrides=overrides)
        result = gate(Asked(facts, LIBRARY, TODAY, role, options, unchecked=True))
        return [(one.rule, one.override, one.who_can_open) for one in result.blockers]

    blocked = [("TRANSLATION", True, WhoCanOpen.ATTORNEY)]
    assert rules(Role.ATTORNEY) == blocked
    assert rules(Role.PARALEGAL, TRANSLATION="J. Pierre") == blocked
    assert rules(Role.ATTORNEY, TRANSLATION=" ") == blocked
    assert rules(Role.ATTORNEY, TRANSLATION="J. Pierre") == []
