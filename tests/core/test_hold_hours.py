"""The two ways of counting 48 hours: the legal sources' worked examples, and minute by minute.

The property tests count with their own calendar, a minute at a time, what the program works out
by days.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from intake_app.core import clock_notes as say
from intake_app.core.custody_clock import ClockReading, ClockState, DetainerForm, read_clock
from intake_app.core.hold_hours import deadline_plain, deadline_regulation

NEW_YORK = "America/New_York"
US_ZONES = [
    *["America/New_York", "America/Detroit", "America/Kentucky/Louisville"],
    *["America/Kentucky/Monticello", "America/Indiana/Indianapolis", "America/Indiana/Vincennes"],
    *["America/Indiana/Winamac", "America/Indiana/Marengo", "America/Indiana/Petersburg"],
    *["America/Indiana/Vevay", "America/Chicago", "America/Indiana/Tell_City"],
    *["America/Indiana/Knox", "America/Menominee", "America/North_Dakota/Center"],
    *["America/North_Dakota/New_Salem", "America/North_Dakota/Beulah", "America/Denver"],
    *["America/Boise", "America/Phoenix", "America/Los_Angeles", "America/Anchorage"],
    *["America/Juneau", "America/Sitka", "America/Metlakatla", "America/Yakutat"],
    *["America/Nome", "America/Adak", "Pacific/Honolulu", "America/Puerto_Rico"],
    *["America/St_Thomas", "Pacific/Guam", "Pacific/Saipan", "Pacific/Pago_Pago"],
]


def at(text: str, zone: str = NEW_YORK) -> datetime:
    """Return a wall-clock time at the facility, such as 2026-11-16 17:00."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def same(moment: datetime | None, text: str, zone: str = NEW_YORK) -> bool:
    """Tell whether it is that instant, shown in the facility's zone."""
    expected = at(text, zone)
    return moment is not None and moment.isoformat() == expected.isoformat()


def read(release_due: datetime | date, zone: str, *, now: datetime) -> ClockReading:
    """Read the clock of a served I-247A in Florida."""
    return read_clock(
        form=DetainerForm.I247A,
        edition=None,
        state="FL",
        zone=zone,
        release_due=release_due,
        received=None,
        served=True,
        stopped_at=None,
        ended_at=None,
        now=now,
    )


WORKED_EXAMPLES = [
    (1, "2026-11-16 17:00", "2026-11-18 17:00", "2026-11-18 17:00", None),
    (2, "2026-11-12 17:00", "2026-11-14 17:00", "2026-11-16 17:00", None),
    (4, "2026-11-13 00:00", "2026-11-15 00:00", "2026-11-17 00:00", None),
    (5, "2026-11-14 09:00", "2026-11-16 09:00", "2026-11-18 00:00", None),
    (7, "2026-11-10 15:00", "2026-11-12 15:00", "2026-11-13 15:00", None),
    (9, "2026-11-25 14:00", "2026-11-27 14:00", "2026-11-30 14:00", None),
    (11, "2026-06-18 20:00", "2026-06-20 20:00", "2026-06-23 20:00", None),
    (13, "2027-07-02 10:00", "2027-07-04 10:00", "2027-07-07 10:00", "2027-07-06 10:00"),
    (15, "2027-12-31 10:00", "2028-01-02 10:00", "2028-01-05 00:00", "2028-01-04 10:00"),
    (17, "2026-03-06 18:00", "2026-03-08 19:00", "2026-03-10 18:00", None),
    (19, "2020-06-18 15:00", "2020-06-20 15:00", "2020-06-22 15:00", None),
    (20, "2021-06-17 15:00", "2021-06-19 15:00", "2021-06-22 15:00", "2021-06-21 15:00"),
]


@pytest.mark.parametrize(
    ("t0", "plain", "regulation", "statute_dates"),
    [example[1:] for example in WORKED_EXAMPLES],
    ids=[f"example {example[0]}" for example in WORKED_EXAMPLES],
)
def test_worked_examples(t0: str, plain: str, regulation: str, statute_dates: str | None) -> None:
    start = at(t0)
    assert same(deadline_plain(start), plain)
    assert same(deadline_regulation(start, NEW_YORK, frozenset()), regulation)
    by_dates = deadline_regulation(start, NEW_YORK, statute_dates_only=True)
    assert same(by_dates, statute_dates or regulation)
    reading = read(start, NEW_YORK, now=start)
    assert same(reading.plain_deadline, plain)
    assert same(reading.plain_latest, plain)
    assert same(reading.regulation_deadline, regulation)
    assert same(reading.regulation_earliest, regulation)
    assert same(reading.regulation_statute_dates, statute_dates or regulation)
    assert (say.SOONER_BY_STATUTE_DATES in reading.notes) == (statute_dates is not None)


def test_a_deadline_at_midnight_is_not_rolled_over_the_weekend() -> None:
    assert same(deadline_regulation(at("2026-11-18 00:00"), NEW_YORK), "2026-11-20 00:00")
    assert same(deadline_regulation(at("2026-11-19 00:00"), NEW_YORK), "2026-11-21 00:00")


# --- an independent count -----------------------------------------------------------------------


