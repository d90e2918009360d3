"""The file of an open office, and a new connection to it after the disk has failed."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError
from sqlcipher3 import dbapi2 as sqlcipher

from intake_app.core.errors import AppError, OfficeDamaged
from intake_app.store.office_file import DISK_REFUSED, connect_to, in_sentences, is_there
from intake_app.store.transactions import engine_over


class OpenFile:
    """The one connection of an office.

    SQLCipher answers nothing any more once a page could not be read: with a drive that was taken
    out and put back, nothing typed meanwhile could be saved. So a connection that met a fault is
    given up, and the next work begins with a new one, as soon as the disk gives the file.
    `followed` is told the new driver connection.
    """

    def __init__(
        self, path: Path, key: bytes, engine: Engine, followed: Callable[[Any], None]
    ) -> None:
        self._path, self._key, self._engine, self._followed = path, key, engine, followed
        self._failed = False

    @contextmanager
    def used(
        self, work: Callable[[Engine], AbstractContextManager[Connection]]
    ) -> Iterator[Connection]:
        """Work on the file; faults of the world are sentences."""
        if self._failed:
            self._connect_again()
        try:
            with in_sentences(), work(self._engine) as connection:
                yield connection
        except OfficeDamaged as error:
            self._failed = True
            if not is_there(self._path):
                raise AppError(DISK_REFUSED) from error
            raise
        except AppError as error:
            self._failed = isinstance(error.__cause__, DatabaseError)
            raise

    def _connect_again(self) -> None:
        try:
            raw = connect_to(self._path, self._key)
        except AppError:
            # The old one says what there is to say, and on a full disk it still reads.
            return
        self._engine.dispose()
        self._engine = engine_over(raw)
        # Where the disk goes on refusing, the next work tries once more.
        with suppress(sqlcipher.Error):
            self._followed(raw)
            self._failed = False

    def close(self) -> None:
        """Close the file."""
        self._engine.dispose()
