"""Create an office: its folder, its first administrator and its recovery sheet."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from intake_app import paths
from intake_app.store.keyring import Cost, calibrated_cost, new_recovery_code
from intake_app.store.office import Office, OfficeProfile


@dataclass(frozen=True)
class CreatedOffice:
    """A new, open office. The code and its sheet exist only here: print them now."""

    office: Office
    recovery_code: str
    recovery_sheet: bytes


def create_office(
    folder: Path,
    profile: OfficeProfile,
    login: str,
    name: str,
    passphrase: str,
    now: datetime,
    cost: Cost | None = None,
) -> CreatedOffice:
    """Make the office in an empty or new folder; raise `AppError` or `BadAnswer`."""
    # Imported here: the window of the door should not wait for ReportLab.
    from intake_app.documents.recovery_sheet import recovery_sheet
    from intake_app.workflows import shipped

    code = new_recovery_code()
    # The sheet first: an office nobody can recover must not be made.
    made_on = now.astimezone(ZoneInfo(profile.zone)).date()
    sheet = recovery_sheet(profile.name, code, made_on, shipped.letter_fonts())
    office = Office.create(
        folder,
        profile=profile,
        login=login,
        name=name,
        passphrase=passphrase,
        recovery_code=code,
        cost=cost or calibrated_cost(),
        scripts=paths.db_folder(),
        now=now,
    )
    return CreatedOffice(office, code, sheet)
