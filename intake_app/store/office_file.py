"""The encrypted file of an office: how it is opened, and what its faults are called."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DatabaseError
from sqlcipher3 import dbapi2 as sqlcipher

from intake_app.core.errors import AppError, OfficeDamaged
from intake_app.store.key_memory import wipe
from intake_app.store.office_lock import OfficeLock
from intake_app.store.transactions import PART_DAMAGED

DATABASE = "office.db"

DAMAGED = (
    "The database of this office, office.db, is damaged and can’t be read. Nothing was changed. "
    "Restore a backup of the folder."
)

DISK_REFUSED = (
    "The disk refused to keep this change; everything saved before is safe. Check that the disk "
    "is there, not full and not write-protected, then try again."
)

NOT_OPENED = (
    "The disk does not let the office be opened; everything saved is safe. Check that the disk is "
    "there, not full and not write-protected, then try again."
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
            raise AppError(DISK_REFUSED) from error
        if code in _IS_DAMAGED:
            raise OfficeDamaged(PART_DAMAGED) from error
        raise


def give_up(raw: Any, lock: OfficeLock, *made: Path) -> None:
    """Close, and take away again what was made here, while the folder is still ours alone."""
    if raw is not None:
        with suppress(sqlcipher.Error):
            raw.close()
    for path in made:
        with suppress(OSError):
            path.unlink()
    lock.release()


def _give_key(raw: Any, key: bytes) -> None:
    """The only way SQLCipher takes a key is a text of SQL: overwritten as soon as it was read."""
    if len(key) != 32 or not any(key):
        raise ValueError("a key that was wiped")
    # Not `execute`: the driver would keep the statement, and the key in it.
    digits = key.hex()
    text = f"PRAGMA key = \"x'{digits}'\""
    try:
        raw.executescript(text)
    finally:
        wipe(digits, text)


class _Connection(sqlcipher.Connection):  # type: ignore[misc] # ships no type information
    """Gives its pages back before it closes.

    All of them are overwritten, and closing lets no other thread run meanwhile: the window and
    everybody's save stood still for 0.1 to 0.4 seconds.
    """

    def close(self) -> None:
        with suppress(sqlcipher.Error):
            self.execute("PRAGMA shrink_memory")
        super().close()


def connect_to(path: Path, key: bytes, *, create: bool = False, unchanging: bool = False) -> Any:
    """A driver connection with its key set and tried; raise `OfficeDamaged`, or `AppError`.

    unchanging: nobody writes the file, and nothing may appear beside it.
    """
    mode = "ro&immutable=1" if unchanging else "rwc" if create else "rw"
    if not create and not is_there(path):
        raise AppError(NOT_OPENED)
    if not create and path.stat().st_size == 0:
        raise OfficeDamaged(DAMAGED)
    name = f"{path.absolute().as_uri()}?mode={mode}"
    raw = sqlcipher.connect(name, uri=True, factory=_Connection)
    try:
        raw.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error
        raw.isolation_level = None  # transactions are ours: DDL rolls back too
        raw.execute("PRAGMA cipher_memory_security = ON")  # overwrites what it frees
        _give_key(raw, key)
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute("PRAGMA temp_store = MEMORY")
        raw.execute("PRAGMA secure_delete = ON")
        raw.execute("PRAGMA cache_size = -32000")
    except sqlcipher.DatabaseError as error:
        raw.close()
        raise refused_or_damaged(error) from error
    return raw


def is_there(path: Path) -> bool:
    """Whether the disk gives the file at all.

    What SQLCipher says of a disk that is gone is not to be told from damage.
    """
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError:
        return False
    return True


def refused_or_damaged(error: Exception) -> AppError:
    """What to tell of an office that can't be opened: the disk refuses, or the file is damaged."""
    code = getattr(getattr(error, "orig", error), "sqlite_errorcode", 0) & 0xFF
    return AppError(NOT_OPENED) if code in _DISK_REFUSES else OfficeDamaged(DAMAGED)
