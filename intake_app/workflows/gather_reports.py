"""All a release is worked out from, read at one moment: facts, ledger and what was asked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import numpy as np

from intake_app.core.disclosure.figures import HIGHEST_THRESHOLD, LOWEST_THRESHOLD, SingleFigure
from intake_app.core.errors import AppError, NotSafe
from intake_app.core.reports.dated import Dated
from intake_app.core.reports.frozen import Frozen, freeze
from intake_app.core.reports.periods import Every, Period, Window, months_before
from intake_app.core.reports.release import Costs, ReleaseAsked
from intake_app.core.reports.released import asked_to_json
from intake_app.core.reports.rows import Population, Rows
from intake_app.core.reports.series import Series
from intake_app.core.reports.tables import ReportTable
from intake_app.core.roles import Act, require
from intake_app.store.ledger import snapshot
from intake_app.store.office import Office
from intake_app.store.report_moment import Moment, read_moment
from intake_app.workflows.report_tables import asked_tables


@dataclass(frozen=True)
class Gathered:
    """`closes` is the period this release would close, as it stands now; None where its dates
    were published before. `snapshot` changes with the facts, the ledger and what was asked.
    `usual` are the cases of the months up to its end: what a period of each length holds, for
    advice; whoever publishes needs none."""

    asked: ReleaseAsked
    tables: tuple[ReportTable, ...]
    series: Series
    closes: Frozen | None
    snapshot: str
    usual: Mapping[Every, Rows] = field(default_factory=dict)

    @property
    def frozen(self) -> tuple[Frozen, ...]:
        """The closed periods, with the one this release would close."""
        return (*self.series.frozen, *([self.closes] if self.closes else []))

    @property
    def known(self) -> tuple[SingleFigure, ...]:
        """The figures known from elsewhere that lie in these periods."""
        periods = {each.period for each in self.frozen}
        return tuple(each for each in self.series.known if set(each.window.periods) <= periods)


def gather(office: Office, asked: ReleaseAsked, now: datetime) -> Gathered:
    """Read it. Raises `NotAllowed`, `NotSafe` for a broken ledger, `AppError` for a wrong wish."""
    require(office.member.role, Act.RELEASE_SUMMARIES)
    with office.reading() as connection:
        moment = read_moment(office, connection, asked.window, now)
    gathered = gathered_at(office, moment, asked, now)
    if gathered.closes is None:
        return gathered
    cases = moment.facts[Population.EPISODES]
    return replace(gathered, usual=_usual(cases, gathered.closes.period))


def gathered_at(office: Office, moment: Moment, asked: ReleaseAsked, now: datetime) -> Gathered:
    """The same from what was read already, in the transaction that publishes."""
    require(office.member.role, Act.RELEASE_SUMMARIES)
    tables = asked_tables(asked)
    series = moment.series
    _check_threshold(series, asked.threshold)
    closing = period_to_close(series, asked.window, office.today(now))
    closes = None
    if closing is not None:
        _check_known(series, closing)
        start = series.start or closing.start
        closes = freeze(moment.facts, closing, start, series.taken, asked.threshold)
    # Costs are typed, not counted: correcting one needs no other check.
    wish = json.dumps(asked_to_json(replace(asked, costs=Costs())), sort_keys=True).encode()
    facts = closes.to_bytes() if closes else b""
    mark = snapshot(office, wish, facts, str(series.newest).encode())
    return Gathered(asked, tables, series, closes, mark)


def _usual(cases: Dated, closing: Period) -> dict[Every, Rows]:
    found = {}
    for every in Every:
        start = months_before(closing.end, every)
        inside = [start <= day <= closing.end for day in cases.days]
        found[every] = cases.rows.taken(np.flatnonzero(inside))
    return found


def period_to_close(series: Series, window: Window, today: date) -> Period | None:
    """The period that publishing this window closes; None for what was published before.

    Raises `AppError` for a window that can't be published.
    """
    if window.periods[0] in series.periods:
        years = series.year(window.start.year)
        if len(window.periods) > 1 and window != years:
            raise AppError(
                "The total of a year is published when all its dates were published. Publish "
                "the last period of the year first."
            )
        return None
    (period, *more) = window.periods
    if more or not series.can_follow(period):
        raise AppError(
            "These dates overlap what was published before, or lie before it. Choose dates from "
            "the list."
        )
    if not period.is_over(today):
        raise AppError(
            f"{_capital(period.words)} is not over yet. Only dates that are over can be published."
        )
    return period


def _check_threshold(series: Series, threshold: int) -> None:
    if not LOWEST_THRESHOLD <= threshold <= HIGHEST_THRESHOLD:
        raise AppError(f"The threshold is a number from {LOWEST_THRESHOLD} to {HIGHEST_THRESHOLD}.")
    if series.threshold not in (None, threshold):
        raise AppError(
            f"These figures are published with the threshold {series.threshold}. It stays the "
            "same as long as the series goes on. Ask for that threshold."
        )


def _check_known(series: Series, closing: Period) -> None:
    """A figure known for a part of this period could be subtracted from it, unseen by us."""
    for figure in series.known:
        for period in figure.window.periods:
            overlaps = period.start <= closing.end and closing.start <= period.end
            if overlaps and period != closing:
                raise NotSafe(
                    f"A figure known from elsewhere is of {period.words}, which is not the same "
                    "dates. Publish those dates first."
                )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
