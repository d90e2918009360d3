"""How long an episode held somebody on the detainer, as far as it can be known for certain.

The clock is that of `core.custody_clock`: from when release was due. Where only a day is known,
or the end is not, there is an early and a late reading of each moment, and an answer only where
both agree.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from intake_app.core.case_clock import release_due, zone_of
from intake_app.core.casefile import Custody, Detainer
from intake_app.core.custody_clock import NO_HOLD_FORMS
from intake_app.core.errors import BadAnswer
from intake_app.core.hold_hours import (
    HOLD,
    Span,
    count_all_days,
    facility_zone,
    in_utc,
    span_of,
)
from intake_app.core.hold_start import start_of_hold
from intake_app.core.reports.episode_papers import leading_paper
from intake_app.core.reports.words import UNKNOWN
from intake_app.core.vocabulary import DetainerStatus, ReleasedTo, YesNo

_EVER = datetime(1, 1, 3, tzinfo=UTC)
_NEVER = datetime(9999, 12, 28, tzinfo=UTC)
_ALWAYS = Span(_EVER, _NEVER)

_LIFTED = (DetainerStatus.CANCELLED, DetainerStatus.DECLINED)


@dataclass(frozen=True)
class Hold:
    """`plain`, `rule`: whether 48 hours passed in each reading. NaN: not known."""

    plain: str = UNKNOWN
    rule: str = UNKNOWN
    hours: float = math.nan
    midnights: float = math.nan


def hold_of(
    detainers: Sequence[Detainer],
    custody: Custody,
    zone: str,
    now: datetime,
    added_days: frozenset[date],
) -> Hold:
    """The hold of one episode as it stood at `now`.

    zone: the office's, for a facility without one. added_days: the office's own holidays.
    """
    try:
        facility = facility_zone(zone_of(custody, zone))
        left = _custody_end(custody, in_utc(now))
        if _before_any_paper(detainers, left):
            return Hold("no", "no", 0.0, 0.0)
        end = _end(detainers, left, facility)
        return _read(leading_paper(detainers), custody, facility, end, added_days)
    except BadAnswer:
        # A year like 2206: the date is a slip of the pen, and nothing can be counted from it.
        return Hold()


def _read(
    lead: Detainer, custody: Custody, facility: ZoneInfo, end: Span, added_days: frozenset[date]
) -> Hold:
    state = custody.facility_state.value if custody.facility_state else ""
    start, due, _ = start_of_hold(state, release_due(custody), lead.received_at, facility)
    if due is None:
        return Hold()
    if lead.form in NO_HOLD_FORMS:
        start = due
    if start is None:
        return Hold(midnights=_midnights(due, end, facility))
    # Until the local matter ends nobody is held on the detainer, whatever the clock says.
    free = _later(start, due)
    late = count_all_days(start.late, facility, added_days)[0]
    exact = start.early == start.late
    early = late if exact else count_all_days(start.early, facility, added_days)[0]
    return Hold(
        plain=_past(end, _later(Span(start.early + HOLD, start.late + HOLD), due)),
        rule=_past(end, _later(Span(early, late), due)),
        hours=_hours(free, end),
        midnights=_midnights(due, end, facility),
    )


def _later(one: Span, other: Span) -> Span:
    return Span(max(one.early, other.early), max(one.late, other.late))


def _past(end: Span, deadline: Span) -> str:
    # “Not to exceed 48 hours”: the last instant itself is still within them.
    if end.early > deadline.late:
        return "yes"
    return "no" if end.late <= deadline.early else UNKNOWN


def _hours(free: Span, end: Span) -> float:
    if end.late <= free.early:
        return 0.0
    if free.early != free.late or end.early != end.late:
        return math.nan
    return (end.early - free.early) / timedelta(hours=1)


def _midnights(due: Span, end: Span, facility: ZoneInfo) -> float:
    if end.late <= due.early:
        return 0.0
    (due_first, due_last), (end_first, end_last) = _days(due, facility), _days(end, facility)
    if due_first != due_last or end_first != end_last:
        return math.nan
    return float(max(0, (end_first - due_first).days))


def _days(span: Span, facility: ZoneInfo) -> tuple[date, date]:
    """The first and the last local day of a span; its late end at midnight is the day before."""
    late = span.late - timedelta(microseconds=span.late > span.early)
    return span.early.astimezone(facility).date(), late.astimezone(facility).date()


def _end(detainers: Sequence[Detainer], left: Span, facility: ZoneInfo) -> Span:
    """When nobody was held on a detainer any more: custody had ended, or each was taken back."""
    lifted = _lifted(detainers)
    if lifted is None:
        return left
    first, last = lifted
    if left.early == left.late and left.early.astimezone(facility).date() <= first:
        # Taken back on the day of release, or after it: release is the end.
        return left
    since = _EVER if first == date.min else span_of(first, facility).early
    until = _NEVER if last == date.max else span_of(last, facility).late
    return Span(min(left.early, since), min(left.late, until))


def _custody_end(custody: Custody, now: datetime) -> Span:
    """When the person was let go, taken, or held for another matter."""
    ends = [custody.other_hold_at]
    if custody.released_to is not ReleasedTo.STILL_HELD:
        ends.append(custody.released_at)
    past = [at for each in ends if each is not None and (at := in_utc(each)) <= now]
    if past:
        return Span(min(past), min(past))
    seen = custody.custody_confirmed_at
    if custody.in_custody is YesNo.YES and seen is not None and in_utc(seen) <= now:
        # Still there at that moment, whenever it ended.
        return Span(in_utc(seen), _NEVER)
    return _ALWAYS


def _before_any_paper(detainers: Sequence[Detainer], left: Span) -> bool:
    """Whether the person had certainly gone before the jail received the first detainer."""
    received = [one.received_at for one in detainers]
    known = [in_utc(at) for at in received if at is not None]
    return len(known) == len(received) and left.late < min(known)


def _lifted(detainers: Sequence[Detainer]) -> tuple[date, date] | None:
    """The first and the last day the last detainer can have been taken back; None: one was not.

    One that expired was not taken back: holding on goes on being on it.
    """
    standing = [one for one in detainers if one.status is not DetainerStatus.SUPERSEDED]
    if not standing or any(one.status not in _LIFTED for one in standing):
        return None
    ends = [one.ended_on for one in standing]
    if None in ends:
        return date.min, date.max
    known = [end for end in ends if end is not None]
    return max(end.first for end in known), max(end.last for end in known)
