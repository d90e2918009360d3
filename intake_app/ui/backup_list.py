"""The list of the backups that are kept: when, why, and in which places."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QGridLayout, QWidget

from intake_app.core.answers import show_date
from intake_app.core.partial_date import PartialDate
from intake_app.store.backups.files import Backup
from intake_app.store.backups.record import OWN
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Pill, Words, dp
from intake_app.workflows.list_backups import PlaceListed


class BackupList(QWidget):
    """One line for each backup, the newest on top."""

    def __init__(self, places: tuple[PlaceListed, ...], zone: str) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(dp(18))
        grid.setVerticalSpacing(dp(5))
        heads = ["Made", "Why", *(place_words(one.place) for one in places)]
        for column, words in enumerate(heads):
            grid.addWidget(Words(words, "column"), 0, column)
        grid.setColumnStretch(len(heads), 1)
        kept = [{backup.folder.name: backup for backup in one.backups} for one in places]
        newest = {name: backup for names in reversed(kept) for name, backup in names.items()}
        ordered = sorted(newest.values(), key=lambda one: (one.made_at, one.folder.name))
        for row, backup in enumerate(reversed(ordered), start=1):
            grid.addWidget(Words(moment_words(backup.made_at, zone)), row, 0)
            grid.addWidget(Words(backup.reason.words, "quiet"), row, 1)
            for column, (one, names) in enumerate(zip(places, kept, strict=True), start=2):
                words, tone = _state(one, names.get(backup.folder.name))
                grid.addWidget(Pill(words, tone) if tone else Words(words, "quiet"), row, column)


def place_words(place: str) -> str:
    """What a place is called."""
    return "With the office" if place == OWN else "Second folder"


def moment_words(moment: datetime, zone: str | None = None) -> str:
    """A moment on the clock of the office, else of this computer: 22 Nov 2026, 12:11."""
    here = moment.astimezone(ZoneInfo(zone) if zone else None)
    return f"{show_date(PartialDate.of(here.date()))}, {here:%H:%M}"


def _state(place: PlaceListed, backup: Backup | None) -> tuple[str, Tone | None]:
    if backup is not None:
        return ("Good", Tone.GOOD) if backup.sound else ("Has faults", Tone.BAD)
    return ("–", None) if place.there else ("not there now", None)
