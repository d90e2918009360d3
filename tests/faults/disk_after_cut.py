"""What a disk would hold had the power been cut: from the log of the fault layer.

The rules are those of POSIX and of journaling file systems. What was written to a file is there
for certain once the file was synced; each write after that may be there, whole or in part, or
not, in any combination. A file made, renamed or removed is so for certain once its folder was
synced; of what came later the first few changes of a folder may be there and the rest not.
A file whose name is there and whose content was never synced may be empty.
"""

import random
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.layer import Kind

SECTOR = 512
_HEAD = struct.Struct("=4Q")


@dataclass(frozen=True)
class Line:
    """One act on the disk; `data` holds the bytes written, or the other path of a rename."""

    kind: Kind
    path: str
    at: int
    data: bytes


def read_log(log: Path) -> list[Line]:
    """The acts in the order they were done."""
    return list(_lines(log.read_bytes()))


def _lines(raw: bytes) -> Iterator[Line]:
    at = 0
    while at < len(raw):
        kind, path, place, size = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        words, data = raw[at : at + path], raw[at + path : at + path + size]
        at += path + size
        yield Line(Kind(kind), words.decode(), place, data)


def said_in(lines: Sequence[Line]) -> tuple[str, ...]:
    """What the process had said aloud."""
    said = b"".join(line.data for line in lines if line.kind is Kind.SAID)
    return tuple(said.decode().splitlines())


@dataclass
class _File:
    """A file: what is on the disk for certain, and the changes that are only on their way."""

    safe: bytes = b""
    on_the_way: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Place and bytes of each write; None for a cut to the length `place`."""

    def synced(self) -> None:
        self.safe = _with(self.safe, self.on_the_way)
        self.on_the_way = []

    def after_cut(self, chosen: random.Random) -> bytes:
        there: list[tuple[int, bytes | None]] = []
        keep = chosen.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        for place, data in self.on_the_way:
            if chosen.random() < keep:
                there.append((place, data))
            elif data is not None and chosen.random() < 0.3:
                there.append((place, data[: chosen.randrange(0, len(data) + 1, SECTOR)]))
        return _with(self.safe, there)


def _with(content: bytes, changes: Sequence[tuple[int, bytes | None]]) -> bytes:
    made = bytearray(content)
    for place, data in changes:
        long = place if data is None else place + len(data)
        if len(made) < long:
            made.extend(bytes(long - len(made)))
        if data is None:
            del made[place:]
        else:
            made[place:long] = data
    return bytes(made)


class Disk:
    """A folder as it was at the start, and what the log did to it."""

    def __init__(self, start: Path, folder: Path) -> None:
        """`start`: a copy of what `folder` held before the first act of the log."""
        self._root = str(folder)
        self._now: dict[str, _File | None] = {self._root: None}
        for path in sorted(start.rglob("*")):
            name = f"{self._root}/{path.relative_to(start)}"
            self._now[name] = _File(path.read_bytes()) if path.is_file() else None
        self._safe = dict(self._now)
        self._pending: dict[str, list[Line]] = {}
        """Changes of names in each folder that was not synced since."""
        self._made: dict[str, list[_File | None]] = {}

    def do(self, lines: Sequence[Line]) -> None:
        """Take the acts of a log."""
        for line in lines:
            self._do(line)

    def _do(self, line: Line) -> None:
        found = self._now.get(line.path)
        match line.kind:
            case Kind.WRITE if found is not None:
                found.on_the_way.append((line.at, line.data))
            case Kind.CUT if found is not None:
                found.on_the_way.append((line.at, None))
            case Kind.SYNC if found is not None:
                found.synced()
            case Kind.SYNC:
                self._folder_synced(line.path)
            case Kind.MAKE | Kind.FOLDER | Kind.RENAME | Kind.REMOVE:
                made = _File() if line.kind is Kind.MAKE else None
                _name(self._now, line, made)
                folder = line.path.rpartition("/")[0]
                self._pending.setdefault(folder, []).append(line)
                self._made.setdefault(folder, []).append(made)
            case _:
                pass

    def _folder_synced(self, folder: str) -> None:
        for line, made in zip(
            self._pending.pop(folder, ()), self._made.pop(folder, ()), strict=True
        ):
            _name(self._safe, line, made)

    def sync(self, paths: Iterable[str]) -> None:
        """Sync files and folders, where they are still there."""
        self.do([Line(Kind.SYNC, path, 0, b"") for path in paths if path in self._now])

    def write_after_cut(self, where: Path, chosen: random.Random) -> None:
        """Write what the disk may hold now into the new folder `where`."""
        names = dict(self._safe)
        for folder, lines in self._pending.items():
            kept = chosen.randint(0, len(lines))
            for line, made in zip(lines[:kept], self._made[folder], strict=False):
                _name(names, line, made)
        contents: dict[int, bytes] = {}
        for name in sorted(names):
            file = names[name]
            place = where / name[len(self._root) + 1 :]
            if not _reached(names, name, self._root):
                continue
            if file is None:
                place.mkdir(parents=True, exist_ok=True)
            elif not name.endswith("-shm"):
                # The index of the write-ahead log is made anew by whoever opens the file first.
                place.write_bytes(contents.setdefault(id(file), file.after_cut(chosen)))


def _name(names: dict[str, _File | None], line: Line, made: _File | None) -> None:
    match line.kind:
        case Kind.RENAME:
            new = line.data.decode()
            for old in [name for name in names if name == line.path or _in(name, line.path)]:
                names[new + old[len(line.path) :]] = names.pop(old)
        case Kind.REMOVE:
            names.pop(line.path, None)
        case _:
            names[line.path] = made


def _in(name: str, folder: str) -> bool:
    return name.startswith(folder + "/")


def _reached(names: dict[str, _File | None], name: str, root: str) -> bool:
    """Whether every folder above is there."""
    while name != root:
        if name not in names:
            return False
        name = name.rpartition("/")[0]
    return True
