"""Requests for records: an authorization of the client for exactly this recipient, or nothing."""

from datetime import date
from typing import Any

import pytest

from intake_app.core.letters.kinds import ICE_RECORDS, JAIL_RECORDS, LetterKind
from intake_app.core.vocabulary import ConsentKind, FactGroup, SignedHow, State, WithdrawnHow
from tests.secret_case import asked, blocks, consent_to, secret_case

TO = {
    JAIL_RECORDS: "Example County Jail",
    ICE_RECORDS: "U.S. Immigration and Customs Enforcement",
}


@pytest.mark.parametrize("kind", TO)
def test_with_an_authorization_the_request_passes(kind: LetterKind) -> None:
    assert not blocks(kind, secret_case(consent_to(TO[kind], kind=ConsentKind.RECORDS)))


@pytest.mark.parametrize("kind", TO)
@pytest.mark.parametrize(
    "changes",
    [
        {"kind": ConsentKind.LETTER},
        {"kind": ConsentKind.REPRESENTATION},
        {"recipient": "Another County Jail"},
        {"expires_on": date(2026, 11, 22)},
        {"expires_on": None},
        {"signed_how": SignedHow.NOT_SIGNED},
        {"signed_on": date(2026, 11, 24)},
        {"withdrawn_how": WithdrawnHow.ORAL},
        {"purpose": None},
    ],
)
def test_any_other_consent_opens_no_records(kind: LetterKind, changes: dict[str, Any]) -> None:
    given = consent_to(TO[kind], *FactGroup, **{"kind": ConsentKind.RECORDS} | changes)
    assert "AUTHORIZATION" in blocks(kind, secret_case(given))


def test_florida_alone_is_asked_for_its_determination() -> None:
    given = consent_to(TO[JAIL_RECORDS], kind=ConsentKind.RECORDS)
    assert "florida" in asked(JAIL_RECORDS, secret_case(given)).say
    for state in (State.GA, State.TX, State.CA):
        there = secret_case(given, custody={"facility_state": state})
        assert "florida" not in asked(JAIL_RECORDS, there).say


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        (JAIL_RECORDS, {"person": {"booking_number": None}}),
        (JAIL_RECORDS, {"custody": {"facility_state": None}}),
        (ICE_RECORDS, {"person": {"born": None}}),
    ],
)
def test_identifiers_are_needed(kind: LetterKind, changes: dict[str, Any]) -> None:
    given = consent_to(TO[kind], kind=ConsentKind.RECORDS)
    assert blocks(kind, secret_case(given, **changes)) == ["MISSING"]
