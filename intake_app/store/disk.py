"""Files that outlive a power cut: written beside, flushed, and given their name in one step.

A name made or changed in a folder is on the disk only when the folder was flushed too.
"""

import os
from pathlib import Path

from intake_app.core.errors import AppError


def write_in_one_step(path: Path, content: bytes) -> None:
    """Write beside, flush to the disk, then replace; the file is readable by its owner only."""
    beside = path.with_name(path.name + ".new")
    try:
        beside.unlink(missing_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        flush(path.parent)
    except OSError as error:
        raise AppError(
            "The office folder can’t be written. Check that the disk is there, not full and not "
            "write-protected, then try again."
        ) from error


def flush(path: Path) -> None:
    """Have a file, or what a folder lists, on the disk; raise `OSError`."""
    if path.is_dir() and os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_in_place(part: Path, whole: Path) -> None:
    """Give a finished folder its name; whoever loses power has it whole or not at all."""
    flush(part)
    part.rename(whole)
    flush(whole.parent)
