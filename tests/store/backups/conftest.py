"""A real encrypted office to back up, and what is asked of its backups."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake_app.core.backups import BackupReason
from intake_app.core.casefile import Abuser, Person
from intake_app.core.roles import Key
from intake_app.store.backups.files import Backup
from intake_app.store.backups.making import make_backup
from intake_app.store.office import Office
from intake_app.workflows.save_case import add_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.offices import new_office, unlocked

SURNAME = "Quispe-Ñahui"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed office with one case of a victim."""
    folder = tmp_path_factory.mktemp("backups") / "office"
    with new_office(folder).office as office:
        case = start_intake(office, NOW).case_id
        save_answer(office, case, Person, None, "surname", SURNAME, NOW)
        add_entry(office, case, Abuser, NOW)
    return folder


@pytest.fixture
def filled(kept: Path, tmp_path: Path) -> Iterator[Office]:
    """A copy of it, open."""
    with unlocked(Path(shutil.copytree(kept, tmp_path / "office"))) as office:
        yield office


def key_of(office: Office) -> bytes:
    """The file key."""
    return office.keys[Key.FILE]


def made(office: Office, reason: BackupReason = BackupReason.DAILY) -> Backup:
    """A backup of now."""
    return make_backup(office.folder, key_of(office), reason, NOW)


def left_in(place: Path) -> list[str]:
    """The names in a folder; none where there is no folder."""
    return sorted(path.name for path in place.iterdir()) if place.exists() else []
