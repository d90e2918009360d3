"""Acts that copy the office: a backup, a restoration, an export of everything."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from intake_app.core.backups import BackupReason
from intake_app.core.casefile import Person
from intake_app.core.roles import Key
from intake_app.store.backups.files import BACKUPS, backups_in
from intake_app.store.backups.making import manifest_key, verify_backup
from intake_app.workflows.back_up_office import back_up_office
from intake_app.workflows.export_office import export_office
from intake_app.workflows.open_case import open_case
from intake_app.workflows.restore_office import find_backups, restore_office
from intake_app.workflows.save_case import save_answer
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.steps import whole
from tests.conftest import NOW
from tests.faults.act import Act, Say, numbers, office_in, sound
from tests.offices import new_office, proof_of, unlocked

NAME = "Quintanilla"


def some_cases(folder: Path) -> None:
    """An office with a few cases."""
    with new_office(office_in(folder)).office as office:
        for _ in range(3):
            case = start_intake(office, NOW).case_id
            save_answer(office, case, Person, None, "surname", NAME, NOW)


def backed_up(folder: Path) -> None:
    """It, with a backup."""
    some_cases(folder)
    with unlocked(office_in(folder)) as office:
        back_up_office(office, BackupReason.BY_HAND, NOW)


def back_up(folder: Path, say: Say) -> None:
    """Two backups, and an answer saved in between."""
    with unlocked(office_in(folder)) as office:
        for number in (1, 2):
            (place,) = back_up_office(office, BackupReason.BY_HAND, NOW)
            assert not place.fault
            say("backup", number)
            save_answer(office, number, Person, None, "given", "Ana", NOW)
            say("saved", number)


def backups_kept(folder: Path, said: Sequence[str]) -> None:
    """Each acknowledged backup is there, and each that is listed as sound is sound."""
    with sound(folder) as office:
        for number in numbers(said, "saved"):
            assert open_case(office, number).one(Person).given == "Ana"
        key = office.keys[Key.FILE]
        listed = backups_in(office_in(folder) / BACKUPS, manifest_key(key))
        for backup in listed:
            contents = verify_backup(backup.folder, key)
            assert not contents.faults
            assert contents.rows["cases"] == 3
        assert len(listed) >= len(numbers(said, "backup"))
        # The next one is made whatever became of the last.
        (place,) = back_up_office(office, BackupReason.BY_HAND, NOW)
        assert not place.fault


def restore(folder: Path, say: Say) -> None:
    """The backup, in a new folder."""
    (backup,) = find_backups(office_in(folder))
    restore_office(backup.folder, folder / "restored")
    say("restored")


def restored(folder: Path, said: Sequence[str]) -> None:
    """The restored office opens with every case; without one it can be restored again."""
    there = folder / "restored"
    if "restored" not in said:
        # Where it was cut off something may be left, and another folder is chosen.
        there = folder / "once more"
        (backup,) = find_backups(office_in(folder))
        restore_office(backup.folder, there)
    again = folder / "look"
    again.mkdir()
    shutil.copytree(there, office_in(again))
    for place in (folder, again):
        with sound(place) as office:
            assert [open_case(office, one).one(Person).surname for one in (1, 2, 3)] == [NAME] * 3


def export(folder: Path, say: Say) -> None:
    """Everything, into a folder outside."""
    with unlocked(office_in(folder)) as office:
        whole(export_office(office, folder / "outside", proof_of(office), NOW))
        say("exported")


def exported(folder: Path, said: Sequence[str]) -> None:
    """A folder that has the name of an export is a whole one."""
    outside = folder / "outside"
    found = [one for one in outside.glob("*") if not one.name.endswith(".part")]
    assert len(found) == 1 if "exported" in said else len(found) <= 1
    for one in found:
        words = b"".join(path.read_bytes() for path in one.rglob("*.csv"))
        assert words.count(NAME.encode()) >= 3
    sound(folder).close()


COPY_ACTS = (
    Act("backing up", some_cases, back_up, backups_kept),
    Act("restoring", backed_up, restore, restored),
    Act("exporting", some_cases, export, exported),
)
