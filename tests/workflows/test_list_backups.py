"""What is known of the backups: who is told what, and what is found in each place."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from intake_app.core.backups import BackupReason
from intake_app.core.errors import NotAllowed
from intake_app.core.roles import Role
from intake_app.store.backups.files import BACKUPS, MANIFEST
from intake_app.store.backups.record import OWN, InPlace
from intake_app.store.office import Office
from intake_app.workflows.back_up_office import back_up_office, set_second_folder
from intake_app.workflows.drill_backup import drill_backup
from intake_app.workflows.list_backups import (
    OLD_AFTER,
    SECOND_AFTER,
    BackupState,
    backup_state,
    list_backups,
    look_for_backups,
    plan_list,
)
from tests.conftest import NOW
from tests.offices import new_office, staff, unlocked

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOMENT = timedelta(seconds=1)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed office with a member of each role."""
    folder = tmp_path_factory.mktemp("list_backups") / "office"
    with new_office(folder).office as office:
        staff(office)
    return folder


@pytest.fixture
def office(kept: Path, tmp_path: Path) -> Iterator[Office]:
    """A copy of it, open for the administrator, and a drive beside it."""
    (tmp_path / "usb").mkdir()
    with unlocked(Path(shutil.copytree(kept, tmp_path / "office"))) as opened:
        yield opened


def names(office: Office) -> list[tuple[str, bool, list[str]]]:
    listed = list_backups(office, NOW)
    return [(one.place, one.there, [kept.folder.name for kept in one.backups]) for one in listed]


def test_nothing_is_known_before_the_first(office: Office) -> None:
    assert backup_state(office) == BackupState(None)
    assert backup_state(office).is_old(NOW)
    assert backup_state(office).second_is_away(NOW)
    assert names(office) == [(OWN, False, [])]


def test_an_administrator_knows_it_all_and_everybody_else_the_last_one(office: Office) -> None:
    second = set_second_folder(office, office.folder.parent / "usb", NOW).folder
    back_up_office(office, BackupReason.BY_HAND, NOW + HOUR)
    drill_backup(office, NOW + 2 * HOUR)
    state = backup_state(office)
    name = "20261122T181100Z-by-hand"
    assert state.last == InPlace(OWN, name, NOW + HOUR, BackupReason.BY_HAND)
    known = (state.second, state.reached, state.proven)
    assert known == (second, NOW + HOUR, NOW + 2 * HOUR)
    folder = office.folder
    office.close()
    for role in set(Role) - {Role.ADMINISTRATOR}:
        with unlocked(folder, role) as other:
            assert backup_state(other) == BackupState(state.last)


def test_everybody_hears_of_an_old_one_and_the_administrator_of_a_drive_that_is_away(
    office: Office,
) -> None:
    set_second_folder(office, office.folder.parent / "usb", NOW)
    back_up_office(office, BackupReason.DAILY, NOW)
    state = backup_state(office)
    for wrong, after in ((state.is_old, OLD_AFTER), (state.second_is_away, SECOND_AFTER)):
        assert not wrong(NOW + after)
        assert wrong(NOW + after + MOMENT)


def test_both_places_are_listed_newest_first_without_what_is_not_ours(office: Office) -> None:
    drive = office.folder.parent / "usb"
    second = set_second_folder(office, drive, NOW).folder
    for hours in (0, 2, 1):
        back_up_office(office, BackupReason.BY_HAND, NOW + hours * HOUR)
    stamps = [f"20261122T{hour}1100Z-by-hand" for hour in (19, 18, 17)]
    with new_office(drive / "other").office as other:
        back_up_office(other, BackupReason.DAILY, NOW + 3 * HOUR)
        foreign = next((other.folder / BACKUPS).iterdir())
        shutil.copytree(foreign, second / foreign.name)
    assert names(office) == [(OWN, True, stamps), (str(second), True, stamps)]
    # One whose list of contents is damaged is no backup to count on.
    (second / stamps[0] / MANIFEST).write_bytes(b"{}")
    assert names(office)[1] == (str(second), True, stamps[1:])
    shutil.rmtree(second)
    assert names(office)[1] == (str(second), False, [])


def test_it_is_looked_for_on_another_thread_while_the_office_is_closed(office: Office) -> None:
    back_up_office(office, BackupReason.DAILY, NOW)
    plan = plan_list(office, NOW)
    office.close()
    with ThreadPoolExecutor(1) as thread:
        (own,) = thread.submit(partial(look_for_backups, plan)).result()
    assert [one.sound for one in own.backups] == [True]


def test_only_an_administrator_sees_the_list(office: Office) -> None:
    folder = office.folder
    office.close()
    for role in set(Role) - {Role.ADMINISTRATOR}:
        with unlocked(folder, role) as other, pytest.raises(NotAllowed):
            list_backups(other, NOW)
