"""Income of a household against the poverty guideline: computed and explained, never decided.

Whoever gives help decides who is eligible; nothing here fills in an answer. A figure that hangs
on an answer nobody gave is "not known yet", with the reason, and never a guess.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import ceil

from intake_app.core.answers import show_date
from intake_app.core.casefile import Household, Income
from intake_app.core.fields import question
from intake_app.core.office_reference import OfficeReference, PovertyGuideline
from intake_app.core.partial_date import PartialDate
from intake_app.core.poverty_guidelines import (
    REGIONS,
    in_force,
    is_stale,
    region_of,
    yearly_amount,
)
from intake_app.core.vocabulary import AgeBand, ExcludedAsset, IncomeKind, IncomePeriod, State

MINORS = (AgeBand.TO_5, AgeBand.TO_12, AgeBand.TO_17)
"""Under 18."""

_TIMES_A_YEAR = {
    IncomePeriod.WEEK: 52,
    IncomePeriod.FORTNIGHT: 26,
    IncomePeriod.MONTH: 12,
    IncomePeriod.YEAR: 1,
}


@dataclass(frozen=True)
class NotKnownYet:
    """A figure that can't be worked out; `why` is a sentence that says what is missing."""

    why: str


class Band(Enum):
    """Where a percent stands (data dictionary E4). What is over 125 % is not in the first."""

    TO_125 = "≤125"
    TO_200 = "126–200"
    OVER_200 = ">200"

    @property
    def words(self) -> str:
        """The band in a sentence."""
        return {
            Band.TO_125: "not over 125 %",
            Band.TO_200: "over 125 %, not over 200 %",
            Band.OVER_200: "over 200 %",
        }[self]


@dataclass(frozen=True)
class GuidelinePercent:
    """Income as a percent of the guideline, with everything it was computed from.

    percent: with one decimal, rounded up. income, amount: dollars a year. stale: on that day a
    newer guideline must have been published.
    """

    percent: Decimal
    band: Band
    income: Decimal
    size: int
    amount: Decimal
    guideline: PovertyGuideline
    stale: bool


@dataclass(frozen=True)
class Means:
    """What a household's income comes to; `percent` is there where nothing is missing."""

    percent: GuidelinePercent | None
    missing: tuple[NotKnownYet, ...]


@dataclass(frozen=True)
class Assets:
    """What was said of assets. The limit is the office's own; the program knows none.

    total: dollars, None where not asked. waiver_missing: labels of what a waiver that was begun
    still needs; empty where there is none or it is whole.
    """

    total: Decimal | None
    excluded: tuple[ExcludedAsset, ...]
    waived: bool
    waiver_missing: tuple[str, ...]


def yearly_income(rows: Sequence[Income]) -> Decimal | NotKnownYet:
    """Dollars a year from all sources: weeks × 52, two weeks × 26, months × 12.

    "None" counts as nothing. One row without an amount or a period, or one that says "none" and
    an amount, makes the total not known.
    """
    if not rows:
        return NotKnownYet("No income is listed: list each source, or one row that says “None”.")
    total = Decimal(0)
    for row in rows:
        if row.kind is IncomeKind.NONE:
            if row.amount:
                return NotKnownYet("A row of income says “None” and has an amount.")
            continue
        if row.amount is None or row.period is None:
            return NotKnownYet("A row of income has no amount, or not how often it comes in.")
        total += row.amount * _TIMES_A_YEAR[row.period]
    return total


def household_size(household: Household) -> int | NotKnownYet:
    """Adults and children together; not known where either was not asked."""
    if household.adults is None or household.children is None:
        return NotKnownYet("How many adults and children live in the household is not known.")
    size = household.adults + household.children
    if size == 0:
        return NotKnownYet("Nobody is counted in the household.")
    return size


def guideline_percent(
    income: Decimal, size: int, guideline: PovertyGuideline, day: date
) -> GuidelinePercent:
    """Income of a year as a percent of the guideline.

    Rounded up to one decimal, so that 125.04 % never reads as 125 %: what is shown as 125.0 is
    not over it. The band is taken from the exact figure.
    """
    amount = yearly_amount(guideline, size)
    exact = Fraction(income) / Fraction(amount) * 100
    band = Band.TO_125 if exact <= 125 else Band.TO_200 if exact <= 200 else Band.OVER_200
    shown = Decimal(ceil(exact * 10)) / 10
    stale = is_stale(guideline, day)
    return GuidelinePercent(shown, band, income, size, amount, guideline, stale)


def read_means(
    household: Household,
    rows: Sequence[Income],
    reference: OfficeReference,
    state: str,
    day: date,
) -> Means:
    """Income against the guideline in force on `day`, or everything that is missing for it.

    state: two letters, the office's. day: of the intake.
    """
    income, size = yearly_income(rows), household_size(household)
    guideline = _guideline(reference, state, day)
    if (
        isinstance(income, NotKnownYet)
        or isinstance(size, NotKnownYet)
        or isinstance(guideline, NotKnownYet)
    ):
        parts = (income, size, guideline)
        return Means(None, tuple(part for part in parts if isinstance(part, NotKnownYet)))
    return Means(guideline_percent(income, size, guideline, day), ())


def read_assets(household: Household) -> Assets:
    """What was said of assets, and whether a waiver of their limit is whole: who, when, why."""
    names = ("asset_waiver_by", "asset_waiver_on", "asset_waiver_reason")
    open_ones = [name for name in names if getattr(household, name) is None]
    begun = len(open_ones) < len(names)
    missing = tuple(question(Household, name).label for name in open_ones) if begun else ()
    return Assets(
        household.assets_total,
        household.excluded_assets or (),
        waived=begun and not missing,
        waiver_missing=missing,
    )


def _guideline(reference: OfficeReference, state: str, day: date) -> PovertyGuideline | NotKnownYet:
    region = region_of(state)
    if region is None:
        return NotKnownYet(
            f"The poverty guidelines have no figure for {State.of(state).label}: check with your "
            "director which one your office uses."
        )
    found = in_force(reference.guidelines, region, day)
    if found is None:
        said = show_date(PartialDate.of(day))
        return NotKnownYet(
            f"The office has entered no poverty guideline for {REGIONS[region]} that was in force "
            f"on {said}: an attorney or administrator enters it on the Office page."
        )
    return found
