"""What an office adds to what ships with the program: its holidays, its poverty guidelines.

Every change writes a line of history that belongs to no case, and renews `Office.reference`.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select

from intake_app.core.errors import AppError
from intake_app.core.office_reference import OfficeReference, PovertyGuideline
from intake_app.core.poverty_guidelines import GuidelineKey, key_of
from intake_app.store.history import table_line
from intake_app.store.schema import MEMBERS, OFFICE_HOLIDAYS, POVERTY_GUIDELINES

if TYPE_CHECKING:  # an office reads its reference when it is opened
    from intake_app.store.office import Office

_GONE = "That line is no longer in the table. Open the page again."


def read_reference(connection: Connection) -> OfficeReference:
    """Both tables as they stand: holidays by day, guidelines with the newest first."""
    days = connection.execute(select(OFFICE_HOLIDAYS).order_by(OFFICE_HOLIDAYS.c.day))
    holidays = {date.fromisoformat(row.day): row.name for row in days}
    table = POVERTY_GUIDELINES
    rows = connection.execute(
        select(table, MEMBERS.c.name)
        .join(MEMBERS, MEMBERS.c.id == table.c.checked_by)
        .order_by(table.c.effective_on.desc(), table.c.region)
    )
    guidelines = tuple(
        PovertyGuideline(
            effective_on=date.fromisoformat(row.effective_on),
            region=row.region,
            first_person=Decimal(row.first_person) / 100,
            each_more=Decimal(row.each_more) / 100,
            source=row.source,
            checked_on=date.fromisoformat(row.checked_on),
            checked_by=row.name,
        )
        for row in rows
    )
    return OfficeReference(holidays, guidelines)


def save_guideline(
    office: "Office",
    guideline: PovertyGuideline,
    now: datetime,
    replaces: GuidelineKey | None = None,
) -> None:
    """Keep a guideline, checked by the member whose office this is.

    It takes the place of `replaces`, and of one for the same region and day. Raises `AppError`
    where `replaces` is not there any more.
    """
    key = key_of(guideline)
    with office.writing() as connection:
        old = _take_out(connection, replaces) if replaces is not None else None
        if replaces is not None and old is None:
            raise AppError(_GONE)
        if replaces != key and (same := _take_out(connection, key)) is not None:
            old = same if old is None else f"{old}\n{same}"
        row = {
            "effective_on": key.effective_on.isoformat(),
            "region": key.region,
            "first_person": _cents(guideline.first_person),
            "each_more": _cents(guideline.each_more),
            "source": guideline.source,
            "checked_on": guideline.checked_on.isoformat(),
            "checked_by": office.member.id,
        }
        connection.execute(insert(POVERTY_GUIDELINES).values(**row))
        action = "guideline entered" if old is None else "guideline corrected"
        line = table_line(office.member.id, now, action, POVERTY_GUIDELINES.name, old, _told(row))
        office.record(connection, line)
        fresh = read_reference(connection)
    office.reference = fresh


def remove_guideline(office: "Office", key: GuidelineKey, now: datetime) -> None:
    """Take a guideline out; raise `AppError` where there is none such."""
    with office.writing() as connection:
        old = _take_out(connection, key)
        if old is None:
            raise AppError(_GONE)
        line = table_line(
            office.member.id, now, "guideline removed", POVERTY_GUIDELINES.name, old, None
        )
        office.record(connection, line)
        fresh = read_reference(connection)
    office.reference = fresh


def guidelines_told(words: str | None) -> list[dict[str, Any]]:
    """The rows a line of history tells of.

    Raises `AppError` for a line of an earlier version, which did not say who had checked them.
    """
    return [_row_told(one) for one in (words or "").splitlines()]


def put_guidelines_back(
    office: "Office",
    gone: list[dict[str, Any]],
    back: list[dict[str, Any]],
    now: datetime,
    undoes: int,
) -> None:
    """Let the rows of a change be again what they were, with whoever had checked them."""
    with office.writing() as connection:
        for row in gone:
            connection.execute(delete(POVERTY_GUIDELINES).where(_is(row)))
        for row in back:
            connection.execute(insert(POVERTY_GUIDELINES).values(**row))
        before, after = ("\n".join(map(_told, rows)) or None for rows in (gone, back))
        action = "guideline removed" if not back else "guideline brought back"
        line = table_line(
            office.member.id, now, action, POVERTY_GUIDELINES.name, before, after, undoes=undoes
        )
        office.record(connection, line)
        fresh = read_reference(connection)
    office.reference = fresh


def save_holiday(
    office: "Office", day: date, name: str, now: datetime, *, undoes: int | None = None
) -> None:
    """Add a holiday, or give the one of that day another name."""
    with office.writing() as connection:
        old = read_reference(connection).holidays.get(day)
        if old == name:
            return
        _forget_day(connection, day)
        connection.execute(insert(OFFICE_HOLIDAYS).values(day=day.isoformat(), name=name))
        action = "holiday added" if old is None else "holiday renamed"
        before = None if old is None else f"{day} {old}"
        line = table_line(
            office.member.id,
            now,
            action,
            OFFICE_HOLIDAYS.name,
            before,
            f"{day} {name}",
            undoes=undoes,
        )
        office.record(connection, line)
        fresh = read_reference(connection)
    office.reference = fresh


def remove_holiday(
    office: "Office", day: date, now: datetime, *, undoes: int | None = None
) -> None:
    """Take a holiday out; raise `AppError` where that day is none of the office's."""
    with office.writing() as connection:
        old = read_reference(connection).holidays.get(day)
        if old is None:
            raise AppError(_GONE)
        _forget_day(connection, day)
        table, before = OFFICE_HOLIDAYS.name, f"{day} {old}"
        office.record(
            connection,
            table_line(
                office.member.id, now, "holiday removed", table, before, None, undoes=undoes
            ),
        )
        fresh = read_reference(connection)
    office.reference = fresh


