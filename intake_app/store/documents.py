"""Documents of a case: scans and PDFs, sealed, with a title and a small picture.

A paper about victim facts is kept with both keys; whoever lacks one is told nothing of it. The
title stands in the history sealed like the document itself; history says by the name of the
field how (`TITLE`). The pages themselves are in `store.document_parts`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, insert, select, update

from intake_app.core.answers import clean
from intake_app.core.document_media import LONGEST_TITLE, Media
from intake_app.core.errors import AppError, BadAnswer, OfficeDamaged
from intake_app.core.fields import Compartment
from intake_app.store import document_parts
from intake_app.store.deleted import require_kept
from intake_app.store.history import Line
from intake_app.store.office import Office
from intake_app.store.openings import OPENED
from intake_app.store.present_cases import present, require_present, touch_case
from intake_app.store.schema import DOCUMENTS, MEMBERS
from intake_app.store.sealing import DOCUMENT_DAMAGED, place

KEEPS = {"identity": Compartment.IDENTITY, "both": Compartment.BOTH}
"""How a document may be kept, by the word in its row."""

TITLE = {Compartment.IDENTITY: "title", Compartment.BOTH: "title, protected"}
"""What history calls the title, by how it is sealed there."""

_WORD = {keep: word for word, keep in KEEPS.items()}
_PICTURE_STEP = 16 * 1024

_GONE = "That document is no longer in the case. Open the case again."


@dataclass(frozen=True)
class Document:
    """One document as lists show it. size: bytes. added_by: a member's name."""

    id: int
    case_id: int
    title: str
    media: Media
    size: int
    added_at: datetime
    added_by: str
    protected: bool


@dataclass(frozen=True)
class Pages:
    """Where the pages of a document are, and how they are sealed; `count` parts in all."""

    document_id: int
    keep: Compartment
    edition: int
    count: int
    size: int


_WHOLE = (
    select(DOCUMENTS, MEMBERS.c.name.label("member_name"))
    .join(MEMBERS, MEMBERS.c.id == DOCUMENTS.c.added_by)
    .where(DOCUMENTS.c.parts.is_not(None), present(DOCUMENTS.c.case_id))
    .order_by(DOCUMENTS.c.id)
)


def list_documents(office: Office, connection: Connection, case_id: int) -> tuple[Document, ...]:
    """The documents of a case that this member's keys open, in the order they were added."""
    rows = connection.execute(_open_to(office, _WHOLE).where(DOCUMENTS.c.case_id == case_id))
    return tuple(_document(office, row) for row in rows)


def find_document(office: Office, connection: Connection, document_id: int) -> Document:
    """One document; raise `AppError` where it is gone or was never there for this member."""
    return _document(office, _row(office, connection, document_id))


def pictures_of(office: Office, connection: Connection, case_id: int) -> dict[int, bytes]:
    """The small pictures (PNG) of a case's documents by their numbers, where they have one."""
    rows = connection.execute(
        _open_to(office, select(DOCUMENTS.c.id, DOCUMENTS.c.keep, DOCUMENTS.c.thumbnail)).where(
            DOCUMENTS.c.case_id == case_id,
            present(DOCUMENTS.c.case_id),
            DOCUMENTS.c.parts.is_not(None),
            DOCUMENTS.c.thumbnail.is_not(None),
        )
    )
    return {row.id: _opened_picture(office, row) for row in rows}


def pages_of(office: Office, connection: Connection, document_id: int) -> Pages:
    """Where to read the pages of a document; raise `AppError` where it is gone."""
    row = _row(office, connection, document_id)
    size = _size(office, row)
    if row.parts != document_parts.parts_in(size):
        raise OfficeDamaged(DOCUMENT_DAMAGED)
    return Pages(row.id, KEEPS[row.keep], row.edition, row.parts, size)


def read_pages(office: Office, connection: Connection, pages: Pages, wanted: range) -> bytes:
    """The bytes of some parts; raise `OfficeDamaged` where any is not what was put there."""
    told = document_parts.read_parts(
        office.sealer,
        connection,
        pages.keep,
        pages.document_id,
        pages.edition,
        pages.count,
        wanted,
    )
    last = wanted.stop == pages.count
    length = pages.size - wanted.start * document_parts.PART
    if sum(map(len, told)) != (length if last else len(wanted) * document_parts.PART):
        raise OfficeDamaged(DOCUMENT_DAMAGED)
    return b"".join(told)


