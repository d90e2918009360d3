"""Writing many whole cases: all of them or none, numbered by year, fit to be changed later."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from intake_app.core.casefile import Custody, Intake, OtherName, Person
from intake_app.core.vocabulary import CaseStatus, State
from intake_app.store.bulk_cases import WholeCase, write_cases
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.store.office import Office, OfficeProfile
from intake_app.workflows.case_history import case_history
from intake_app.workflows.create_office import create_office
from intake_app.workflows.find_people import CaseQuery, find_people, list_cases
from intake_app.workflows.open_case import open_case
from intake_app.workflows.save_case import save_answer
from intake_app.workflows.start_intake import start_intake

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 22, 12, 11, tzinfo=ZONE)


@pytest.fixture(name="office")
def _office(tmp_path: Path) -> Iterator[Office]:
    profile = OfficeProfile("Test office", "FL", "1 Test Street", "America/New_York")
    made = create_office(
        tmp_path / "office", profile, "admin", "A", "some long words here", NOW, OWASP_MINIMUM
    )
    with made.office as office:
        yield office


def case(surname: str, year: int = 2026) -> WholeCase:
    started = datetime(year, 3, 1, 9, 0, tzinfo=ZONE)
    records: dict[type, tuple[object, ...]] = {
        Intake: (Intake(status=CaseStatus.OPEN),),
        Person: (Person(given="Ángel", surname=surname, a_number="A00012345"),),
        OtherName: (OtherName(name="ONE"), OtherName(name="TWO")),
        Custody: (Custody(facility="Heron County Jail", facility_state=State.FL),),
    }
    return WholeCase(records, started, started, 1)


def test_cases_are_numbered_in_the_year_they_were_started(office: Office) -> None:
    begun = start_intake(office, NOW)
    numbers = write_cases(
        office, [case("Peña"), case("Núñez", 2025), case("Ruiz"), case("O", 2025)]
    )
    assert begun.number == "2026-0001"
    assert numbers == ["2026-0002", "2025-0001", "2026-0003", "2025-0002"]
    assert start_intake(office, NOW).number == "2026-0004"


def test_a_written_case_is_found_read_and_changed_like_any_other(office: Office) -> None:
    write_cases(office, [case("Peña"), case("Núñez")])
    assert [row.name for row in find_people(office, "nunez")] == ["Núñez, Ángel"]
    read = open_case(office, 2)
    assert read.one(Person).surname == "Núñez"
    assert [other.name for other in read.all(OtherName)] == ["ONE", "TWO"]
    entry = read.kept(Person)[0].id
    save_answer(office, 2, Person, entry, "surname", "Núñez Díaz", NOW)
    assert [row.name for row in find_people(office, "diaz")] == ["Núñez Díaz, Ángel"]
    assert [change.action for change in case_history(office, 2)] == ["changed", "case started"]
    assert office.damage() == []


def test_nothing_is_written_where_something_goes_wrong(office: Office) -> None:
    def breaking_off() -> Iterator[WholeCase]:
        for k in range(1200):
            yield case(f"Name {k}")
        raise RuntimeError("no more names")

    with pytest.raises(RuntimeError, match="no more names"):
        write_cases(office, breaking_off())
    assert list_cases(office, CaseQuery(), 0, 10).total == 0
    assert office.damage() == []
    assert write_cases(office, [case("Peña")]) == ["2026-0001"]


def test_a_case_list_already_read_is_never_left_behind(office: Office) -> None:
    """The list in memory would not know the new cases, so nothing is written."""
    find_people(office, "")
    with pytest.raises(RuntimeError, match="before the case list is read"):
        write_cases(office, [case("Peña")])
    assert list_cases(office, CaseQuery(), 0, 10).total == 0