def own_holidays(first: int, last: int, *, observed: bool) -> set[date]:
    """5 U.S.C. § 6103(a), worked out by plain arithmetic."""
    days: set[date] = set()
    for year in range(first, last + 1):
        fixed = [(1, 1), (7, 4), (11, 11), (12, 25)] + ([(6, 19)] if year >= 2021 else [])
        for month, day in fixed:
            holiday = date(year, month, day)
            days.add(holiday)
            if observed:
                days.add(holiday - timedelta(days=holiday.weekday() == 5))
                days.add(holiday + timedelta(days=holiday.weekday() == 6))
        # Month, weekday and the earliest day of the month it can be.
        floating = [(1, 0, 15), (2, 0, 15), (5, 0, 25), (9, 0, 1), (10, 0, 8), (11, 3, 22)]
        for month, weekday, earliest in floating:
            first_try = date(year, month, earliest)
            days.add(first_try + timedelta(days=(weekday - first_try.weekday()) % 7))
    return days


EPOCH = date(1970, 1, 1)
OWN_OBSERVED = np.array(
    sorted((day - EPOCH).days for day in own_holidays(2009, 2042, observed=True))
)
OWN_ACTUAL = np.array(
    sorted((day - EPOCH).days for day in own_holidays(2009, 2042, observed=False))
)


def count_by_minutes(start: datetime, zone: str, left_out: NDArray[np.int64]) -> datetime:
    """Walk minute by minute and stop when 2,880 of them have fallen on days that count."""
    first = int(start.timestamp()) // 60
    minutes = np.arange(first, first + 14 * 1440)
    hours = minutes // 60
    each_hour, index = np.unique(hours, return_inverse=True)
    facility = ZoneInfo(zone)
    offsets = []
    for hour in each_hour:
        offset = datetime.fromtimestamp(int(hour) * 3600, facility).utcoffset()
        assert offset is not None
        offsets.append(int(offset.total_seconds()) // 60)
    days = (minutes + np.array(offsets)[index]) // 1440
    counts = ((days + 3) % 7 < 5) & ~np.isin(days, left_out)
    used = np.cumsum(counts)
    last = int(np.searchsorted(used, 2880))
    return datetime.fromtimestamp((first + last + 1) * 60, UTC)


FIRST_MINUTE = int(datetime(2010, 1, 1, tzinfo=UTC).timestamp()) // 60
LAST_MINUTE = int(datetime(2040, 12, 31, tzinfo=UTC).timestamp()) // 60


@st.composite
def starts(draw: st.DrawFn) -> datetime:
    """Any minute of 2010 to 2040, every second one in the four days before a holiday."""
    if draw(st.booleans()):
        return datetime.fromtimestamp(draw(st.integers(FIRST_MINUTE, LAST_MINUTE)) * 60, UTC)
    holiday = draw(st.sampled_from(sorted(own_holidays(2010, 2040, observed=False))))
    minutes_before = draw(st.integers(0, 4 * 1440))
    return datetime(holiday.year, holiday.month, holiday.day, tzinfo=UTC) - timedelta(
        minutes=minutes_before
    )


@settings(max_examples=400, deadline=None, database=None)
@given(start=starts(), zone=st.sampled_from(US_ZONES), added=st.booleans())
def test_the_clock_agrees_with_a_count_of_minutes(start: datetime, zone: str, added: bool) -> None:
    left_out, added_days = OWN_OBSERVED, frozenset[date]()
    if added:
        added_days = frozenset({(start + timedelta(days=1)).date()})
        left_out = np.append(left_out, [(day - EPOCH).days for day in added_days])
    regulation = deadline_regulation(start, zone, added_days)
    assert regulation == count_by_minutes(start, zone, left_out)
    by_dates = deadline_regulation(start, zone, statute_dates_only=True)
    assert by_dates == count_by_minutes(start, zone, OWN_ACTUAL)
    assert by_dates <= regulation
    assert deadline_plain(start).timestamp() - start.timestamp() == 48 * 3600


@settings(max_examples=200, deadline=None, database=None)
@given(
    start=starts(),
    zone=st.sampled_from(US_ZONES),
    day_only=st.booleans(),
    hours=st.integers(-100, 400),
)
def test_nothing_is_called_over_too_soon(
    start: datetime, zone: str, day_only: bool, hours: int
) -> None:
    now = start + timedelta(hours=hours)
    due = start.astimezone(ZoneInfo(zone)).date() if day_only else start
    reading = read(due, zone, now=now)
    latest = count_by_minutes(start, zone, OWN_OBSERVED)
    if reading.state is ClockState.EXPIRED_ALL_READINGS:
        assert now > latest
    elif reading.state is ClockState.PLAIN_PAST_REG_RUNNING:
        assert now > start + timedelta(hours=48)
    elif reading.state is ClockState.NOT_STARTED:
        assert now < start
    assert reading.hours_over is not None
    assert (reading.hours_over > 0) == (reading.state is ClockState.EXPIRED_ALL_READINGS)
    if reading.next_alert is not None:
        assert reading.next_alert > now
    if not day_only:
        assert reading.regulation_deadline == latest