def _take_out(connection: Connection, key: GuidelineKey) -> str | None:
    """Delete a guideline; return it as history tells it, None where there is none."""
    which = _is({"effective_on": key.effective_on.isoformat(), "region": key.region})
    row = connection.execute(select(POVERTY_GUIDELINES).where(which)).mappings().first()
    if row is None:
        return None
    connection.execute(delete(POVERTY_GUIDELINES).where(which))
    return _told(row)


def _is(row: Mapping[Any, Any]) -> ColumnElement[bool]:
    table = POVERTY_GUIDELINES.c
    return and_(table.effective_on == row["effective_on"], table.region == row["region"])


def _forget_day(connection: Connection, day: date) -> None:
    connection.execute(delete(OFFICE_HOLIDAYS).where(OFFICE_HOLIDAYS.c.day == day.isoformat()))


_TOLD = re.compile(
    r"(?P<effective_on>\S+) (?P<region>\S+): (?P<first_person>\S+) \+ (?P<each_more>\S+) "
    r"for each further person \((?P<source>.*)\)"
    r" checked (?P<checked_on>\S+) by member (?P<checked_by>\d+)"
)


def _told(row: Mapping[Any, Any]) -> str:
    first, more = (Decimal(row[name]) / 100 for name in ("first_person", "each_more"))
    return (
        f"{row['effective_on']} {row['region']}: {first:.2f} + {more:.2f} for each further person "
        f"({row['source']}) checked {row['checked_on']} by member {row['checked_by']}"
    )


def _row_told(words: str) -> dict[str, Any]:
    found = _TOLD.fullmatch(words)
    if found is None:
        raise AppError(
            "An earlier version of the program wrote that line and did not say who had checked "
            "the figures. Enter them from the notice again."
        )
    row: dict[str, Any] = found.groupdict()
    for amount in ("first_person", "each_more"):
        row[amount] = _cents(Decimal(row[amount]))
    return row | {"checked_by": int(row["checked_by"])}


def _cents(amount: Decimal) -> int:
    return int(amount * 100)
