"""Who changed what: one chained row for every change, with what undo needs.

Each row carries a keyed hash over itself and the hash of the row before, so a deleted, altered
or reordered row is found by `broken_link`. The header of the database (`user_version`) holds the
number of the newest, so that rows cut off the end are missed too. Values stand only in sealed
columns: facts and identity answers under the identity key, victim facts under both keys.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from intake_app.core.fields import Compartment
from intake_app.store.schema import HISTORY
from intake_app.store.sealing import Sealer, place

_HASHED = [column for column in HISTORY.c if column.name != "mac"]


_NEWEST = select(HISTORY.c.seq, HISTORY.c.mac).order_by(HISTORY.c.seq.desc()).limit(1)
_ADD = insert(HISTORY)


@dataclass(frozen=True)
class Line:
    """One row of history to be written; `seal_as` is the compartment of the field."""

    at: str
    member_id: int
    action: str
    case_id: int | None = None
    record: str | None = None
    entry_id: int | None = None
    field: str | None = None
    before: str | None = None
    after: str | None = None
    undoes: int | None = None
    seal_as: Compartment = Compartment.FACTS


def history_compartment(keep: Compartment) -> Compartment:
    """How history seals a value of a field kept in `keep`."""
    protected = keep in (Compartment.PROTECTED, Compartment.BOTH)
    return Compartment.BOTH if protected else Compartment.IDENTITY


def write_history(
    connection: Connection, sealer: Sealer, chain_key: bytes, lines: Sequence[Line]
) -> list[int]:
    """Append `lines` to the chain, in order; return their sequence numbers."""
    last = connection.execute(_NEWEST).first()
    seq, mac = (last.seq, last.mac) if last else (0, b"")
    rows = []
    for line in lines:
        seq += 1
        keep = history_compartment(line.seal_as)
        row: dict[str, Any] = {
            "seq": seq,
            "at": line.at,
            "member_id": line.member_id,
            "case_id": line.case_id,
            "action": line.action,
            "record": line.record,
            "entry_id": line.entry_id,
            "field": line.field,
            "before": _sealed(sealer, keep, "before", seq, line.before),
            "after": _sealed(sealer, keep, "after", seq, line.after),
            "undoes": line.undoes,
        }
        mac = _mac(chain_key, mac, [row[column.name] for column in _HASHED])
        rows.append(row | {"mac": mac})
    if rows:
        connection.execute(_ADD, rows)
        connection.exec_driver_sql(f"PRAGMA user_version = {seq:d}")
    return [row["seq"] for row in rows]


def open_value(
    sealer: Sealer, keep: Compartment, side: str, seq: int, sealed: bytes | None
) -> str | None:
    """A value of history: `side` is `before` or `after`; None where the keys don't open it."""
    how = history_compartment(keep)
    if sealed is None or not sealer.opens(how):
        return None
    return sealer.open(how, place("history", side, seq), sealed)


def broken_link(connection: Connection, chain_key: bytes) -> int | None:
    """The sequence number where the chain first does not hold; None where it is whole."""
    mac = b""
    expected = 1
    rows: Iterable[Any] = connection.execute(select(HISTORY).order_by(HISTORY.c.seq))
    for row in rows:
        mac = _mac(chain_key, mac, [getattr(row, column.name) for column in _HASHED])
        if row.seq != expected or not hmac.compare_digest(mac, row.mac):
            return expected
        expected += 1
    newest = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    return None if newest == expected - 1 else expected


def _sealed(
    sealer: Sealer, keep: Compartment, side: str, seq: int, value: str | None
) -> bytes | None:
    return None if value is None else sealer.seal(keep, place("history", side, seq), value)


def _mac(chain_key: bytes, before: bytes, row: list[Any]) -> bytes:
    told = json.dumps([v.hex() if isinstance(v, bytes) else v for v in row])
    return hmac.digest(chain_key, before + told.encode(), hashlib.sha256)
