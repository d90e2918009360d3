"""The court's side learns the numbers and dates the court itself gave."""

from intake_app.core.casefile import Charge
from intake_app.core.letters.facts_court import court_facts
from intake_app.core.vocabulary import YesNo
from tests.secret_case import CHARGE_WORDS, HEALTH, NEVER, VICTIM, holds, secret_case


def test_each_case_once_and_nothing_else_of_a_charge() -> None:
    found = court_facts(secret_case(Charge(court_case_number="F26-001234"), Charge()))
    assert [(one.number, one.court) for one in found.cases] == [
        ("F26-001234", "Eleventh Judicial Circuit"),
        ("F26-001234", ""),
    ]
    assert not holds(repr(found.cases), *NEVER, *VICTIM, *HEALTH, *CHARGE_WORDS)


def test_a_survivor_is_one_who_said_so() -> None:
    assert court_facts(secret_case()).survivor
    for answer in (None, YesNo.UNKNOWN, YesNo.DECLINED, YesNo.NOT_SAFE, YesNo.NO):
        assert not court_facts(secret_case(protection={"survivor": answer})).survivor
