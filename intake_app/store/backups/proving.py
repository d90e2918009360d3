"""A drill: a backup brought back and opened to the last value, to know that it can be done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from intake_app.core.errors import AppError
from intake_app.store.backups.files import (
    BACKUPS,
    PART,
    Backup,
    BackupDamaged,
    stop_where_asked,
    take_away,
)
from intake_app.store.backups.making import stop_between_steps, verify_backup
from intake_app.store.backups.restoring import restore_backup
from intake_app.store.document_parts import read_parts, steps_of
from intake_app.store.documents import KEEPS
from intake_app.store.everything import exported_tables, read_rows
from intake_app.store.office import Office
from intake_app.store.schema import CASES, DOCUMENTS


@dataclass(frozen=True)
class Proof:
    """What was seen in a backup that was brought back.

    cases, values, pages: how many cases there are, how many values of the file were opened, and
    parts of documents. same_passphrase: whether today's passphrase of the member opens it.
    """

    made_at: datetime
    cases: int
    values: int
    pages: int
    newest_entry: int
    same_passphrase: bool

    @property
    def words(self) -> str:
        """What was proven, in one or two sentences."""
        opens = (
            "Today’s passphrase opens it."
            if self.same_passphrase
            else "It opens with the passphrase of that day."
        )
        cases = "its one case" if self.cases == 1 else f"all {self.cases:,} cases"
        return (
            f"It was restored as a trial, and {cases} and {self.values:,} answers and other values "
            f"could be read. The history is whole up to entry {self.newest_entry:,}. {opens}"
        )


def prove(
    backup: Backup,
    office: Office,
    key: bytes,
    scripts: Path,
    now: datetime,
    stopped: Callable[[], bool],
) -> Proof:
    """Bring a backup back beside the others, open it as the member, read all of it, take it away.

    The member has the keys of an administrator. Raises `AppError` for whatever does not hold.
    """
    contents = verify_backup(backup.folder, key, stopped)
    folder = office.folder / BACKUPS / f"{backup.folder.name}-drill{PART}"
    take_away(folder)
    try:
        restore_backup(backup.folder, folder, stopped)
        with office.open_copy(folder, scripts=scripts, now=now) as copy, _stopping(copy, stopped):
            if wrong := copy.damage():
                raise BackupDamaged(" ".join(wrong))
            values, cases = _open_rows(copy, stopped)
            pages = _open_documents(copy, stopped)
            mine = copy.key_file().slot(office.member.login)
    finally:
        take_away(folder)
    if cases != contents.rows[CASES.name]:
        raise AppError("The backup that was brought back has another number of cases than it had.")
    same = mine == office.key_file().slot(office.member.login)
    return Proof(backup.made_at, cases, values, pages, contents.newest_entry[0], same)


@contextmanager
def _stopping(copy: Office, stopped: Callable[[], bool]) -> Iterator[None]:
    """A check of the whole file takes long: it is broken off where somebody locks the office."""
    with copy.reading() as connection:
        raw: Any = connection.connection.driver_connection
    stop_between_steps(raw, stopped)
    try:
        yield
    except DatabaseError:
        stop_where_asked(stopped)
        raise
    finally:
        raw.set_progress_handler(None, 0)


def _open_rows(copy: Office, stopped: Callable[[], bool]) -> tuple[int, int]:
    values = cases = 0
    for table in exported_tables():
        after: int | None = 0
        while after is not None:
            stop_where_asked(stopped)
            with copy.reading() as connection:
                rows, after = read_rows(copy, connection, table, after)
            values += sum(value is not None for row in rows for value in row.values())
            cases += len(rows) if table is CASES else 0
    return values, cases


def _open_documents(copy: Office, stopped: Callable[[], bool]) -> int:
    opened = 0
    with copy.reading() as connection:
        found = connection.execute(
            select(DOCUMENTS.c.id, DOCUMENTS.c.keep, DOCUMENTS.c.edition, DOCUMENTS.c.parts)
            # What retention destroyed has no parts any more; what was never finished is nothing.
            .where(DOCUMENTS.c.parts.is_not(None))
        ).all()
        for row in found:
            for wanted in steps_of(row.parts):
                stop_where_asked(stopped)
                keep = KEEPS[row.keep]
                parts = read_parts(
                    copy.sealer, connection, keep, row.id, row.edition, row.parts, wanted
                )
                opened += len(parts)
    return opened
