"""The search finds what is there, in the file and in its log; rewriting leaves nothing between."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake_app.core.errors import AppError
from intake_app.core.roles import Key, Role
from intake_app.core.vocabulary import PurgePart
from intake_app.store.office import Office
from intake_app.store.office_file import DATABASE
from intake_app.store.retention import purging
from intake_app.store.retention.scrubbing import Marks, search
from intake_app.workflows import destroy_records as destroying
from intake_app.workflows.due_for_destruction import due_for_destruction
from intake_app.workflows.steps import whole
from tests.conftest import NOW
from tests.offices import new_office, raw_office, staff, unlocked
from tests.retention_world import LATER, closed_case, full_case, of_case, purge


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scrubbing") / "office"
    with new_office(folder).office as office:
        staff(office)
    with unlocked(folder, Role.ATTORNEY) as office:
        full_case(office)
    return folder


@pytest.fixture
def admin(made: Path, tmp_path: Path) -> Iterator[Office]:
    with unlocked(Path(shutil.copytree(made, tmp_path / "office"))) as office:
        yield office


def found(office: Office, marks: Marks) -> int:
    searching = search(office.folder / DATABASE, office.keys[Key.FILE], marks)
    pages, many = whole(searching)
    assert pages > 0
    return many


def marks_of(office: Office, sql: str) -> Marks:
    marks = Marks()
    with office.reading() as connection:
        for row in connection.exec_driver_sql(sql):
            marks.take(row)
    return marks


def checkpoint(office: Office) -> None:
    with office.outside() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT given, surname FROM person",
        "SELECT before, after FROM history",
        "SELECT sealed FROM document_parts",
        "SELECT content, pdf FROM letters",
        "SELECT roster_line FROM cases",
    ],
)
def test_what_is_there_is_found(admin: Office, sql: str) -> None:
    marks = marks_of(admin, sql)
    # A piece of a long value may lie across two pages.
    least = len(marks) * 0.95
    assert 0 < least < found(admin, marks)
    checkpoint(admin)
    assert least < found(admin, marks)
    other = Marks()
    other.take([b"\x01" + bytes(range(100, 160))])
    assert found(admin, other) == 0


def test_a_page_of_a_long_paper_alone_is_found(admin: Office) -> None:
    """A stale page holds some thousand bytes out of the middle of a sealed value."""
    with admin.reading() as connection:
        sealed = connection.exec_driver_sql("SELECT sealed FROM document_parts").scalars().all()
    marks = Marks()
    marks.take(sealed)
    longest = max(sealed, key=len)
    for start in range(0, len(longest) - 4_012, 4_012):
        assert marks.found_in(longest[start : start + 4_012])


def test_what_is_in_the_log_alone_is_found(admin: Office) -> None:
    checkpoint(admin)
    closed_case(admin, "Only in the log")
    marks = marks_of(admin, "SELECT summary FROM intake ORDER BY id DESC LIMIT 1")
    assert found(admin, marks) > 0


def test_what_is_deleted_is_overwritten_at_once(admin: Office) -> None:
    """Before the file is written anew: a power cut in between leaves nothing readable."""
    marks = Marks()
    with admin.writing() as connection:
        purging.destroy(connection, admin.chain_key, of_case(1, PurgePart.WHOLE), marks)
    assert len(marks) > 200
    assert found(admin, marks) > 0  # the log still holds it
    checkpoint(admin)
    assert found(admin, marks) == 0


def test_afterwards_no_page_is_spare_and_the_log_is_empty(admin: Office) -> None:
    database = admin.folder / DATABASE
    checkpoint(admin)
    before = database.stat().st_size
    purge(admin, PurgePart.WHOLE)
    assert database.stat().st_size < before - 1_000_000  # the papers were 1.5 MB
    with raw_office(admin.folder, admin.keys[Key.FILE]) as raw:
        assert raw.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_remains_are_told_and_the_run_is_not_certified(
    admin: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(destroying, "rewrite", lambda _outside: iter(()))
    with pytest.raises(AppError, match="Remains of destroyed records"):
        purge(admin, PurgePart.WHOLE)
    assert due_for_destruction(admin, LATER).unfinished is not None
    assert NOW < LATER
