"""Read the desk: clocks by urgency, what to do today, unfinished intakes."""

from dataclasses import dataclass
from datetime import date, datetime

from intake_app.core.answers import show_date
from intake_app.core.casefile import Custody, Detainer
from intake_app.core.custody_clock import ClockReading, ClockState, read_clock
from intake_app.core.partial_date import PartialDate
from intake_app.core.roles import Act, require
from intake_app.core.vocabulary import DetainerForm, YesNo
from intake_app.store import cases
from intake_app.store.desk import held_cases, unfinished_cases, urgent_cases
from intake_app.store.office import Office
from intake_app.store.roster import RosterRow

_SHOWN = 200


@dataclass(frozen=True)
class ClockRow:
    """One running detainer. `detainer` and `custody` let the page tick without the file."""

    case_id: int
    number: str
    name: str
    masked: bool
    facility: str
    detainer_words: str
    detainer: Detainer
    custody: Custody
    zone: str
    reading: ClockReading

    @property
    def release_due(self) -> datetime | date | None:
        """When the local matter ends: a moment, a day, or not known."""
        return _release_due(self.custody)


@dataclass(frozen=True)
class UnfinishedRow:
    """An intake to go on with."""

    case_id: int
    number: str
    name: str
    masked: bool
    changed_at: datetime
    missing: tuple[str, ...]


@dataclass(frozen=True)
class ToDoRow:
    """Something to do about a case now."""

    case_id: int
    number: str
    name: str
    masked: bool
    what: str


@dataclass(frozen=True)
class Desk:
    """Everything on the desk at one moment. `clocks_in_all` counts those not shown too."""

    clocks: tuple[ClockRow, ...]
    clocks_in_all: int
    to_do: tuple[ToDoRow, ...]
    unfinished: tuple[UnfinishedRow, ...]


def clock_of(detainer: Detainer, custody: Custody, zone: str, now: datetime) -> ClockReading:
    """Read the clock of one detainer; `zone` is the office's, for a facility without one."""
    edition = detainer.edition
    return read_clock(
        form=detainer.form or DetainerForm.UNKNOWN,
        edition=(edition.year, edition.month) if edition and edition.month else None,
        state=custody.facility_state.value if custody.facility_state else None,
        zone=custody.facility_zone.value if custody.facility_zone else zone,
        release_due=_release_due(custody),
        received=detainer.received_at,
        served={YesNo.YES: True, YesNo.NO: False}.get(detainer.served or YesNo.UNKNOWN),
        stopped_at=custody.other_hold_at,
        ended_at=custody.released_at,
        now=now,
    )


def read_desk(office: Office, now: datetime) -> Desk:
    """Open cases with a detainer, most urgent first, and what waits to be done."""
    require(office.member.role, Act.READ_CASES)
    zone = office.profile.zone
    with office.reading() as connection:
        read = [
            (held, clock_of(held.detainer, held.custody, zone, now))
            for held in held_cases(connection)
        ]
        running = [pair for pair in read if pair[1].state is not ClockState.STOPPED]
        running.sort(key=lambda pair: _urgency(pair[1]))
        shown = running[:_SHOWN]
        unfinished = unfinished_cases(connection, 50)
        urgent = urgent_cases(connection, 50)
        wanted = {held.case_id for held, _ in shown}
        wanted |= {case.case_id for case in unfinished} | {case.case_id for case in urgent}
        lines = {
            row.case_id: row for row in cases.roster_rows(office, connection, only=sorted(wanted))
        }
    return Desk(
        clocks=tuple(
            _clock_row(lines[held.case_id], held.detainer, held.custody, zone, reading)
            for held, reading in shown
        ),
        clocks_in_all=len(running),
        to_do=tuple(
            ToDoRow(line.case_id, line.number, line.name, line.masked, case.why)
            for case in urgent
            if (line := lines[case.case_id])
        ),
        unfinished=tuple(
            UnfinishedRow(
                line.case_id,
                line.number,
                line.name,
                line.masked,
                datetime.fromisoformat(case.changed_at),
                case.missing,
            )
            for case in unfinished
            if (line := lines[case.case_id])
        ),
    )


_ORDER = {
    ClockState.EXPIRED_ALL_READINGS: 0,
    ClockState.PLAIN_PAST_REG_RUNNING: 1,
    ClockState.RUNNING: 2,
    ClockState.NO_HOLD_REQUESTED: 3,
    ClockState.NOT_STARTED: 4,
    ClockState.STOPPED: 5,
}


def _urgency(reading: ClockReading) -> tuple[int, float]:
    """Who is over comes first, the longest over before the rest; then the next to run out."""
    if reading.hours_over:
        return (_ORDER[ClockState.EXPIRED_ALL_READINGS], -reading.hours_over)
    left = reading.left.total_seconds() if reading.left is not None else 0.0
    return (_ORDER[reading.state], left)


def _clock_row(
    line: RosterRow, detainer: Detainer, custody: Custody, zone: str, reading: ClockReading
) -> ClockRow:
    when = detainer.issued_on or (
        PartialDate.of(detainer.received_at.date()) if detainer.received_at else None
    )
    form = detainer.form.value if detainer.form else "form unknown"
    return ClockRow(
        case_id=line.case_id,
        number=line.number,
        name=line.name,
        masked=line.masked,
        facility=line.facility,
        detainer_words=f"{form} · {show_date(when)}" if when else form,
        detainer=detainer,
        custody=custody,
        zone=zone,
        reading=reading,
    )


def _release_due(custody: Custody) -> datetime | date | None:
    if custody.release_due_at is not None:
        return custody.release_due_at
    known = custody.release_due_on
    return known.first if known is not None and known.whole else None