def begin_document(
    office: Office,
    connection: Connection,
    case_id: int,
    media: Media,
    size: int,
    now: datetime,
    *,
    protected: bool,
) -> Pages:
    """Make room for a document; it is not in the case until `finish_document`."""
    keep = Compartment.BOTH if protected else Compartment.IDENTITY
    require_present(connection, case_id)
    made = connection.execute(
        insert(DOCUMENTS).values(
            case_id=case_id,
            added_at=_stamp(now),
            added_by=office.member.id,
            keep=_WORD[keep],
            media=media.value,
            edition=1,
            title=b"",
        )
    )
    assert made.inserted_primary_key is not None  # noqa: S101 - for the type checker
    document_id = int(made.inserted_primary_key[0])
    return Pages(document_id, keep, 1, document_parts.parts_in(size), size)


def write_pages(
    office: Office, connection: Connection, pages: Pages, wanted: range, content: bytes
) -> None:
    """Write some parts of what was begun. content: their bytes and no others."""
    size = document_parts.PART
    document_parts.write_parts(
        office.sealer,
        connection,
        pages.keep,
        pages.document_id,
        pages.edition,
        pages.count,
        [(part, content[at * size : (at + 1) * size]) for at, part in enumerate(wanted)],
    )


def finish_document(
    office: Office,
    connection: Connection,
    pages: Pages,
    title: str,
    thumbnail: bytes | None,
    now: datetime,
) -> Document:
    """All parts are in: from now on the document is in the case."""
    title = checked_title(title)
    _seal_row(office, connection, pages, title, thumbnail)
    found = find_document(office, connection, pages.document_id)
    _tell(office, connection, found, "added", now, after=title)
    return found


def retitle(
    office: Office,
    connection: Connection,
    document_id: int,
    title: str,
    now: datetime,
    *,
    undoes: int | None = None,
) -> Document:
    """Give a document another title; nothing is written where it has it already."""
    title = checked_title(title)
    found = find_document(office, connection, document_id)
    if found.title == title:
        return found
    keep = Compartment.BOTH if found.protected else Compartment.IDENTITY
    sealed = office.sealer.seal(keep, place("documents", "title", document_id), title)
    connection.execute(update(DOCUMENTS).where(DOCUMENTS.c.id == document_id).values(title=sealed))
    _tell(office, connection, found, "changed", now, found.title, title, undoes)
    return find_document(office, connection, document_id)


def remove_document(
    office: Office,
    connection: Connection,
    document_id: int,
    now: datetime,
    *,
    back: bool = False,
    undoes: int | None = None,
) -> Document:
    """Mark a document as removed, or with `back` bring it back; raise `AppError` if it is so."""
    row = _row(office, connection, document_id, removed=back)
    require_kept(row.removed_at, now)
    found = _document(office, row)
    connection.execute(
        update(DOCUMENTS)
        .where(DOCUMENTS.c.id == document_id)
        .values(removed_at=None if back else _stamp(now))
    )
    if back:
        _tell(office, connection, found, "brought back", now, after=found.title, undoes=undoes)
    else:
        _tell(office, connection, found, "removed", now, before=found.title, undoes=undoes)
    return found


def note_export(office: Office, connection: Connection, document_id: int, now: datetime) -> None:
    """Write into the history that a copy leaves the office file."""
    found = find_document(office, connection, document_id)
    _tell(office, connection, found, "exported", now, after=found.title)


def note_opening(office: Office, document_id: int, now: datetime) -> None:
    """Tell the history that somebody reads it, once for each unlocking."""
    with office.reading() as connection:
        found = find_document(office, connection, document_id)
    line = _line(office, found, OPENED, now, after=found.title)
    office.openings.tell(office, DOCUMENTS.name, document_id, line)


def begin_resealing(
    office: Office, connection: Connection, document_id: int, *, protected: bool
) -> tuple[Pages, Pages]:
    """Where the pages are now, and where they go to be sealed the other way."""
    now_at = pages_of(office, connection, document_id)
    keep = Compartment.BOTH if protected else Compartment.IDENTITY
    return now_at, Pages(document_id, keep, now_at.edition + 1, now_at.count, now_at.size)


