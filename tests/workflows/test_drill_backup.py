"""A drill proves what it says, and finds what a look at the files would not."""

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import chain, repeat
from pathlib import Path

import pytest

from intake_app import paths
from intake_app.core.backups import BackupReason
from intake_app.core.casefile import Person
from intake_app.core.errors import NotAllowed
from intake_app.core.roles import Key, Role
from intake_app.store.backups import making
from intake_app.store.backups.files import (
    BACKUPS,
    BackupStopped,
    Manifest,
    backups_in,
    digest_of,
)
from intake_app.store.backups.making import manifest_key
from intake_app.store.backups.proving import prove
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.store.office import Office
from intake_app.workflows.add_document import add_document
from intake_app.workflows.back_up_office import back_up_office, set_second_folder
from intake_app.workflows.drill_backup import NO_BACKUP, drill_backup, plan_drill
from intake_app.workflows.list_backups import backup_state
from intake_app.workflows.make_demo import make_demo
from intake_app.workflows.manage_members import change_passphrase
from intake_app.workflows.save_case import save_answer
from intake_app.workflows.steps import whole
from intake_app.workflows.take_file import take_file
from intake_app.workflows.unlock_office import unlock_office
from tests.conftest import NOW
from tests.offices import fingerprint, raw_file, raw_office
from tests.papers import png
from tests.soak import how_many

