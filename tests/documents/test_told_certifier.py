"""The request to certify tells the crime, the help and the harm, each by the consent alone."""

from intake_app.core.letters.kinds import CERTIFY
from intake_app.core.vocabulary import FactGroup, QualifyingCrime
from tests.secret_case import (
    A_NUMBER,
    CHARGE_WORDS,
    HEALTH,
    NEVER,
    consent_to,
    holds,
    read_back,
    secret_case,
    written,
)

POLICE = "Example Police Department"


def test_it_tells_what_the_statute_asks_for_and_claims_no_more() -> None:
    letter = written(CERTIFY, secret_case(consent_to(POLICE, FactGroup.VICTIM)))
    said = read_back(letter)
    for told in ("domestic violence", "Fla. Stat. § 784.041", "PD-4455", "on May 4, 2026",
                 "Marie testified on June 2.", "A broken wrist and fear.", "8 U.S.C. § 1184(p)(1)",
                 "is at the discretion of the certifying agency"):  # fmt: skip
        assert told in said
    assert not holds(said, *NEVER, *A_NUMBER, *HEALTH, *CHARGE_WORDS, "six months", "214.14")
    assert [one.group for one in letter.consents] == [FactGroup.VICTIM]
    told_by_consent = {one.label for one in letter.facts if one.group is FactGroup.VICTIM}
    assert {"Kind of crime", "How the client helped", "The harm, in one or two sentences"} <= (
        told_by_consent
    )


def test_a_similar_crime_is_not_called_a_listed_one() -> None:
    similar = {"crime": QualifyingCrime.SIMILAR}
    case = secret_case(consent_to(POLICE, FactGroup.VICTIM), certification=similar)
    said = read_back(written(CERTIFY, case))
    assert "similar to one of those listed" in said
    assert "That kind of crime is listed" not in said
