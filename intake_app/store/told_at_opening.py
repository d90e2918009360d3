"""What is found when an office is opened: mended, recorded in the history, told to the member."""

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from intake_app.core.errors import AppError
from intake_app.store.high_water import Missing
from intake_app.store.history import Line
from intake_app.store.keyring import KeyFile
from intake_app.store.wrong_tries import forget_tries, read_tries, told

if TYPE_CHECKING:
    from intake_app.store.office import Office

CHANGES_MISSING = "changes missing"
KEY_FILE_MENDED = "key file mended"
WRONG_PASSPHRASES = "wrong passphrases"
"""Actions of the history; `entry_id` is how many there were, where it is known."""


def settle(office: "Office", missing: Missing | None, kept: str, now: datetime) -> None:
    """Mend, record and tell; sets `notices` and `losses` of the office.

    kept: the name under which a damaged log was kept, "" for none. Raises `AppError` where the
    disk refuses to record a loss.
    """
    lost = missing.sentence(office.profile.zone, kept) if missing else ""
    mended = ""
    with suppress(AppError):  # a full disk keeps nobody out: the other copy is sound
        mended = KeyFile.mend(office.folder)
    tries = read_tries(office.folder)
    lines = []
    if missing:
        lines.append(_line(office, CHANGES_MISSING, missing.entries or None, now))
    if mended:
        lines.append(_line(office, KEY_FILE_MENDED, None, now))
    if tries.wrong:
        lines.append(_line(office, WRONG_PASSPHRASES, tries.wrong, now))
    try:
        if lines:
            with office.writing() as connection:
                office.record(connection, *lines)
            forget_tries(office.folder)
    except AppError:
        # Unrecorded, a loss would be forgotten with the next change; the rest is told again.
        if missing:
            raise
    office.losses = tuple(sentence for sentence in (lost, mended) if sentence)
    office.notices = tuple(sentence for sentence in (lost, mended, told(tries)) if sentence)


def record_wrong_tries(office: "Office", now: datetime) -> None:
    """The right passphrase was typed in an open office: the history is told of the wrong ones."""
    if wrong := read_tries(office.folder).wrong:
        with office.writing() as connection:
            office.record(connection, _line(office, WRONG_PASSPHRASES, wrong, now))
        forget_tries(office.folder)


def _line(office: "Office", action: str, many: int | None, now: datetime) -> Line:
    at = now.isoformat(timespec="seconds")
    return Line(at, office.member.id, action, record="office", entry_id=many)
