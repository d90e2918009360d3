"""Whole and partial dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.partial_date import PartialDate

DAYS = st.dates()


@given(DAYS, st.integers(1, 3))
def test_writing_and_reading_back(day: date, parts: int) -> None:
    whole = PartialDate(*(day.year, day.month, day.day)[:parts])
    assert PartialDate.parse(str(whole)) == whole
    assert whole.first <= day <= whole.last
    assert whole.whole == (parts == 3)


@given(DAYS)
def test_the_days_it_can_be(day: date) -> None:
    whole = PartialDate.of(day)
    assert whole.first == whole.last == day
    month = PartialDate(day.year, day.month)
    assert month.first.day == 1
    assert (month.last.month, month.first.month) == (day.month, day.month)
    assert PartialDate(day.year).last == date(day.year, 12, 31)


@pytest.mark.parametrize(
    "parts", [(0,), (10_000,), (2026, 13), (2026, -1), (2026, 0, 5), (2027, 2, 29), (2026, 1, -1)]
)
def test_dates_the_calendar_does_not_have(parts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="no such date"):
        PartialDate(*parts)


@pytest.mark.parametrize(
    "text", ["", "26", "2026-1", "2026-11-2", "2026-00", "2026-01-00", "2026/01", "2026-01-01x"]
)
def test_text_that_is_no_stored_date(text: str) -> None:
    with pytest.raises(ValueError, match="date"):
        PartialDate.parse(text)


def test_earlier_comes_first() -> None:
    assert sorted([PartialDate(2026, 2), PartialDate(2025, 12, 31), PartialDate(2026)]) == [
        PartialDate(2025, 12, 31),
        PartialDate(2026),
        PartialDate(2026, 2),
    ]
