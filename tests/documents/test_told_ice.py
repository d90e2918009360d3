"""Letters to ICE: identifiers and consented facts, never birthplace, entry or a relative's name."""

import pytest

from intake_app.core.casefile import Dependent
from intake_app.core.letters.kinds import CANCEL, ICE_RECORDS
from intake_app.core.letters.options import LetterOptions
from intake_app.core.vocabulary import AgeBand, CitizenClaim, ConsentKind, FactGroup, StatusClaimed
from tests.secret_case import (
    A_NUMBER,
    BORN,
    CHARGE_WORDS,
    HEALTH,
    NEVER,
    VICTIM,
    consent_to,
    holds,
    read_back,
    secret_case,
    written,
)

ICE = "ICE Miami Field Office"
ALL = frozenset(one.key for one in CANCEL.grounds)


def on(*grounds: str) -> LetterOptions:
    return LetterOptions(grounds=frozenset(grounds))


def test_a_request_without_consent_tells_the_identifiers_and_no_more() -> None:
    said = read_back(written(CANCEL, secret_case(), on("wrong_person", "no_cause")))
    assert holds(said, *A_NUMBER, *BORN)
    assert not holds(
        said, *NEVER, *VICTIM, *HEALTH, *CHARGE_WORDS, "derivative", "insulin", "infraction"
    )


def test_with_every_consent_it_still_never_says_birthplace_entry_or_names() -> None:
    lawful = {"status_claimed": StatusClaimed.LPR}
    case = secret_case(consent_to(ICE, *FactGroup), immigration=lawful)
    letter = written(CANCEL, case, LetterOptions(grounds=ALL - {"citizen"}))
    said = read_back(letter)
    assert not holds(said, *NEVER, *CHARGE_WORDS, "survivor", "PD-4455", "784.", "broken wrist")
    for told in ("lawful permanent resident", "insulin twice a day", "One child under eighteen"):
        assert told in said
    assert "using information furnished solely by" in said
    assert "the Notice to Appear shall include a statement" in said
    assert {one.group for one in letter.consents} == set(FactGroup) - {FactGroup.IDENTITY}
    assert "V15" not in letter.authorities
    assert "V16" not in letter.authorities


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (CitizenClaim.DOCUMENTED, "is a citizen of the United States"),
        (CitizenClaim.CLAIMS, "claims to be a citizen"),
        (CitizenClaim.DERIVATIVE, "may be a citizen"),
    ],
)
def test_a_claim_of_citizenship_is_no_more_than_the_file_says(
    claim: CitizenClaim, words: str
) -> None:
    case = secret_case(consent_to(ICE, FactGroup.IMMIGRATION), person={"us_citizen_claim": claim})
    assert f"Marie Jean-Baptiste {words}" in read_back(written(CANCEL, case, on("citizen")))


def test_children_are_counted_never_named() -> None:
    more = (
        Dependent(name="Segundo", age=AgeBand.TO_17),
        Dependent(name="Tercera", age=AgeBand.ADULT),
    )
    case = secret_case(*more, consent_to(ICE, FactGroup.FAMILY))
    said = read_back(written(CANCEL, case, on("caretaker")))
    assert "Two children under eighteen depend on Marie" in said
    assert not holds(said, "Lucía", "Segundo", "Tercera")


def test_the_request_for_the_file_at_ice_tells_identifiers_only() -> None:
    agency = "U.S. Immigration and Customs Enforcement"
    given = consent_to(agency, *FactGroup, kind=ConsentKind.RECORDS)
    letter = written(ICE_RECORDS, secret_case(given), LetterOptions(tell=frozenset({"victim"})))
    said = read_back(letter)
    assert holds(said, *A_NUMBER, *BORN)
    assert "November 20, 2026, in force until December 20, 2026" in said
    assert not holds(said, *NEVER, *VICTIM, *HEALTH, *CHARGE_WORDS)


def test_without_an_a_number_none_is_spoken_of() -> None:
    case = secret_case(person={"a_number": None})
    assert "A-number:" not in read_back(written(CANCEL, case, on("no_cause")))
