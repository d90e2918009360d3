"""The line of the case list: sealed beside each case, and in memory while the office is open."""

import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, select, update

from intake_app.core.answers import from_stored
from intake_app.core.assignments import names_member
from intake_app.core.case import CaseFile
from intake_app.core.case_clock import stands
from intake_app.core.casefile import Custody, Detainer, Intake, OtherName, Person, Protection
from intake_app.core.fields import Compartment, question
from intake_app.core.names import fold, hidden_in_lists, listed_name
from intake_app.core.vocabulary import CaseStatus
from intake_app.store.case_rows import open_answer, read_case
from intake_app.store.desk import is_standing
from intake_app.store.office import Office
from intake_app.store.present_cases import present
from intake_app.store.roster import RosterRow
from intake_app.store.schema import CASES, RECORD_TABLES
from intake_app.store.sealing import Sealer, place

_LISTED: dict[type, tuple[str, ...]] = {
    Intake: ("status", "opened_on", "assigned_attorney", "intake_worker"),
    Person: (
        *("given", "middle", "surname", "second_surname", "suffix", "preferred_name"),
        *("a_number", "booking_number"),
    ),
    OtherName: ("name",),
    Custody: ("facility", "facility_state"),
    Detainer: ("status", "ended_on"),
    Protection: ("hide_from_lists", "survivor", "fleeing_now"),
}
"""Answers the case list shows or is searched by."""

_STATUS = {status.value: status.label for status in CaseStatus} | {None: ""}

_WORKERS = ("assigned_attorney", "intake_worker")
"""Who works on a case: it is "mine" to a member who is named there."""

_SEALED_IN_LINE: tuple[type, ...] = (Person, OtherName, Custody)
"""The records whose answers stand in the sealed line of a case."""

_TOLD_BY: dict[type, tuple[str, ...]] = {
    Intake: ("status", "opened_on", "mine"),
    Person: ("name", "booking_number", "words"),
    OtherName: ("words",),
    Custody: ("facility", "state"),
    Detainer: ("detainer_active",),
    Protection: ("masked",),
}
"""Which parts of a line of the case list each record tells."""


_WRITE_LINE = update(CASES).where(CASES.c.id == bindparam("case"))


def in_case_list(cls: type, field: str) -> bool:
    """Whether the case list shows an answer or is searched by it."""
    return field in _LISTED.get(cls, ())


def refresh_roster_line(
    office: Office, connection: Connection, case_id: int, changed: type | None = None
) -> None:
    """Write the case's line of the case list again after a change to what it shows."""
    loaded = office.roster.knows(case_id)
    sealed = changed is None or changed in _SEALED_IN_LINE
    if not sealed and not (loaded and changed in _LISTED):
        return
    # What the change did not touch stands in the list already, and is not read again.
    known = office.roster.row(case_id) if loaded and changed is not None else None
    if known is not None and changed is not None:
        records = _SEALED_IN_LINE if sealed else (changed,)
    else:
        records = tuple(_LISTED) if loaded else _SEALED_IN_LINE
    case = read_case(office, connection, case_id, records, _LISTED)
    line = roster_words(case.one(Person), case.all(OtherName), case.one(Custody), case.number)
    if sealed:
        kept = seal_roster_line(office.sealer, case_id, line)
        connection.execute(_WRITE_LINE, {"case": case_id, "roster_line": kept})
    if loaded:
        intake = case.one(Intake)
        workers = (intake.assigned_attorney, intake.intake_worker)
        mine = any(_is_mine(office, worker) for worker in workers)
        hidden = hidden_in_lists(case.one(Protection))
        row = _roster_row(case, line, hidden, mine)
        if known is not None:
            told = {name: getattr(row, name) for cls in records for name in _TOLD_BY[cls]}
            row = known._replace(**told)
        office.roster.put(row)


RosterLine = tuple[str, str, str, str]
"""Name, facility, booking number, and the folded words the case is found by."""


def roster_words(
    person: Person, others: Iterable[OtherName], custody: Custody, number: str
) -> RosterLine:
    """The line of the case list that needs the identity key."""
    parts = [
        listed_name(person),
        person.preferred_name,
        *(other.name for other in others),
        *_a_number_words(person.a_number or ""),
        person.booking_number,
        number,
    ]
    words = " ".join(fold(part) for part in parts if part)
    return (listed_name(person), custody.facility or "", person.booking_number or "", words)


def _a_number_words(a_number: str) -> tuple[str, ...]:
    """`A012345678` and `A12345678`: jails print both for one person, with dashes or without."""
    digits = "".join(mark for mark in a_number if mark.isdigit())
    if not digits:
        return (a_number,)
    return ("A" + digits.zfill(9), "A" + digits.lstrip("0"))


def seal_roster_line(sealer: Sealer, case_id: int, line: RosterLine) -> bytes:
    """The line as the case row holds it."""
    text = json.dumps(line, ensure_ascii=False)
    return sealer.seal(Compartment.IDENTITY, place("cases", "roster_line", case_id), text)


