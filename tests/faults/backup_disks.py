"""Backups on disks that get full in the middle or become write-protected: real file systems.

    python -m tests.faults.backup_disks FOLDER

For root in a mount namespace. FOLDER is an empty folder; what does not hold is an
`AssertionError`.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from intake_app.core.backups import BackupReason
from intake_app.core.casefile import Person
from intake_app.core.errors import AppError
from intake_app.core.roles import Key
from intake_app.store.backups import files, making
from intake_app.store.backups.files import BACKUPS, Backup
from intake_app.store.backups.making import copy_backup, make_backup
from intake_app.store.backups.restoring import restore_backup
from intake_app.store.office import Office
from intake_app.workflows.back_up_office import back_up_office, carry_out, plan_backup
from intake_app.workflows.back_up_office import set_second_folder as choose
from intake_app.workflows.list_backups import backup_state
from intake_app.workflows.open_case import open_case
from intake_app.workflows.save_case import save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.offices import new_office

TMPFS = ("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs")


def main() -> None:
    """One office on a disk of its own, and a second disk."""
    # Slices as small as this office: the disk gets full between two of them.
    making._PAGES, files._SLICE = 8, 32_768
    own, usb = Path(sys.argv[1], "own"), Path(sys.argv[1], "usb")
    for place in (own, usb):
        place.mkdir()
        subprocess.run([*TMPFS, str(place)], check=True)
    with new_office(own / "office").office as office:
        save_answer(office, start_intake(office, NOW).case_id, Person, None, "surname", "A", NOW)
        gets_full(office, own)
        whole = make_backup(office.folder, office.keys[Key.FILE], BackupReason.DAILY, NOW)
        second_gets_full(office, usb, whole)
        restoring_gets_full(usb, whole)
        second_is_write_protected(office, usb, whole)
        own_is_write_protected(office)
        assert office.damage() == []


def refused(work: Callable[[], object], words: str) -> None:
    """The disk refuses, in a sentence."""
    try:
        work()
    except AppError as error:
        assert words in error.sentence, error.sentence
    else:
        raise AssertionError("nothing was refused")


def fill(disk: Path) -> Path:
    """Use up the last byte of a disk."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(65_536)):
            pass
    return ballast


def after(asked: int, disk: Path) -> Callable[[], bool]:
    """What a backup asks between two slices; the disk is full from the so manieth time on."""
    left = [asked]

    def full() -> bool:
        left[0] -= 1
        if left[0] == 0:
            fill(disk)
        return False

    return full


def names(place: Path) -> list[str]:
    """What there is but the ballast."""
    return sorted(path.name for path in place.iterdir() if path.name != "ballast")


def saves(office: Office, surname: str) -> None:
    """The office works."""
    save_answer(office, 1, Person, None, "surname", surname, NOW)
    assert open_case(office, 1).one(Person).surname == surname


def gets_full(office: Office, disk: Path) -> None:
    """In the middle of the copy, wherever: nothing is left, and there is room for a save again."""
    key = office.keys[Key.FILE]
    for asked in (1, 2, 4, 8):
        stopped = after(asked, disk)
        work = partial(make_backup, office.folder, key, BackupReason.BY_HAND, NOW, stopped)
        refused(work, "could not be written")
        assert names(office.folder / BACKUPS) == []
        saves(office, f"Full {asked}")  # in the room that what was begun took
        (disk / "ballast").unlink()
    saves(office, "Healed")


def second_gets_full(office: Office, disk: Path, whole: Backup) -> None:
    """The copy is not kept, and the backup in the office’s folder stays."""
    for asked in (1, 3, 6):
        work = partial(copy_backup, whole, disk, office.keys[Key.FILE], after(asked, disk))
        refused(work, "could not be written")
        assert names(disk) == []
        (disk / "ballast").unlink()
    assert copy_backup(whole, disk, office.keys[Key.FILE]).sound


def restoring_gets_full(disk: Path, whole: Backup) -> None:
    """With hardly any room, and with some but too little: no folder that looks like an office."""
    before = names(disk)
    ballast = fill(disk)
    refused(partial(restore_backup, whole.folder, disk / "new"), "not enough room")
    asks_for_room = files._SPARE
    files._SPARE = -1_000_000_000  # as if the room went while it was copied
    try:
        os.truncate(ballast, ballast.stat().st_size - 65_536)
        refused(partial(restore_backup, whole.folder, disk / "new"), "could not be copied")
    finally:
        files._SPARE = asks_for_room
    assert names(disk) == before
    ballast.unlink()


@contextmanager
def write_protected(disk: Path) -> Iterator[None]:
    """A disk nothing can be written to."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    yield
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)


def second_is_write_protected(office: Office, disk: Path, whole: Backup) -> None:
    """It is told, and the backup of the day is there; when it can be written it is caught up."""
    with write_protected(disk):
        refused(partial(choose, office, disk, NOW), "Nothing can be written")
        refused(partial(restore_backup, whole.folder, disk / "new"), "could not be copied")
    second = choose(office, disk, NOW).folder
    with write_protected(disk):
        (place, copied) = back_up_office(office, BackupReason.BY_HAND, NOW)
        assert place.fault == ""
        assert "could not be written" in copied.fault
        assert backup_state(office).reached is None
        saves(office, "Meanwhile")
    assert names(second) == []
    (place, copied) = carry_out(plan_backup(office, NOW), BackupReason.DAILY, only_if_due=True)
    assert (place.fault, copied.fault) == ("", "")
    assert names(second) == [copied.name]


def own_is_write_protected(office: Office) -> None:
    """No backup, a sentence, and all that was there is there still; the office works."""
    place = office.folder / BACKUPS
    before = names(place)
    # Only the folder of backups: as where somebody took its rights away.
    subprocess.run(["mount", "--bind", str(place), str(place)], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", str(place)], check=True)
    refused(partial(back_up_office, office, BackupReason.BY_HAND, NOW), "could not be written")
    saves(office, "Still")
    subprocess.run(["umount", str(place)], check=True)
    assert names(place) == before


if __name__ == "__main__":
    main()
