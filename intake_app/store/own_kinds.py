"""Kinds of letter the office wrote itself. History keeps every text there was."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from intake_app.core.errors import AppError
from intake_app.core.letters.own_kinds import OwnKind
from intake_app.store.deleted import require_kept
from intake_app.store.history import Line, table_line
from intake_app.store.office import Office
from intake_app.store.schema import MEMBERS, OFFICE_LETTER_KINDS

_TABLE = OFFICE_LETTER_KINDS


def read_own_kinds(office: Office) -> Mapping[str, OwnKind]:
    """Every kind that was not removed, by its key, in the order of their titles."""
    wanted = (
        select(_TABLE, MEMBERS.c.name)
        .join(MEMBERS, MEMBERS.c.id == _TABLE.c.changed_by)
        .where(_TABLE.c.removed_at.is_(None))
        .order_by(_TABLE.c.title, _TABLE.c.key)
    )
    with office.reading() as connection:
        return {row.key: _kind(row) for row in connection.execute(wanted)}


def keep_own_kind(
    office: Office, own: OwnKind, now: datetime, *, undoes: int | None = None
) -> None:
    """Add a kind, change it, or bring back a removed one under its key."""
    at = now.isoformat(timespec="seconds")
    values = {
        "title": own.title,
        "like_kind": own.like,
        "text": own.text,
        "changed_at": at,
        "changed_by": office.member.id,
        "removed_at": None,
    }
    with office.writing() as connection:
        row = _row(connection, own.key)
        before = (
            None if row is None or row.removed_at else _told(row.title, row.like_kind, row.text)
        )
        after = _told(own.title, own.like, own.text)
        if before == after:
            return
        if row is None:
            connection.execute(insert(_TABLE).values(key=own.key, **values))
        else:
            connection.execute(update(_TABLE).where(_TABLE.c.key == own.key).values(**values))
        action = "letter kind changed" if before else "letter kind added"
        office.record(
            connection,
            _line(office, now, action, own.key, before, after, undoes),
        )
    office.letter_setup = None


def remove_own_kind(office: Office, key: str, now: datetime, *, undoes: int | None = None) -> None:
    """Take a kind out; letters written from it stay. Raises `AppError` where it is gone."""
    at = now.isoformat(timespec="seconds")
    with office.writing() as connection:
        row = _row(connection, key)
        if row is None or row.removed_at:
            raise AppError("That letter is no longer among the office’s own. Open the page again.")
        connection.execute(update(_TABLE).where(_TABLE.c.key == key).values(removed_at=at))
        before = _told(row.title, row.like_kind, row.text)
        line = _line(office, now, "letter kind removed", key, before, None, undoes)
        office.record(connection, line)
    office.letter_setup = None


def bring_back_own_kind(office: Office, key: str, now: datetime) -> None:
    """Put a kind back; raise `AppError` where it is there, or lost."""
    at = now.isoformat(timespec="seconds")
    with office.writing() as connection:
        row = _row(connection, key)
        if row is None or not row.removed_at:
            raise AppError("That letter is among the office’s own already. Open the page again.")
        require_kept(row.removed_at, now)
        values = {"removed_at": None, "changed_at": at, "changed_by": office.member.id}
        connection.execute(update(_TABLE).where(_TABLE.c.key == key).values(**values))
        after = _told(row.title, row.like_kind, row.text)
        office.record(
            connection,
            _line(office, now, "letter kind brought back", key, None, after),
        )
    office.letter_setup = None


def _row(connection: Connection, key: str) -> Row[tuple[object, ...]] | None:
    return connection.execute(select(_TABLE).where(_TABLE.c.key == key)).first()


def _kind(row: Row[tuple[object, ...]]) -> OwnKind:
    return OwnKind(row.key, row.title, row.like_kind, row.text, row.changed_at, row.name)


def _told(title: str, like: str, text: str) -> str:
    return f"{title}\nlike: {like}\n\n{text}"


def kind_told(words: str, key: str) -> OwnKind:
    """The kind a line of history tells of."""
    title, like, _blank, text = words.split("\n", 3)
    return OwnKind(key, title, like.removeprefix("like: "), text)


def _line(
    office: Office,
    now: datetime,
    action: str,
    key: str,
    before: str | None,
    after: str | None,
    undoes: int | None = None,
) -> Line:
    said = (office.member.id, now, action, _TABLE.name, before, after)
    return table_line(*said, field=key, undoes=undoes)
