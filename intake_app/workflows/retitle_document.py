"""Give a document another title."""

from datetime import datetime

from intake_app.core.roles import Act, require
from intake_app.store import documents
from intake_app.store.documents import Document
from intake_app.store.office import Office


def retitle_document(office: Office, document_id: int, title: str, now: datetime) -> Document:
    """The document with its new title; raise `BadAnswer` for one that is empty or too long."""
    require(office.member.role, Act.WRITE_CASES)
    with office.writing() as connection:
        return documents.retitle(office, connection, document_id, title, now)
