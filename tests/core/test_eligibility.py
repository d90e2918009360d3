"""Income against the guideline: computed and explained, never guessed. Every figure is invented."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.casefile import Household, Income
from intake_app.core.eligibility import (
    MINORS,
    Band,
    NotKnownYet,
    guideline_percent,
    household_size,
    read_assets,
    read_means,
    yearly_income,
)
from intake_app.core.office_reference import OfficeReference, PovertyGuideline
from intake_app.core.vocabulary import AgeBand, ExcludedAsset, IncomeKind, IncomePeriod

DAY = date(2026, 11, 22)
INVENTED = PovertyGuideline(
    date(2026, 1, 15), "48", Decimal(10_000), Decimal(5_000), "INVENTED", DAY, "A. Ruiz"
)
REFERENCE = OfficeReference(guidelines=(INVENTED,))
MONTH, YEAR = IncomePeriod.MONTH, IncomePeriod.YEAR

amounts = st.decimals(min_value=0, max_value=10**7, places=2)
sizes = st.integers(1, 30)
figures = st.decimals(min_value=1, max_value=10**5, places=2)


def wage(amount: int | str, period: IncomePeriod = YEAR) -> Income:
    return Income(kind=IncomeKind.WAGE, amount=Decimal(amount), period=period)


@pytest.mark.parametrize(
    ("period", "times"),
    [
        (IncomePeriod.WEEK, 52),
        (IncomePeriod.FORTNIGHT, 26),
        (IncomePeriod.MONTH, 12),
        (IncomePeriod.YEAR, 1),
    ],
)
def test_a_year_of_each_period(period: IncomePeriod, times: int) -> None:
    assert yearly_income([wage("100.01", period)]) == Decimal("100.01") * times


def test_sources_add_up_and_none_is_nothing() -> None:
    none = Income(kind=IncomeKind.NONE)
    assert yearly_income([none]) == 0
    assert yearly_income([wage(100, MONTH), none, wage(50)]) == 1250
    assert yearly_income([Income(kind=None, amount=Decimal(7), period=YEAR)]) == 7


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [Income()],
        [wage(100), Income(kind=IncomeKind.WAGE, amount=Decimal(5))],
        [wage(100), Income(kind=IncomeKind.BENEFITS, period=MONTH)],
        [Income(kind=IncomeKind.NONE, amount=Decimal(5), period=MONTH)],
    ],
)
def test_what_was_not_said_is_never_guessed(rows: list[Income]) -> None:
    assert isinstance(yearly_income(rows), NotKnownYet)


def test_the_size_needs_both_answers_and_somebody() -> None:
    assert household_size(Household(adults=2, children=3)) == 5
    assert household_size(Household(adults=1, children=0)) == 1
    for open_one in (
        Household(),
        Household(adults=2),
        Household(children=2),
        Household(adults=0, children=0),
    ):
        assert isinstance(household_size(open_one), NotKnownYet)


@pytest.mark.parametrize(
    ("income", "shown", "band"),
    [
        ("0", "0", Band.TO_125),
        ("12500", "125.0", Band.TO_125),
        # A cent over is over, and is shown as over.
        ("12500.01", "125.1", Band.TO_200),
        ("12540", "125.4", Band.TO_200),
        ("12541", "125.5", Band.TO_200),
        ("20000", "200.0", Band.TO_200),
        ("20000.01", "200.1", Band.OVER_200),
    ],
)
def test_the_percent_is_never_shown_lower_than_it_is(income: str, shown: str, band: Band) -> None:
    found = guideline_percent(Decimal(income), 1, INVENTED, DAY)
    assert found.percent == Decimal(shown)
    assert found.band is band


@given(amounts, amounts, sizes, figures, figures)
def test_more_income_never_lowers_the_percent(
    one: Decimal, other: Decimal, size: int, first: Decimal, more: Decimal
) -> None:
    table = replace(INVENTED, first_person=first, each_more=more)
    low, high = sorted((one, other))
    lower, higher = (guideline_percent(income, size, table, DAY) for income in (low, high))
    assert lower.percent <= higher.percent
    assert list(Band).index(lower.band) <= list(Band).index(higher.band)


@given(amounts, sizes, sizes, figures, figures)
def test_a_larger_household_never_raises_the_percent(
    income: Decimal, one: int, other: int, first: Decimal, more: Decimal
) -> None:
    table = replace(INVENTED, first_person=first, each_more=more)
    small, large = sorted((one, other))
    in_small, in_large = (guideline_percent(income, size, table, DAY) for size in (small, large))
    assert in_large.percent <= in_small.percent
    assert list(Band).index(in_large.band) <= list(Band).index(in_small.band)


@given(amounts, sizes, figures, figures)
def test_what_is_shown_agrees_with_its_band_and_is_near(
    income: Decimal, size: int, first: Decimal, more: Decimal
) -> None:
    found = guideline_percent(
        income, size, replace(INVENTED, first_person=first, each_more=more), DAY
    )
    exact = Fraction(income) * 100 / Fraction(first + more * (size - 1))
    assert 0 <= Fraction(found.percent) - exact < Fraction(1, 10)
    assert (found.percent <= 125) == (found.band is Band.TO_125)
    assert (found.percent > 200) == (found.band is Band.OVER_200)


def test_means_are_read_from_the_guideline_of_the_day() -> None:
    older = replace(INVENTED, effective_on=date(2025, 1, 10), first_person=Decimal(8_000))
    reference = OfficeReference(guidelines=(INVENTED, older))
    home = Household(adults=1, children=1)
    now = read_means(home, [wage(15_000)], reference, "FL", DAY)
    assert now.missing == ()
    assert now.percent is not None
    assert now.percent.percent == 100
    assert now.percent.amount == 15_000
    assert not now.percent.stale
    then = read_means(home, [wage(15_000)], reference, "FL", date(2025, 6, 1)).percent
    assert then is not None
    assert then.guideline is older
    late = read_means(home, [wage(15_000)], reference, "FL", date(2027, 6, 1)).percent
    assert late is not None
    assert late.stale


def test_everything_that_is_missing_is_told() -> None:
    nothing = read_means(Household(), [], OfficeReference(), "AK", DAY)
    assert nothing.percent is None
    told = [part.why for part in nothing.missing]
    assert len(told) == 3
    assert "No income is listed" in told[0]
    assert "adults and children" in told[1]
    assert "Alaska" in told[2]
    assert "22 Nov 2026" in told[2]
    territory = read_means(Household(adults=1, children=0), [wage(1)], REFERENCE, "PR", DAY)
    assert territory.percent is None
    assert "Puerto Rico" in territory.missing[0].why
    assert "director" in territory.missing[0].why


def test_a_waiver_is_whole_with_who_when_and_why() -> None:
    assert not read_assets(Household()).waived
    assert read_assets(Household()).waiver_missing == ()
    begun = read_assets(Household(asset_waiver_on=DAY))
    assert not begun.waived
    assert begun.waiver_missing == ("Asset limit waived by", "Reason of waiver")
    whole = Household(
        assets_total=Decimal(9_000),
        excluded_assets=(ExcludedAsset.VEHICLE,),
        asset_waiver_by="E. Director",
        asset_waiver_on=DAY,
        asset_waiver_reason="Savings for an operation.",
    )
    read = read_assets(whole)
    assert read.waived
    assert read.waiver_missing == ()
    assert read.total == 9_000
    assert read.excluded == (ExcludedAsset.VEHICLE,)


def test_every_band_of_age_is_a_minor_or_not() -> None:
    assert set(AgeBand) - set(MINORS) == {AgeBand.ADULT, AgeBand.UNKNOWN}
