"""Backups on the disk: a folder each, found and compared without any key.

`<place>/<UTC stamp>-<reason>/` holds `office.db` (encrypted with the key of the office),
`keys.json` and `backup.json`. The last says when and why it was made and the SHA-256 of both
files; what is in them stands sealed there (AES-256-GCM), bound to the rest. A name that ends in
`.part` is no backup.
"""

import base64
import hashlib
import hmac
import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake_app.core.backups import BackupReason, Dated
from intake_app.core.errors import AppError
from intake_app.right_of_way import give_way
from intake_app.store.keyring import KEY_FILE
from intake_app.store.office_file import DATABASE

BACKUPS = "backups"
"""The folder of an office that holds its backups."""

MANIFEST = "backup.json"
PART = ".part"
_FORMAT, _VERSION = "intake-desk-backup", 1
_NAME = re.compile(r"(\d{8}T\d{6}Z)-([a-z-]+?)(?:-(\d+))?")
_STAMP = "%Y%m%dT%H%M%SZ"
_NONCE = 12
_STEP = 4096
_SLICE = 2 * 1024 * 1024
_PART_IS_OLD = timedelta(days=1)

DAMAGED = "This backup is damaged or not whole. Choose another one."


class BackupStopped(AppError):
    """Somebody locks the office or closes the program."""


class BackupDamaged(AppError):
    """The files of a backup are not what was written."""


def go_on() -> bool:
    """For work nobody stops."""
    return False


@dataclass(frozen=True)
class Contents:
    """What is in a backup. It stands sealed in `backup.json`: how many records of a kind there
    are tells of people, too.

    `rows` are counts by table, `newest_entry` the number and moment of the last line of history,
    `purges` the moments of those done to it, `faults` what was wrong with the office itself.
    """

    revision: str
    newest_entry: tuple[int, str]
    rows: Mapping[str, int]
    purges: tuple[str, ...]
    faults: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        """As text, filled up so that its length tells nothing."""
        text = json.dumps(vars(self))
        return text.ljust(-(-len(text) // _STEP) * _STEP).encode()

    @classmethod
    def from_bytes(cls, text: bytes) -> "Contents":
        """The inverse of `to_bytes`."""
        found = json.loads(text)
        seq, at = found["newest_entry"]
        return cls(
            found["revision"],
            (seq, at),
            found["rows"],
            tuple(found["purges"]),
            tuple(found["faults"]),
        )


@dataclass(frozen=True)
class Manifest:
    """`backup.json`: when and why, the SHA-256 of both files, and sealed with all of it, under a
    key of the office, what is in them.
    """

    made_at: datetime
    reason: BackupReason
    sha256: Mapping[str, str]
    sealed: bytes = b""

    def seal(self, key: bytes, contents: Contents) -> "Manifest":
        """This manifest with its contents, which nobody can exchange or change then."""
        nonce = os.urandom(_NONCE)
        sealed = AESGCM(key).encrypt(nonce, contents.to_bytes(), self._bound())
        return replace(self, sealed=nonce + sealed)

    def open(self, key: bytes) -> Contents:
        """What is in it; raise `BackupDamaged` for another office’s and for a changed one."""
        try:
            nonce, sealed = self.sealed[:_NONCE], self.sealed[_NONCE:]
            return Contents.from_bytes(AESGCM(key).decrypt(nonce, sealed, self._bound()))
        except (InvalidTag, ValueError) as error:
            raise BackupDamaged(DAMAGED) from error

    def _told(self) -> dict[str, Any]:
        return {
            "format": _FORMAT,
            "version": _VERSION,
            "made_at": self.made_at.isoformat(timespec="seconds"),
            "reason": self.reason.value,
            "sha256": dict(self.sha256),
        }

    def _bound(self) -> bytes:
        return json.dumps(self._told(), sort_keys=True).encode()

    def to_bytes(self) -> bytes:
        """The whole file."""
        sealed = base64.b64encode(self.sealed).decode()
        return json.dumps(self._told() | {"sealed": sealed}, indent=1).encode()

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """The manifest of one backup; raise `BackupDamaged`."""
        try:
            text = (folder / MANIFEST).read_bytes()
            found = json.loads(text)
            read = cls(
                datetime.fromisoformat(found["made_at"]),
                BackupReason(found["reason"]),
                found["sha256"],
                base64.b64decode(found["sealed"], validate=True),
            )
            if read.to_bytes() != text or read.sha256.keys() != {DATABASE, KEY_FILE}:
                raise ValueError("not as it was written")
            return read  # noqa: TRY300 - the checks before it are what may fail
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise BackupDamaged(DAMAGED) from error


@dataclass(frozen=True)
class Backup:
    """One backup on the disk.

    `manifest` is None where it can't be read, `contents` where no key was there to open it.
    """

    folder: Path
    made_at: datetime
    reason: BackupReason
    manifest: Manifest | None
    contents: Contents | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing was wrong when it was made."""
        return self.contents is not None and not self.contents.faults

    @property
    def dated(self) -> Dated:
        """For the rules of keeping."""
        return Dated(self.folder.name, self.made_at, self.reason, self.sound)


def backups_in(place: Path, key: bytes | None = None) -> tuple[Backup, ...]:
    """The backups in a folder, newest first; with a `key` only those of its office.

    A place that is not there has none.
    """
    try:
        found = [one for path in place.iterdir() if (one := read_backup(path, key)) is not None]
    except OSError:
        return ()
    mine = [one for one in found if key is None or one.contents is not None]
    return tuple(sorted(mine, key=lambda one: (one.made_at, one.folder.name), reverse=True))


def read_backup(folder: Path, key: bytes | None = None) -> Backup | None:
    """One backup by its folder; None for a folder that has no such name."""
    named = _NAME.fullmatch(folder.name)
    if named is None or not folder.is_dir():
        return None
    try:
        made_at = datetime.strptime(named[1], _STAMP).replace(tzinfo=UTC)
        reason = BackupReason(named[2])
    except ValueError:
        return None
    try:
        manifest = Manifest.read(folder)
    except BackupDamaged:
        return Backup(folder, made_at, reason, None)
    contents = None
    if key is not None:
        with suppress(BackupDamaged):
            contents = manifest.open(key)
    return Backup(folder, manifest.made_at, manifest.reason, manifest, contents)


def new_name(place: Path, reason: BackupReason, now: datetime) -> str:
    """A name nothing in the place has yet."""
    stem = f"{now.astimezone(UTC).strftime(_STAMP)}-{reason.value}"
    name, number = stem, 1
    while (place / name).exists():
        number += 1
        name = f"{stem}-{number}"
    return name


def compare_files(folder: Path, manifest: Manifest, stopped: Callable[[], bool] = go_on) -> None:
    """Read both files whole; raise `BackupDamaged` where they are not what was written."""
    for name, wanted in manifest.sha256.items():
        try:
            found = digest_of(folder / name, stopped)
        except OSError as error:
            raise BackupDamaged(DAMAGED) from error
        if not hmac.compare_digest(found, wanted):
            raise BackupDamaged(DAMAGED)


def digest_of(path: Path, stopped: Callable[[], bool] = go_on) -> str:
    """SHA-256 of a file in hexadecimal."""
    hashed = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_SLICE):
            hashed.update(piece)
            stop_where_asked(stopped)
    return hashed.hexdigest()


def copy_file(source: Path, target: Path, stopped: Callable[[], bool] = go_on) -> None:
    """Copy one file, a slice at a time and to the disk; raise `OSError`."""
    with source.open("rb") as read, open_new(target) as write:
        while piece := read.read(_SLICE):
            write.write(piece)
            write.flush()
            # Hundreds of megabytes flushed at once hold up everybody's save.
            os.fsync(write.fileno())
            stop_where_asked(stopped)


def write_file(path: Path, content: bytes) -> None:
    """Write a small file and flush it to the disk; raise `OSError`."""
    with open_new(path) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def open_new(path: Path) -> Any:
    """A new file that only its owner may read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600), "wb")


