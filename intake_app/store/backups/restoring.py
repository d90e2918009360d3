"""Making an office folder from a backup. Its files are copied as they are: no key is needed."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from intake_app.core.errors import AppError
from intake_app.store.backups.files import (
    DAMAGED,
    MANIFEST,
    BackupDamaged,
    Manifest,
    compare_files,
    copy_file,
    go_on,
    require_room,
    take_away,
)
from intake_app.store.disk import flush
from intake_app.store.keyring import KEY_FILE, KEY_FILES
from intake_app.store.office_file import DATABASE

_NOT_EMPTY = (
    "That folder is not empty. A backup is never put over something: choose a new folder for it."
)
_CUT_OFF = (
    "A restoration into that folder was cut off before, and left “{}” beside it. Delete that, or "
    "choose another folder."
)
_NOT_RESTORED = (
    "The backup could not be copied there. Nothing half-made was kept. Check that the disk is "
    "there, not full and not write-protected, or choose another folder."
)


def restore_backup(backup: Path, folder: Path, stopped: Callable[[], bool] = go_on) -> datetime:
    """See `workflows.restore_office`."""
    backup, folder = backup.absolute(), folder.absolute()
    if not (backup / MANIFEST).is_file():
        raise AppError(
            "That folder is no backup. Choose the folder of one backup; its name begins with the "
            "day it was made."
        )
    manifest = Manifest.read(backup)
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise AppError(_NOT_EMPTY)
        compare_files(backup, manifest, stopped)
        _copy(backup, folder, manifest, stopped)
    except OSError as error:
        raise AppError(_NOT_RESTORED) from error
    return manifest.made_at


def _copy(backup: Path, folder: Path, manifest: Manifest, stopped: Callable[[], bool]) -> None:
    """Under another name first; whoever loses power finds no folder that looks like an office."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = folder.with_name(f"{folder.name}.part")
    if part.exists():
        raise AppError(_CUT_OFF.format(part.name))
    require_room(folder.parent, (backup / DATABASE).stat().st_size)
    try:
        part.mkdir(mode=0o700)
        copy_file(backup / DATABASE, part / DATABASE, stopped)
        for name in KEY_FILES:
            copy_file(backup / KEY_FILE, part / name, stopped)
        compare_files(part, manifest, stopped)
        flush(part)
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
        flush(folder.parent)
    except BackupDamaged as error:
        take_away(part)
        raise BackupDamaged(DAMAGED) from error
    except BaseException:
        take_away(part)
        raise
