"""The newest change, noted beside the database, so that a missing one is noticed.

SQLite takes a damaged frame of its log (`office.db-wal`) for the end of the log: the acknowledged
changes behind it would be gone without a word. After each commit `office.mark` says how far the
history and the log went, with a keyed hash that nobody makes without the file key. A commit is
synced before it is noted, and the note is not: after a power cut the mark may be behind what the
disk holds, never ahead of it. It has two places, written in turn, so that a torn one does no harm.

`missing` compares at opening, and `LogAside` keeps the log as it was: the first checkpoint would
destroy it.
"""

import hashlib
import hmac
import json
import os
import struct
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from sqlcipher3 import dbapi2 as sqlcipher

from intake_app.core.answers import show_time
from intake_app.core.errors import OfficeDamaged
from intake_app.store.disk import write_in_one_step
from intake_app.store.key_memory import wipe
from intake_app.store.office_file import DATABASE
from intake_app.store.sealing import derive

MARK = "office.mark"
LOG = DATABASE + "-wal"
_PLACE = 512
_HEAD = 32
"""Bytes of the head of SQLite's log; see https://www.sqlite.org/fileformat2.html#walformat."""

_NEWEST = "SELECT seq, mac, at FROM history ORDER BY seq DESC LIMIT 1"
_ENTRY = "SELECT mac FROM history WHERE seq = ?"


@dataclass(frozen=True)
class _Mark:
    turn: int
    entry: int
    mac: str
    at: str
    # Salts of the log and the frames in it: they tell of commits that write no history, too.
    log: str
    frames: int


@dataclass(frozen=True)
class Missing:
    """What the office had and has no more.

    entries: changes the history lacks, 0 where only commits without history may be gone;
    after: when the newest change that is left was made ("" for none); log: whether the log
    holds damage, and not the database an older copy.
    """

    entries: int
    after: str
    log: bool

    def sentence(self, zone: str, kept: str) -> str:
        """What is gone, since when, and what to do; `kept` names the damaged log, or is empty."""
        if self.log:
            what = f"The log of this office, {LOG}, was damaged. "
        else:
            what = (
                f"The database, {DATABASE}, is older than when this office was last used here, or "
                f"its log, {LOG}, was taken away. "
            )
        if self.entries:
            many = "One change" if self.entries == 1 else f"{self.entries} changes"
            since = ""
            if self.after:
                moment = datetime.fromisoformat(self.after).astimezone(ZoneInfo(zone))
                since = f" made after {show_time(moment)}"
            what += f"{many}{since} {'is' if self.entries == 1 else 'are'} missing. "
        elif self.log:
            what += "Words that were being typed and not yet saved may be missing. "
        else:
            what += "Other changes may be missing. "
        aside = f" The damaged log was kept as {kept}." if kept else ""
        return f"{what}Restore a backup into a new folder and compare.{aside}"


