"""The encrypted file of an office: how it is opened, and what its faults are called."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy.exc import DatabaseError
from sqlcipher3 import dbapi2 as sqlcipher

from intake_app.core.errors import AppError, OfficeDamaged

DATABASE = "office.db"

DAMAGED = (
    "The database of this office is damaged and can’t be read. Nothing was changed. "
    "Restore a backup of the folder."
)


# Primary result codes of SQLite: read-only, I/O error, full, can't open; corrupt, no database.
_DISK_REFUSES = (8, 10, 13, 14)
_IS_DAMAGED = (11, 26)


@contextmanager
def in_sentences() -> Iterator[None]:
    """The world's faults as sentences; a fault of ours stays what it is."""
    try:
        yield
    except DatabaseError as error:
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        if code in _DISK_REFUSES:
            raise AppError(
                "The disk refused to keep this change; everything saved before is safe. Check "
                "that the disk is there, not full and not write-protected, then try again."
            ) from error
        if code in _IS_DAMAGED:
            raise OfficeDamaged(
                "A part of this office file is damaged and can’t be read. Run the check of the "
                "office, and restore a backup."
            ) from error
        raise


def give_up(raw: Any, lock: FileLock, *made: Path) -> None:
    """Close, and take away again what was made here, while the folder is still ours alone."""
    if raw is not None:
        with suppress(sqlcipher.Error):
            raw.close()
    for path in made:
        with suppress(OSError):
            path.unlink()
    lock.release()


def connect_to(path: Path, key: bytes, *, create: bool = False) -> Any:
    """A driver connection with its key set and tried; raise `OfficeDamaged`."""
    mode = "rwc" if create else "rw"
    if not create and path.stat().st_size == 0:
        raise OfficeDamaged(DAMAGED)
    raw = sqlcipher.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True)
    try:
        raw.isolation_level = None  # transactions are ours: DDL rolls back too
        raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute("PRAGMA temp_store = MEMORY")
        raw.execute("PRAGMA secure_delete = ON")
        raw.execute("PRAGMA cache_size = -32000")
    except sqlcipher.DatabaseError as error:
        raw.close()
        raise OfficeDamaged(DAMAGED) from error
    return raw
