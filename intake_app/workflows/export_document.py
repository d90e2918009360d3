"""Save a copy of a document outside the office, where somebody asked for it."""

import os
import secrets
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from intake_app.core.document_media import Media
from intake_app.core.errors import AppError
from intake_app.core.roles import Act, require
from intake_app.store import document_parts, documents
from intake_app.store.disk import flush
from intake_app.store.office import Office
from intake_app.workflows.reauthenticate import Proof, require_proof
from intake_app.workflows.steps import Steps


def export_name(case_number: str, document_id: int, media: Media) -> str:
    """The name to propose for a copy: it names nobody."""
    return f"document-{case_number}-{document_id}.{media.value}"


def export_document(
    office: Office, document_id: int, path: Path, proof: Proof, now: datetime
) -> Steps[Path]:
    """Write the copy beside its place, tell the history, and put it into its place.

    The history comes first: it may tell of a copy that was never finished, but no copy is
    without a line. Only its owner may read the file. Raises `AppError` where it can't be
    written; nothing is left of it then.
    """
    require(office.member.role, Act.WRITE_CASES)
    require_proof(office, proof, now)
    if office.folder.resolve() in path.resolve().parents:
        raise AppError("The folder of the office is not for copies. Choose another folder.")
    with office.reading() as connection:
        pages = documents.pages_of(office, connection, document_id)
    beside = path.with_name(f".intake-desk-{secrets.token_hex(8)}.part")
    try:
        # `O_BINARY` keeps Windows from changing line ends.
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(beside, flags, 0o600), "wb") as file:
            for wanted in document_parts.steps_of(pages.count):
                yield wanted.start / pages.count
                with office.reading() as connection:
                    file.write(documents.read_pages(office, connection, pages, wanted))
            file.flush()
            os.fsync(file.fileno())
        yield 1.0
        with office.writing() as connection:
            documents.note_export(office, connection, document_id, now)
        beside.replace(path)
        flush(path.parent)
    except OSError as error:
        raise AppError(
            "The copy can’t be written there. Check that the disk is there, not full and not "
            "write-protected, or choose another folder."
        ) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return path
