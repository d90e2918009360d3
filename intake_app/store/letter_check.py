"""Whether approved letters are still what an attorney approved: their hashes, and the history's."""

import hashlib
from typing import Any

from sqlalchemy import Connection, bindparam, select

from intake_app.core.errors import OfficeDamaged
from intake_app.core.fields import Compartment
from intake_app.store.history import is_destroyed, open_value
from intake_app.store.schema import CASES, HISTORY, LETTERS
from intake_app.store.sealing import Sealer, place

DAMAGED = (
    "This letter was changed or damaged in the office file and can’t be read. Run the check of "
    "the office, and restore a backup."
)

_APPROVALS = (
    select(HISTORY.c.seq, HISTORY.c.entry_id, HISTORY.c.after)
    .join(CASES, CASES.c.id == HISTORY.c.case_id)
    .where(HISTORY.c.record == LETTERS.name, HISTORY.c.action == "approved")
    .order_by(HISTORY.c.seq)
)
_APPROVED = select(LETTERS.c.id).where(
    LETTERS.c.stage == "approved", LETTERS.c.removed_at.is_(None)
)
_FROZEN = select(
    LETTERS.c.id, LETTERS.c.kind, LETTERS.c.content, LETTERS.c.pdf, LETTERS.c.sha256
).where(LETTERS.c.id == bindparam("number"))


def hashes_of(kind: str, content: str, pdf: bytes) -> tuple[str, str]:
    """SHA-256 in hexadecimal: of the PDF, and of everything else that is frozen with it."""
    whole = f"{kind}\n{content}".encode()
    return hashlib.sha256(pdf).hexdigest(), hashlib.sha256(whole).hexdigest()


def unsound_letters(sealer: Sealer, connection: Connection) -> int:
    """How many approved letters are gone, or are not what the history says was approved.

    One that retention destroyed is sound where it is empty: its line of history lost its value,
    and `history.fault_in` asks for the line that says so.

    Keys that open no letter can only tell that each is there; those of a paralegal, an attorney
    or an administrator compare every byte.
    """
    approved = {row.entry_id: row for row in connection.execute(_APPROVALS)}
    compares = sealer.opens(Compartment.BOTH)
    bad = 0
    # One at a time: a letter's pages are large, and an office has thousands.
    for number in connection.execute(_APPROVED).scalars().all():
        line = approved.pop(number, None)
        row = connection.execute(_FROZEN, {"number": number}).one()
        if line is not None and is_destroyed(line.after):
            bad += bool(row.content or row.pdf or row.sha256)
        else:
            bad += line is None or (compares and not _is_sound(sealer, row, line))
    return bad + sum(not is_destroyed(line.after) for line in approved.values())


def _is_sound(sealer: Sealer, row: Any, line: Any) -> bool:
    def where(column: str) -> str:
        return place("letters", column, row.id)

    if row.pdf is None or row.sha256 is None:
        return False
    try:
        kind = sealer.open(Compartment.PROTECTED, where("kind"), row.kind)
        content = sealer.open_bytes(Compartment.BOTH, where("content"), row.content)
        pdf = sealer.open_bytes(Compartment.BOTH, where("pdf"), row.pdf)
        kept = sealer.open(Compartment.BOTH, where("sha256"), row.sha256)
        told = open_value(sealer, Compartment.BOTH, "after", line.seq, line.after) or ""
        pdf_hash, whole_hash = hashes_of(kind, content.decode(), pdf)
    except (OfficeDamaged, UnicodeDecodeError):
        return False
    return pdf_hash == kept and told.endswith(f"PDF {pdf_hash} · letter {whole_hash}")
