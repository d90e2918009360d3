"""Counting 48 hours, plainly and as 8 C.F.R. § 287.7(d) counts them.

All counting is done in UTC: two times in the same Python zone are subtracted and compared by
what the wall clock shows, which is wrong by an hour when the clocks change.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from intake_app.core.errors import BadAnswer
from intake_app.core.holiday_days import FIRST_YEAR, LAST_YEAR, is_excluded, may_be_excluded

HOLD = timedelta(hours=48)
ONE_DAY = timedelta(days=1)

_IMPOSSIBLE_YEAR = f"The year must lie between {FIRST_YEAR} and {LAST_YEAR}. Check the date."


class Span(NamedTuple):
    """An early and a late reading of one moment, in UTC; the same where it is known exactly."""

    early: datetime
    late: datetime


def deadline_plain(t0: datetime) -> datetime:
    """Return the moment 48 elapsed hours after `t0`, in the zone of `t0`.

    Raises BadAnswer where `t0` has no zone or no possible year.
    """
    return (in_utc(t0) + HOLD).astimezone(t0.tzinfo)


def deadline_regulation(
    t0: datetime,
    zone: str,
    added_days: frozenset[date] = frozenset(),
    *,
    statute_dates_only: bool = False,
) -> datetime:
    """Return when 48 hours are used up under 8 C.F.R. § 287.7(d), in the facility's `zone`.

    Saturdays, Sundays, federal holidays (own date and observed weekday) and `added_days` pass
    without counting. A deadline at the very end of a counted day stays there, at 00:00, even
    if the next day does not count. With `statute_dates_only` observed weekdays and
    `added_days` count like any other day.

    Raises BadAnswer where `t0` has no zone or no possible year, or `zone` is unknown.
    """
    facility = facility_zone(zone)
    start = in_utc(t0)
    if statute_dates_only:
        deadline = count_statute_dates(start, facility)
    else:
        deadline, _ = count_all_days(start, facility, added_days)
    return deadline.astimezone(facility)


def count_all_days(
    start: datetime, facility: ZoneInfo, added_days: frozenset[date]
) -> tuple[datetime, bool]:
    """Count 48 hours on days that count in every reading, in UTC.

    The second value tells whether a day was left out that may be argued to count.
    """
    day = start.astimezone(facility).date()
    at: datetime | None = start
    remaining = HOLD
    met_doubtful_day = False
    while True:
        doubtful = False
        if is_excluded(day) or (doubtful := may_be_excluded(day, added_days)):
            met_doubtful_day |= doubtful
            day += ONE_DAY
            at = None
            continue
        if at is None:
            at = _midnight(day, facility)
        day += ONE_DAY
        next_midnight = _midnight(day, facility)
        span = next_midnight - at
        if remaining <= span:
            return at + remaining, met_doubtful_day
        remaining -= span
        at = next_midnight


def count_statute_dates(start: datetime, facility: ZoneInfo) -> datetime:
    """Count 48 hours, leaving out Saturdays, Sundays and the holidays' own dates only."""
    day = start.astimezone(facility).date()
    at = start
    remaining = HOLD
    while True:
        next_midnight = _midnight(day + ONE_DAY, facility)
        if not is_excluded(day):
            span = next_midnight - at
            if remaining <= span:
                return at + remaining
            remaining -= span
        day += ONE_DAY
        at = next_midnight


def _midnight(day: date, facility: ZoneInfo) -> datetime:
    """Return the start of a calendar day at the facility, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=facility).astimezone(UTC)


def span_of(moment: datetime | date, facility: ZoneInfo) -> Span:
    """Return the first and last instant that `moment` can mean at the facility.

    A date can mean any time of that day, up to 24:00. Raises BadAnswer as `in_utc` does.
    """
    if not isinstance(moment, datetime):
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise BadAnswer(_IMPOSSIBLE_YEAR)
        return Span(_midnight(moment, facility), _midnight(moment + ONE_DAY, facility))
    one = in_utc(moment)
    # 01:30 comes twice when the clocks go back, and 02:30 never when they go forward.
    other = moment.replace(fold=1).astimezone(UTC) if moment.fold == 0 else one
    return Span(one, other) if one <= other else Span(other, one)


def in_utc(moment: datetime) -> datetime:
    """Return `moment` in UTC.

    Raises BadAnswer where it has no zone, or a year outside the holiday table.
    """
    if moment.utcoffset() is None:
        raise BadAnswer("A time needs a time zone. Choose the zone of the jail and try again.")
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise BadAnswer(_IMPOSSIBLE_YEAR)
    return moment.astimezone(UTC)


@lru_cache(maxsize=128)
def facility_zone(name: str) -> ZoneInfo:
    """Return the zone of that IANA name. Raises BadAnswer where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise BadAnswer(
            "The jail's time zone is not known. Choose one such as America/New_York."
        ) from unknown
