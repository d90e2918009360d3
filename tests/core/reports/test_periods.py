"""Periods: whole quarters, half-years and years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.errors import AppError
from intake_app.core.reports.periods import (
    Every,
    Period,
    Window,
    months_before,
    next_period,
    period_of,
    read_period,
)

DAYS = st.dates(date(1950, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("text", "start", "end", "words"),
    [
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31), "January to March 2026"),
        ("2026-q4", date(2026, 10, 1), date(2026, 12, 31), "October to December 2026"),
        ("2024-H1", date(2024, 1, 1), date(2024, 6, 30), "January to June 2024"),
        (" 2026 ", date(2026, 1, 1), date(2026, 12, 31), "the year 2026"),
    ],
)
def test_a_period_is_read_and_told(text: str, start: date, end: date, words: str) -> None:
    period = read_period(text)
    assert (period.start, period.end, period.words) == (start, end, words)
    assert period.id == text.strip().upper()


@pytest.mark.parametrize("text", ["", "2026-Q5", "2026-H3", "26-Q1", "2026-", "2026-Q1-", "0000"])
def test_what_is_no_period_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(AppError, match="That is no period"):
        read_period(text)


def test_a_period_starts_where_one_starts() -> None:
    with pytest.raises(ValueError, match="no quarter"):
        Period(date(2026, 2, 1), Every.QUARTER)
    with pytest.raises(ValueError, match="no year"):
        Period(date(2026, 4, 1), Every.YEAR)


@given(DAYS, st.sampled_from(Every))
def test_every_day_lies_in_one_period_and_the_next_follows_at_once(day: date, every: Every) -> None:
    period = period_of(day, every)
    assert period.start <= day <= period.end
    following = next_period(period, every)
    assert following is not None
    assert following.start == period.end + timedelta(days=1)
    assert read_period(period.id) == period
    assert period.year_before().end < period.start


def test_a_longer_period_only_follows_where_one_starts() -> None:
    first = read_period("2026-Q1")
    assert next_period(first, Every.HALF_YEAR) is None
    assert next_period(read_period("2026-Q2"), Every.HALF_YEAR) == read_period("2026-H2")


def test_months_are_counted_back_from_the_end() -> None:
    end = date(2026, 3, 31)
    assert months_before(end, 3) == date(2026, 1, 1)
    assert months_before(end, 6) == date(2025, 10, 1)
    assert months_before(date(2026, 12, 31), 12) == date(2026, 1, 1)


def test_a_period_is_over_on_the_day_after() -> None:
    period = read_period("2026-Q1")
    assert not period.is_over(date(2026, 3, 31))
    assert period.is_over(date(2026, 4, 1))


def test_a_window_is_one_period_or_one_year() -> None:
    quarters = tuple(read_period(f"2026-Q{n}") for n in (1, 2, 3, 4))
    year = Window(quarters)
    assert (year.id, year.words) == ("2026", "the year 2026")
    assert (year.start, year.end) == (date(2026, 1, 1), date(2026, 12, 31))
    assert Window.from_json(year.to_json()) == year
    assert Window(quarters[:1]).id == "2026-Q1"
    for wrong in ((), quarters[::-1], (quarters[0], quarters[0])):
        with pytest.raises(ValueError, match="window"):
            Window(wrong)
    with pytest.raises(ValueError, match="one year"):
        Window((quarters[3], read_period("2027-Q1")))
