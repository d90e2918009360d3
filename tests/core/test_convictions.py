"""What an outcome is under state law and under INA 101(a)(48)(A), over every answer there is."""

from dataclasses import replace
from itertools import combinations, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.casefile import Charge
from intake_app.core.convictions import (
    Answer,
    by_rule,
    convictions,
    most_serious_charge,
    most_serious_conviction,
    most_serious_state_conviction,
    state_convictions,
    under_immigration_law,
    under_state_law,
)
from intake_app.core.vocabulary import (
    ChargeLevel,
    ChargeOutcome,
    GuiltBasis,
    ImmigrationConviction,
    Sanction,
    YesNo,
)

GUILT = (
    GuiltBasis.GUILTY,
    GuiltBasis.NO_CONTEST,
    GuiltBasis.FOUND_GUILTY,
    GuiltBasis.FACTS_ADMITTED,
)
REAL = tuple(one for one in Sanction if one is not Sanction.NONE)
OUTCOMES = (*ChargeOutcome, None)
BASES = (*GuiltBasis, None)
SANCTIONS = (None, *(set_ for n in range(len(Sanction) + 1) for set_ in combinations(Sanction, n)))
NEVER_GUILT = (
    ChargeOutcome.PENDING,
    ChargeOutcome.NO_CHARGES,
    ChargeOutcome.DISMISSED,
    ChargeOutcome.NOLLE,
    ChargeOutcome.NOT_GUILTY,
)
JUDGMENTS = (ChargeOutcome.PLEA, ChargeOutcome.TRIAL, ChargeOutcome.CONVICTED)
SILENT = (
    ChargeOutcome.DEFERRED,
    ChargeOutcome.NGRI,
    ChargeOutcome.REDUCED,
    ChargeOutcome.VACATED,
)

charges = st.builds(
    Charge,
    outcome=st.sampled_from(OUTCOMES),
    guilt_basis=st.sampled_from(BASES),
    sanctions=st.sampled_from(SANCTIONS),
    level=st.sampled_from((*ChargeLevel, None)),
    max_months=st.one_of(st.none(), st.integers(0, 60)),
    sentence_days=st.one_of(st.none(), st.integers(0, 400)),
    aggravated_felony=st.sampled_from((YesNo.YES, YesNo.NO, YesNo.UNKNOWN, None)),
    immigration_conviction=st.sampled_from((*ImmigrationConviction, None)),
    top_charge=st.sampled_from((YesNo.YES, YesNo.NO, None)),
)


def wanted(
    outcome: ChargeOutcome | None, basis: GuiltBasis | None, sanctions: tuple[Sanction, ...] | None
) -> tuple[Answer, Answer]:
    """Section 8.4 read once more, in other words than the program's: state law, then federal."""
    guilt, imposed = basis in GUILT, bool(set(sanctions or ()) & set(REAL))
    unasked = basis in (None, GuiltBasis.UNKNOWN)
    if outcome in (None, ChargeOutcome.UNKNOWN):
        return Answer.UNKNOWN, Answer.UNKNOWN
    if outcome in JUDGMENTS:
        return Answer.YES, Answer.YES
    if outcome in SILENT:
        return Answer.UNKNOWN, Answer.ATTORNEY
    if outcome in NEVER_GUILT:
        odd = guilt or (unasked and imposed)
        return (Answer.UNKNOWN, Answer.ATTORNEY) if odd else (Answer.NO, Answer.NO)
    if outcome is ChargeOutcome.DIVERTED:
        if unasked:
            return Answer.UNKNOWN, Answer.UNKNOWN
        return (Answer.UNKNOWN, Answer.ATTORNEY) if guilt else (Answer.NO, Answer.NO)
    assert outcome is ChargeOutcome.WITHHELD
    if guilt and imposed:
        return Answer.NO, Answer.YES
    if basis is GuiltBasis.NONE or (sanctions and not imposed):
        return Answer.NO, Answer.ATTORNEY
    return Answer.NO, Answer.UNKNOWN


def test_every_outcome_plea_and_sanction_has_its_answer_on_both_sides() -> None:
    cases = list(product(OUTCOMES, BASES, SANCTIONS))
    assert len(cases) == 16 * 7 * (1 + 2**8)
    for outcome, basis, sanctions in cases:
        charge = Charge(outcome=outcome, guilt_basis=basis, sanctions=sanctions)
        state, federal = under_state_law(charge), under_immigration_law(charge)
        assert (state.answer, federal.answer) == wanted(outcome, basis, sanctions), charge
        for reading in (state, federal):
            assert reading.why
            # What is not known yet for want of an answer says which answer.
            assert not reading.missing or reading.answer is Answer.UNKNOWN
        assert federal.source or outcome in (None, ChargeOutcome.UNKNOWN)
        assert federal.missing or federal.answer is not Answer.UNKNOWN
        assert not federal.by_attorney


@pytest.mark.parametrize("basis", GUILT)
@pytest.mark.parametrize("sanction", REAL)
def test_d01_withheld_with_a_plea_and_any_sanction_counts_federally_and_not_in_the_state(
    basis: GuiltBasis, sanction: Sanction
) -> None:
    charge = Charge(outcome=ChargeOutcome.WITHHELD, guilt_basis=basis, sanctions=(sanction,))
    assert under_state_law(charge).answer is Answer.NO
    assert under_immigration_law(charge).answer is Answer.YES


def test_d02_a_florida_plea_with_time_served_is_a_conviction() -> None:
    charge = Charge(
        outcome=ChargeOutcome.WITHHELD,
        guilt_basis=GuiltBasis.GUILTY,
        sanctions=(Sanction.TIME_SERVED,),
    )
    reading = under_immigration_law(charge)
    assert reading.answer is Answer.YES
    assert "Mejia Rodriguez" in reading.source
    assert "1101(a)(48)(A)" in reading.source


