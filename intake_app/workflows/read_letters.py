"""Read the letters that are kept: of one case, of the whole office, and one as it was approved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from intake_app.core.letters.kinds import LetterKind
from intake_app.core.roles import Act, Role, require
from intake_app.core.vocabulary import LetterAnswer, LetterResult, SentBy
from intake_app.documents.letter_json import letter_from_json
from intake_app.documents.letter_text import Letter
from intake_app.store import cases, letters
from intake_app.store.letter_register import RegisterLetter, all_letters, letters_in_case
from intake_app.store.letters import KeptLetter, Stage
from intake_app.store.office import Office
from intake_app.store.roster import RosterRow
from intake_app.workflows.letter_sources import kinds_of

_OLD_KIND = "A kind of letter this office no longer writes"


class Place(StrEnum):
    """Where a letter stands in the register; the value is what the page calls it."""

    WAITING = "Waiting for an attorney"
    DRAFT = "Drafts"
    TO_SEND = "Approved, not sent"
    SENT = "Sent, no answer"
    ANSWERED = "Answered"


@dataclass(frozen=True)
class LetterRow:
    """One letter in a list. `title`: its kind; `masked`: show the case's number, no name.

    late: it was sent and the day to answer has passed. mine: this member began it. replaced: a
    later version was approved.
    """

    letter_id: int
    case_id: int
    number: str
    name: str
    masked: bool
    title: str
    place: Place
    version: int
    replaced: bool
    made_by: str
    mine: bool
    changed_at: datetime
    reply_by: datetime | None
    sent_on: date | None
    sent_by: SentBy | None
    answered_on: date | None
    answer: LetterAnswer | None
    result: LetterResult | None
    late: bool


def letters_of(office: Office, case_id: int) -> tuple[KeptLetter, ...]:
    """The letters of a case, the newest first."""
    require(office.member.role, Act.COMPOSE_LETTERS)
    with office.reading() as connection:
        return letters.letters_of_case(office, connection, case_id)[::-1]


def find_letter(office: Office, letter_id: int) -> KeptLetter:
    """One letter; raise `AppError` where it is gone."""
    require(office.member.role, Act.COMPOSE_LETTERS)
    with office.reading() as connection:
        return letters.find_letter(office, connection, letter_id)


def approved_pdf(office: Office, letter_id: int) -> bytes:
    """The PDF, byte for byte as it was approved; raise `OfficeDamaged` where it was changed."""
    require(office.member.role, Act.COMPOSE_LETTERS)
    with office.reading() as connection:
        return letters.read_pdf(office, connection, letter_id)


def approved_letter(kept: KeptLetter) -> Letter:
    """The words and parts of an approved letter, to set the office's own copy of it."""
    return letter_from_json(kept.letter)


def letter_register(office: Office, now: datetime) -> tuple[LetterRow, ...]:
    """Every letter of the office, the one worked on last first."""
    require(office.member.role, Act.COMPOSE_LETTERS)
    with office.reading() as connection:
        found = list(all_letters(office, connection))
        lines = {
            row.case_id: row
            for row in cases.roster_rows(
                office, connection, only=sorted({one.case_id for one in found})
            )
        }
    return tuple(letter_rows(office, found, lines, now))


def case_letters(office: Office, case_id: int, now: datetime) -> tuple[LetterRow, ...]:
    """The letters of one case as lists show them, the one worked on last first."""
    require(office.member.role, Act.COMPOSE_LETTERS)
    with office.reading() as connection:
        found = list(letters_in_case(office, connection, case_id))
        lines = {row.case_id: row for row in cases.roster_rows(office, connection, only=[case_id])}
    return tuple(letter_rows(office, found, lines, now))


def sees_on_desk(office: Office, one: RegisterLetter) -> bool:
    """Whether a letter stands on this member's desk: a paralegal's has those she began."""
    return office.member.role is not Role.PARALEGAL or one.made_by_id == office.member.id


def letter_rows(
    office: Office,
    found: Iterable[RegisterLetter],
    lines: Mapping[int, RosterRow],
    now: datetime,
) -> list[LetterRow]:
    """Letters as lists show them. lines: the case list's lines of their cases."""
    kinds = kinds_of(office)
    return [
        LetterRow(
            letter_id=one.id,
            case_id=one.case_id,
            number=line.number,
            name=line.name,
            masked=line.masked,
            title=title_of_kind(kinds, one.kind),
            place=place_of(one),
            version=one.version,
            replaced=one.replaced,
            made_by=one.made_by,
            mine=one.made_by_id == office.member.id,
            changed_at=one.changed_at,
            reply_by=one.reply_by,
            sent_on=one.sent_on,
            sent_by=one.sent_by,
            answered_on=one.answered_on,
            answer=one.answer,
            result=one.result,
            late=_is_late(one, now),
        )
        for one in found
        if (line := lines.get(one.case_id)) is not None
    ]


def title_of_kind(kinds: Mapping[str, LetterKind], key: str) -> str:
    """What a kind is called; a letter outlives the office's own kind it was written from."""
    return kinds[key].title if key in kinds else _OLD_KIND


def place_of(one: RegisterLetter | KeptLetter) -> Place:
    """Where a letter stands in the register."""
    if one.stage is Stage.WAITING:
        return Place.WAITING
    if one.stage is Stage.DRAFT:
        return Place.DRAFT
    if one.sent_on is None:
        return Place.TO_SEND
    return Place.SENT if one.answer is None and one.result is None else Place.ANSWERED


def _is_late(one: RegisterLetter, now: datetime) -> bool:
    asked = one.reply_by is not None and one.reply_by < now
    return asked and place_of(one) is Place.SENT and not one.replaced
