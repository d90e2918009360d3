"""The holiday table against 5 U.S.C. § 6103(a), worked out here on its own."""

from datetime import date, timedelta

import pytest

from intake_app.core.holiday_days import (
    federal_days,
    is_excluded,
    may_be_excluded,
    named_federal_days,
)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """Return the `nth` such weekday of a month; -1 is the last."""
    days = [date(year, month, 1) + timedelta(days=n) for n in range(31)]
    matching = [day for day in days if day.month == month and day.weekday() == weekday]
    return matching[nth - 1 if nth > 0 else nth]


def statute_dates(year: int) -> set[date]:
    """5 U.S.C. § 6103(a) as it stands, Juneteenth since 17 June 2021."""
    days = {
        date(year, 1, 1),
        nth_weekday(year, 1, 0, 3),
        nth_weekday(year, 2, 0, 3),
        nth_weekday(year, 5, 0, -1),
        date(year, 7, 4),
        nth_weekday(year, 9, 0, 1),
        nth_weekday(year, 10, 0, 2),
        date(year, 11, 11),
        nth_weekday(year, 11, 3, 4),
        date(year, 12, 25),
    }
    if year >= 2021:
        days.add(date(year, 6, 19))
    return days


def observed_dates(year: int) -> set[date]:
    """Saturday: the Friday before. Sunday: the Monday after. Also for New Year's Day next year."""
    shift = {5: -1, 6: 1}
    moved = {
        day + timedelta(days=shift[day.weekday()])
        for day in statute_dates(year) | {date(year + 1, 1, 1)}
        if day.weekday() in shift
    }
    return {day for day in moved if day.year == year}


@pytest.mark.parametrize("year", range(1990, 2100))
def test_the_table_is_the_statute(year: int) -> None:
    days = federal_days(year)
    assert days.actual == statute_dates(year)
    assert days.observed == observed_dates(year)


def test_the_dates_printed_in_the_legal_sources() -> None:
    def of(year: int, *days: tuple[int, int]) -> set[date]:
        return {date(year, month, day) for month, day in days}

    assert federal_days(2026).actual == of(
        2026,
        *[(1, 1), (1, 19), (2, 16), (5, 25), (6, 19), (7, 4), (9, 7), (10, 12), (11, 11)],
        *[(11, 26), (12, 25)],
    )
    assert federal_days(2026).observed == of(2026, (7, 3))
    assert federal_days(2027).actual == of(
        2027,
        *[(1, 1), (1, 18), (2, 15), (5, 31), (6, 19), (7, 4), (9, 6), (10, 11), (11, 11)],
        *[(11, 25), (12, 25)],
    )
    assert federal_days(2027).observed == of(2027, (6, 18), (7, 5), (12, 24), (12, 31))


def test_new_year_on_a_saturday_is_observed_in_the_year_before() -> None:
    assert date(2027, 12, 31) in federal_days(2027).observed
    assert all(day.year == 2028 for day in federal_days(2028).observed)


def test_juneteenth_only_since_2021() -> None:
    assert date(2020, 6, 19) not in federal_days(2020).actual
    assert date(2021, 6, 19) in federal_days(2021).actual
    assert date(2021, 6, 18) in federal_days(2021).observed


@pytest.mark.parametrize("day", [date(2017, 1, 20), date(2021, 1, 20), date(2025, 1, 20)])
def test_inauguration_day_is_no_holiday_of_its_own(day: date) -> None:
    # 20 January 2025 was Martin Luther King's birthday as well, and so a holiday after all.
    assert is_excluded(day) == (day.year == 2025)


def test_the_day_after_thanksgiving_counts() -> None:
    assert not is_excluded(date(2026, 11, 27))
    assert not may_be_excluded(date(2026, 11, 27), frozenset())


def test_an_added_day_may_be_claimed() -> None:
    assert may_be_excluded(date(2026, 11, 27), frozenset({date(2026, 11, 27)}))


def test_a_year_is_worked_out_once() -> None:
    assert federal_days(2026) is federal_days(2026)


@pytest.mark.parametrize("year", [1900, 2020, 2021, 2026, 2027, 2099])
def test_the_named_days_are_the_ones_that_are_counted(year: int) -> None:
    named = named_federal_days(year)
    assert set(named) == federal_days(year).actual | federal_days(year).observed
    assert list(named) == sorted(named)
    assert ("Juneteenth" in " ".join(named.values())) == (year >= 2021)
    assert all(
        ("(observed)" in name) == (day in federal_days(year).observed)
        for day, name in named.items()
    )
