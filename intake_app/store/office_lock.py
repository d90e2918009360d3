"""One program has an office folder open at a time."""

from pathlib import Path

from filelock import FileLock, Timeout

from intake_app.core.errors import AppError, Busy

LOCK = "office.lock"


def lock_office(folder: Path) -> FileLock:
    """Hold the folder; raise `Busy` where another program does, `AppError` for a bad disk."""
    lock = FileLock(folder / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise Busy(
            "This office is open in another window or program. Close it there, then try again."
        ) from error
    except OSError as error:
        raise AppError(
            "The office folder can’t be written. Check that the disk is there, not full and not "
            "write-protected, then try again."
        ) from error
    return lock
