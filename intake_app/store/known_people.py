"""Everybody the office knows, read from the file into the index of the conflict check.

A deleted case is in it as long as it is in the file: the duty to whoever told the office something
in confidence does not end with deleting (ABA Model Rules 1.9 and 1.18).

The index is read once, some thousands of cases at a time. After that the history keeps it true:
each change of a case writes a line there in its own transaction, so the cases named by lines that
were not seen yet are read anew before a search.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from intake_app.core.answers import from_stored, show_date
from intake_app.core.casefile import (
    Abuser,
    AdverseParty,
    OtherName,
    Person,
    Phone,
    Protection,
    questions_for,
)
from intake_app.core.conflict_parties import ANSWERS, Asked, client_party, other_party
from intake_app.core.conflicts import Stands
from intake_app.core.fields import Question
from intake_app.core.names import hidden_in_lists, listed_name
from intake_app.core.partial_date import PartialDate
from intake_app.core.people_index import Known, Match, PeopleIndex
from intake_app.store.case_rows import open_answer, read_case
from intake_app.store.conflict_checks import MOST_FOUND, Found
from intake_app.store.office import Office
from intake_app.store.schema import CASES, HISTORY, RECORD_TABLES

_PART = 1_000
_AT_ONCE = 500
_BETTER_ANEW = 5_000
"""From so many changed cases on (an import) everything is read anew."""


_WHO: dict[type, tuple[str, ...]] = {
    Person: ("given", "middle", "surname", "second_surname", "suffix", "born"),
    Protection: ("hide_from_lists", "survivor", "fleeing_now"),
    AdverseParty: ("name", "born"),
    Abuser: ("name", "born"),
}


@dataclass(frozen=True)
class Who:
    """Somebody who was found: her name, when she was born, the number of her case, and whether
    its client is a protected one.
    """

    name: str
    born: str
    number: str
    protected: bool


def who_is(office: Office, connection: Connection, match: Match) -> Who:
    """Read who a match is. Protected: a survivor, somebody fleeing or hidden, or a case that
    names an abuser, as far as the member's keys tell.
    """
    case = read_case(office, connection, match.case_id, tuple(_WHO), _WHO, deleted_too=True)
    person = case.one(Person)
    people: dict[Stands, dict[int, tuple[str | None, PartialDate | None]]] = {
        Stands.CLIENT: {0: (listed_name(person), person.born)},
        Stands.ADVERSE: {
            one.id: (one.record.name, one.record.born) for one in case.kept(AdverseParty)
        },
        Stands.ABUSER: {one.id: (one.record.name, one.record.born) for one in case.kept(Abuser)},
    }
    name, born = people[match.stands].get(match.entry_id, (None, None))
    protected = hidden_in_lists(case.one(Protection)) or bool(case.kept(Abuser))
    return Who(name or "", show_date(born) if born else "", case.number, protected)


class KnownPeople:
    """The index of one member, and how far it has read."""

    def __init__(self, nicknames: Mapping[str, frozenset[str]]) -> None:
        self._nicknames = nicknames
        self._start_over()

    def _start_over(self) -> None:
        self.index = PeopleIndex(self._nicknames)
        self.whole = False
        self._newest = 0
        self._seen: int | None = None

    def read_part(self, office: Office, connection: Connection) -> bool:
        """Read the next cases; return whether there are more."""
        if self.whole:
            return False
        if self._seen is None:
            self._seen = _last_line(connection)
        ids = [
            row[0]
            for row in connection.execute(
                select(CASES.c.id)
                .where(CASES.c.id > self._newest)
                .order_by(CASES.c.id)
                .limit(_PART)
            )
        ]
        if ids:
            for case_id, known in _read(office, connection, ids, (ids[0], ids[-1])).items():
                self.index.add(case_id, known)
            self._newest = ids[-1]
        self.whole = len(ids) < _PART
        return not self.whole

    def catch_up(self, office: Office, connection: Connection) -> None:
        """Read everything there is to read, and what was changed since."""
        self._read_all(office, connection)
        last = _last_line(connection)
        if last == self._seen:
            return
        changed = [
            row[0]
            for row in connection.execute(
                select(HISTORY.c.case_id)
                .where(HISTORY.c.seq > self._seen, HISTORY.c.case_id.is_not(None))
                .distinct()
                .order_by(HISTORY.c.case_id)
            )
        ]
        if len(changed) >= _BETTER_ANEW:
            self._start_over()
            self._read_all(office, connection)
            return
        for start in range(0, len(changed), _AT_ONCE):
            ids = changed[start : start + _AT_ONCE]
            read = _read(office, connection, ids, None)
            for case_id in ids:
                self.index.put(case_id, read.get(case_id, ()))
        self._seen = last

    def find(
        self, office: Office, connection: Connection, case_id: int, asked: Sequence[Asked]
    ) -> list[Found]:
        """Everybody in other cases who may be one of those asked for, the likeliest first.

        Never more than `MOST_FOUND`.
        """
        matches = [
            (one, match)
            for one in asked
            for match in self.index.search(one.party, without=case_id)[:MOST_FOUND]
        ]
        matches.sort(key=lambda pair: -pair[1].likeness.bits)
        found = []
        for one, match in matches[:MOST_FOUND]:
            who, told = who_is(office, connection, match), match.likeness
            found.append(
                Found(
                    asked_stands=one.party.stands,
                    asked_entry=one.entry_id,
                    case_id=match.case_id,
                    stands=match.stands,
                    entry_id=match.entry_id,
                    name=who.name,
                    born=who.born,
                    number=who.number,
                    protected=who.protected,
                    bits=told.bits,
                    words=told.words,
                    reasons=told.reasons,
                )
            )
        return found

    def _read_all(self, office: Office, connection: Connection) -> None:
        while self.read_part(office, connection):
            pass


def _last_line(connection: Connection) -> int:
    return int(connection.execute(select(func.coalesce(func.max(HISTORY.c.seq), 0))).scalar_one())


def _read(
    office: Office,
    connection: Connection,
    ids: Sequence[int],
    span: tuple[int, int] | None,
) -> dict[int, list[Known]]:
    """Everybody of some cases; `span` where they are all there are from one number to another."""
    read: dict[type, dict[int, list[tuple[int, Any]]]] = {}
    for cls in ANSWERS:
        read[cls] = _rows(office, connection, cls, ids, span)
    found: dict[int, list[Known]] = {}
    for case_id in ids:
        person = next(iter(_records(read[Person], case_id)), Person())
        party = client_party(
            person, _records(read[OtherName], case_id), _records(read[Phone], case_id)
        )
        here = [Known(0, party)] if party.names or party.a_number or party.phones else []
        for cls in (AdverseParty, Abuser):
            for entry_id, record in read[cls].get(case_id, ()):
                other = other_party(record)
                if other.names:
                    here.append(Known(entry_id, other))
        if here:
            found[case_id] = here
    return found


def _records(rows: dict[int, list[tuple[int, Any]]], case_id: int) -> list[Any]:
    return [record for _, record in rows.get(case_id, ())]


def _rows(
    office: Office,
    connection: Connection,
    cls: type,
    ids: Sequence[int],
    span: tuple[int, int] | None,
) -> dict[int, list[tuple[int, Any]]]:
    asked = tuple(one for one in questions_for(office.member.role, cls) if one.name in ANSWERS[cls])
    if not asked:
        return {}
    table = RECORD_TABLES[cls]
    chosen = table.c.case_id.in_(ids) if span is None else table.c.case_id.between(*span)
    rows = connection.execute(
        select(table.c.id, table.c.case_id, *(table.c[one.name] for one in asked))
        .where(chosen, table.c.removed_at.is_(None))
        .order_by(table.c.id)
    )
    found: dict[int, list[tuple[int, Any]]] = {}
    for row_id, case_id, *kept in rows:
        record = cls(**_opened(office, table.name, asked, row_id, kept))
        found.setdefault(case_id, []).append((row_id, record))
    return found


def _opened(
    office: Office, table: str, asked: Iterable[Question], row_id: int, kept: Sequence[Any]
) -> dict[str, Any]:
    return {
        one.name: from_stored(one, open_answer(office.sealer, table, one, row_id, value))
        for one, value in zip(asked, kept, strict=True)
        if value is not None
    }
