"""Transactions on one driver connection, as SQLAlchemy connections.

The driver is in autocommit mode and every BEGIN is ours, so that changes to the schema roll back
with the rest.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as sqlcipher

from intake_app.core.errors import OfficeDamaged
from intake_app.right_of_way import give_way

PART_DAMAGED = (
    "A part of the database of this office, office.db, is damaged and can’t be read. Run the "
    "check of the office, and restore a backup."
)


def engine_over(raw: Any) -> Engine:
    """An engine whose only connection is `raw`; disposing of it closes `raw`."""
    # With the driver named, what it raises arrives as SQLAlchemy's own errors.
    engine = create_engine("sqlite://", module=sqlcipher, creator=lambda: raw, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("outside", False):
            return
        write = options.get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    @event.listens_for(engine, "before_cursor_execute")
    def ask(*_statement: object) -> None:
        give_way()

    return engine


@contextmanager
def transaction(engine: Engine, *, write: bool = False) -> Iterator[Connection]:
    """Commit when the block is left, roll back when it raises.

    Raises `OfficeDamaged` where a page that was read in it is damaged.
    """
    with engine.connect().execution_options(write=write) as connection, connection.begin():
        try:
            yield connection
        except DatabaseError:
            raise
        except Exception:
            # What broke may have been given zeros.
            require_sound(connection.connection.driver_connection)
            raise
        require_sound(connection.connection.driver_connection)


def require_sound(raw: Any) -> None:
    """Raise `OfficeDamaged` where a page read so far over a driver connection is damaged.

    SQLCipher gives zeros for a damaged page at the end of a long value, and the error only to
    whoever reads the next page: nobody may believe what was read before this was asked.
    """
    if raw.execute("PRAGMA cipher_status").fetchone() == ("0",):
        raise OfficeDamaged(PART_DAMAGED)


@contextmanager
def outside(engine: Engine) -> Iterator[Connection]:
    """A connection in no transaction: for what SQLite does only there (VACUUM, a checkpoint)."""
    with engine.connect().execution_options(outside=True) as connection:
        yield connection
