"""Notices of deadlines: at the start of a clock, 12 and 2 hours before a deadline, and at each.

A notice tells that time runs out and nothing else: no name, number or place, for it may be shown
on a screen others see. What is kept between two looks at the file are times alone.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import overload

from intake_app.core.custody_clock import WARNINGS, ClockReading, ClockState

AHEAD = timedelta(days=14)
"""Notices further ahead are not made yet; the file is read again long before."""

_SOON_AFTER = timedelta(seconds=1)
"""The last instant of 48 hours is still within them: only after it may anything be said."""

OPEN = "Open Intake Desk."


@dataclass(frozen=True)
class Notice:
    """What is due at `at`. A warning has `until`, the deadline it warns of; others have `words`."""

    at: datetime
    until: datetime | None = None
    words: str = ""

    def said(self, now: datetime) -> str:
        """The sentence, true at `now`: a computer that slept says how much is left by then."""
        if self.until is None:
            return self.words
        minutes = max(round((self.until - now) / timedelta(minutes=1)), 0)
        if minutes < 90:
            left = "1 minute" if minutes == 1 else f"{minutes} minutes"
        else:
            left = f"{round(minutes / 60)} hours"
        return f"A detainer clock has {left} left."


def notices_of(read: Callable[[datetime], ClockReading | None], now: datetime) -> list[Notice]:
    """The notices of one clock after `now`, in order; `read` reads the clock at any moment."""
    found = []
    reading = read(now)
    while reading is not None and reading.ended is None and reading.next_alert:
        at = _utc(reading.next_alert)
        if at > now + AHEAD:
            break
        reading, after = read(at), read(at + _SOON_AFTER)
        # Past a limit, but still held for the local case (North Carolina's count from receipt):
        # nobody is held too long.
        if reading is not None and after is not None and _runs(after):
            found.append(_notice(at, reading))
    return found


def due_notices(
    clocks: Iterable[Sequence[Notice]], since: datetime, now: datetime
) -> tuple[Notice, ...]:
    """What fell due after `since` and up to `now`: of each clock the last, which holds now."""
    found = []
    for notices in clocks:
        due = [notice for notice in notices if since < notice.at <= now]
        if due:
            found.append(max(due, key=lambda notice: notice.at))
    return tuple(found)


def sentence(due: Sequence[Notice], now: datetime) -> str:
    """One sentence for everything that fell due; empty where nothing did."""
    if len(due) > 1:
        return f"{len(due)} detainer clocks have come to a deadline."
    return due[0].said(now) if due else ""


def _runs(reading: ClockReading) -> bool:
    return reading.ended is None and reading.state is not ClockState.NOT_STARTED


def _notice(at: datetime, reading: ClockReading) -> Notice:
    """What the clock, read at its alert `at`, gives notice of."""
    match reading.state:
        case ClockState.NO_HOLD_REQUESTED:
            return Notice(at, words="A release is due where the detainer asks for no hold.")
        case ClockState.EXPIRED_ALL_READINGS:
            return Notice(at, words=_OVER)
    if at == _utc(reading.start_earliest):
        return Notice(at, words="A detainer clock has started.")
    # From the last to happen to the first: where two limits are one moment, the later holds.
    for limit, words in (
        (reading.regulation_deadline, _OVER),
        (reading.plain_latest, _PLAIN),
        (reading.regulation_earliest, "A detainer clock may have run out."),
        (reading.plain_deadline, "48 hours may have passed on a detainer clock."),
    ):
        if at == _utc(limit):
            return Notice(at, words=words)
    if reading.left in WARNINGS:
        return Notice(at, until=at + reading.left)
    # Another limit is nearer than the one this warns of, or the local case has ended since.
    limits = (_utc(reading.plain_deadline), _utc(reading.regulation_earliest))
    until = next((to for to in limits if to is not None and to - at in WARNINGS), None)
    return Notice(at, until=until, words="" if until else _PLAIN)


@overload
def _utc(at: datetime) -> datetime: ...
@overload
def _utc(at: None) -> None: ...
def _utc(at: datetime | None) -> datetime | None:
    """Two times of one zone are compared by the clock on the wall, which goes back in autumn."""
    return None if at is None else at.astimezone(UTC)


_OVER = "A detainer clock has run out."
_PLAIN = "48 hours have passed on a detainer clock."
