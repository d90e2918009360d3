"""The 48-hour clock as read: daylight saving, states, forms, precision, state rules."""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from intake_app.core import clock_notes as say
from intake_app.core.custody_clock import (
    ClockReading,
    ClockState,
    DetainerForm,
    deadline_plain,
    read_clock,
)

NEW_YORK = "America/New_York"


def at(text: str, zone: str = NEW_YORK) -> datetime:
    """Return a wall-clock time at the facility, such as 2026-11-16 17:00."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


MONDAY = at("2026-11-16 17:00")
THURSDAY = at("2026-11-12 17:00")


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


def same(moment: datetime | None, text: str, zone: str = NEW_YORK) -> bool:
    """Tell whether it is that instant, shown in the facility's zone."""
    expected = at(text, zone)
    return moment is not None and moment.isoformat() == expected.isoformat()


def test_plain_deadline_when_the_clocks_go_back() -> None:
    plain = deadline_plain(at("2026-10-30 18:00"))
    assert plain.isoformat() == "2026-11-01T17:00:00-05:00"
    reading = read(release_due=at("2026-10-30 18:00"))
    assert say.CLOCKS_CHANGE in reading.notes
    assert same(reading.regulation_deadline, "2026-11-03 18:00")


def test_plain_deadline_when_the_clocks_go_forward() -> None:
    plain = deadline_plain(at("2026-03-06 18:00"))
    assert plain.isoformat() == "2026-03-08T19:00:00-04:00"
    assert say.CLOCKS_CHANGE in read(release_due=at("2026-03-06 18:00")).notes
    assert say.CLOCKS_CHANGE not in read().notes


def test_hours_held_are_hours_that_pass_when_the_clocks_change() -> None:
    back = read(release_due=at("2026-10-31 12:00"), now=at("2026-11-01 12:00"))
    assert back.hours_held_on_detainer == 25.0
    forward = read(release_due=at("2026-03-07 12:00"), now=at("2026-03-08 12:00"))
    assert forward.hours_held_on_detainer == 23.0


def test_an_hour_that_comes_twice_warns_by_the_first_and_concludes_by_the_second() -> None:
    reading = read(release_due=at("2026-11-01 01:30"))
    assert reading.start_earliest is not None
    assert reading.start_latest is not None
    assert reading.start_earliest.isoformat() == "2026-11-01T01:30:00-04:00"
    assert reading.start_latest.isoformat() == "2026-11-01T01:30:00-05:00"
    assert say.START_CLOCK_CHANGE in reading.notes
    told = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    sure = read(release_due=told)
    assert sure.start_earliest == sure.start_latest
    assert say.START_CLOCK_CHANGE not in sure.notes


def test_an_hour_that_never_was_is_read_both_ways() -> None:
    reading = read(release_due=at("2026-03-08 02:30"))
    assert reading.start_earliest is not None
    assert reading.start_latest is not None
    assert reading.start_earliest.isoformat() == "2026-03-08T01:30:00-05:00"
    assert reading.start_latest.isoformat() == "2026-03-08T03:30:00-04:00"


def test_the_zone_is_the_facilitys() -> None:
    # 23:30 in Pensacola on a Friday is Saturday in Tallahassee.
    due = at("2026-11-13 23:30", "America/Chicago")
    west = read(release_due=due, zone="America/Chicago")
    east = read(release_due=due, zone="America/New_York")
    assert same(west.regulation_deadline, "2026-11-17 23:30", "America/Chicago")
    assert same(east.regulation_deadline, "2026-11-18 00:00")
    assert west.plain_deadline == east.plain_deadline


