"""Who changed what: one chained row for every change, with what undo needs.

Each row carries a keyed hash over itself and the hash of the row before, so a deleted, altered
or reordered row is found by `fault_in`. The header of the database (`user_version`) holds the
number of the newest, so that rows cut off the end are missed too. Values stand only in sealed
columns: facts and identity answers under the identity key, victim facts under both keys.

The hash is over the SHA-256 of each sealed value, not the value: retention can destroy a value
and leave the SHA-256 in its place (`forget_values`), and the chain still holds. A destroyed value
is sound only where a later line says that the case was purged.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    false,
    func,
    insert,
    select,
    update,
)

from intake_app.core.fields import Compartment
from intake_app.right_of_way import give_way
from intake_app.store.schema import HISTORY
from intake_app.store.sealing import Sealer, derive, place

PURGED = "purged"
"""The action of the line that says that values of a case were destroyed."""

_GONE = b"\0"
"""Before the SHA-256 that stands for a destroyed value; a sealed one begins with its version."""

_AT_ONCE = 500

_HASHED = [column for column in HISTORY.c if column.name != "mac"]


_NEWEST = select(HISTORY.c.seq, HISTORY.c.mac).order_by(HISTORY.c.seq.desc()).limit(1)
_ADD = insert(HISTORY)
_VALUES = select(HISTORY.c.seq, HISTORY.c.before, HISTORY.c.after)
_REWRITE = update(HISTORY).where(HISTORY.c.seq == bindparam("line"))


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


def derive_chain_key(file_key: bytes) -> bytes:
    """What the hashes of the history are keyed with."""
    return derive(file_key, "intake-desk history 1")


def table_line(
    member_id: int,
    now: datetime,
    action: str,
    table: str,
    before: str | None,
    after: str | None,
    *,
    field: str | None = None,
    undoes: int | None = None,
) -> Line:
    """A change of one of the office's own tables."""
    return Line(
        now.isoformat(timespec="seconds"),
        member_id,
        action,
        record=table,
        field=field,
        before=before,
        after=after,
        undoes=undoes,
    )


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
    if sealed is None or is_destroyed(sealed) or not sealer.opens(how):
        return None
    return sealer.open(how, place("history", side, seq), sealed)


def is_destroyed(sealed: bytes | None) -> bool:
    """Whether retention has destroyed this value of history."""
    return sealed is not None and sealed[:1] == _GONE


def value_destroyed(side: ColumnElement[Any]) -> ColumnElement[bool]:
    """The same of the column `before` or `after`, asked in the file; false for an empty one."""
    return func.coalesce(func.substr(side, 1, 1) == _GONE, false())


def forget_values(connection: Connection, seqs: Iterable[int]) -> int:
    """Destroy the values of these lines and return how many there were; the lines stay.

    Add a line with the action `PURGED` for their case in the same transaction.
    """
    done = 0
    numbers = list(seqs)
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        rows = connection.execute(_VALUES.where(HISTORY.c.seq.in_(some))).all()
        changed = []
        for row in rows:
            gone = {side: _destroyed(getattr(row, side)) for side in ("before", "after")}
            done += sum(gone[side] != getattr(row, side) for side in gone)
            changed.append({"line": row.seq, **gone})
        if changed:
            connection.execute(_REWRITE, changed)
    return done


def fault_in(connection: Connection, chain_key: bytes) -> str | None:
    """A sentence on the first entry at which the chain does not hold; None where it is whole."""
    mac = b""
    expected = 1
    destroyed: dict[int | None, int] = {}
    whole = select(*_HASHED, HISTORY.c.mac).order_by(HISTORY.c.seq)
    # Some at a time: the history of an office is the longest table it has.
    for row in connection.execution_options(yield_per=_AT_ONCE).execute(whole):
        if row.seq != expected:
            return f"The history was cut: entry {expected} is missing."
        mac = _mac(chain_key, mac, row[:-1])
        if not hmac.compare_digest(mac, row.mac):
            return f"The history was changed: entry {expected} is not as it was written."
        if row.action == PURGED:
            destroyed.pop(row.case_id, None)
        elif is_destroyed(row.before) or is_destroyed(row.after):
            destroyed.setdefault(row.case_id, row.seq)
        expected += 1
    if destroyed:
        return (
            f"The history was changed: what entry {min(destroyed.values())} said was taken out, "
            "and no destruction of records is written down for it."
        )
    newest = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if newest >= expected:
        return f"The history was cut: its newest entries are missing, from entry {expected} on."
    if newest < expected - 1:
        return f"The history was changed: entry {newest + 1} was added by another program."
    return None


def chain_anew(connection: Connection, chain_key: bytes) -> None:
    """Chain a history from before revision 0005, as far as it is whole, over digests.

    From the first line that does not hold, every hash is left as it is, so that it is still found.
    """
    old = new = b""
    rows = connection.execute(select(HISTORY).order_by(HISTORY.c.seq)).all()
    for row in rows:
        values = [getattr(row, column.name) for column in _HASHED]
        old = _chained(chain_key, old, values)
        if not hmac.compare_digest(old, row.mac):
            return
        new = _mac(chain_key, new, values)
        connection.execute(_REWRITE, {"line": row.seq, "mac": new})


def _destroyed(sealed: bytes | None) -> bytes | None:
    if sealed is None or is_destroyed(sealed):
        return sealed
    return _GONE + hashlib.sha256(sealed).digest()


def _sealed(
    sealer: Sealer, keep: Compartment, side: str, seq: int, value: str | None
) -> bytes | None:
    return None if value is None else sealer.seal(keep, place("history", side, seq), value)


def _digest(value: Any) -> Any:
    if not isinstance(value, bytes):
        return value
    return value[1:] if is_destroyed(value) else hashlib.sha256(value).digest()


def _mac(chain_key: bytes, before: bytes, row: Iterable[Any]) -> bytes:
    return _chained(chain_key, before, [_digest(value) for value in row])


def _chained(chain_key: bytes, before: bytes, row: list[Any]) -> bytes:
    give_way()
    told = json.dumps([v.hex() if isinstance(v, bytes) else v for v in row])
    return hmac.digest(chain_key, before + told.encode(), hashlib.sha256)
