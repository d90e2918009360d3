"""The request to certify: no consent, no advice, open charges: each alone stops it."""

from datetime import date
from typing import Any

import pytest

from intake_app.core.letters.kinds import CERTIFY
from intake_app.core.letters.options import Addressee, LetterOptions
from intake_app.core.letters.rules import WhoCanOpen
from intake_app.core.vocabulary import ChargeOutcome, FactGroup, SignedBy, SignedHow, YesNo
from tests.secret_case import asked, blocks, consent_to, secret_case

POLICE = "Example Police Department"


def consented(**changes: dict[str, Any]) -> Any:
    return secret_case(consent_to(POLICE, FactGroup.VICTIM), **changes)


def test_a_complete_file_passes() -> None:
    result = asked(CERTIFY, consented())
    assert result.open
    assert result.say == {"form", "custody"}


@pytest.mark.parametrize(
    "changes",
    [
        {"signed_how": SignedHow.NOT_SIGNED},
        {"expires_on": date(2026, 11, 22)},
        {"recipient": "Other Police Department"},
        {"facts": (FactGroup.CHARGES,)},
        {"signed_by": SignedBy.OTHER},
        {"guardian_is_abuser": YesNo.YES},
    ],
)
def test_without_a_written_consent_to_this_certifier_nothing_is_written(
    changes: dict[str, Any],
) -> None:
    case = secret_case(consent_to(POLICE, FactGroup.VICTIM, **changes))
    assert "FACT_CONSENT" in blocks(CERTIFY, case)


def test_a_copy_to_somebody_else_needs_a_consent_of_its_own() -> None:
    to = LetterOptions(addressee=Addressee(agency=POLICE, cc=("State Attorney",)))
    assert blocks(CERTIFY, consented(), to) == ["FACT_CONSENT"]


@pytest.mark.parametrize("answer", [None, YesNo.NO])
def test_the_client_is_advised_first(answer: YesNo | None) -> None:
    case = consented(certification={"client_advised": answer})
    assert blocks(CERTIFY, case) == ["NOT_ADVISED"]


@pytest.mark.parametrize("outcome", [ChargeOutcome.PENDING, ChargeOutcome.UNKNOWN, None])
def test_open_charges_are_reviewed_by_an_attorney_first(outcome: ChargeOutcome | None) -> None:
    case = consented(certification={"charges_reviewed": None}, charge={"outcome": outcome})
    blocked = asked(CERTIFY, case).blockers
    assert [(one.rule, one.who_can_open, one.override) for one in blocked] == [
        ("OPEN_CHARGES", WhoCanOpen.ATTORNEY, False)
    ]
    closed = consented(
        certification={"charges_reviewed": None}, charge={"outcome": ChargeOutcome.DISMISSED}
    )
    assert not blocks(CERTIFY, closed)


@pytest.mark.parametrize(
    "field", ["crime", "statute", "report_number", "happened_on", "help_given", "harm"]
)
def test_each_fact_of_the_crime_is_needed(field: str) -> None:
    assert blocks(CERTIFY, consented(certification={field: None})) == ["MISSING"]


def test_somebody_certifies() -> None:
    nobody = secret_case(protection={"u_certifier": None})
    assert blocks(CERTIFY, nobody) == ["ADDRESSEE", "FACT_CONSENT"]