HOUR = timedelta(hours=1)
CASES = how_many(8, 25)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A closed office of invented people with letters, and the passphrases."""
    folder = tmp_path_factory.mktemp("drill") / "office"
    demo = make_demo(folder, NOW, cases=CASES, cost=OWASP_MINIMUM)
    return folder, demo.passphrases


@pytest.fixture
def office(kept: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[Office]:
    """A copy of it, open."""
    folder = Path(shutil.copytree(kept[0], tmp_path / "office"))
    with unlock_office(folder, "administrator", kept[1]["administrator"], NOW) as opened:
        yield opened


def test_everything_in_every_place_is_brought_back_and_opened(
    office: Office, tmp_path: Path
) -> None:
    (tmp_path / "usb").mkdir()
    set_second_folder(office, tmp_path / "usb", NOW)
    back_up_office(office, BackupReason.BY_HAND, NOW)
    before = fingerprint(office.folder / BACKUPS) | fingerprint(tmp_path / "usb")
    own, second = drill_backup(office, NOW)
    for one in (own, second):
        assert one.proof is not None, one.fault
        assert one.proof.cases == CASES
        assert one.proof.values > CASES * 60
        assert one.proof.same_passphrase
        assert f"all {CASES} cases" in one.proof.words
    after = fingerprint(office.folder / BACKUPS) | fingerprint(tmp_path / "usb")
    assert after == before, "the copy is taken away again"
    assert backup_state(office).proven == NOW
    assert office.damage() == []


def test_a_value_nobody_can_open_is_found(office: Office) -> None:
    """The file is sound and the counts are right, but one sealed answer is garbage."""
    with raw_office(office.folder, office.keys[Key.FILE]) as raw:
        raw.execute("UPDATE person SET surname = ? WHERE id = 3", (b"\x01" + os.urandom(60),))
    back_up_office(office, BackupReason.BY_HAND, NOW)
    (own,) = drill_backup(office, NOW)
    assert own.proof is None
    assert "sealed answer" in own.fault
    assert backup_state(office).proven is None


def test_a_document_nobody_can_open_is_found(office: Office, tmp_path: Path) -> None:
    (tmp_path / "scan.png").write_bytes(png(40, 40))
    taken = take_file(tmp_path / "scan.png", lambda: False)
    whole(add_document(office, 1, taken, None, NOW))
    back_up_office(office, BackupReason.BY_HAND, NOW)
    (own,) = drill_backup(office, NOW)
    assert own.proof is not None, own.fault
    assert own.proof.pages == 1
    with office.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE document_parts SET sealed = x'01' || randomblob(length(sealed) - 1)"
        )
    back_up_office(office, BackupReason.BY_HAND, NOW + HOUR)
    (own,) = drill_backup(office, NOW + HOUR)
    assert own.proof is None
    assert own.fault != ""


def test_a_backup_that_never_held_everything_is_found(office: Office) -> None:
    """Its files are as they were written, and sound; but rows that were there are not in it."""
    key = office.keys[Key.FILE]
    back_up_office(office, BackupReason.BY_HAND, NOW)
    (backup,) = backups_in(office.folder / BACKUPS, manifest_key(key))
    assert backup.manifest is not None
    assert backup.contents is not None
    with raw_file(backup.folder / "office.db", key) as raw:
        raw.execute("DELETE FROM charge WHERE id = 1")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    found = {name: digest_of(backup.folder / name) for name in backup.manifest.sha256}
    forged = Manifest(NOW, BackupReason.BY_HAND, found).seal(manifest_key(key), backup.contents)
    (backup.folder / "backup.json").write_bytes(forged.to_bytes())
    (own,) = drill_backup(office, NOW)
    assert own.proof is None
    assert "damaged or not whole" in own.fault


def test_a_damaged_backup_is_found(office: Office) -> None:
    back_up_office(office, BackupReason.BY_HAND, NOW)
    path = office.folder / BACKUPS / "20261122T171100Z-by-hand" / "office.db"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    (own,) = drill_backup(office, NOW)
    assert own.proof is None
    assert "damaged" in own.fault
    assert backup_state(office).proven is None


def test_a_history_that_was_cut_is_found(office: Office) -> None:
    with raw_office(office.folder, office.keys[Key.FILE]) as raw:
        raw.execute("DELETE FROM history WHERE seq = 5")
    back_up_office(office, BackupReason.BY_HAND, NOW)
    (own,) = drill_backup(office, NOW)
    assert own.proof is None
    assert "history" in own.fault


def test_an_older_passphrase_is_told(office: Office, kept: tuple[Path, dict[str, str]]) -> None:
    back_up_office(office, BackupReason.BY_HAND, NOW)
    change_passphrase(office, kept[1]["administrator"], "another long passphrase", NOW)
    (own,) = drill_backup(office, NOW)
    assert own.proof is not None
    assert not own.proof.same_passphrase
    assert "passphrase of that day" in own.proof.words


def test_with_nothing_there_nothing_is_proven(office: Office) -> None:
    (own,) = drill_backup(office, NOW)
    assert (own.proof, own.fault) == (None, NO_BACKUP)
    assert backup_state(office).proven is None


def test_stopped_at_any_moment_it_leaves_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever locks the office does not wait for a drill."""
    monkeypatch.setattr(making, "_STEPS", 2_000)
    back_up_office(office, BackupReason.BY_HAND, NOW)
    key = office.keys[Key.FILE]
    (backup,) = backups_in(office.folder / BACKUPS, manifest_key(key))
    asked = checking = 0
    damage = Office.damage

    def count() -> bool:
        nonlocal asked
        asked += 1
        return False

    def look(copy: Office) -> list[str]:
        nonlocal checking
        before = asked
        found = damage(copy)
        checking = before + (asked - before) // 2
        assert asked > before
        return found

    monkeypatch.setattr(Office, "damage", look)
    prove(backup, office, key, paths.db_folder(), NOW, count)
    monkeypatch.setattr(Office, "damage", damage)
    for many in (0, checking, asked - 1):
        stop = partial(next, chain(repeat(False, many), repeat(True)))
        with pytest.raises(BackupStopped):
            prove(backup, office, key, paths.db_folder(), NOW, stop)
        assert [path.name for path in (office.folder / BACKUPS).iterdir()] == [backup.folder.name]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_drills(
    kept: tuple[Path, dict[str, str]], tmp_path: Path, role: Role
) -> None:
    folder = Path(shutil.copytree(kept[0], tmp_path / "office"))
    with unlock_office(folder, role.value, kept[1][role.value], NOW) as opened:
        with pytest.raises(NotAllowed):
            plan_drill(opened, NOW)
        with pytest.raises(NotAllowed):
            drill_backup(opened, NOW)


def test_the_drill_knows_who_was_there(office: Office) -> None:
    """Work after the backup is not in it, and is not said to be."""
    back_up_office(office, BackupReason.BY_HAND, NOW)
    save_answer(office, 1, Person, None, "surname", "Later", NOW)
    (own,) = drill_backup(office, NOW)
    assert own.proof is not None
    with office.reading() as connection:
        newest = connection.exec_driver_sql("SELECT max(seq) FROM history").scalar_one()
    assert own.proof.newest_entry < newest
