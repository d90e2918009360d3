"""A copy leaves the office whole, only for its owner to read, and never without a line."""

import errno
import os
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from intake_app.core.document_media import Media
from intake_app.core.errors import AppError, NotAllowed, OfficeDamaged
from intake_app.core.roles import Role
from intake_app.store.documents import Document
from intake_app.store.office import Office
from intake_app.workflows.add_document import add_document
from intake_app.workflows.case_history import case_history
from intake_app.workflows.export_document import export_document, export_name
from intake_app.workflows.remove_document import remove_document
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.steps import whole
from intake_app.workflows.take_file import TakenFile
from tests import papers
from tests.conftest import NOW
from tests.offices import proof_of, staff, unlocked

CONTENT = papers.pdf() + bytes(5_000_000)


@pytest.fixture
def paper(office: Office) -> Document:
    """A document of several parts in a case of its own."""
    case = start_intake(office, NOW).case_id
    file = TakenFile(CONTENT, Media.PDF, "Detainer of Marie")
    return whole(add_document(office, case, file, None, NOW))


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Path]:
    """An empty folder for copies; nothing but the copy is ever left in it."""
    made = tmp_path / "copies"
    made.mkdir()
    yield made
    assert [path.name for path in made.iterdir() if path.suffix != ".pdf"] == []


def actions(office: Office, case: int) -> list[str]:
    return [change.action for change in case_history(office, case)]


def test_a_copy_is_what_was_added_and_the_history_tells(
    office: Office, paper: Document, outside: Path
) -> None:
    path = outside / export_name("2026-0117", paper.id, paper.media)
    assert path.name == f"document-2026-0117-{paper.id}.pdf"
    assert whole(export_document(office, paper.id, path, proof_of(office), NOW)) == path
    assert path.read_bytes() == CONTENT
    newest = case_history(office, paper.case_id)[0]
    assert (newest.record, newest.action, newest.after) == (
        "Document",
        "exported",
        "Detainer of Marie",
    )
    assert not newest.undoable
    assert office.damage() == []


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights another way")
def test_only_its_owner_may_read_a_copy(office: Office, paper: Document, outside: Path) -> None:
    path = outside / "copy.pdf"
    path.write_bytes(b"older")
    path.chmod(0o644)
    steps = export_document(office, paper.id, path, proof_of(office), NOW)
    next(steps)
    next(steps)
    for half in outside.iterdir():
        if half != path:
            assert stat.S_IMODE(half.stat().st_mode) == 0o600
            assert "Marie" not in half.name
    assert path.read_bytes() == b"older", "the older file stays until the copy is whole"
    whole(steps)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() == CONTENT


def test_a_copy_given_up_half_way_leaves_nothing(
    office: Office, paper: Document, outside: Path
) -> None:
    steps = export_document(office, paper.id, outside / "copy.pdf", proof_of(office), NOW)
    next(steps)
    next(steps)
    steps.close()
    assert list(outside.iterdir()) == []
    assert "exported" not in actions(office, paper.case_id)


def test_a_full_disk_leaves_nothing_and_is_a_sentence(
    office: Office, paper: Document, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AppError, match="can’t be written there"):
        whole(export_document(office, paper.id, outside / "copy.pdf", proof_of(office), NOW))
    assert list(outside.iterdir()) == []
    assert "exported" not in actions(office, paper.case_id)


def test_a_folder_that_is_not_there_is_a_sentence(
    office: Office, paper: Document, outside: Path
) -> None:
    with pytest.raises(AppError, match="can’t be written there"):
        whole(
            export_document(office, paper.id, outside / "gone" / "copy.pdf", proof_of(office), NOW)
        )


def test_a_damaged_document_leaves_no_half_copy(
    office: Office, paper: Document, outside: Path
) -> None:
    with office.writing() as connection:
        connection.exec_driver_sql("UPDATE document_parts SET sealed = x'00' WHERE part = 4")
    with pytest.raises(OfficeDamaged):
        whole(export_document(office, paper.id, outside / "copy.pdf", proof_of(office), NOW))
    assert list(outside.iterdir()) == []


def test_the_folder_of_the_office_is_no_place_for_copies(office: Office, paper: Document) -> None:
    with pytest.raises(AppError, match="not for copies"):
        whole(export_document(office, paper.id, office.folder / "office.db", proof_of(office), NOW))


def test_a_removed_or_protected_document_is_not_copied_by_who_may_not(
    office: Office, paper: Document, outside: Path
) -> None:
    staff(office)
    file = TakenFile(CONTENT, Media.PDF, "Report")
    hidden = whole(add_document(office, paper.case_id, file, None, NOW, protected=True))
    remove_document(office, paper.id, NOW)
    folder = office.folder
    with pytest.raises(AppError, match="no longer"):
        whole(export_document(office, paper.id, outside / "copy.pdf", proof_of(office), NOW))
    office.close()
    with (
        unlocked(folder, Role.VOLUNTEER) as volunteer,
        pytest.raises(AppError, match="no longer"),
    ):
        whole(export_document(volunteer, hidden.id, outside / "copy.pdf", proof_of(volunteer), NOW))
    with unlocked(folder, Role.COORDINATOR) as coordinator, pytest.raises(NotAllowed):
        whole(
            export_document(
                coordinator, hidden.id, outside / "copy.pdf", proof_of(coordinator), NOW
            )
        )
    assert list(outside.iterdir()) == []


def test_a_copy_leaves_only_for_whoever_just_typed_her_passphrase(
    office: Office, paper: Document, outside: Path
) -> None:
    old = proof_of(office, NOW - timedelta(minutes=6))
    with pytest.raises(NotAllowed, match="Type your passphrase again"):
        whole(export_document(office, paper.id, outside / "copy.pdf", old, NOW))
    assert list(outside.iterdir()) == []
    assert "exported" not in actions(office, paper.case_id)
