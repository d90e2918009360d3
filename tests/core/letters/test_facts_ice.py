"""What ICE may be told, as the file says it, and no more."""

from dataclasses import fields

import pytest

from intake_app.core.casefile import Charge
from intake_app.core.federal_screen import Present
from intake_app.core.letters.facts_ice import IceFacts, ice_facts
from intake_app.core.vocabulary import (
    ChargeLevel,
    CitizenClaim,
    ProtectedPlace,
    StatusClaimed,
    Suspected,
)
from tests.secret_case import NEVER, holds, secret_case


def test_nothing_picked_says_birthplace_entry_or_a_name() -> None:
    found = ice_facts(secret_case())
    assert not holds(repr(found), *NEVER, "Marie", "battery", "784.")
    assert {one.name for one in fields(IceFacts)}.isdisjoint({"entry", "country", "manner"})


@pytest.mark.parametrize("status", list(StatusClaimed))
def test_only_a_lawful_status_is_one(status: StatusClaimed) -> None:
    lawful = {"lpr", "refugee", "tps", "nonimmigrant"}
    found = ice_facts(secret_case(immigration={"status_claimed": status})).status
    assert (found is status) is (status.value in lawful)


@pytest.mark.parametrize("claim", list(CitizenClaim))
def test_no_claim_and_not_known_are_no_claim(claim: CitizenClaim) -> None:
    found = ice_facts(secret_case(person={"us_citizen_claim": claim})).citizen
    assert (found is None) is (claim in (CitizenClaim.NO, CitizenClaim.UNKNOWN))


@pytest.mark.parametrize("place", list(ProtectedPlace))
def test_only_places_the_statute_names_are_told(place: ProtectedPlace) -> None:
    found = ice_facts(secret_case(protection={"protected_place": place})).place
    assert (found is place) is (place.value in ("shelter", "rape_crisis", "courthouse"))


@pytest.mark.parametrize("answer", list(Suspected))
def test_an_abuser_is_the_source_where_it_is_said_or_suspected(answer: Suspected) -> None:
    found = ice_facts(secret_case(protection={"told_by_abuser": answer})).told_by_abuser
    assert found is (answer in (Suspected.YES, Suspected.SUSPECTED))


def test_one_crime_among_the_charges_is_a_crime() -> None:
    assert ice_facts(secret_case()).no_crime
    assert not ice_facts(secret_case(Charge(level=ChargeLevel.MISDEMEANOR))).no_crime
    assert not ice_facts(secret_case(Charge())).no_crime


def test_the_screen_is_that_of_the_case() -> None:
    assert ice_facts(secret_case()).screen.listed is Present.NO
