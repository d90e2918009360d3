"""The ledger: everything that was ever published, kept for as long as the office publishes.

Each entry carries a keyed hash over itself and the one before, and the history tells how many
there are. A ledger that was cut or changed stops publishing: earlier figures that are forgotten
could be subtracted from new ones. The way out is a backup, or a new series, which begins after
every date the lost one may have covered.

`published` tells nothing but what is published. The facts a closed period counts, and the record
numbers it took, are sealed with the protected key, which is the one a coordinator holds.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, func, insert, select

from intake_app.core.errors import NotSafe
from intake_app.core.fields import Compartment
from intake_app.core.reports.series import Entry, EntryKind, Series, read_series
from intake_app.core.roles import Key
from intake_app.store.history import Line
from intake_app.store.office import Office
from intake_app.store.schema import HISTORY, RELEASES
from intake_app.store.sealing import derive, place

_CUT = (
    "The ledger of published figures was changed or cut. Nothing can be published. Restore a "
    "backup of the office, or ask an administrator to start a new series."
)

_Row: TypeAlias = dict[str, Any]

_STEP = 4096
"""Bytes a sealed period is filled up to a multiple of: its length would tell how many it counts."""

_LOST = '"lost": true'
"""Stands in an entry that starts a series over a lost ledger."""

_TOLD = {
    EntryKind.SERIES: "series of published figures started",
    EntryKind.PERIOD: "period closed for publishing",
    EntryKind.RELEASE: "figures published",
    EntryKind.KNOWN: "figure known from elsewhere entered",
    EntryKind.ROWS: "case rows published",
    EntryKind.ROWS_ALLOWED: "leave to publish case rows changed",
}


def read_ledger(office: Office, connection: Connection) -> tuple[Entry, ...]:
    """Every entry that counts, oldest first; raise `NotSafe` for a broken ledger.

    Entries before a series that was started because the ledger was lost are not read.
    """
    return tuple(_entry(office, row) for row in _whole_chain(office, connection))


def read_running_series(office: Office, connection: Connection) -> Series:
    """The series the ledger ends in. Raises `NotSafe` for a broken ledger."""
    return read_series(read_ledger(office, connection))


def append(
    office: Office,
    connection: Connection,
    kind: EntryKind,
    published: Mapping[str, Any],
    sealed: bytes | None,
    now: datetime,
) -> int:
    """Add an entry, with its line of history, in the transaction of `connection`.

    Returns its number. `sealed` is sealed here. Nothing in `published` may tell of a record.
    Raises `NotSafe` where the ledger it would continue is broken.
    """
    rows = _whole_chain(office, connection)
    number, before = (rows[-1]["id"] + 1, rows[-1]["mac"]) if rows else (1, b"")
    return _write(office, connection, number, before, kind, published, sealed, now)


def begin_anew(
    office: Office, connection: Connection, published: Mapping[str, Any], now: datetime
) -> int:
    """Start a series over a ledger that is lost: nothing before this entry is read again."""
    newest = connection.execute(select(func.max(RELEASES.c.id))).scalar() or 0
    number = max(newest, _newest_told(connection)) + 1
    told = {**published, "lost": True}  # as in `_LOST`
    return _write(office, connection, number, b"", EntryKind.SERIES, told, None, now)


def begin_series(office: Office, connection: Connection, series: Series, now: datetime) -> int:
    """The number of the running series; the first one begins with what is written first."""
    if series.number:
        return series.number
    append(office, connection, EntryKind.SERIES, {"series": 1, "earliest": None}, None, now)
    return 1


def snapshot(office: Office, *parts: bytes) -> str:
    """A keyed hash over what a release is made of; a bare one of few facts could be guessed."""
    key = derive(office.keys.held[Key.FILE], "intake-desk report snapshot 1")
    told = b"".join(hashlib.sha256(part).digest() for part in parts)
    return hmac.digest(key, told, hashlib.sha256).hex()


def _write(
    office: Office,
    connection: Connection,
    number: int,
    before: bytes,
    kind: EntryKind,
    published: Mapping[str, Any],
    sealed: bytes | None,
    now: datetime,
) -> int:
    row: _Row = {
        "id": number,
        "kind": kind.value,
        "made_at": now.isoformat(timespec="seconds"),
        "made_by": office.member.id,
        "published": json.dumps(published, sort_keys=True),
        "sealed": None
        if sealed is None
        else office.sealer.seal_bytes(Compartment.PROTECTED, _place(number), sealed, _STEP),
    }
    connection.execute(insert(RELEASES).values(**row, mac=_mac(_key(office), before, row)))
    line = Line(
        row["made_at"], office.member.id, _TOLD[kind], record=RELEASES.name, entry_id=number
    )
    office.record(connection, line)
    return number


def _whole_chain(office: Office, connection: Connection) -> list[_Row]:
    found = connection.execute(select(RELEASES).order_by(RELEASES.c.id)).mappings()
    rows: list[_Row] = [dict(row) for row in found]
    anew = [i for i, row in enumerate(rows) if _begins_anew(row)]
    rows = rows[anew[-1] :] if anew else rows
    mac, key = b"", _key(office)
    expected = rows[0]["id"] if anew else 1
    for row in rows:
        mac = _mac(key, mac, row)
        if row["id"] != expected or not hmac.compare_digest(mac, row["mac"]):
            raise NotSafe(_CUT)
        expected += 1
    # The history tells how many there were: the chain alone does not miss its newest entries.
    if _newest_told(connection) != expected - 1:
        raise NotSafe(_CUT)
    return rows


def _begins_anew(row: _Row) -> bool:
    return row["kind"] == EntryKind.SERIES and _LOST in row["published"]


def _entry(office: Office, row: _Row) -> Entry:
    sealed = row["sealed"]
    if sealed is not None:
        sealed = office.sealer.open_bytes(Compartment.PROTECTED, _place(row["id"]), sealed)
    return Entry(
        row["id"],
        EntryKind(row["kind"]),
        datetime.fromisoformat(row["made_at"]),
        row["made_by"],
        json.loads(row["published"]),
        sealed,
    )


def _newest_told(connection: Connection) -> int:
    told = select(func.max(HISTORY.c.entry_id)).where(HISTORY.c.record == RELEASES.name)
    return connection.execute(told).scalar() or 0


def _place(number: int) -> str:
    return place(RELEASES.name, RELEASES.c.sealed.name, number)


def _key(office: Office) -> bytes:
    return derive(office.keys.held[Key.FILE], "intake-desk ledger 1")


def _mac(key: bytes, before: bytes, row: _Row) -> bytes:
    """The hash of an entry over the one before. A summary of revision 0003 keeps the one it has."""
    if row["kind"] == EntryKind.TABLE:
        told = f"{row['id']}:{row['published']}"
    else:
        sealed = row["sealed"]
        told = json.dumps(
            [
                *(row[name] for name in ("id", "kind", "made_at", "made_by", "published")),
                None if sealed is None else hashlib.sha256(sealed).hexdigest(),
            ]
        )
    return hmac.digest(key, before + told.encode(), hashlib.sha256)
