"""Taking back a change of the office's own tables, as a new change of its own.

The office's name and letterhead, its logo, a signature block, the directory, the office's own
kinds of letter, holidays, poverty guidelines, retention rules and the second backup folder: each
line of history holds what stood before.

Not taken back, on purpose:

- A member added, deactivated or given another passphrase: keys were made or destroyed, and an
  undo would hand a key to somebody without asking her for a passphrase.
- What an attorney checked, corrected or blocked in the library, and how she decided a conflict: it
  was her judgement of that day and letters were written on it. She judges anew.
- A published release, a series, an allowance of case rows: others hold the figures by now.
- Answers of the survey: nobody may learn from an undo who answered what.
- What was looked at, copied, backed up, imported or destroyed. Imported cases are deleted.
- A change in a case: it has its own undo (`store.changes`), in the history of the case.
"""

from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select

from intake_app.core.errors import AppError
from intake_app.core.fields import Compartment
from intake_app.core.letters.letter_setup import SignatureBlock
from intake_app.core.retention import Rule
from intake_app.core.roles import Act, may, require, who_may
from intake_app.store import addressees, letterhead, own_kinds
from intake_app.store import office_reference as reference
from intake_app.store.backups.record import set_second_folder
from intake_app.store.changes import written_over
from intake_app.store.history import is_destroyed, open_value, value_destroyed
from intake_app.store.office import Member, Office
from intake_app.store.retention import rules
from intake_app.store.schema import (
    ADDRESSEES,
    HISTORY,
    LETTER_LOGO,
    OFFICE,
    OFFICE_HOLIDAYS,
    OFFICE_LETTER_KINDS,
    POVERTY_GUIDELINES,
    RETENTION_RULES,
    SIGNATURE_BLOCKS,
)

NO_UNDOING = "That change can’t be undone."
DESTROYED = (
    "What stood here was destroyed for good, as its time was over. It can’t be brought back."
)
NOT_KEPT = (
    "An earlier version of the program made this change and did not keep what stood before it. "
    "Enter it again by hand."
)
WRITTEN_OVER = "This was changed again later. Undo the newest change of it first."
HERS = "Only the attorney who signs with it changes a signature."

HOLDS: ColumnElement[bool] = or_(HISTORY.c.before.is_not(None), HISTORY.c.after.is_not(None))
"""Whether a line says what it changed."""

IS_GONE: ColumnElement[bool] = or_(
    value_destroyed(HISTORY.c.before), value_destroyed(HISTORY.c.after)
)
"""Whether what a line said was destroyed."""


@dataclass(frozen=True)
class OfficeChange:
    """One line about the office's own tables; `before` and `after` as its writer told them."""

    seq: int
    record: str
    entry_id: int | None
    field: str
    member_id: int
    before: str | None
    after: str | None


def act_for(record: str | None, field: str | None) -> Act | None:
    """What taking back a line about this table asks leave for; None where there is no undo."""
    if record == OFFICE.name:
        return _OF_OFFICE.get(field or "")
    return _ACTS.get(record or "")


def why_not(member: Member, row: Any) -> str:
    """A sentence on why this member can't take back a line; empty where she may try.

    row: of the history, without a case, with `holds` and `is_gone` (`HOLDS`, `IS_GONE`).
    """
    act = act_for(row.record, row.field)
    if act is None:
        return NO_UNDOING
    if row.record == SIGNATURE_BLOCKS.name and row.member_id != member.id:
        return HERS
    if not may(member.role, act):
        return f"Only {' or '.join(who_may(act))} can undo this."
    if row.is_gone:
        return DESTROYED
    return "" if row.holds else NOT_KEPT


def undo_office_change(office: Office, seq: int, now: datetime) -> None:
    """Take back one change of the office's own tables, as a new change.

    Raises `NotAllowed`, or `AppError` for one that can't be undone, whose values were destroyed,
    or that was changed again since.
    """
    with office.reading() as connection:
        change = _change(office, connection, seq)
        if written_over(_newer(office, connection, change), seq):
            raise AppError(WRITTEN_OVER)
    _BACK[change.record](office, change, now)


