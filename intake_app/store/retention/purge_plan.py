"""Which rows and columns hold a part of a case: what destroying the part deletes and empties.

The answers are told by their declarations (`core/purge_parts.py`); everything else that belongs
to a case is named here, once. A test holds every sealed column of the file to this plan.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    LargeBinary,
    Table,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
    tuple_,
)

from intake_app.core.casefile import RECORDS
from intake_app.core.fields import title_of
from intake_app.core.purge_parts import answers_in
from intake_app.core.vocabulary import PurgePart
from intake_app.store.history import PURGED
from intake_app.store.schema import (
    ADDRESSEES,
    CASES,
    CONFLICT_CHECKS,
    DOCUMENT_PARTS,
    DOCUMENTS,
    DRAFTS,
    HISTORY,
    IMPORTED,
    LETTERS,
    RECORD_TABLES,
)

Parts = frozenset[PurgePart]

_SOME_CASES = "cases"
_CHECK_WORDS: Mapping[str, Any] = {
    "searched": b"",
    "found": b"",
    "reason": None,
    "identity_mac": b"",
}


@dataclass(frozen=True)
class Clear:
    """Rows to delete, or with `values` to empty. counts: what they are counted as (`Counts`)."""

    table: Table
    where: ColumnElement[bool]
    counts: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sealed(self) -> list[Any]:
        """The columns whose sealed values are gone with it."""
        names = self.values or self.table.c.keys()
        return [
            self.table.c[name] for name in names if isinstance(self.table.c[name].type, LargeBinary)
        ]


def cleared(parts: Parts) -> tuple[Clear, ...]:
    """What goes of the cases bound to `cases`. parts: with those that go with them."""
    made = _whole() if PurgePart.WHOLE in parts else _in_parts(parts)
    # What points at a row goes before it.
    return tuple(one for one in made if one.table is not CASES) + tuple(
        one for one in made if one.table is CASES
    )


def history_lines(parts: Parts) -> ColumnElement[bool]:
    """The lines of the cases bound to `cases` whose values go with these parts."""
    mine = _of_cases(HISTORY)
    if PurgePart.IDENTITY in parts:
        # Every value of the history is sealed with the identity key, whatever it is about.
        return mine
    told: list[ColumnElement[bool]] = []
    if PurgePart.NARRATIVE in parts:
        answers = ("answer recorded", "answer corrected")
        told.append(tuple_(HISTORY.c.record, HISTORY.c.field).in_(_words_in_answers()))
        told.append(and_(HISTORY.c.record == LETTERS.name, HISTORY.c.action.in_(answers)))
    if PurgePart.ATTACHMENTS in parts:
        told.append(HISTORY.c.record.in_((DOCUMENTS.name, LETTERS.name)))
    return and_(mine, or_(false(), *told))


def entry_cleared(table: str, row: int) -> tuple[Clear, ...]:
    """What goes with one row that was deleted long ago."""
    if table == DOCUMENTS.name:
        return (
            Clear(DOCUMENT_PARTS, DOCUMENT_PARTS.c.document_id == row),
            Clear(DOCUMENTS, DOCUMENTS.c.id == row, "documents"),
        )
    for known, counts in ((LETTERS, "letters"), (ADDRESSEES, "records")):
        if table == known.name:
            return (Clear(known, known.c.id == row, counts),)
    of = next(one for one in RECORD_TABLES.values() if one.name == table)
    mine = and_(DRAFTS.c.record == table, DRAFTS.c.entry_id == row)
    return (Clear(DRAFTS, mine), Clear(of, of.c.id == row, "records"))


def check_emptied(ids: Collection[int]) -> Clear:
    """What other cases' checks kept of the people they found."""
    words = {name: _CHECK_WORDS[name] for name in ("found", "reason")}
    return Clear(CONFLICT_CHECKS, CONFLICT_CHECKS.c.id.in_(ids), "checks", words)


