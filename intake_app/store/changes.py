"""The history of one case as people read it, and undoing a change."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, select

from intake_app.core.answers import Stored, from_stored, show
from intake_app.core.casefile import RECORDS
from intake_app.core.errors import AppError
from intake_app.core.fields import Compartment, Question, question, questions, title_of
from intake_app.core.roles import KEYS, Act, may, require
from intake_app.store import cases, document_history
from intake_app.store.history import PURGED, is_destroyed, open_value
from intake_app.store.office import Office
from intake_app.store.schema import CASES, CONFLICT_CHECKS, DOCUMENTS, HISTORY, LETTERS, MEMBERS

_BY_TABLE = {title_of(cls).table: cls for cls in RECORDS}


_WITH_MEMBER = (
    select(
        HISTORY,
        MEMBERS.c.name.label("member_name"),
        DOCUMENTS.c.keep.label("document_keep"),
    )
    .join(MEMBERS, MEMBERS.c.id == HISTORY.c.member_id)
    .outerjoin(
        DOCUMENTS,
        and_(HISTORY.c.record == DOCUMENTS.name, DOCUMENTS.c.id == HISTORY.c.entry_id),
    )
)


@dataclass(frozen=True)
class Change:
    """One line of a case's history; `before` and `after` as people read answers."""

    seq: int
    at: datetime
    member: str
    action: str
    record: str
    label: str
    before: str
    after: str
    undoable: bool


def changes_of(office: Office, connection: Connection, case_id: int) -> tuple[Change, ...]:
    """What happened to a case, newest first, without what this member may not see."""
    rows = connection.execute(
        _WITH_MEMBER.where(HISTORY.c.case_id == case_id).order_by(HISTORY.c.seq.desc())
    )
    return tuple(change for row in rows if (change := _as_told(office, row)) is not None)


def change_of(office: Office, connection: Connection, seq: int) -> Change | None:
    """One line of history; None for one this member may not see."""
    row = connection.execute(_WITH_MEMBER.where(HISTORY.c.seq == seq)).first()
    return None if row is None else _as_told(office, row)


def undo(office: Office, connection: Connection, seq: int, now: datetime) -> int:
    """Take back one change, as a new change; return its case.

    Raises `AppError` for one that can't be undone, that this member may not see, or that was
    written over since: the newer answer would be lost without a word.
    """
    row = connection.execute(_WITH_MEMBER.where(HISTORY.c.seq == seq)).first()
    cls = _BY_TABLE.get(row.record or "") if row else None
    document = row is not None and row.record == DOCUMENTS.name
    if row is None or row.case_id is None or row.entry_id is None or not (cls or document):
        raise AppError(_NO_UNDOING)
    told = _as_told(office, row)
    if told is None:
        # Who may not see a change must not learn from another sentence that there is one.
        raise AppError(_NO_UNDOING)
    if DESTROYED in (told.before, told.after):
        raise AppError(
            "What stood here was destroyed for good, as its time was over. It can’t be brought "
            "back."
        )
    case_id, entry_id = int(row.case_id), int(row.entry_id)
    if cls is None:
        document_history.undo_document_change(office, connection, row, now)
        return case_id
    if row.field is None:
        back = row.action == "removed"
        cases.remove_entry(office, connection, case_id, cls, entry_id, now, back=back, undoes=seq)
        return case_id
    asked = question(cls, row.field)
    if asked.decides is not None:
        require(office.member.role, asked.decides)
    newer = connection.execute(
        select(HISTORY.c.seq, HISTORY.c.undoes)
        .where(
            HISTORY.c.record == row.record,
            HISTORY.c.entry_id == row.entry_id,
            HISTORY.c.field == row.field,
            HISTORY.c.seq > row.seq,
        )
        .order_by(HISTORY.c.seq.desc())
    )
    if written_over(newer, seq):
        raise AppError("This answer was changed again later. Undo the newest change of it first.")
    before = _value(asked, open_value(office.sealer, asked.keep, "before", seq, row.before))
    cases.write_answer(
        office, connection, case_id, cls, entry_id, row.field, before, now, undoes=seq
    )
    return case_id


def written_over(newer: Iterable[Any], seq: int) -> bool:
    """Whether what line `seq` changed was changed since, beyond changes that were taken back.

    newer: the later lines about the same thing, newest first, each with `seq` and `undoes`.
    """
    taken_back = set()
    for line in newer:
        if line.seq in taken_back:
            continue
        if line.undoes is None or line.undoes <= seq:
            return True
        taken_back.add(line.undoes)
    return False


_NO_UNDOING = "That change can’t be undone."


DESTROYED = "destroyed"
"""Stands where a value of the history was: its time was over."""


def _as_told(office: Office, row: Any) -> Change | None:
    change = _change(office, row)
    if change is None:
        return None
    if row.action == PURGED:
        whole = row.record == CASES.name
        return replace(change, action="the whole case destroyed" if whole else "parts destroyed")
    before, after = (is_destroyed(row.before), is_destroyed(row.after))
    if not before and not after:
        return change
    return replace(
        change,
        before=DESTROYED if before else change.before,
        after=DESTROYED if after else change.after,
        undoable=False,
    )


def _change(office: Office, row: Any) -> Change | None:
    if row.record == CONFLICT_CHECKS.name and not may(office.member.role, Act.SEE_CONFLICTS):
        # That a case was checked once more would tell that somebody else was found.
        return None
    if row.record == LETTERS.name:
        return _letter_change(office, row)
    if row.record == DOCUMENTS.name:
        return _document_change(office, row)
    cls = _BY_TABLE.get(row.record or "")
    asked = question(cls, row.field) if cls and row.field else None
    held = KEYS[office.member.role]
    if cls and not any(one.keep.value <= held for one in questions(cls)):
        return None
    if asked and not asked.keep.value <= held:
        return None
    keep = asked.keep if asked else Compartment.FACTS
    sides = [
        _value(asked, open_value(office.sealer, keep, side, row.seq, getattr(row, side)))
        for side in ("before", "after")
    ]
    before, after = (show(asked, value) if asked else "" for value in sides)
    return Change(
        seq=row.seq,
        at=datetime.fromisoformat(row.at),
        member=row.member_name,
        action=row.action,
        record=title_of(cls).title if cls else "",
        label=asked.label if asked else "",
        before=before,
        after=after,
        undoable=cls is not None and row.entry_id is not None,
    )


def _letter_change(office: Office, row: Any) -> Change | None:
    """A line about a letter; there is nothing to take back: each has its own way to be mended."""
    if not may(office.member.role, Act.COMPOSE_LETTERS):
        return None
    before, after = (
        open_value(office.sealer, Compartment.BOTH, side, row.seq, getattr(row, side)) or ""
        for side in ("before", "after")
    )
    return Change(
        seq=row.seq,
        at=datetime.fromisoformat(row.at),
        member=row.member_name,
        action=row.action,
        record="Letter",
        label="",
        before=before,
        after=after,
        undoable=False,
    )


def _document_change(office: Office, row: Any) -> Change | None:
    if not document_history.told_to(office, row):
        return None
    before, after = document_history.titles_in(office, row)
    return Change(
        seq=row.seq,
        at=datetime.fromisoformat(row.at),
        member=row.member_name,
        action=row.action,
        record="Document",
        label="Title" if row.action == "changed" else "",
        before=before,
        after=after,
        undoable=row.action in document_history.UNDOABLE,
    )


def _value(asked: Question | None, text: str | None) -> Any:
    if asked is None or text is None:
        return None
    stored: Stored = int(text) if asked.kind.name in ("NUMBER", "MONEY") else text
    return from_stored(asked, stored)