def newest_line(connection: Connection) -> int:
    """The number of the newest line of the history."""
    newest = select(HISTORY.c.seq).order_by(HISTORY.c.seq.desc()).limit(1)
    return connection.execute(newest).scalar() or 0


def lines_after(connection: Connection, seq: int) -> tuple[int, ...]:
    """The later lines that can be taken back from here, oldest first."""
    rows = connection.execute(
        select(HISTORY.c.seq, HISTORY.c.record, HISTORY.c.field)
        .where(HISTORY.c.seq > seq)
        .order_by(HISTORY.c.seq)
    )
    return tuple(row.seq for row in rows if act_for(row.record, row.field) is not None)


def sides_told(office: Office, connection: Connection, seq: int) -> tuple[str, str]:
    """What stood before one change and what after it, as people read it; empty for nothing.

    Raises as `undo_office_change` does.
    """
    change = _change(office, connection, seq)
    before, after = (_told(change, words) for words in (change.before, change.after))
    return before, after


def _told(change: OfficeChange, words: str | None) -> str:
    if not words:
        return ""
    if change.record == LETTER_LOGO.name:
        return "a picture"
    if change.record == ADDRESSEES.name:
        entry = addressees.entry_told(words, 0)
        reach = (entry.telephone, entry.fax, entry.email, entry.county, entry.state)
        told = (entry.kind.label, entry.name, entry.title, entry.agency, *entry.lines, *reach)
        return ", ".join(part for part in told if part)
    if change.record == OFFICE_LETTER_KINDS.name:
        own = own_kinds.kind_told(words, change.field)
        return f"{own.title}: {' '.join(own.text.split())}"
    if change.record == POVERTY_GUIDELINES.name:
        return words.replace("\n", "; ")
    if change.record == RETENTION_RULES.name:
        part, months = rules.rule_told(words)
        return Rule(0, part, months).sentence
    return ", ".join(words.splitlines())


def _change(office: Office, connection: Connection, seq: int) -> OfficeChange:
    row = connection.execute(select(HISTORY).where(HISTORY.c.seq == seq)).first()
    act = None if row is None else act_for(row.record, row.field)
    if row is None or act is None:
        raise AppError(NO_UNDOING)
    require(office.member.role, act)
    if row.record == SIGNATURE_BLOCKS.name and row.member_id != office.member.id:
        raise AppError(HERS)
    if is_destroyed(row.before) or is_destroyed(row.after):
        raise AppError(DESTROYED)
    if row.before is None and row.after is None:
        raise AppError(NOT_KEPT)
    return _opened(office, row)


def _opened(office: Office, row: Any) -> OfficeChange:
    # Facts and identity answers are sealed alike in the history.
    before, after = (
        open_value(office.sealer, Compartment.FACTS, side, row.seq, getattr(row, side))
        for side in ("before", "after")
    )
    return OfficeChange(
        row.seq, row.record, row.entry_id, row.field or "", row.member_id, before, after
    )


def _newer(office: Office, connection: Connection, change: OfficeChange) -> list[Any]:
    """Later lines about the same thing, newest first."""
    rows = connection.execute(
        select(HISTORY)
        .where(HISTORY.c.record == change.record, HISTORY.c.seq > change.seq)
        .order_by(HISTORY.c.seq.desc())
    )
    about = _things(change)
    return [row for row in rows if _things(_opened(office, row)) & about]


def _things(change: OfficeChange) -> frozenset[object]:
    """What a line is about: two lines of one table that share a thing changed the same."""
    told = [words for words in (change.before, change.after) if words is not None]
    if change.record == POVERTY_GUIDELINES.name:
        return frozenset(
            " ".join(line.split(" ", 2)[:2]) for words in told for line in words.splitlines()
        )
    if change.record in (OFFICE_HOLIDAYS.name, RETENTION_RULES.name):
        # Both begin with the word that tells one row from another: the day, the part.
        return frozenset(words.split(" ", 1)[0] for words in told)
    if change.record == SIGNATURE_BLOCKS.name:
        return frozenset((change.member_id,))
    return frozenset(((change.entry_id, change.field),))


