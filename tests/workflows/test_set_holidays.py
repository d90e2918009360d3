"""Holidays of the office's own, and what they do to the clock."""

from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from intake_app.core.errors import BadAnswer, NotAllowed
from intake_app.core.hold_hours import count_all_days
from intake_app.core.holiday_days import federal_days
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.workflows.set_holidays import add_holiday, built_in_holidays, remove_holiday
from tests.conftest import NOW
from tests.offices import unlocked

WEDNESDAY = date(2027, 3, 31)


def test_the_built_in_days_are_those_the_clock_knows(office: Office) -> None:
    years = built_in_holidays(office, NOW)
    assert list(years) == [2026, 2027]
    for year, days in years.items():
        known = federal_days(year)
        assert set(days) == known.actual | known.observed
    assert years[2026][date(2026, 6, 19)].startswith("Juneteenth")


def test_an_added_day_reaches_the_clock(office: Office) -> None:
    zone = ZoneInfo("America/New_York")
    start = datetime(2027, 3, 30, 12, tzinfo=zone)
    without, _ = count_all_days(start, zone, frozenset(office.reference.holidays))
    add_holiday(office, WEDNESDAY, "Farmworkers’ Day, state", NOW)
    with_it, _ = count_all_days(start, zone, frozenset(office.reference.holidays))
    assert (with_it - without).days == 1
    remove_holiday(office, WEDNESDAY, NOW)
    assert count_all_days(start, zone, frozenset(office.reference.holidays))[0] == without


def test_what_can_not_be_one_is_refused(office: Office) -> None:
    with pytest.raises(BadAnswer, match="name"):
        add_holiday(office, WEDNESDAY, "  ", NOW)
    with pytest.raises(BadAnswer, match="built in"):
        add_holiday(office, date(2027, 7, 5), "Independence Day", NOW)
    with pytest.raises(BadAnswer, match="year"):
        add_holiday(office, date(2207, 3, 31), "A slip", NOW)
    assert office.reference.holidays == {}


def test_juneteenth_before_2021_was_no_federal_holiday(office: Office) -> None:
    add_holiday(office, date(2020, 6, 19), "Juneteenth, state", NOW)
    assert office.reference.holidays == {date(2020, 6, 19): "Juneteenth, state"}
    with pytest.raises(BadAnswer, match="built in"):
        add_holiday(office, date(2026, 6, 19), "Juneteenth", NOW)


@pytest.mark.parametrize("role", list(Role))
def test_attorneys_and_administrators_only(staffed: Office, role: Role) -> None:
    add_holiday(staffed, WEDNESDAY, "Farmworkers’ Day", NOW)
    folder = staffed.folder
    staffed.close()
    with unlocked(folder, role) as opened:
        if role in (Role.ATTORNEY, Role.ADMINISTRATOR):
            add_holiday(opened, date(2026, 12, 24), "Executive order", NOW)
            remove_holiday(opened, WEDNESDAY, NOW)
            assert list(opened.reference.holidays) == [date(2026, 12, 24)]
        else:
            for act in (
                partial(add_holiday, opened, date(2026, 12, 24), "Executive order", NOW),
                partial(remove_holiday, opened, WEDNESDAY, NOW),
            ):
                with pytest.raises(NotAllowed):
                    act()
            assert list(opened.reference.holidays) == [WEDNESDAY]
