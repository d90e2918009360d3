"""The screen for 8 U.S.C. 1226(c): two elements kept apart, and only one of them recorded."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.casefile import Charge, Immigration
from intake_app.core.federal_screen import (
    CONSEQUENCE,
    FIRST_ELEMENT,
    FederalScreen,
    Present,
    federal_screen,
)
from intake_app.core.fields import questions
from intake_app.core.vocabulary import ChargeCategory, ChargeOutcome, ListedOffense, YesNo

LISTED = [one for one in ListedOffense if one not in (ListedOffense.NONE, ListedOffense.UNKNOWN)]


@pytest.mark.parametrize("offense", LISTED)
@pytest.mark.parametrize("outcome", [*ChargeOutcome, None])
def test_a_listed_offense_counts_however_the_charge_ended(
    offense: ListedOffense, outcome: ChargeOutcome | None
) -> None:
    screen = federal_screen([Charge(listed_offense=offense, outcome=outcome)])
    assert (screen.listed, screen.offenses) == (Present.YES, (offense,))


@pytest.mark.parametrize(
    ("offenses", "listed"),
    [
        ([], Present.UNKNOWN),
        ([None], Present.UNKNOWN),
        ([ListedOffense.UNKNOWN], Present.UNKNOWN),
        ([ListedOffense.NONE], Present.NO),
        ([ListedOffense.NONE, None], Present.UNKNOWN),
        ([None, ListedOffense.THEFT], Present.YES),
    ],
)
def test_not_asked_is_not_no(offenses: list[ListedOffense | None], listed: Present) -> None:
    assert federal_screen([Charge(listed_offense=one) for one in offenses]).listed is listed


@given(st.lists(st.sampled_from([*ListedOffense, None]), max_size=5))
def test_one_more_charge_never_takes_a_listed_offense_away(
    offenses: list[ListedOffense | None],
) -> None:
    some = [Charge(listed_offense=one) for one in offenses]
    for more in (*ListedOffense, None):
        screen = federal_screen([*some, Charge(listed_offense=more)])
        if federal_screen(some).listed is Present.YES:
            assert screen.listed is Present.YES
        if screen.listed is Present.NO:
            assert not some or federal_screen(some).listed is Present.NO


def test_inadmissibility_is_neither_derived_nor_recorded() -> None:
    """A note of it would be a concession: no question asks it, the screen has no place for it."""
    names = [field.name for field in dataclasses.fields(FederalScreen)]
    assert names == ["listed", "offenses", "unasked", "to_screen", "grounds"]
    asked = " ".join(one.name + one.label for one in (*questions(Immigration), *questions(Charge)))
    assert "inadmissib" not in asked.lower()
    assert "attorney" in FIRST_ELEMENT


def test_the_consequence_says_whom_the_law_directs_and_what_not_to_volunteer() -> None:
    for words in (
        "directs the federal government",
        "does not command the jail",
        "unlikely",
        "Do not volunteer how the person came",
    ):
        assert words in CONSEQUENCE


def test_the_other_grounds_are_pointed_at_for_an_attorney() -> None:
    screen = federal_screen(
        [
            Charge(
                outcome=ChargeOutcome.PLEA,
                category=ChargeCategory.DRUG,
                sentence_days=365,
                aggravated_felony=YesNo.YES,
            ),
            Charge(outcome=ChargeOutcome.REDUCED),
            Charge(outcome=ChargeOutcome.DISMISSED, category=ChargeCategory.DRUG),
        ]
    )
    assert screen.to_screen == 2
    assert len(screen.grounds) == 3
    charged = Charge(
        outcome=ChargeOutcome.PENDING, category=ChargeCategory.DRUG, aggravated_felony=YesNo.YES
    )
    assert (federal_screen([charged]).to_screen, federal_screen([charged]).grounds) == (0, ())
