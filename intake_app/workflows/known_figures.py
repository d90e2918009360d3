"""Figures about the office's cases that others published: they count as known to every reader."""

from dataclasses import dataclass
from datetime import datetime

from intake_app.core.disclosure.figures import SingleFigure
from intake_app.core.errors import AppError
from intake_app.core.reports.catalogue import DIMENSIONS
from intake_app.core.reports.series import EntryKind, Series
from intake_app.core.roles import Act, require
from intake_app.store.ledger import append, begin_series, read_ledger, read_running_series
from intake_app.store.office import Office


@dataclass(frozen=True)
class KnownFigure:
    """A figure, where it is known from, and when it was entered."""

    figure: SingleFigure
    source: str
    entered_at: datetime


def known_figures(office: Office) -> tuple[KnownFigure, ...]:
    """All of the ledger, oldest first. Raises `NotAllowed` or `NotSafe`."""
    require(office.member.role, Act.RELEASE_SUMMARIES)
    with office.reading() as connection:
        entries = read_ledger(office, connection)
    return tuple(
        KnownFigure(
            SingleFigure.from_json(entry.published["figure"]),
            (entry.sealed or b"").decode(),
            entry.made_at,
        )
        for entry in entries
        if entry.kind is EntryKind.KNOWN
    )


def enter_known_figure(office: Office, figure: SingleFigure, source: str, now: datetime) -> None:
    """Enter a figure for good: what is known can't become unknown.

    Every release after it is protected as though it had been published here. Raises `AppError`
    for one that can't be put beside our own figures, because of its dates or its question.
    """
    require(office.member.role, Act.RELEASE_SUMMARIES)
    _check_question(figure)
    if not source.strip():
        raise AppError("Write where this figure is known from, such as the report it stands in.")
    with office.writing() as connection:
        series = read_running_series(office, connection)
        _check_dates(series, figure)
        number = begin_series(office, connection, series, now)
        told = {"series": number, "figure": figure.to_json()}
        append(office, connection, EntryKind.KNOWN, told, source.strip().encode(), now)


def _check_question(figure: SingleFigure) -> None:
    if figure.value < 0:
        raise AppError("A figure is a whole number, 0 or more.")
    asked = [name for name, _ in figure.conditions]
    for name, words in figure.conditions:
        dimension = DIMENSIONS.get(name)
        if (
            dimension is None
            or dimension.population is not figure.population
            or asked.count(name) > 1
            or not words
            or (dimension.words and not words <= set(dimension.words))
        ):
            raise AppError("There is no such question or answer. Choose from the lists.")


def _check_dates(series: Series, figure: SingleFigure) -> None:
    window = figure.window
    (first, *more) = window.periods
    published = window.periods == (first,) and first in series.periods
    whole_year = bool(more) and window == series.year(first.start.year)
    later = not more and series.can_follow(first)
    if not (published or whole_year or later):
        raise AppError(
            "A figure known from elsewhere must be for dates as they are published here: a "
            "period that was published, or one that follows. Choose such dates."
        )
    if any(
        (each.population, each.window, each.conditions)
        == (figure.population, figure.window, figure.conditions)
        for each in series.known
    ):
        raise AppError("This figure was entered before. It can’t be changed.")
