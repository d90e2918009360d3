"""Cases imported before, of which the other system's table says something else now.

The rule: the table decides, except where somebody decided by hand since. An answer changed by
hand stays; every other answer the import fills takes what the table says, and becomes empty where
the table says nothing any more. Entries added by hand are not looked at. An entry removed by hand
stays removed. An entry the table has no line for any more is removed, unless an answer of it was
changed by hand.

Which entry a line of the table is, is told by the answers the mapping names in `same_when` as
they were imported, and among equal ones by their order.

History gets a line for every answer that changes, so that each can be undone.
"""

from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from intake_app.core.answers import Stored
from intake_app.core.casefile import Custody, OtherName, Person
from intake_app.core.fields import Question, question, title_of
from intake_app.core.import_reading import Filled, Reading
from intake_app.store.case_lines import refresh_roster_line
from intake_app.store.case_rows import open_answer, seal_answer
from intake_app.store.history import Line, open_value
from intake_app.store.imported import ACTION, Compared
from intake_app.store.office import Office
from intake_app.store.schema import CASES, HISTORY, IMPORTED, RECORD_TABLES

_IN_CASE_LIST = {Person, OtherName, Custody}
"""Records whose answers stand in the sealed line of the case list."""

_BY_IMPORT = "by import"
"""Stands as the value before, in the history of a row removed or brought back by an import."""


Values = tuple[Stored, ...]
"""The answers of one entry, in the order of `Filled.names`."""


@dataclass(frozen=True)
class _Entry:
    """A row of the case: its answers to the questions the import fills, and those as imported."""

    id: int
    removed: bool
    kept: Values
    imported: Values


@dataclass(frozen=True)
class _ByHand:
    """What people did to a case since: `was` is each answer as it was before the first change."""

    was: dict[tuple[str, int, str], str | None] = field(default_factory=dict)
    added: set[tuple[str, int]] = field(default_factory=set)
    removed: set[tuple[str, int]] = field(default_factory=set)
    kept: set[tuple[str, int]] = field(default_factory=set)


def update_cases(
    office: Office,
    connection: Connection,
    source: str,
    reading: Reading,
    found: Compared,
    now: datetime,
) -> None:
    """Bring each changed case up to date in the open transaction."""
    if not found.changed:
        return
    writer = _Updater(office, connection, reading, found, now)
    for place, case_id in found.changed.items():
        writer.update(place, case_id)
        connection.execute(
            update(IMPORTED)
            .where(IMPORTED.c.source == source, IMPORTED.c.key_mac == found.key_macs[place])
            .values(content_mac=found.content_macs[place])
        )
    office.record(connection, *writer.lines)


