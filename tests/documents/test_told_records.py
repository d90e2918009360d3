"""A request for a jail's records holds nothing the jail must not learn."""

import pytest

from intake_app.core.letters.kinds import JAIL_RECORDS, SHIPPED, LetterKind, Recipient
from intake_app.core.letters.options import LetterOptions
from intake_app.core.vocabulary import ConsentKind, FactGroup, State
from intake_app.documents.told import TOLD
from tests.secret_case import (
    A_NUMBER,
    BORN,
    CHARGE_WORDS,
    HEALTH,
    NEVER,
    VICTIM,
    consent_to,
    holds,
    known,
    read_back,
    secret_case,
    written,
)

JAIL = "Example County Jail"
EVERYTHING = LetterOptions(tell=frozenset(group.value for group in FactGroup))


def test_it_names_the_person_by_booking_number_alone() -> None:
    given = consent_to(JAIL, *FactGroup, kind=ConsentKind.RECORDS)
    said = read_back(written(JAIL_RECORDS, secret_case(given), EVERYTHING))
    assert "26-119034" in said
    assert "from November 16, 2026 to November 23, 2026" in said
    assert "Fla. Stat. § 908.102(2)" in said
    assert "8 C.F.R. § 236.6" in said
    assert "ch. 119" not in said
    secrets = (
        *NEVER,
        *VICTIM,
        *A_NUMBER,
        *BORN,
        *HEALTH,
        *CHARGE_WORDS,
        "alien",
        "A-number",
        "citizen",
    )
    assert not holds(said, *secrets)


def test_another_states_jail_is_not_asked_about_floridas_statute() -> None:
    given = consent_to(JAIL, kind=ConsentKind.RECORDS)
    case = secret_case(given, custody={"facility_state": State.DC, "booked_on": None})
    said = read_back(written(JAIL_RECORDS, case))
    assert "908.102" not in said
    assert "the public records law of the District of Columbia" in said
    assert "up to November 23, 2026" in said


@pytest.mark.parametrize(
    "kind", [one for one in SHIPPED if one.to in (Recipient.JAIL, Recipient.RECORDS)]
)
def test_no_placeholder_of_a_jails_letter_holds_a_secret(kind: LetterKind) -> None:
    facts = known(kind, secret_case(consent_to(JAIL, kind=ConsentKind.RECORDS)))
    told = " ".join(
        f"{used.text} {' '.join(map(' '.join, used.rows))}"
        for used in TOLD[kind.gate](facts).values()
    )
    assert not holds(told, *NEVER, *VICTIM, *A_NUMBER, *BORN, *HEALTH, *CHARGE_WORDS)
    assert not holds(repr(facts.own), *NEVER, *VICTIM, *A_NUMBER, *BORN, *HEALTH, *CHARGE_WORDS)