_BINARY = getattr(os, "O_BINARY", 0)


def take_away(folder: Path) -> None:
    """Remove a backup, or what was begun of one; half removed it is no backup any more."""
    with suppress(OSError):
        if not folder.name.endswith(PART):
            gone = folder.with_name(folder.name + PART)
            shutil.rmtree(gone, ignore_errors=True)
            folder = folder.rename(gone)
    shutil.rmtree(folder, ignore_errors=True)


def take_away_parts(place: Path, now: datetime | None = None) -> None:
    """Remove what a crash left; with `now` only what was not touched for a day."""
    with suppress(OSError):
        for path in list(place.glob(f"*{PART}")):
            age = 0.0 if now is None else now.timestamp() - path.stat().st_mtime
            young = now is not None and age < _PART_IS_OLD.total_seconds()
            if not young and _NAME.match(path.name):
                take_away(path)


def require_room(place: Path, size: int) -> None:
    """Raise `AppError` where a backup would fill the disk, so that nobody could save any more."""
    if shutil.disk_usage(place).free < size + size // 10 + _SPARE:
        raise AppError(
            f"There is not enough room on the disk for a backup; it needs about "
            f"{max(round(size / 1e6), 1)} MB and some to spare. Make room, or choose another disk."
        )


_SPARE = 20_000_000


def asked_to_stop(stopped: Callable[[], bool]) -> bool:
    """At each slice of the work: the window goes first, then whether to go on at all."""
    give_way()
    return stopped()


def stop_where_asked(stopped: Callable[[], bool]) -> None:
    """Raise `BackupStopped`."""
    if asked_to_stop(stopped):
        raise BackupStopped("The backup was stopped. It is made again when the office is open.")
