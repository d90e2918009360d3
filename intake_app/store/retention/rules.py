"""What retention is decided by: the office's rules, and where each case stands.

Only facts are read, and no name: a case is told by its number.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update

from intake_app.core.answers import from_stored
from intake_app.core.casefile import Abuser, AdverseParty, Detainer, Intake, ToDo
from intake_app.core.conflicts import Stands
from intake_app.core.errors import AppError
from intake_app.core.fields import Compartment, question, title_of
from intake_app.core.purge_parts import with_all
from intake_app.core.retention import Rule, Standing
from intake_app.core.vocabulary import CaseStatus, PurgePart
from intake_app.store.conflict_checks import Result
from intake_app.store.desk import is_standing
from intake_app.store.history import table_line
from intake_app.store.office import Office
from intake_app.store.present_cases import present
from intake_app.store.retention.purging import Destroyed, purges_since
from intake_app.store.schema import (
    CASES,
    CONFLICT_CHECKS,
    HISTORY,
    RECORD_TABLES,
    RETENTION_RULES,
)
from intake_app.store.sealing import place

_ASKED = ("status", "closed_on", "retention_until", "purge_parts")
_OVER = (CaseStatus.CLOSED.value, CaseStatus.REJECTED.value)


@dataclass(frozen=True)
class KeptRule:
    """A rule of the office, and who set it when."""

    rule: Rule
    set_at: datetime


def read_rules(connection: Connection) -> tuple[KeptRule, ...]:
    """The rules that stand, the shortest first."""
    rows = connection.execute(
        select(RETENTION_RULES)
        .where(RETENTION_RULES.c.removed_at.is_(None))
        .order_by(RETENTION_RULES.c.months, RETENTION_RULES.c.id)
    )
    return tuple(
        KeptRule(
            Rule(row.id, PurgePart.of(row.part), row.months), datetime.fromisoformat(row.set_at)
        )
        for row in rows
    )


def add_rule(
    office: Office,
    connection: Connection,
    part: PurgePart,
    months: int,
    now: datetime,
    *,
    undoes: int | None = None,
) -> None:
    """Keep a rule; the one of the same part before it is over."""
    before = _take_out(connection, RETENTION_RULES.c.part == part.value, now)
    connection.execute(
        insert(RETENTION_RULES).values(
            part=part.value, months=months, set_at=_stamp(now), set_by=office.member.id
        )
    )
    _tell(office, connection, "retention rule set", now, before, _told(part, months), undoes)


def remove_rule(
    office: Office,
    connection: Connection,
    rule_id: int,
    now: datetime,
    *,
    undoes: int | None = None,
) -> None:
    """Take a rule out; raise `AppError` where it is out already."""
    before = _take_out(connection, RETENTION_RULES.c.id == rule_id, now)
    if before is None:
        raise AppError("That rule was taken out already. Open the page again.")
    _tell(office, connection, "retention rule removed", now, before, None, undoes)


def rule_told(words: str) -> tuple[PurgePart, int]:
    """The part and the months a line of history tells of."""
    part, months, _word = words.split()
    return PurgePart.of(part), int(months)


def standings(office: Office, connection: Connection) -> list[Standing]:
    """Where every case stands that may be due: one closed, rejected, or with its own date."""
    intake = RECORD_TABLES[Intake]
    kept = (intake.c[name] for name in _ASKED)
    rows = connection.execute(
        select(CASES.c.id, CASES.c.number, *kept)
        .join(intake, intake.c.case_id == CASES.c.id)
        .where(
            present(CASES.c.id),
            or_(
                intake.c.status.in_(_OVER),
                intake.c.closed_on.is_not(None),
                intake.c.retention_until.is_not(None),
            ),
        )
        .order_by(CASES.c.id)
    ).all()
    held, to_dos = _with_detainer(connection), _open_to_dos(connection)
    gone = _destroyed(office, connection)
    return [
        Standing(
            case_id,
            number,
            *_answers(answers),
            detainer=case_id in held,
            to_dos=to_dos.get(case_id, 0),
            destroyed=gone.get(case_id, {}),
        )
        for case_id, number, *answers in rows
    ]


def checks_that_found(
    office: Office, connection: Connection, done: Sequence[Destroyed]
) -> dict[int, tuple[bytes, str]]:
    """Conflict checks of other cases that had found somebody who is destroyed.

    By the check's number: what it found without those, sealed, and the word of its result then.
    """
    cases, people = names_gone(done), _people_gone(done)
    found: dict[int, tuple[bytes, str]] = {}
    if not cases and not people:
        return found
    rows = connection.execute(
        select(CONFLICT_CHECKS).where(func.length(CONFLICT_CHECKS.c.found) > 0)
    )
    for row in rows:
        if row.case_id in cases:
            continue
        keep, spot = Compartment[row.keep.upper()], place(CONFLICT_CHECKS.name, "found", row.id)
        told = json.loads(office.sealer.open(keep, spot, row.found))
        left = [
            one
            for one in told
            if one["case_id"] not in cases
            and (one["case_id"], one["stands"], one["entry_id"]) not in people
        ]
        if len(left) < len(told):
            text = json.dumps(left, ensure_ascii=False)
            undecided = not left and row.decision is None
            found[row.id] = (
                office.sealer.seal(keep, spot, text + " " * (-len(text.encode()) % _STEP)),
                Result.NONE.value if undecided else row.result,
            )
    return found


def names_gone(done: Iterable[Destroyed]) -> frozenset[int]:
    """The cases whose people can't be told any more afterwards."""
    return frozenset(
        one.case_id
        for one in done
        if one.case_id is not None and PurgePart.IDENTITY in with_all(one.parts)
    )


