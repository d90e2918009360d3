"""Looking for backups where a person points: at an office, a folder of backups, or at one."""

from pathlib import Path

import pytest

from intake_app.core.backups import BackupReason
from intake_app.core.errors import AppError
from intake_app.store.backups.files import BACKUPS
from intake_app.workflows.back_up_office import back_up_office
from intake_app.workflows.restore_office import find_backups, restore_office
from tests.conftest import NOW
from tests.offices import new_office, unlocked


def test_they_are_found_and_one_is_restored(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    with new_office(folder).office as office:
        back_up_office(office, BackupReason.DAILY, NOW)
        back_up_office(office, BackupReason.BY_HAND, NOW.replace(hour=20))
    place = folder / BACKUPS
    names = ["20261122T201100Z-by-hand", "20261122T171100Z-daily"]
    assert [one.folder.name for one in find_backups(folder)] == names
    assert [one.folder.name for one in find_backups(place)] == names
    assert [one.folder.name for one in find_backups(place / names[1])] == names[1:]
    (place / names[0] / "backup.json").write_text("{}")
    assert [one.manifest is None for one in find_backups(folder)] == [True, False]
    assert restore_office(place / names[1], tmp_path / "new") == NOW
    with unlocked(tmp_path / "new") as office:
        assert office.damage() == []


def test_where_there_is_none_it_says_so(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "not there"):
        with pytest.raises(AppError, match="no backup in that folder"):
            find_backups(place)
