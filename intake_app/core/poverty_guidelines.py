"""Which poverty guideline holds for a household, and what looks wrong with one typed in.

The guidelines are published each January or February by HHS for three regions (42 U.S.C.
9902(2)). None ships with the program: an office types in those it has before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from intake_app.core.errors import BadAnswer
from intake_app.core.office_reference import PovertyGuideline
from intake_app.core.vocabulary import State

REGIONS = {
    "48": "the 48 contiguous states and D.C.",
    "AK": "Alaska",
    "HI": "Hawaii",
}
"""The regions HHS publishes figures for, and their names in a sentence."""

STALE_AFTER = timedelta(days=426)
"""About 14 months: by then the guideline of the next year has been published."""

_NO_FIGURE = frozenset({State.GU, State.PR, State.VI})
_UNLIKELY_CHANGE = Decimal("0.2")


@dataclass(frozen=True)
class PovertySheet:
    """What ships with the program instead of figures: where they stand and what to type in."""

    source: str
    what_to_enter: str
    why_empty: str


@dataclass(frozen=True)
class GuidelineKey:
    """What tells one guideline of an office from another."""

    effective_on: date
    region: str


def key_of(guideline: PovertyGuideline) -> GuidelineKey:
    """The key of a guideline."""
    return GuidelineKey(guideline.effective_on, guideline.region)


def region_of(state: str) -> str | None:
    """The region of a two-letter state; None for a territory, which has no figure of its own."""
    if state in _NO_FIGURE:
        return None
    return state if state in REGIONS else "48"


def in_force(
    guidelines: Sequence[PovertyGuideline], region: str, day: date
) -> PovertyGuideline | None:
    """The newest guideline of a region that began on `day` or before; None where none had."""
    begun = [one for one in guidelines if one.region == region and one.effective_on <= day]
    return max(begun, key=lambda one: one.effective_on, default=None)


def is_stale(guideline: PovertyGuideline, day: date) -> bool:
    """Whether on `day` a newer guideline than this one must have been published."""
    return day - guideline.effective_on > STALE_AFTER


def yearly_amount(guideline: PovertyGuideline, size: int) -> Decimal:
    """Dollars a year of the guideline for a household of `size` people, at least one."""
    if size < 1:
        raise ValueError("a household has somebody in it")
    return guideline.first_person + guideline.each_more * (size - 1)


def require_possible(guideline: PovertyGuideline) -> None:
    """Raise `BadAnswer` for a guideline that can't be one."""
    if guideline.region not in REGIONS:
        raise BadAnswer("Choose the region that the figures are for.")
    if guideline.first_person <= 0 or guideline.each_more <= 0:
        raise BadAnswer("Type both amounts as they are published; neither is zero.")
    if not guideline.source:
        raise BadAnswer("Type where the figures are from: the volume and page of the notice.")


def doubts(
    typed: PovertyGuideline,
    known: Sequence[PovertyGuideline],
    today: date,
    replaces: GuidelineKey | None = None,
) -> tuple[str, ...]:
    """What looks like a slip in a guideline just typed; each sentence ends in what to look at.

    known: those the office has. replaces: the one that is being corrected.
    """
    found = []
    if typed.each_more >= typed.first_person:
        found.append("A further person is said to add more than the first: are the two swapped?")
    if typed.effective_on > today:
        found.append("It begins in the future: check the year.")
    others = [one for one in known if key_of(one) != replaces]
    if any(key_of(one) == key_of(typed) for one in others):
        found.append("There is one for this region and day already: saving replaces it.")
    earlier = in_force(others, typed.region, typed.effective_on - timedelta(days=1))
    if earlier is not None and _far_from(typed.first_person, earlier.first_person):
        found.append(
            "The first person’s amount is more than 20 % away from the one before: "
            "compare it with the notice, a year’s amount, not a month’s."
        )
    return tuple(found)


def _far_from(amount: Decimal, before: Decimal) -> bool:
    return abs(amount - before) > before * _UNLIKELY_CHANGE
