"""The case list in memory: names opened once, found by any part without accents.

SQLite's own full-text index over three-letter pieces, in a database that is never written to a
disk. Words of one or two letters are looked for in the rows themselves.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlcipher3 import dbapi2 as sqlcipher

from intake_app.core.names import fold


class PersonRow(NamedTuple):
    """One line of the case list, as people read it.

    A tuple, because a search makes hundreds of them at each key. `masked` comes back from the
    index as 0 or 1.
    """

    case_id: int
    number: str
    name: str
    masked: bool
    status: str
    facility: str
    state: str
    opened_on: str
    booking_number: str


class RosterRow(NamedTuple):
    """What the index keeps of one case; `words` is what it is found by, already folded.

    `status` is the label people read. `detainer_active`: a detainer stands. `mine`: the member
    whose office this is works on the case.
    """

    case_id: int
    number: str
    name: str
    masked: bool
    status: str
    facility: str
    state: str
    opened_on: str
    booking_number: str
    detainer_active: bool
    mine: bool
    words: str


LONGEST_ASKED = 200
"""Letters of a search that are looked at: no name is longer. A whole page, pasted by mistake, would
take SQLite a minute, or be more than it takes."""


@dataclass(frozen=True)
class RosterQuery:
    """What to list: every word of `text` must occur; None means "any"."""

    text: str = ""
    status: str | None = None
    state: str | None = None
    detainer_active: bool | None = None
    facility: str | None = None
    mine: bool | None = None


_SHOWN = "case_id, number, name, masked, status, facility, state, opened_on, booking_number"


_BEYOND = 2**62


class Roster:
    """The index. It takes cases in from the newest to the oldest, some at a time.

    `put` keeps it true after every change.
    """

    def __init__(self) -> None:
        self._known_from = math.inf
        self._db = sqlcipher.connect(":memory:", isolation_level=None)
        self._db.executescript(
            """
            CREATE TABLE people (
                case_id INTEGER PRIMARY KEY, number, name, masked, status,
                facility COLLATE NOCASE, state, opened_on, booking_number, detainer_active, mine,
                words
            );
            CREATE INDEX places ON people (facility);
            CREATE VIRTUAL TABLE found USING fts5(
                words, content='people', content_rowid='case_id', tokenize='trigram'
            );
            """
        )

    @property
    def loaded(self) -> bool:
        """Whether every case is in the index."""
        return self._known_from <= 0

    @property
    def known_from(self) -> float:
        """Every case with this number or a higher one is in the index."""
        return self._known_from

    def knows(self, case_id: int) -> bool:
        """Whether a change to this case must be told here; a case not read yet will be read."""
        return case_id >= self._known_from

    def add(self, rows: Iterable[RosterRow], known_from: int) -> None:
        """Take in the next older cases, down to the number `known_from`; 0 for all of them."""
        self._db.execute("BEGIN")
        self._db.executemany(
            "INSERT INTO people VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
            rows,
        )
        self._db.execute(
            "INSERT INTO found (rowid, words) "
            "SELECT case_id, words FROM people WHERE case_id >= ? AND case_id < ?",
            (known_from, min(self._known_from, _BEYOND)),
        )
        self._db.execute("COMMIT")
        self._known_from = known_from

    def put(self, row: RosterRow) -> None:
        """Add one case, or replace what was known of it."""
        if not self.knows(row.case_id):
            return
        self._db.execute("BEGIN")
        old = self._db.execute(
            "SELECT words FROM people WHERE case_id = ?", (row.case_id,)
        ).fetchone()
        if old:
            self._db.execute(
                "INSERT INTO found (found, rowid, words) VALUES ('delete', ?, ?)",
                (row.case_id, old[0]),
            )
        self._db.execute(
            "INSERT OR REPLACE INTO people VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
            row,
        )
        self._db.execute("INSERT INTO found (rowid, words) VALUES (?, ?)", (row.case_id, row.words))
        self._db.execute("COMMIT")

    def remove(self, case_id: int) -> None:
        """Forget one case; nothing happens where it is not known."""
        self._db.execute("BEGIN")
        self._db.execute(
            "INSERT INTO found (found, rowid, words) "
            "SELECT 'delete', case_id, words FROM people WHERE case_id = ?",
            (case_id,),
        )
        self._db.execute("DELETE FROM people WHERE case_id = ?", (case_id,))
        self._db.execute("COMMIT")

    def row(self, case_id: int) -> RosterRow | None:
        """What is known of one case; None where it was not read yet."""
        kept = self._db.execute("SELECT * FROM people WHERE case_id = ?", (case_id,)).fetchone()
        return None if kept is None else RosterRow._make(kept)

    def page(self, query: RosterQuery, offset: int, limit: int) -> list[PersonRow]:
        """Some of the cases that match, newest first."""
        source, values = _from(query)
        order = "found.rowid" if source.startswith("found") else "case_id"
        rows = self._db.execute(
            f"SELECT {_SHOWN} FROM {source} ORDER BY {order} DESC LIMIT ? OFFSET ?",  # noqa: S608
            (*values, limit, offset),
        )
        return list(map(PersonRow._make, rows))

    def count(self, query: RosterQuery) -> int:
        """How many cases match."""
        source, values = _from(query)
        (number,) = self._db.execute(
            f"SELECT count(*) FROM {source}",  # noqa: S608
            values,
        ).fetchone()
        return int(number)

    def facilities(self) -> list[str]:
        """Every place of custody known, by name; capitals make no other place."""
        rows = self._db.execute(
            "SELECT min(facility) FROM people WHERE facility <> '' GROUP BY facility ORDER BY 1"
        )
        return [name for (name,) in rows]

    def close(self) -> None:
        """Forget every name."""
        self._db.close()


def _from(query: RosterQuery) -> tuple[str, list[object]]:
    """The FROM and WHERE of a query; the index walks rows newest first and stops early."""
    source, clauses, values = "people", [], list[object]()
    # One sign may stand for a whole sentence, so the letters are counted once more.
    words = fold(query.text[:LONGEST_ASKED])[:LONGEST_ASKED].split()
    long = [word for word in words if len(word) >= 3]
    if long:
        source = "found JOIN people ON people.case_id = found.rowid"
        clauses.append("found MATCH ?")
        values.append(" AND ".join('"' + word.replace('"', '""') + '"' for word in long))
    for word in words:
        if len(word) < 3:
            clauses.append("instr(people.words, ?) > 0")
            values.append(word)
    for column in ("status", "state", "detainer_active", "facility", "mine"):
        wanted = getattr(query, column)
        if wanted is not None:
            clauses.append(f"{column} = ?")
            values.append(wanted)
    where = " WHERE " + " AND ".join(clauses) if clauses else ""
    return source + where, values