def _people_gone(done: Iterable[Destroyed]) -> frozenset[tuple[int | None, str, int]]:
    """Others than clients who were deleted one by one: case, what they are to it, entry."""
    stands = {
        title_of(AdverseParty).table: Stands.ADVERSE.value,
        title_of(Abuser).table: Stands.ABUSER.value,
    }
    return frozenset(
        (one.case_id, stands[table], row)
        for one in done
        for table, row in one.entries
        if table in stands
    )


_STEP = 8_192


def keep_checks(connection: Connection, left: dict[int, tuple[bytes, str]]) -> None:
    """Write what is left of these checks."""
    for check_id, (found, result) in left.items():
        connection.execute(
            update(CONFLICT_CHECKS)
            .where(CONFLICT_CHECKS.c.id == check_id)
            .values(found=found, result=result)
        )


def last_worked(
    office: Office, connection: Connection, now: datetime
) -> tuple[datetime | None, datetime | None]:
    """The newest line of history from before the office's day at `now`, and of all."""
    day = office.today(now)
    begins = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(office.profile.zone))
    newest = select(HISTORY.c.at).order_by(HISTORY.c.seq.desc()).limit(1)
    utc = begins.astimezone(now.tzinfo).isoformat(timespec="seconds")
    earlier = connection.execute(newest.where(HISTORY.c.at < utc)).scalar()
    last = connection.execute(newest).scalar()
    return (
        datetime.fromisoformat(earlier) if earlier else None,
        datetime.fromisoformat(last) if last else None,
    )


def _answers(kept: Iterable[Any]) -> tuple[CaseStatus | None, date | None, date | None, Any]:
    status, closed_on, until, parts = (
        from_stored(question(Intake, name), value) for name, value in zip(_ASKED, kept, strict=True)
    )
    return status, closed_on, until, parts or ()


def _with_detainer(connection: Connection) -> frozenset[int]:
    detainer = RECORD_TABLES[Detainer]
    rows = connection.execute(
        select(detainer.c.case_id)
        .where(detainer.c.removed_at.is_(None), is_standing(detainer))
        .distinct()
    )
    return frozenset(rows.scalars())


def _open_to_dos(connection: Connection) -> dict[int, int]:
    table = RECORD_TABLES[ToDo]
    rows = connection.execute(
        select(table.c.case_id, func.count())
        .where(table.c.removed_at.is_(None), table.c.done_on.is_(None))
        .group_by(table.c.case_id)
    )
    return {row[0]: row[1] for row in rows}


def _destroyed(office: Office, connection: Connection) -> dict[int, dict[PurgePart, date]]:
    found: dict[int, dict[PurgePart, date]] = {}
    for purge in purges_since(connection):
        day = office.today(purge.at)
        for one in purge.done:
            if one.case_id is not None:
                found.setdefault(one.case_id, {}).update(dict.fromkeys(one.parts, day))
    return found


def _take_out(connection: Connection, which: ColumnElement[bool], now: datetime) -> str | None:
    """End the one rule that stands and is meant; return it as history tells it."""
    row = connection.execute(
        select(RETENTION_RULES).where(which, RETENTION_RULES.c.removed_at.is_(None))
    ).first()
    if row is None:
        return None
    connection.execute(
        update(RETENTION_RULES).where(RETENTION_RULES.c.id == row.id).values(removed_at=_stamp(now))
    )
    return _told(PurgePart.of(row.part), row.months)


def _told(part: PurgePart, months: int) -> str:
    return f"{part.value} {months} months"


def _tell(
    office: Office,
    connection: Connection,
    action: str,
    now: datetime,
    before: str | None,
    after: str | None,
    undoes: int | None,
) -> None:
    line = table_line(
        office.member.id, now, action, RETENTION_RULES.name, before, after, undoes=undoes
    )
    office.record(connection, line)


def _stamp(now: datetime) -> str:
    return now.isoformat(timespec="seconds")
