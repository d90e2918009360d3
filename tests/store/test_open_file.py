"""A connection that met a fault is given up for a new one: a drive that comes back works again."""

from pathlib import Path

import pytest

from intake_app.core.casefile import Person
from intake_app.core.errors import AppError, OfficeDamaged
from intake_app.store.office import Office
from intake_app.store.office_file import DATABASE
from intake_app.workflows.open_case import open_case
from intake_app.workflows.save_case import save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW

PAGE = 4096


def new_case(office: Office) -> int:
    """A case with an answer, in the database and no more in the log."""
    case = start_intake(office, NOW).case_id
    save_answer(office, case, Person, None, "surname", "Diallo", NOW)
    with office.outside() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("PRAGMA shrink_memory")
    return case


def test_after_a_page_could_not_be_read_the_office_goes_on(office: Office, folder: Path) -> None:
    case = new_case(office)
    path = folder / DATABASE
    whole = path.read_bytes()
    path.write_bytes(whole[:PAGE] + bytes(len(whole) - PAGE))
    for _ in range(2):
        with pytest.raises(OfficeDamaged):
            open_case(office, case)
    path.write_bytes(whole)
    # SQLCipher answers nothing more on a connection that met a damaged page.
    assert open_case(office, case).one(Person).surname == "Diallo"
    save_answer(office, case, Person, None, "surname", "Barry", NOW)
    assert open_case(office, case).one(Person).surname == "Barry"
    assert office.damage() == []


def test_a_file_that_is_gone_is_not_called_damaged(office: Office, folder: Path) -> None:
    case = new_case(office)
    path, away = folder / DATABASE, folder / "away"
    whole = path.read_bytes()
    path.write_bytes(bytes(len(whole)))
    path.rename(away)
    with pytest.raises(AppError, match="Check that the disk is there") as told:
        open_case(office, case)
    assert not isinstance(told.value, OfficeDamaged)
    away.write_bytes(whole)
    away.rename(path)
    assert open_case(office, case).one(Person).surname == "Diallo"


def test_an_answer_that_was_refused_does_not_cost_the_connection(office: Office) -> None:
    case = new_case(office)
    before = office._file._engine
    with pytest.raises(AppError, match="no longer in the case"):
        save_answer(office, case, Person, 999, "surname", "Barry", NOW)
    open_case(office, case)
    assert office._file._engine is before