# --- states -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "state", "left", "hours", "next_alert"),
    [
        ("2026-11-12 16:59", "NOT_STARTED", 48 + 1 / 60, (0, 0), "2026-11-12 17:00"),
        ("2026-11-12 17:00", "RUNNING", 48, (0, 0), "2026-11-14 05:00"),
        ("2026-11-14 05:00", "RUNNING", 12, (0, 36), "2026-11-14 15:00"),
        ("2026-11-14 15:00", "RUNNING", 2, (0, 46), "2026-11-14 17:00"),
        ("2026-11-14 17:00", "RUNNING", 0, (0, 48), "2026-11-16 05:00"),
        ("2026-11-14 18:00", "PLAIN_PAST_REG_RUNNING", 47, (0, 49), "2026-11-16 05:00"),
        ("2026-11-16 16:00", "PLAIN_PAST_REG_RUNNING", 1, (0, 95), "2026-11-16 17:00"),
        ("2026-11-16 17:00", "PLAIN_PAST_REG_RUNNING", 0, (0, 96), None),
        ("2026-11-16 18:30", "EXPIRED_ALL_READINGS", None, (1.5, 97.5), None),
    ],
)
def test_a_clock_runs_through_its_states(
    now: str, state: str, left: float | None, hours: tuple[float, float], next_alert: str | None
) -> None:
    reading = read(now=at(now))
    assert reading.state == ClockState(state)
    hours_left = None if reading.left is None else reading.left / timedelta(hours=1)
    assert hours_left == (None if left is None else pytest.approx(left))
    assert (reading.hours_over, reading.hours_held_on_detainer) == hours
    if next_alert is None:
        assert reading.next_alert is None
    else:
        assert same(reading.next_alert, next_alert)


@pytest.mark.parametrize(
    "form", [form for form in DetainerForm if form not in {"I-247N", "I-247X", "I-247G"}]
)
def test_without_a_start_there_is_no_clock(form: DetainerForm) -> None:
    reading = read(form=form, release_due=None, received=THURSDAY, now=MONDAY)
    assert reading.state is ClockState.NOT_STARTED
    assert reading.plain_deadline is None
    assert reading.regulation_deadline is None
    assert reading.hours_over is None
    assert reading.hours_held_on_detainer is None
    assert reading.next_alert is None
    assert reading.left is None
    assert say.START_UNKNOWN in reading.notes


def test_another_authority_stops_the_clock() -> None:
    reading = read(stopped_at=at("2026-11-13 09:00"), now=at("2026-11-20 09:00"))
    assert reading.state is ClockState.STOPPED
    assert reading.hours_held_on_detainer == 16.0
    assert reading.hours_over == 0.0
    assert reading.left is None
    assert reading.next_alert is None
    assert same(reading.ended, "2026-11-13 09:00")
    assert say.STOPPED_OTHER_AUTHORITY in reading.notes


def test_a_stop_after_the_deadline_keeps_the_hours_over() -> None:
    reading = read(stopped_at=at("2026-11-17 08:00"), now=at("2026-11-20 09:00"))
    assert reading.state is ClockState.STOPPED
    assert reading.hours_over == 15.0


def test_release_or_transfer_stops_the_clock() -> None:
    reading = read(ended_at=at("2026-11-17 17:00"), now=at("2026-12-20 09:00"))
    assert reading.state is ClockState.STOPPED
    assert reading.hours_over == 24.0
    assert reading.hours_held_on_detainer == 120.0
    assert say.STOPPED_ENDED in reading.notes


def test_the_first_stop_counts() -> None:
    reading = read(
        stopped_at=at("2026-11-13 09:00"),
        ended_at=at("2026-11-19 09:00"),
        now=at("2026-11-20 09:00"),
    )
    assert same(reading.ended, "2026-11-13 09:00")


def test_a_stop_to_come_does_not_stop_yet() -> None:
    reading = read(stopped_at=at("2026-11-15 09:00"), now=at("2026-11-13 09:00"))
    assert reading.state is ClockState.RUNNING
    assert say.STOP_AHEAD in reading.notes


def test_a_stop_without_a_start_is_a_stop() -> None:
    reading = read(release_due=None, stopped_at=THURSDAY, now=MONDAY)
    assert reading.state is ClockState.STOPPED
    assert reading.hours_over is None


def test_a_stop_before_the_start_is_said_to_be_odd() -> None:
    reading = read(ended_at=at("2026-11-10 09:00"), now=MONDAY)
    assert reading.state is ClockState.STOPPED
    assert reading.hours_held_on_detainer == 0.0
    assert say.ENDED_BEFORE_START in reading.notes


