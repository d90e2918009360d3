"""How long somebody was held on a detainer, by hand, and never more than is known."""

import math
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.case_clock import clock_of
from intake_app.core.casefile import Custody, Detainer
from intake_app.core.custody_clock import ClockState
from intake_app.core.partial_date import PartialDate
from intake_app.core.reports.episode_hold import Hold, hold_of
from intake_app.core.vocabulary import (
    DetainerForm,
    DetainerStatus,
    ReleasedTo,
    State,
    YesNo,
    Zone,
)
from tests.conftest import NOW

MIAMI = ZoneInfo("America/New_York")
A = Detainer(form=DetainerForm.I247A)
NAN = math.nan
CANCELLED = DetainerStatus.CANCELLED


def at(month: int, day: int, hour: int = 0, minute: int = 0, fold: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=MIAMI, fold=fold)


def held(
    *detainers: Detainer, added: frozenset[Any] = frozenset(), now: datetime = NOW, **custody: Any
) -> Hold:
    return hold_of(detainers or (A,), Custody(**custody), MIAMI.key, now, added)


def same(found: Hold, plain: str, rule: str, hours: float, midnights: float) -> None:
    assert (found.plain, found.rule) == (plain, rule)
    for value, expected in ((found.hours, hours), (found.midnights, midnights)):
        assert value == pytest.approx(expected, nan_ok=True)


def test_known_to_the_minute() -> None:
    # Tuesday 3 March 10:00 to Thursday 5 March: 48 hours are over at 10:00.
    due = at(3, 3, 10)
    same(held(release_due_at=due, released_at=at(3, 5, 10)), "no", "no", 48, 2)
    same(held(release_due_at=due, released_at=at(3, 5, 10, 1)), "yes", "yes", 48 + 1 / 60, 2)
    same(held(release_due_at=due, released_at=at(3, 3, 10, 30)), "no", "no", 0.5, 0)


def test_a_weekend_and_a_holiday_stand_between_the_readings() -> None:
    # Friday 6 March 10:00; the regulation counts on to Tuesday 10 March 10:00.
    friday = at(3, 6, 10)
    same(held(release_due_at=friday, released_at=at(3, 10, 9)), "yes", "no", 94, 4)
    assert held(release_due_at=friday, released_at=at(3, 10, 10, 1)).rule == "yes"
    monday = frozenset({at(3, 9).date()})
    found = held(release_due_at=friday, released_at=at(3, 10, 12), added=monday)
    assert (found.plain, found.rule) == ("yes", "no")


def test_the_night_the_clocks_change() -> None:
    # 8 March 2026: 02:00 becomes 03:00, so two days on the wall are 47 hours.
    found = held(release_due_at=at(3, 7, 12), released_at=at(3, 9, 12))
    same(found, "no", "no", 47, 2)
    assert held(release_due_at=at(3, 7, 12), released_at=at(3, 9, 13, 1)).plain == "yes"
    # 1 November: 01:30 comes twice. Which one is not known, so neither are the hours …
    same(held(release_due_at=at(11, 1, 1, 30), released_at=at(11, 1, 9)), "no", "no", NAN, 0)
    same(held(release_due_at=at(11, 1, 1, 30), released_at=at(11, 5, 9)), "yes", "yes", NAN, 4)
    # … and past 48 hours is known only where both agree: over at 00:30 or 01:30 on 3 November.
    assert held(release_due_at=at(11, 1, 1, 30), released_at=at(11, 3, 1)).plain == "unknown"


def test_only_the_day_known() -> None:
    day = PartialDate(2026, 3, 3)
    same(held(release_due_on=day, released_at=at(3, 6, 9)), "yes", "yes", NAN, 3)
    same(held(release_due_on=day, released_at=at(3, 5, 9)), "unknown", "unknown", NAN, 2)
    same(held(release_due_on=day, released_at=at(3, 4, 9)), "no", "no", NAN, 1)
    month = PartialDate(2026, 3)
    same(held(release_due_on=month, released_at=at(4, 9, 9)), "unknown", "unknown", NAN, NAN)


