"""Letters kept with a case: one draft of each kind, and what an attorney approved, for good.

An approved letter holds its words, its very PDF and their hashes; the line of history that tells
of the approval holds the hashes too, so that the chain guards them. No function here changes one,
and a trigger in the file refuses it. A new version is a new row that names the one it replaces.

The kind, by what means it was sent, answer and result are sealed with the protected key alone;
words, PDF, hash, reply-by date and note with both keys. Members without them learn of nothing.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, select

from intake_app.core.errors import AppError, OfficeDamaged
from intake_app.core.fields import Compartment
from intake_app.core.letters.consented import Opened
from intake_app.core.letters.gate import Overridden
from intake_app.core.letters.options import LetterOptions, options_from_json, options_to_json
from intake_app.core.vocabulary import FactGroup, LetterAnswer, LetterResult, SentBy
from intake_app.store.history import PURGED
from intake_app.store.letter_check import DAMAGED
from intake_app.store.office import Office
from intake_app.store.present_cases import present
from intake_app.store.schema import HISTORY, LETTERS, MEMBERS
from intake_app.store.sealing import place

DESTROYED = "The words and the page of this letter were destroyed because their time was over."

_GONE = "That letter is no longer in the case. Open the case again."


class Stage(StrEnum):
    """How far a letter has come."""

    DRAFT = "draft"
    WAITING = "waiting"
    APPROVED = "approved"


@dataclass(frozen=True)
class KeptAuthority:
    """An authority an approved letter cites, and the day of its last check at approval."""

    id: str
    short_name: str
    verified_on: date


@dataclass(frozen=True)
class Frozen:
    """What approving freezes.

    text: all its words. letter: the letter in structured text, as JSON, to set it again.
    consents: those that opened some of its facts. overrides: blocks set aside, with the typed
    reason. reply_by: when the recipient was asked to answer; None where it is not asked.
    """

    text: str
    letter: str
    authorities: tuple[KeptAuthority, ...]
    consents: tuple[Opened, ...]
    overrides: tuple[Overridden, ...]
    template_version: str
    library_version: str
    reply_by: datetime | None
    pdf: bytes


@dataclass(frozen=True)
class KeptLetter:
    """One letter of a case. `made_by`, `approved_by`: members' names; `kind`: the kind's key.

    replaces: the id of the approved version before it. Everything an approval freezes (`text`,
    `letter`, authorities, consents, overrides, versions, `sha256` of the PDF in hexadecimal) is
    empty before. `letter` is the structured text as JSON. changed_at: of a draft. destroyed_at:
    when words and PDF of an approved letter were destroyed because their time was over.
    """

    id: int
    case_id: int
    kind: str
    stage: Stage
    version: int
    replaces: int | None
    made_at: datetime
    made_by: str
    changed_at: datetime
    approved_at: datetime | None
    approved_by: str
    options: LetterOptions
    text: str
    letter: str
    authorities: tuple[KeptAuthority, ...]
    consents: tuple[Opened, ...]
    overrides: tuple[Overridden, ...]
    template_version: str
    library_version: str
    sha256: str
    reply_by: datetime | None
    sent_on: date | None
    sent_by: SentBy | None
    answered_on: date | None
    answer: LetterAnswer | None
    result: LetterResult | None
    note: str
    destroyed_at: datetime | None


_APPROVER = MEMBERS.alias("approver")

# Without the PDF: a list needs none of its bytes.
_WHOLE = (
    select(
        *(column for column in LETTERS.c if column.name != "pdf"),
        MEMBERS.c.name.label("maker_name"),
        _APPROVER.c.name.label("approver_name"),
        select(func.max(HISTORY.c.at))
        .where(HISTORY.c.case_id == LETTERS.c.case_id, HISTORY.c.action == PURGED)
        .scalar_subquery()
        .label("purged_at"),
    )
    .join(MEMBERS, MEMBERS.c.id == LETTERS.c.made_by)
    .outerjoin(_APPROVER, _APPROVER.c.id == LETTERS.c.approved_by)
    .where(LETTERS.c.removed_at.is_(None), present(LETTERS.c.case_id))
    .order_by(LETTERS.c.id)
)


def letters_of_case(office: Office, connection: Connection, case_id: int) -> tuple[KeptLetter, ...]:
    """The letters of a case in the order they were begun."""
    rows = connection.execute(_WHOLE.where(LETTERS.c.case_id == case_id))
    return tuple(_kept(office, row) for row in rows)


def find_letter(office: Office, connection: Connection, letter_id: int) -> KeptLetter:
    """One letter; raise `AppError` where it is gone."""
    row = connection.execute(_WHOLE.where(LETTERS.c.id == letter_id)).first()
    if row is None:
        raise AppError(_GONE)
    return _kept(office, row)


def find_draft(
    office: Office, connection: Connection, case_id: int, kind: str
) -> KeptLetter | None:
    """The one letter of that kind which is not approved yet."""
    open_ones = _WHOLE.where(LETTERS.c.case_id == case_id, LETTERS.c.stage != Stage.APPROVED.value)
    for row in connection.execute(open_ones):
        if kind_of_row(office, row) == kind:
            return _kept(office, row)
    return None


def read_pdf(office: Office, connection: Connection, letter_id: int) -> bytes:
    """The PDF as it was approved; raise `OfficeDamaged` where it is not that any more."""
    row = connection.execute(
        select(
            *(LETTERS.c.id, LETTERS.c.pdf, LETTERS.c.sha256),
            func.length(LETTERS.c.content).label("held"),
        ).where(
            LETTERS.c.id == letter_id,
            LETTERS.c.stage == Stage.APPROVED.value,
            present(LETTERS.c.case_id),
        )
    ).first()
    if row is None:
        raise AppError(_GONE)
    if not row.held:
        raise AppError(DESTROYED)
    if row.pdf is None or row.sha256 is None:
        raise OfficeDamaged(DAMAGED)
    pdf = office.sealer.open_bytes(Compartment.BOTH, place("letters", "pdf", row.id), row.pdf)
    if hashlib.sha256(pdf).hexdigest() != _opened(office, row, "sha256"):
        raise OfficeDamaged(DAMAGED)
    return pdf


def kind_of_row(office: Office, row: Any) -> str:
    """The key of a row's kind."""
    where = place("letters", "kind", row.id)
    return office.sealer.open(Compartment.PROTECTED, where, row.kind)


