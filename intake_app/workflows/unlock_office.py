"""Unlock an office with a passphrase, or with its recovery sheet."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from intake_app import paths
from intake_app.core.errors import AppError, BadAnswer
from intake_app.core.names import fold
from intake_app.core.passphrases import check_passphrase
from intake_app.core.roles import Role
from intake_app.store import members
from intake_app.store.keyring import RECOVERY, read_recovery_code
from intake_app.store.office import Office, read_slots
from intake_app.workflows.clear_leftovers import clear_leftovers
from intake_app.workflows.steps import whole


@dataclass(frozen=True)
class MemberSlot:
    """Who may unlock: login to type, name and role to show."""

    login: str
    name: str
    role: Role


def members_of(folder: Path) -> tuple[MemberSlot, ...]:
    """The members of an office, before it is unlocked."""
    return tuple(
        MemberSlot(slot.login, slot.name, slot.role)
        for slot in read_slots(folder).slots
        if fold(slot.login) != fold(RECOVERY)
    )


def unlock_office(folder: Path, login: str, passphrase: str, now: datetime) -> Office:
    """Open the office for one member; every failure is an `AppError` with its sentence."""
    if fold(login) == fold(RECOVERY):
        raise BadAnswer("Use “I forgot my passphrase” for the recovery sheet.")
    office = Office.open(folder, login, passphrase, scripts=paths.db_folder(), now=now)
    # Where the disk refuses, it is tried again the next time; nobody sees what is left.
    with suppress(AppError):
        whole(clear_leftovers(office))
    return office


def unlock_with_recovery(
    folder: Path, recovery_code: str, login: str, new_passphrase: str, now: datetime
) -> Office:
    """Give a member a new passphrase with the recovery sheet, and open the office for her."""
    check_passphrase(new_passphrase)
    code = read_recovery_code(recovery_code)
    read_slots(folder).slot(login)
    with Office.open(folder, RECOVERY, code, scripts=paths.db_folder(), now=now) as office:
        members.set_passphrase(office, login, new_passphrase, now)
    return unlock_office(folder, login, new_passphrase, now)
