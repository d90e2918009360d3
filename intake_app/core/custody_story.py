"""The timeline of one case in custody: what happened, and when time runs out, in order.

Only what is written down is told. Which days a jail may leave out, and where each limit comes
from, is `core.custody_clock`'s to say; its sentences go along as sources.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from zoneinfo import ZoneInfo

from intake_app.core.answers import show_date
from intake_app.core.case import CaseFile
from intake_app.core.case_clock import STANDING, standing_detainer, zone_of
from intake_app.core.casefile import Charge, Custody, Detainer, Transfer
from intake_app.core.custody_clock import ClockReading, ClockState, DetainerForm
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import ChargeOutcome, ReleasedTo, YesNo

TOLD = (Custody, Transfer, Charge, Detainer)
"""The records a story is told from."""

TRANSFER_SOURCE = (
    "The program goes on counting: a transfer between jails starts no new 48 hours. That is an "
    "argument, not a settled rule."
)


class Mark(Enum):
    """What a moment is, beside its words: its value is what a screen reader says of it."""

    DONE = "done"
    AHEAD = "ahead"
    PASSED = "limit passed"


@dataclass(frozen=True)
class Moment:
    """One line of the timeline.

    at: aware, to order by; `when` is how people say it, in the facility's zone. source: where a
    limit comes from, a sentence.
    """

    at: datetime
    when: str
    words: str
    mark: Mark = Mark.DONE
    source: str = ""


@dataclass(frozen=True)
class CustodyStory:
    """The moments in order, and the clock of the detainer that stands for the case.

    standing: whether any detainer stands. reading: its clock, None where none stands or a date
    of the case can't be right. notes: what the clock says beside its times.
    """

    moments: tuple[Moment, ...]
    standing: bool
    reading: ClockReading | None
    notes: tuple[str, ...]


def custody_story(
    case: CaseFile, zone: str, now: datetime, added_days: frozenset[date] = frozenset()
) -> CustodyStory:
    """Read the clock of a case and put every known moment in order.

    zone: the office's IANA zone, for a facility without one. added_days: the office's holidays.
    """
    custody = case.one(Custody)
    said = _Sayer(ZoneInfo(zone_of(custody, zone)), now)
    found = standing_detainer(case.all(Detainer), custody, zone, now, added_days)
    detainer, reading = found if found is not None else (None, None)
    told = [*_custody(custody, said), *_moves(case, said), *_charges(case, said)]
    for paper in case.all(Detainer):
        told += _detainer(paper, said)
    if detainer is not None and reading is not None:
        told += _limits(detainer, reading, said)
    return CustodyStory(_in_order(told), found is not None, reading, _other_notes(reading))


@dataclass(frozen=True)
class _Told:
    """A moment, where in the usual course of a case it stands, and whether its hour is known."""

    place: int
    timed: bool
    moment: Moment


class _Sayer:
    """Puts moments into words for one facility at one `now`."""

    def __init__(self, zone: ZoneInfo, now: datetime) -> None:
        self.zone, self.now = zone, now
        self._year = now.astimezone(zone).year

    def say(self, place: int, at: datetime | PartialDate, words: str, source: str = "") -> _Told:
        """Something that happened or is due."""
        if isinstance(at, datetime):
            here, timed, when = at.astimezone(self.zone), True, self.moment(at)
        else:
            here, timed = datetime.combine(at.first, time(), self.zone), False
            when = self._day(here) if at.whole else show_date(at)
        # A day without an hour lies ahead only when it has not begun.
        mark = Mark.AHEAD if here > self.now else Mark.DONE
        return _Told(place, timed, Moment(here, when, words, mark, source))

    def limit(self, place: int, at: datetime, words: str, mark: Mark, source: str) -> _Told:
        """A limit of the clock."""
        here = at.astimezone(self.zone)
        when = f"{self.moment(at)} {here:%Z}"
        return _Told(place, True, Moment(here, when, words, mark, source))

    def moment(self, at: datetime) -> str:
        """`Fri 20 Nov 09:10` on the facility's clock; the year where it is another one."""
        here = at.astimezone(self.zone)
        return f"{self._day(here)} {here:%H:%M}"

    def _day(self, here: datetime) -> str:
        year = "" if here.year == self._year else f" {here.year}"
        return f"{here:%a} {here.day} {here:%b}{year}"


def _custody(custody: Custody, said: _Sayer) -> Iterator[_Told]:
    agency = f" · {custody.arresting_agency}" if custody.arresting_agency else ""
    bail = f" · {_dollars(custody.bail_set)}" if custody.bail_set is not None else ""
    for place, at, words in (
        (0, custody.arrested_at, f"arrested{agency}"),
        (1, custody.booked_on, "booked"),
        (2, custody.fingerprinted_at, "fingerprints taken"),
        (8, custody.bail_posted_at, f"bail posted or tendered{bail}"),
        (10, custody.release_due_at or custody.release_due_on, _due_words(custody)),
        (13, custody.other_hold_at, "held for another matter: the clock stops"),
        (14, custody.released_at, _gone_words(custody)),
    ):
        if at is not None:
            yield said.say(place, at, words)
    if custody.bail_refused_at is not None and custody.bail_refused is not YesNo.NO:
        yield said.say(9, custody.bail_refused_at, "bail refused because of the detainer")


def _due_words(custody: Custody) -> str:
    basis = custody.release_basis
    return f"{basis.label.lower()}: release due" if basis else "release due"


