"""What was destroyed in the office is destroyed in its backups too, when its time is up there."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from intake_app.store.backups.files import Backup, go_on
from intake_app.store.backups.making import rewrite_backup
from intake_app.store.history import derive_chain_key
from intake_app.store.migrate import upgrade
from intake_app.store.retention.purging import IN_BACKUPS, Purge, destroy
from intake_app.store.revisions import DIGESTS_SINCE, revision_of
from intake_app.store.schema import REVISION
from intake_app.store.transactions import engine_over, transaction


def due_in(backup: Backup, purges: Sequence[Purge], now: datetime) -> tuple[Purge, ...]:
    """The purges a backup has not been through and should have been."""
    if backup.contents is None:
        return ()
    through = {datetime.fromisoformat(at) for at in backup.contents.purges}
    return tuple(one for one in purges if one.at not in through and now - one.at > IN_BACKUPS)


def purge_backup(
    backup: Backup,
    key: bytes,
    purges: Sequence[Purge],
    scripts: Path,
    stopped: Callable[[], bool] = go_on,
) -> None:
    """Put a backup in the place of this one that has been through `purges`.

    One of an older revision is brought to the newest first. Raises `AppError`, leaving it as it
    was.
    """
    rewrite_backup(backup, key, partial(_purge, key, purges, scripts), stopped)


def _purge(key: bytes, purges: Sequence[Purge], scripts: Path, raw: Any) -> None:
    chain_key = derive_chain_key(key)
    revision = revision_of(raw) or ""
    if revision < REVISION:
        upgrade(raw, scripts, REVISION, chain_key if revision < DIGESTS_SINCE else None)
    with transaction(engine_over(raw), write=True) as connection:
        for purge in purges:
            destroy(connection, chain_key, purge)
