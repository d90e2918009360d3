"""Reading everybody into the index, in parts, and keeping it true."""

import pytest

from intake_app.core.casefile import Abuser, AdverseParty, Person
from intake_app.core.conflict_parties import asked_in
from intake_app.core.roles import Role
from intake_app.store import known_people
from intake_app.store.cases import read_case
from intake_app.store.known_people import KnownPeople
from intake_app.store.office import Office
from intake_app.workflows.save_case import remove_entry, save_answer
from intake_app.workflows.undo_change import undo_change
from tests.conftest import NOW
from tests.offices import unlocked
from tests.workflows.test_check_conflicts import case_of, save


def numbers(office: Office, people: KnownPeople, case_id: int) -> list[int]:
    """The cases of whoever is found for everybody of a case, after catching up."""
    with office.reading() as connection:
        people.catch_up(office, connection)
        asked = asked_in(read_case(office, connection, case_id))
        return sorted(one.case_id for one in people.find(office, connection, case_id, asked))


def test_people_are_read_some_cases_at_a_time(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_people, "_PART", 3)
    for surname in ("Núñez", "Chen", "Diallo", "Quispe", "Nunez", "Zelaya", "Tzoc"):
        case_of(office, given="José", surname=surname)
    people = KnownPeople({})
    parts = []
    while True:
        with office.reading() as connection:
            more = people.read_part(office, connection)
        parts.append(people.index.people)
        # Somebody works on while it is read.
        if len(parts) == 1:
            save_answer(office, 2, Person, None, "surname", "Nuñez", NOW)
            case_of(office, given="Jose", surname="Nunes")
        if not more:
            break
    assert parts == [3, 6, 8]
    assert numbers(office, people, 1) == [2, 5, 8]
    assert people.index.people == 8


def test_undoing_and_removing_are_followed(office: Office) -> None:
    case_of(office, given="Wilmer", surname="Zelaya")
    other = case_of(office, given="Ana", surname="Tum")
    people = KnownPeople({})
    assert numbers(office, people, 1) == []
    entry = save(office, other, AdverseParty, name="Wilmer Zelaya")
    assert numbers(office, people, 1) == [other]
    assert entry is not None
    remove_entry(office, other, AdverseParty, entry, NOW)
    assert numbers(office, people, 1) == []
    with office.reading() as connection:
        last = connection.exec_driver_sql("SELECT max(seq) FROM history").scalar_one()
    undo_change(office, last, NOW)
    assert numbers(office, people, 1) == [other]


def test_after_very_many_changes_everything_is_read_anew(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_people, "_BETTER_ANEW", 2)
    case_of(office, given="José", surname="Núñez")
    people = KnownPeople({})
    assert numbers(office, people, 1) == []
    index = people.index
    for _ in range(2):
        case_of(office, given="Jose", surname="Nunez")
    assert numbers(office, people, 1) == [2, 3]
    assert people.index is not index


def test_a_volunteers_index_has_no_abusers(staffed: Office) -> None:
    case_id = case_of(staffed, given="Ana", surname="Tum")
    save(staffed, case_id, Abuser, name="Óscar Menjívar")
    save(staffed, case_id, AdverseParty, name="Gulf Coast Poultry")
    folder = staffed.folder
    staffed.close()
    for role, known in ((Role.VOLUNTEER, 2), (Role.PARALEGAL, 3)):
        with unlocked(folder, role) as office, office.reading() as connection:
            people = KnownPeople({})
            people.catch_up(office, connection)
            assert people.index.people == known