class HighWater:
    """The mark of one open office. Belongs to the thread of `raw`; `key` is the file key."""

    def __init__(self, folder: Path, raw: Any, key: bytes) -> None:
        self._path, self._log, self._raw = folder / MARK, folder / LOG, raw
        self._key = derive(key, "intake-desk mark 1")
        self._found = self._read()
        self._turn = self._found.turn if self._found else 0

    def missing(self) -> Missing | None:
        """What the mark says there was and the database does not hold; None for nothing."""
        head = _head_of(self._log)
        damaged = bool(head) and not _is_sound(head)
        mark = self._found
        if mark is None:
            return Missing(0, "", log=True) if damaged else None
        seq, _mac, at = self._raw.execute(_NEWEST).fetchone() or (0, b"", "")
        if seq < mark.entry:
            return Missing(mark.entry - seq, at, log=bool(head))
        same = self._raw.execute(_ENTRY, (mark.entry,)).fetchone()
        if mark.entry and same[0].hex() != mark.mac:
            return Missing(0, "", log=False)
        if damaged or (_salts(head) == mark.log and self._frames() < mark.frames):
            return Missing(0, "", log=True)
        return None

    def note(self) -> None:
        """After a commit: how far the history and the log go now. What fails stays behind."""
        with suppress(OSError, sqlcipher.Error):
            seq, mac, at = self._raw.execute(_NEWEST).fetchone() or (0, b"", "")
            self._turn += 1
            log = _salts(_head_of(self._log))
            mark = _Mark(self._turn, seq, mac.hex(), at, log, self._frames())
            told = json.dumps(asdict(mark)).encode().ljust(_PLACE - 32)
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
            with os.fdopen(os.open(self._path, flags, 0o600), "r+b", buffering=0) as file:
                file.seek(_PLACE * (self._turn % 2))
                file.write(hmac.digest(self._key, told, hashlib.sha256) + told)
            self._found = mark

    def follow(self, raw: Any) -> None:
        """Take another connection to the same file; raise `OfficeDamaged` where it holds less."""
        self._raw = raw
        if self.missing() is not None:
            raise OfficeDamaged(
                f"The database, {DATABASE}, or its log, {LOG}, has lost changes. Nothing more was "
                "saved. Lock the office and open it again to see what is missing."
            )

    def wipe(self) -> None:
        """The office is closed."""
        wipe(self._key)

    def begin(self) -> None:
        """After an opening: make the mark where there is none or it is behind."""
        seq, _mac, _at = self._raw.execute(_NEWEST).fetchone() or (0, b"", "")
        if self._found is None or seq > self._found.entry:
            self.note()

    def _frames(self) -> int:
        return int(self._raw.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()[1])

    def _read(self) -> _Mark | None:
        try:
            whole = self._path.read_bytes()
        except OSError:
            return None
        found = []
        for at in (0, _PLACE):
            mac, told = whole[at : at + 32], whole[at + 32 : at + _PLACE]
            if hmac.compare_digest(hmac.digest(self._key, told, hashlib.sha256), mac):
                found.append(_Mark(**json.loads(told)))
        return max(found, key=lambda mark: mark.turn, default=None)


class LogAside:
    """A copy of the log a crash left, made before the database is touched, and not kept."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self._log = folder / LOG
        self._copy = folder / f"{LOG}.aside"
        self._kept = folder / f"{LOG}.damaged-{now:%Y%m%dT%H%M%S}"
        self._made = False

    def __enter__(self) -> Self:
        """Make it where there is a log; raise `AppError` where the disk refuses."""
        try:
            content = self._log.read_bytes()
        except FileNotFoundError:
            return self
        except OSError as error:
            raise OfficeDamaged(
                f"The log of this office, {LOG}, can’t be read. Nothing was changed. Check the "
                "disk, and restore a backup."
            ) from error
        if content:
            write_in_one_step(self._copy, content)
            self._made = True
        return self

    def __exit__(self, *_: object) -> None:
        if self._made:
            with suppress(OSError):
                self._copy.unlink()

    def keep(self) -> str:
        """Keep the copy and return its name; empty where there was no log."""
        if not self._made:
            return ""
        self._copy.replace(self._kept)
        self._made = False
        return self._kept.name


def _head_of(log: Path) -> bytes:
    """The head of the log; empty where there is none, or one cut off in the making."""
    try:
        with log.open("rb", buffering=0) as file:
            head = file.read(_HEAD)
    except OSError:
        return b""
    return head if len(head) == _HEAD else b""


def _salts(head: bytes) -> str:
    return head[16:24].hex()


def _is_sound(head: bytes) -> bool:
    """Whether SQLite reads this log at all: its magic number and its checksum."""
    magic = int.from_bytes(head[:4], "big")
    if magic not in (0x377F0682, 0x377F0683):
        return False
    order = ">" if magic & 1 else "<"
    one = two = 0
    for first, second in struct.iter_unpack(order + "II", head[:24]):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return struct.pack(">II", one, two) == head[24:]
