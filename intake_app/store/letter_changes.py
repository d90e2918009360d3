"""Changes of letters: a draft made, kept, asked about, discarded, and approved for good.

Each writes its line of history in the same transaction. Nothing here changes an approved letter.
"""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from intake_app.core.errors import AppError
from intake_app.core.fields import Compartment
from intake_app.core.letters.options import LetterOptions, options_to_json
from intake_app.store.deleted import require_kept
from intake_app.store.history import Line
from intake_app.store.letter_check import hashes_of
from intake_app.store.letters import (
    Frozen,
    KeptLetter,
    Stage,
    find_draft,
    find_letter,
    kind_of_row,
)
from intake_app.store.office import Office
from intake_app.store.present_cases import require_present, touch_case
from intake_app.store.schema import LETTERS
from intake_app.store.sealing import place

STEP = 64 * 1024
"""Words and PDF are filled up to a multiple of this: their length must not tell the kind."""


def keep_draft(
    office: Office,
    connection: Connection,
    case_id: int,
    kind: str,
    title: str,
    options: LetterOptions,
    now: datetime,
) -> int:
    """Keep what was chosen and edited, in the one draft of that kind; return its id.

    Only the making of a draft is told in the history, not each edit. title: the kind's.
    """
    found = find_draft(office, connection, case_id, kind)
    if found is not None:
        if found.options != options:
            connection.execute(
                update(LETTERS)
                .where(LETTERS.c.id == found.id)
                .values(
                    content=_sealed_content(office, found.id, _content(options)),
                    changed_at=_stamp(now),
                )
            )
        return found.id
    require_present(connection, case_id)
    version, replaces = _next_version(office, connection, case_id, kind)
    made = connection.execute(
        insert(LETTERS).values(
            case_id=case_id,
            made_at=_stamp(now),
            made_by=office.member.id,
            changed_at=_stamp(now),
            stage=Stage.DRAFT.value,
            version=version,
            replaces=replaces,
            kind=b"",
            content=b"",
        )
    )
    assert made.inserted_primary_key is not None  # noqa: S101 - for the type checker
    letter_id = int(made.inserted_primary_key[0])
    connection.execute(
        update(LETTERS)
        .where(LETTERS.c.id == letter_id)
        .values(
            kind=office.sealer.seal(
                Compartment.PROTECTED, place("letters", "kind", letter_id), kind
            ),
            content=_sealed_content(office, letter_id, _content(options)),
        )
    )
    tell(office, connection, case_id, letter_id, "made", now, after=told(title, version))
    return letter_id


def ask_attorney(
    office: Office, connection: Connection, letter: KeptLetter, title: str, now: datetime
) -> None:
    """Let a draft wait for an attorney."""
    _set_stage(connection, letter, Stage.WAITING, now)
    after = told(title, letter.version)
    tell(office, connection, letter.case_id, letter.id, "waits for an attorney", now, after=after)


def discard_draft(
    office: Office, connection: Connection, letter: KeptLetter, title: str, now: datetime
) -> None:
    """Take away what is not approved; raise `AppError` for an approved letter."""
    if letter.stage is Stage.APPROVED:
        raise AppError("An approved letter is kept for good. Write a new version instead.")
    connection.execute(
        update(LETTERS).where(LETTERS.c.id == letter.id).values(removed_at=_stamp(now))
    )
    before = told(title, letter.version)
    tell(office, connection, letter.case_id, letter.id, "discarded", now, before=before)


def bring_back_draft(
    office: Office, connection: Connection, letter_id: int, words: str, now: datetime
) -> None:
    """Put a discarded draft back; raise `AppError` where a newer one of its kind is there.

    words: what history calls it (`told`).
    """
    row = connection.execute(
        select(LETTERS).where(LETTERS.c.id == letter_id, LETTERS.c.removed_at.is_not(None))
    ).first()
    if row is None:
        raise AppError("That letter is in the case already. Open the case again.")
    require_kept(row.removed_at, now)
    newer = LETTERS.c.case_id == row.case_id, LETTERS.c.id > row.id, LETTERS.c.removed_at.is_(None)
    kind = kind_of_row(office, row)
    others = connection.execute(select(LETTERS).where(*newer))
    if any(kind_of_row(office, one) == kind for one in others):
        raise AppError("Another letter of that kind was begun since. Discard that one first.")
    connection.execute(
        update(LETTERS)
        .where(LETTERS.c.id == letter_id)
        .values(removed_at=None, stage=Stage.DRAFT.value, changed_at=_stamp(now))
    )
    tell(office, connection, row.case_id, letter_id, "brought back", now, after=words)


