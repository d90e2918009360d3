"""Notices at the start, 12 and 2 hours before each deadline, and at it; nothing of a case."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.case_clock import clock_of
from intake_app.core.casefile import Custody, Detainer
from intake_app.core.custody_clock import WARNINGS, ClockReading
from intake_app.core.deadline_notices import Notice, due_notices, notices_of, sentence
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import DetainerForm, State

MIAMI = ZoneInfo("America/New_York")
Read = Callable[[datetime], ClockReading | None]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=MIAMI)


def clock(form: DetainerForm = DetainerForm.I247A, **known: object) -> Read:
    custody = Custody(facility_state=State.FL, **known)  # type: ignore[arg-type] # each test's own
    return partial(clock_of, Detainer(form=form), custody, MIAMI.key)


def told(read: Read, now: datetime) -> list[tuple[str, str]]:
    return [
        (f"{one.at.astimezone(MIAMI):%d %H:%M}", one.said(one.at)) for one in notices_of(read, now)
    ]


def test_every_notice_of_a_clock_over_a_weekend() -> None:
    """Release due on Friday 20 November: the plain 48 hours end on Sunday, the others later."""
    assert told(clock(release_due_at=at(20, 9, 10)), at(19, 12)) == [
        ("20 09:10", "A detainer clock has started."),
        ("21 21:10", "A detainer clock has 12 hours left."),
        ("22 07:10", "A detainer clock has 2 hours left."),
        ("22 09:10", "48 hours have passed on a detainer clock."),
        ("23 21:10", "A detainer clock has 12 hours left."),
        ("24 07:10", "A detainer clock has 2 hours left."),
        ("24 09:10", "A detainer clock has run out."),
    ]


def test_where_no_day_is_left_out_the_two_limits_are_one_notice() -> None:
    assert told(clock(release_due_at=at(16, 17)), at(17, 12)) == [
        ("18 05:00", "A detainer clock has 12 hours left."),
        ("18 15:00", "A detainer clock has 2 hours left."),
        ("18 17:00", "A detainer clock has run out."),
    ]


def test_where_only_the_day_is_known_the_early_time_says_only_may() -> None:
    assert told(clock(release_due_on=PartialDate(2026, 11, 20)), at(21, 23)) == [
        ("22 00:00", "48 hours may have passed on a detainer clock."),
        ("23 00:00", "48 hours have passed on a detainer clock."),
        ("23 12:00", "A detainer clock has 12 hours left."),
        ("23 22:00", "A detainer clock has 2 hours left."),
        ("24 00:00", "A detainer clock may have run out."),
        ("25 00:00", "A detainer clock has run out."),
    ]


def test_a_form_that_asks_for_no_hold_gives_notice_of_the_release() -> None:
    read = clock(DetainerForm.I247N, release_due_at=at(20, 9, 10))
    assert told(read, at(19, 12)) == [
        ("20 09:10", "A release is due where the detainer asks for no hold.")
    ]


@pytest.mark.parametrize(
    "read",
    [
        clock(),
        clock(release_due_at=at(2, 9)),
        clock(release_due_at=at(20, 9), released_at=at(20, 10)),
        clock(release_due_at=datetime(2206, 1, 1, tzinfo=UTC)),
    ],
    ids=["no start", "long over", "released", "a slip of the pen"],
)
def test_nothing_is_coming(read: Read) -> None:
    assert notices_of(read, at(22, 12)) == []


def test_a_release_written_down_ahead_ends_the_notices() -> None:
    read = clock(release_due_at=at(20, 9, 10), released_at=at(22, 8))
    assert [said for _, said in told(read, at(21, 12))] == [
        "A detainer clock has 12 hours left.",
        "A detainer clock has 2 hours left.",
    ]


def test_the_offices_holidays_move_the_notices() -> None:
    custody = Custody(facility_state=State.FL, release_due_at=at(20, 9, 10))
    days = frozenset({date(2026, 11, 23)})
    read = partial(clock_of, Detainer(), custody, MIAMI.key, added_days=days)
    assert notices_of(read, at(23, 12))[-1].at == at(25, 9, 10)


def test_in_north_carolina_nothing_runs_out_while_the_local_case_holds_the_person() -> None:
    """From December 2024 to September 2025 the count began with receipt of the detainer."""
    received = datetime(2025, 5, 5, 9, tzinfo=MIAMI)
    custody = Custody(facility_state=State.NC, release_due_at=received + timedelta(days=9))
    read = partial(
        clock_of, Detainer(form=DetainerForm.I247A, received_at=received), custody, MIAMI.key
    )
    said = [(one.at - received, one.words) for one in notices_of(read, received)]
    # Monday at nine: the count from receipt is over on Wednesday, the local case a week later.
    assert said == [
        (timedelta(hours=36), ""),
        (timedelta(hours=46), ""),
        (timedelta(days=9), "A detainer clock has run out."),
    ]


def test_a_limit_in_the_hour_that_comes_twice_is_a_limit() -> None:
    """Sunday 1 November 2026, 01:30, both times."""
    for fold in (0, 1):
        limit = datetime(2026, 11, 1, 1, 30, tzinfo=MIAMI, fold=fold).astimezone(UTC)
        read = clock(release_due_at=limit - timedelta(hours=48))
        found = {one.at: one.said(one.at) for one in notices_of(read, limit - timedelta(days=3))}
        assert found[limit] == "48 hours have passed on a detainer clock."
        warned = limit - timedelta(hours=2)
        assert found[warned] == "A detainer clock has 2 hours left."


def test_a_computer_that_slept_says_how_much_is_left_by_then() -> None:
    warned = Notice(at(22, 7, 10), until=at(22, 9, 10))
    assert warned.said(at(22, 7, 10)) == "A detainer clock has 2 hours left."
    assert warned.said(at(22, 8, 12)) == "A detainer clock has 58 minutes left."
    assert warned.said(at(22, 9, 9)) == "A detainer clock has 1 minute left."


def test_each_comes_once_and_nothing_that_was_past_before() -> None:
    clocks = [notices_of(clock(release_due_at=at(20, 9, 10)), at(19, 12))]
    since, said = at(21, 20), list[str]()
    while since < at(25, 0):
        now = since + timedelta(seconds=30)
        said += [sentence(due, now)] if (due := due_notices(clocks, since, now)) else []
        since = now
    assert said == [
        "A detainer clock has 12 hours left.",
        "A detainer clock has 2 hours left.",
        "48 hours have passed on a detainer clock.",
        "A detainer clock has 12 hours left.",
        "A detainer clock has 2 hours left.",
        "A detainer clock has run out.",
    ]


def test_of_several_that_fell_due_while_it_slept_the_last_is_told() -> None:
    one = notices_of(clock(release_due_at=at(20, 9, 10)), at(19, 12))
    assert sentence(due_notices([one], at(21, 20), at(22, 9, 30)), at(22, 9, 30)) == (
        "48 hours have passed on a detainer clock."
    )
    due = due_notices([one, one, []], at(21, 20), at(22, 8))
    assert sentence(due, at(22, 8)) == "2 detainer clocks have come to a deadline."
    assert sentence((), at(22, 8)) == ""


@given(st.integers(0, 120 * 24 * 60), st.booleans())
def test_a_notice_stands_at_every_alert_of_the_clock(minutes: int, whole_day: bool) -> None:
    due = datetime(2026, 10, 1, tzinfo=MIAMI) + timedelta(minutes=minutes)
    day = PartialDate.of(due.date())
    read = clock(release_due_on=day) if whole_day else clock(release_due_at=due)
    now = due - timedelta(days=2)
    found = notices_of(read, now)
    reading = read(now)
    assert reading is not None
    limits = {reading.plain_deadline, reading.plain_latest}
    limits |= {reading.regulation_earliest, reading.regulation_deadline}
    early = [reading.plain_deadline, reading.regulation_earliest]
    wanted = {*limits, reading.start_earliest}
    wanted |= {
        to.astimezone(UTC) - timedelta(hours=hours) for to in early if to for hours in (12, 2)
    }
    assert {one.at for one in found} == {to.astimezone(UTC) for to in wanted if to}
    assert all(one.until is None or one.until - one.at in WARNINGS for one in found)
    assert all(one.said(one.at) for one in found)
