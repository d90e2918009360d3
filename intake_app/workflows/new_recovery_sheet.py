"""A new recovery sheet in place of one that is lost, or that somebody has seen."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from intake_app.core.roles import Act, require
from intake_app.store import members
from intake_app.store.keyring import new_recovery_code
from intake_app.store.office import Office
from intake_app.workflows.reauthenticate import Proof, require_proof


@dataclass(frozen=True)
class RecoverySheet:
    """A code and its page to print. It opens nothing until it is `put_in_force`."""

    code: str = field(repr=False)
    pdf: bytes = field(repr=False)


def draw_recovery_sheet(office: Office, now: datetime) -> RecoverySheet:
    """A sheet with a fresh code; the one in the safe goes on opening the office meanwhile."""
    # Imported here: the window of the door should not wait for ReportLab.
    from intake_app.documents.recovery_sheet import recovery_sheet
    from intake_app.workflows import shipped

    require(office.member.role, Act.MANAGE_MEMBERS)
    code = new_recovery_code()
    made_on = now.astimezone(ZoneInfo(office.profile.zone)).date()
    return RecoverySheet(
        code, recovery_sheet(office.profile.name, code, made_on, shipped.letter_fonts())
    )


def put_in_force(office: Office, sheet: RecoverySheet, proof: Proof, now: datetime) -> None:
    """From now on this sheet opens the office and the old one does not. Administrators only."""
    require(office.member.role, Act.MANAGE_MEMBERS)
    require_proof(office, proof, now)
    members.replace_recovery(office, sheet.code, now)
