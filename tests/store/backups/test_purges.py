"""What retention destroyed is destroyed in the backups too, 30 days later, wherever they are."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from intake_app import paths
from intake_app.core.backups import BackupReason
from intake_app.core.roles import Key
from intake_app.core.vocabulary import PurgePart
from intake_app.store.backups.files import BACKUPS, backups_in
from intake_app.store.backups.making import manifest_key, verify_backup
from intake_app.store.office import Office
from intake_app.store.retention.purging import Destroyed, Purge, destroy
from intake_app.workflows.back_up_office import back_up_office, set_second_folder
from intake_app.workflows.drill_backup import drill_backup
from tests.conftest import NOW, PASSPHRASE
from tests.offices import raw_file

DAY = timedelta(days=1)


def opened(folder: Path) -> Office:
    return Office.open(folder, "administrator", PASSPHRASE, scripts=paths.db_folder(), now=NOW)


def sealed_values(raw: Any) -> list[bytes]:
    """All that is sealed of the person and in the history of case 1."""
    found = [
        *raw.execute("SELECT * FROM person WHERE case_id = 1"),
        *raw.execute("SELECT before, after FROM history WHERE case_id = 1"),
    ]
    return [value for row in found for value in row if isinstance(value, bytes) and value[0] == 1]


@pytest.fixture
def office(tmp_path: Path) -> Any:
    """An office that came from revision 0004, with a backup of before in two places."""
    released = Path(__file__).parents[2] / "released" / "0004"
    folder = Path(shutil.copytree(released, tmp_path / "office"))
    (tmp_path / "usb").mkdir()
    with opened(folder) as made:
        set_second_folder(made, tmp_path / "usb", NOW)
        back_up_office(made, BackupReason.BY_HAND, NOW)
        # The one from before the update too: it has the schema of that day.
        update = next(path for path in (folder / BACKUPS).iterdir() if "update" in path.name)
        second = tmp_path / "usb" / "Intake Desk backups"
        shutil.copytree(update, second / update.name)
        yield made


def places(office: Office) -> list[Path]:
    return [office.folder / BACKUPS, office.folder.parent / "usb" / "Intake Desk backups"]


def test_after_thirty_days_no_backup_holds_what_was_destroyed(office: Office) -> None:
    key = office.keys[Key.FILE]
    why = "The office’s rule"
    purge = Purge(
        1, NOW + DAY, office.member.id, "A. Ruiz",
        (Destroyed(1, "2026-0001", (PurgePart.WHOLE,), why),),
    )  # fmt: skip
    with office.writing() as connection:
        destroy(connection, office.chain_key, purge)

    def holding() -> list[int]:
        found = []
        for place in places(office):
            for backup in backups_in(place, manifest_key(key)):
                if backup.made_at > NOW:
                    continue
                with raw_file(backup.folder / "office.db", key) as raw:
                    found.append(len(sealed_values(raw)))
        return found

    back_up_office(office, BackupReason.DAILY, NOW + 20 * DAY)
    before = holding()
    assert len(before) == 4
    assert all(many > 20 for many in before), "a mistake can still be undone"
    back_up_office(office, BackupReason.DAILY, NOW + 32 * DAY)
    # Those thinned out since are gone whole.
    after = holding()
    assert len(after) >= 2
    assert set(after) == {0}

    def old() -> list[Path]:
        found = [one for place in places(office) for one in backups_in(place, manifest_key(key))]
        return [one.folder for one in found if one.made_at <= NOW]

    once = old()
    back_up_office(office, BackupReason.DAILY, NOW + 33 * DAY)
    assert old() == once, "what went through it is not written again each day"
    revisions = {
        verify_backup(backup.folder, key).revision
        for place in places(office)
        for backup in backups_in(place, manifest_key(key))
    }
    assert revisions == {"0005"}
    for one in drill_backup(office, NOW + 32 * DAY):
        assert one.proof is not None, one.fault


def test_a_backup_on_a_drive_that_was_away_is_done_when_it_is_back(office: Office) -> None:
    key = office.keys[Key.FILE]
    purge = Purge(
        1, NOW + DAY, office.member.id, "A. Ruiz",
        (Destroyed(1, "2026-0001", (PurgePart.WHOLE,), "The office’s rule"),),
    )  # fmt: skip
    with office.writing() as connection:
        destroy(connection, office.chain_key, purge)
    drive = office.folder.parent / "usb"
    away = drive.rename(drive.with_name("unplugged"))
    back_up_office(office, BackupReason.DAILY, NOW + 40 * DAY)
    away.rename(drive)
    second = places(office)[1]

    def holding() -> set[int]:
        found = set()
        for backup in backups_in(second, manifest_key(key)):
            with raw_file(backup.folder / "office.db", key) as raw:
                found.add(len(sealed_values(raw)))
        return found

    assert min(holding()) > 20
    # One that can't be changed any more is named, and the others are done.
    (old, *_more) = backups_in(second, manifest_key(key))
    broken = Path(shutil.copytree(old.folder, old.folder.with_name("20261120T171100Z-by-hand")))
    with (broken / "office.db").open("r+b") as file:
        file.write(b"damaged")
    told = back_up_office(office, BackupReason.DAILY, NOW + 41 * DAY)
    assert [one.fault for one in told if one.fault] == [
        f"The old backup {broken} is damaged, and records that were destroyed may still be in it. "
        "Delete that folder."
    ]
    shutil.rmtree(broken, ignore_errors=True)
    assert holding() == {0}
