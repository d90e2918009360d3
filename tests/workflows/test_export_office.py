"""Everything an office holds, read back from the files it leaves with."""

import csv
import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import LargeBinary

from intake_app.core.answers import to_stored
from intake_app.core.casefile import RECORDS, Person
from intake_app.core.errors import AppError, NotAllowed
from intake_app.core.fields import Compartment, title_of
from intake_app.core.letters.options import LetterOptions, Signer
from intake_app.core.roles import Role
from intake_app.store import everything
from intake_app.store.history import PURGED, Line, forget_values
from intake_app.store.office import Office
from intake_app.store.schema import METADATA
from intake_app.workflows.add_document import add_document
from intake_app.workflows.approve_letter import approve_letter
from intake_app.workflows.case_history import case_history
from intake_app.workflows.check_conflicts import check_conflicts
from intake_app.workflows.export_office import Exported, export_office
from intake_app.workflows.keep_draft import keep_draft
from intake_app.workflows.read_letters import approved_pdf
from intake_app.workflows.reauthenticate import Proof, reauthenticate
from intake_app.workflows.save_case import add_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.steps import whole
from intake_app.workflows.take_file import take_file
from tests.conftest import NOW, PASSPHRASE
from tests.examples import EVERY_QUESTION, example
from tests.letters import DECLINE, case_for_a_letter
from tests.offices import fingerprint, new_office, staff, unlocked
from tests.papers import pdf

