"""The 48 hours a jail may hold a person on an immigration detainer, in every reading.

Two readings stand side by side. The plain one is 48 hours of time that really passes, as Form
I-247A asks. The regulation's (8 C.F.R. § 287.7(d)) leaves out Saturdays, Sundays and holidays.
Only when the later one has passed may anyone say that the time has run out.

The clock starts when the person would otherwise be released from the local matter, not when the
detainer arrives. Where the start is not known there is no clock: nothing here guesses one.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from intake_app.core import clock_notes as say
from intake_app.core.errors import BadAnswer
from intake_app.core.hold_hours import (
    HOLD,
    Span,
    count_all_days,
    count_statute_dates,
    deadline_plain,
    deadline_regulation,
    facility_zone,
    in_utc,
)
from intake_app.core.hold_start import start_of_hold
from intake_app.core.holiday_days import FIRST_YEAR, LAST_YEAR
from intake_app.core.vocabulary import DetainerForm

__all__ = [
    "NO_HOLD_FORMS",
    "ClockReading",
    "ClockState",
    "DetainerForm",
    "deadline_plain",
    "deadline_regulation",
    "read_clock",
]

WARNINGS = (timedelta(hours=12), timedelta(hours=2))
NH_RULE_FROM = date(2026, 1, 1)


class ClockState(StrEnum):
    """Where a detainer's clock stands."""

    NO_HOLD_REQUESTED = "NO_HOLD_REQUESTED"
    NOT_STARTED = "NOT_STARTED"
    RUNNING = "RUNNING"
    PLAIN_PAST_REG_RUNNING = "PLAIN_PAST_REG_RUNNING"
    EXPIRED_ALL_READINGS = "EXPIRED_ALL_READINGS"
    STOPPED = "STOPPED"


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What the clock shows at one moment. All times are aware, in the facility's zone.

    Where the start is known to the minute, the two times of each pair are the same. Where only
    the day is known (or two starts can be argued), warnings go by the early time of a pair and
    conclusions by the late one: `state` and `hours_over` use only late times.

    state: the conclusion, safe to act on.
    plain_deadline, plain_latest: 48 elapsed hours from the early and from the late start.
        Say in a letter that the plain 48 hours are over only after `plain_latest`.
    regulation_earliest, regulation_deadline: the regulation's 48 hours from the early and from
        the late start, observed holidays and the office's added days left out.
    regulation_statute_dates: as `regulation_deadline`, leaving out only Saturdays, Sundays and
        the holidays' own dates; never later than `regulation_deadline`.
    start_earliest, start_latest: the start, None where unknown.
    ended: when counting stopped (other authority, release, transfer), None while it goes on.
    hours_over: hours past `regulation_deadline`, 0.0 before it; for a form that asks for no
        hold, hours past release. None where the start is unknown.
    hours_held_on_detainer: hours from the late start, 0.0 before it; None where unknown.
    notes: sentences for the user; for a form that asks for a hold the first two name the
        sources of the plain and of the regulation's reading.
    next_alert: the next moment to warn: at the start, 12 and 2 hours before a deadline, and at
        each deadline. None when nothing more is coming.
    left: time to the next deadline of either reading; None when there is none ahead.
    """

    state: ClockState
    plain_deadline: datetime | None
    plain_latest: datetime | None
    regulation_earliest: datetime | None
    regulation_deadline: datetime | None
    regulation_statute_dates: datetime | None
    start_earliest: datetime | None
    start_latest: datetime | None
    ended: datetime | None
    hours_over: float | None
    hours_held_on_detainer: float | None
    notes: tuple[str, ...]
    next_alert: datetime | None
    left: timedelta | None


class _Deadlines(NamedTuple):
    """When each reading's 48 hours are used up, in UTC, from the early and the late start."""

    plain: Span
    regulation: Span
    statute_dates: datetime


NO_HOLD_FORMS = {
    DetainerForm.I247N: say.NO_HOLD_I247N,
    DetainerForm.I247X: say.NO_HOLD_I247X,
    DetainerForm.I247G: say.NO_HOLD_I247G,
}
"""Forms that ask the jail for notice or transfer and for no hold, and what to say of each."""

_PLAIN_SOURCES = {
    DetainerForm.I247A: say.PLAIN_I247A,
    DetainerForm.I247D: say.PLAIN_I247D,
    DetainerForm.ORAL: say.PLAIN_ORAL,
    DetainerForm.UNKNOWN: say.PLAIN_UNKNOWN,
    DetainerForm.NONE_SEEN: say.PLAIN_NONE_SEEN,
}

