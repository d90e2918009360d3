"""From a case to the one row a summary may know of it."""

import dataclasses
from datetime import date, datetime
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from intake_app.core.case_facts import CaseFacts, case_facts
from intake_app.core.casefile import Charge, Custody, Detainer
from intake_app.core.fields import Compartment, Disclose, question
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import ChargeLevel, ChargeOutcome, YesNo

MIAMI = ZoneInfo("America/New_York")
HAWAII = ZoneInfo("Pacific/Honolulu")
ISSUED = Detainer(issued_on=PartialDate(2026, 11, 20))


def test_a_case_without_a_detainer_is_not_counted() -> None:
    custody = Custody(booked_on=PartialDate(2026, 11, 20))
    assert case_facts([Charge(level=ChargeLevel.INFRACTION)], [], custody) is None


@pytest.mark.parametrize(
    ("detainers", "custody", "day"),
    [
        ([ISSUED], Custody(), date(2026, 11, 20)),
        ([ISSUED, Detainer(issued_on=PartialDate(2026, 11, 3))], Custody(), date(2026, 11, 3)),
        (
            [
                Detainer(
                    issued_on=PartialDate(2026, 11),
                    received_at=datetime(2026, 11, 19, 23, 30, tzinfo=HAWAII),
                )
            ],
            Custody(),
            date(2026, 11, 19),
        ),
        ([Detainer()], Custody(booked_on=PartialDate(2026, 11, 18)), date(2026, 11, 18)),
        (
            [Detainer()],
            Custody(
                booked_on=PartialDate(2026),
                arrested_at=datetime(2026, 11, 17, 23, 59, tzinfo=MIAMI),
            ),
            date(2026, 11, 17),
        ),
        ([Detainer()], Custody(booked_on=PartialDate(2026, 11)), None),
        ([Detainer(issued_on=PartialDate(2026))], Custody(), None),
    ],
)
def test_the_date_a_case_is_counted_by(
    detainers: list[Detainer], custody: Custody, day: date | None
) -> None:
    facts = case_facts([], detainers, custody)
    assert (facts.detained_on if facts else None) == day


def facts_of(*charges: Charge) -> CaseFacts:
    facts = case_facts(charges, [ISSUED], Custody())
    assert facts is not None
    return facts


def test_the_most_serious_charge_stands_for_the_case_in_any_order() -> None:
    charges = [
        Charge(level=ChargeLevel.INFRACTION, outcome=ChargeOutcome.PLEA),
        Charge(level=ChargeLevel.FELONY, outcome=ChargeOutcome.DISMISSED),
        Charge(level=ChargeLevel.FELONY, outcome=ChargeOutcome.WITHHELD),
        Charge(),
    ]
    for some in permutations(charges):
        facts = facts_of(*some)
        assert (facts.level, facts.outcome) == (ChargeLevel.FELONY, ChargeOutcome.WITHHELD)


def test_a_charge_marked_as_the_most_serious_comes_first() -> None:
    facts = facts_of(
        Charge(level=ChargeLevel.FELONY, outcome=ChargeOutcome.PLEA, top_charge=YesNo.NO),
        Charge(level=ChargeLevel.MISDEMEANOR, outcome=ChargeOutcome.PENDING, top_charge=YesNo.YES),
    )
    assert (facts.level, facts.outcome) == (ChargeLevel.MISDEMEANOR, ChargeOutcome.PENDING)


def test_what_is_not_known_is_unknown() -> None:
    for facts in (facts_of(), facts_of(Charge())):
        assert (facts.level, facts.outcome) == (ChargeLevel.UNKNOWN, ChargeOutcome.UNKNOWN)


@pytest.mark.parametrize("level", list(ChargeLevel))
@pytest.mark.parametrize("outcome", list(ChargeOutcome))
def test_every_level_and_outcome_can_be_counted(level: ChargeLevel, outcome: ChargeOutcome) -> None:
    facts = facts_of(Charge(level=level, outcome=outcome), Charge())
    assert (facts.level, facts.outcome) == (level, outcome)


def test_a_row_of_facts_holds_nothing_that_may_not_be_disclosed() -> None:
    """Its three facts come from these questions, and each may be told coarsely."""
    assert [field.name for field in dataclasses.fields(CaseFacts)] == [
        "detained_on",
        "level",
        "outcome",
    ]
    told = [
        (Detainer, "issued_on"),
        (Detainer, "received_at"),
        (Custody, "booked_on"),
        (Custody, "arrested_at"),
        (Charge, "level"),
        (Charge, "outcome"),
    ]
    for cls, name in told:
        asked = question(cls, name)
        assert asked.disclose is not Disclose.NEVER
        assert asked.keep is Compartment.FACTS
