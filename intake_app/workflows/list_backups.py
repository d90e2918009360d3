"""What is known of the backups of an office: the last one, and all that are kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from intake_app.core.roles import Act, may, require
from intake_app.store.backups import record
from intake_app.store.backups.files import Backup
from intake_app.store.backups.record import OWN, InPlace
from intake_app.store.office import Office
from intake_app.workflows.back_up_office import BackupPlan, plan_backup

OLD_AFTER = timedelta(days=3)
"""So old the last sound backup may be before everybody is told."""

SECOND_AFTER = timedelta(days=7)
"""So long the second folder may be away before it is said."""


@dataclass(frozen=True)
class BackupState:
    """last: the newest sound one in the office's own folder. second, reached, proven: the second
    folder, when it last took a backup, and the last drill; known to administrators only.
    """

    last: InPlace | None
    second: Path | None = None
    reached: datetime | None = None
    proven: datetime | None = None

    def is_old(self, now: datetime) -> bool:
        """Whether everybody should hear of it."""
        return self.last is None or now - self.last.made_at > OLD_AFTER

    def second_is_away(self, now: datetime) -> bool:
        """Whether there is no second folder, or it was not reached for a week."""
        return self.second is None or self.reached is None or now - self.reached > SECOND_AFTER


@dataclass(frozen=True)
class PlaceListed:
    """The backups kept in one place, newest first. `there`: whether the folder can be seen."""

    place: str
    folder: Path
    there: bool
    backups: tuple[Backup, ...]


def backup_state(office: Office) -> BackupState:
    """The last backup; for administrators the second folder and the last drill too."""
    with office.reading() as connection:
        last = record.last_sound(connection, OWN)
        if not may(office.member.role, Act.KEEP_BACKUPS):
            return BackupState(last)
        second = record.second_folder(connection)
        reached = record.last_reached(connection, str(second)) if second else None
        return BackupState(last, second, reached, record.last_proven(connection))


def list_backups(office: Office, now: datetime) -> tuple[PlaceListed, ...]:
    """All backups of the office in each place."""
    return look_for_backups(plan_list(office, now))


def plan_list(office: Office, now: datetime) -> BackupPlan:
    """What is needed to look for them, on any thread: a drive may take its time."""
    require(office.member.role, Act.KEEP_BACKUPS)
    return plan_backup(office, now)


def look_for_backups(plan: BackupPlan) -> tuple[PlaceListed, ...]:
    """See `list_backups`."""
    return tuple(
        PlaceListed(name, place, place.is_dir(), plan.backups(place)) for name, place in plan.places
    )
