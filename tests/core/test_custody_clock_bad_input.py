"""Impossible input to the 48-hour clock: refused with a sentence, never counted on."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from intake_app.core.custody_clock import (
    ClockReading,
    DetainerForm,
    deadline_plain,
    deadline_regulation,
    read_clock,
)
from intake_app.core.errors import BadAnswer

NEW_YORK = "America/New_York"
THURSDAY = datetime(2026, 11, 12, 22, 0, tzinfo=UTC)


def read(
    *,
    form: DetainerForm = DetainerForm.I247A,
    edition: tuple[int, int] | None = None,
    state: str | None = "FL",
    zone: str = NEW_YORK,
    release_due: datetime | date | None = THURSDAY,
    received: datetime | None = None,
    served: bool | None = True,
    stopped_at: datetime | None = None,
    ended_at: datetime | None = None,
    now: datetime = THURSDAY,
    added_days: frozenset[date] = frozenset(),
) -> ClockReading:
    """Read the clock of a served I-247A in Florida, release due on a Thursday at 17:00."""
    return read_clock(
        form=form,
        edition=edition,
        state=state,
        zone=zone,
        release_due=release_due,
        received=received,
        served=served,
        stopped_at=stopped_at,
        ended_at=ended_at,
        now=now,
        added_days=added_days,
    )


@pytest.mark.parametrize(
    "reading_with",
    [
        lambda moment: read(release_due=moment),
        lambda moment: read(received=moment),
        lambda moment: read(stopped_at=moment),
        lambda moment: read(ended_at=moment),
        lambda moment: read(now=moment),
        lambda moment: read(form=DetainerForm.I247G, release_due=moment),
        deadline_plain,
        lambda moment: deadline_regulation(moment, NEW_YORK),
    ],
)
@pytest.mark.parametrize(
    "moment",
    [
        THURSDAY.replace(tzinfo=None),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-5))),
    ],
)
def test_an_impossible_time_is_refused_with_a_sentence(
    reading_with: Callable[[datetime], object], moment: datetime
) -> None:
    with pytest.raises(BadAnswer) as refused:
        reading_with(moment)
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize("day", [date.min, date.max])
def test_an_impossible_day_is_refused(day: date) -> None:
    with pytest.raises(BadAnswer):
        read(release_due=day)


@pytest.mark.parametrize(
    "zone", ["", "America", "America/Nowhere", "../etc/passwd", "EST5EDT4", "x" * 10_000, "a\0b"]
)
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        read(zone=zone)
    assert "zone" in refused.value.sentence
    with pytest.raises(BadAnswer):
        deadline_regulation(THURSDAY, zone, frozenset())


@pytest.mark.parametrize("edition", [(2011, 0), (2011, 13), (0, 1), (20111, 1)])
def test_an_impossible_edition_is_refused(edition: tuple[int, int]) -> None:
    with pytest.raises(BadAnswer):
        read(form=DetainerForm.I247, edition=edition)
