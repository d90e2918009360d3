"""Imported cases: written in bulk, recognised when they come again.

Of every imported case the file keeps which source it came from and two keyed hashes, of its key
in that source and of everything the import wrote, so that a second import adds nothing twice.
The hashes are keyed BLAKE2b (RFC 7693, 128 bits) under a key derived from the identity key.
"""

import gc
import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, compress, islice, repeat
from itertools import count as count_from
from json.encoder import encode_basestring
from typing import Any

from sqlalchemy import Connection, Table, func, select

from intake_app.core.answers import Stored, from_stored
from intake_app.core.casefile import Custody, Intake, OtherName, Person
from intake_app.core.fields import Compartment, question
from intake_app.core.import_cells import Column
from intake_app.core.import_reading import Filled, Reading
from intake_app.core.names import fold
from intake_app.core.roles import Key
from intake_app.store.case_lines import roster_words
from intake_app.store.cases import new_numbers
from intake_app.store.office import Office
from intake_app.store.present_cases import deleted_cases
from intake_app.store.roster import Roster
from intake_app.store.schema import CASES, HISTORY, IMPORTED, RECORD_TABLES
from intake_app.store.sealing import derive

ACTION = "imported"
"""What history calls everything an import does."""


@dataclass(frozen=True)
class Compared:
    """The cases of a table, by their places in the reading: what is to be done with each.

    `changed` has the number of each case in the file. The hashes are those of every case.
    deleted: how many were deleted or destroyed here; they stay so, and are not brought in twice.
    """

    new: Sequence[int]
    changed: Mapping[int, int]
    unchanged: int
    deleted: int
    key_macs: Sequence[bytes]
    content_macs: Sequence[bytes]


def compare_cases(
    office: Office, connection: Connection, source: str, reading: Reading
) -> Compared:
    """Compare every case with what was imported from `source` before."""
    key = derive(office.keys.held[Key.IDENTITY], f"intake-desk import 1 {source}")
    key_macs = _macs(key, b"key", reading.keys)
    content_macs = _macs(key, b"content", reading.contents)
    known = {
        key_mac: (content_mac, case_id)
        for key_mac, content_mac, case_id in connection.execute(
            select(IMPORTED.c.key_mac, IMPORTED.c.content_mac, IMPORTED.c.case_id).where(
                IMPORTED.c.source == source
            )
        )
    }
    if not known:
        return Compared(range(len(key_macs)), {}, 0, 0, key_macs, content_macs)
    gone = deleted_cases(connection)
    new, changed, deleted = [], {}, 0
    for place, key_mac in enumerate(key_macs):
        found = known.get(key_mac)
        if found is None:
            new.append(place)
        elif found[1] in gone or not found[0]:
            deleted += 1
        elif found[0] != content_macs[place]:
            changed[place] = found[1]
    unchanged = len(key_macs) - len(new) - len(changed) - deleted
    return Compared(new, changed, unchanged, deleted, key_macs, content_macs)


def add_cases(
    office: Office,
    connection: Connection,
    source: str,
    reading: Reading,
    found: Compared,
    now: datetime,
) -> None:
    """Write the new cases, with one line of history each, in the open transaction."""
    if not found.new:
        return
    first = _last_id(connection, CASES) + 1
    ids = range(first, first + len(found.new))
    # For each place in the reading the number of its case in the file, 0 where it is not new.
    id_of = [0] * len(reading.keys)
    for place, case_id in zip(found.new, ids, strict=True):
        id_of[place] = case_id
    once = [_only_new(filled, id_of) for filled in reading.once]
    many = [_only_new(filled, id_of) for filled in reading.many]
    numbers = list(islice(new_numbers(connection, office.today(now).year), len(ids)))
    stamp = now.isoformat(timespec="seconds")
    lines = _roster_lines(once, many, ids, numbers)
    _insert(
        connection,
        CASES,
        {
            "id": ids,
            "number": numbers,
            "created_at": repeat(stamp),
            "changed_at": repeat(stamp),
            "created_by": repeat(office.member.id),
            "roster_line": office.sealer.seal_column(
                Compartment.IDENTITY, "cases", "roster_line", ids, lines
            ),
        },
    )
    opened: dict[str, Iterable[Any]] = {"opened_on": repeat(office.today(now).isoformat())}
    for filled in (*once, *many):
        extra = opened if filled.record is Intake and "opened_on" not in filled.names else {}
        _insert_entries(office, connection, filled, extra)
    if not any(filled.record is Intake for filled in once):
        _insert_entries(office, connection, Filled(Intake, (), (), ids), opened)
    # In the order of their key, so that the index grows at its end.
    by_key = sorted(found.new, key=found.key_macs.__getitem__)
    _insert(
        connection,
        IMPORTED,
        {
            "source": repeat(source),
            "key_mac": [found.key_macs[place] for place in by_key],
            "content_mac": [found.content_macs[place] for place in by_key],
            "case_id": [id_of[place] for place in by_key],
        },
    )
    _record_imported(office, connection, ids, stamp)