def test_no_start_or_no_end() -> None:
    same(held(released_at=at(3, 5, 9)), "unknown", "unknown", NAN, NAN)
    same(held(release_due_at=at(3, 3, 10)), "unknown", "unknown", NAN, NAN)
    # An end still to come is none; neither is one of somebody who is still held.
    later: dict[str, Any] = {"release_due_at": at(3, 3, 10), "released_at": at(3, 6, 9)}
    same(held(now=at(3, 4), **later), "unknown", "unknown", NAN, NAN)
    kept = held(released_to=ReleasedTo.STILL_HELD, **later)
    same(kept, "unknown", "unknown", NAN, NAN)


def test_seen_in_custody_after_the_hours_were_over() -> None:
    seen: dict[str, Any] = {"release_due_at": at(3, 3, 10), "in_custody": YesNo.YES}
    same(held(custody_confirmed_at=at(3, 6, 9), **seen), "yes", "yes", NAN, NAN)
    same(held(custody_confirmed_at=at(3, 4, 9), **seen), "unknown", "unknown", NAN, NAN)
    gone: dict[str, Any] = {**seen, "in_custody": YesNo.NO}
    assert held(custody_confirmed_at=at(3, 6, 9), **gone).plain == "unknown"


def test_let_go_before_release_was_due_or_before_any_paper() -> None:
    same(held(release_due_at=at(3, 3, 10), released_at=at(3, 2, 9)), "no", "no", 0, 0)
    late = Detainer(received_at=at(3, 9, 9))
    ended: dict[str, Any] = {"release_due_at": at(3, 3, 10), "released_at": at(3, 8, 9)}
    same(held(late, **ended), "no", "no", 0, 0)
    same(held(late, released_at=at(3, 8, 9)), "no", "no", 0, 0)
    # Without the day of every paper it is not certain; a second paper starts nothing anew.
    assert held(late, A, **ended).plain == "yes"
    assert held(late, Detainer(received_at=at(3, 1, 9)), **ended).hours == 24 * 5 - 2


def test_held_for_another_matter() -> None:
    found = held(release_due_at=at(3, 3, 10), other_hold_at=at(3, 4, 10), released_at=at(3, 20, 10))
    same(found, "no", "no", 24, 1)


def lifted(status: DetainerStatus, *ended: int) -> Detainer:
    on = PartialDate(2026, *ended) if ended else None
    return Detainer(form=DetainerForm.I247A, status=status, ended_on=on)


def test_a_detainer_that_was_taken_back_holds_nobody() -> None:
    span: dict[str, Any] = {"release_due_at": at(3, 3, 10), "released_at": at(3, 20, 10)}
    # On the day release was due: some hours of that day at most.
    same(held(lifted(CANCELLED, 3, 3), **span), "no", "no", NAN, 0)
    same(held(lifted(CANCELLED, 3, 2), **span), "no", "no", 0, 0)
    same(held(lifted(CANCELLED, 3, 5), **span), "unknown", "unknown", NAN, 2)
    same(held(lifted(CANCELLED, 3, 9), **span), "yes", "yes", NAN, 6)
    same(held(lifted(CANCELLED, 3), **span), "unknown", "unknown", NAN, NAN)
    same(held(lifted(CANCELLED), **span), "unknown", "unknown", NAN, NAN)
    # On the day of release, or later: release is the end.
    same(held(lifted(CANCELLED, 3, 20), **span), "yes", "yes", 24 * 17 - 1, 17)
    same(held(lifted(DetainerStatus.DECLINED, 4, 1), **span), "yes", "yes", 24 * 17 - 1, 17)


def test_detainers_that_overlap() -> None:
    span: dict[str, Any] = {"release_due_at": at(3, 3, 10), "released_at": at(3, 20, 10)}
    first, second = lifted(CANCELLED, 3, 2), lifted(CANCELLED, 3, 9)
    same(held(first, second, **span), "yes", "yes", NAN, 6)
    same(held(first, A, **span), "yes", "yes", 24 * 17 - 1, 17)
    # One that only expired goes on being what holds the person.
    same(held(first, lifted(DetainerStatus.EXPIRED, 3, 5), **span), "yes", "yes", 24 * 17 - 1, 17)
    same(held(first, lifted(DetainerStatus.SUPERSEDED, 3, 9), **span), "no", "no", 0, 0)


