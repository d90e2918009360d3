"""Remove a document from a case, and bring it back."""

from datetime import datetime

from intake_app.core.roles import Act, require
from intake_app.store import documents
from intake_app.store.documents import Document
from intake_app.store.office import Office


def remove_document(office: Office, document_id: int, now: datetime) -> Document:
    """Take it off the list; it stays in the file, and History can bring it back."""
    require(office.member.role, Act.WRITE_CASES)
    with office.writing() as connection:
        return documents.remove_document(office, connection, document_id, now)


def bring_back_document(office: Office, document_id: int, now: datetime) -> Document:
    """Put a removed document on the list again; raise `AppError` where it is there."""
    require(office.member.role, Act.WRITE_CASES)
    with office.writing() as connection:
        return documents.remove_document(office, connection, document_id, now, back=True)
