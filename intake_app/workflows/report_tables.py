"""The tables that can be published: those shipped, and those made of lists by the office."""

import re
from functools import cache

from intake_app import paths
from intake_app.core.errors import AppError
from intake_app.core.reports.catalogue import DIMENSIONS, MEASURES
from intake_app.core.reports.release import ReleaseAsked
from intake_app.core.reports.rows import Population
from intake_app.core.reports.tables import Part, ReportTable, check_part, read_report_table

OWN = "Own tables"


@cache
def shipped_tables() -> tuple[ReportTable, ...]:
    """Every table of `resources/reports`, in order; `AppError` naming a malformed file."""
    files = sorted((paths.resources() / "reports").glob("*.toml"))
    texts = {file.stem: file.read_text("utf-8") for file in files}
    return tuple(
        read_report_table(name, text, DIMENSIONS, MEASURES) for name, text in texts.items()
    )


def asked_tables(asked: ReleaseAsked) -> tuple[ReportTable, ...]:
    """The tables asked for, the own ones last. Raises `AppError` for what there is not."""
    shipped = {table.id: table for table in shipped_tables()}
    if not asked.tables and not asked.own:
        raise AppError("No table was chosen. Choose at least one.")
    if any(name not in shipped for name in asked.tables):
        raise AppError("There is no such table. Choose from the list.")
    taken = {name for table in shipped.values() for name in (table.id, *_parts(table))}
    own = []
    for part in asked.own:
        if part.id in taken or not re.fullmatch(r"[A-Za-z0-9][\w-]{0,39}", part.id, re.ASCII):
            raise AppError(
                "A table of your own needs a short name that no other table has. Choose another."
            )
        taken.add(part.id)
        own.append(_own_table(part))
    return (*(shipped[name] for name in dict.fromkeys(asked.tables)), *own)


def _parts(table: ReportTable) -> tuple[str, ...]:
    return tuple(part.id for part in table.parts)


def _own_table(part: Part) -> ReportTable:
    try:
        population = _population(part)
        check_part(part, population, DIMENSIONS, MEASURES)
        if len({side.dimension for side in part.sides}) != len(part.sides):
            raise ValueError("a table breaks down by each question once")
    except (KeyError, ValueError) as error:
        raise AppError(
            "This table can’t be counted: its sides do not go together. Choose one to three "
            "different questions about the same records."
        ) from error
    return ReportTable(part.id, "", part.title, OWN, population, "", (part,))


def _population(part: Part) -> Population:
    sides = [DIMENSIONS[side.dimension].population for side in part.sides]
    numbers = [MEASURES[measure].population for measure in part.measures]
    return next(iter((*sides, *numbers)), Population.EPISODES)
