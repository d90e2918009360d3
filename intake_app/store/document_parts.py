"""The pages of documents: sealed parts of about 1 MiB, written and read some at a time.

Each part is sealed for its document, its edition, its number and how many there are in all, so
that none can be dropped, moved or exchanged unnoticed. The last one is filled up to a whole
number of steps: the exact length of a known paper would tell which it is.

A document of 50 MB takes the file longer than anybody should wait for another save. So parts are
written in short transactions, and nothing counts until the row of the document says so; what a
crash or a full disk left over is taken away by `take_away_leftovers`.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import (
    Connection,
    Integer,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
)

from intake_app.core.errors import OfficeDamaged
from intake_app.core.fields import Compartment
from intake_app.store.history import value_destroyed
from intake_app.store.schema import CASES, DOCUMENT_PARTS, DOCUMENTS, HISTORY
from intake_app.store.sealing import DOCUMENT_DAMAGED, OVERHEAD, Sealer

FULL = 1024 * 1024
"""Bytes of a whole part, filled up."""

PART = FULL - 1
"""Bytes of a document in each part but the last; one more marks where they end."""

STEP = 64 * 1024
"""The last part is filled up to a multiple of this: 32 KiB more for a document on average."""

AT_ONCE = 2
"""Parts written or read in one transaction: about 0.03 s on a plain disk."""

_ADD = insert(DOCUMENT_PARTS)
_READ = (
    select(DOCUMENT_PARTS.c.part, DOCUMENT_PARTS.c.sealed)
    .where(
        DOCUMENT_PARTS.c.document_id == bindparam("document"),
        DOCUMENT_PARTS.c.edition == bindparam("of_edition"),
        DOCUMENT_PARTS.c.part >= bindparam("first"),
        DOCUMENT_PARTS.c.part < bindparam("end"),
    )
    .order_by(DOCUMENT_PARTS.c.part)
)


def parts_in(size: int) -> int:
    """How many parts hold so many bytes."""
    return max(-(-size // PART), 1)


def steps_of(count: int) -> Iterator[range]:
    """Part numbers in the groups that are written or read together."""
    for first in range(0, count, AT_ONCE):
        yield range(first, min(first + AT_ONCE, count))


def write_parts(
    sealer: Sealer,
    connection: Connection,
    keep: Compartment,
    document_id: int,
    edition: int,
    count: int,
    contents: Sequence[tuple[int, bytes]],
) -> None:
    """Add parts, each with its number, to an edition that will have `count` of them."""
    for part, content in contents:
        where = _place(document_id, edition, part, count)
        sealed = sealer.seal_bytes(keep, where, content, STEP)
        connection.execute(
            _ADD,
            {"document_id": document_id, "edition": edition, "part": part, "sealed": sealed},
        )


def read_parts(
    sealer: Sealer,
    connection: Connection,
    keep: Compartment,
    document_id: int,
    edition: int,
    count: int,
    wanted: range,
) -> list[bytes]:
    """Some parts, opened; raise `OfficeDamaged` for one that is missing, changed or moved."""
    rows = connection.execute(
        _READ,
        {
            "document": document_id,
            "of_edition": edition,
            "first": wanted.start,
            "end": wanted.stop,
        },
    ).all()
    if [row.part for row in rows] != list(wanted):
        raise OfficeDamaged(DOCUMENT_DAMAGED)
    return [
        sealer.open_bytes(keep, _place(document_id, edition, row.part, count), row.sealed)
        for row in rows
    ]


def take_away_leftovers(connection: Connection) -> bool:
    """Take away some parts that belong to nothing, and rows never finished; say if more is left.

    Call it in transactions of their own, and only while no document is being written.
    """
    theirs = DOCUMENTS.c.id == DOCUMENT_PARTS.c.document_id
    lost = (
        select(DOCUMENT_PARTS.c.document_id, DOCUMENT_PARTS.c.edition, DOCUMENT_PARTS.c.part)
        .join(DOCUMENTS, theirs)
        .where(or_(DOCUMENTS.c.parts.is_(None), DOCUMENTS.c.edition != DOCUMENT_PARTS.c.edition))
        .limit(4 * AT_ONCE)
    )
    found = connection.execute(lost).all()
    for row in found:
        connection.execute(
            delete(DOCUMENT_PARTS).where(
                DOCUMENT_PARTS.c.document_id == row.document_id,
                DOCUMENT_PARTS.c.edition == row.edition,
                DOCUMENT_PARTS.c.part == row.part,
            )
        )
    if len(found) == 4 * AT_ONCE:
        return True
    connection.execute(delete(DOCUMENTS).where(DOCUMENTS.c.parts.is_(None)))
    return False


def has_leftovers(connection: Connection) -> bool:
    """Whether anything was begun and not finished, or sealed anew and not taken away yet."""
    begun = select(DOCUMENTS.c.id).where(DOCUMENTS.c.parts.is_(None)).limit(1)
    theirs = DOCUMENTS.c.id == DOCUMENT_PARTS.c.document_id
    old = (
        select(DOCUMENTS.c.id)
        .join(DOCUMENT_PARTS, theirs)
        .where(DOCUMENT_PARTS.c.edition != DOCUMENTS.c.edition)
        .limit(1)
    )
    return any(connection.execute(look).first() is not None for look in (begun, old))


def unsound_documents(connection: Connection) -> int:
    """How many documents lack parts or have parts of a wrong length, without opening any.

    Counts documents as well that the history tells of and that are not there, unless they were
    destroyed.
    """
    part, length = DOCUMENT_PARTS.c.part, func.length(DOCUMENT_PARTS.c.sealed)
    last = part == DOCUMENTS.c.parts - 1
    whole = and_(~last, part < DOCUMENTS.c.parts - 1, length == FULL + OVERHEAD)
    rest = and_(
        last,
        length <= FULL + OVERHEAD,
        length > OVERHEAD,
        (length - OVERHEAD).cast(Integer) % STEP == 0,
    )
    fits = func.sum(case((or_(whole, rest), 1), else_=0))
    mine = and_(
        DOCUMENT_PARTS.c.document_id == DOCUMENTS.c.id,
        DOCUMENT_PARTS.c.edition == DOCUMENTS.c.edition,
    )
    bad = (
        select(DOCUMENTS.c.id)
        .outerjoin(DOCUMENT_PARTS, mine)
        .where(DOCUMENTS.c.parts.is_not(None))
        .group_by(DOCUMENTS.c.id)
        .having(
            or_(
                func.count(DOCUMENT_PARTS.c.part) != DOCUMENTS.c.parts,
                fits != DOCUMENTS.c.parts,
                DOCUMENTS.c.parts < 1,
            )
        )
    )
    gone = (
        select(HISTORY.c.entry_id)
        .select_from(HISTORY.join(CASES, CASES.c.id == HISTORY.c.case_id))
        .outerjoin(DOCUMENTS, DOCUMENTS.c.id == HISTORY.c.entry_id)
        .where(
            HISTORY.c.record == DOCUMENTS.name,
            HISTORY.c.action == "added",
            DOCUMENTS.c.id.is_(None),
            ~value_destroyed(HISTORY.c.after),
        )
    )
    return sum(len(connection.execute(look).all()) for look in (bad, gone))


def _place(document_id: int, edition: int, part: int, count: int) -> str:
    return f"document_parts.sealed:{document_id}.{edition} {part}/{count}"
