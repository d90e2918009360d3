"""Charges, outcomes and convictions of an episode, each worked out by hand."""

from itertools import permutations

import pytest

from intake_app.core.casefile import Charge
from intake_app.core.reports.episode_charges import charge_words, outcome_of
from intake_app.core.vocabulary import (
    ChargeCategory,
    ChargeLevel,
    ChargeOutcome,
    GuiltBasis,
    ImmigrationConviction,
    Sanction,
    YesNo,
)

L, End = ChargeLevel, ChargeOutcome
FELONY, MISDEMEANOR, TRAFFIC = L.FELONY, L.MISDEMEANOR, L.CRIMINAL_TRAFFIC
WITHHELD = Charge(
    level=FELONY,
    outcome=End.WITHHELD,
    guilt_basis=GuiltBasis.NO_CONTEST,
    sanctions=(Sanction.FINE,),
)


def of(level: ChargeLevel | None, outcome: ChargeOutcome | None, **more: object) -> Charge:
    return Charge(level=level, outcome=outcome, **more)  # type: ignore[arg-type]  # any answer


def test_without_a_charge_nothing_is_known() -> None:
    assert set(charge_words([]).values()) == {"unknown"}


def test_the_most_serious_charge_is_the_marked_one_or_the_highest() -> None:
    theft = of(MISDEMEANOR, End.PLEA, category=ChargeCategory.PROPERTY)
    felony = of(FELONY, End.DISMISSED, category=ChargeCategory.DRUG)
    for charges in permutations([theft, felony]):
        words = charge_words(charges)
        assert (words["charge_level"], words["outcome"]) == ("felony", "dismissed")
        assert words["charge_category"] == "drug"
    marked = of(MISDEMEANOR, End.PLEA, top_charge=YesNo.YES)
    words = charge_words([felony, marked])
    assert (words["charge_level"], words["outcome"]) == ("misdemeanor", "convicted")
    assert words["charge_category"] == "unknown"


@pytest.mark.parametrize(
    ("outcome", "word"),
    [
        (End.PLEA, "convicted"),
        (End.TRIAL, "convicted"),
        (End.CONVICTED, "convicted"),
        (End.WITHHELD, "withheld"),
        (End.DISMISSED, "dismissed"),
        (End.NOLLE, "dismissed"),
        (End.NOT_GUILTY, "acquitted"),
        (End.NGRI, "acquitted"),
        (End.DIVERTED, "diverted"),
        (End.DEFERRED, "diverted"),
        (End.PENDING, "pending"),
        (End.NO_CHARGES, "no_charge"),
        (End.REDUCED, "unknown"),
        (End.VACATED, "unknown"),
        (End.UNKNOWN, "unknown"),
        (None, "unknown"),
    ],
)
def test_every_outcome(outcome: ChargeOutcome | None, word: str) -> None:
    assert outcome_of(of(FELONY, outcome)) == word


def test_a_charge_that_was_never_filed_has_no_other_outcome() -> None:
    assert outcome_of(of(L.NONE, None)) == "no_charge"
    assert outcome_of(of(L.NONE, End.UNKNOWN)) == "unknown"


@pytest.mark.parametrize(
    ("charges", "word"),
    [
        ([of(FELONY, End.DISMISSED), of(MISDEMEANOR, End.PLEA)], "misdemeanor"),
        ([of(FELONY, End.PLEA), of(MISDEMEANOR, End.PLEA)], "felony"),
        ([of(TRAFFIC, End.PLEA)], "traffic"),
        ([of(L.INFRACTION, End.CONVICTED)], "traffic"),
        ([of(FELONY, End.DISMISSED), of(MISDEMEANOR, End.NOT_GUILTY)], "none"),
        ([WITHHELD], "none"),
        ([of(L.CIVIL, End.CONVICTED)], "none"),
        ([of(L.NONE, None)], "none"),
        ([of(FELONY, End.DIVERTED, guilt_basis=GuiltBasis.NONE)], "none"),
        # What has not ended can still become the gravest, unless there is one as grave.
        ([of(FELONY, End.PENDING)], "pending"),
        ([of(FELONY, End.PENDING), of(MISDEMEANOR, End.PLEA)], "pending"),
        ([of(MISDEMEANOR, End.PENDING), of(MISDEMEANOR, End.PLEA)], "misdemeanor"),
        ([of(MISDEMEANOR, End.PENDING), of(FELONY, End.PLEA)], "felony"),
        ([of(None, End.PENDING), of(MISDEMEANOR, End.PLEA)], "pending"),
        # So can what nobody knows.
        ([of(FELONY, None)], "unknown"),
        ([of(FELONY, End.REDUCED)], "unknown"),
        ([of(FELONY, End.DEFERRED)], "unknown"),
        ([of(FELONY, End.UNKNOWN), of(MISDEMEANOR, End.PLEA)], "unknown"),
        ([of(MISDEMEANOR, End.UNKNOWN), of(FELONY, End.PLEA)], "felony"),
        ([of(None, End.PLEA)], "unknown"),
        ([of(None, End.PLEA), of(FELONY, End.PLEA)], "felony"),
        ([of(None, End.DISMISSED)], "none"),
        ([of(FELONY, End.UNKNOWN), of(FELONY, End.PENDING)], "unknown"),
        # The answers do not fit together.
        ([of(FELONY, End.DISMISSED, guilt_basis=GuiltBasis.GUILTY)], "unknown"),
    ],
)
def test_the_most_serious_conviction_in_the_case(charges: list[Charge], word: str) -> None:
    for order in permutations(charges):
        assert charge_words(order)["conviction"] == word


