"""The demonstration office: invented people, made anew each day so that its clocks run."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from intake_app.core.errors import AppError
from intake_app.store.keyring import OWASP_MINIMUM

OFFICE = "office"
"""The folder of the office, below that of the demonstration."""


@dataclass(frozen=True)
class Demonstration:
    """Where it is, and the passphrase of each login. They are no secret: nobody there is real."""

    folder: Path
    passphrases: Mapping[str, str]


def demonstration(place: Path, now: datetime) -> Demonstration:
    """Make today's demonstration office below `place`, or find the one made today.

    `place` belongs to the demonstration alone: what is in it is deleted. Raises `AppError`
    where it can't be written.
    """
    folder, notes = place / OFFICE, place / "passphrases.json"
    found = _made_today(folder, notes, now)
    if found is not None:
        return found
    # Everything letters are made of hangs on it: no door waits for that before somebody asks.
    from intake_app.workflows.make_demo import make_demo

    try:
        if place.exists():
            shutil.rmtree(place)
        place.mkdir(parents=True)
        made = make_demo(folder, now, cost=OWASP_MINIMUM)
        told = {"made": now.date().isoformat(), "passphrases": made.passphrases}
        notes.write_text(json.dumps(told, indent=1), "utf-8")
    except OSError as error:
        raise AppError(
            "The demonstration office can’t be made: the folder for settings can’t be written. "
            "Check that the disk is not full."
        ) from error
    return Demonstration(folder, made.passphrases)


def _made_today(folder: Path, notes: Path, now: datetime) -> Demonstration | None:
    try:
        told = json.loads(notes.read_text("utf-8"))
        if told["made"] == now.date().isoformat() and folder.is_dir():
            return Demonstration(folder, {str(k): str(v) for k, v in told["passphrases"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return None
