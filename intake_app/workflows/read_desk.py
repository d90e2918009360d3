"""Read the desk: clocks by urgency, what to do today, unfinished intakes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial

from intake_app.core import case_clock
from intake_app.core.answers import show_date
from intake_app.core.assignments import names_member
from intake_app.core.case_clock import clock_of, standing_detainer, urgency
from intake_app.core.casefile import Custody, Detainer
from intake_app.core.custody_clock import ClockReading
from intake_app.core.names import without_names
from intake_app.core.partial_date import PartialDate
from intake_app.core.roles import Act, may, require
from intake_app.store import cases, desk, letter_register
from intake_app.store.letter_register import RegisterLetter
from intake_app.store.office import Member, Office
from intake_app.store.roster import RosterRow
from intake_app.workflows.check_conflicts import open_conflict_questions
from intake_app.workflows.read_letters import LetterRow, letter_rows, sees_on_desk

_CLOCKS = 200
_LINES = 50
_TO_DO = 100


@dataclass(frozen=True)
class ClockRow:
    """The detainer that stands for a case. `read` reads its clock without the file."""

    case_id: int
    number: str
    name: str
    masked: bool
    facility: str
    detainer_words: str
    detainer: Detainer
    custody: Custody
    zone: str
    added_days: frozenset[date]
    reading: ClockReading | None

    @property
    def release_due(self) -> datetime | date | None:
        """When the local matter ends: a moment, a day, or not known."""
        return case_clock.release_due(self.custody)

    def read(self, now: datetime) -> ClockReading | None:
        """The clock as it stands at `now`."""
        return clock_of(self.detainer, self.custody, self.zone, now, self.added_days)


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
    """Something to do about a case.

    entry_id: the row of a to-do, which can be ticked off; None for what follows from the case
    itself. urgent: must be done now. mine: for this member, or for nobody by name; `who` is as
    written.
    """

    case_id: int
    number: str
    name: str
    masked: bool
    what: str
    entry_id: int | None = None
    urgent: bool = False
    due_on: date | None = None
    mine: bool = True
    who: str = ""


@dataclass(frozen=True)
class Desk:
    """Everything on the desk at one moment. `*_in_all` counts what is not shown too.

    letters: those that wait for an attorney. unanswered: those whose day to answer has passed;
    `unanswered_in_all` counts them. All are empty for a member who may write none.
    """

    clocks: tuple[ClockRow, ...]
    clocks_in_all: int
    to_do: tuple[ToDoRow, ...]
    to_do_in_all: int
    letters: tuple[LetterRow, ...]
    unanswered: tuple[LetterRow, ...]
    unanswered_in_all: int
    unfinished: tuple[UnfinishedRow, ...]


@dataclass(frozen=True)
class _Held:
    case_id: int
    detainer: Detainer
    custody: Custody
    reading: ClockReading | None


def read_desk(office: Office, now: datetime) -> Desk:
    """Open cases with a detainer, most urgent first, and what waits to be done."""
    require(office.member.role, Act.READ_CASES)
    zone, days = office.profile.zone, frozenset(office.reference.holidays)
    # A few names stand in most to-dos; what they fold to is kept only for this reading.
    mine = cache(partial(_is_mine, office.member))
    letters: list[RegisterLetter] = []
    unanswered: list[RegisterLetter] = []
    conflicts = open_conflict_questions(office)[:_LINES]
    with office.reading() as connection:
        running = _running(desk.held_cases(connection), zone, now, days)
        unfinished = desk.unfinished_cases(connection, _LINES)
        urgent = desk.urgent_cases(connection, _LINES)
        to_do, to_do_in_all = desk.open_to_dos(office, connection, mine, _TO_DO)
        if may(office.member.role, Act.COMPOSE_LETTERS):
            waiting = letter_register.waiting_letters(office, connection)
            letters = [one for one in waiting if sees_on_desk(office, one)]
            silent = letter_register.unanswered_letters(office, connection, now)
            unanswered = [one for one in silent if sees_on_desk(office, one)]
        shown = running[:_CLOCKS]
        wanted = {held.case_id for held in shown} | {case.case_id for case in unfinished}
        wanted |= {case.case_id for case in urgent} | {one.case_id for one in conflicts}
        # The letter for whom time runs out first is the first to approve.
        order = {held.case_id: place for place, held in enumerate(running)}
        letters.sort(key=lambda one: (order.get(one.case_id, len(order)), one.changed_at, one.id))
        unanswered.sort(key=lambda one: one.reply_by or now)
        shown_letters, shown_silent = letters[:_TO_DO], unanswered[:_LINES]
        wanted |= {one.case_id for one in to_do}
        wanted |= {one.case_id for one in (*shown_letters, *shown_silent)}
        lines = {
            row.case_id: row for row in cases.roster_rows(office, connection, only=sorted(wanted))
        }
    return Desk(
        clocks=tuple(_clock_row(lines[held.case_id], held, zone, days) for held in shown),
        clocks_in_all=len(running),
        to_do=(
            *(_line(lines[case.case_id], case.why, urgent=True) for case in urgent),
            *(_line(lines[one.case_id], _CONFLICT[one.waits_for]) for one in conflicts),
            *_to_do_rows(to_do, lines),
        ),
        to_do_in_all=len(urgent) + len(conflicts) + to_do_in_all,
        letters=tuple(letter_rows(office, shown_letters, lines, now)),
        unanswered=tuple(letter_rows(office, shown_silent, lines, now)),
        unanswered_in_all=len(unanswered),
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


def read_clocks(office: Office, now: datetime) -> tuple[ClockRow, ...]:
    """Every case with a detainer that stands, most urgent first; the desk shows the first ones."""
    require(office.member.role, Act.READ_CASES)
    zone, days = office.profile.zone, frozenset(office.reference.holidays)
    with office.reading() as connection:
        running = _running(desk.held_cases(connection), zone, now, days)
        wanted = sorted(held.case_id for held in running)
        lines = {row.case_id: row for row in cases.roster_rows(office, connection, only=wanted)}
    return tuple(_clock_row(lines[held.case_id], held, zone, days) for held in running)


def _running(
    held: list[desk.HeldCase], zone: str, now: datetime, days: frozenset[date]
) -> list[_Held]:
    running = []
    for case in held:
        found = standing_detainer(case.detainers, case.custody, zone, now, days)
        if found is not None and (found[1] is None or found[1].ended is None):
            running.append(_Held(case.case_id, found[0], case.custody, found[1]))
    return sorted(running, key=lambda one: urgency(one.reading))


def _is_mine(member: Member, who: str | None) -> bool:
    return not who or names_member(who, member.login, member.name)


def _clock_row(line: RosterRow, held: _Held, zone: str, days: frozenset[date]) -> ClockRow:
    detainer = held.detainer
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
        custody=held.custody,
        zone=zone,
        added_days=days,
        reading=held.reading,
    )


_CONFLICT = {
    "attorney": "Possible conflict of interest: decide",
    "protected comparison": "Conflict check is half done: open the case to finish it",
}


def _line(line: RosterRow, why: str, *, urgent: bool = False) -> ToDoRow:
    return ToDoRow(line.case_id, line.number, line.name, line.masked, why, urgent=urgent)


def _what(one: desk.OpenToDo, line: RosterRow) -> str:
    words = one.what or (one.kind.label if one.kind else "Nothing written yet")
    return without_names(words, line.words) if line.masked else words


def _to_do_rows(found: list[desk.OpenToDo], lines: Mapping[int, RosterRow]) -> list[ToDoRow]:
    return [
        ToDoRow(
            case_id=line.case_id,
            number=line.number,
            name=line.name,
            masked=line.masked,
            what=_what(one, line),
            entry_id=one.entry_id,
            due_on=one.due_on,
            mine=one.mine,
            who=one.assigned_to,
        )
        for one in found
        if (line := lines[one.case_id])
    ]
