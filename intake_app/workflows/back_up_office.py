"""Back an office up: into its own folder of backups and, where one is set, to a second folder.

    plan = plan_backup(office, now)                  # where the office is open
    places = carry_out(plan, BackupReason.DAILY)     # on any thread; no save waits for it
    keep_backup(office, places, now)                 # where the office is open

`back_up_office` does the three in turn.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from intake_app import paths
from intake_app.core.backups import BackupReason
from intake_app.core.errors import AppError
from intake_app.core.roles import Act, Key, require
from intake_app.store.backups import record
from intake_app.store.backups.files import (
    BACKUPS,
    Backup,
    BackupDamaged,
    BackupStopped,
    backups_in,
    take_away_parts,
)
from intake_app.store.backups.making import (
    adopt_lone_files,
    copy_backup,
    make_backup,
    manifest_key,
    thin,
)
from intake_app.store.backups.purges import due_in, purge_backup
from intake_app.store.backups.record import OWN, InPlace
from intake_app.store.beside import Beside
from intake_app.store.office import Office
from intake_app.store.retention.purging import Purge, purges_since

NOT_THERE = (
    "The second folder for backups is not there. Connect the drive; the backup is copied as soon "
    "as it is back."
)

_OFFICE_FAULTY = "Something is wrong in the office file: {} Run the check of the file."
_NOT_PURGED = (
    "Records that were destroyed are still in the old backup {}. {} It is tried again each day."
)
_NOT_PURGED_DAMAGED = (
    "The old backup {} is damaged, and records that were destroyed may still be in it. Delete that "
    "folder."
)

_SECOND = "Intake Desk backups"
"""Made once in the chosen folder. Where a drive is not mounted its folder is often there, empty:
without this one in it nothing is written there."""


@dataclass(frozen=True)
class BackupPlan:
    """All that a backup needs of an open office."""

    folder: Path
    zone: str
    second: Path | None
    purges: tuple[Purge, ...]
    now: datetime
    key: bytes = field(repr=False)
    beside: Beside = field(repr=False)

    @property
    def places(self) -> tuple[tuple[str, Path], ...]:
        """Where backups of this office are: what the place is called, and its folder."""
        own = (OWN, self.folder / BACKUPS)
        return (own,) if self.second is None else (own, (str(self.second), self.second))

    def backups(self, place: Path) -> tuple[Backup, ...]:
        """The readable backups of this office in a place, newest first."""
        return backups_in(place, manifest_key(self.key))


def back_up_office(office: Office, reason: BackupReason, now: datetime) -> tuple[InPlace, ...]:
    """Make a backup and say what became of it in each place, the office's own folder first.

    Raises `AppError` where there is no backup in the office's own folder. A second folder that
    can't be reached is no error: its fault is told.
    """
    if reason is BackupReason.BY_HAND:
        require(office.member.role, Act.KEEP_BACKUPS)
    places = carry_out(plan_backup(office, now), reason)
    keep_backup(office, places, now)
    return places


def plan_backup(office: Office, now: datetime) -> BackupPlan:
    """What is to be done; every member may, for every member loses by a lost file."""
    with office.reading() as connection:
        second = record.second_folder(connection)
        purges = purges_since(connection)
    key = office.keys[Key.FILE]
    return BackupPlan(office.folder, office.profile.zone, second, purges, now, key, office.beside)


def carry_out(
    plan: BackupPlan, reason: BackupReason, *, only_if_due: bool = False
) -> tuple[InPlace, ...]:
    """Make the backup, copy it to the second folder, destroy in older ones, and thin them out.

    With `only_if_due` none is made where there is one of today; what else is left to do is done
    (a drive may have come back). Raises `AppError` as `back_up_office` does.
    """
    with plan.beside.working() as stopped:
        adopt_lone_files(plan.folder, plan.key, stopped)
        backup = _of_today(plan) if only_if_due else None
        if backup is None:
            backup = make_backup(plan.folder, plan.key, reason, plan.now, stopped)
        found = [_verified(OWN, backup)]
        if plan.second is not None:
            found.append(_in_second(plan, plan.second, backup, stopped))
        found += _purged(plan, stopped)
        for _name, place in plan.places:
            thin(place, plan.key, plan.now)
        return tuple(found)


def keep_backup(office: Office, places: tuple[InPlace, ...], now: datetime) -> None:
    """Write down what became of the backup in each place."""
    with office.writing() as connection:
        for found in places:
            record.keep_in_place(connection, found, now)


@dataclass(frozen=True)
class SecondFolder:
    """Where backups are copied to. same_disk: a broken disk would take them with the office."""

    folder: Path
    same_disk: bool


def set_second_folder(office: Office, chosen: Path, now: datetime) -> SecondFolder:
    """Choose where each backup is copied to as well: into a folder of its own in `chosen`.

    Raises `NotAllowed`, or `AppError` where it is in the office's folder or can't be written.
    """
    require(office.member.role, Act.KEEP_BACKUPS)
    folder = _made_second(office.folder, chosen)
    record.set_second_folder(office, folder, now)
    return SecondFolder(folder, folder.stat().st_dev == office.folder.stat().st_dev)


def _made_second(office: Path, chosen: Path) -> Path:
    chosen = chosen.expanduser().absolute()
    if office.resolve() in (chosen.resolve(), *chosen.resolve().parents):
        raise AppError(
            "That folder is in the folder of the office: whatever happens to one happens to both. "
            "Choose a folder on another disk."
        )
    folder = chosen if chosen.name == _SECOND else chosen / _SECOND
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        tried = folder / ".written"
        tried.write_bytes(b"")
        tried.unlink()
    except OSError as error:
        raise AppError(
            "Nothing can be written in that folder. Choose another one, on a disk that is there "
            "and not write-protected."
        ) from error
    return folder


def _of_today(plan: BackupPlan) -> Backup | None:
    newest = next(iter(plan.backups(plan.folder / BACKUPS)), None)
    if newest is None or _day(newest.made_at, plan) != _day(plan.now, plan):
        return None
    return newest


def _day(moment: datetime, plan: BackupPlan) -> date:
    return moment.astimezone(ZoneInfo(plan.zone)).date()


def _in_second(
    plan: BackupPlan, second: Path, backup: Backup, stopped: Callable[[], bool]
) -> InPlace:
    if not second.is_dir():
        return _failed(str(second), backup, NOT_THERE)
    take_away_parts(second, plan.now)
    there = {one.folder.name for one in plan.backups(second)}
    if backup.folder.name in there:
        return _verified(str(second), backup)
    try:
        copied = copy_backup(backup, second, plan.key, stopped)
    except BackupStopped:
        raise
    except AppError as error:
        fault = f"There is no copy of it in the second folder. {error.sentence}"
        return _failed(str(second), backup, fault)
    return _verified(str(second), copied)


def _purged(plan: BackupPlan, stopped: Callable[[], bool]) -> Iterator[InPlace]:
    """What retention destroyed goes in older backups as well; tell where it could not."""
    for name, place in plan.places:
        for backup in plan.backups(place):
            due = due_in(backup, plan.purges, plan.now)
            if not due:
                continue
            try:
                purge_backup(backup, plan.key, due, paths.db_folder(), stopped)
            except BackupStopped:
                raise
            except BackupDamaged:
                yield _failed(name, backup, _NOT_PURGED_DAMAGED.format(backup.folder))
            except AppError as error:
                yield _failed(name, backup, _NOT_PURGED.format(backup.folder, error.sentence))


def _verified(place: str, backup: Backup) -> InPlace:
    faults = backup.contents.faults if backup.contents else ()
    fault = _OFFICE_FAULTY.format(" ".join(faults)) if faults else ""
    return InPlace(place, backup.folder.name, backup.made_at, backup.reason, fault)


def _failed(place: str, backup: Backup, sentence: str) -> InPlace:
    return InPlace(place, backup.folder.name, backup.made_at, backup.reason, sentence)
