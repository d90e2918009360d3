"""The directory as members use it: who may, what is found, and what a letter takes."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from intake_app.core.directory import DirectoryEntry
from intake_app.core.errors import BadAnswer, NotAllowed
from intake_app.core.letters.facts import letter_facts
from intake_app.core.letters.options import Addressee, LetterOptions
from intake_app.core.roles import Act, Role, may
from intake_app.core.vocabulary import AddresseeKind
from intake_app.store.letter_setup import letter_setup
from intake_app.store.office import Office
from intake_app.workflows.addressees import (
    addressees_of,
    find_addressees,
    keep_addressee,
    remove_addressee,
)
from intake_app.workflows.compose_letter import letterhead_of
from tests.cases import case_of
from tests.conftest import NOW
from tests.core.test_directory import IN_DADE
from tests.offices import unlocked

JAIL = DirectoryEntry(AddresseeKind.JAIL, agency="Ñandú County Jail", county="Ñandú", state="FL")
COUNSEL = DirectoryEntry(AddresseeKind.COUNSEL, name="Lee Example", state="GA")
ICE = DirectoryEntry(AddresseeKind.ICE, agency="ICE Example Field Office", fax="555-0199")


def test_they_come_in_the_order_of_the_kinds_asked_for(office: Office) -> None:
    jail, counsel, ice = (keep_addressee(office, one, NOW) for one in (JAIL, COUNSEL, ICE))
    assert addressees_of(office) == (jail, counsel, ice)
    assert addressees_of(office, (AddresseeKind.COUNSEL, AddresseeKind.JAIL)) == (counsel, jail)
    assert addressees_of(office, state="FL") == (jail, ice)


@pytest.mark.parametrize(
    ("words", "found"),
    [("nandu", [0]), ("field ice", [2]), ("0199", [2]), ("ga", [1]), ("", [0, 1, 2]), ("xyz", [])],
)
def test_any_word_finds_one(office: Office, words: str, found: list[int]) -> None:
    kept = [keep_addressee(office, one, NOW) for one in (JAIL, COUNSEL, replace(ICE, fax="0199"))]
    assert find_addressees(office, words) == tuple(kept[at] for at in found)


def test_a_bad_entry_changes_nothing(office: Office) -> None:
    kept = keep_addressee(office, JAIL, NOW)
    with pytest.raises(BadAnswer):
        keep_addressee(office, replace(kept, agency=""), NOW)
    assert addressees_of(office) == (kept,)


@pytest.mark.parametrize("role", Role)
def test_whoever_writes_letters_keeps_the_directory_and_nobody_else_reads_it(
    staffed: Office, role: Role
) -> None:
    kept = keep_addressee(staffed, JAIL, NOW)
    staffed.close()
    acts: tuple[Callable[[Office], object], ...] = (
        addressees_of,
        lambda office: find_addressees(office, "jail"),
        lambda office: keep_addressee(office, replace(kept, title="Sheriff"), NOW),
        lambda office: remove_addressee(office, kept.id, NOW),
    )
    with unlocked(staffed.folder, role) as office:
        for act in acts:
            if may(role, Act.COMPOSE_LETTERS):
                act(office)
            else:
                with pytest.raises(NotAllowed):
                    act(office)


def test_a_letter_takes_the_entry_of_the_facility_and_its_counsel(
    staffed: Office,
) -> None:
    custody = replace(IN_DADE, facility_address="1 Jail Road")
    jail = replace(JAIL, agency="example county jail", name="Robin Example", lines=("2 Jail Road",))
    keep_addressee(staffed, jail, NOW)
    keep_addressee(staffed, replace(COUNSEL, state="FL", county="Miami-Dade"), NOW)
    facts = letter_facts(
        case_of(custody), letterhead_of(staffed), NOW, directory=letter_setup(staffed).directory
    )
    assert (facts.addressee.name, facts.addressee.lines) == ("Robin Example", ("2 Jail Road",))
    assert "Lee Example" in facts.addressee.cc
    chosen = Addressee(agency="Somebody else")
    told = letter_facts(
        case_of(custody),
        letterhead_of(staffed),
        NOW,
        options=LetterOptions(addressee=chosen),
        directory=letter_setup(staffed).directory,
    )
    assert told.addressee == chosen
