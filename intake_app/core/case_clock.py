"""The 48-hour clock of a case: which paper it is read from, and how urgent it is.

The desk, the head of a case, its timeline and the notices of deadlines all read the clock here.
"""

from collections.abc import Iterable
from datetime import date, datetime

from intake_app.core.casefile import Custody, Detainer
from intake_app.core.custody_clock import ClockReading, ClockState, read_clock
from intake_app.core.errors import BadAnswer
from intake_app.core.vocabulary import DetainerForm, DetainerStatus, YesNo

STANDING = (None, DetainerStatus.ACTIVE, DetainerStatus.UNKNOWN)
"""What a detainer may be said to be while it still stands: nobody wrote down that it ended."""

_SERVED = {YesNo.YES: True, YesNo.NO: False}


def clock_of(
    detainer: Detainer,
    custody: Custody,
    zone: str,
    now: datetime,
    added_days: frozenset[date] = frozenset(),
) -> ClockReading | None:
    """Read the clock of one detainer at `now`; None where a date of the case can't be right.

    zone: the office's IANA zone, for a facility without one. added_days: the office's holidays.
    """
    edition = detainer.edition
    try:
        return read_clock(
            form=detainer.form or DetainerForm.UNKNOWN,
            edition=(edition.year, edition.month) if edition and edition.month else None,
            state=custody.facility_state.value if custody.facility_state else None,
            zone=zone_of(custody, zone),
            release_due=release_due(custody),
            received=detainer.received_at,
            served=_SERVED.get(detainer.served) if detainer.served else None,
            stopped_at=custody.other_hold_at,
            ended_at=custody.released_at,
            now=now,
            added_days=added_days,
        )
    except BadAnswer:
        # A year like 2206 has no clock; the form shows the date as it was typed.
        return None


def stands(detainer: Detainer) -> bool:
    """Whether a detainer still stands: it is said to be active, or nobody wrote down its end."""
    ended = detainer.ended_on is not None and detainer.status is not DetainerStatus.ACTIVE
    return detainer.status in STANDING and not ended


def is_over(detainer: Detainer) -> bool:
    """Whether a letter must take it that a detainer asks for nothing any more.

    One said to be active and to have ended is over here, and stands on the clock: the careful
    side of each.
    """
    return detainer.status not in STANDING or detainer.ended_on is not None


def standing_detainer(
    detainers: Iterable[Detainer],
    custody: Custody,
    zone: str,
    now: datetime,
    added_days: frozenset[date] = frozenset(),
) -> tuple[Detainer, ClockReading | None] | None:
    """The detainer that stands for a case, with its clock; None where none is standing.

    A second detainer starts no new 48 hours, so a case has one clock. The newest paper stands
    for it, but one that asks for a hold goes before one that only asks for notice: while the
    first stands, nobody may say that every hour past release is over.
    """
    found: tuple[Detainer, ClockReading | None] | None = None
    for detainer in detainers:
        if not stands(detainer):
            continue
        read = clock_of(detainer, custody, zone, now, added_days)
        if found is None or _asks_for_hold(read) or not _asks_for_hold(found[1]):
            found = (detainer, read)
    return found


def release_due(custody: Custody) -> datetime | date | None:
    """When the local matter ends: a moment, a day, or not known."""
    if custody.release_due_at is not None:
        return custody.release_due_at
    known = custody.release_due_on
    return known.first if known is not None and known.whole else None


def zone_of(custody: Custody, zone: str) -> str:
    """The facility's IANA zone, else `zone`, the office's."""
    return custody.facility_zone.value if custody.facility_zone else zone


_ORDER = {
    ClockState.EXPIRED_ALL_READINGS: 0,
    ClockState.PLAIN_PAST_REG_RUNNING: 1,
    ClockState.RUNNING: 2,
    ClockState.NO_HOLD_REQUESTED: 4,
    ClockState.NOT_STARTED: 5,
    ClockState.STOPPED: 6,
}
_DATES_ARE_WRONG = 3


def urgency(reading: ClockReading | None) -> tuple[int, float]:
    """A key to sort clocks by: the longest over first; then the next to run out."""
    if reading is None:
        return (_DATES_ARE_WRONG, 0.0)
    if reading.ended is not None:
        return (_ORDER[ClockState.STOPPED], 0.0)
    if reading.hours_over:
        return (_ORDER[ClockState.EXPIRED_ALL_READINGS], -reading.hours_over)
    left = reading.left.total_seconds() if reading.left is not None else 0.0
    return (_ORDER[reading.state], left)


def _asks_for_hold(reading: ClockReading | None) -> bool:
    return reading is None or reading.state is not ClockState.NO_HOLD_REQUESTED
