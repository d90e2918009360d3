"""Finding people: by any part of a name or number, and always as the file is now."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.casefile import Custody, Detainer, Intake, OtherName, Person, Protection
from intake_app.core.errors import NotAllowed
from intake_app.core.roles import Role
from intake_app.core.vocabulary import CaseStatus, DetainerStatus, State, YesNo
from intake_app.store.office import Office
from intake_app.workflows.find_people import (
    CaseQuery,
    find_people,
    list_cases,
    list_facilities,
    load_roster_part,
)
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.offices import new_office, staff, unlocked

PEOPLE: list[dict[str, str]] = [
    {"surname": "Nguyễn", "second_surname": "Đặng", "given": "Văn", "a_number": "A012-345-678"},
    {"surname": "Hernández", "given": "José", "a_number": "87654321", "booking_number": "2026/114"},
    {"surname": "O’Brien", "given": "Seán", "preferred_name": "Jack", "booking_number": "B-000.77"},
    {"surname": "Ó", "given": "Wu", "a_number": "A 111 222 333"},
]


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed, staffed office with those people; the first is a survivor."""
    folder = tmp_path_factory.mktemp("find") / "office"
    with new_office(folder).office as office:
        staff(office)
        for person in PEOPLE:
            case = start_intake(office, NOW).case_id
            for field, value in person.items():
                save_answer(office, case, Person, None, field, value, NOW)
        save_answer(office, 1, Protection, None, "survivor", YesNo.YES, NOW)
        entry = add_entry(office, 2, OtherName, NOW).entry_id
        save_answer(office, 2, OtherName, entry, "name", "Ernandez, Joseph", NOW)
    return folder


@pytest.fixture(scope="module")
def opened(closed: Path) -> Iterator[Office]:
    with unlocked(closed) as office:
        yield office


def found(office: Office, text: str) -> list[int]:
    return [row.case_id for row in find_people(office, text)]


@pytest.mark.parametrize(
    ("text", "cases"),
    [
        ("nguyen", [1]),
        ("NGUYỄN", [1]),
        ("nguy", [1]),
        ("dang van", [1]),
        ("ernández", [2]),
        ("jose", [2]),
        ("joseph", [2]),
        ("obrien", [3]),
        ("O'Brien", [3]),
        ("jack", [3]),
        ("o", [4, 3, 2]),
        ("wu", [4]),
        ("A012345678", [1]),
        ("a012-345-678", [1]),
        ("A-012345678", [1]),
        ("012345678", [1]),
        ("12345678", [1]),
        ("A12345678", [1]),
        ("A#012-345-678", [1]),
        ("345678", [1]),
        ("A87654321", [2]),
        ("A087654321", [2]),
        ("A111222333", [4]),
        ("A 111 222 333", [4]),
        ("2026/114", [2]),
        ("b-000.77", [3]),
        ("2026-0003", [3]),
        ("", [4, 3, 2, 1]),
        ("Núñez", []),
        ('"', [4, 3, 2, 1]),
    ],
)
def test_people_are_found(opened: Office, text: str, cases: list[int]) -> None:
    if text == '"':
        cases = []
    assert found(opened, text) == cases


@given(
    st.one_of(
        st.text(alphabet=st.characters()),
        st.sampled_from(
            ['"', "*", "AND", "a* OR b", "NEAR(a b)", "words:x", "-x", "^a", "((", "\0"]
        ),
    )
)
def test_nothing_typed_in_the_search_box_fails(opened: Office, text: str) -> None:
    assert set(found(opened, text)) <= {1, 2, 3, 4}
    assert list_cases(opened, CaseQuery(text=text), 0, 10).total == len(found(opened, text))


def test_a_survivor_is_masked_for_those_who_may_know(closed: Path, opened: Office) -> None:
    assert [row.case_id for row in find_people(opened, "") if row.masked] == [1]


