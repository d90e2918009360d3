"""A new recovery sheet takes the place of the old one, not before it is put in force."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from intake_app.core.errors import NotAllowed, WrongPassphrase
from intake_app.core.roles import Role
from intake_app.store.keyring import KeyFile
from intake_app.workflows.new_recovery_sheet import draw_recovery_sheet, put_in_force
from intake_app.workflows.unlock_office import unlock_with_recovery
from tests.conftest import NOW
from tests.offices import new_office, proof_of, staff, unlocked

NEW = "otter granite willow canoe"


def opens(folder: Path, code: str, hours: int) -> bool:
    """Whether a sheet lets a member in, some hours later: wrong codes are slowed down."""
    try:
        unlock_with_recovery(
            folder, code, "administrator", NEW, NOW + timedelta(hours=hours)
        ).close()
    except WrongPassphrase:
        return False
    return True


def test_the_new_sheet_opens_and_the_old_one_does_not(folder: Path) -> None:
    made = new_office(folder)
    with made.office as office:
        sheet = draw_recovery_sheet(office, NOW)
        assert sheet.code != made.recovery_code
        words = PdfReader(io.BytesIO(sheet.pdf)).pages[0].extract_text()
        assert sheet.code in "".join(words.split())
        assert sheet.code not in repr(sheet)
        put_in_force(office, sheet, proof_of(office), NOW)
        with office.reading() as connection:
            told = connection.exec_driver_sql(
                "SELECT action, record FROM history ORDER BY seq DESC LIMIT 1"
            ).one()
        assert tuple(told) == ("recovery sheet replaced", "members")
        assert office.damage() == []
    assert not opens(folder, made.recovery_code, 1)
    assert opens(folder, sheet.code, 2)


def test_until_then_the_old_one_holds(folder: Path) -> None:
    made = new_office(folder)
    with made.office as office:
        before = KeyFile.read(folder)
        drawn = draw_recovery_sheet(office, NOW)
        assert KeyFile.read(folder) == before
        with pytest.raises(NotAllowed, match="Type your passphrase again"):
            put_in_force(office, drawn, proof_of(office, NOW - timedelta(minutes=6)), NOW)
        assert KeyFile.read(folder) == before
    assert not opens(folder, drawn.code, 1)
    assert opens(folder, made.recovery_code, 2)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_makes_one(folder: Path, role: Role) -> None:
    made = new_office(folder)
    with made.office as office:
        staff(office)
        sheet = draw_recovery_sheet(office, NOW)
    with unlocked(folder, role) as office:
        with pytest.raises(NotAllowed, match="administrator"):
            draw_recovery_sheet(office, NOW)
        with pytest.raises(NotAllowed, match="administrator"):
            put_in_force(office, sheet, proof_of(office), NOW)
    assert opens(folder, made.recovery_code, 1)
