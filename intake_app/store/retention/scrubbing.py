"""Rewriting a file after a purge, and searching it for remains of what was destroyed.

`PRAGMA secure_delete` overwrites what is deleted; a checkpoint then empties the log beside the
file (-wal), which still holds it; VACUUM writes every page anew, so that nothing is left between
the rows, and a second checkpoint empties the log again. The search deciphers each page of both
files by itself, past SQLite, and looks for the very bytes of every sealed value destroyed.

SQLCipher 4 with a raw key: AES-256-CBC, 4096-byte pages that end in 16 bytes of IV and 64 of
HMAC; the first page starts with 16 bytes of salt. The log has 32 bytes of head, and 24 before
each page (https://www.zetetic.net/sqlcipher/design/, https://sqlite.org/fileformat2.html).
"""

import re
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import Connection

from intake_app.core.errors import AppError

_PAGE, _TAIL, _SALT = 4096, 80, 16
_LOG_HEAD, _FRAME_HEAD = 32, 24
_PAGES_AT_ONCE = 2_048

_MARK = 12
_STRIDE = 2_000
_EVERY = re.compile(b"\x01(?=(.{12}))", re.DOTALL)

BUSY = (
    "The records are destroyed, but the file could not be rewritten yet: a backup is being made. "
    "Finish it on the retention page in a minute."
)


class Marks:
    """Pieces of every sealed value that was destroyed, to search the file for.

    A sealed value begins with its version, 0x01, and 12 random bytes; in a long one (the page of
    a document lies in many pages of the file) the first 0x01 of every 2,000 bytes is taken too.
    Twelve random bytes turn up by chance in no file.
    """

    def __init__(self) -> None:
        self._pieces: set[bytes] = set()

    def __len__(self) -> int:
        return len(self._pieces)

    def take(self, values: Iterable[bytes | None]) -> None:
        """Some values; None where there was none."""
        for value in values:
            for start in range(0, len(value or b""), _STRIDE):
                at = (value or b"").find(b"\x01", start, start + _STRIDE)
                piece = (value or b"")[at + 1 : at + 1 + _MARK]
                if at >= 0 and len(piece) == _MARK:
                    self._pieces.add(piece)

    def found_in(self, plain: bytes) -> int:
        """How many of them stand in these bytes."""
        return sum(piece in self._pieces for piece in _EVERY.findall(plain))


def rewrite(outside: Callable[[], AbstractContextManager[Connection]]) -> Iterator[float]:
    """Write the whole file anew and empty the log, in steps; raise `AppError` where it is read.

    outside: `Office.outside`, a connection in no transaction.
    """
    yield 0.0
    with outside() as connection:
        _empty_log(connection)
        connection.exec_driver_sql("VACUUM")
        _empty_log(connection)
    yield 1.0


def search(database: Path, key: bytes, marks: Marks) -> Generator[float, None, tuple[int, int]]:
    """Look for the marks in the file and its log; return pages searched, and marks found.

    key: the file key. In steps, so that nobody's save waits; yields what part is done.
    """
    pages = found = 0
    whole = max(database.stat().st_size, 1)
    for plain in _plain_pages(database, key):
        pages += len(plain)
        found += sum(map(marks.found_in, plain))
        yield min(pages * _PAGE / whole, 1.0)
    return pages, found


def _empty_log(connection: Connection) -> None:
    busy, _, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    if busy:
        raise AppError(BUSY)


def _plain_pages(database: Path, key: bytes) -> Iterator[list[bytes]]:
    """Every page without its cipher, some at a time."""
    with database.open("rb") as file:
        first = True
        while piece := file.read(_PAGES_AT_ONCE * _PAGE):
            starts = range(0, len(piece), _PAGE)
            plain = [
                _deciphered(piece[at : at + _PAGE], key, _SALT if first and not at else 0)
                for at in starts
            ]
            yield plain
            first = False
    log = database.with_name(f"{database.name}-wal")
    if not log.exists():
        return
    frame = _FRAME_HEAD + _PAGE
    with log.open("rb") as file:
        file.seek(_LOG_HEAD)
        while piece := file.read(_PAGES_AT_ONCE * frame):
            yield [
                _deciphered(
                    piece[at + _FRAME_HEAD : at + frame],
                    key,
                    _SALT if int.from_bytes(piece[at : at + 4], "big") == 1 else 0,
                )
                for at in range(0, len(piece) - frame + 1, frame)
            ]


def _deciphered(page: bytes, key: bytes, skip: int) -> bytes:
    end = _PAGE - _TAIL
    opened = Cipher(algorithms.AES256(key), modes.CBC(page[end : end + 16])).decryptor()
    return opened.update(page[skip:end]) + opened.finalize()
