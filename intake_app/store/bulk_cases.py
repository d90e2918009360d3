"""Write many whole cases at once: rows, sealed answers, case list and history in one transaction.

Made for the demonstration office. Row numbers are given out here, because a sealed answer is bound
to the number of its row; rows go to the file in batches, so memory does not grow with the cases.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from intake_app.core.answers import Stored, to_stored
from intake_app.core.casefile import RECORDS, Custody, OtherName, Person
from intake_app.core.fields import Compartment, Kind, Question, questions
from intake_app.store.cases import new_numbers, roster_words, seal_roster_line
from intake_app.store.history import Line
from intake_app.store.office import Office
from intake_app.store.schema import CASES, RECORD_TABLES
from intake_app.store.sealing import Sealer, place

_BATCH = 40
_AS_TEXT = frozenset({Kind.LINE, Kind.TEXT, Kind.PHONE, Kind.CHOICE, Kind.PARTIAL_DATE})
"""Kinds of answer that `to_stored` keeps as their own text."""


@dataclass(frozen=True)
class WholeCase:
    """A case to be written. `started_at` and `changed_at` are aware; `started_by` a member."""

    records: Mapping[type, tuple[Any, ...]]
    started_at: datetime
    changed_at: datetime
    started_by: int


def write_cases(office: Office, cases: Iterable[WholeCase]) -> list[str]:
    """Write every case, or none where anything goes wrong; return their numbers, in order.

    A case gets the next number of the year it was started in. Its history begins with "case
    started"; single answers have no line of their own. The member must hold every key.
    """
    if office.roster.loaded:
        raise RuntimeError("write the cases before the case list is read")
    numbers: list[str] = []
    coming = iter(cases)
    with office.writing() as connection:
        writer = _Writer(office, connection)
        while batch := list(islice(coming, _BATCH)):
            numbers += writer.write(batch)
    return numbers


class _Writer:
    """The tables being filled, in one open transaction."""

    def __init__(self, office: Office, connection: Connection) -> None:
        self._office = office
        self._connection = connection
        self._case_id = _last_id(connection, CASES)
        self._numbers: dict[int, Iterator[str]] = {}
        self._rows = {cls: _Rows(connection, cls) for cls in RECORDS}

    def write(self, batch: list[WholeCase]) -> list[str]:
        """Write some cases and their history; return their numbers."""
        sealer, numbers = self._office.sealer, list[str]()
        made: list[dict[str, Any]] = []
        lines: list[Line] = []
        for case in batch:
            self._case_id += 1
            number = self._number(case.started_at)
            started = case.started_at.isoformat(timespec="seconds")
            made.append(
                {
                    "id": self._case_id,
                    "number": number,
                    "created_at": started,
                    "changed_at": case.changed_at.isoformat(timespec="seconds"),
                    "created_by": case.started_by,
                    "roster_line": _roster_line(sealer, self._case_id, number, case.records),
                }
            )
            numbers.append(number)
            lines.append(Line(started, case.started_by, "case started", self._case_id))
            for cls, records in case.records.items():
                for record in records:
                    self._rows[cls].add(sealer, self._case_id, record)
        self._connection.execute(insert(CASES), made)
        for rows in self._rows.values():
            rows.write(self._connection)
        self._office.record(self._connection, *lines)
        return numbers

    def _number(self, started: datetime) -> str:
        if started.year not in self._numbers:
            self._numbers[started.year] = new_numbers(self._connection, started.year)
        return next(self._numbers[started.year])


class _Rows:
    """Rows of one table waiting to be written."""

    def __init__(self, connection: Connection, cls: type) -> None:
        table = RECORD_TABLES[cls]
        self._table = table.name
        self._questions: tuple[tuple[str, bool, Question], ...] = tuple(
            (asked.name, asked.kind in _AS_TEXT, asked) for asked in questions(cls)
        )
        names = ["id", "case_id", *(name for name, _, _ in self._questions)]
        columns = ", ".join(f'"{name}"' for name in names)
        places = ", ".join("?" * len(names))
        # Every name is one of our own declarations.
        self._statement = f"INSERT INTO {table.name} ({columns}) VALUES ({places})"  # noqa: S608
        self._last = _last_id(connection, table)
        self._waiting: list[tuple[Stored | bytes, ...]] = []

    def add(self, sealer: Sealer, case_id: int, record: Any) -> None:
        """Give the record its number and seal its answers."""
        self._last += 1
        row: list[Stored | bytes] = [self._last, case_id]
        answers = vars(record)
        for name, as_text, asked in self._questions:
            value = answers[name]
            if value is not None:
                # Most answers are kept as their own text; asking each one's kind takes longer.
                value = str(value) if as_text else to_stored(asked, value)
                if asked.keep is not Compartment.FACTS:
                    spot = place(self._table, name, self._last)
                    value = sealer.seal(asked.keep, spot, str(value))
            row.append(value)
        self._waiting.append(tuple(row))

    def write(self, connection: Connection) -> None:
        """Send what waits to the file."""
        if self._waiting:
            connection.exec_driver_sql(self._statement, self._waiting)
            self._waiting = []


def _roster_line(
    sealer: Sealer, case_id: int, number: str, records: Mapping[type, tuple[Any, ...]]
) -> bytes:
    (person,) = records.get(Person) or (Person(),)
    (custody,) = records.get(Custody) or (Custody(),)
    line = roster_words(person, records.get(OtherName, ()), custody, number)
    return seal_roster_line(sealer, case_id, line)


def _last_id(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one())