# --- forms --------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [DetainerForm.I247N, DetainerForm.I247X, DetainerForm.I247G])
def test_forms_that_ask_for_no_hold(form: DetainerForm) -> None:
    reading = read(form=form, now=at("2026-11-12 20:30"))
    assert reading.state is ClockState.NO_HOLD_REQUESTED
    assert reading.plain_deadline is None
    assert reading.regulation_deadline is None
    assert reading.left is None
    assert reading.hours_over == 3.5
    assert form in reading.notes[0]
    before = read(form=form, now=at("2026-11-12 12:00"))
    assert before.hours_over == 0.0
    assert same(before.next_alert, "2026-11-12 17:00")
    unknown = read(form=form, release_due=None)
    assert unknown.state is ClockState.NO_HOLD_REQUESTED
    assert unknown.hours_over is None


def test_hours_past_release_without_a_hold_end_with_release() -> None:
    reading = read(form=DetainerForm.I247G, ended_at=at("2026-11-12 19:00"), now=MONDAY)
    assert reading.hours_over == 2.0
    assert reading.next_alert is None


def test_a_day_only_release_without_a_hold_counts_from_the_end_of_the_day() -> None:
    reading = read(
        form=DetainerForm.I247G, release_due=date(2026, 11, 12), now=at("2026-11-13 02:00")
    )
    assert reading.hours_over == 2.0


@pytest.mark.parametrize(
    "form", [form for form in DetainerForm if form not in {"I-247N", "I-247X", "I-247G"}]
)
def test_every_other_form_runs_in_both_readings_and_names_its_sources(form: DetainerForm) -> None:
    reading = read(form=form)
    assert reading.state is ClockState.RUNNING
    assert same(reading.plain_deadline, "2026-11-14 17:00")
    assert same(reading.regulation_deadline, "2026-11-16 17:00")
    assert reading.notes[0].startswith("Plain 48 hours: ")
    assert "8 C.F.R. § 287.7(d)" in reading.notes[1]
    assert "5 U.S.C. § 6103(a)" in reading.notes[1]


@pytest.mark.parametrize(
    ("edition", "note"),
    [
        (None, say.PLAIN_I247_NO_EDITION),
        ((2007, 4), say.PLAIN_I247_BEFORE_AUGUST_2010),
        ((2010, 7), say.PLAIN_I247_BEFORE_AUGUST_2010),
        ((2010, 8), say.PLAIN_I247_AUGUST_2010),
        ((2011, 5), say.PLAIN_I247_AUGUST_2010),
        ((2011, 6), say.PLAIN_I247_UNCHECKED),
        ((2011, 12), say.PLAIN_I247_DECEMBER_2011),
        ((2012, 11), say.PLAIN_I247_DECEMBER_2011),
        ((2012, 12), say.PLAIN_I247_UNCHECKED),
    ],
)
def test_each_edition_of_the_old_form_has_its_wording(
    edition: tuple[int, int] | None, note: str
) -> None:
    assert read(form=DetainerForm.I247, edition=edition).notes[0] == note


def test_only_the_i247a_is_said_to_ask_for_plain_hours() -> None:
    assert "leaves out no days (ICE guidance" in read(form=DetainerForm.I247A).notes[0]
    for form in set(DetainerForm) - {DetainerForm.I247A}:
        assert "leaves out no days (ICE guidance" not in " ".join(read(form=form).notes)


def test_a_form_not_served_is_flagged_and_counted_anyway() -> None:
    now = at("2026-11-20 17:00")
    for form, note in [
        (DetainerForm.I247A, say.NOT_SERVED_I247A),
        (DetainerForm.I247D, say.NOT_SERVED_I247D),
    ]:
        reading = read(form=form, served=False, now=now)
        assert note in reading.notes
        assert reading.state is ClockState.EXPIRED_ALL_READINGS
        assert note not in read(form=form, served=True, now=now).notes
        assert note not in read(form=form, served=None, now=now).notes
    old = read(form=DetainerForm.I247, served=False)
    assert not [note for note in old.notes if "been served" in note]


