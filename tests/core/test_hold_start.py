"""When the 48 hours begin, above all North Carolina's ten months of counting from receipt."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from intake_app.core import clock_notes as say
from intake_app.core.custody_clock import ClockReading, ClockState, DetainerForm, read_clock

NEW_YORK = "America/New_York"


def at(text: str, zone: str = NEW_YORK) -> datetime:
    """Return a wall-clock time at the facility, such as 2026-11-16 17:00."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def read(
    *,
    state: str = "NC",
    release_due: datetime | None = None,
    received: datetime | None = None,
    now: datetime | None = None,
) -> ClockReading:
    """Read the clock of a served I-247A, by default in North Carolina and long after."""
    return read_clock(
        form=DetainerForm.I247A,
        edition=None,
        state=state,
        zone=NEW_YORK,
        release_due=release_due,
        received=received,
        served=True,
        stopped_at=None,
        ended_at=None,
        now=now or at("2026-11-20 12:00"),
    )


def same(moment: datetime | None, text: str, zone: str = NEW_YORK) -> bool:
    """Tell whether it is that instant, shown in the facility's zone."""
    expected = at(text, zone)
    return moment is not None and moment.isoformat() == expected.isoformat()


@pytest.mark.parametrize(
    ("received", "release_due", "start"),
    [
        ("2024-11-30 23:59", "2024-11-30 23:00", "2024-11-30 23:00"),
        ("2024-12-01 00:00", "2024-12-02 08:00", "2024-12-01 00:00"),
        ("2025-09-30 23:59", "2025-09-30 12:00", "2025-09-30 23:59"),
        ("2025-10-01 00:00", "2025-10-01 12:00", "2025-10-01 12:00"),
    ],
)
def test_north_carolina_counts_from_receipt_within_its_window(
    received: str, release_due: str, start: str
) -> None:
    for state in ("NC", "nc"):
        reading = read(state=state, received=at(received), release_due=at(release_due))
        assert same(reading.start_earliest, start)
        assert same(reading.start_latest, start)
        assert (say.NC_FROM_RECEIPT in reading.notes) == (start == received)
    elsewhere = read(state="SC", received=at(received), release_due=at(release_due))
    assert same(elsewhere.start_earliest, release_due)


def test_the_north_carolina_window_is_of_local_days() -> None:
    # 30 November in Raleigh, 1 December in UTC.
    received = datetime(2024, 12, 1, 4, 30, tzinfo=UTC)
    reading = read(received=received, release_due=received)
    assert say.NC_FROM_RECEIPT not in reading.notes


def test_north_carolina_since_october_2025_counts_from_release_and_says_so() -> None:
    reading = read(received=at("2026-11-02 12:00"), release_due=at("2026-11-12 17:00"))
    assert same(reading.start_earliest, "2026-11-12 17:00")
    assert say.NC_FROM_RELEASE in reading.notes


def test_north_carolina_without_receipt_is_never_guessed() -> None:
    reading = read(release_due=at("2025-03-03 09:00"), now=at("2025-03-20 09:00"))
    assert reading.state is ClockState.NOT_STARTED
    assert reading.plain_deadline is None
    assert say.NC_RECEIPT_UNKNOWN in reading.notes
    nothing = read(release_due=None, now=at("2025-03-20 09:00"))
    assert say.START_UNKNOWN in nothing.notes


def test_north_carolina_receipt_starts_the_clock_without_a_release_time() -> None:
    reading = read(release_due=None, received=at("2025-03-03 09:00"), now=at("2025-03-04 09:00"))
    assert reading.state is ClockState.RUNNING
    assert same(reading.plain_deadline, "2025-03-05 09:00")
    later = read(release_due=None, received=at("2026-03-03 09:00"), now=at("2026-03-04 09:00"))
    assert later.state is ClockState.NOT_STARTED


def test_north_carolina_does_not_call_local_custody_over_detention() -> None:
    received, due = at("2025-03-03 09:00"), at("2025-03-20 09:00")
    waiting = read(received=received, release_due=due, now=at("2025-03-10 09:00"))
    assert waiting.state is ClockState.NOT_STARTED
    assert waiting.hours_over == 0.0
    assert waiting.hours_held_on_detainer == 0.0
    assert say.NC_STILL_LOCAL in waiting.notes
    assert waiting.next_alert == due
    after = read(received=received, release_due=due, now=at("2025-03-20 12:00"))
    assert after.state is ClockState.EXPIRED_ALL_READINGS
    assert after.hours_over == 3.0


def test_north_carolina_across_two_rules_concludes_by_the_later_start() -> None:
    received, due = at("2025-09-29 09:00"), at("2025-10-06 09:00")
    reading = read(received=received, release_due=due, now=due)
    assert same(reading.plain_deadline, "2025-10-01 09:00")
    assert same(reading.regulation_deadline, "2025-10-08 09:00")
    assert reading.state is ClockState.RUNNING
    assert say.NC_TWO_RULES in reading.notes
    early = read(
        state="NC",
        received=at("2024-11-20 09:00"),
        release_due=at("2024-12-05 09:00"),
        now=at("2024-12-05 10:00"),
    )
    assert same(early.start_earliest, "2024-12-05 09:00")
    assert say.NC_TWO_RULES in early.notes
