"""Holidays an office adds to the federal ones, for the 48 hours of a detainer."""

from collections.abc import Mapping
from datetime import date, datetime

from intake_app.core.answers import clean
from intake_app.core.errors import BadAnswer
from intake_app.core.holiday_days import FIRST_YEAR, LAST_YEAR, named_federal_days
from intake_app.core.roles import Act, require
from intake_app.store import office_reference
from intake_app.store.office import Office


def built_in_holidays(office: Office, now: datetime) -> Mapping[int, Mapping[date, str]]:
    """The federal holidays of this year and the next, and their observed weekdays, by year."""
    year = office.today(now).year
    return {one: named_federal_days(one) for one in (year, year + 1)}


def add_holiday(office: Office, day: date, name: str, now: datetime) -> None:
    """Add a day, or name one anew; for attorneys and administrators.

    Raises `BadAnswer` for a day without a name and for one that is built in.
    """
    require(office.member.role, Act.SET_UP_OFFICE)
    name = clean(name)
    if not name:
        raise BadAnswer("Give the holiday a name, so that others know whose day it is.")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadAnswer("Check the year of the holiday.")
    if day in named_federal_days(day.year):
        raise BadAnswer("That is a federal holiday and built in already.")
    office_reference.save_holiday(office, day, name, now)


def remove_holiday(office: Office, day: date, now: datetime) -> None:
    """Take a day of the office's own out again."""
    require(office.member.role, Act.SET_UP_OFFICE)
    office_reference.remove_holiday(office, day, now)