VIOLENT, DRUG, DUI = ChargeCategory.VIOLENT, ChargeCategory.DRUG, ChargeCategory.DUI


@pytest.mark.parametrize(
    ("charges", "word"),
    [
        ([of(FELONY, End.PLEA, category=VIOLENT), of(FELONY, End.PLEA)], "felony_violent"),
        ([of(FELONY, End.PLEA)], "felony_other"),
        ([of(FELONY, End.PLEA, category=DUI)], "felony_other"),
        ([of(MISDEMEANOR, End.PLEA, category=VIOLENT)], "misdemeanor"),
        ([of(MISDEMEANOR, End.PLEA, category=DUI)], "traffic"),
        ([of(TRAFFIC, End.PLEA)], "traffic"),
        ([of(L.INFRACTION, End.CONVICTED)], "traffic"),
        ([of(MISDEMEANOR, End.PLEA, category=DRUG, ncic="3562")], "marijuana"),
        ([of(MISDEMEANOR, End.PLEA, category=DRUG, ncic="3560")], "misdemeanor"),
        ([of(FELONY, End.PLEA, category=DRUG, ncic="3562")], "felony_other"),
        (
            [
                of(MISDEMEANOR, End.PLEA, ncic="3562"),
                of(TRAFFIC, End.PLEA),
                of(FELONY, End.DISMISSED),
            ],
            "traffic",
        ),
        # A withheld adjudication counts once there are a plea and a sanction …
        ([WITHHELD], "felony_other"),
        # … and is not settled before.
        ([of(FELONY, End.WITHHELD)], "unknown"),
        ([of(FELONY, End.WITHHELD), of(FELONY, End.PLEA, category=VIOLENT)], "felony_violent"),
        # An attorney's own answer prevails.
        ([of(FELONY, End.PLEA, immigration_conviction=ImmigrationConviction.NO)], "none"),
        ([of(FELONY, End.PLEA, immigration_conviction=ImmigrationConviction.UNCLEAR)], "unknown"),
        ([of(FELONY, End.PENDING)], "none"),
        ([of(FELONY, None)], "unknown"),
        ([of(None, End.PLEA)], "unknown"),
        ([of(L.CIVIL, End.CONVICTED)], "none"),
    ],
)
def test_the_most_serious_conviction_on_file(charges: list[Charge], word: str) -> None:
    for order in permutations(charges):
        assert charge_words(order)["worst_conviction"] == word


@pytest.mark.parametrize(
    ("charges", "word"),
    [
        ([of(FELONY, End.PLEA, aggravated_felony=YesNo.YES)], "l1"),
        ([of(FELONY, End.PLEA, max_months=60), of(FELONY, End.PLEA, max_months=24)], "l1"),
        ([of(FELONY, End.PLEA, max_months=60)], "l2"),
        ([of(MISDEMEANOR, End.PLEA, max_months=6)] * 3, "l2"),
        ([of(MISDEMEANOR, End.PLEA, max_months=12)], "l3"),
        ([of(FELONY, End.DISMISSED)], "none"),
        ([of(FELONY, End.PENDING)], "none"),
        ([of(FELONY, End.PLEA)], "unknown"),
        ([of(FELONY, None)], "unknown"),
    ],
)
def test_the_level_by_the_scheme_of_ice(charges: list[Charge], word: str) -> None:
    assert charge_words(charges)["ice_level"] == word
