"""Values typed on the command line; what can't be one is wrong usage."""

import argparse
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from intake_app.core.errors import AppError


def day(text: str) -> date:
    """A day, as 2026-11-20."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("give a date like 2026-11-20") from error


def month(text: str) -> tuple[int, int]:
    """A month, as 2017-02."""
    try:
        day = date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise argparse.ArgumentTypeError("give a month like 2017-02") from error
    return day.year, day.month


def moment(text: str, zone: str) -> datetime:
    """A moment; without an offset it is on the clock of `zone`. Raises `AppError`."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise AppError("Give times like 2026-11-20T09:10, on the clock of the jail.") from error
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))


def day_or_moment(text: str, zone: str) -> date | datetime:
    """A whole day, or a moment as `moment` reads it. Raises `AppError`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return moment(text, zone)


def zone(text: str) -> str:
    """The name of an IANA time zone."""
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise argparse.ArgumentTypeError("give a time zone like America/New_York") from error


def state(text: str) -> str:
    """The two letters of a state."""
    from intake_app.core.vocabulary import State

    try:
        return State.of(text.upper()).value
    except ValueError as error:
        raise argparse.ArgumentTypeError("give a state as two letters, like FL") from error


def form(text: str) -> Any:
    """A form of detainer, by its name or its key."""
    from intake_app.core.vocabulary import DetainerForm

    for form in DetainerForm:
        if text.casefold() in (form.value.casefold(), form.name.casefold()):
            return form
    raise argparse.ArgumentTypeError(
        f"give one of: {', '.join(form.value for form in DetainerForm)}"
    )


def amount(text: str) -> float:
    """Dollars or days, above 0."""
    try:
        found = float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("give a number like 140 or 231.70") from error
    if not 0 < found < 1_000_000:
        raise argparse.ArgumentTypeError("give a number above 0 and below 1,000,000")
    return found


def threshold(text: str) -> int:
    """The smallest number that is shown."""
    from intake_app.core.disclosure.figures import HIGHEST_THRESHOLD, LOWEST_THRESHOLD

    if text.isdecimal() and LOWEST_THRESHOLD <= int(text) <= HIGHEST_THRESHOLD:
        return int(text)
    raise argparse.ArgumentTypeError(
        f"give a number from {LOWEST_THRESHOLD} to {HIGHEST_THRESHOLD}"
    )


def count(text: str) -> int:
    """A number of cases."""
    try:
        number = int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("give a number of cases") from error
    if not 1 <= number <= 1_000_000:
        raise argparse.ArgumentTypeError("give a number of cases from 1 to 1,000,000")
    return number
