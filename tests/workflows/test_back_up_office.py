"""Backing an office up: when, where to, and what is said when a drive is not there."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from intake_app.core import backups as core
from intake_app.core.backups import BackupReason
from intake_app.core.casefile import Person
from intake_app.core.errors import AppError, NotAllowed
from intake_app.core.roles import Role
from intake_app.store.backups.files import BACKUPS
from intake_app.store.backups.record import OWN, InPlace
from intake_app.store.office import Office
from intake_app.workflows.back_up_office import (
    NOT_THERE,
    back_up_office,
    carry_out,
    keep_backup,
    plan_backup,
    set_second_folder,
)
from intake_app.workflows.import_cases import import_cases
from intake_app.workflows.list_backups import backup_state, list_backups
from intake_app.workflows.save_case import save_answer
from intake_app.workflows.start_intake import start_intake
from tests.bench.bench_import import invented
from tests.conftest import NOW
from tests.offices import new_office, staff, unlocked

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed office with a member of each role and one case."""
    folder = tmp_path_factory.mktemp("back_up") / "office"
    with new_office(folder).office as office:
        staff(office)
        case = start_intake(office, NOW).case_id
        save_answer(office, case, Person, None, "surname", "Núñez", NOW)
    return folder


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(kept, tmp_path / "office"))


@pytest.fixture
def office(folder: Path) -> Iterator[Office]:
    """It, open for the administrator."""
    with unlocked(folder) as opened:
        yield opened


@pytest.fixture
def usb(office: Office, tmp_path: Path) -> Path:
    """A second folder, as an administrator chose it."""
    (tmp_path / "usb").mkdir()
    return set_second_folder(office, tmp_path / "usb", NOW).folder


def by_itself(office: Office, hours: float = 0) -> tuple[InPlace, ...]:
    """What the clock does so many hours later."""
    now = NOW + hours * HOUR
    places = carry_out(plan_backup(office, now), BackupReason.DAILY, only_if_due=True)
    keep_backup(office, places, now)
    return places


def names(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir()) if place.exists() else []


def test_one_is_made_each_day_and_again_past_midnight_of_the_office(office: Office) -> None:
    own = office.folder / BACKUPS
    by_itself(office)
    by_itself(office, 1)
    assert names(own) == ["20261122T171100Z-daily"]
    # 12:11 in Miami; eleven hours later it is still Sunday there, although Monday in London.
    by_itself(office, 11)
    assert len(names(own)) == 1
    by_itself(office, 12)
    assert names(own)[1:] == ["20261123T051100Z-daily"]


@pytest.mark.parametrize("role", list(Role))
def test_whoever_has_the_office_open_it_is_backed_up(folder: Path, role: Role) -> None:
    with unlocked(folder, role) as office:
        (place,) = by_itself(office)
        assert place.fault == ""
        state = backup_state(office)
        assert state.last is not None
        assert state.last.made_at == NOW
        assert not state.is_old(NOW + 3 * DAY)
        assert state.is_old(NOW + 3 * DAY + HOUR)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_looks_after_them(folder: Path, tmp_path: Path, role: Role) -> None:
    with unlocked(folder, role) as office:
        with pytest.raises(NotAllowed):
            back_up_office(office, BackupReason.BY_HAND, NOW)
        with pytest.raises(NotAllowed):
            set_second_folder(office, tmp_path, NOW)
        with pytest.raises(NotAllowed):
            list_backups(office, NOW)
    assert not (folder / BACKUPS).exists()


def test_each_is_copied_to_the_second_folder(office: Office, usb: Path) -> None:
    places = back_up_office(office, BackupReason.BY_HAND, NOW)
    assert [(one.place, one.fault) for one in places] == [(OWN, ""), (str(usb), "")]
    assert names(usb) == names(office.folder / BACKUPS) == ["20261122T171100Z-by-hand"]
    state = backup_state(office)
    assert (state.second, state.reached) == (usb, NOW)
    assert not state.second_is_away(NOW + 7 * DAY)
    assert state.second_is_away(NOW + 7 * DAY + HOUR)


