"""What the history tells of documents, to whom, and taking such a change back."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from intake_app.core.errors import AppError
from intake_app.core.fields import Compartment
from intake_app.store import documents
from intake_app.store.documents import KEEPS, TITLE
from intake_app.store.history import open_value
from intake_app.store.office import Office
from intake_app.store.schema import HISTORY

UNDOABLE = ("added", "removed", "brought back", "changed")
"""Actions on a document that can be taken back; what left the office can't be called back."""

_SEALED_AS = {name: keep for keep, name in TITLE.items()}


def told_to(office: Office, row: Any) -> bool:
    """Whether this member may know of a line: of the title in it, and of the document today.

    row: of the history, with the document's `document_keep` (None where it is gone for good).
    """
    known = {_line_keep(row), KEEPS.get(row.document_keep, Compartment.IDENTITY)}
    return all(office.sealer.opens(keep) for keep in known)


def titles_in(office: Office, row: Any) -> tuple[str, str]:
    """The titles before and after, as far as the line has any."""
    keep = _line_keep(row)
    before = open_value(office.sealer, keep, "before", row.seq, row.before)
    after = open_value(office.sealer, keep, "after", row.seq, row.after)
    return before or "", after or ""


def undo_document_change(office: Office, connection: Connection, row: Any, now: datetime) -> None:
    """Take one change back, as a new one; raise `AppError` for one that can't be."""
    if row.action not in UNDOABLE:
        raise AppError("That change can’t be undone.")
    if row.action != "changed":
        back = row.action == "removed"
        documents.remove_document(office, connection, row.entry_id, now, back=back, undoes=row.seq)
        return
    newer = connection.execute(
        select(HISTORY.c.seq).where(
            HISTORY.c.record == row.record,
            HISTORY.c.entry_id == row.entry_id,
            HISTORY.c.action == "changed",
            HISTORY.c.seq > row.seq,
        )
    ).first()
    if newer is not None:
        raise AppError("This title was changed again later. Undo the newest change of it first.")
    before, _after = titles_in(office, row)
    documents.retitle(office, connection, row.entry_id, before, now, undoes=row.seq)


def _line_keep(row: Any) -> Compartment:
    # A line of a newer version that is not known here is told to nobody who lacks a key.
    return _SEALED_AS.get(row.field or "", Compartment.BOTH)
