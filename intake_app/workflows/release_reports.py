"""Publish a release: the period closed, the ledger written, and only then the files handed out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from intake_app import __version__
from intake_app.core.errors import AppError, NotSafe
from intake_app.core.reports.release import Prepared, ReleaseAsked
from intake_app.core.reports.released import release_to_json
from intake_app.core.reports.series import Series
from intake_app.core.roles import Act, require
from intake_app.documents.report_files import report_files
from intake_app.documents.report_made import Made
from intake_app.store.ledger import read_running_series
from intake_app.store.office import Office
from intake_app.store.report_moment import publish, read_moment
from intake_app.workflows.gather_reports import gathered_at
from intake_app.workflows.prepare_reports import prepare_reports
from intake_app.workflows.shipped import letter_fonts


@dataclass(frozen=True)
class Release:
    """A release as published: `files` are the bytes to write, by file name."""

    prepared: Prepared
    files: Mapping[str, bytes]


def release_reports(office: Office, wanted: Prepared | ReleaseAsked, now: datetime) -> Release:
    """Publish what was prepared, or prepare and publish what is asked for.

    The ledger has it before anybody has the files: a crash in between gives the same figures
    again. What was published before is written nowhere anew. Raises `AppError` or `NotSafe`,
    having written nothing, also where a case or the ledger changed since it was prepared.
    """
    require(office.member.role, Act.RELEASE_SUMMARIES)
    prepared = prepare_reports(office, wanted, now) if isinstance(wanted, ReleaseAsked) else wanted
    if prepared.confirmation.failures:
        raise NotSafe("The safety check failed. Nothing was published.")
    if not _new(prepared):
        with office.reading() as connection:
            series = read_running_series(office, connection)
        _check_published(prepared, series)
        return Release(prepared, report_files(prepared, _made(office, series, None, now)))
    with office.writing() as connection:
        moment = read_moment(office, connection, prepared.asked.window, now)
        gathered = gathered_at(office, moment, prepared.asked, now)
        if gathered.snapshot != prepared.snapshot:
            raise AppError(
                "Something that is counted was changed since these figures were prepared. "
                "Nothing was published. Prepare them again and look at them before you publish."
            )
        told = {
            "product_version": __version__,
            "snapshot": prepared.snapshot,
            **release_to_json(prepared),
        }
        number = publish(office, connection, moment.series, gathered.closes, told, now)
        # Inside the transaction: where the files can't be made, nothing was published.
        files = report_files(prepared, _made(office, moment.series, number, now))
    return Release(prepared, files)


def _new(prepared: Prepared) -> bool:
    ids = {part.part.id for report in prepared.reports for part in report.parts}
    return bool(ids - prepared.published_before)


def _check_published(prepared: Prepared, series: Series) -> None:
    """What says it was published stands in the ledger, figure for figure."""
    for part in (part for report in prepared.reports for part in report.parts):
        found = series.published_part(part.part.id, prepared.asked.window)
        if found is None or (found[1].table, found[1].amounts) != (part.table, part.amounts):
            raise AppError(
                "The ledger changed since these figures were prepared. Nothing was published. "
                "Prepare them again."
            )


def _made(office: Office, series: Series, number: int | None, now: datetime) -> Made:
    """`number` is the entry's of this release; None where it only repeats earlier ones."""
    earlier = [_name(series.number or 1, released.id) for released in series.releases]
    if number is None:
        *earlier, name = earlier
    else:
        name = _name(series.number or 1, number)
    return Made(
        __version__,
        now,
        name,
        tuple(earlier),
        office.profile.name,
        letter_fonts(),
        office.profile.letterhead,
    )


def _name(series: int, number: int) -> str:
    return f"{series}-{number}"
