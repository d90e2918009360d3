"""The office's directory of addressees, sealed under the identity key."""

import json
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from intake_app.core.directory import DirectoryEntry
from intake_app.core.errors import AppError
from intake_app.core.fields import Compartment
from intake_app.core.vocabulary import AddresseeKind
from intake_app.store.deleted import require_kept
from intake_app.store.history import Line
from intake_app.store.office import Office
from intake_app.store.schema import ADDRESSEES
from intake_app.store.sealing import place

_GONE = "That entry is no longer in the directory. Open the page again."
_PLAIN = ("id", "kind", "state")


def read_directory(office: Office) -> tuple[DirectoryEntry, ...]:
    """Every entry that was not removed, in the order they were added."""
    wanted = select(ADDRESSEES).where(ADDRESSEES.c.removed_at.is_(None)).order_by(ADDRESSEES.c.id)
    with office.reading() as connection:
        return tuple(open_entry(office, row) for row in connection.execute(wanted))


def keep_entry(
    office: Office, entry: DirectoryEntry, now: datetime, *, undoes: int | None = None
) -> DirectoryEntry:
    """Add an entry (id 0) or change one; raise `AppError` where that one is gone."""
    with office.writing() as connection:
        before = _entry(office, connection, entry.id) if entry.id else None
        if before == entry:
            return entry
        kept = entry if before else replace(entry, id=_added(connection, entry))
        connection.execute(
            update(ADDRESSEES)
            .where(ADDRESSEES.c.id == kept.id)
            .values(kind=kept.kind.value, state=kept.state, entry=_sealed(office, kept))
        )
        action = "addressee changed" if before else "addressee added"
        office.record(connection, _line(office, now, action, before, kept, undoes))
    office.letter_setup = None
    return kept


def remove_entry(
    office: Office, entry_id: int, now: datetime, *, undoes: int | None = None
) -> None:
    """Take an entry out; its row and its history stay. Raises `AppError` where it is gone."""
    with office.writing() as connection:
        before = _entry(office, connection, entry_id)
        connection.execute(
            update(ADDRESSEES)
            .where(ADDRESSEES.c.id == entry_id)
            .values(removed_at=now.isoformat(timespec="seconds"))
        )
        office.record(connection, _line(office, now, "addressee removed", before, None, undoes))
    office.letter_setup = None


def bring_back_entry(
    office: Office, entry_id: int, now: datetime, *, undoes: int | None = None
) -> None:
    """Put an entry back into the directory; raise `AppError` where it is there, or lost."""
    with office.writing() as connection:
        row = connection.execute(
            select(ADDRESSEES).where(
                ADDRESSEES.c.id == entry_id, ADDRESSEES.c.removed_at.is_not(None)
            )
        ).first()
        if row is None:
            raise AppError("That entry is in the directory already. Open the page again.")
        require_kept(row.removed_at, now)
        connection.execute(
            update(ADDRESSEES).where(ADDRESSEES.c.id == entry_id).values(removed_at=None)
        )
        entry = open_entry(office, row)
        line = _line(office, now, "addressee brought back", None, entry, undoes)
        office.record(connection, line)
    office.letter_setup = None


def _entry(office: Office, connection: Connection, entry_id: int) -> DirectoryEntry:
    row = connection.execute(
        select(ADDRESSEES).where(ADDRESSEES.c.id == entry_id, ADDRESSEES.c.removed_at.is_(None))
    ).first()
    if row is None:
        raise AppError(_GONE)
    return open_entry(office, row)


def _added(connection: Connection, entry: DirectoryEntry) -> int:
    # The seal needs the number of the row, so the words come in a second step.
    made = connection.execute(
        insert(ADDRESSEES).values(kind=entry.kind.value, state=entry.state, entry=b"")
    )
    return int(made.lastrowid)


def _sealed(office: Office, entry: DirectoryEntry) -> bytes:
    where = place(ADDRESSEES.name, "entry", entry.id)
    return office.sealer.seal(Compartment.IDENTITY, where, _told(entry))


def open_entry(office: Office, row: Row[tuple[object, ...]]) -> DirectoryEntry:
    """An entry from its row, whether or not it was removed."""
    where = place(ADDRESSEES.name, "entry", row.id)
    told = office.sealer.open(Compartment.IDENTITY, where, row.entry)
    return _read(row.kind, row.state, row.id, told)


def entry_told(words: str, entry_id: int) -> DirectoryEntry:
    """The entry a line of history tells of."""
    kind, state, told = words.split(" ", 2)
    return _read(kind, state, entry_id, told)


def _read(kind: str, state: str, entry_id: int, words: str) -> DirectoryEntry:
    told = json.loads(words)
    told["lines"] = tuple(told["lines"])
    return DirectoryEntry(AddresseeKind.of(kind), state=state, id=entry_id, **told)


def _told(entry: DirectoryEntry) -> str:
    told = {name: value for name, value in asdict(entry).items() if name not in _PLAIN}
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def _line(
    office: Office,
    now: datetime,
    action: str,
    before: DirectoryEntry | None,
    after: DirectoryEntry | None,
    undoes: int | None = None,
) -> Line:
    one = after or before
    return Line(
        now.isoformat(timespec="seconds"),
        office.member.id,
        action,
        record=ADDRESSEES.name,
        entry_id=one.id if one else None,
        before=_history(before),
        after=_history(after),
        undoes=undoes,
        seal_as=Compartment.IDENTITY,
    )


def _history(entry: DirectoryEntry | None) -> str | None:
    return None if entry is None else f"{entry.kind.value} {entry.state} {_told(entry)}"
