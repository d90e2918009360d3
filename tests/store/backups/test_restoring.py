"""An office brought back from a backup: whole, in a new folder, or not at all."""

import shutil
from pathlib import Path

import pytest

from intake_app.core.backups import BackupReason
from intake_app.core.casefile import Person
from intake_app.core.errors import AppError
from intake_app.core.roles import Key
from intake_app.store.backups import restoring
from intake_app.store.backups.files import Backup, BackupDamaged, copy_file
from intake_app.store.backups.making import make_backup
from intake_app.store.backups.restoring import restore_backup
from intake_app.workflows.open_case import open_case
from intake_app.workflows.save_case import save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.offices import fingerprint, new_office, unlocked


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Backup:
    """A backup of an office that is lost."""
    folder = tmp_path_factory.mktemp("restoring") / "office"
    with new_office(folder).office as office:
        case = start_intake(office, NOW).case_id
        save_answer(office, case, Person, None, "surname", "Núñez", NOW)
        backup = make_backup(folder, office.keys[Key.FILE], BackupReason.DAILY, NOW)
    (folder / "office.db").write_bytes(b"lost")
    (folder / "keys.json").unlink()
    return backup


@pytest.mark.parametrize("empty_folder_there", [False, True])
def test_it_opens_as_it_was_and_can_be_worked_in(
    kept: Backup, tmp_path: Path, *, empty_folder_there: bool
) -> None:
    before = fingerprint(kept.folder)
    folder = tmp_path / "deep" / "new office"
    if empty_folder_there:
        folder.mkdir(parents=True)
    assert restore_backup(kept.folder, folder) == NOW
    assert fingerprint(kept.folder) == before
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["new office"]
    with unlocked(folder) as office:
        assert office.notices == (), "nothing was mended: it was whole"
        assert office.damage() == []
        assert open_case(office, 1).one(Person).surname == "Núñez"
        with office.reading() as connection:
            mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        assert mode == "wal", "as safe against a power cut as the first one"
        save_answer(office, 1, Person, None, "surname", "Later", NOW)
    with unlocked(folder) as office:
        assert open_case(office, 1).one(Person).surname == "Later"


@pytest.mark.parametrize("there", ["office.db", "a picture.png"])
def test_nothing_is_ever_put_over_something(kept: Backup, tmp_path: Path, there: str) -> None:
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / there).write_text("mine")
    before = fingerprint(tmp_path)
    with pytest.raises(AppError, match="not empty"):
        restore_backup(kept.folder, folder)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(AppError, match="not empty"):
        restore_backup(kept.folder, tmp_path / "file")
    (tmp_path / "file").unlink()
    assert fingerprint(tmp_path) == before


@pytest.mark.parametrize("name", ["office.db", "keys.json", "backup.json"])
@pytest.mark.parametrize("how", ["changed", "cut", "missing"])
def test_a_damaged_backup_is_not_restored(
    kept: Backup, tmp_path: Path, name: str, how: str
) -> None:
    backup = Path(shutil.copytree(kept.folder, tmp_path / kept.folder.name))
    path = backup / name
    content = path.read_bytes()
    # In the manifest a digit of a hash: what is sealed in it can't be judged without a key.
    at = content.index(b'"office.db": "') + 20 if name == "backup.json" else len(content) // 3
    if how == "missing":
        path.unlink()
    else:
        changed = content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :]
        path.write_bytes(changed if how == "changed" else content[:-1])
    no_backup = name == "backup.json" and how == "missing"
    with pytest.raises(AppError, match="is no backup" if no_backup else "damaged or not whole"):
        restore_backup(backup, tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == [backup.name]


def test_a_copy_that_went_wrong_is_not_kept(
    kept: Backup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copy_wrongly(source: Path, target: Path, _stopped: object) -> None:
        copy_file(source, target)
        with target.open("r+b") as file:
            file.seek(300)
            file.write(b"????")

    monkeypatch.setattr(restoring, "copy_file", copy_wrongly)
    with pytest.raises(BackupDamaged):
        restore_backup(kept.folder, tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_is_one_sentence_and_leaves_nothing(
    kept: Backup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_source: Path, target: Path, _stopped: object) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring, "copy_file", refuse)
    with pytest.raises(AppError, match="could not be copied"):
        restore_backup(kept.folder, tmp_path / "new")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(AppError, match="could not be copied"):
        restore_backup(kept.folder, tmp_path / "file" / "new")


def test_what_an_earlier_restoration_left_is_named(kept: Backup, tmp_path: Path) -> None:
    (tmp_path / "new.part").mkdir()
    with pytest.raises(AppError, match=r"cut off before, and left “new\.part” beside it"):
        restore_backup(kept.folder, tmp_path / "new")
    assert [path.name for path in tmp_path.iterdir()] == ["new.part"]


def test_a_folder_that_is_no_backup_says_so(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="no backup"):
        restore_backup(tmp_path, tmp_path / "new")
