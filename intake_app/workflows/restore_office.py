"""Bring an office back from a backup, into a new folder; no passphrase is needed for that."""

from datetime import datetime
from pathlib import Path

from intake_app.core.errors import AppError
from intake_app.store.backups.files import BACKUPS, Backup, backups_in, read_backup
from intake_app.store.backups.restoring import restore_backup


def find_backups(chosen: Path) -> tuple[Backup, ...]:
    """The backups in a folder, newest first: an office's, a folder of backups, or one backup.

    Damaged ones are among them, without a manifest. Raises `AppError` where there is none.
    """
    one = read_backup(chosen)
    found = (one,) if one else backups_in(chosen / BACKUPS) or backups_in(chosen)
    if not found:
        raise AppError(
            "There is no backup in that folder. Choose the folder of your office, or the folder "
            "“Intake Desk backups” on the second disk."
        )
    return found


def restore_office(backup: Path, folder: Path) -> datetime:
    """Make an office from a backup in a new or empty folder; return when the backup was made.

    Both files are compared with what was written, before and after copying; the passphrases are
    those of the day of the backup. Raises `AppError`, with nothing left in `folder`.
    """
    return restore_backup(backup, folder)
