"""Open charges stop a request to certify, and a charge nobody closed is open."""

import pytest

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Charge
from intake_app.core.letters.facts_certifier import certifier_facts
from intake_app.core.vocabulary import ChargeOutcome
from tests.secret_case import secret_case

OPEN = {ChargeOutcome.PENDING, ChargeOutcome.UNKNOWN, ChargeOutcome.DEFERRED}


@pytest.mark.parametrize("outcome", [None, *ChargeOutcome])
def test_a_charge_is_open_until_it_is_known_how_it_ended(outcome: ChargeOutcome | None) -> None:
    found = certifier_facts(secret_case(charge={"outcome": outcome}))
    assert found.open_charges is (outcome is None or outcome in OPEN)


def test_no_charges_on_file_are_not_no_charges() -> None:
    assert certifier_facts(CaseFile(1, "26-1", {})).open_charges
    closed = secret_case(Charge(), charge={"outcome": ChargeOutcome.DISMISSED})
    assert certifier_facts(closed).open_charges
