"""The level of a case: from convictions only, and a range where something is not known."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.casefile import Charge
from intake_app.core.convictions import Answer, under_immigration_law
from intake_app.core.ice_level import IceLevel, LevelReading, ice_level, is_traffic
from intake_app.core.vocabulary import (
    ChargeCategory,
    ChargeLevel,
    ChargeOutcome,
    GuiltBasis,
    ImmigrationConviction,
    Sanction,
    YesNo,
)
from tests.core.test_convictions import charges

NONE, THREE, TWO, ONE = IceLevel


def convicted(months: int | None = 6, **more: Any) -> Charge:
    return Charge(outcome=ChargeOutcome.CONVICTED, max_months=months, **more)


@pytest.mark.parametrize(
    ("some", "level"),
    [
        ([], NONE),
        ([Charge(outcome=ChargeOutcome.DISMISSED, max_months=60)], NONE),
        ([convicted(0)], THREE),
        ([convicted(11)], THREE),
        ([convicted(6)] * 2, THREE),
        ([convicted(6)] * 3, TWO),
        ([convicted(12)], THREE),
        ([convicted(12)] * 5, THREE),
        ([convicted(12), convicted(6), convicted(6)], THREE),
        ([convicted(13)], TWO),
        ([convicted(13), convicted(12)], TWO),
        ([convicted(13), convicted(13)], ONE),
        ([convicted(13), convicted(60), convicted(1)], ONE),
        ([convicted(2, aggravated_felony=YesNo.YES)], ONE),
        (
            [Charge(outcome=ChargeOutcome.PENDING, max_months=60, aggravated_felony=YesNo.YES)],
            NONE,
        ),
    ],
)
def test_the_levels_as_the_rule_has_them(some: list[Charge], level: IceLevel) -> None:
    assert ice_level(some).level is level


def test_exactly_twelve_months_is_level_three_and_flagged() -> None:
    read = ice_level([convicted(12), convicted(11)])
    assert (read.level, read.exactly_a_year) == (THREE, 1)


def test_a_withheld_adjudication_counts_as_soon_as_both_elements_are_there() -> None:
    withheld = Charge(
        outcome=ChargeOutcome.WITHHELD,
        guilt_basis=GuiltBasis.NO_CONTEST,
        sanctions=(Sanction.COSTS,),
        max_months=60,
    )
    assert ice_level([withheld]).level is TWO


def test_an_unknown_maximum_makes_a_range_and_says_what_is_missing() -> None:
    read = ice_level([convicted(None)])
    assert (read.level, read.lowest, read.highest) == (None, THREE, TWO)
    assert read.missing == (("Longest sentence by law, months", 1),)
    assert ice_level([convicted(None), convicted(60)]).highest is ONE
    # It can't change a level that is settled by the others.
    assert ice_level([convicted(None), convicted(60), convicted(60)]).level is ONE


def test_what_an_attorney_has_to_decide_leaves_the_level_open() -> None:
    reduced = Charge(outcome=ChargeOutcome.REDUCED, max_months=6)
    read = ice_level([reduced])
    assert (read.level, read.lowest, read.highest, read.undecided) == (None, NONE, THREE, 1)
    decided = replace(reduced, immigration_conviction=ImmigrationConviction.NO)
    assert ice_level([decided]).level is NONE


def test_an_outcome_nobody_recorded_is_missing_and_not_a_conviction() -> None:
    read = ice_level([Charge(max_months=6)])
    assert (read.level, read.convictions, read.known) == (None, 0, False)
    assert read.missing == (("Outcome", 1),)


def test_traffic_crimes_are_told_separately() -> None:
    traffic = [
        convicted(60, category=ChargeCategory.DUI),
        convicted(60, level=ChargeLevel.CRIMINAL_TRAFFIC),
    ]
    read = ice_level([*traffic, convicted(6)])
    assert (read.level, read.traffic, read.without_traffic) == (ONE, 2, (THREE, THREE))
    assert all(map(is_traffic, traffic))
    assert not is_traffic(convicted())


def test_only_an_attorneys_mark_makes_an_aggravated_felony() -> None:
    assert ice_level([convicted(6)]).unmarked == 1
    marked = ice_level([convicted(6, aggravated_felony=YesNo.NO)])
    assert (marked.level, marked.unmarked) == (THREE, 0)


def bounds(read: LevelReading) -> tuple[IceLevel, IceLevel]:
    return read.lowest, read.highest


@given(st.lists(charges, max_size=6), st.integers(0, 60), st.booleans(), st.integers(0, 6))
def test_a_level_never_falls_when_a_conviction_is_added(
    some: list[Charge], months: int, felony: bool, place: int
) -> None:
    more = convicted(months, aggravated_felony=YesNo.YES if felony else None)
    before, after = ice_level(some), ice_level([*some[:place], more, *some[place:]])
    assert after.lowest >= before.lowest
    assert after.highest >= before.highest
    assert after.lowest >= THREE


@given(st.lists(charges, max_size=6), st.lists(charges, max_size=4))
def test_what_is_no_conviction_never_changes_the_level(
    some: list[Charge], more: list[Charge]
) -> None:
    none = [one for one in more if under_immigration_law(one).answer is Answer.NO]
    assert ice_level([*some, *none]) == ice_level(some)


@given(st.lists(charges, max_size=6))
def test_a_range_holds_whatever_the_missing_answers_turn_out_to_be(some: list[Charge]) -> None:
    read = ice_level(some)
    assert read.lowest <= read.highest
    for answer in (ImmigrationConviction.YES, ImmigrationConviction.NO):
        for months in (0, 12, 13):
            known = [_settled(one, answer, months) for one in some]
            settled = ice_level(known)
            assert settled.level is not None
            assert read.lowest <= settled.level <= read.highest


def _settled(charge: Charge, answer: ImmigrationConviction, months: int) -> Charge:
    if under_immigration_law(charge).answer in (Answer.ATTORNEY, Answer.UNKNOWN):
        charge = replace(charge, immigration_conviction=answer)
    return charge if charge.max_months is not None else replace(charge, max_months=months)


@given(st.lists(charges, max_size=6), st.data())
def test_the_order_of_charges_makes_no_difference(some: list[Charge], data: st.DataObject) -> None:
    mixed = data.draw(st.permutations(some))
    assert bounds(ice_level(mixed)) == bounds(ice_level(some))