class _Updater:
    def __init__(
        self,
        office: Office,
        connection: Connection,
        reading: Reading,
        found: Compared,
        now: datetime,
    ) -> None:
        self.lines: list[Line] = []
        self._office = office
        self._connection = connection
        self._stamp = now.isoformat(timespec="seconds")
        self._once = [(filled, _by_case(filled, found.changed)) for filled in reading.once]
        self._many = [(filled, _by_case(filled, found.changed)) for filled in reading.many]
        self._case_id, self._written = 0, set[type]()

    def update(self, place: int, case_id: int) -> None:
        """Bring one case up to date: the one at `place` in the reading."""
        self._case_id, self._written = case_id, set[type]()
        by_hand = self._by_hand()
        self.lines.append(Line(self._stamp, self._office.member.id, ACTION, case_id))
        for form, lines in self._once:
            (values,) = lines[place]
            entries = self._entries(form, by_hand)
            if entries:
                self._rewrite(form, entries[0], values, by_hand)
            else:
                self._add(form, values)
        for form, lines in self._many:
            self._update_entries(form, lines[place], by_hand)
        self._connection.execute(
            update(CASES).where(CASES.c.id == case_id).values(changed_at=self._stamp)
        )
        if self._written & _IN_CASE_LIST:
            refresh_roster_line(self._office, self._connection, case_id)

    def _update_entries(self, form: Filled, lines: Sequence[Values], by_hand: _ByHand) -> None:
        table = title_of(form.record).table
        entries = [
            entry
            for entry in self._entries(form, by_hand)
            if (table, entry.id) not in by_hand.added
        ]
        for entry, line in _paired(form, entries, lines):
            if entry is None:
                self._add(form, line or ())
            elif line is None:
                touched = (table, entry.id) in by_hand.kept
                if not entry.removed and not touched:
                    self._mark(form, entry.id, "removed", self._stamp)
            else:
                if entry.removed and (table, entry.id) not in by_hand.removed:
                    self._mark(form, entry.id, "brought back", None)
                self._rewrite(form, entry, line, by_hand)

    def _by_hand(self) -> _ByHand:
        found = _ByHand()
        rows = self._connection.execute(
            select(HISTORY)
            .where(
                HISTORY.c.case_id == self._case_id,
                HISTORY.c.action != ACTION,
                HISTORY.c.record.in_(_RECORDS),
            )
            .order_by(HISTORY.c.seq)
        )
        for row in rows:
            entry = (row.record or "", row.entry_id or 0)
            if row.field is not None:
                asked = question(_RECORDS[entry[0]], row.field)
                before = open_value(self._office.sealer, asked.keep, "before", row.seq, row.before)
                found.was.setdefault((*entry, row.field), before)
                found.kept.add(entry)
            elif row.action == "added":
                found.added.add(entry)
            elif row.before is None and row.action == "removed":
                found.removed.add(entry)
            elif row.before is None and row.action == "brought back":
                found.removed.discard(entry)
                found.kept.add(entry)
        return found

    def _entries(self, form: Filled, by_hand: _ByHand) -> list[_Entry]:
        table = RECORD_TABLES[form.record]
        asked = _questions(form)
        rows = self._connection.execute(
            select(table.c.id, table.c.removed_at, *(table.c[name] for name in form.names))
            .where(table.c.case_id == self._case_id)
            .order_by(table.c.id)
        )
        entries = []
        for row_id, removed_at, *values in rows:
            kept = tuple(
                open_answer(self._office.sealer, table.name, one, row_id, value)
                for one, value in zip(asked, values, strict=True)
            )
            imported = tuple(
                _stored(one, by_hand.was[table.name, row_id, one.name])
                if (table.name, row_id, one.name) in by_hand.was
                else value
                for one, value in zip(asked, kept, strict=True)
            )
            entries.append(_Entry(row_id, removed_at is not None, kept, imported))
        return entries

    def _rewrite(self, form: Filled, entry: _Entry, values: Values, by_hand: _ByHand) -> None:
        table = RECORD_TABLES[form.record]
        written: dict[str, Any] = {}
        for asked, before, after in zip(_questions(form), entry.kept, values, strict=True):
            if before == after or (table.name, entry.id, asked.name) in by_hand.was:
                continue
            written[asked.name] = seal_answer(
                self._office.sealer, table.name, asked, entry.id, after
            )
            self._tell(form, entry.id, asked, before, after)
        if written:
            self._written.add(form.record)
            self._connection.execute(update(table).where(table.c.id == entry.id).values(written))

    def _add(self, form: Filled, values: Values) -> None:
        table = RECORD_TABLES[form.record]
        made = self._connection.execute(insert(table).values(case_id=self._case_id))
        assert made.inserted_primary_key is not None  # noqa: S101 - for the type checker
        row_id = int(made.inserted_primary_key[0])
        self.lines.append(self._line(form, row_id, ACTION))
        nothing = (None,) * len(values)
        self._rewrite(form, _Entry(row_id, False, nothing, nothing), values, _ByHand())

    def _mark(self, form: Filled, row_id: int, action: str, removed_at: str | None) -> None:
        table = RECORD_TABLES[form.record]
        self._connection.execute(
            update(table).where(table.c.id == row_id).values(removed_at=removed_at)
        )
        self.lines.append(self._line(form, row_id, action, before=_BY_IMPORT))
        self._written.add(form.record)

    def _tell(
        self, form: Filled, row_id: int, asked: Question, before: Stored, after: Stored
    ) -> None:
        self.lines.append(
            self._line(
                form,
                row_id,
                ACTION,
                field=asked.name,
                before=None if before is None else str(before),
                after=None if after is None else str(after),
                seal_as=asked.keep,
            )
        )

    def _line(self, form: Filled, row_id: int, action: str, **said: Any) -> Line:
        table = title_of(form.record).table
        return Line(
            self._stamp, self._office.member.id, action, self._case_id, table, row_id, **said
        )


_RECORDS = {title_of(record).table: record for record in RECORD_TABLES}


def _by_case(filled: Filled, wanted: Container[int]) -> defaultdict[int, list[Values]]:
    """The entries of some cases, by the place of the case."""
    found: defaultdict[int, list[Values]] = defaultdict(list)
    for place, *values in zip(filled.cases, *filled.columns, strict=True):
        if place in wanted:
            found[place].append(tuple(values))
    return found


def _questions(form: Filled) -> list[Question]:
    return [question(form.record, name) for name in form.names]


def _stored(asked: Question, text: str | None) -> Stored:
    """A value as history keeps it, in the type of its column."""
    if text is not None and asked.kind.name in ("NUMBER", "MONEY"):
        return int(text)
    return text


def _paired(
    form: Filled, entries: Sequence[_Entry], lines: Sequence[Values]
) -> list[tuple[_Entry | None, Values | None]]:
    """Each line with the entry it was imported as, if any; entries without a line come last.

    Lines and entries that agree in the answers of `same_when` are paired: wholly equal ones
    first, then in their order.
    """
    by_same: defaultdict[Values, list[_Entry]] = defaultdict(list)
    for entry in entries:
        by_same[tuple(entry.imported[place] for place in form.same_when)].append(entry)
    pairs: list[tuple[_Entry | None, Values | None]] = [(None, line) for line in lines]
    for exactly in (True, False):
        for index, (found, line) in enumerate(pairs):
            if found is not None or line is None:
                continue
            waiting = by_same[tuple(line[place] for place in form.same_when)]
            for entry in waiting:
                if not exactly or entry.imported == line:
                    waiting.remove(entry)
                    pairs[index] = (entry, line)
                    break
    left = [entry for waiting in by_same.values() for entry in waiting]
    return pairs + [(entry, None) for entry in left]
