"""Publish the case rows of a period: attacked, written to the ledger, and only then handed out."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from intake_app import __version__
from intake_app.core.disclosure.rows_attack import RowsAttack, confirm_rows
from intake_app.core.errors import AppError
from intake_app.core.reports.series import EntryKind, Series
from intake_app.core.roles import Act, require
from intake_app.documents.report_made import Made
from intake_app.documents.rows_csv import rows_csv, rows_json, rows_text, told_as
from intake_app.store.ledger import append, read_running_series
from intake_app.store.office import Office
from intake_app.workflows.prepare_rows import PreparedRows, RowsAsked, prepare_rows
from intake_app.workflows.shipped import letter_fonts


@dataclass(frozen=True)
class RowsRelease:
    """Rows as published: `files` are the bytes to write, by file name."""

    prepared: PreparedRows
    attack: RowsAttack
    files: Mapping[str, bytes]


def release_rows(office: Office, wanted: PreparedRows | RowsAsked, now: datetime) -> RowsRelease:
    """Publish what was prepared, or prepare and publish what is asked for.

    The attack reads the very bytes that are handed out. The ledger has the rows before anybody
    has the files. The order of the rows is random and kept nowhere. Raises `AppError` or
    `NotSafe`, having written nothing, also where the ledger changed since it was prepared.
    """
    require(office.member.role, Act.RELEASE_SUMMARIES)
    prepared = prepare_rows(office, wanted) if isinstance(wanted, RowsAsked) else wanted
    rows = prepared.rows
    content = rows_csv(rows, random_order(rows.classes.size))
    meaning = {h.dimension: h.words_of for h in rows.classes.hierarchies}
    attack = confirm_rows(content, meaning, rows.period, prepared.tables, rows.threshold)
    files = {f"{rows.id}.csv": content}
    with office.writing() as connection:
        series = read_running_series(office, connection)
        if series.newest != prepared.newest:
            raise AppError(
                "Something was published since these rows were prepared. Nothing was written. "
                "Prepare them again."
            )
        told = {"series": series.number, "product_version": __version__, **rows.to_json()}
        number = append(office, connection, EntryKind.ROWS, told, rows.sealed(), now)
        made = _made(office, series, number, now)
        # Inside the transaction: where the files can't be made, nothing was published.
        files |= {
            f"{rows.id}.txt": rows_text(rows, attack, files, made),
            f"{rows.id}.json": rows_json(rows, attack, files, made),
        }
    return RowsRelease(prepared, attack, files)


def random_order(size: int) -> npt.NDArray[np.intp]:
    """Places from 0 on, in an order from the system's own source of chance."""
    lots = np.frombuffer(secrets.token_bytes(8 * size), np.uint64)
    return np.argsort(lots)


def rows_sentence(prepared: PreparedRows) -> str:
    """What the rows show, in words for the person who publishes them."""
    classes = prepared.rows.classes
    titles = ", ".join(hierarchy.title for hierarchy in classes.hierarchies)
    told = "; ".join(
        f"{hierarchy.title}: {told_as(classes, column)}"
        for column, hierarchy in enumerate(classes.hierarchies)
    )
    return (
        f"The rows show {titles} for groups of at least {prepared.rows.threshold} identical rows. "
        f"{told}."
    )


def _made(office: Office, series: Series, number: int, now: datetime) -> Made:
    earlier = [each.id for each in series.releases]
    return Made(
        __version__,
        now,
        f"{series.number}-{number}",
        tuple(f"{series.number}-{each}" for each in earlier),
        office.profile.name,
        letter_fonts(),
        office.profile.letterhead,
    )
