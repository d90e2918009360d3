"""Transactions on one driver connection, as SQLAlchemy connections.

The driver is in autocommit mode and every BEGIN is ours, so that changes to the schema roll back
with the rest.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as sqlcipher


def engine_over(raw: Any) -> Engine:
    """An engine whose only connection is `raw`; disposing of it closes `raw`."""
    # With the driver named, what it raises arrives as SQLAlchemy's own errors.
    engine = create_engine("sqlite://", module=sqlcipher, creator=lambda: raw, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


@contextmanager
def transaction(engine: Engine, *, write: bool = False) -> Iterator[Connection]:
    """Commit when the block is left, roll back when it raises."""
    with engine.connect().execution_options(write=write) as connection, connection.begin():
        yield connection