def _gone_words(custody: Custody) -> str:
    to = custody.released_to
    if to is None or to is ReleasedTo.UNKNOWN:
        return "released or taken"
    return "released" if to is ReleasedTo.COMMUNITY else f"went to: {to.label}"


def _moves(case: CaseFile, said: _Sayer) -> Iterator[_Told]:
    for transfer in case.all(Transfer):
        if transfer.moved_at is not None:
            to = f" to {transfer.facility}" if transfer.facility else " to another jail"
            yield said.say(12, transfer.moved_at, f"moved{to}", TRANSFER_SOURCE)


_NO_END = {
    ChargeOutcome.REDUCED: "reduced",
    ChargeOutcome.DEFERRED: "deferred",
    ChargeOutcome.DIVERTED: "diverted",
}
"""Outcomes after which a charge is still there."""


def _charges(case: CaseFile, said: _Sayer) -> Iterator[_Told]:
    ends: dict[PartialDate, list[str]] = defaultdict(list)
    for charge in case.all(Charge):
        outcome = charge.outcome
        if charge.outcome_on is None or outcome in (ChargeOutcome.PENDING, ChargeOutcome.UNKNOWN):
            continue
        if outcome in _NO_END:
            yield said.say(7, charge.outcome_on, f"charge {_NO_END[outcome]}")
        else:
            ends[charge.outcome_on].append(outcome.label.lower() if outcome else "")
    for day, outcomes in ends.items():
        ended = "charge ended" if len(outcomes) == 1 else f"{len(outcomes)} charges ended"
        how = ", ".join(dict.fromkeys(filter(None, outcomes)))
        yield said.say(7, day, f"{ended}: {how}" if how else ended)


def _detainer(detainer: Detainer, said: _Sayer) -> Iterator[_Told]:
    form = f" ({detainer.form.value})" if detainer.form else ""
    if detainer.received_at is not None:
        yield said.say(4, detainer.received_at, f"detainer lodged{form}")
    elif detainer.issued_on is not None:
        yield said.say(3, detainer.issued_on, f"detainer issued{form}")
    if detainer.served_at is not None and detainer.served is not YesNo.NO:
        yield said.say(5, detainer.served_at, "detainer served on the person")
    if detainer.ended_on is not None:
        status = detainer.status
        what = status.label.lower() if status is not None and status not in STANDING else "ended"
        why = f" · {detainer.lift_reason.label.lower()}" if detainer.lift_reason else ""
        yield said.say(15, detainer.ended_on, f"detainer {what}{why}")


_OWN_WORDS = (DetainerForm.I247A, DetainerForm.I247D)
"""Forms whose own words are the plain 48 hours; for the others these are an early warning."""


def _limits(detainer: Detainer, reading: ClockReading, said: _Sayer) -> Iterator[_Told]:
    if reading.plain_latest is None or reading.regulation_deadline is None:
        return
    plain_source, rule_source = reading.notes[:2]
    plain = "form limit" if detainer.form in _OWN_WORDS else "plain 48 hours"
    for early, late, name, source in (
        (reading.plain_deadline, reading.plain_latest, plain, plain_source),
        (reading.regulation_earliest, reading.regulation_deadline, "regulation limit", rule_source),
    ):
        if early is not None and early != late:
            yield from _limit(early, f"{name}, at the earliest", reading, said, source, over=False)
        yield from _limit(late, name, reading, said, source, over=True)


def _limit(
    at: datetime, name: str, reading: ClockReading, said: _Sayer, source: str, *, over: bool
) -> Iterator[_Told]:
    # In UTC: in the hour that comes twice, two times of one zone compare wrongly.
    if at.astimezone(UTC) >= (reading.ended or said.now):
        # The clock stopped before a limit that was not reached: it never comes.
        if reading.ended is None:
            yield said.limit(11, at, name, Mark.AHEAD, source)
    elif over and reading.hours_held_on_detainer:
        yield said.limit(11, at, f"{name} passed", Mark.PASSED, source)
    else:
        # Only the day is known and it may not be over, or the person is still held for the
        # local case (North Carolina's count from receipt).
        yield said.limit(11, at, name, Mark.DONE, source)


def _other_notes(reading: ClockReading | None) -> tuple[str, ...]:
    """What is said beside the sources of the two limits, which stand at the limits."""
    if reading is None:
        return ()
    no_hold = reading.state is ClockState.NO_HOLD_REQUESTED
    limits = not no_hold and reading.plain_latest is not None
    return reading.notes[2:] if limits else reading.notes


def _in_order(told: list[_Told]) -> tuple[Moment, ...]:
    """By time. A day without an hour stands where it does in the usual course of a case."""
    days: dict[date, list[_Told]] = defaultdict(list)
    for one in sorted(told, key=lambda one: (one.moment.at.astimezone(UTC), one.place)):
        if one.timed:
            days[one.moment.at.date()].append(one)
    for one in sorted((one for one in told if not one.timed), key=lambda one: one.place):
        day = days[one.moment.at.date()]
        after = [here for here, other in enumerate(day, start=1) if other.place <= one.place]
        day.insert(max(after, default=0), one)
    ordered = (one.moment for day in sorted(days) for one in days[day])
    return tuple(dict.fromkeys(ordered))


def _dollars(amount: Decimal) -> str:
    whole = amount == amount.to_integral_value()
    return f"${amount:,.0f}" if whole else f"${amount:,.2f}"