def _office(office: Office, change: OfficeChange, now: datetime) -> None:
    profile, before = office.profile, change.before
    if change.field == OFFICE.c.second_folder.name:
        set_second_folder(office, Path(before) if before else None, now, undoes=change.seq)
        return
    name = before if change.field == OFFICE.c.name.name and before else profile.name
    lines = (before or "") if change.field == OFFICE.c.letterhead.name else profile.letterhead
    letterhead.save_letterhead(office, name, lines, now, undoes=change.seq)


def _logo(office: Office, change: OfficeChange, now: datetime) -> None:
    picture = None if change.before is None else b64decode(change.before)
    letterhead.save_logo(office, picture, now, undoes=change.seq)


def _signature(office: Office, change: OfficeChange, now: datetime) -> None:
    block = letterhead.block_of(change.before) if change.before else SignatureBlock()
    letterhead.save_block(office, block, now, undoes=change.seq)


def _addressee(office: Office, change: OfficeChange, now: datetime) -> None:
    entry_id = change.entry_id or 0
    if change.before is None:
        addressees.remove_entry(office, entry_id, now, undoes=change.seq)
    elif change.after is None:
        addressees.bring_back_entry(office, entry_id, now, undoes=change.seq)
    else:
        entry = addressees.entry_told(change.before, entry_id)
        addressees.keep_entry(office, entry, now, undoes=change.seq)


def _own_kind(office: Office, change: OfficeChange, now: datetime) -> None:
    if change.before is None:
        own_kinds.remove_own_kind(office, change.field, now, undoes=change.seq)
    else:
        own = own_kinds.kind_told(change.before, change.field)
        own_kinds.keep_own_kind(office, own, now, undoes=change.seq)


def _holiday(office: Office, change: OfficeChange, now: datetime) -> None:
    day, _, name = (change.before or change.after or "").partition(" ")
    if change.before is None:
        reference.remove_holiday(office, date.fromisoformat(day), now, undoes=change.seq)
    else:
        reference.save_holiday(office, date.fromisoformat(day), name, now, undoes=change.seq)


def _guideline(office: Office, change: OfficeChange, now: datetime) -> None:
    gone, back = (reference.guidelines_told(words) for words in (change.after, change.before))
    reference.put_guidelines_back(office, gone, back, now, change.seq)


def _rule(office: Office, change: OfficeChange, now: datetime) -> None:
    part, months = rules.rule_told(change.before or change.after or "")
    with office.writing() as connection:
        if change.before is not None:
            rules.add_rule(office, connection, part, months, now, undoes=change.seq)
            return
        stands = rules.read_rules(connection)
        rule_id = next((one.rule.id for one in stands if one.rule.part is part), 0)
        rules.remove_rule(office, connection, rule_id, now, undoes=change.seq)


_OF_OFFICE = {
    OFFICE.c.name.name: Act.SET_UP_OFFICE,
    OFFICE.c.letterhead.name: Act.SET_UP_OFFICE,
    OFFICE.c.second_folder.name: Act.KEEP_BACKUPS,
}
_ACTS = {
    LETTER_LOGO.name: Act.SET_UP_OFFICE,
    SIGNATURE_BLOCKS.name: Act.APPROVE_LETTERS,
    ADDRESSEES.name: Act.COMPOSE_LETTERS,
    OFFICE_LETTER_KINDS.name: Act.APPROVE_LETTERS,
    OFFICE_HOLIDAYS.name: Act.SET_UP_OFFICE,
    POVERTY_GUIDELINES.name: Act.SET_UP_OFFICE,
    RETENTION_RULES.name: Act.DESTROY,
}

_BACK: dict[str, Callable[[Office, OfficeChange, datetime], None]] = {
    OFFICE.name: _office,
    LETTER_LOGO.name: _logo,
    SIGNATURE_BLOCKS.name: _signature,
    ADDRESSEES.name: _addressee,
    OFFICE_LETTER_KINDS.name: _own_kind,
    OFFICE_HOLIDAYS.name: _holiday,
    POVERTY_GUIDELINES.name: _guideline,
    RETENTION_RULES.name: _rule,
}
