"""Backups on the disk: names, what they tell nobody, what is noticed and what is taken away."""

import json
import shutil
from pathlib import Path

import pytest

from intake_app.core.casefile import Person
from intake_app.core.errors import AppError
from intake_app.store.backups.files import BACKUPS, BackupDamaged, backups_in, read_backup
from intake_app.store.backups.making import verify_backup
from intake_app.store.office import Office
from intake_app.workflows.save_case import save_answer
from tests.conftest import NOW
from tests.offices import new_office
from tests.soak import how_many
from tests.store.backups.conftest import SURNAME, key_of, left_in, made


def test_nobody_else_may_read_a_backup_and_it_tells_nothing(filled: Office) -> None:
    backup = made(filled)
    for path in (backup.folder.parent, backup.folder, *backup.folder.iterdir()):
        assert path.stat().st_mode & 0o077 == 0, path.name
    for path in backup.folder.iterdir():
        content = path.read_bytes()
        assert SURNAME.encode() not in content
        assert b"protection" not in content, "how many victims there are is a secret too"
    told = json.loads((backup.folder / "backup.json").read_text("utf-8"))
    assert told.keys() == {"format", "version", "made_at", "reason", "sha256", "sealed"}


def test_two_of_one_second_have_two_names(filled: Office) -> None:
    assert made(filled).folder.name == "20261122T171100Z-daily"
    second = made(filled)
    assert second.folder.name == "20261122T171100Z-daily-2"
    assert read_backup(second.folder) is not None


@pytest.mark.parametrize("name", ["office.db", "keys.json", "backup.json"])
def test_one_changed_byte_anywhere_is_noticed(filled: Office, name: str) -> None:
    backup = made(filled)
    path = backup.folder / name
    whole = path.read_bytes()
    places = how_many(6, 300)
    for at in range(0, len(whole), max(len(whole) // places, 1)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(BackupDamaged):
            verify_backup(backup.folder, key_of(filled))
    path.write_bytes(whole[:-1])
    with pytest.raises(BackupDamaged):
        verify_backup(backup.folder, key_of(filled))
    path.write_bytes(whole)
    verify_backup(backup.folder, key_of(filled))


def test_a_manifest_of_another_moment_or_office_is_noticed(filled: Office, tmp_path: Path) -> None:
    first = made(filled)
    save_answer(filled, 1, Person, None, "surname", "Later", NOW)
    second = made(filled)
    shutil.copy(first.folder / "backup.json", second.folder)
    with pytest.raises(BackupDamaged):
        verify_backup(second.folder, key_of(filled))
    with new_office(tmp_path / "other").office as other, pytest.raises(BackupDamaged):
        verify_backup(first.folder, key_of(other))


def test_what_a_crash_left_is_taken_away_by_the_next(filled: Office) -> None:
    place = filled.folder / BACKUPS
    part = place / "20261121T171100Z-daily.part"
    part.mkdir(parents=True)
    (part / "office.db").write_bytes(b"half")
    (place / "notes.part").mkdir()
    assert backups_in(place) == ()
    made(filled)
    assert left_in(place) == ["20261122T171100Z-daily", "notes.part"]


def test_a_disk_that_would_be_full_is_not_filled(
    filled: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = shutil.disk_usage(filled.folder)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: free)
    with pytest.raises(AppError, match="not enough room on the disk"):
        made(filled)
    assert left_in(filled.folder / BACKUPS) == []
