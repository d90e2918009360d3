"""Why a backup is made, and which of many are kept."""

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class BackupReason(StrEnum):
    """Why a backup was made; the value stands in the name of its folder."""

    DAILY = "daily"
    UPDATE = "update"
    IMPORT = "import"
    RETENTION = "retention"
    BY_HAND = "by-hand"

    @property
    def words(self) -> str:
        """As it is said to people."""
        return _WORDS[self]


_WORDS = {
    BackupReason.DAILY: "each day",
    BackupReason.UPDATE: "before an update",
    BackupReason.IMPORT: "before an import",
    BackupReason.RETENTION: "before records were destroyed",
    BackupReason.BY_HAND: "by hand",
}

KEPT = 30
"""Backups kept in each place, beside those made before something big."""

_BEFORE_SOMETHING = (BackupReason.UPDATE, BackupReason.IMPORT, BackupReason.RETENTION)
_KEPT_FOR = timedelta(days=30)
_RECENT = timedelta(days=3)
_RECENT_KEPT, _DAYS, _WEEKS = 12, 7, 5


@dataclass(frozen=True)
class Dated:
    """One backup, as far as it matters for keeping: `sound` is whether nothing was found wrong."""

    name: str
    made_at: datetime
    reason: BackupReason
    sound: bool = True


def to_take_away(backups: Iterable[Dated], now: datetime) -> tuple[str, ...]:
    """The names of those that need not be kept any more, oldest first.

    Kept are `KEPT`: the newest of the last three days, then the last of each day, of each week
    and of each month. Those made before an update, an import or a retention run are kept for at
    least 30 days beside, and the last sound one is kept whatever it is.
    """
    newest = sorted(backups, key=lambda backup: (backup.made_at, backup.name), reverse=True)
    kept = {backup.name for backup in newest if _is_guard(backup, now)}
    kept.update(backup.name for backup in [one for one in newest if one.sound][:1])
    others = [backup for backup in newest if not _is_guard(backup, now)]
    recent = [backup for backup in others if now - backup.made_at < _RECENT][:_RECENT_KEPT]
    chosen = {backup.name for backup in recent}
    for most, period in ((_DAYS, _day), (_WEEKS, _week), (KEPT, _month)):
        last: dict[Hashable, Dated] = {}
        for backup in others:
            last.setdefault(period(backup), backup)
        for backup in others:
            if backup.name in chosen:
                last.pop(period(backup), None)
        room = min(most, KEPT - len(chosen))
        chosen.update(backup.name for backup in list(last.values())[:room])
    return _without(newest, kept | chosen)


def _without(newest: list[Dated], kept: Collection[str]) -> tuple[str, ...]:
    return tuple(backup.name for backup in reversed(newest) if backup.name not in kept)


def _is_guard(backup: Dated, now: datetime) -> bool:
    return backup.reason in _BEFORE_SOMETHING and now - backup.made_at < _KEPT_FOR


def _day(backup: Dated) -> Hashable:
    return backup.made_at.date()


def _week(backup: Dated) -> Hashable:
    return backup.made_at.isocalendar()[:2]


def _month(backup: Dated) -> Hashable:
    return (backup.made_at.year, backup.made_at.month)