FORMULA = "=HYPERLINK(1)"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed office with something in nearly every table; case 1 has every question answered."""
    place = tmp_path_factory.mktemp("export")
    folder = place / "office"
    with new_office(folder).office as office:
        staff(office)
    (place / "paper.pdf").write_bytes(pdf())
    with unlocked(folder, Role.ATTORNEY) as office:
        case = start_intake(office, NOW).case_id
        for cls in RECORDS:
            entry = add_entry(office, case, cls, NOW).entry_id if title_of(cls).many else None
            for record, asked in EVERY_QUESTION:
                if record is cls:
                    save_answer(office, case, cls, entry, asked.name, example(cls, asked), NOW)
        taken = take_file(place / "paper.pdf", lambda: False)
        whole(add_document(office, case, taken, None, NOW))
        whole(add_document(office, case, taken, None, NOW, protected=True))
        letter = case_for_a_letter(office)
        approve_letter(office, letter, DECLINE, LetterOptions(signer=Signer("A.", "B.")), NOW)
        save_answer(office, letter, Person, None, "middle", FORMULA, NOW)
        keep_draft(office, letter, Person, None, "second_surname", "half typed")
        check_conflicts(office, letter, NOW)
    return folder


@pytest.fixture
def open_office(full: Path, tmp_path: Path) -> Iterator[Office]:
    """The office, a copy of this test’s own, open for its administrator."""
    with unlocked(Path(shutil.copytree(full, tmp_path / "office"))) as office:
        yield office


def proof_of(office: Office) -> Proof:
    return reauthenticate(office, PASSPHRASE, NOW)


def exported(office: Office, into: Path) -> Exported:
    into.mkdir(exist_ok=True)
    return whole(export_office(office, into, proof_of(office), NOW))


def lines_of(folder: Path, table: str) -> list[dict[str, Any]]:
    text = (folder / "tables" / f"{table}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.split("\n")[:-1]]


def test_every_answer_is_there_exactly(open_office: Office, tmp_path: Path) -> None:
    folder = exported(open_office, tmp_path / "out").folder
    for cls, asked in EVERY_QUESTION:
        (row,) = (one for one in lines_of(folder, title_of(cls).table) if one["case_id"] == 1)
        stored = to_stored(asked, example(cls, asked))
        assert row[asked.name] == (str(stored) if asked.keep.value else stored), asked.name


def test_csv_and_json_say_the_same_and_no_cell_is_a_formula(
    open_office: Office, tmp_path: Path
) -> None:
    folder = exported(open_office, tmp_path / "out").folder
    guarded = 0
    for table in everything.exported_tables():
        with (folder / "tables" / f"{table.name}.csv").open(encoding="utf-8-sig", newline="") as f:
            rows = list(csv.DictReader(f))
        exact = lines_of(folder, table.name)
        assert len(rows) == len(exact)
        for row, told in zip(rows, exact, strict=True):
            for name, value in told.items():
                cell = row[name]
                if cell.startswith("'"):
                    guarded += 1
                    cell = cell[1:]
                assert cell == ("" if value is None else str(value))
                assert not row[name].startswith(("=", "+", "-", "@")) or isinstance(value, int)
    assert guarded
    assert FORMULA in {row["middle"] for row in lines_of(folder, "person")}


def test_documents_and_letters_are_files_as_they_were(
    full: Path, open_office: Office, tmp_path: Path
) -> None:
    done = exported(open_office, tmp_path / "out")
    papers = sorted((done.folder / "documents").rglob("*.pdf"))
    assert [one.read_bytes() for one in papers] == [(full.parent / "paper.pdf").read_bytes()] * 2
    (letter,) = (done.folder / "letters").rglob("*.pdf")
    (row,) = lines_of(done.folder, "letters")
    assert letter.read_bytes() == approved_pdf(open_office, row["id"])
    assert (done.documents, done.letters) == (2, 1)
    assert "Quintanilla" in row["content"]


def test_the_history_tells_what_answers_were_and_that_they_left(
    open_office: Office, tmp_path: Path
) -> None:
    folder = exported(open_office, tmp_path / "out").folder
    rows = lines_of(folder, "history")
    assert rows[-1]["action"] == "everything exported"
    with open_office.reading() as connection:
        many = connection.exec_driver_sql("SELECT count(*) FROM history").scalar()
    assert len(rows) == many
    assert {change.after for change in case_history(open_office, 2) if change.after} >= {FORMULA}
    assert FORMULA in {row["after"] for row in rows}
    (draft,) = lines_of(folder, "drafts")
    assert draft["words"] == "half typed"


def test_a_destroyed_value_is_said_to_be(open_office: Office, tmp_path: Path) -> None:
    with open_office.writing() as connection:
        forget_values(connection, [10])
        at = NOW.isoformat(timespec="seconds")
        open_office.record(connection, Line(at, open_office.member.id, PURGED, 1))
    rows = lines_of(exported(open_office, tmp_path / "out").folder, "history")
    assert everything.DESTROYED in (rows[9]["before"], rows[9]["after"])


def test_every_table_and_column_is_there_or_left_out_with_a_reason() -> None:
    tables = {table.name: table for table in METADATA.sorted_tables}
    assert set(everything.NOT_EXPORTED) <= set(tables)
    names = {f"{one.name}.{column.name}" for one in tables.values() for column in one.c}
    assert set(everything.NOT_TOLD) <= names
    for one in everything.exported_tables():
        assert set(everything.columns_of(one)) <= set(one.c.keys())
        assert all(
            isinstance(one.c[name.split(".")[1]].type, LargeBinary)
            for name in everything.NOT_TOLD
            if name.startswith(f"{one.name}.")
        )


def test_the_folder_is_whole_for_its_owner_and_fingerprinted(
    open_office: Office, tmp_path: Path
) -> None:
    folder = exported(open_office, tmp_path / "out").folder
    sums: dict[str, str] = {}
    for line in (folder / "SHA256SUMS.txt").read_text("utf-8").splitlines():
        mark, name = line.split("  ", 1)
        sums[name] = mark
    files = {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()} - {
        "SHA256SUMS.txt"
    }
    assert set(sums) == files
    for name, told in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == told
    for one in (folder, *(folder / name for name in files)):
        assert one.stat().st_mode & 0o077 == 0
    words = (folder / "READ ME FIRST.txt").read_text("utf-8")
    assert "NOT ENCRYPTED" in words
    assert sorted(one.name for one in folder.parent.iterdir()) == [folder.name]


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.ADMINISTRATOR])
def test_only_an_administrator_who_types_her_passphrase_again(
    full: Path, tmp_path: Path, role: Role
) -> None:
    folder = Path(shutil.copytree(full, tmp_path / "office"))
    with unlocked(folder, role) as office:
        proof = proof_of(office)
        with pytest.raises(NotAllowed, match="may not export the whole office"):
            whole(export_office(office, tmp_path / "out", proof, NOW))
    with unlocked(folder) as office:
        with pytest.raises(NotAllowed, match="Type your passphrase again"):
            whole(export_office(office, tmp_path / "out", proof, NOW))
        with pytest.raises(NotAllowed, match="Type your passphrase again"):
            later = NOW + timedelta(minutes=6)
            whole(export_office(office, tmp_path / "out", proof_of(office), later))
    assert not (tmp_path / "out").exists()


def test_stopped_failed_or_done_twice_it_leaves_no_half(
    open_office: Office, tmp_path: Path
) -> None:
    into = tmp_path / "out"
    into.mkdir()
    steps = export_office(open_office, into, proof_of(open_office), NOW)
    for _ in range(5):
        next(steps)
    assert list(into.iterdir())
    steps.close()
    assert not list(into.iterdir())
    done = exported(open_office, into)
    before = fingerprint(done.folder)
    with pytest.raises(AppError, match="holds an export of today already"):
        exported(open_office, into)
    assert fingerprint(done.folder) == before
    (tmp_path / "a file").write_text("in the way")
    with pytest.raises(AppError, match="can’t be written there"):
        whole(export_office(open_office, tmp_path / "a file", proof_of(open_office), NOW))
    with pytest.raises(AppError, match="is not for copies"):
        exported(open_office, open_office.folder)


def test_a_value_that_does_not_open_stops_it(open_office: Office, tmp_path: Path) -> None:
    """A damaged office says so, and does not leave with a hole in its records."""
    with open_office.writing() as connection:
        connection.exec_driver_sql("UPDATE person SET given = surname WHERE case_id = 1")
    with pytest.raises(AppError, match="changed or damaged"):
        exported(open_office, tmp_path / "out")
    assert not list((tmp_path / "out").iterdir())


def test_the_seals_need_the_keys_of_an_administrator(open_office: Office) -> None:
    assert all(open_office.sealer.opens(keep) for keep in Compartment)