def roster_rows(
    office: Office,
    connection: Connection,
    *,
    newest: int | None = None,
    below: float = math.inf,
    only: Sequence[int] | None = None,
) -> Iterator[RosterRow]:
    """Every case that is there as a line of the case list, newest first.

    The first `newest` of those numbered `below`, or `only` some.
    """
    intake, custody = RECORD_TABLES[Intake], RECORD_TABLES[Custody]
    detainer = RECORD_TABLES[Detainer]
    query = (
        select(
            CASES.c.id,
            CASES.c.number,
            CASES.c.roster_line,
            intake.c.status,
            intake.c.opened_on,
            custody.c.facility_state,
            intake.c.id,
            *(intake.c[name] for name in _WORKERS),
        )
        .outerjoin(intake, intake.c.case_id == CASES.c.id)
        .outerjoin(custody, custody.c.case_id == CASES.c.id)
        .where(present(CASES.c.id))
        .order_by(CASES.c.id.desc())
        .limit(newest)
    )
    if only is not None:
        query = query.where(CASES.c.id.in_(only))
    if below < math.inf:
        query = query.where(CASES.c.id < below)
    rows = connection.execute(query).all()
    if not rows:
        return
    # Between two numbers where many are asked for; a few may lie far apart.
    least, most = rows[-1][0], rows[0][0]

    def asked_for(column: ColumnElement[Any]) -> ColumnElement[bool]:
        return column.between(least, most) if only is None else column.in_(only)

    masked = _masked_cases(office, connection, asked_for)
    active = {
        row[0]
        for row in connection.execute(
            select(detainer.c.case_id).where(
                asked_for(detainer.c.case_id),
                is_standing(detainer),
                detainer.c.removed_at.is_(None),
            )
        )
    }
    # A few names stand in thousands of cases; kept only as long as this reading takes.
    is_mine = cache(partial(_is_mine, office))
    for case_id, number, sealed, status, opened_on, state, row_id, *workers in rows:
        name, facility, booking, words = _open_roster_line(office.sealer, case_id, number, sealed)
        yield RosterRow(
            case_id=case_id,
            number=number,
            name=name,
            masked=case_id in masked,
            status=_STATUS[status],
            facility=facility,
            state=state or "",
            opened_on=opened_on or "",
            booking_number=booking,
            detainer_active=case_id in active,
            mine=any(map(is_mine, _open_workers(office.sealer, row_id, workers))),
            words=words,
        )


def _open_roster_line(
    sealer: Sealer, case_id: int, number: str, sealed: bytes | None
) -> RosterLine:
    if sealed is None:
        return ("", "", "", fold(number))
    text = sealer.open(Compartment.IDENTITY, place("cases", "roster_line", case_id), sealed)
    name, facility, booking, words = json.loads(text)
    return (name, facility, booking, words)


def _roster_row(case: CaseFile, line: RosterLine, masked: bool, mine: bool) -> RosterRow:
    name, facility, booking, words = line
    intake, custody = case.one(Intake), case.one(Custody)
    return RosterRow(
        case_id=case.case_id,
        number=case.number,
        name=name,
        masked=masked,
        status=intake.status.label if intake.status else "",
        facility=facility,
        state=custody.facility_state.value if custody.facility_state else "",
        opened_on=intake.opened_on.isoformat() if intake.opened_on else "",
        booking_number=booking,
        detainer_active=any(stands(one) for one in case.all(Detainer)),
        mine=mine,
        words=words,
    )


def _is_mine(office: Office, worker: str | None) -> bool:
    return names_member(worker, office.member.login, office.member.name)


def _open_workers(
    sealer: Sealer, row_id: int | None, kept: Sequence[bytes | None]
) -> Iterator[str | None]:
    for name, sealed in zip(_WORKERS, kept, strict=True):
        if sealed is not None:
            yield sealer.open(Compartment.IDENTITY, place("intake", name, row_id or 0), sealed)


def _masked_cases(
    office: Office,
    connection: Connection,
    asked_for: Callable[[ColumnElement[Any]], ColumnElement[bool]],
) -> set[int]:
    """Which of the cases asked for have their names hidden."""
    if not office.sealer.opens(Compartment.PROTECTED):
        return set()
    table = RECORD_TABLES[Protection]
    names = ("hide_from_lists", "survivor", "fleeing_now")
    found = set()
    for row in connection.execute(
        select(table.c.id, table.c.case_id, *(table.c[name] for name in names)).where(
            asked_for(table.c.case_id)
        )
    ):
        answers = {}
        for name in names:
            asked = question(Protection, name)
            kept = getattr(row, name)
            stored = open_answer(office.sealer, table.name, asked, row.id, kept)
            answers[name] = from_stored(asked, stored)
        if hidden_in_lists(Protection(**answers)):
            found.add(row.case_id)
    return found
