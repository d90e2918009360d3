"""The directory: what an entry needs, and which one a letter takes by itself."""

from dataclasses import replace

import pytest

from intake_app.core.casefile import Custody
from intake_app.core.directory import DirectoryEntry, checked_entry, from_directory
from intake_app.core.errors import BadAnswer
from intake_app.core.letters.kinds import KINDS
from intake_app.core.letters.options import Addressee
from intake_app.core.vocabulary import AddresseeKind, State

IN_DADE = Custody(
    facility="Example County Jail", facility_county="Miami Dade", facility_state=State.FL
)
SHERIFF = DirectoryEntry(
    AddresseeKind.JAIL,
    agency="Sheriff of Example",
    name="Robin Example",
    lines=("100 Example Road",),
    county="Miami-Dade County",
    state="FL",
)
COUNSEL = replace(
    SHERIFF, kind=AddresseeKind.COUNSEL, agency="County Attorney", name="", title="Counsel"
)
USUAL = Addressee(agency="Example County Jail", cc=("County Counsel, Dade", "Public Defender"))


def goes_to(kind: str, usual: Addressee, *entries: DirectoryEntry) -> Addressee:
    return from_directory(entries, KINDS[kind], IN_DADE, usual)


def test_an_entry_is_cleaned_and_a_name_of_200_characters_is_taken() -> None:
    kept = checked_entry(
        replace(SHERIFF, name="N" * 200, title="  The\tSheriff ", lines=("", " 1 Road ", "\x00"))
    )
    assert (kept.name, kept.title, kept.lines) == ("N" * 200, "The Sheriff", ("1 Road",))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"agency": " ", "name": ""}, "agency or a name"),
        ({"lines": tuple("abcdefg")}, "6 lines"),
        ({"name": "N" * 251}, "250 letters"),
        ({"email": "nobody"}, "no @"),
    ],
)
def test_what_is_wrong_with_an_entry_is_one_sentence(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(BadAnswer, match=said):
        checked_entry(replace(SHERIFF, **wrong))  # type: ignore[arg-type]


def test_the_only_jail_of_the_county_is_written_to_with_its_counsel_in_copy() -> None:
    found = goes_to("decline", USUAL, COUNSEL, SHERIFF)
    assert (found.name, found.lines) == ("Robin Example", ("100 Example Road",))
    assert found.cc == ("Counsel, County Attorney", "Public Defender")


def test_a_jail_is_never_guessed() -> None:
    """Of two in one county, in another county or state, or beside the case's own address."""
    other = replace(SHERIFF, agency="Another jail")
    assert goes_to("decline", USUAL, SHERIFF, other) == USUAL
    assert goes_to("decline", USUAL, replace(SHERIFF, county="Broward")) == USUAL
    assert goes_to("decline", USUAL, replace(SHERIFF, county="")) == USUAL
    assert goes_to("decline", USUAL, replace(SHERIFF, state="GA")) == USUAL
    with_address = replace(USUAL, lines=("1 Jail Road",))
    assert goes_to("decline", with_address, SHERIFF) == with_address


def test_the_facility_s_own_entry_comes_before_all() -> None:
    own = replace(SHERIFF, agency="EXAMPLE COUNTY JAIL", county="", name="Its Head")
    usual = replace(USUAL, lines=("1 Jail Road",))
    assert goes_to("decline", usual, SHERIFF, own).name == "Its Head"


def test_that_somebody_is_a_victim_is_told_to_the_certifier_the_case_names_only() -> None:
    police = DirectoryEntry(
        AddresseeKind.CERTIFIER, agency="Example Police", county="Miami-Dade", state="FL"
    )
    assert goes_to("certify", Addressee(), police) == Addressee()
    assert goes_to("certify", Addressee(agency="Other Police"), police).agency == "Other Police"
    found = goes_to("certify", Addressee(agency="example police"), replace(police, title="Chief"))
    assert found.title == "Chief"


def test_another_sort_of_reader_is_no_default() -> None:
    prosecutor = replace(SHERIFF, kind=AddresseeKind.PROSECUTOR)
    assert goes_to("court_notice", Addressee(), prosecutor) == Addressee()


def test_an_ice_office_serves_a_state_unless_the_case_names_another() -> None:
    ice = DirectoryEntry(AddresseeKind.ICE, agency="ICE Example Field Office", state="FL")
    everywhere = replace(ice, agency="ICE", state="")
    assert goes_to("cancel", Addressee(), everywhere, ice).agency == ice.agency
    assert goes_to("cancel", Addressee(agency="ICE Miami"), ice).agency == "ICE Miami"


def test_nothing_in_the_directory_is_the_client() -> None:
    usual = Addressee(name="Carlos Example", lines=("1 Home Street",))
    assert goes_to("client", usual, SHERIFF, COUNSEL) == usual