def forget_roster(office: Office) -> None:
    """Let the case list be read again from the file when somebody next asks for it."""
    if office.roster.loaded:
        office.roster.close()
        office.roster = Roster()


@contextmanager
def checkpoint_later(office: Office) -> Iterator[None]:
    """Leave moving what was committed into the main file to the next commit, or to closing.

    The commit itself is as safe: it is on the disk in the write-ahead log.
    """
    _set_checkpoint(office, 0)
    try:
        yield
    finally:
        _set_checkpoint(office, 1_000)


def _set_checkpoint(office: Office, pages: int) -> None:
    with office.reading() as connection:
        connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint = {pages:d}")


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for dead cycles while hundreds of thousands of rows are made; they have none."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _macs(key: bytes, purpose: bytes, texts: Iterable[str]) -> list[bytes]:
    blake2b = hashlib.blake2b
    return [blake2b(t.encode(), key=key, person=purpose, digest_size=16).digest() for t in texts]


def _only_new(filled: Filled, id_of: Sequence[int]) -> Filled:
    """The entries of new cases, their cases by their numbers in the file."""
    ids = list(map(id_of.__getitem__, filled.cases))
    columns = filled.columns
    if 0 in ids:
        columns = tuple(list(compress(column, ids)) for column in columns)
        ids = list(filter(None, ids))
    return Filled(filled.record, filled.names, columns, ids, filled.same_when)


_NAMES = {"given", "middle", "surname", "second_surname", "suffix", "preferred_name", "a_number"}
"""Answers about a person that a case is found by, besides the booking number."""


def _roster_lines(
    once: Sequence[Filled], many: Sequence[Filled], ids: Sequence[int], numbers: Sequence[str]
) -> list[str]:
    """The lines of the case list, as `roster_words` makes them."""
    person = _columns(once, Person)
    facilities = _columns(once, Custody).get("facility", repeat(None))
    others: dict[int, list[OtherName]] = {}
    for filled in many:
        if filled.record is OtherName and "name" in filled.names:
            for case_id, name in zip(filled.cases, _columns(many, OtherName)["name"], strict=True):
                others.setdefault(case_id, []).append(OtherName(name=_text(name)))
    if not others and not _NAMES & person.keys():
        bookings = person.get("booking_number", repeat(None))
        return [
            f'["", {_quoted(held)}, {_quoted(booked)}, {_quoted(_nameless(booked, number))}]'
            for held, booked, number in zip(facilities, bookings, numbers, strict=False)
        ]
    lines = []
    asked = [question(Person, name) for name in person]
    of_case = zip(ids, facilities, numbers, *person.values(), strict=False)
    for case_id, held, number, *answers in of_case:
        said = {
            one.name: from_stored(one, answer) for one, answer in zip(asked, answers, strict=True)
        }
        custody = Custody(facility=_text(held))
        words = roster_words(Person(**said), others.get(case_id, ()), custody, number)
        lines.append(json.dumps(words, ensure_ascii=False))
    return lines


def _columns(entries: Iterable[Filled], record: type) -> dict[str, Column]:
    return {
        name: column
        for filled in entries
        if filled.record is record
        for name, column in zip(filled.names, filled.columns, strict=True)
    }


def _quoted(text: Any) -> str:
    return encode_basestring(text or "")


def _nameless(booked: Any, number: str) -> str:
    """The words a case without a name is found by; `fold`, quicker for letters and figures."""
    number = number.replace("-", " ")
    if not booked:
        return number
    folded = booked.lower() if booked.isascii() and booked.isalnum() else fold(booked)
    return f"{folded} {number}"


def _text(answer: Stored) -> str | None:
    return None if answer is None else str(answer)