def whole_gone(case_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the whole of that case was destroyed: only its number is left in `cases`."""
    told = HISTORY.alias("told")
    return (
        select(told.c.seq)
        .where(told.c.case_id == case_id, told.c.action == PURGED, told.c.record == CASES.name)
        .exists()
    )


def is_whole_gone(connection: Connection, case_id: int) -> bool:
    """The same of one case."""
    return (
        connection.execute(
            select(CASES.c.id).where(CASES.c.id == case_id, whole_gone(CASES.c.id))
        ).first()
        is not None
    )


def _whole() -> list[Clear]:
    return [
        _document_parts(),
        Clear(DOCUMENTS, _of_cases(DOCUMENTS), "documents"),
        Clear(LETTERS, _of_cases(LETTERS), "letters"),
        Clear(CONFLICT_CHECKS, _of_cases(CONFLICT_CHECKS), "checks"),
        Clear(DRAFTS, _of_cases(DRAFTS)),
        *(Clear(table, _of_cases(table), "records") for table in RECORD_TABLES.values()),
        _import_link(),
        _list_line(),
    ]


def _in_parts(parts: Parts) -> list[Clear]:
    made = [one for cls in RECORDS if (one := _answers(cls, parts)) is not None]
    drafts: list[ColumnElement[bool]] = []
    letter_words: dict[str, Any] = {}
    if PurgePart.NARRATIVE in parts:
        drafts.append(tuple_(DRAFTS.c.record, DRAFTS.c.field).in_(_words_in_answers()))
        letter_words["note"] = None
        made.append(_import_link())
    if PurgePart.ATTACHMENTS in parts:
        made += _attachments()
    if PurgePart.IDENTITY in parts:
        drafts = [DRAFTS.c.case_id.is_not(None)]
        letter_words["reply_by"] = None
        made.append(_list_line())
        made.append(_emptied(CONFLICT_CHECKS, _CHECK_WORDS, "checks"))
    elif PurgePart.NARRATIVE in parts:
        made.append(_emptied(CONFLICT_CHECKS, {"reason": None}, "checks"))
    if letter_words:
        # After the attachments: the file lets nobody change an approved letter that has its words.
        made.append(_emptied(LETTERS, letter_words))
    return [Clear(DRAFTS, and_(_of_cases(DRAFTS), or_(false(), *drafts))), *made]


def _answers(cls: type, parts: Parts) -> Clear | None:
    names = {asked.name for part in parts for asked in answers_in(part, cls)}
    return _emptied(RECORD_TABLES[cls], dict.fromkeys(sorted(names)), "records") if names else None


def _attachments() -> list[Clear]:
    approved = LETTERS.c.stage == "approved"
    frozen = {"content": b"", "pdf": None, "sha256": None}
    return [
        _document_parts(),
        Clear(DOCUMENTS, _of_cases(DOCUMENTS), "documents"),
        Clear(LETTERS, and_(_of_cases(LETTERS), ~approved), "letters"),
        # An approved letter is still counted by the reports: when and by what means it was sent.
        Clear(LETTERS, and_(_of_cases(LETTERS), approved, _any_left(frozen)), "letters", frozen),
    ]


def _any_left(frozen: Mapping[str, Any]) -> ColumnElement[bool]:
    return or_(*(func.length(LETTERS.c[name]) > 0 for name in frozen))


def _document_parts() -> Clear:
    documents = select(DOCUMENTS.c.id).where(_of_cases(DOCUMENTS))
    return Clear(DOCUMENT_PARTS, DOCUMENT_PARTS.c.document_id.in_(documents))


def _import_link() -> Clear:
    # Without the hash of what was imported the next import leaves the row out.
    return Clear(IMPORTED, _of_cases(IMPORTED), "", {"content_mac": b""})


def _list_line() -> Clear:
    return Clear(CASES, CASES.c.id.in_(_bound()), "", {"roster_line": None})


def _emptied(table: Table, values: Mapping[str, Any], counts: str = "") -> Clear:
    """Only rows that hold any of it, so that what is counted is what was there."""
    holds = or_(
        *(
            table.c[name].is_not(None) if gone is None else func.length(table.c[name]) > 0
            for name, gone in values.items()
        )
    )
    return Clear(table, and_(_of_cases(table), holds), counts, values)


def _words_in_answers() -> list[tuple[str, str]]:
    return [
        (title_of(cls).table, asked.name)
        for cls in RECORDS
        for asked in answers_in(PurgePart.NARRATIVE, cls)
    ]


def _of_cases(table: Table) -> ColumnElement[bool]:
    return table.c.case_id.in_(_bound())


def _bound() -> Any:
    return bindparam(_SOME_CASES, expanding=True)
