"""What is due for destruction, worked out from the rules, the cases and what was deleted."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select

from intake_app.core.retention import Due, Waits, decide
from intake_app.core.vocabulary import PurgePart
from intake_app.store.deleted import KEPT_FOR, overdue
from intake_app.store.office import Office
from intake_app.store.retention.purging import Destroyed, Purge, purges_since
from intake_app.store.retention.rules import read_rules, standings
from intake_app.store.schema import CASES, OFFICE_LETTER_KINDS

_WHY_DELETED = f"deleted more than {KEPT_FOR.days} days ago"


def work_out(
    office: Office, connection: Connection, now: datetime
) -> tuple[tuple[Destroyed, ...], tuple[Waits, ...]]:
    """What is due and what waits, in the order of the cases."""
    rules = [kept.rule for kept in read_rules(connection)]
    today = office.today(now)
    due: list[Destroyed] = []
    waits: list[Waits] = []
    for case in standings(office, connection):
        match decide(case, rules, today):
            case Due() as found:
                due.append(Destroyed(found.case_id, found.number, found.parts, found.why))
            case Waits() as found:
                waits.append(found)
            case None:
                pass
    due += _deleted_long_ago(connection, now)
    due.sort(key=lambda one: (one.case_id is None, one.case_id or 0))
    return tuple(due), tuple(waits)


def unfinished(connection: Connection) -> Purge | None:
    """A run after which the file was not rewritten and searched to the end."""
    runs = purges_since(connection)
    return next((one for one in runs if one.verified_at is None), None)


def _deleted_long_ago(connection: Connection, now: datetime) -> list[Destroyed]:
    """What was deleted and can't be brought back any more; cases whole, rows one by one.

    A kind of letter the office wrote stays: it holds nothing of a client, and the reports count
    old letters by it.
    """
    found = [one for one in overdue(connection, now) if one.table != OFFICE_LETTER_KINDS.name]
    numbers = _numbers(connection, {one.case_id for one in found if one.case_id is not None})
    whole = [one.case_id for one in found if one.table == CASES.name]
    made = [Destroyed(one, numbers[one], (PurgePart.WHOLE,), _WHY_DELETED) for one in whole if one]
    rows: dict[int | None, list[tuple[str, int]]] = {}
    for one in found:
        if one.table != CASES.name:
            rows.setdefault(one.case_id, []).append((one.table, int(one.row)))
    made += [
        Destroyed(case, numbers[case] if case else "", (), _WHY_DELETED, tuple(entries))
        for case, entries in rows.items()
    ]
    return made


def _numbers(connection: Connection, cases: Collection[int]) -> dict[int, str]:
    rows = connection.execute(select(CASES.c.id, CASES.c.number).where(CASES.c.id.in_(cases)))
    return {row.id: row.number for row in rows}
