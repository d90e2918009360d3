"""What the office file itself keeps of its backups: where they go, and what became of each."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, update

from intake_app.core.backups import BackupReason
from intake_app.store.history import Line, table_line
from intake_app.store.office import Office
from intake_app.store.schema import BACKUPS, HISTORY, OFFICE

OWN = "office"
"""The place called so is the office’s own folder of backups; any other is the path of a folder."""

PROVEN = "backups proven"
"""The action of the line of history that tells of a drill."""


@dataclass(frozen=True)
class InPlace:
    """What became of one backup in one place. Without a fault, in whole sentences, it was verified
    there.
    """

    place: str
    name: str
    made_at: datetime
    reason: BackupReason
    fault: str = ""


def keep_in_place(connection: Connection, found: InPlace, now: datetime) -> None:
    """Write one down, once."""
    same = select(BACKUPS.c.id).where(
        BACKUPS.c.place == found.place,
        BACKUPS.c.name == found.name,
        BACKUPS.c.fault.is_not_distinct_from(found.fault or None),
    )
    if connection.execute(same).first() is not None:
        return
    connection.execute(
        insert(BACKUPS).values(
            made_at=found.made_at.isoformat(timespec="seconds"),
            reason=found.reason.value,
            place=found.place,
            name=found.name,
            verified_at=None if found.fault else now.isoformat(timespec="seconds"),
            fault=found.fault or None,
        )
    )


def last_sound(connection: Connection, place: str) -> InPlace | None:
    """The newest verified backup in a place."""
    row = connection.execute(
        select(BACKUPS)
        .where(BACKUPS.c.place == place, BACKUPS.c.verified_at.is_not(None))
        .order_by(BACKUPS.c.made_at.desc(), BACKUPS.c.id.desc())
        .limit(1)
    ).first()
    return None if row is None else _in_place(row)


def last_reached(connection: Connection, place: str) -> datetime | None:
    """When a place last took a backup."""
    found = connection.execute(
        select(BACKUPS.c.verified_at)
        .where(BACKUPS.c.place == place, BACKUPS.c.verified_at.is_not(None))
        .order_by(BACKUPS.c.verified_at.desc())
        .limit(1)
    ).scalar()
    return None if found is None else datetime.fromisoformat(found)


def last_proven(connection: Connection) -> datetime | None:
    """When a drill last proved the backups."""
    found = connection.execute(
        select(HISTORY.c.at)
        .where(HISTORY.c.case_id.is_(None), HISTORY.c.action == PROVEN)
        .order_by(HISTORY.c.seq.desc())
        .limit(1)
    ).scalar()
    return None if found is None else datetime.fromisoformat(found)


def second_folder(connection: Connection) -> Path | None:
    """Where each backup is copied to as well."""
    found = connection.execute(select(OFFICE.c.second_folder)).scalar()
    return Path(found) if found else None


def set_second_folder(
    office: Office, folder: Path | None, now: datetime, *, undoes: int | None = None
) -> None:
    """Copy to another folder from now on; None copies to none."""
    with office.writing() as connection:
        before = second_folder(connection)
        if folder == before:
            return
        told = [None if one is None else str(one) for one in (before, folder)]
        connection.execute(update(OFFICE).values(second_folder=told[1]))
        line = table_line(
            office.member.id,
            now,
            "second backup folder changed",
            OFFICE.name,
            *told,
            field=OFFICE.c.second_folder.name,
            undoes=undoes,
        )
        office.record(connection, line)


def tell_proven(office: Office, connection: Connection, places: int, now: datetime) -> None:
    """Write into the history that so many places were proven."""
    at = now.isoformat(timespec="seconds")
    line = Line(at, office.member.id, PROVEN, record=BACKUPS.name, entry_id=places)
    office.record(connection, line)


def _in_place(row: Any) -> InPlace:
    return InPlace(
        row.place,
        row.name,
        datetime.fromisoformat(row.made_at),
        BackupReason(row.reason),
        row.fault or "",
    )
