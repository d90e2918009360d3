"""Checking an entry: kept with name and day in a real file, heard by letters at once."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from intake_app.core.authorities import Status
from intake_app.core.authority_text import entry_hash
from intake_app.core.errors import AppError, NotAllowed
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.workflows import shipped
from intake_app.workflows.check_authority import check_authority, the_entry
from intake_app.workflows.letter_sources import library_of, office_library
from tests.conftest import NOW
from tests.offices import unlocked

LATER = NOW + timedelta(days=90)


def checked(office: Office, name: str = "C01", *, with_source: bool = True) -> None:
    seen = entry_hash(the_entry(office, name))
    check_authority(office, name, seen, LATER, " Read at the court ", with_source=with_source)


def test_a_check_is_kept_over_a_closing(staffed: Office, folder: Path) -> None:
    staffed.close()
    with unlocked(folder, Role.ATTORNEY) as office:
        version = library_of(office).version
        checked(office)
        assert library_of(office).version != version
    with unlocked(folder, Role.PARALEGAL) as office:
        library = office_library(office)
        assert library.library.authorities["C01"].status is Status.VERIFIED_PRIMARY
        assert library.library.authorities["C01"].verified_on == office.today(LATER)
        (act,) = library.checks["C01"]
        assert (act.by, act.on, act.note) == (
            "Attorney Person",
            office.today(LATER),
            "Read at the court",
        )
        assert office.damage() == []


def test_a_state_is_checked_by_its_name(staffed: Office, folder: Path) -> None:
    staffed.close()
    with unlocked(folder, Role.ATTORNEY) as office:
        checked(office, "state FL")
        assert library_of(office).states["FL"].verified_on == office.today(LATER)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ATTORNEY])
def test_nobody_but_an_attorney(staffed: Office, folder: Path, role: Role) -> None:
    staffed.close()
    with unlocked(folder, role) as office:
        with pytest.raises(NotAllowed, match="check authorities"):
            checked(office)
        assert library_of(office) is shipped.library()


def test_what_was_changed_meanwhile_is_not_checked(staffed: Office, folder: Path) -> None:
    staffed.close()
    with unlocked(folder, Role.ATTORNEY) as office:
        other = entry_hash(replace(shipped.library().authorities["C01"], caution="Another."))
        with pytest.raises(AppError, match="changed since you opened it"):
            check_authority(office, "C01", other, LATER, with_source=True)
        with pytest.raises(AppError, match="no such entry"):
            check_authority(office, "C99", other, LATER, with_source=True)
        assert office_library(office).checks == {}


def test_the_library_is_folded_once_until_the_next_act(staffed: Office, folder: Path) -> None:
    staffed.close()
    with unlocked(folder, Role.ATTORNEY) as office:
        checked(office)
        first = office_library(office)
        assert office_library(office) is first
        checked(office, "C02")
        assert office_library(office) is not first