def test_d03_a_florida_withhold_with_probation_is_a_conviction() -> None:
    charge = Charge(
        outcome=ChargeOutcome.WITHHELD,
        guilt_basis=GuiltBasis.NO_CONTEST,
        sanctions=(Sanction.PROBATION,),
    )
    reading = under_immigration_law(charge)
    assert reading.answer is Answer.YES
    assert "Zangwill" in reading.source


def test_d04_a_withhold_is_no_adjudication_in_the_state_court() -> None:
    reading = under_state_law(Charge(outcome=ChargeOutcome.WITHHELD))
    assert (reading.answer, reading.source) == (Answer.NO, "Fla. Stat. § 948.01")


@pytest.mark.parametrize(
    "charge",
    [
        Charge(outcome=ChargeOutcome.NOLLE),
        Charge(outcome=ChargeOutcome.DISMISSED),
        Charge(outcome=ChargeOutcome.NOT_GUILTY),
        Charge(outcome=ChargeOutcome.DIVERTED, guilt_basis=GuiltBasis.NONE),
        Charge(
            outcome=ChargeOutcome.DIVERTED,
            guilt_basis=GuiltBasis.NONE,
            sanctions=(Sanction.CLASSES, Sanction.COSTS),
        ),
    ],
)
def test_d05_without_either_element_there_is_no_conviction(charge: Charge) -> None:
    assert under_state_law(charge).answer is Answer.NO
    assert under_immigration_law(charge).answer is Answer.NO


def test_withheld_with_no_sanction_at_all_is_for_an_attorney() -> None:
    charge = Charge(
        outcome=ChargeOutcome.WITHHELD,
        guilt_basis=GuiltBasis.GUILTY,
        sanctions=(Sanction.NONE,),
    )
    assert under_immigration_law(charge).answer is Answer.ATTORNEY


def test_a_sentence_in_days_is_a_sanction_even_where_all_of_it_is_suspended() -> None:
    told = Charge(outcome=ChargeOutcome.WITHHELD, guilt_basis=GuiltBasis.GUILTY)
    for imposed in (replace(told, sentence_days=10), replace(told, suspended_days=364)):
        assert under_immigration_law(imposed).answer is Answer.YES
    assert under_immigration_law(replace(told, sentence_days=0)).answer is Answer.UNKNOWN


@pytest.mark.parametrize("outcome", NEVER_GUILT)
def test_a_dismissal_after_a_plea_is_never_called_no_conviction(outcome: ChargeOutcome) -> None:
    for charge in (
        Charge(outcome=outcome, guilt_basis=GuiltBasis.GUILTY),
        Charge(outcome=outcome, sanctions=(Sanction.PROBATION,)),
        Charge(outcome=outcome, sentence_days=5),
    ):
        assert under_immigration_law(charge).answer is Answer.ATTORNEY
        assert under_state_law(charge).answer is Answer.UNKNOWN


@pytest.mark.parametrize("level", [ChargeLevel.INFRACTION, ChargeLevel.CIVIL, ChargeLevel.NONE])
def test_whether_a_ticket_is_a_conviction_is_not_guessed(level: ChargeLevel) -> None:
    for charge in (
        Charge(outcome=ChargeOutcome.CONVICTED, level=level),
        Charge(
            outcome=ChargeOutcome.WITHHELD,
            guilt_basis=GuiltBasis.NO_CONTEST,
            sanctions=(Sanction.FINE,),
            level=level,
        ),
    ):
        assert under_immigration_law(charge).answer is Answer.ATTORNEY


@given(charges)
def test_an_attorneys_own_answer_prevails_on_the_federal_side_only(charge: Charge) -> None:
    reading = under_immigration_law(charge)
    own = {
        ImmigrationConviction.YES: Answer.YES,
        ImmigrationConviction.NO: Answer.NO,
        ImmigrationConviction.UNCLEAR: Answer.ATTORNEY,
    }
    if charge.immigration_conviction is None:
        assert reading == by_rule(charge)
        return
    assert reading.by_attorney
    assert reading.answer is own[charge.immigration_conviction]
    differs = by_rule(charge).answer is not reading.answer
    assert (by_rule(charge).answer.value in reading.why) is differs
    without = replace(charge, immigration_conviction=None)
    assert under_state_law(without) == under_state_law(charge)


@given(st.lists(charges, max_size=5))
def test_the_most_serious_conviction_is_a_conviction_and_none_is_graver(
    some: list[Charge],
) -> None:
    levels = list(ChargeLevel)
    for gravest, among in (
        (most_serious_conviction(some), convictions(some)),
        (most_serious_state_conviction(some), state_convictions(some)),
    ):
        assert (gravest is None) is (not among)
        if gravest is not None:
            assert any(gravest is one for one in among)
            mine = levels.index(gravest.level or ChargeLevel.UNKNOWN)
            assert all(levels.index(one.level or ChargeLevel.UNKNOWN) >= mine for one in among)
    assert (most_serious_charge(some) is None) is (not some)


def test_a_dismissed_felony_marked_on_top_is_the_charge_and_not_the_conviction() -> None:
    felony = Charge(level=ChargeLevel.FELONY, outcome=ChargeOutcome.DISMISSED, top_charge=YesNo.YES)
    small = Charge(level=ChargeLevel.MISDEMEANOR, outcome=ChargeOutcome.PLEA, max_months=2)
    long = Charge(level=ChargeLevel.MISDEMEANOR, outcome=ChargeOutcome.PLEA, max_months=12)
    for some in permutations((felony, small, long)):
        assert most_serious_charge(some) is felony
        assert most_serious_conviction(some) is long
