"""The ledger: every summary that was published, kept for as long as the office publishes.

Each entry carries a keyed hash over itself and the one before. A ledger that was cut or changed
stops publishing: earlier figures that are forgotten could be subtracted from new ones.
"""

import hashlib
import hmac
import json
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from intake_app.core.disclosure.table import ProtectedTable
from intake_app.core.errors import NotSafe
from intake_app.core.roles import Key
from intake_app.store.history import Line
from intake_app.store.office import Office
from intake_app.store.schema import HISTORY, RELEASES
from intake_app.store.sealing import derive

_CUT = (
    "The ledger of published summaries was changed or cut. Nothing can be published until a "
    "backup of the office is restored."
)


def read_releases(office: Office, connection: Connection) -> tuple[ProtectedTable, ...]:
    """Everything published so far, oldest first; raise `NotSafe` for a broken ledger."""
    mac, key, tables = b"", _key(office), []
    for row in connection.execute(select(RELEASES).order_by(RELEASES.c.id)):
        mac = _mac(key, mac, row.id, row.published)
        if not hmac.compare_digest(mac, row.mac):
            raise NotSafe(_CUT)
        tables.append(ProtectedTable.from_json_dict(json.loads(row.published)))
    # The history tells how many there were: the chain alone does not miss its newest entries.
    newest = connection.execute(
        select(func.max(HISTORY.c.entry_id)).where(HISTORY.c.record == RELEASES.name)
    ).scalar()
    if (newest or 0) != len(tables):
        raise NotSafe(_CUT)
    return tuple(tables)


def keep_release(
    office: Office, connection: Connection, table: ProtectedTable, now: datetime
) -> None:
    """Append one published table to the ledger."""
    last = connection.execute(
        select(RELEASES.c.id, RELEASES.c.mac).order_by(RELEASES.c.id.desc()).limit(1)
    ).first()
    number, before = (last.id + 1, last.mac) if last else (1, b"")
    published = json.dumps(table.to_json_dict(), sort_keys=True)
    stamp = now.isoformat(timespec="seconds")
    connection.execute(
        insert(RELEASES).values(
            id=number,
            table_id=table.table_id,
            made_at=stamp,
            made_by=office.member.id,
            published=published,
            mac=_mac(_key(office), before, number, published),
        )
    )
    office.record(
        connection,
        Line(stamp, office.member.id, "summary published", record=RELEASES.name, entry_id=number),
    )


def _key(office: Office) -> bytes:
    return derive(office.keys[Key.FILE], "intake-desk ledger 1")


def _mac(key: bytes, before: bytes, number: int, published: str) -> bytes:
    return hmac.digest(key, before + f"{number}:{published}".encode(), hashlib.sha256)
