"""Everything an office file holds, opened: for an office that leaves with it.

Rows come as plain values, some hundreds at a time, of every table of the schema. Which key a
value was sealed with need not be told: the seal itself shows it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Label, Table, literal_column, select

from intake_app.core.document_media import Media
from intake_app.core.errors import OfficeDamaged
from intake_app.core.fields import Compartment
from intake_app.store.history import is_destroyed
from intake_app.store.letters import Stage
from intake_app.store.office import Office
from intake_app.store.schema import (
    CASES,
    DOCUMENT_PARTS,
    DOCUMENTS,
    DRAFTS,
    IMPORTED,
    LETTER_LOGO,
    LETTERS,
    METADATA,
)
from intake_app.store.sealing import place

Plain = str | int | None
PaperOf = tuple[int, str]

AT_ONCE = 200
"""Rows read in one transaction: about 0.02 s, so that a save never waits long."""

NOT_TOLD: Mapping[str, str] = {
    "cases.roster_line": "worked out from the answers of the case",
    "conflict_checks.identity_mac": "a keyed hash, worth nothing outside this file",
    "documents.thumbnail": "made from the document",
    "history.mac": "a keyed hash, worth nothing outside this file",
    "letters.pdf": "a file of its own",
    "releases.mac": "a keyed hash, worth nothing outside this file",
    "releases.sealed": "what a closed period counts: worked out from the cases",
}
"""Columns that are left out, and why."""

NOT_EXPORTED: Mapping[str, str] = {
    DOCUMENT_PARTS.name: "each document is a file of its own",
    IMPORTED.name: "keyed hashes only",
    LETTER_LOGO.name: "a file of its own",
}
"""Tables that are left out, and why."""

DESTROYED = "(destroyed)"
"""Stands for a value that retention destroyed."""

_TRIED = (Compartment.IDENTITY, Compartment.BOTH, Compartment.PROTECTED)


def exported_tables() -> tuple[Table, ...]:
    """The tables, in an order in which no row comes before what it belongs to."""
    return tuple(one for one in METADATA.sorted_tables if one.name not in NOT_EXPORTED)


def columns_of(table: Table) -> tuple[str, ...]:
    """The names of what is told of a table."""
    return tuple(one.name for one in table.c if f"{table.name}.{one.name}" not in NOT_TOLD)


def read_rows(
    office: Office, connection: Connection, table: Table, after: int = 0
) -> tuple[list[dict[str, Plain]], int | None]:
    """Some rows after `after`, and after what to go on; None at the end.

    Needs the keys of an administrator. Raises `OfficeDamaged` for a value that does not open.
    """
    row_id: Label[int] = literal_column("rowid").label("row_id_")
    found = connection.execute(
        select(row_id, *(table.c[name] for name in columns_of(table)))
        .select_from(table)
        .where(literal_column("rowid") > after)
        .order_by(literal_column("rowid"))
        .limit(AT_ONCE)
    ).all()
    rows = [dict(_opened(office, table, row._mapping)) for row in found]
    return rows, found[-1].row_id_ if len(found) == AT_ONCE else None


def kept_papers(connection: Connection) -> tuple[list[tuple[int, str, Media]], list[PaperOf]]:
    """Documents (number, case number, media) and approved letters (number, case number)."""
    papers = connection.execute(
        select(DOCUMENTS.c.id, CASES.c.number, DOCUMENTS.c.media)
        .join(CASES, CASES.c.id == DOCUMENTS.c.case_id)
        .where(DOCUMENTS.c.parts.is_not(None), DOCUMENTS.c.removed_at.is_(None))
        .order_by(DOCUMENTS.c.id)
    )
    letters = connection.execute(
        select(LETTERS.c.id, CASES.c.number)
        .join(CASES, CASES.c.id == LETTERS.c.case_id)
        .where(LETTERS.c.stage == Stage.APPROVED.value, LETTERS.c.pdf.is_not(None))
        .order_by(LETTERS.c.id)
    )
    return (
        [(row.id, row.number, Media.of(row.media)) for row in papers],
        [(row.id, row.number) for row in letters],
    )


def _opened(office: Office, table: Table, row: Mapping[Any, Any]) -> Iterator[tuple[str, Plain]]:
    for name in columns_of(table):
        value = row[name]
        if not isinstance(value, bytes):
            yield name, value
        elif is_destroyed(value) or not value:
            yield name, DESTROYED
        else:
            yield name, _open(office, _where(table, name, row), value)


def _where(table: Table, column: str, row: Mapping[Any, Any]) -> str:
    if table is DRAFTS:
        spot = ".".join(str(row[name]) for name in ("record", "entry_id", "field"))
        return place(table.name, spot, row["case_id"])
    return place(table.name, column, row["row_id_"])


def _open(office: Office, where: str, sealed: bytes) -> str:
    for keep in _TRIED:
        try:
            return office.sealer.open(keep, where, sealed)
        except OfficeDamaged as error:
            fault = error
    raise fault