_NOT_SERVED = {
    DetainerForm.I247A: say.NOT_SERVED_I247A,
    DetainerForm.I247D: say.NOT_SERVED_I247D,
}


def read_clock(
    *,
    form: DetainerForm,
    edition: tuple[int, int] | None,
    state: str | None,
    zone: str,
    release_due: datetime | date | None,
    received: datetime | None,
    served: bool | None,
    stopped_at: datetime | None,
    ended_at: datetime | None,
    now: datetime,
    added_days: frozenset[date] = frozenset(),
) -> ClockReading:
    """Read the clock of one detainer at `now`.

    form, edition: the paper and, for Form I-247, the year and month printed on it.
    state: two letters, the state of the facility; zone: the facility's IANA zone.
    release_due: when the person would otherwise be released; a date where only the day is
        known. A bond tendered and refused because of the detainer counts as posted.
    received: when the jail got the detainer (and warrant); it starts the clock only in North
        Carolina from 1 December 2024 to 30 September 2025.
    served: whether the form was served on the person.
    stopped_at: a new arrest, a court's commitment or another agency's warrant.
    ended_at: release, or transfer to the agency that asked.
    added_days: days the office has added that a jail may claim as holidays.

    Raises BadAnswer for a time without a zone, an unknown zone, or an impossible year or month.
    """
    facility = facility_zone(zone)
    jurisdiction = (state or "").strip().upper()
    now_utc = in_utc(now)
    end, ended, stop_notes = _end(now_utc, stopped_at, ended_at)
    start, due, start_notes = start_of_hold(jurisdiction, release_due, received, facility)
    plain_source = _plain_source(form, edition)
    if form in NO_HOLD_FORMS:
        return _read_no_hold(
            form, due=due, end=end, ended=ended, stop_notes=stop_notes, facility=facility
        )

    notes = [plain_source, say.REGULATION, *start_notes]
    if served is False and form in _NOT_SERVED:
        notes.append(_NOT_SERVED[form])
    if start is None:
        return _read_without_start(ended, [*notes, *stop_notes], facility)

    deadlines = _deadlines(start, facility, added_days)
    # Held for the local case until then, whatever the detainer's clock says: only North
    # Carolina's count from receipt can start before release is due.
    free_from = start.late if due is None else max(start.late, due.late)
    next_alert = left = None
    if ended is None:
        clock_state = _state(now_utc, start, deadlines, free_from)
        next_alert = _next_alert(now_utc, start, deadlines, free_from)
        left = min(
            (at - now_utc for at in (*deadlines.plain, *deadlines.regulation) if at >= now_utc),
            default=None,
        )
        if clock_state is ClockState.NOT_STARTED and now_utc >= start.early:
            notes.append(say.NC_STILL_LOCAL)
    else:
        clock_state = ClockState.STOPPED
        if end < start.early:
            stop_notes.append(say.ENDED_BEFORE_START)

    start_here = _here(start, facility)
    plain_here = _here(deadlines.plain, facility)
    regulation_here = _here(deadlines.regulation, facility)
    if start_here.early.time() != plain_here.early.time():
        notes.append(say.CLOCKS_CHANGE)
    if deadlines.statute_dates < deadlines.regulation.late:
        notes.append(say.SOONER_BY_STATUTE_DATES)
    if jurisdiction == "NH" and start_here.late.date() >= NH_RULE_FROM:
        notes.append(say.NH_STATE_RULE)
    return ClockReading(
        state=clock_state,
        plain_deadline=plain_here.early,
        plain_latest=plain_here.late,
        regulation_earliest=regulation_here.early,
        regulation_deadline=regulation_here.late,
        regulation_statute_dates=deadlines.statute_dates.astimezone(facility),
        start_earliest=start_here.early,
        start_latest=start_here.late,
        ended=None if ended is None else ended.astimezone(facility),
        hours_over=_hours(end - max(deadlines.regulation.late, free_from)),
        hours_held_on_detainer=_hours(end - free_from),
        notes=(*notes, *stop_notes),
        next_alert=None if next_alert is None else next_alert.astimezone(facility),
        left=left,
    )


def _deadlines(start: Span, facility: ZoneInfo, added_days: frozenset[date]) -> _Deadlines:
    late, met_doubtful_day = count_all_days(start.late, facility, added_days)
    exact = start.early == start.late
    early = late if exact else count_all_days(start.early, facility, added_days)[0]
    return _Deadlines(
        plain=Span(start.early + HOLD, start.late + HOLD),
        regulation=Span(early, late),
        statute_dates=count_statute_dates(start.late, facility) if met_doubtful_day else late,
    )


