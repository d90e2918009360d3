"""After three wrong passphrases the next try has to wait, longer each time, up to a minute.

The count stands in `office.tries` in the office folder, and outlives the program; where the folder
can't be written, it is kept in memory. It holds a number and a moment. It slows down somebody at
the desk: whoever has a copy of the folder is slowed down by Argon2id alone (`keyring.Cost`).
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path

from intake_app.core.errors import AppError, TooSoon, WrongPassphrase
from intake_app.core.roles import Key
from intake_app.store.disk import write_in_one_step
from intake_app.store.keyring import Slot

TRIES = "office.tries"
FREE = 3
"""Wrong passphrases before the first wait."""

_FIRST, _LONGEST = 5, 60
_UNWRITTEN: dict[Path, "WrongTries"] = {}


@dataclass(frozen=True)
class WrongTries:
    """How many passphrases in a row were wrong, and when the last one was typed."""

    wrong: int = 0
    last: datetime | None = None

    def wait(self, now: datetime) -> int:
        """Seconds until the next try; 0 for none."""
        if self.last is None or self.wrong < FREE:
            return 0
        pause = timedelta(seconds=min(_LONGEST, _FIRST * 2 ** min(self.wrong - FREE, 8)))
        # A clock that was set back may lengthen the wait, never beyond one pause.
        return ceil(max(0.0, min(pause, self.last + pause - now) / timedelta(seconds=1)))


def open_slot(folder: Path, slot: Slot, passphrase: str, now: datetime) -> dict[Key, bytes]:
    """The keys of a slot; raise `TooSoon`, or count a wrong passphrase and raise it.

    A right one leaves the count as it is: record it, then `forget_tries`.
    """
    tries = read_tries(folder)
    if wait := tries.wait(now):
        if tries.last is not None and tries.last > now:
            _keep(folder, WrongTries(tries.wrong, now))
        many = "1 second" if wait == 1 else f"{wait} seconds"
        raise TooSoon(
            f"{tries.wrong} passphrases in a row were wrong. Wait {many}, then try again.", wait
        )
    try:
        return slot.open(passphrase)
    except WrongPassphrase:
        _keep(folder, WrongTries(tries.wrong + 1, now))
        raise


def read_tries(folder: Path) -> WrongTries:
    """The count as it stands; none where nobody was wrong."""
    kept = _UNWRITTEN.get(folder.absolute(), WrongTries())
    with suppress(OSError, ValueError, TypeError, KeyError):
        found = json.loads((folder / TRIES).read_bytes())
        last = datetime.fromisoformat(found["last"])
        if type(found["wrong"]) is int and found["wrong"] > kept.wrong and last.tzinfo:
            return WrongTries(found["wrong"], last)
    return kept


def forget_tries(folder: Path) -> None:
    """The right passphrase was typed, and what there was is told."""
    _UNWRITTEN.pop(folder.absolute(), None)
    with suppress(OSError):
        (folder / TRIES).unlink(missing_ok=True)


def told(tries: WrongTries) -> str:
    """What the member is told who types the right one; "" for a slip or two."""
    if tries.wrong < FREE:
        return ""
    return (
        f"{tries.wrong} wrong passphrases were typed for this office before this one. If that was "
        "not you, tell your administrator."
    )


def _keep(folder: Path, tries: WrongTries) -> None:
    _UNWRITTEN.pop(folder.absolute(), None)
    assert tries.last is not None  # noqa: S101 - for the type checker
    content = json.dumps({"wrong": tries.wrong, "last": tries.last.isoformat()})
    try:
        write_in_one_step(folder / TRIES, content.encode())
    except AppError:
        _UNWRITTEN[folder.absolute()] = tries
