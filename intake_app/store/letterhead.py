"""The office's name and letterhead, its logo, and the signature blocks of its members."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, insert, select, update

from intake_app.core.letters.letter_setup import SignatureBlock
from intake_app.store.history import table_line
from intake_app.store.office import Office
from intake_app.store.schema import LETTER_LOGO, OFFICE, SIGNATURE_BLOCKS


def save_letterhead(
    office: Office, name: str, lines: str, now: datetime, *, undoes: int | None = None
) -> None:
    """Give the office another name or other lines; renews `Office.profile`."""
    old = office.profile
    changed = [
        (field, before, after)
        for field, before, after in (
            ("name", old.name, name),
            ("letterhead", old.letterhead, lines),
        )
        if before != after
    ]
    if not changed:
        return
    with office.writing() as connection:
        connection.execute(update(OFFICE).values(name=name, letterhead=lines))
        office.record(
            connection,
            *(
                table_line(
                    office.member.id,
                    now,
                    "letterhead changed",
                    OFFICE.name,
                    before,
                    after,
                    field=field,
                    undoes=undoes,
                )
                for field, before, after in changed
            ),
        )
    office.profile = replace(old, name=name, letterhead=lines)


def read_logo(office: Office) -> bytes | None:
    """The picture above the office's name; None where it has none."""
    with office.reading() as connection:
        return connection.execute(select(LETTER_LOGO.c.picture)).scalar()


def save_logo(
    office: Office, picture: bytes | None, now: datetime, *, undoes: int | None = None
) -> None:
    """Keep a PNG as the logo, in place of the one before; None takes it away.

    History keeps the one before whole, so that it can be put back.
    """
    with office.writing() as connection:
        before = connection.execute(select(LETTER_LOGO.c.picture)).scalar()
        connection.execute(delete(LETTER_LOGO))
        if picture is not None:
            connection.execute(insert(LETTER_LOGO).values(id=1, media="image/png", picture=picture))
        elif before is None:
            return
        action = "logo removed" if picture is None else "logo changed" if before else "logo added"
        was = None if before is None else b64encode(before).decode()
        now_is = None if picture is None else sha256(picture).hexdigest()
        line = table_line(
            office.member.id, now, action, LETTER_LOGO.name, was, now_is, undoes=undoes
        )
        office.record(connection, line)
    office.letter_setup = None


def read_blocks(office: Office) -> Mapping[int, SignatureBlock]:
    """The signature block of every member who has one, by the member's number."""
    with office.reading() as connection:
        rows = connection.execute(select(SIGNATURE_BLOCKS)).all()
    return {row.member_id: block_of(row.lines) for row in rows}


def save_block(
    office: Office, block: SignatureBlock, now: datetime, *, undoes: int | None = None
) -> None:
    """Keep the block of the member whose office this is; an empty one takes it away."""
    table, own = SIGNATURE_BLOCKS, SIGNATURE_BLOCKS.c.member_id == office.member.id
    text = "\n".join((block.title, *block.lines)) if block != SignatureBlock() else ""
    with office.writing() as connection:
        before = connection.execute(select(table.c.lines).where(own)).scalar() or ""
        if before == text:
            return
        connection.execute(delete(table).where(own))
        if text:
            connection.execute(insert(table).values(member_id=office.member.id, lines=text))
        words = (before or None, text or None)
        line = table_line(
            office.member.id, now, "signature changed", table.name, *words, undoes=undoes
        )
        office.record(connection, line)
    office.letter_setup = None


def block_of(text: str) -> SignatureBlock:
    """A block as it is kept, and as history tells it."""
    title, *lines = text.split("\n")
    return SignatureBlock(title, tuple(lines))
