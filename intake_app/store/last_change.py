"""Which change of a case a member takes back, or makes again, with one key.

An undo is a change that names the one it takes back. A line that was taken back is as if it had
not been, and so is the undo it may have been; an undo of an undo is an edit again.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from intake_app.store.cases import STARTED
from intake_app.store.office import Office
from intake_app.store.schema import HISTORY, RECORD_TABLES

REACHES = timedelta(hours=12)
"""How far back the key reaches: this day's work. Older changes are undone in History."""

_FILLED_IN = 2
"""Answers the program gives a new case in the transaction that makes it: they are nobody’s edit."""

_TABLES = [table.name for table in RECORD_TABLES.values()]


def last_change(office: Office, connection: Connection, case_id: int, now: datetime) -> int | None:
    """The number of this member's newest change that was not taken back; None without one."""
    lines, depth = _lines(office, connection, case_id, now)
    return next((line.seq for line in _standing(lines) if not depth[line.seq] % 2), None)


def last_undo(office: Office, connection: Connection, case_id: int, now: datetime) -> int | None:
    """The number of the undo to take back; None where the member has changed something since."""
    lines, depth = _lines(office, connection, case_id, now)
    for line in _standing(lines):
        if not depth[line.seq]:
            return None
        if depth[line.seq] % 2:
            return int(line.seq)
    return None


def _lines(
    office: Office, connection: Connection, case_id: int, now: datetime
) -> tuple[list[Any], dict[int, int]]:
    """Her changes of answers and rows, newest first, and for each how many undos it stands on."""
    begun = select(HISTORY.c.seq).where(HISTORY.c.case_id == case_id, HISTORY.c.action == STARTED)
    # An imported or invented case was not started by hand: nothing was filled in.
    started = int(connection.execute(begun).scalar() or -_FILLED_IN)
    rows = connection.execute(
        select(HISTORY.c.seq, HISTORY.c.undoes, HISTORY.c.at)
        .where(
            HISTORY.c.case_id == case_id,
            HISTORY.c.member_id == office.member.id,
            HISTORY.c.record.in_(_TABLES),
            HISTORY.c.entry_id.is_not(None),
            HISTORY.c.seq > started + _FILLED_IN,
        )
        .order_by(HISTORY.c.seq)
    ).all()
    depth: dict[int, int] = {}
    for row in rows:
        depth[row.seq] = 0 if row.undoes is None else depth.get(row.undoes, 0) + 1
    recent = [row for row in rows if now - datetime.fromisoformat(row.at) <= REACHES]
    return recent[::-1], depth


def _standing(lines: list[Any]) -> Iterator[Any]:
    """The lines that were not taken back, newest first."""
    taken_back = set()
    for line in lines:
        if line.seq in taken_back:
            continue
        if line.undoes is not None:
            taken_back.add(line.undoes)
        yield line
