"""Read the documents of a case: the list, the small pictures, one whole document."""

import io
from datetime import datetime

from intake_app.core.roles import Act, require
from intake_app.store import document_parts, documents
from intake_app.store.documents import Document
from intake_app.store.office import Office
from intake_app.workflows.steps import Steps


def list_documents(office: Office, case_id: int) -> tuple[Document, ...]:
    """The documents this member may know of, in the order they were added."""
    require(office.member.role, Act.READ_CASES)
    with office.reading() as connection:
        return documents.list_documents(office, connection, case_id)


def read_pictures(office: Office, case_id: int) -> dict[int, bytes]:
    """The small pictures (PNG) of the same documents, by their numbers; some have none."""
    require(office.member.role, Act.READ_CASES)
    with office.reading() as connection:
        return documents.pictures_of(office, connection, case_id)


def read_document(office: Office, document_id: int, now: datetime | None = None) -> Steps[bytes]:
    """The bytes as they were added; raise `AppError` for a document that is gone.

    With `now`, the history is told that it was opened.
    """
    require(office.member.role, Act.READ_CASES)
    if now is not None:
        documents.note_opening(office, document_id, now)
    with office.reading() as connection:
        pages = documents.pages_of(office, connection, document_id)
    content = io.BytesIO()
    for wanted in document_parts.steps_of(pages.count):
        yield wanted.start / pages.count
        with office.reading() as connection:
            content.write(documents.read_pages(office, connection, pages, wanted))
    return content.getvalue()
