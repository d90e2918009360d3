"""Who did what in the whole office, newest first, without anything of a client.

A line is told by our own words: the kind of record, the label of the question, the number of the
case. What an answer said stays in the history of its case.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, and_, case, select

from intake_app.core.casefile import RECORDS
from intake_app.core.fields import questions, title_of
from intake_app.store.history import PURGED
from intake_app.store.imported import ACTION as IMPORTED_ACTION
from intake_app.store.letter_copies import Copied
from intake_app.store.office import Office
from intake_app.store.office_changes import HOLDS, IS_GONE, act_for, why_not
from intake_app.store.openings import OPENED
from intake_app.store.schema import (
    AUTHORITY_CHECKS,
    BACKUPS,
    CASES,
    CONFLICT_CHECKS,
    DOCUMENTS,
    HISTORY,
    LETTERS,
    MEMBERS,
    PURGES,
    RELEASES,
    RETENTION_RULES,
)

PAGE = 200
"""Lines on one page."""


class DeedKind(StrEnum):
    """What sort of act a line tells of; the value is what a filter calls it."""

    LOOKED = "Looked at or copied"
    CASES = "Cases"
    DOCUMENTS = "Documents"
    LETTERS = "Letters"
    CONFLICTS = "Conflict checks"
    IMPORTS = "Imports"
    MEMBERS = "Members and passphrases"
    LAW = "Authorities"
    REPORTS = "Reports"
    BACKUPS = "Backups"
    DESTROYED = "Retention"
    OFFICE = "The office’s own tables"


@dataclass(frozen=True)
class Deed:
    """One line. member: a name; words: what was done; number: of the case, else empty.

    why_not: a sentence on why it can't be undone from here; empty where it can.
    """

    seq: int
    at: datetime
    member: str
    kind: DeedKind
    words: str
    number: str
    why_not: str


@dataclass(frozen=True)
class DeedQuery:
    """Which lines; None means any. since, until: days at the office, both included."""

    member_id: int | None = None
    kind: DeedKind | None = None
    since: date | None = None
    until: date | None = None
    number: str = ""


@dataclass(frozen=True)
class DeedPage:
    """Some lines, newest first; `older` asks for the next ones, None where there are none."""

    deeds: tuple[Deed, ...]
    older: int | None


_BY_TABLE = {title_of(cls).table: cls for cls in RECORDS}
_LABELS = {(title_of(cls).table, one.name): one.label for cls in RECORDS for one in questions(cls)}
_ABOUT = MEMBERS.alias("about")

LOOKS = (OPENED, "exported", "everything exported", *(how.value for how in Copied))
"""Acts that change nothing: somebody saw it, or took a copy."""

_OF_TABLE = {
    DOCUMENTS.name: DeedKind.DOCUMENTS,
    LETTERS.name: DeedKind.LETTERS,
    CONFLICT_CHECKS.name: DeedKind.CONFLICTS,
    MEMBERS.name: DeedKind.MEMBERS,
    AUTHORITY_CHECKS.name: DeedKind.LAW,
    RELEASES.name: DeedKind.REPORTS,
    BACKUPS.name: DeedKind.BACKUPS,
    PURGES.name: DeedKind.DESTROYED,
    RETENTION_RULES.name: DeedKind.DESTROYED,
}
_WHY_NOT = {
    DeedKind.LOOKED: "It changed nothing: there is nothing to undo.",
    DeedKind.CASES: (
        "Undo it in the history of its case. A deleted case is brought back in “Recently deleted”."
    ),
    DeedKind.DOCUMENTS: "Undo it in the history of its case.",
    DeedKind.LETTERS: (
        "An approved letter stays as it is: write a new version. A discarded draft is brought "
        "back in “Recently deleted”."
    ),
    DeedKind.CONFLICTS: "A decision stays on record. Decide anew in the case.",
    DeedKind.IMPORTS: "Imported cases are corrected or deleted one by one.",
    DeedKind.MEMBERS: (
        "Members’ keys were made or destroyed, so there is no undo. Add or deactivate the member "
        "in “Members”."
    ),
    DeedKind.LAW: "What an attorney judged stays on record. She judges anew in the library.",
    DeedKind.REPORTS: "What was published can’t be called back.",
    DeedKind.BACKUPS: "A backup changes nothing: there is nothing to undo.",
    DeedKind.DESTROYED: "What was destroyed is gone for good.",
    DeedKind.OFFICE: "There is nothing to undo.",
}
_KIND = case(
    (HISTORY.c.action.in_(LOOKS), DeedKind.LOOKED.value),
    (HISTORY.c.action == IMPORTED_ACTION, DeedKind.IMPORTS.value),
    (HISTORY.c.action == PURGED, DeedKind.DESTROYED.value),
    *((HISTORY.c.record == table, kind.value) for table, kind in _OF_TABLE.items()),
    (HISTORY.c.case_id.is_not(None), DeedKind.CASES.value),
    else_=DeedKind.OFFICE.value,
)
_LINES = (
    select(
        HISTORY.c.seq,
        HISTORY.c.at,
        HISTORY.c.action,
        HISTORY.c.record,
        HISTORY.c.field,
        HISTORY.c.member_id,
        HISTORY.c.undoes,
        HOLDS.label("holds"),
        IS_GONE.label("is_gone"),
        _KIND.label("kind"),
        MEMBERS.c.name,
        CASES.c.number,
        _ABOUT.c.name.label("about"),
    )
    .select_from(HISTORY)
    .join(MEMBERS, MEMBERS.c.id == HISTORY.c.member_id)
    .outerjoin(CASES, CASES.c.id == HISTORY.c.case_id)
    .outerjoin(_ABOUT, and_(HISTORY.c.record == MEMBERS.name, _ABOUT.c.id == HISTORY.c.entry_id))
    .order_by(HISTORY.c.seq.desc())
)


def read_deeds(
    office: Office,
    connection: Connection,
    query: DeedQuery,
    before: int | None = None,
    limit: int = PAGE,
) -> DeedPage:
    """One page of lines; `before` is what the page ahead of it gave as `older`.

    limit: -1 for all of them.
    """
    asked = _LINES.where(*_conditions(office, query))
    if before is not None:
        asked = asked.where(HISTORY.c.seq < before)
    if limit >= 0:
        asked = asked.limit(limit + 1)
    rows = connection.execute(asked).all()
    shown = rows if limit < 0 else rows[:limit]
    older = int(shown[-1].seq) if len(rows) > len(shown) else None
    return DeedPage(tuple(_deed(office, row) for row in shown), older)


def _conditions(office: Office, query: DeedQuery) -> Iterable[Any]:
    zone = ZoneInfo(office.profile.zone)
    if query.member_id is not None:
        yield HISTORY.c.member_id == query.member_id
    if query.kind is not None:
        yield _KIND.in_((query.kind.value,))
    if query.since is not None:
        yield HISTORY.c.at >= _start(query.since, zone)
    if query.until is not None:
        yield HISTORY.c.at < _start(query.until + timedelta(days=1), zone)
    if query.number:
        yield CASES.c.number == query.number


def _start(day: date, zone: ZoneInfo) -> str:
    """The first moment of a day at the office, as the history writes moments."""
    return datetime.combine(day, time(), zone).astimezone(UTC).isoformat(timespec="seconds")


def _deed(office: Office, row: Any) -> Deed:
    kind = DeedKind(row.kind)
    own = act_for(row.record, row.field) is not None
    return Deed(
        seq=row.seq,
        at=datetime.fromisoformat(row.at),
        member=row.name,
        kind=kind,
        words=_words(row) + (" (undo)" if row.undoes is not None else ""),
        number=row.number or "",
        why_not=why_not(office.member, row) if own else _WHY_NOT[kind],
    )


def _words(row: Any) -> str:
    """What was done, in words of ours."""
    cls = _BY_TABLE.get(row.record or "")
    if cls is not None:
        label = _LABELS.get((row.record, row.field))
        about = title_of(cls).title + (f" · {label}" if label else "")
        return f"{about}: {row.action}"
    if row.record == DOCUMENTS.name:
        return f"Document: {row.action}"
    if row.record == LETTERS.name:
        return f"Letter: {row.action}"
    if row.record == MEMBERS.name and row.about:
        return f"{_big(row.action)}: {row.about}"
    return _big(row.action)


def _big(words: str) -> str:
    return words[:1].upper() + words[1:]