def finish_resealing(
    office: Office, connection: Connection, pages: Pages, now: datetime
) -> Document:
    """All parts are sealed anew: from now on these are the pages. The old ones are leftovers."""
    row = _row(office, connection, pages.document_id)
    found = _document(office, row)
    picture = _opened_picture(office, row) if row.thumbnail is not None else None
    if row.edition != pages.edition - 1:
        raise AppError(_GONE)
    _seal_row(office, connection, pages, found.title, picture)
    made = find_document(office, connection, pages.document_id)
    action = "marked as protected" if made.protected else "marked as not protected"
    _tell(office, connection, made, action, now, after=found.title)
    return made


def checked_title(title: str) -> str:
    """A title as it is kept; raise `BadAnswer` for one that is empty or too long."""
    kept = clean(title)
    if not kept:
        raise BadAnswer("Give the document a title, so that others find it.")
    if len(kept) > LONGEST_TITLE:
        raise BadAnswer(f"A title can have {LONGEST_TITLE} letters at most. Shorten it.")
    return kept


def _seal_row(
    office: Office, connection: Connection, pages: Pages, title: str, picture: bytes | None
) -> None:
    where, seal, row = pages.keep, office.sealer, pages.document_id
    connection.execute(
        update(DOCUMENTS)
        .where(DOCUMENTS.c.id == row)
        .values(
            keep=_WORD[where],
            edition=pages.edition,
            parts=pages.count,
            size=seal.seal(where, place("documents", "size", row), str(pages.size)),
            title=seal.seal(where, place("documents", "title", row), title),
            thumbnail=None
            if picture is None
            else seal.seal_bytes(
                where, place("documents", "thumbnail", row), picture, _PICTURE_STEP
            ),
        )
    )


def _open_to(office: Office, rows: Select[Any]) -> Select[Any]:
    """Without what was removed, and without what this member must not know of."""
    return rows.where(DOCUMENTS.c.removed_at.is_(None), DOCUMENTS.c.keep.in_(_kept_for(office)))


def _kept_for(office: Office) -> list[str]:
    return [word for word, keep in KEEPS.items() if office.sealer.opens(keep)]


def _row(
    office: Office, connection: Connection, document_id: int, *, removed: bool = False
) -> Row[Any]:
    removed_at = DOCUMENTS.c.removed_at
    row = connection.execute(
        _WHOLE.where(
            DOCUMENTS.c.id == bindparam("document"),
            removed_at.is_not(None) if removed else removed_at.is_(None),
            DOCUMENTS.c.keep.in_(_kept_for(office)),
        ),
        {"document": document_id},
    ).first()
    if row is None:
        raise AppError(
            "That document is in the case already. Open the case again." if removed else _GONE
        )
    return row


def _document(office: Office, row: Any) -> Document:
    keep = KEEPS[row.keep]
    return Document(
        id=row.id,
        case_id=row.case_id,
        title=office.sealer.open(keep, place("documents", "title", row.id), row.title),
        media=Media.of(row.media),
        size=_size(office, row),
        added_at=datetime.fromisoformat(row.added_at),
        added_by=row.member_name,
        protected=keep is Compartment.BOTH,
    )


def _size(office: Office, row: Any) -> int:
    return int(office.sealer.open(KEEPS[row.keep], place("documents", "size", row.id), row.size))


def _opened_picture(office: Office, row: Any) -> bytes:
    where = place("documents", "thumbnail", row.id)
    return office.sealer.open_bytes(KEEPS[row.keep], where, row.thumbnail)


def _tell(
    office: Office,
    connection: Connection,
    about: Document,
    action: str,
    now: datetime,
    before: str | None = None,
    after: str | None = None,
    undoes: int | None = None,
) -> None:
    """Write the history line, in the transaction of the change itself."""
    office.record(connection, _line(office, about, action, now, before, after, undoes))
    touch_case(connection, about.case_id, now)


def _line(
    office: Office,
    about: Document,
    action: str,
    now: datetime,
    before: str | None = None,
    after: str | None = None,
    undoes: int | None = None,
) -> Line:
    keep = Compartment.BOTH if about.protected else Compartment.IDENTITY
    return Line(
        _stamp(now),
        office.member.id,
        action,
        about.case_id,
        DOCUMENTS.name,
        about.id,
        TITLE[keep],
        before,
        after,
        undoes,
        keep,
    )


def _stamp(now: datetime) -> str:
    return now.isoformat(timespec="seconds")