def test_a_later_paper_does_not_start_the_clock_anew() -> None:
    reading = read(received=at("2026-11-13 12:00"), now=at("2026-11-13 12:00"))
    assert same(reading.start_earliest, "2026-11-12 17:00")
    assert say.PAPER_AFTER_RELEASE in reading.notes
    assert say.PAPER_AFTER_RELEASE not in read(received=at("2026-11-01 12:00")).notes


# --- only the day is known ----------------------------------------------------------------------


def test_a_day_warns_early_and_concludes_late() -> None:
    reading = read(release_due=date(2026, 11, 12), now=at("2026-11-12 00:00"))
    assert reading.state is ClockState.RUNNING
    assert same(reading.start_earliest, "2026-11-12 00:00")
    assert same(reading.start_latest, "2026-11-13 00:00")
    assert same(reading.plain_deadline, "2026-11-14 00:00")
    assert same(reading.plain_latest, "2026-11-15 00:00")
    assert same(reading.regulation_earliest, "2026-11-14 00:00")
    assert same(reading.regulation_deadline, "2026-11-17 00:00")
    assert reading.left == timedelta(hours=48)
    assert same(reading.next_alert, "2026-11-13 12:00")
    assert say.START_DAY_ONLY in reading.notes


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-11-11 23:59", ClockState.NOT_STARTED),
        ("2026-11-12 00:00", ClockState.RUNNING),
        ("2026-11-15 00:00", ClockState.RUNNING),
        ("2026-11-15 00:01", ClockState.PLAIN_PAST_REG_RUNNING),
        ("2026-11-17 00:00", ClockState.PLAIN_PAST_REG_RUNNING),
        ("2026-11-17 00:01", ClockState.EXPIRED_ALL_READINGS),
    ],
)
def test_states_of_a_day_only_clock(now: str, state: ClockState) -> None:
    assert read(release_due=date(2026, 11, 12), now=at(now)).state is state


def test_warnings_of_a_day_only_clock_count_from_the_start_of_the_day() -> None:
    reading = read(release_due=date(2026, 11, 13), now=at("2026-11-16 00:00"))
    assert same(reading.regulation_earliest, "2026-11-17 00:00")
    assert same(reading.regulation_deadline, "2026-11-18 00:00")
    assert same(reading.next_alert, "2026-11-16 12:00")


def test_hours_of_a_day_only_clock_count_from_the_end_of_the_day() -> None:
    reading = read(release_due=date(2026, 11, 12), now=at("2026-11-17 06:00"))
    assert reading.hours_over == 6.0
    assert reading.hours_held_on_detainer == 102.0


def test_new_hampshire_uses_the_regulations_deadline_for_the_state_too() -> None:
    assert say.NH_STATE_RULE in read(state="NH").notes
    before = read(state="NH", release_due=at("2025-12-30 10:00"))
    assert say.NH_STATE_RULE not in before.notes
    assert say.NH_STATE_RULE not in read(state="VT").notes
    assert same(read(state="NH").regulation_deadline, "2026-11-16 17:00")


# --- the office's own days ----------------------------------------------------------------------


def test_an_added_day_moves_only_the_regulations_deadline_and_is_flagged() -> None:
    added = frozenset({date(2026, 11, 13)})
    reading = read(added_days=added)
    assert same(reading.plain_deadline, "2026-11-14 17:00")
    assert same(reading.regulation_deadline, "2026-11-17 17:00")
    assert same(reading.regulation_statute_dates, "2026-11-16 17:00")
    assert say.SOONER_BY_STATUTE_DATES in reading.notes
    assert read(added_days=added, now=at("2026-11-17 10:00")).hours_over == 0.0


def test_a_full_desk_is_read_within_a_tick() -> None:
    # Ten times the aim of 50 microseconds each, for a slow or busy computer.
    rounds = []
    for _ in range(5):
        began = time.perf_counter()
        for hours in range(200):
            read(now=THURSDAY + timedelta(hours=hours))
        rounds.append(time.perf_counter() - began)
    assert min(rounds) / 200 < 500e-6