def test_a_form_that_asks_for_no_hold_is_counted_all_the_same() -> None:
    notice = Detainer(form=DetainerForm.I247G)
    found = held(notice, release_due_at=at(3, 3, 10), released_at=at(3, 5, 12))
    same(found, "yes", "yes", 50, 2)


def test_north_carolina_counted_from_receipt_for_ten_months() -> None:
    def on(day: int, hour: int) -> datetime:
        return datetime(2025, 3, day, hour, tzinfo=MIAMI)

    paper = Detainer(form=DetainerForm.I247A, received_at=on(4, 10))
    here: dict[str, Any] = {"facility_state": State.NC, "release_due_at": on(3, 10)}
    # 48 hours from the paper's coming; hours as the clock counts them, midnights from release.
    same(held(paper, released_at=on(6, 9), **here), "no", "no", 47, 3)
    same(held(paper, released_at=on(6, 11), **here), "yes", "yes", 49, 3)
    # Held for the local case longer than that: not past before release is due.
    local: dict[str, Any] = {"facility_state": State.NC, "release_due_at": on(10, 10)}
    same(held(paper, released_at=on(10, 11), **local), "yes", "yes", 1, 0)
    same(held(paper, released_at=on(10, 9), **local), "no", "no", 0, 0)


def test_the_day_is_that_of_the_facility() -> None:
    # 23:00 and 01:00 in Honolulu: one midnight, though both are one day in Miami.
    honolulu = ZoneInfo("Pacific/Honolulu")
    found = held(
        facility_zone=Zone.HAWAII,
        release_due_at=datetime(2026, 3, 3, 23, tzinfo=honolulu),
        released_at=datetime(2026, 3, 4, 1, tzinfo=honolulu),
    )
    same(found, "no", "no", 2, 1)


def test_a_slip_of_the_pen_counts_nothing() -> None:
    wrong = datetime(2206, 3, 3, 10, tzinfo=MIAMI)
    same(held(release_due_at=wrong, released_at=at(3, 5)), "unknown", "unknown", NAN, NAN)
    old = Detainer(status=DetainerStatus.CANCELLED, ended_on=PartialDate(1026, 3, 3))
    found = held(old, release_due_at=at(3, 3), released_at=at(3, 5))
    same(found, "unknown", "unknown", NAN, NAN)


MOMENTS = st.integers(0, 960_000).map(
    lambda minutes: (datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(
        MIAMI
    )
)


@given(
    due=MOMENTS,
    hours=st.integers(-50, 300),
    received=MOMENTS,
    state=st.sampled_from([None, State.FL, State.NC]),
    form=st.sampled_from(list(DetainerForm)),
)
def test_it_is_the_clock_that_everybody_sees(
    due: datetime, hours: int, received: datetime, state: State | None, form: DetainerForm
) -> None:
    """Against `core.custody_clock`, which letters and the desk go by."""
    detainer = Detainer(form=form, received_at=received)
    end = (due.astimezone(UTC) + timedelta(hours=hours)).astimezone(MIAMI)
    custody = Custody(facility_state=state, release_due_at=due, released_at=end)
    found = hold_of((detainer,), custody, MIAMI.key, NOW, frozenset())
    read = clock_of(detainer, custody, MIAMI.key, NOW)
    assert read is not None
    if end < received:
        assert found == Hold("no", "no", 0, 0)
        return
    if not math.isnan(found.hours):
        assert found.hours == pytest.approx(read.hours_held_on_detainer)
    if read.state is ClockState.NO_HOLD_REQUESTED or read.hours_over is None:
        return
    if found.rule != "unknown":
        assert (found.rule == "yes") == (read.hours_over > 0)
    if found.plain == "yes":
        assert read.plain_latest is not None
        assert end > read.plain_latest
    assert not (found.rule == "yes" and found.plain == "no")