def freeze(
    office: Office,
    connection: Connection,
    letter: KeptLetter,
    title: str,
    options: LetterOptions,
    frozen: Frozen,
    now: datetime,
) -> KeptLetter:
    """Approve a draft: from now on none of it changes."""
    if letter.stage is Stage.APPROVED:
        raise AppError("This letter is approved already. A new version is a new letter.")
    content = _content(options, frozen)
    pdf_hash, whole_hash = hashes_of(letter.kind, content, frozen.pdf)
    seal, where = office.sealer, Compartment.BOTH
    reply_by = frozen.reply_by.isoformat() if frozen.reply_by else None
    connection.execute(
        update(LETTERS)
        .where(LETTERS.c.id == letter.id)
        .values(
            stage=Stage.APPROVED.value,
            approved_at=_stamp(now),
            approved_by=office.member.id,
            changed_at=_stamp(now),
            content=_sealed_content(office, letter.id, content),
            pdf=seal.seal_bytes(where, place("letters", "pdf", letter.id), frozen.pdf, STEP),
            sha256=seal.seal(where, place("letters", "sha256", letter.id), pdf_hash),
            reply_by=None
            if reply_by is None
            else seal.seal(where, place("letters", "reply_by", letter.id), reply_by),
        )
    )
    after = f"{told(title, letter.version)} · PDF {pdf_hash} · letter {whole_hash}"
    tell(office, connection, letter.case_id, letter.id, "approved", now, after=after)
    return find_letter(office, connection, letter.id)


def told(title: str, version: int) -> str:
    """What history calls a letter."""
    return title if version == 1 else f"{title}, version {version}"


def tell(
    office: Office,
    connection: Connection,
    case_id: int,
    letter_id: int,
    action: str,
    now: datetime,
    *,
    before: str | None = None,
    after: str | None = None,
) -> None:
    """Write the history line, in the transaction of the change itself."""
    line = Line(
        _stamp(now),
        office.member.id,
        action,
        case_id,
        LETTERS.name,
        letter_id,
        before=before,
        after=after,
        seal_as=Compartment.BOTH,
    )
    office.record(connection, line)
    touch_case(connection, case_id, now)


def _next_version(
    office: Office, connection: Connection, case_id: int, kind: str
) -> tuple[int, int | None]:
    rows = connection.execute(
        select(LETTERS.c.id, LETTERS.c.kind, LETTERS.c.version)
        .where(LETTERS.c.case_id == case_id, LETTERS.c.stage == Stage.APPROVED.value)
        .order_by(LETTERS.c.version.desc(), LETTERS.c.id.desc())
    )
    newest = next((row for row in rows if kind_of_row(office, row) == kind), None)
    return (1, None) if newest is None else (newest.version + 1, newest.id)


def _set_stage(connection: Connection, letter: KeptLetter, stage: Stage, now: datetime) -> None:
    connection.execute(
        update(LETTERS)
        .where(LETTERS.c.id == letter.id)
        .values(stage=stage.value, changed_at=_stamp(now))
    )


def _content(options: LetterOptions, frozen: Frozen | None = None) -> str:
    whole: dict[str, Any] = {"options": options_to_json(options)}
    if frozen is not None:
        whole |= {
            "text": frozen.text,
            "letter": frozen.letter,
            "authorities": [asdict(one) for one in frozen.authorities],
            "consents": [asdict(one) for one in frozen.consents],
            "overrides": [asdict(one) for one in frozen.overrides],
            "template_version": frozen.template_version,
            "library_version": frozen.library_version,
        }
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, default=str)


def _sealed_content(office: Office, letter_id: int, content: str) -> bytes:
    where = place("letters", "content", letter_id)
    return office.sealer.seal_bytes(Compartment.BOTH, where, content.encode(), STEP)


def _stamp(now: datetime) -> str:
    return now.isoformat(timespec="seconds")
