"""What a release is worked out from and written to, in one transaction each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from intake_app.core.reports.dated import Dated
from intake_app.core.reports.frozen import Frozen
from intake_app.core.reports.periods import Window
from intake_app.core.reports.rows import Population
from intake_app.core.reports.series import EntryKind, Series
from intake_app.store.ledger import append, begin_series, read_running_series
from intake_app.store.office import Office
from intake_app.store.report_facts import read_episodes, read_letters, read_responses


@dataclass(frozen=True)
class Moment:
    """The series, and everything that can be counted; nothing of it for dates already closed."""

    series: Series
    facts: Mapping[Population, Dated] = field(default_factory=dict)


def read_moment(office: Office, connection: Connection, window: Window, now: datetime) -> Moment:
    """What a release of a window needs, as of the beginning of the office's day.

    So facts that grow by the minute are the same when figures are looked at and when they are
    published, a little later. Raises `NotSafe` for a broken ledger.
    """
    series = read_running_series(office, connection)
    if window.periods[0] in series.periods:
        return Moment(series)
    as_of = datetime.combine(office.today(now), time(), ZoneInfo(office.profile.zone))
    facts = {
        Population.EPISODES: read_episodes(office, connection, as_of),
        Population.LETTERS: read_letters(office, connection, as_of),
        Population.RESPONSES: read_responses(connection),
    }
    return Moment(series, facts)


def publish(
    office: Office,
    connection: Connection,
    series: Series,
    closes: Frozen | None,
    told: Mapping[str, Any],
    now: datetime,
) -> int:
    """Write a release, after the period it closes; returns the number of its entry."""
    number = begin_series(office, connection, series, now)
    if closes is not None:
        period = {"series": number, "period": closes.period.id}
        append(office, connection, EntryKind.PERIOD, period, closes.to_bytes(), now)
    return append(office, connection, EntryKind.RELEASE, {"series": number, **told}, None, now)
