"""Members: list, add, deactivate, change a passphrase."""

from datetime import datetime

from intake_app.core.roles import Act, Role, require
from intake_app.store import members
from intake_app.store.office import Member, Office
from intake_app.workflows.reauthenticate import Proof, require_proof


def list_members(office: Office) -> tuple[Member, ...]:
    """Everybody who is or was a member."""
    return members.list_members(office)


def add_member(
    office: Office,
    login: str,
    name: str,
    role: Role,
    passphrase: str,
    proof: Proof,
    now: datetime,
) -> Member:
    """Add a member with the keys of her role. Administrators only, and their own passphrase."""
    require(office.member.role, Act.MANAGE_MEMBERS)
    require_proof(office, proof, now)
    return members.add_member(office, login, name, role, passphrase, now)


def deactivate_member(office: Office, login: str, proof: Proof, now: datetime) -> None:
    """Take a member's way in. Administrators only, and their own passphrase."""
    require(office.member.role, Act.MANAGE_MEMBERS)
    require_proof(office, proof, now)
    members.deactivate_member(office, login, now)


def change_passphrase(office: Office, old: str, new: str, now: datetime) -> None:
    """Change one's own passphrase; raise `WrongPassphrase` unless the old one is right."""
    office.prove(old, now)
    members.set_passphrase(office, office.member.login, new, now)
