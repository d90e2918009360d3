"""Destroying what was kept of cases: rows deleted, columns emptied, values of history forgotten.

No identity or protected key is needed, so the same purge can be run over a backup with the file
key alone. The connection must overwrite what it deletes (`PRAGMA secure_delete`, which
`connect_to` sets); `store/scrubbing.py` then rewrites the file and looks for remains.

What stays of a case destroyed whole: its number and the moments in `cases`, its lines of history
without values, and for an imported case the keyed hash of its key in the other system, so that
the next import does not bring the person back.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update

from intake_app.core.purge_parts import with_all
from intake_app.core.vocabulary import PurgePart
from intake_app.store import history
from intake_app.store.retention.purge_plan import (
    Clear,
    check_emptied,
    cleared,
    entry_cleared,
    history_lines,
)
from intake_app.store.schema import CASES, HISTORY, MEMBERS, PURGES
from intake_app.store.sealing import Sealer

IN_BACKUPS = timedelta(days=30)
"""So long a backup made before a purge still holds what was destroyed; then it goes there too."""

_AT_ONCE = 500


class Collector(Protocol):
    """Is given every sealed value before it is destroyed, to look for it afterwards."""

    def take(self, values: Iterable[bytes | None]) -> None:
        """Some values; None where there was none."""


@dataclass(frozen=True)
class Destroyed:
    """What is destroyed of one case, and why (a sentence without anything about the person).

    number: the case's number. entries: single rows deleted long ago, as table and number; with
    `case_id` None they are rows of the office's own tables.
    """

    case_id: int | None
    number: str
    parts: tuple[PurgePart, ...]
    why: str
    entries: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Counts:
    """How much was destroyed: rows of answers, documents, letters, conflict checks, values of
    history.
    """

    records: int = 0
    documents: int = 0
    letters: int = 0
    checks: int = 0
    history_values: int = 0

    def plus(self, other: "Counts") -> "Counts":
        """Both together."""
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True)
class Purge:
    """One run of destroying. by: the member's name then.

    checks: conflict checks of other cases that had found a person destroyed here. verified_at:
    when the file was rewritten and searched; None where that was cut off. pages: so many were
    searched, for `pieces` of what was destroyed (0 where the run was cut off and finished later).
    """

    id: int
    at: datetime
    member_id: int
    by: str
    done: tuple[Destroyed, ...]
    checks: tuple[int, ...] = ()
    counts: Counts = field(default_factory=Counts)
    verified_at: datetime | None = None
    pages: int = 0
    pieces: int = 0


def purges_since(connection: Connection, moment: datetime | None = None) -> tuple[Purge, ...]:
    """The purges at or after a moment (all of them where it is None), the oldest first.

    For a backup: pass the moment it was made, and run those over it whose `at` is more than
    `IN_BACKUPS` ago. One made in the same second holds what was destroyed or the purge itself.
    """
    rows = connection.execute(select(PURGES).order_by(PURGES.c.id))
    found = (_from_row(row) for row in rows)
    return tuple(one for one in found if moment is None or one.at >= moment)


def is_done_in(connection: Connection, purge: Purge) -> bool:
    """Whether this file (a backup, perhaps) has been through the purge already."""
    same = select(PURGES.c.id).where(PURGES.c.at == _stamp(purge.at))
    return connection.execute(same).first() is not None


def next_purge_id(connection: Connection) -> int:
    """The number of the next run."""
    return 1 + max((one.id for one in purges_since(connection)), default=0)


def destroy(
    connection: Connection,
    chain_key: bytes,
    purge: Purge,
    remember: Collector | None = None,
) -> Counts:
    """Destroy what `purge` names, and write it into the history and the table of purges.

    chain_key: `Office.chain_key`, derived from the file key. Cases that are not in this file are
    passed over. The file must be at the newest revision (a backup from before an update is
    brought up to date first). Nothing is written where the purge was run over this file before.
    """
    if is_done_in(connection, purge):
        return purge.counts
    counts = Counts()
    here = _cases_here(connection, purge.done)
    for parts, cases in _by_parts(purge.done, here).items():
        for some in _chunks(cases):
            counts = counts.plus(_clear_cases(connection, parts, some, purge, remember))
    for one in purge.done:
        for table, row in one.entries:
            counts = counts.plus(_clear_entry(connection, one.case_id, table, row, remember))
    counts = counts.plus(_empty_checks(connection, purge.checks, remember))
    _write_down(connection, chain_key, replace(purge, counts=counts), here)
    return counts


def count(connection: Connection, done: Sequence[Destroyed], checks: Sequence[int]) -> Counts:
    """How much would be destroyed; nothing is changed."""
    counts = Counts()
    here = _cases_here(connection, done)
    for parts, cases in _by_parts(done, here).items():
        for some in _chunks(cases):
            bound = {"cases": some}
            for clear in cleared(parts):
                counts = counts.plus(_counted(connection, clear, bound))
            counts = counts.plus(_lines_counted(connection, history_lines(parts), bound))
    for one in done:
        for table, row in one.entries:
            for clear in entry_cleared(table, row):
                counts = counts.plus(_counted(connection, clear, {}))
            counts = counts.plus(_lines_counted(connection, _lines_of(one.case_id, table, row), {}))
    for some in _chunks(checks):
        counts = counts.plus(_counted(connection, check_emptied(some), {}))
    return counts


def keep_purge(connection: Connection, purge: Purge) -> None:
    """Write again what became of a purge (when it was verified)."""
    connection.execute(update(PURGES).where(PURGES.c.id == purge.id).values(done=_to_json(purge)))


def _cases_here(connection: Connection, done: Iterable[Destroyed]) -> frozenset[int]:
    """Which of the cases this file has."""
    named = sorted({one.case_id for one in done if one.case_id is not None})
    here: set[int] = set()
    for some in _chunks(named):
        here.update(connection.execute(select(CASES.c.id).where(CASES.c.id.in_(some))).scalars())
    return frozenset(here)


def _by_parts(
    done: Iterable[Destroyed], here: Collection[int]
) -> dict[frozenset[PurgePart], list[int]]:
    found: dict[frozenset[PurgePart], list[int]] = {}
    for one in done:
        if one.parts and one.case_id is not None and one.case_id in here:
            found.setdefault(with_all(one.parts), []).append(one.case_id)
    return found


def _clear_cases(
    connection: Connection,
    parts: frozenset[PurgePart],
    cases: Sequence[int],
    purge: Purge,
    remember: Collector | None,
) -> Counts:
    bound = {"cases": cases}
    counts = Counts()
    for one in cleared(parts):
        counts = counts.plus(_clear(connection, one, bound, remember))
    if PurgePart.WHOLE in parts:
        connection.execute(
            update(CASES).where(CASES.c.id.in_(cases)).values(removed_at=_stamp(purge.at))
        )
    return counts.plus(_forget(connection, history_lines(parts), bound, remember))


def _clear_entry(
    connection: Connection,
    case_id: int | None,
    table: str,
    row: int,
    remember: Collector | None,
) -> Counts:
    counts = Counts()
    for one in entry_cleared(table, row):
        counts = counts.plus(_clear(connection, one, {}, remember))
    return counts.plus(_forget(connection, _lines_of(case_id, table, row), {}, remember))


def _lines_of(case_id: int | None, table: str, row: int) -> ColumnElement[bool]:
    return and_(
        HISTORY.c.record == table,
        HISTORY.c.entry_id == row,
        HISTORY.c.case_id.is_(None) if case_id is None else HISTORY.c.case_id == case_id,
    )


def _counted(connection: Connection, one: Clear, bound: Mapping[str, Any]) -> Counts:
    if not one.counts:
        return Counts()
    many = select(func.count()).select_from(one.table).where(one.where)
    return Counts(**{one.counts: int(connection.execute(many, bound).scalar_one())})


def _lines_counted(
    connection: Connection, lines: ColumnElement[bool], bound: Mapping[str, Any]
) -> Counts:
    sides = [
        func.count().filter(and_(side.is_not(None), ~history.value_destroyed(side)))
        for side in (HISTORY.c.before, HISTORY.c.after)
    ]
    return Counts(history_values=sum(connection.execute(select(*sides).where(lines), bound).one()))


def _empty_checks(
    connection: Connection, checks: Sequence[int], remember: Collector | None
) -> Counts:
    counts = Counts()
    for some in _chunks(checks):
        counts = counts.plus(_clear(connection, check_emptied(some), {}, remember))
    return counts


def _clear(
    connection: Connection, one: Clear, bound: Mapping[str, Any], remember: Collector | None
) -> Counts:
    if remember is not None and one.sealed:
        for row in connection.execute(select(*one.sealed).where(one.where), bound):
            remember.take(row)
    change = (
        update(one.table).where(one.where).values(**one.values)
        if one.values
        else delete(one.table).where(one.where)
    )
    done = connection.execute(change, bound).rowcount
    return Counts(**{one.counts: done}) if one.counts else Counts()


def _forget(
    connection: Connection,
    lines: ColumnElement[bool],
    bound: Mapping[str, Any],
    remember: Collector | None,
) -> Counts:
    held = or_(HISTORY.c.before.is_not(None), HISTORY.c.after.is_not(None))
    rows = connection.execute(
        select(HISTORY.c.seq, HISTORY.c.before, HISTORY.c.after).where(lines, held), bound
    ).all()
    if remember is not None:
        for row in rows:
            remember.take(side for side in row[1:] if not history.is_destroyed(side))
    return Counts(history_values=history.forget_values(connection, [row.seq for row in rows]))


def _write_down(
    connection: Connection, chain_key: bytes, purge: Purge, here: Collection[int]
) -> None:
    known = connection.execute(select(MEMBERS.c.id).where(MEMBERS.c.id == purge.member_id)).first()
    # A backup may be older than the member; who it was stands in the purge by name.
    member_id = purge.member_id if known else 1
    lines = [
        history.Line(
            _stamp(purge.at),
            member_id,
            history.PURGED,
            one.case_id,
            CASES.name if PurgePart.WHOLE in one.parts else None,
        )
        for one in purge.done
        if one.case_id is None or one.case_id in here
    ]
    # No line holds a value, so none is sealed.
    history.write_history(connection, Sealer({}), chain_key, lines)
    # A backup of an office that was restored since may have another run of that number.
    taken = connection.execute(select(PURGES.c.id).where(PURGES.c.id == purge.id)).first()
    connection.execute(
        insert(PURGES).values(
            id=None if taken else purge.id,
            at=_stamp(purge.at),
            member_id=member_id,
            done=_to_json(purge),
        )
    )


def _to_json(purge: Purge) -> str:
    whole = asdict(purge)
    for name in ("id", "at", "member_id"):
        del whole[name]
    whole["verified_at"] = _stamp(purge.verified_at) if purge.verified_at else None
    return json.dumps(whole, ensure_ascii=False)


def _from_row(row: Any) -> Purge:
    told = json.loads(row.done)
    verified_at = told["verified_at"]
    return Purge(
        id=row.id,
        at=datetime.fromisoformat(row.at),
        member_id=row.member_id,
        by=told["by"],
        done=tuple(
            Destroyed(
                one["case_id"],
                one["number"],
                tuple(PurgePart.of(word) for word in one["parts"]),
                one["why"],
                tuple((table, number) for table, number in one["entries"]),
            )
            for one in told["done"]
        ),
        checks=tuple(told["checks"]),
        counts=Counts(**told["counts"]),
        verified_at=datetime.fromisoformat(verified_at) if verified_at else None,
        pages=told["pages"],
        pieces=told["pieces"],
    )


def _chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), _AT_ONCE):
        yield numbers[start : start + _AT_ONCE]


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
