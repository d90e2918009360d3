"""Reading the rows of a case: answers opened one by one with a member's keys."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from intake_app.core.answers import Stored, from_stored
from intake_app.core.case import CaseFile, Entry
from intake_app.core.casefile import RECORDS, questions_for
from intake_app.core.errors import AppError
from intake_app.core.fields import Question
from intake_app.store.office import Office
from intake_app.store.present_cases import why_not_there
from intake_app.store.schema import CASES, RECORD_TABLES
from intake_app.store.sealing import Sealer, place


def seal_answer(
    sealer: Sealer, table: str, asked: Question, row: int, value: Stored
) -> Stored | bytes:
    """An answer as its column holds it."""
    if value is None or not asked.keep.value:
        return value
    return sealer.seal(asked.keep, place(table, asked.name, row), str(value))


def open_answer(sealer: Sealer, table: str, asked: Question, row: int, kept: Any) -> Stored:
    """The inverse of `seal_answer`."""
    if kept is None or not asked.keep.value:
        return kept  # type: ignore[no-any-return]  # a row's value is typed by its column
    text = sealer.open(asked.keep, place(table, asked.name, row), kept)
    return int(text) if asked.kind.name in ("NUMBER", "MONEY") else text


_NUMBER = select(CASES.c.number, CASES.c.removed_at).where(CASES.c.id == bindparam("case"))


# Putting a statement together takes longer than running it; a finished edit runs a dozen.
@cache
def _entries(cls: type, asked: tuple[Question, ...]) -> Select[Any]:
    table = RECORD_TABLES[cls]
    return (
        select(table.c.id, *(table.c[one.name] for one in asked))
        .where(table.c.case_id == bindparam("case"), table.c.removed_at.is_(None))
        .order_by(table.c.id)
    )


def read_case(
    office: Office,
    connection: Connection,
    case_id: int,
    records: Sequence[type] = RECORDS,
    only: Mapping[type, Sequence[str]] | None = None,
    *,
    deleted_too: bool = False,
) -> CaseFile:
    """A case as this member's keys open it; answers she can't open are `None`.

    `only` names the questions to read, where not all are wanted. Raises `AppError` for a case
    that is not there; with `deleted_too`, one that was deleted is.
    """
    row = connection.execute(_NUMBER, {"case": case_id}).first()
    if row is None or (row.removed_at is not None and not deleted_too):
        raise AppError(why_not_there(connection, case_id))
    entries = {}
    for cls in records:
        asked = questions_for(office.member.role, cls)
        if only is not None:
            asked = tuple(one for one in asked if one.name in only[cls])
        if asked:
            entries[cls] = tuple(_read_entries(office.sealer, connection, cls, asked, case_id))
    return CaseFile(case_id, row.number, entries)


def _read_entries(
    sealer: Sealer, connection: Connection, cls: type, asked: Sequence[Question], case_id: int
) -> Iterator[Entry[Any]]:
    table = RECORD_TABLES[cls]
    rows = connection.execute(_entries(cls, tuple(asked)), {"case": case_id})
    for row_id, *kept in rows:
        answers = {
            one.name: from_stored(one, open_answer(sealer, table.name, one, row_id, value))
            for one, value in zip(asked, kept, strict=True)
            if value is not None
        }
        yield Entry(row_id, cls(**answers))
