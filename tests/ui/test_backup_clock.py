"""The daily backup comes by itself, holds nobody up and ends when the office is locked."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from intake_app.core.backups import BackupReason
from intake_app.core.roles import Role
from intake_app.store.backups.files import BACKUPS
from intake_app.ui.backup_clock import BackupClock
from intake_app.workflows.back_up_office import back_up_office, set_second_folder
from tests.conftest import NOW
from tests.ui.conftest import Desk

HOUR = timedelta(hours=1)


class Watch:
    """A clock that is turned by hand, and what it said."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.now = NOW
        self.said: list[str] = []
        self.clock = BackupClock(desk.jobs, self.read)
        self.clock.noticed.connect(self.said.append)

    def read(self) -> datetime:
        """What time it is."""
        return self.now

    def settled(self) -> None:
        """Until a tick is over."""
        self.desk.qtbot.waitUntil(lambda: not self.clock._busy, timeout=20_000)
        self.desk.settled()

    def at(self, hours: float) -> None:
        """Another time, and a tick."""
        self.now = NOW + hours * HOUR
        self.clock.tick()
        self.settled()

    def made(self) -> list[str]:
        """The names of what there is."""
        place = self.desk.folder / BACKUPS
        return sorted(path.name for path in place.iterdir()) if place.is_dir() else []


@pytest.fixture
def watch(staffed_folder: Path, desk: Desk, tmp_path: Path) -> Iterator[Watch]:
    folder = Path(shutil.copytree(staffed_folder, tmp_path / "office"))
    made = Watch(replace(desk, folder=folder))
    yield made
    made.clock.close()


@pytest.mark.parametrize("role", list(Role))
def test_one_is_made_when_anybody_opens_the_office_and_each_day_after(
    watch: Watch, role: Role
) -> None:
    office = watch.desk.open(role)
    watch.clock.watch(office)
    watch.settled()
    assert watch.made() == ["20261122T171100Z-daily"]
    watch.at(3)
    assert len(watch.made()) == 1
    watch.at(13)
    assert watch.made()[1:] == ["20261123T061100Z-daily"]
    assert watch.said == []
    watch.desk.close(office)


def test_the_timer_runs_while_an_office_is_open(watch: Watch) -> None:
    office = watch.desk.open()
    assert not watch.clock._timer.isActive()
    watch.clock.watch(office)
    assert watch.clock._timer.isActive()
    watch.settled()
    watch.clock.locked()
    assert not watch.clock._timer.isActive()
    watch.at(48)
    assert len(watch.made()) == 1, "a locked office is not touched"
    watch.desk.close(office)


def test_locking_at_once_leaves_nothing_half_made(watch: Watch) -> None:
    office = watch.desk.open()
    watch.clock.watch(office)
    watch.clock.locked()
    watch.desk.close(office)
    assert [name for name in watch.made() if name.endswith(".part")] == []
    again = watch.desk.open()
    watch.clock.watch(again)
    watch.settled()
    assert watch.made() == ["20261122T171100Z-daily"]
    assert watch.said == []
    watch.desk.close(again)


def test_a_backup_that_can_not_be_made_is_said_once_and_tried_again(watch: Watch) -> None:
    place = watch.desk.folder / BACKUPS
    place.write_text("in the way")
    office = watch.desk.open()
    watch.clock.watch(office)
    watch.settled()
    assert len(watch.said) == 1
    assert watch.said[0].startswith("Today’s backup could not be made.")
    watch.at(0.5)
    place.unlink()
    watch.at(0.9)
    assert watch.made() == [], "not again and again: a disk that refuses needs a person"
    watch.at(1.1)
    assert len(watch.made()) == 1
    assert len(watch.said) == 1
    watch.desk.close(office)


def test_a_drive_that_was_away_for_a_week_is_said_to_the_administrator(
    watch: Watch, tmp_path: Path
) -> None:
    (tmp_path / "usb").mkdir()
    office = watch.desk.open(Role.ADMINISTRATOR)
    second = watch.desk.done(partial(set_second_folder, office, tmp_path / "usb", NOW)).folder
    watch.desk.done(partial(back_up_office, office, BackupReason.BY_HAND, NOW))
    shutil.rmtree(second)
    watch.clock.watch(office)
    watch.settled()
    watch.at(24 * 6)
    assert watch.said == []
    watch.at(24 * 8)
    assert watch.said == [
        "The second folder for backups was not reached since 22 Nov 2026, 12:11. Connect its "
        "drive, or choose another folder on the Office page."
    ]
    watch.desk.close(office)


def test_saves_and_the_window_go_on_meanwhile(watch: Watch) -> None:
    """The tick hands its work over; the window's thread does not wait for it."""
    office = watch.desk.open()
    with watch.desk.qtbot.waitSignal(watch.clock.work.made, timeout=20_000):
        watch.clock.watch(office)
        # The office thread answers while the backup is being made on another one.
        assert watch.desk.done(lambda: 7) == 7
    watch.settled()
    watch.desk.close(office)
