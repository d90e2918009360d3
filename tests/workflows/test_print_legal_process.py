"""The checklist for legal process is printed by whoever is at the desk, and changes nothing."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.workflows.print_legal_process import print_legal_process
from tests.conftest import NOW, PROFILE
from tests.offices import unlocked


@pytest.mark.parametrize("role", Role)
def test_everybody_can_print_it(staffed: Office, folder: Path, role: Role) -> None:
    staffed.close()
    with unlocked(folder, role) as office:
        text = PdfReader(BytesIO(print_legal_process(office, NOW))).pages[0].extract_text()
    assert PROFILE.name in text
