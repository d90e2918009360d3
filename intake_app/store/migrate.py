"""Bringing an office file to the newest schema, or refusing one that is newer.

A backup first; foreign keys off before BEGIN (a rebuilt parent table would else delete its
children); one transaction; foreign keys checked before it is kept.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from intake_app.core.backups import BackupReason
from intake_app.core.errors import AppError, OfficeDamaged, OfficeTooNew
from intake_app.store.backups.making import make_backup
from intake_app.store.history import chain_anew, derive_chain_key
from intake_app.store.revisions import DIGESTS_SINCE, revision_of
from intake_app.store.schema import REVISION
from intake_app.store.transactions import engine_over, transaction


def bring_up_to_date(
    raw: Any,
    folder: Path,
    scripts: Path,
    now: datetime,
    newest: str = REVISION,
    *,
    key: bytes,
) -> bool:
    """Migrate the open database `raw`; return whether there was anything to do.

    `raw` is a driver connection in autocommit mode, `key` the file key. Raises `OfficeTooNew`,
    changing nothing, for a revision this program does not know, and `AppError` or whatever else
    a migration raises, after rolling back.
    """
    current = revision_of(raw)
    if current == newest:
        return False
    if current is None:
        raise OfficeDamaged(
            "The database of this office is empty or damaged. Nothing was changed. "
            "Restore a backup."
        )
    if not current.isdigit() or int(current) > int(newest):
        raise OfficeTooNew(
            "This office was last used with a newer version of Intake Desk. Nothing was changed. "
            "Install the newer version on this computer."
        )
    if not (scripts / "versions").is_dir() or not _knows(scripts, current):
        raise OfficeDamaged(
            "The database of this office says it has a version that never was. Nothing was "
            "changed. Restore a backup."
        )
    _back_up(folder, key, now)
    try:
        upgrade(raw, scripts, newest, derive_chain_key(key) if current < DIGESTS_SINCE else None)
    except SQLAlchemyError as error:
        raise AppError(
            "The office could not be brought to the new version. It was left as it was. Check "
            "that the disk is not full, try again, and then ask the makers of Intake Desk."
        ) from error
    return True


def upgrade(raw: Any, scripts: Path, to: str, chain_key: bytes | None = None) -> None:
    """Run the migrations up to revision `to` in one transaction, or none of them.

    With a `chain_key`, the history is chained anew in it too.
    """
    # Imported here: alembic takes long to load and is needed only on the day of an update.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", scripts.as_posix().replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        with transaction(engine_over(raw), write=True) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, to)
            if chain_key is not None:
                chain_anew(connection, chain_key)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise OfficeDamaged(
                    "The office could not be brought to the new version: some of its records do "
                    "not belong together. It was left as it was. Ask the makers of Intake Desk."
                )
    finally:
        raw.execute("PRAGMA foreign_keys = ON")


def _back_up(folder: Path, key: bytes, now: datetime) -> None:
    try:
        make_backup(folder, key, BackupReason.UPDATE, now)
    except AppError as error:
        raise AppError(
            "This office must be brought to the new version, and its backup can’t be written. "
            "Nothing was changed. Check that the disk is not full, then try again."
        ) from error


def _knows(scripts: Path, revision: str) -> bool:
    return any(path.name.startswith(f"{revision}_") for path in (scripts / "versions").iterdir())
