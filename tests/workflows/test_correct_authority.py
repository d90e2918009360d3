"""Correcting an entry: in no letter until it is checked, and never its quotation."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from intake_app.core.authorities import Authority, Mandate, Status, may_cite
from intake_app.core.authority_text import entry_hash
from intake_app.core.errors import BadAnswer, NotAllowed
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.workflows.check_authority import check_authority, the_entry
from intake_app.workflows.correct_authority import correct_authority
from intake_app.workflows.letter_sources import library_of, office_library
from tests.conftest import NOW
from tests.offices import unlocked


@pytest.fixture
def attorney(staffed: Office, folder: Path) -> Iterator[Office]:
    staffed.close()
    with unlocked(folder, Role.ATTORNEY) as office:
        yield office


def galarza(office: Office) -> Authority:
    return library_of(office).authorities["C01"]


def test_a_correction_waits_for_its_check(attorney: Office) -> None:
    today = attorney.today(NOW)
    correct_authority(attorney, "C01", replace(galarza(attorney), caution="Mine."), NOW)
    assert galarza(attorney).caution == "Mine."
    assert may_cite(galarza(attorney), today, ticked=True) is not None
    seen = entry_hash(the_entry(attorney, "C01"))
    check_authority(attorney, "C01", seen, NOW, with_source=False)
    assert may_cite(galarza(attorney), today) is None
    assert galarza(attorney).status is Status.VERIFIED_SECONDARY


def test_a_quotation_is_refused_and_nothing_is_kept(attorney: Office) -> None:
    with pytest.raises(BadAnswer, match="quotation"):
        correct_authority(attorney, "C01", replace(galarza(attorney), quotation="Other."), NOW)
    with pytest.raises(BadAnswer, match="Nothing was changed"):
        correct_authority(attorney, "C01", galarza(attorney), NOW)
    with pytest.raises(BadAnswer, match="“What it says”"):
        correct_authority(attorney, "C01", replace(galarza(attorney), proposition=""), NOW)
    assert office_library(attorney).checks == {}


def test_a_state_is_corrected_and_then_checked(attorney: Office) -> None:
    rule = library_of(attorney).states["PA"]
    written = replace(rule, mandate=Mandate.LIMITS, citation="1 Pa. Example", rule="No holds.")
    correct_authority(attorney, "state PA", written, NOW)
    today = attorney.today(NOW)
    assert library_of(attorney).state_on("PA", today).mandate is Mandate.UNKNOWN
    seen = entry_hash(the_entry(attorney, "state PA"))
    check_authority(attorney, "state PA", seen, NOW, with_source=True)
    assert library_of(attorney).state_on("PA", today).mandate is Mandate.LIMITS


def test_a_paralegal_may_not(staffed: Office, folder: Path) -> None:
    staffed.close()
    with unlocked(folder, Role.PARALEGAL) as office, pytest.raises(NotAllowed):
        correct_authority(office, "C01", replace(galarza(office), caution="Mine."), NOW)