def _insert_entries(
    office: Office, connection: Connection, filled: Filled, extra: Mapping[str, Iterable[Any]]
) -> None:
    """Rows of one record; answers are sealed here as they are declared."""
    table = RECORD_TABLES[filled.record]
    first = _last_id(connection, table) + 1
    ids = range(first, first + len(filled.cases))
    columns: dict[str, Iterable[Any]] = {"id": ids, "case_id": filled.cases, **extra}
    for name, values in zip(filled.names, filled.columns, strict=True):
        keep = question(filled.record, name).keep
        columns[name] = values
        if keep.value:
            columns[name] = office.sealer.seal_column(keep, table.name, name, ids, values)
    _insert(connection, table, columns)


_AT_ONCE = 50
"""Rows in one statement: fewer steps between Python and the database."""


def _insert(connection: Connection, table: Table, columns: Mapping[str, Iterable[Any]]) -> None:
    """Rows given as columns: lists, ranges of numbers, or one answer for all (`repeat`)."""
    count = len(next(values for values in columns.values() if isinstance(values, Sized)))
    ready = [_ready(values) for values in columns.values()]
    same = tuple(next(iter(values)) for _, values in ready if isinstance(values, repeat))
    several = [values for _, values in ready if not isinstance(values, repeat)]
    names = ", ".join(f'"{name}"' for name in columns)
    # Every name is one of our own declarations.
    start = f"INSERT INTO {table.name} ({names}) VALUES "  # noqa: S608
    cells = chain.from_iterable(zip(*several, strict=True))
    whole, last = divmod(count, _AT_ONCE)
    for rows, times in ((_AT_ONCE, whole), (last, 1)):
        if rows and times:
            given = [(*same, *islice(cells, rows * len(several))) for _ in range(times)]
            connection.exec_driver_sql(start + _places(ready, rows), given)


def _places(ready: Sequence[tuple[str, Iterable[Any]]], rows: int) -> str:
    """The VALUES of some rows; what all have in common is given once, as the first parameters."""
    constants = sum(isinstance(values, repeat) for _, values in ready)
    own = count_from(constants + 1)
    made = []
    for _ in range(rows):
        common = count_from(1)
        numbers = (next(common if isinstance(values, repeat) else own) for _, values in ready)
        places = (place.format(n) for (place, _), n in zip(ready, numbers, strict=True))
        made.append("(" + ", ".join(places) + ")")
    return ", ".join(made)


def _ready(values: Iterable[Any]) -> tuple[str, Iterable[Any]]:
    """The place of the values in a statement, and the values as the driver takes them quickest.

    It takes text, numbers and byte arrays as they are, and searches for a way to adapt anything
    else, value by value; so an empty text, which no answer is, stands for no answer.
    """
    if isinstance(values, range | repeat):
        return "?{}", values
    listed = values if isinstance(values, list | tuple) else list(values)
    if len(listed) > 1 and listed[0] == listed[-1] and listed.count(listed[0]) == len(listed):
        return "?{}", repeat(listed[0])
    sealed = isinstance(next(filter(None, listed), None), bytes)
    if None in listed:
        if sealed:
            listed = [None if value is None else bytearray(value) for value in listed]
        return "NULLIF(?{}, '')", ["" if value is None else value for value in listed]
    return "?{}", list(map(bytearray, listed)) if sealed else listed


def _last_id(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one())


def _record_imported(
    office: Office, connection: Connection, case_ids: Sequence[int], stamp: str
) -> None:
    """One line of history a case: what `history.write_history` writes, without its detours."""
    last = connection.execute(
        select(HISTORY.c.seq, HISTORY.c.mac).order_by(HISTORY.c.seq.desc()).limit(1)
    ).first()
    seq, mac = (last.seq, last.mac) if last else (0, b"")
    seqs = range(seq + 1, seq + 1 + len(case_ids))
    # The hash is over the row as JSON: number, moment, member, case, action, six empty columns.
    start = json.dumps([stamp, office.member.id])[1:-1]
    end = f'"{ACTION}"' + ", null" * 6 + "]"
    digest, key, sha256 = hmac.digest, office.chain_key, hashlib.sha256
    macs = []
    for number, case_id in zip(seqs, case_ids, strict=True):
        mac = digest(key, mac + f"[{number}, {start}, {case_id}, {end}".encode(), sha256)
        macs.append(mac)
    _insert(
        connection,
        HISTORY,
        {
            "seq": seqs,
            "at": repeat(stamp),
            "member_id": repeat(office.member.id),
            "case_id": case_ids,
            "action": repeat(ACTION),
            "mac": macs,
        },
    )
    connection.exec_driver_sql(f"PRAGMA user_version = {seqs[-1]:d}")
