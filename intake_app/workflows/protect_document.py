"""Seal a document as a paper about victim facts, or as one that is not."""

from datetime import datetime

from intake_app.core.roles import Act, require
from intake_app.store import document_parts, documents
from intake_app.store.documents import Document
from intake_app.store.office import Office
from intake_app.workflows.clear_leftovers import clear_leftovers
from intake_app.workflows.steps import Steps


def protect_document(
    office: Office, document_id: int, now: datetime, *, protected: bool
) -> Steps[Document]:
    """Seal every part anew; until the last is in, the document is what it was.

    The pages as they were are taken away at the end. Raises `NotAllowed` or `AppError`.
    """
    for act in (Act.WRITE_CASES, Act.SEE_PROTECTED):
        require(office.member.role, act)
    with office.reading() as connection:
        found = documents.find_document(office, connection, document_id)
        if found.protected == protected:
            return found
        old, new = documents.begin_resealing(office, connection, document_id, protected=protected)
    for wanted in document_parts.steps_of(new.count):
        yield wanted.start / new.count
        with office.writing() as connection:
            content = documents.read_pages(office, connection, old, wanted)
            documents.write_pages(office, connection, new, wanted, content)
    yield 1.0
    with office.writing() as connection:
        made = documents.finish_resealing(office, connection, new, now)
    yield from clear_leftovers(office)
    return made
