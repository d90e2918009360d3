"""One program has an office folder open at a time, and the next one is told who has it.

The lock is the system's own (`flock`, on Windows a locked byte), so that one of a killed program
or after a power cut is gone by itself. Beside it `office.open` says who holds it: name, computer
and time, nothing else.

On a network drive the system may keep a lock to one computer only, and grant it twice. Whoever
holds it therefore touches `office.open` now and then, and another computer that sees it touched
stays out; and before each change the holder looks whether `office.open` is still its own.
"""

import errno
import json
import os
import platform
import secrets
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from intake_app.core.answers import show_date
from intake_app.core.errors import AppError, Busy
from intake_app.core.partial_date import PartialDate

LOCK = "office.lock"
HOLDER = "office.open"

TOUCHED_EVERY = 20.0
"""Seconds between two signs of life of whoever holds the folder."""

_DEAD_AFTER = 120.0
"""Seconds without one after which another computer takes the folder."""


@dataclass(frozen=True)
class _Holder:
    name: str
    computer: str
    since: str
    token: str


class OfficeLock:
    """A folder that is held. `tell` says by whom; `release` lets it go."""

    def __init__(self, folder: Path, lock: FileLock) -> None:
        self._path, self._lock = folder / HOLDER, lock
        self._content = b""
        self._ended = threading.Event()

    def tell(self, name: str, since: datetime) -> None:
        """Say who holds it; `since` is in the time of the office. Raises `AppError`."""
        holder = _Holder(name, platform.node(), since.isoformat(), secrets.token_hex(8))
        self._content = json.dumps(vars(holder)).encode()
        try:
            self._path.write_bytes(self._content)
            self._path.chmod(0o600)
        except OSError as error:
            raise AppError(_NOT_WRITTEN) from error
        threading.Thread(target=self._live, name="office lock", daemon=True).start()

    def check(self) -> None:
        """Raise `Busy` where another computer has taken the folder in the meantime."""
        if not self._content:
            return
        try:
            ours = self._path.read_bytes() == self._content
        except FileNotFoundError:
            if not self._path.parent.is_dir():
                return  # the drive was taken out
            ours = False  # another computer took it and has closed it again
        except OSError:
            return  # the disk is gone, and says so itself
        if not ours:
            raise Busy(
                "Another computer has opened this office since, so nothing was saved here. Write "
                "down what you typed, close the office here, and open it again."
            )

    def release(self) -> None:
        """Let the folder go; may be called twice."""
        self._ended.set()
        if self._content:
            with suppress(OSError):
                if self._path.read_bytes() == self._content:
                    self._path.unlink()
            self._content = b""
        self._lock.release()

    def _live(self) -> None:
        while not self._ended.wait(TOUCHED_EVERY):
            with suppress(OSError):
                os.utime(self._path)


def lock_office(folder: Path, now: datetime) -> OfficeLock:
    """Hold the folder; raise `Busy` where another program does, `AppError` for a bad disk."""
    # Where the disk knows no locks, a file that merely exists would be none after a crash.
    lock = FileLock(folder / LOCK, timeout=0, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise Busy(_who(_read(folder), now)) from error
    except OSError as error:
        raise AppError(_NO_LOCKS if error.errno in _KNOWS_NONE else _NOT_WRITTEN) from error
    holder = _read(folder)
    if holder and holder.computer != platform.node() and _is_alive(folder):
        lock.release()
        raise Busy(f"{_who(holder, now)} If that computer has broken down, wait two minutes first.")
    return OfficeLock(folder, lock)


_NOT_WRITTEN = (
    "The office folder can’t be written. Check that the disk is there, not full and not "
    "write-protected, then try again."
)
_KNOWS_NONE = (errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK)
_NO_LOCKS = (
    "This drive can’t keep a second program out, so an office is not safe on it. Copy the office "
    "folder to a disk of this computer and open it there."
)


def _read(folder: Path) -> _Holder | None:
    try:
        found = _Holder(**json.loads((folder / HOLDER).read_bytes()))
        datetime.fromisoformat(found.since).utctimetuple()
    except (OSError, ValueError, TypeError):
        return None
    return found if isinstance(found.name, str) and isinstance(found.computer, str) else None


def _who(holder: _Holder | None, now: datetime) -> str:
    if holder is None:
        return "This office is open in another window or program. Close it there, then try again."
    since = datetime.fromisoformat(holder.since)
    day = ""
    if since.date() != now.astimezone(since.tzinfo).date():
        day = f"{show_date(PartialDate.of(since.date()))}, "
    where = "on this computer" if holder.computer == platform.node() else f"on {holder.computer}"
    return (
        f"{holder.name} has this office open {where} since {day}{since:%H:%M}. Close it there, "
        "then try again."
    )


def _is_alive(folder: Path) -> bool:
    """Whether the holder gave a sign of life; both times are those of the drive."""
    with suppress(OSError):
        os.utime(folder / LOCK)
        now = (folder / LOCK).stat().st_mtime
        return abs(now - (folder / HOLDER).stat().st_mtime) < _DEAD_AFTER
    return False
