"""Ask for the passphrase once more before something that can't be taken back or leaves the file."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from intake_app.core.errors import NotAllowed
from intake_app.store.office import Office

_LASTS = timedelta(minutes=5)


@dataclass(frozen=True)
class Proof:
    """That this member typed her passphrase at this moment; good for five minutes."""

    folder: Path
    member_id: int
    at: datetime


def reauthenticate(office: Office, passphrase: str, now: datetime) -> Proof:
    """Try the passphrase of whoever has the office open; raise `WrongPassphrase`."""
    office.prove(passphrase, now)
    return Proof(office.folder, office.member.id, now)


def require_proof(office: Office, proof: Proof, now: datetime) -> None:
    """Raise `NotAllowed` for a proof of another member or office, and for an old one."""
    mine = (proof.folder, proof.member_id) == (office.folder, office.member.id)
    if not mine or not timedelta(0) <= now - proof.at <= _LASTS:
        raise NotAllowed("Type your passphrase again to do this.")
