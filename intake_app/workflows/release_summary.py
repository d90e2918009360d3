"""Publish a summary: counted, withheld, attacked, written into the ledger, then handed out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from intake_app import __version__, paths
from intake_app.core.disclosure.attack import Confirmation, confirm_safe
from intake_app.core.disclosure.table import CountTable, ProtectedTable, Window
from intake_app.core.disclosure.withholding import DEFAULT_THRESHOLD, protect
from intake_app.core.errors import AppError
from intake_app.core.report_tables import ReportTable, count, read_report_table
from intake_app.core.roles import Act, require
from intake_app.documents.summary_csv import (
    Disclosure,
    disclosure_json,
    disclosure_text,
    long_csv,
    wide_csv,
)
from intake_app.store.facts import read_facts
from intake_app.store.office import Office
from intake_app.store.releases import keep_release, read_releases


@dataclass(frozen=True)
class Summary:
    """A table as it would be published: only protected figures, and how they were checked."""

    report: ReportTable
    table: ProtectedTable
    confirmation: Confirmation
    published_before: bool


@dataclass(frozen=True)
class Release:
    """A published summary: `files` are the bytes to write, by file name."""

    summary: Summary
    files: Mapping[str, bytes]


def report_tables() -> tuple[ReportTable, ...]:
    """Every table that can be published."""
    files = sorted((paths.resources() / "reports").glob("*.toml"))
    texts = ((file.stem, file.read_text("utf-8")) for file in files)
    return tuple(read_report_table(name, text) for name, text in texts if "[[part]]" not in text)


def preview_summary(office: Office, table_id: str, asked: Window, now: datetime) -> Summary:
    """What a release would show; nothing is published. Raises `NotSafe` or `NotAllowed`.

    Dates without an end run to today: an open end would freeze what is not over yet.
    """
    require(office.member.role, Act.RELEASE_SUMMARIES)
    today = office.today(now)
    if asked.start is not None and asked.start > today:
        raise AppError("These dates have not come yet. Choose dates up to today.")
    window = Window(asked.start, min(asked.end or today, today))
    report = {table.id: table for table in report_tables()}.get(table_id)
    if report is None:
        raise AppError("There is no such table. Choose one of those listed.")
    with office.reading() as connection:
        facts = tuple(read_facts(connection))
        earlier = read_releases(office, connection)

    def count_in(some: Window) -> CountTable:
        return count(report, facts, some)

    table = protect(window, count_in, earlier)
    confirmation = confirm_safe(table, earlier, count_in)
    return Summary(report, table, confirmation, table in earlier)


def release_summary(office: Office, table_id: str, window: Window, now: datetime) -> Release:
    """Publish one table over one range of dates.

    The ledger has the release before anybody has the files: a crash in between gives the same
    figures again. Raises `NotSafe`, having written nothing.
    """
    summary = preview_summary(office, table_id, window, now)
    if not summary.published_before:
        with office.writing() as connection:
            keep_release(office, connection, summary.table, now)
    tables = {
        f"{table_id}.csv": long_csv(summary.table),
        f"{table_id}.wide.csv": wide_csv(summary.table),
    }
    done = Disclosure(
        product="Intake Desk",
        product_version=__version__,
        table=summary.table,
        definition=summary.report.definition,
        threshold=DEFAULT_THRESHOLD,
        confirmation=summary.confirmation,
        files=tables,
        made_at=now,
    )
    told = {
        f"{table_id}.txt": disclosure_text(done),
        f"{table_id}.json": disclosure_json(done),
    }
    return Release(summary, tables | told)
