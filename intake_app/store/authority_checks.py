"""What an office's attorneys checked, corrected, blocked and added: rows that are never changed.

Every row is written with a line of history that belongs to no case.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from intake_app.core.authority_checks import AuthorityCheck, CheckAction
from intake_app.store.history import Line
from intake_app.store.schema import AUTHORITY_CHECKS, MEMBERS

if TYPE_CHECKING:  # an office holds what was read here
    from intake_app.store.office import Office


def read_checks(office: "Office") -> tuple[AuthorityCheck, ...]:
    """Every act, the oldest first."""
    table = AUTHORITY_CHECKS
    with office.reading() as connection:
        rows = connection.execute(
            select(table, MEMBERS.c.name)
            .join(MEMBERS, MEMBERS.c.id == table.c.member_id)
            .order_by(table.c.id)
        ).all()
    return tuple(
        AuthorityCheck(
            on=office.today(datetime.fromisoformat(row.at)),
            by=row.name,
            entry=row.entry,
            action=CheckAction(row.action),
            of_entry=row.of_entry,
            text=row.text,
            note=row.note,
        )
        for row in rows
    )


def add_check(
    office: "Office",
    now: datetime,
    entry: str,
    action: CheckAction,
    of_entry: str,
    *,
    text: str | None = None,
    note: str = "",
    before: str | None = None,
) -> None:
    """Keep one act of the member whose office this is.

    before: the entry as TOML as it stood, for the history of a correction.
    """
    at = now.isoformat(timespec="seconds")
    with office.writing() as connection:
        connection.execute(
            insert(AUTHORITY_CHECKS).values(
                at=at,
                member_id=office.member.id,
                entry=entry,
                action=action.value,
                of_entry=of_entry,
                text=text,
                note=note,
            )
        )
        after = "\n".join(part for part in (entry, note, text) if part)
        line = Line(
            at,
            office.member.id,
            f"authority {action.value}",
            record=AUTHORITY_CHECKS.name,
            before=before,
            after=after,
        )
        office.record(connection, line)
    # Whoever asks for the library next folds it anew.
    office.checked_library = None