def test_each_place_is_thinned_out(
    office: Office, usb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(core, "_RECENT_KEPT", 2)
    for hours in range(4):
        back_up_office(office, BackupReason.BY_HAND, NOW + hours * HOUR)
    for place in (office.folder / BACKUPS, usb):
        assert names(place) == ["20261122T191100Z-by-hand", "20261122T201100Z-by-hand"]


def test_a_drive_that_is_not_there_is_told_and_caught_up_with(
    office: Office, usb: Path, tmp_path: Path
) -> None:
    by_itself(office)
    away = usb.parent.rename(tmp_path / "unplugged")
    (own, second) = by_itself(office, 24)
    assert own.fault == ""
    assert second.fault == NOT_THERE
    # Where a drive was there is often an empty folder still: nothing may be written there.
    usb.parent.mkdir()
    (own, second) = by_itself(office, 25)
    assert second.fault == NOT_THERE
    assert names(usb.parent) == []
    usb.parent.rmdir()
    state = backup_state(office)
    assert state.reached == NOW
    assert [place.there for place in list_backups(office, NOW)] == [True, False]
    away.rename(usb.parent)
    (own, second) = by_itself(office, 26)
    assert second.fault == ""
    assert names(usb) == ["20261122T171100Z-daily", "20261123T171100Z-daily"]
    assert backup_state(office).reached == NOW + 26 * HOUR


def test_a_second_folder_that_refuses_is_no_error_of_the_backup(office: Office, usb: Path) -> None:
    # A file with the name of the copy: as good as a disk that can't be written.
    (usb / "20261122T171100Z-by-hand").write_text("in the way")
    (own, second) = back_up_office(office, BackupReason.BY_HAND, NOW)
    assert own.fault == ""
    assert second.fault.startswith("There is no copy of it in the second folder. The backup could")
    assert names(usb) == ["20261122T171100Z-by-hand"]


def test_a_second_folder_is_where_a_lost_office_is_not(office: Office, tmp_path: Path) -> None:
    inside = office.folder / "copies"
    inside.mkdir()
    for chosen in (office.folder, inside):
        with pytest.raises(AppError, match="in the folder of the office"):
            set_second_folder(office, chosen, NOW)
    (tmp_path / "file").write_text("")
    for chosen in (tmp_path / "file", tmp_path / "not there"):
        with pytest.raises(AppError, match="Nothing can be written"):
            set_second_folder(office, chosen, NOW)
    assert backup_state(office).second is None
    usb = tmp_path / "usb"
    usb.mkdir()
    second = set_second_folder(office, usb, NOW)
    assert second.same_disk
    assert set_second_folder(office, second.folder, NOW) == second, "chosen again it is the same"
    with office.reading() as connection:
        told = connection.exec_driver_sql(
            "SELECT count(*) FROM history WHERE field = 'second_folder'"
        ).scalar_one()
    assert told == 1


def test_two_offices_share_a_second_folder_and_each_sees_its_own(
    office: Office, usb: Path, tmp_path: Path
) -> None:
    back_up_office(office, BackupReason.BY_HAND, NOW)
    with new_office(tmp_path / "other").office as other:
        set_second_folder(other, usb, NOW)
        back_up_office(other, BackupReason.BY_HAND, NOW + HOUR)
        assert len(names(usb)) == 2
        for one in (office, other):
            (_own, second) = list_backups(one, NOW)
            assert len(second.backups) == 1


def test_without_a_backup_of_its_own_there_is_an_error_and_no_row(office: Office) -> None:
    (office.folder / BACKUPS).write_text("a file where the folder should be")
    with pytest.raises(AppError, match="could not be written"):
        back_up_office(office, BackupReason.RETENTION, NOW)
    assert backup_state(office).last is None


def test_an_import_is_preceded_by_one_and_a_dry_run_is_not(office: Office) -> None:
    table = invented(20)
    import_cases(office, table, None, NOW, dry_run=True)
    assert names(office.folder / BACKUPS) == []
    assert import_cases(office, table, None, NOW).cases_added > 0
    (one,) = list_backups(office, NOW)[0].backups
    assert one.reason is BackupReason.IMPORT
    assert one.contents is not None
    assert one.contents.rows["cases"] == 1, "as it was before"


def test_without_a_backup_nothing_is_imported(office: Office) -> None:
    (office.folder / BACKUPS).write_text("a file where the folder should be")
    with pytest.raises(AppError, match="could not be written"):
        import_cases(office, invented(20), None, NOW)
    with office.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM cases").scalar_one() == 1
