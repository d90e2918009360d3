"""The commands about backups: make one, list them, prove them, bring an office back."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intake_app.cli.terminal import now, say, tell, unlocked

if TYPE_CHECKING:
    from intake_app.store.backups.files import Backup
    from intake_app.store.backups.proving import Proof

Command = Callable[..., argparse.ArgumentParser]


def add_commands(command: Command) -> None:
    """Add these commands to the parser."""
    command("backup", "back the office up, to its second folder too")
    command("backups", "list the backups of the office")
    command("drill", "bring the newest backups back, open all of them, take them away again")
    restore = command("restore", "make an office from a backup, in a new folder", member=False)
    restore.add_argument("backup", type=Path, metavar="BACKUP", help="folder of the backup")
    restore.add_argument("folder", type=Path, metavar="FOLDER", help="a new or empty folder")


def _backup(options: argparse.Namespace) -> int:
    from intake_app.core.backups import BackupReason
    from intake_app.workflows.back_up_office import back_up_office

    with unlocked(options) as office:
        places = back_up_office(office, BackupReason.BY_HAND, now())
    told = [
        {"place": one.place, "name": one.name, "verified": not one.fault, "fault": one.fault}
        for one in places
    ]
    lines = [
        f"{_place(one.place)}: {one.name}. {one.fault or 'Written and checked.'}" for one in places
    ]
    if not any(one.fault for one in places):
        return tell(options, told, "\n".join(lines))
    tell(options, told, "")
    return say("\n".join(lines))


def _backups(options: argparse.Namespace) -> int:
    from intake_app.workflows.list_backups import list_backups

    with unlocked(options) as office:
        places = list_backups(office, now())
    told = [
        {
            "place": one.place,
            "folder": str(one.folder),
            "there": one.there,
            "backups": [_told(backup) for backup in one.backups],
        }
        for one in places
    ]
    lines = []
    for one in places:
        lines.append(f"{_place(one.place)}: {one.folder}{'' if one.there else ' (not there)'}")
        lines += [_line(backup) for backup in one.backups]
    return tell(options, told, "\n".join(lines))


def _drill(options: argparse.Namespace) -> int:
    from intake_app.workflows.drill_backup import drill_backup

    with unlocked(options) as office:
        results = drill_backup(office, now())
    told = [
        {
            "place": one.place,
            "proven": one.proof is not None,
            "fault": one.fault,
            **(_proven(one.proof) if one.proof else {}),
        }
        for one in results
    ]
    words = [
        f"{_place(one.place)}: {one.proof.words if one.proof else one.fault}" for one in results
    ]
    if all(one.proof for one in results):
        return tell(options, told, "\n".join(words))
    tell(options, told, "")
    return say(" ".join(words))


def _restore(options: argparse.Namespace) -> int:
    from intake_app.workflows.restore_office import restore_office

    made_at = restore_office(options.backup, options.folder)
    told = {"office": str(options.folder), "made_at": made_at.isoformat()}
    words = (
        f"The office of {made_at:%Y-%m-%d %H:%M} UTC is in that folder, every byte as it was "
        "backed up. Open it with the passphrase of that day."
    )
    return tell(options, told, words)


def _place(place: str) -> str:
    from intake_app.store.backups.record import OWN

    return "Folder of the office" if place == OWN else "Second folder"


def _line(backup: "Backup") -> str:
    state = "" if backup.sound else " (has faults)"
    return f"  {backup.folder.name}  made {backup.reason.words}{state}"


def _told(backup: "Backup") -> dict[str, Any]:
    return {
        "name": backup.folder.name,
        "made_at": backup.made_at.isoformat(),
        "reason": backup.reason.value,
        "sound": backup.sound,
    }


def _proven(proof: "Proof") -> dict[str, Any]:
    return {
        "made_at": proof.made_at.isoformat(),
        "cases": proof.cases,
        "values_opened": proof.values,
        "document_parts_opened": proof.pages,
        "newest_entry": proof.newest_entry,
        "same_passphrase": proof.same_passphrase,
    }


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "backup": _backup,
    "backups": _backups,
    "drill": _drill,
    "restore": _restore,
}