def _state(now: datetime, start: Span, deadlines: _Deadlines, free_from: datetime) -> ClockState:
    if now < start.early:
        return ClockState.NOT_STARTED
    # "Not to exceed 48 hours": the last instant itself is still within them.
    if now <= deadlines.plain.late:
        return ClockState.RUNNING
    if now < free_from:
        return ClockState.NOT_STARTED
    if now <= deadlines.regulation.late:
        return ClockState.PLAIN_PAST_REG_RUNNING
    return ClockState.EXPIRED_ALL_READINGS


def _next_alert(
    now: datetime, start: Span, deadlines: _Deadlines, free_from: datetime
) -> datetime | None:
    moments = [start.early, *deadlines.plain, *deadlines.regulation]
    moments += [deadlines.plain.early - before for before in WARNINGS]
    moments += [deadlines.regulation.early - before for before in WARNINGS]
    if free_from > start.late:
        moments.append(free_from)
    return min((at for at in moments if at > now), default=None)


def _end(
    now: datetime, stopped_at: datetime | None, ended_at: datetime | None
) -> tuple[datetime, datetime | None, list[str]]:
    """Return until when to count, since when the clock stands still, and what to say about it."""
    stopped = None if stopped_at is None else in_utc(stopped_at)
    left = None if ended_at is None else in_utc(ended_at)
    notes = []
    past = []
    if stopped is not None and stopped <= now:
        past.append(stopped)
        notes.append(say.STOPPED_OTHER_AUTHORITY)
    if left is not None and left <= now:
        past.append(left)
        notes.append(say.STOPPED_ENDED)
    if len(past) < (stopped is not None) + (left is not None):
        notes.append(say.STOP_AHEAD)
    ended = min(past, default=None)
    return now if ended is None else ended, ended, notes


def _read_no_hold(
    form: DetainerForm,
    *,
    due: Span | None,
    end: datetime,
    ended: datetime | None,
    stop_notes: list[str],
    facility: ZoneInfo,
) -> ClockReading:
    """Forms I-247N, I-247X and I-247G ask for no hold: every hour past release is over."""
    over = None if due is None else _hours(end - due.late)
    coming = [at for at in due or () if at > end] if ended is None else []
    return ClockReading(
        state=ClockState.NO_HOLD_REQUESTED,
        plain_deadline=None,
        plain_latest=None,
        regulation_earliest=None,
        regulation_deadline=None,
        regulation_statute_dates=None,
        start_earliest=None if due is None else due.early.astimezone(facility),
        start_latest=None if due is None else due.late.astimezone(facility),
        ended=None if ended is None else ended.astimezone(facility),
        hours_over=over,
        hours_held_on_detainer=over,
        notes=(NO_HOLD_FORMS[form], say.OVER_FROM_FIRST_HOUR, *stop_notes),
        next_alert=min(coming).astimezone(facility) if coming else None,
        left=None,
    )


def _read_without_start(
    ended: datetime | None, notes: list[str], facility: ZoneInfo
) -> ClockReading:
    return ClockReading(
        state=ClockState.NOT_STARTED if ended is None else ClockState.STOPPED,
        plain_deadline=None,
        plain_latest=None,
        regulation_earliest=None,
        regulation_deadline=None,
        regulation_statute_dates=None,
        start_earliest=None,
        start_latest=None,
        ended=None if ended is None else ended.astimezone(facility),
        hours_over=None,
        hours_held_on_detainer=None,
        notes=tuple(notes),
        next_alert=None,
        left=None,
    )


def _plain_source(form: DetainerForm, edition: tuple[int, int] | None) -> str:
    if edition is not None and not (
        FIRST_YEAR <= edition[0] <= LAST_YEAR and 1 <= edition[1] <= 12
    ):
        raise BadAnswer("The form's edition must be a year and a month, such as 2011-12.")
    if form is not DetainerForm.I247:
        return _PLAIN_SOURCES.get(form, "")
    if edition is None:
        return say.PLAIN_I247_NO_EDITION
    if edition < (2010, 8):
        return say.PLAIN_I247_BEFORE_AUGUST_2010
    if edition < (2011, 6):
        return say.PLAIN_I247_AUGUST_2010
    if (2011, 12) <= edition < (2012, 12):
        return say.PLAIN_I247_DECEMBER_2011
    return say.PLAIN_I247_UNCHECKED


def _here(span: Span, facility: ZoneInfo) -> Span:
    early = span.early.astimezone(facility)
    return Span(early, early if span.early == span.late else span.late.astimezone(facility))


def _hours(span: timedelta) -> float:
    return max(span, timedelta(0)) / timedelta(hours=1)
