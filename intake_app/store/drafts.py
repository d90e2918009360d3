"""Half-typed words, kept so that a crash loses at most the word being typed.

A draft is no answer: it has no history, stands in no list, and goes when its edit is finished.
One that is left over was cut off by a crash; it becomes the answer when the case is next opened.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select

from intake_app.core.casefile import RECORDS
from intake_app.core.fields import Kind, Question, question, title_of
from intake_app.store.history import history_compartment
from intake_app.store.office import Office
from intake_app.store.schema import DRAFTS
from intake_app.store.sealing import place

DRAFTED = (Kind.LINE, Kind.TEXT, Kind.PHONE)
"""Kinds of question that are typed word by word."""

_ONLY = 0
"""The row number of a record of which a case has one: its row may not be made yet."""

_BY_TABLE = {title_of(cls).table: cls for cls in RECORDS}
_KEEP = insert(DRAFTS).prefix_with("OR REPLACE")
_FORGET = delete(DRAFTS).where(
    DRAFTS.c.case_id == bindparam("case"),
    DRAFTS.c.record == bindparam("of"),
    DRAFTS.c.entry_id == bindparam("entry"),
    DRAFTS.c.field == bindparam("name"),
)


@dataclass(frozen=True)
class Draft:
    """Words somebody was typing when the program ended."""

    record: type
    entry_id: int | None
    field: str
    words: str
    member_id: int


def keep_draft(
    office: Office,
    connection: Connection,
    case_id: int,
    cls: type,
    entry_id: int | None,
    field: str,
    words: str,
) -> None:
    """Keep the words typed so far, in place of those kept before."""
    asked, table = question(cls, field), title_of(cls).table
    row = _row(cls, entry_id)
    sealed = office.sealer.seal(
        history_compartment(asked.keep), _place(case_id, table, row, field), words
    )
    connection.execute(
        _KEEP,
        {
            "case_id": case_id,
            "record": table,
            "entry_id": row,
            "field": field,
            "member_id": office.member.id,
            "words": sealed,
        },
    )


def forget_draft(
    connection: Connection, case_id: int, cls: type, entry_id: int | None, asked: Question
) -> None:
    """The edit is over: its answer is in the file."""
    if asked.kind in DRAFTED:
        where = {"case": case_id, "of": title_of(cls).table, "name": asked.name}
        connection.execute(_FORGET, where | {"entry": _row(cls, entry_id)})


def drafts_of(office: Office, connection: Connection, case_id: int) -> Iterator[Draft]:
    """What is left over of a case, as far as the member's keys open it."""
    for row in connection.execute(select(DRAFTS).where(DRAFTS.c.case_id == case_id)).all():
        cls = _BY_TABLE[row.record]
        how = history_compartment(question(cls, row.field).keep)
        if office.sealer.opens(how):
            where = _place(case_id, row.record, row.entry_id, row.field)
            words = office.sealer.open(how, where, row.words)
            entry_id = row.entry_id or None
            yield Draft(cls, entry_id, row.field, words, row.member_id)


def _row(cls: type, entry_id: int | None) -> int:
    return entry_id or _ONLY if title_of(cls).many else _ONLY


def _place(case_id: int, table: str, row: int, field: str) -> str:
    return place("drafts", f"{table}.{row}.{field}", case_id)
