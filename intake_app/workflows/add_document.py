"""Add a scan or a PDF to a case."""

from datetime import datetime

from intake_app.core.document_media import LARGEST, too_large
from intake_app.core.roles import Act, require
from intake_app.store import document_parts, documents
from intake_app.store.documents import Document
from intake_app.store.office import Office
from intake_app.workflows.steps import Steps
from intake_app.workflows.take_file import TakenFile


def add_document(
    office: Office,
    case_id: int,
    file: TakenFile,
    picture: bytes | None,
    now: datetime,
    *,
    protected: bool = False,
) -> Steps[Document]:
    """Write the document, part by part; it is in the case when the last step is done.

    picture: a small PNG of its first page. protected: sealed with both keys, and never told to
    a member who lacks one. Raises `NotAllowed`, or `AppError` when the disk refuses: what was
    written so far is then no document, and `clear_leftovers` takes it away.
    """
    require(office.member.role, Act.WRITE_CASES)
    if protected:
        require(office.member.role, Act.SEE_PROTECTED)
    size = len(file.content)
    if size > LARGEST:
        raise too_large()
    with office.writing() as connection:
        pages = documents.begin_document(
            office, connection, case_id, file.media, size, now, protected=protected
        )
    for wanted in document_parts.steps_of(pages.count):
        yield wanted.start / pages.count
        start, end = wanted.start * document_parts.PART, wanted.stop * document_parts.PART
        with office.writing() as connection:
            documents.write_pages(office, connection, pages, wanted, file.content[start:end])
    yield 1.0
    with office.writing() as connection:
        return documents.finish_document(office, connection, pages, file.title, picture, now)
