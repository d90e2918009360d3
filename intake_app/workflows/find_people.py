"""Find people and list cases."""

from dataclasses import dataclass

from intake_app.core.roles import Act, require
from intake_app.core.vocabulary import CaseStatus
from intake_app.store import cases
from intake_app.store.office import Office
from intake_app.store.roster import PersonRow, RosterQuery, RosterRow

__all__ = [
    "CasePage",
    "CaseQuery",
    "PersonRow",
    "find_people",
    "list_cases",
    "list_facilities",
    "load_roster",
    "load_roster_part",
]

_PART = 4_000


@dataclass(frozen=True)
class CaseQuery:
    """What to list; None means "any".

    detainer_active: whether a detainer stands. facility: as it is written in the case. mine: only
    cases of which this member is the attorney or the intake worker.
    """

    text: str = ""
    status: CaseStatus | None = None
    state: str | None = None
    detainer_active: bool | None = None
    facility: str | None = None
    mine: bool = False


@dataclass(frozen=True)
class CasePage:
    """Some lines of a list, and how long the list is."""

    total: int
    rows: tuple[PersonRow, ...]


def find_people(office: Office, text: str, limit: int = 200) -> tuple[PersonRow, ...]:
    """Cases in which every word of `text` occurs in a name or number; newest first."""
    require(office.member.role, Act.READ_CASES)
    load_roster(office)
    return tuple(office.roster.page(RosterQuery(text), 0, limit))


def list_cases(office: Office, query: CaseQuery, offset: int, limit: int) -> CasePage:
    """One page of the case list, newest first."""
    require(office.member.role, Act.READ_CASES)
    if not office.roster.loaded and query == CaseQuery() and offset == 0:
        return _first_page(office, limit)
    load_roster(office)
    asked = RosterQuery(
        query.text,
        query.status.label if query.status else None,
        query.state,
        query.detainer_active,
        query.facility,
        query.mine or None,
    )
    rows = office.roster.page(asked, offset, limit)
    return CasePage(office.roster.count(asked), tuple(rows))


def list_facilities(office: Office) -> tuple[str, ...] | None:
    """Every place of custody in the office's cases, by name; None while names are being opened.

    Each call opens a few thousand more, as `load_roster_part` does: ask again.
    """
    require(office.member.role, Act.READ_CASES)
    if load_roster_part(office):
        return None
    return tuple(office.roster.facilities())


def load_roster(office: Office) -> None:
    """Open every name once; after that the list lives in memory and follows each change."""
    while load_roster_part(office):
        pass


def load_roster_part(office: Office) -> bool:
    """Open the next few thousand names; return whether there are more.

    In parts, so that nobody's edit waits behind all the names of a large office.
    """
    require(office.member.role, Act.READ_CASES)
    roster = office.roster
    if roster.loaded:
        return False
    with office.reading() as connection:
        below = roster.known_from
        rows = list(cases.roster_rows(office, connection, newest=_PART, below=below))
    roster.add(rows, rows[-1].case_id if len(rows) == _PART else 0)
    return not roster.loaded


def _first_page(office: Office, limit: int) -> CasePage:
    """The newest cases straight from the file, before all names are open."""
    with office.reading() as connection:
        rows = tuple(cases.roster_rows(office, connection, newest=limit))
        return CasePage(cases.count_cases(connection), tuple(_person(row) for row in rows))


def _person(row: RosterRow) -> PersonRow:
    return PersonRow._make(row[: len(PersonRow._fields)])
