"""Import cases from another system's table."""

from dataclasses import dataclass
from datetime import datetime

from intake_app import paths
from intake_app.core.backups import BackupReason
from intake_app.core.errors import AppError
from intake_app.core.import_mapping import Mapping, parse_mapping
from intake_app.core.import_reading import Rejected, fits, read_rows
from intake_app.core.roles import Act, require
from intake_app.documents.spreadsheets import Rows, read_csv
from intake_app.store.imported import (
    add_cases,
    checkpoint_later,
    compare_cases,
    forget_roster,
    uncollected,
)
from intake_app.store.imported_again import update_cases
from intake_app.store.office import Office
from intake_app.workflows.back_up_office import back_up_office


@dataclass(frozen=True)
class ImportResult:
    """What an import did, or with `dry_run` would do.

    `cases_deleted` were deleted here and stay so. `rejected` names every cell that could not be
    read; the rest of its row was kept.
    """

    rows_read: int
    cases_added: int
    cases_updated: int
    cases_unchanged: int
    cases_deleted: int
    rejected: tuple[Rejected, ...]


def import_cases(
    office: Office,
    table: bytes,
    mapping_text: str | None,
    now: datetime,
    dry_run: bool = False,
) -> ImportResult:
    """Write the cases of a table saved as CSV, all of them or none.

    `mapping_text` is a mapping file (`core.import_mapping`); None takes the shipped one whose
    columns the table has. A case imported before is recognised: what changed in the table is
    brought up to date, except answers that somebody changed by hand since.
    A backup of the office is made first. Raises `NotAllowed`, or `AppError` where the table or
    the mapping can't be used, or there can be no backup.
    """
    require(office.member.role, Act.IMPORT)
    with uncollected():
        rows = read_csv(table)
        mapping = _shipped_mapping(rows) if mapping_text is None else parse_mapping(mapping_text)
        reading = read_rows(mapping, rows.header, rows.rows, office.profile.zone, rows.first_row)
        if dry_run:
            with office.reading() as connection:
                found = compare_cases(office, connection, mapping.source, reading)
        else:
            back_up_office(office, BackupReason.IMPORT, now)
            # Before the transaction: should it fail, the list is read anew and true again.
            forget_roster(office)
            with checkpoint_later(office), office.writing() as connection:
                found = compare_cases(office, connection, mapping.source, reading)
                add_cases(office, connection, mapping.source, reading, found, now)
                update_cases(office, connection, mapping.source, reading, found, now)
    return ImportResult(
        rows_read=reading.rows_read,
        cases_added=len(found.new),
        cases_updated=len(found.changed),
        cases_unchanged=found.unchanged,
        cases_deleted=found.deleted,
        rejected=reading.rejected,
    )


def _shipped_mapping(rows: Rows) -> Mapping:
    folder = paths.resources() / "imports"
    shipped = [parse_mapping(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))]
    fitting = [mapping for mapping in shipped if fits(mapping, rows.header)]
    if not fitting:
        raise AppError(
            "None of the mappings that come with the program fits the headings of this table. "
            "Choose a mapping file that was written for it."
        )
    if len(fitting) > 1:
        titles = "; ".join(mapping.title for mapping in fitting)
        raise AppError(f"More than one mapping fits this table: {titles}. Choose one of them.")
    return fitting[0]