def test_what_each_role_finds(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    with new_office(folder).office as office:
        staff(office)
        case = start_intake(office, NOW).case_id
        save_answer(office, case, Person, None, "surname", "Núñez", NOW)
        save_answer(office, case, Protection, None, "survivor", YesNo.YES, NOW)
    for role in Role:
        with unlocked(folder, role) as office:
            if role is Role.COORDINATOR:
                for act in (
                    lambda: find_people(office, "nunez"),
                    lambda: list_cases(office, CaseQuery(), 0, 10),
                ):
                    with pytest.raises(NotAllowed):
                        act()
                assert not office.roster.loaded
                continue
            (first,) = list_cases(office, CaseQuery(), 0, 10).rows
            (row,) = find_people(office, "nunez")
            assert first == row
            assert row.name == "Núñez"
            # A mark on the name would tell a volunteer who is a survivor.
            assert bool(row.masked) == (role is not Role.VOLUNTEER)


def test_the_list_follows_each_edit(office: Office) -> None:
    assert found(office, "") == []
    case = start_intake(office, NOW).case_id
    assert found(office, "") == [case]
    save_answer(office, case, Person, None, "surname", "Zapata", NOW)
    assert found(office, "zapa") == [case]
    save_answer(office, case, Person, None, "surname", "Zamora", NOW)
    assert (found(office, "zapa"), found(office, "zamo")) == ([], [case])
    save_answer(office, case, Person, None, "surname", None, NOW)
    assert found(office, "zamo") == []
    alias = add_entry(office, case, OtherName, NOW).entry_id
    save_answer(office, case, OtherName, alias, "name", "El Güero", NOW)
    assert found(office, "guero") == [case]
    remove_entry(office, case, OtherName, alias, NOW)
    assert found(office, "guero") == []
    folder = office.folder
    save_answer(office, case, Person, None, "a_number", "A12345678", NOW)
    office.close()
    with unlocked(folder) as again:
        assert found(again, "a012345678") == [case]


def test_filters(office: Office) -> None:
    one, other = (start_intake(office, NOW).case_id for _ in range(2))
    save_answer(office, one, Custody, None, "facility_state", State.of("TX"), NOW)
    save_answer(office, one, Intake, None, "status", CaseStatus.CLOSED, NOW)
    entry = add_entry(office, other, Detainer, NOW).entry_id
    save_answer(office, other, Detainer, entry, "status", DetainerStatus.ACTIVE, NOW)

    def listed(query: CaseQuery) -> list[int]:
        return [row.case_id for row in list_cases(office, query, 0, 10).rows]

    assert listed(CaseQuery()) == [other, one]
    assert listed(CaseQuery(state="TX")) == [one]
    assert listed(CaseQuery(status=CaseStatus.CLOSED)) == [one]
    assert listed(CaseQuery(detainer_active=True)) == [other]
    assert listed(CaseQuery(detainer_active=False)) == [one]
    (row,) = list_cases(office, CaseQuery(state="TX"), 0, 10).rows
    assert (row.status, row.opened_on, row.state) == ("Closed", "2026-11-22", "TX")


def test_mine_and_facility_narrow_the_list_and_follow_every_change(office: Office) -> None:
    one, other, third = (start_intake(office, NOW).case_id for _ in range(3))
    save_answer(office, one, Custody, None, "facility", "Metro West", NOW)
    save_answer(office, one, Intake, None, "intake_worker", "A. Ruiz", NOW)
    save_answer(office, other, Intake, None, "assigned_attorney", "administrator", NOW)
    save_answer(office, third, Intake, None, "assigned_attorney", "R. Chen", NOW)

    def listed(query: CaseQuery) -> list[int]:
        return [row.case_id for row in list_cases(office, query, 0, 10).rows]

    # Read from the file first; after that the list follows each change by itself.
    assert listed(CaseQuery(mine=True)) == [other, one]
    assert listed(CaseQuery(mine=True, facility="Metro West")) == [one]
    assert list_facilities(office) == ("Metro West",)
    save_answer(office, other, Intake, None, "assigned_attorney", "R. Chen", NOW)
    save_answer(office, third, Intake, None, "intake_worker", "a ruiz", NOW)
    save_answer(office, third, Custody, None, "facility", "Krome North", NOW)
    assert listed(CaseQuery(mine=True)) == [third, one]
    assert listed(CaseQuery("2026", facility="krome north")) == [third]
    assert list_facilities(office) == ("Krome North", "Metro West")


def test_a_detainer_stands_until_somebody_says_it_ended(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    query = CaseQuery(detainer_active=True)
    assert list_cases(office, query, 0, 10).total == 0
    entry = add_entry(office, case, Detainer, NOW).entry_id
    assert list_cases(office, query, 0, 10).total == 1
    save_answer(office, case, Detainer, entry, "status", DetainerStatus.UNKNOWN, NOW)
    assert list_cases(office, query, 0, 10).total == 1
    save_answer(office, case, Detainer, entry, "status", DetainerStatus.EXPIRED, NOW)
    assert list_cases(office, query, 0, 10).total == 0


def test_names_come_in_parts_and_no_edit_in_between_is_missed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake_app.workflows.find_people._PART", 2)
    numbers = [start_intake(office, NOW).case_id for _ in range(5)]
    assert load_roster_part(office)
    for case_id in (numbers[0], numbers[-1]):
        save_answer(office, case_id, Person, None, "surname", f"Brandnew{case_id}", NOW)
    added = start_intake(office, NOW).case_id
    save_answer(office, added, Person, None, "surname", "Brandnewest", NOW)
    while load_roster_part(office):
        pass
    found = {row.case_id for row in find_people(office, "brandnew")}
    assert found == {numbers[0], numbers[-1], added}
    assert len(find_people(office, "")) == 6
