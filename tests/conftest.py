"""Fixtures every test shares: real encrypted offices in a temporary folder."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from intake_app.core.roles import Role
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.store.members import add_member
from intake_app.store.office import Office, OfficeProfile
from intake_app.workflows.create_office import create_office
from tests import soak

# How fast an example runs says nothing about what it proves, least of all on a busy machine. The
# examples are the same each time, so that only a change can stop a landing; new ones in a soak.
settings.register_profile("ours", deadline=None, derandomize=not soak.SOAK)
settings.load_profile("ours")

NOW = datetime(2026, 11, 22, 17, 11, tzinfo=UTC)
PASSPHRASE = "heron gravel tulip ferry"
PROFILE = OfficeProfile(
    "Legal Aid Office of the Bay", "FL", "100 Example Avenue\nMiami, FL 33100", "America/New_York"
)


@pytest.fixture
def now() -> datetime:
    """The moment all tests happen: Sunday 22 November 2026, 12:11 in Miami."""
    return NOW


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the office of a test is made."""
    return tmp_path / "office"


@pytest.fixture
def office(folder: Path) -> Iterator[Office]:
    """A new office, open for its administrator."""
    with create_office(
        folder, PROFILE, "administrator", "A. Ruiz", PASSPHRASE, NOW, OWASP_MINIMUM
    ).office as opened:
        yield opened


@pytest.fixture
def staffed(office: Office) -> Office:
    """The office with one more member of each role; login = role, one passphrase for all."""
    for role in Role:
        if role is not Role.ADMINISTRATOR:
            add_member(office, role.value, f"{role.value.title()} Person", role, PASSPHRASE, NOW)
    return office
