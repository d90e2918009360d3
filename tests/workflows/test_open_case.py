"""Who opened a case stands in its history, once for each unlocking, and keeps nobody from it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from intake_app.core.casefile import Person, Protection
from intake_app.core.document_media import Media
from intake_app.core.errors import AppError, NotAllowed
from intake_app.core.letters.options import LetterOptions
from intake_app.core.roles import Role
from intake_app.core.vocabulary import YesNo
from intake_app.store.desk import last_change
from intake_app.store.office import Office
from intake_app.store.openings import OPENED
from intake_app.store.schema import CASES, HISTORY
from intake_app.workflows.add_document import add_document
from intake_app.workflows.case_history import case_history
from intake_app.workflows.check_conflicts import check_conflicts
from intake_app.workflows.compose_letter import compose_letter
from intake_app.workflows.find_people import find_people
from intake_app.workflows.open_case import open_case, open_case_numbered
from intake_app.workflows.read_desk import read_desk
from intake_app.workflows.read_documents import read_document
from intake_app.workflows.read_letter_page import begin_letter
from intake_app.workflows.save_case import save_answer
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.steps import whole
from intake_app.workflows.take_file import TakenFile
from tests.conftest import NOW
from tests.offices import new_office, staff, unlocked


@pytest.fixture
def attorney(tmp_path: Path) -> Iterator[Office]:
    with new_office(tmp_path / "office").office as office:
        staff(office)
    with unlocked(tmp_path / "office", Role.ATTORNEY) as office:
        yield office


def openings(office: Office) -> list[tuple[int, int]]:
    """Who opened which case, oldest first: the member's number and the case."""
    told = select(HISTORY.c.case_id, HISTORY.c.member_id).where(HISTORY.c.action == OPENED)
    with office.reading() as connection:
        return [(row[0], row[1]) for row in connection.execute(told.order_by(HISTORY.c.seq))]


def test_every_way_into_a_case_is_told_once_for_each_unlocking(attorney: Office) -> None:
    folder, me = attorney.folder, attorney.member.id
    ids = [start_intake(attorney, NOW).case_id for _ in range(4)]
    assert openings(attorney) == []
    open_case(attorney, ids[0], NOW)
    open_case(attorney, ids[0], NOW)
    open_case_numbered(attorney, "2026-0002", NOW)
    compose_letter(attorney, ids[2], "client", NOW, LetterOptions())
    begin_letter(attorney, ids[3], NOW)
    begin_letter(attorney, ids[0], NOW)
    assert openings(attorney) == [(case_id, me) for case_id in ids]
    assert attorney.damage() == []
    attorney.close()
    with unlocked(folder, Role.PARALEGAL) as office:
        open_case(office, ids[0], NOW)
        assert openings(office)[4:] == [(ids[0], office.member.id)]
        shown = case_history(office, ids[0])
        assert [one.member for one in shown if one.action == OPENED] == [
            "Paralegal Person",
            "Attorney Person",
        ]
    with unlocked(folder, Role.PARALEGAL) as office:
        open_case(office, ids[0], NOW)
        assert len(openings(office)) == 6


def test_a_document_that_is_read_is_told_once_for_each_unlocking(attorney: Office) -> None:
    case_id = start_intake(attorney, NOW).case_id
    paper = TakenFile(b"%PDF-1.4 order", Media.PDF, "Order of release")
    number = whole(add_document(attorney, case_id, paper, None, NOW)).id
    for _ in range(2):
        assert whole(read_document(attorney, number, NOW)) == paper.content
    told = [one for one in case_history(attorney, case_id) if one.action == OPENED]
    assert [(one.record, one.after) for one in told] == [("Document", paper.title)]


def test_lists_searches_and_checks_tell_nothing(attorney: Office) -> None:
    case_id = start_intake(attorney, NOW).case_id
    save_answer(attorney, case_id, Person, None, "surname", "Núñez", NOW)
    find_people(attorney, "nunez")
    read_desk(attorney, NOW)
    check_conflicts(attorney, case_id, NOW)
    assert openings(attorney) == []


def test_a_protected_case_and_any_other_leave_the_same_line(attorney: Office) -> None:
    """A volunteer holds the file key: the line must not tell her who is a victim."""
    plain, protected = (start_intake(attorney, NOW).case_id for _ in range(2))
    save_answer(attorney, protected, Protection, None, "survivor", YesNo.YES, NOW)
    for case_id in (plain, protected):
        open_case(attorney, case_id, NOW)
    with attorney.reading() as connection:
        lines = connection.execute(select(HISTORY).where(HISTORY.c.action == OPENED)).all()
    first, second = ({**line._mapping, "seq": 0, "case_id": 0, "mac": b""} for line in lines)
    assert first == second
    assert first["before"] is first["after"] is first["record"] is first["field"] is None


def test_an_opening_changes_neither_the_case_nor_what_pages_wait_for(attorney: Office) -> None:
    case_id = start_intake(attorney, NOW).case_id
    with attorney.reading() as connection:
        before = connection.execute(select(CASES)).all(), last_change(connection)
    open_case(attorney, case_id, NOW)
    with attorney.reading() as connection:
        assert (connection.execute(select(CASES)).all(), last_change(connection)) == before


def test_a_disk_that_can_not_be_written_keeps_nobody_out_and_is_told_later(
    attorney: Office,
) -> None:
    first, second = (start_intake(attorney, NOW).case_id for _ in range(2))
    with attorney.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    assert open_case(attorney, first, NOW).case_id == first
    assert "could not be written into the history" in attorney.openings.fault
    assert openings(attorney) == []
    with attorney.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only = OFF")
    open_case(attorney, second, NOW)
    assert attorney.openings.fault == ""
    assert openings(attorney) == [(one, attorney.member.id) for one in (first, second)]


def test_a_case_that_is_not_there_is_not_told(attorney: Office) -> None:
    with pytest.raises(AppError, match="no longer in the office file"):
        open_case(attorney, 77, NOW)
    assert openings(attorney) == []


def test_a_coordinator_opens_none(attorney: Office) -> None:
    case_id, folder = start_intake(attorney, NOW).case_id, attorney.folder
    attorney.close()
    with unlocked(folder, Role.COORDINATOR) as office:
        with pytest.raises(NotAllowed):
            open_case(office, case_id, NOW)
        assert openings(office) == []
