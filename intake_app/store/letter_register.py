"""The register of letters: what waits, what was sent, what came of it.

Lists read none of a letter's words; only `store.letters` opens those.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, or_, select, update

from intake_app.core.answers import show_date
from intake_app.core.casefile import Intake
from intake_app.core.fields import Compartment
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import CaseStatus, LetterAnswer, LetterResult, SentBy
from intake_app.store.letter_changes import tell
from intake_app.store.letters import KeptLetter, Stage, kind_of_row, protected_word
from intake_app.store.office import Office
from intake_app.store.present_cases import present
from intake_app.store.schema import LETTERS, MEMBERS, RECORD_TABLES
from intake_app.store.sealing import place

_LATER = LETTERS.alias("later")
_OVER = (CaseStatus.CLOSED.value, CaseStatus.REJECTED.value)


@dataclass(frozen=True)
class RegisterLetter:
    """One letter as lists show it. kind: the kind's key; made_by: a member's name.

    replaced: an approved later version has taken its place.
    """

    id: int
    case_id: int
    kind: str
    stage: Stage
    version: int
    replaced: bool
    made_by: str
    made_by_id: int
    changed_at: datetime
    reply_by: datetime | None
    sent_on: date | None
    sent_by: SentBy | None
    answered_on: date | None
    answer: LetterAnswer | None
    result: LetterResult | None


@dataclass(frozen=True)
class Outcome:
    """One approved letter as the reports count it: nothing of whom it is about.

    `id` tells letters apart inside the office; it is never published.
    """

    id: int
    kind: str
    approved_on: date
    sent_on: date | None
    sent_by: SentBy | None
    answered_on: date | None
    answer: LetterAnswer | None
    result: LetterResult | None


_REPLACED = (
    select(_LATER.c.id)
    .where(
        _LATER.c.replaces == LETTERS.c.id,
        _LATER.c.stage == Stage.APPROVED.value,
    )
    .exists()
)
_ROWS = (
    select(
        LETTERS.c.id,
        LETTERS.c.case_id,
        LETTERS.c.kind,
        LETTERS.c.stage,
        LETTERS.c.version,
        _REPLACED.label("replaced"),
        LETTERS.c.made_by,
        MEMBERS.c.name.label("maker_name"),
        LETTERS.c.changed_at,
        LETTERS.c.reply_by,
        LETTERS.c.sent_on,
        LETTERS.c.sent_by,
        LETTERS.c.answered_on,
        LETTERS.c.answer,
        LETTERS.c.result,
    )
    .join(MEMBERS, MEMBERS.c.id == LETTERS.c.made_by)
    .where(LETTERS.c.removed_at.is_(None), present(LETTERS.c.case_id))
    .order_by(LETTERS.c.changed_at.desc(), LETTERS.c.id.desc())
)


def all_letters(office: Office, connection: Connection) -> Iterator[RegisterLetter]:
    """Every letter of the office, the one worked on last first."""
    return _opened(office, connection, _ROWS)


def letters_in_case(
    office: Office, connection: Connection, case_id: int
) -> Iterator[RegisterLetter]:
    """The letters of one case as lists show them, the one worked on last first."""
    return _opened(office, connection, _ROWS.where(LETTERS.c.case_id == case_id))


def waiting_letters(office: Office, connection: Connection) -> Iterator[RegisterLetter]:
    """Letters that wait for an attorney."""
    return _opened(office, connection, _ROWS.where(LETTERS.c.stage == Stage.WAITING.value))


def unanswered_letters(
    office: Office, connection: Connection, now: datetime
) -> Iterator[RegisterLetter]:
    """Letters sent whose reply-by date has passed without an answer, in cases still open."""
    intake = RECORD_TABLES[Intake]
    silent = _ROWS.outerjoin(intake, intake.c.case_id == LETTERS.c.case_id).where(
        LETTERS.c.stage == Stage.APPROVED.value,
        LETTERS.c.sent_on.is_not(None),
        LETTERS.c.answer.is_(None),
        LETTERS.c.result.is_(None),
        LETTERS.c.reply_by.is_not(None),
        ~_REPLACED,
        or_(intake.c.status.is_(None), intake.c.status.not_in(_OVER)),
    )
    for one in _opened(office, connection, silent):
        if one.reply_by is not None and one.reply_by < now:
            yield one


def letter_outcomes(office: Office, connection: Connection) -> tuple[Outcome, ...]:
    """Every approved letter with what came of it, for counting: the protected key alone opens it.

    Which case, which words, to whom: a coordinator's keys don't tell, and this doesn't either.
    """
    rows = connection.execute(
        select(
            LETTERS.c.id,
            LETTERS.c.kind,
            LETTERS.c.approved_at,
            LETTERS.c.sent_on,
            LETTERS.c.sent_by,
            LETTERS.c.answered_on,
            LETTERS.c.answer,
            LETTERS.c.result,
        )
        .where(
            LETTERS.c.stage == Stage.APPROVED.value,
            LETTERS.c.removed_at.is_(None),
            present(LETTERS.c.case_id),
        )
        .order_by(LETTERS.c.id)
    )
    return tuple(
        Outcome(
            row.id,
            kind_of_row(office, row),
            office.today(datetime.fromisoformat(row.approved_at)),
            *_what_came(office, row),
        )
        for row in rows
    )


def write_sending(
    office: Office,
    connection: Connection,
    letter: KeptLetter,
    sent_on: date | None,
    sent_by: SentBy | None,
    now: datetime,
) -> None:
    """Keep when and by what means a letter was sent, or that it was not; history keeps both."""
    before = _sending(letter.sent_on, letter.sent_by)
    after = _sending(sent_on, sent_by)
    if before == after:
        return
    _write(
        connection,
        letter,
        sent_on=sent_on.isoformat() if sent_on else None,
        sent_by=_sealed(office, letter.id, "sent_by", sent_by),
    )
    action = "sending recorded" if before is None else "sending corrected"
    tell(office, connection, letter.case_id, letter.id, action, now, before=before, after=after)


def write_answer(
    office: Office,
    connection: Connection,
    letter: KeptLetter,
    answered_on: date | None,
    answer: LetterAnswer | None,
    result: LetterResult | None,
    note: str,
    now: datetime,
) -> None:
    """Keep what was answered and what came of it; history keeps what stood there before."""
    before = _answer(letter.answered_on, letter.answer, letter.result, letter.note)
    after = _answer(answered_on, answer, result, note)
    if before == after:
        return
    where = place("letters", "note", letter.id)
    _write(
        connection,
        letter,
        answered_on=answered_on.isoformat() if answered_on else None,
        answer=_sealed(office, letter.id, "answer", answer),
        result=_sealed(office, letter.id, "result", result),
        note=office.sealer.seal(Compartment.BOTH, where, note) if note else None,
    )
    action = "answer recorded" if before is None else "answer corrected"
    tell(office, connection, letter.case_id, letter.id, action, now, before=before, after=after)


def _opened(office: Office, connection: Connection, rows: Select[Any]) -> Iterator[RegisterLetter]:
    for row in connection.execute(rows):
        reply_by = None
        if row.reply_by is not None:
            where = place("letters", "reply_by", row.id)
            told = office.sealer.open(Compartment.BOTH, where, row.reply_by)
            reply_by = datetime.fromisoformat(told)
        yield RegisterLetter(
            row.id,
            row.case_id,
            kind_of_row(office, row),
            Stage(row.stage),
            row.version,
            bool(row.replaced),
            row.maker_name,
            row.made_by,
            datetime.fromisoformat(row.changed_at),
            reply_by,
            *_what_came(office, row),
        )


def _what_came(
    office: Office, row: Any
) -> tuple[date | None, SentBy | None, date | None, LetterAnswer | None, LetterResult | None]:
    sent_by, answer, result = (
        protected_word(office, row, name) for name in ("sent_by", "answer", "result")
    )
    return (
        date.fromisoformat(row.sent_on) if row.sent_on else None,
        SentBy.of(sent_by) if sent_by else None,
        date.fromisoformat(row.answered_on) if row.answered_on else None,
        LetterAnswer.of(answer) if answer else None,
        LetterResult.of(result) if result else None,
    )


def _write(connection: Connection, letter: KeptLetter, **values: Any) -> None:
    connection.execute(update(LETTERS).where(LETTERS.c.id == letter.id).values(**values))


def _sealed(office: Office, letter_id: int, column: str, word: str | None) -> bytes | None:
    if word is None:
        return None
    return office.sealer.seal(Compartment.PROTECTED, place("letters", column, letter_id), word)


def _sending(sent_on: date | None, sent_by: SentBy | None) -> str | None:
    if sent_on is None:
        return None
    return f"{_day(sent_on)} · {sent_by.label}" if sent_by else _day(sent_on)


def _answer(
    answered_on: date | None,
    answer: LetterAnswer | None,
    result: LetterResult | None,
    note: str,
) -> str | None:
    told = [_day(answered_on)] if answered_on else []
    told += [f"Answer: {answer.label}"] if answer else []
    told += [f"Result: {result.label}"] if result else []
    told += [note] if note else []
    return " · ".join(told) or None


def _day(day: date) -> str:
    return show_date(PartialDate.of(day))
