"""Days that do not count toward the 48 hours of 8 C.F.R. § 287.7(d).

The regulation says "Saturdays, Sundays, and holidays" and does not say which holidays. The
program takes the legal public holidays of 5 U.S.C. § 6103(a): their own dates, and, as the
later and so more cautious reading, the weekday on which each is observed (Saturday: the Friday
before; Sunday: the Monday after). Inauguration Day, local to the D.C. area, is not among them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

SATURDAY = 5

FIRST_YEAR = 1900
LAST_YEAR = 2099
"""The holiday table ends with 2100; a date outside these years is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class FederalDays:
    """The federal holidays that fall within one calendar year.

    `actual` holds the statute's own dates, `observed` the weekdays kept instead of a date on a
    weekend. A New Year's Day on a Saturday is observed on 31 December, so that Friday belongs
    to the year before it.
    """

    actual: frozenset[date]
    observed: frozenset[date]


@lru_cache(maxsize=256)
def federal_days(year: int) -> FederalDays:
    """Return the holidays of 5 U.S.C. § 6103(a) in `year`, kept after the first call.

    Juneteenth is among them only since 2021 (Pub. L. 117-17).
    """
    # The library loads every country of the world, which takes about half a second: not while
    # the program starts.
    from holidays.countries.united_states import UnitedStates

    calendar: Callable[..., Iterable[date]] = UnitedStates
    actual = frozenset(calendar(years=year, observed=False))
    with_observed = frozenset(calendar(years=year, observed=True))
    return FederalDays(actual=actual, observed=with_observed - actual)


def named_federal_days(year: int) -> dict[date, str]:
    """The holidays of 5 U.S.C. § 6103(a) of `year` and their observed weekdays, with names."""
    from holidays.countries.united_states import UnitedStates

    calendar: Callable[..., Mapping[date, str]] = UnitedStates
    days = calendar(years=year, observed=True, language="en_US")
    return {day: name.replace("'", "’") for day, name in sorted(days.items())}


def is_excluded(day: date) -> bool:
    """Tell whether `day` is a Saturday, a Sunday or a federal holiday's own date."""
    return day.weekday() >= SATURDAY or day in federal_days(day.year).actual


def may_be_excluded(day: date, added_days: frozenset[date]) -> bool:
    """Tell whether a jail may claim that `day` does not count either.

    So it is with the weekday on which a federal holiday is observed, and with the days an
    office has added (executive-order, state or county holidays).
    """
    return day in added_days or day in federal_days(day.year).observed