def protected_word(office: Office, row: Any, column: str) -> str | None:
    """A column sealed with the protected key alone."""
    kept = getattr(row, column)
    if kept is None:
        return None
    return office.sealer.open(Compartment.PROTECTED, place("letters", column, row.id), kept)


def _opened(office: Office, row: Any, column: str) -> str:
    kept = getattr(row, column)
    if kept is None:
        return ""
    return office.sealer.open(Compartment.BOTH, place("letters", column, row.id), kept)


def _kept(office: Office, row: Any) -> KeptLetter:
    whole = _content(office, row)
    sent_by, answer, result = (
        protected_word(office, row, name) for name in ("sent_by", "answer", "result")
    )
    reply_by = _opened(office, row, "reply_by")
    return KeptLetter(
        id=row.id,
        case_id=row.case_id,
        kind=kind_of_row(office, row),
        stage=Stage(row.stage),
        version=row.version,
        replaces=row.replaces,
        made_at=datetime.fromisoformat(row.made_at),
        made_by=row.maker_name,
        changed_at=datetime.fromisoformat(row.changed_at),
        approved_at=datetime.fromisoformat(row.approved_at) if row.approved_at else None,
        approved_by=row.approver_name or "",
        options=options_from_json(whole["options"]),
        text=whole.get("text", ""),
        letter=whole.get("letter", ""),
        authorities=tuple(_authority(one) for one in whole.get("authorities", ())),
        consents=tuple(_consent(one) for one in whole.get("consents", ())),
        overrides=tuple(Overridden(**one) for one in whole.get("overrides", ())),
        template_version=whole.get("template_version", ""),
        library_version=whole.get("library_version", ""),
        sha256=_opened(office, row, "sha256"),
        reply_by=datetime.fromisoformat(reply_by) if reply_by else None,
        sent_on=_day(row.sent_on),
        sent_by=SentBy.of(sent_by) if sent_by else None,
        answered_on=_day(row.answered_on),
        answer=LetterAnswer.of(answer) if answer else None,
        result=LetterResult.of(result) if result else None,
        note=_opened(office, row, "note"),
        destroyed_at=_moment(row.purged_at) if not row.content else None,
    )


def _content(office: Office, row: Any) -> Mapping[str, Any]:
    if not row.content:
        return {"options": options_to_json(LetterOptions())}
    where = place("letters", "content", row.id)
    content = office.sealer.open_bytes(Compartment.BOTH, where, row.content)
    whole: Mapping[str, Any] = json.loads(content)
    return whole


def _authority(told_of: Mapping[str, str]) -> KeptAuthority:
    return KeptAuthority(
        told_of["id"], told_of["short_name"], date.fromisoformat(told_of["verified_on"])
    )


def _consent(told_of: Mapping[str, Any]) -> Opened:
    return Opened(
        FactGroup.of(told_of["group"]),
        told_of["entry_id"],
        told_of["recipient"],
        date.fromisoformat(told_of["signed_on"]),
        date.fromisoformat(told_of["ends_on"]),
    )


def _moment(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None
