"""Which backups are kept: pure rules, tried over whole years."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.backups import KEPT, BackupReason, Dated, to_take_away
from tests.conftest import NOW

DAILY, BIG = BackupReason.DAILY, BackupReason.IMPORT


def daily(days: float, reason: BackupReason = DAILY, *, sound: bool = True) -> Dated:
    """A backup made so many days ago."""
    return Dated(f"{days:08.3f} {reason.value}", NOW - timedelta(days=days), reason, sound)


def lived_through(days: int, each_day: int = 1) -> list[Dated]:
    """What an office has that made backups every day and thinned them out each time."""
    kept: list[Dated] = []
    start = datetime(2024, 1, 1, 9, tzinfo=UTC)
    for day in range(days):
        for time in range(each_day):
            now = start + timedelta(days=day, hours=time)
            kept.append(Dated(now.isoformat(), now, DAILY))
            gone = to_take_away(kept, now)
            kept = [one for one in kept if one.name not in gone]
    return kept


def test_after_years_of_daily_backups_thirty_are_kept_near_and_far() -> None:
    kept = lived_through(900)
    assert len(kept) == KEPT
    last = kept[-1].made_at
    ages = [(last - one.made_at).days for one in kept]
    assert {0, 1, 2, 3, 4, 5, 6, 7, 8, 9} <= set(ages), "all of the last days"
    for week in range(2, 6):
        assert any(7 * week - 4 <= age <= 7 * week + 10 for age in ages), f"week {week}"
    for month in range(2, 13):
        assert any(30 * month - 20 <= age <= 30 * month + 25 for age in ages), f"month {month}"
    assert max(ages) > 365


def test_many_backups_of_one_day_do_not_push_out_the_months() -> None:
    kept = lived_through(200, each_day=8)
    assert len(kept) <= KEPT
    assert (kept[-1].made_at - kept[0].made_at).days > 120


@pytest.mark.parametrize(
    "reason", [BackupReason.UPDATE, BackupReason.IMPORT, BackupReason.RETENTION]
)
def test_those_before_something_big_are_kept_for_a_month_beside(reason: BackupReason) -> None:
    crowd = [daily(number / 24) for number in range(0, 24 * 900, 6)]
    young, old = daily(29.9, reason), daily(30.1, reason)
    gone = to_take_away([*crowd, young, old], NOW)
    assert young.name not in gone
    assert old.name in gone
    many = [daily(1 + number / 100, reason) for number in range(50)]
    assert not set(to_take_away([*crowd, *many], NOW)) & {one.name for one in many}
    assert len(crowd) - len(to_take_away(crowd, NOW)) == KEPT


def test_the_last_sound_one_is_never_taken_away() -> None:
    # A file that was tampered with is still backed up each day; its last sound state stays.
    sound = daily(2000)
    crowd = [daily(number, sound=False) for number in range(900)]
    assert sound.name not in to_take_away([*crowd, sound], NOW)
    assert sound.name in to_take_away([*crowd, sound, daily(1500)], NOW)


@given(
    st.lists(
        st.tuples(st.floats(0, 2000), st.sampled_from(list(BackupReason)), st.booleans()),
        max_size=120,
        unique_by=lambda one: round(one[0], 3),  # as fine as a name tells it
    )
)
def test_whatever_there_is_no_more_than_allowed_and_never_the_last(
    made: list[tuple[float, BackupReason, bool]],
) -> None:
    backups = [daily(days, reason, sound=sound) for days, reason, sound in made]
    gone = to_take_away(backups, NOW)
    assert len(set(gone)) == len(gone)
    kept = [one for one in backups if one.name not in gone]
    assert bool(kept) == bool(backups)
    assert any(one.sound for one in kept) == any(one.sound for one in backups)
    newest = max(backups, key=lambda one: one.made_at, default=None)
    assert newest is None or newest in kept
    guards = [one for one in kept if one.reason not in (DAILY, BackupReason.BY_HAND)]
    young = [one for one in guards if NOW - one.made_at < timedelta(days=30)]
    assert len(kept) - len(young) <= KEPT + 1
    # What was thinned out once stays as it is.
    assert to_take_away(kept, NOW) == ()
