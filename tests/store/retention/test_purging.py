"""What was destroyed is gone from every table, from the file and from its log; the rest stands.

The attack reads the tables past the program and deciphers every page of the file and its log by
itself; before a purge it finds everything it looks for, so it is seen to work.
"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import LargeBinary

from intake_app.core.casefile import AdverseParty, Person
from intake_app.core.fields import Compartment, Kind, ask, record
from intake_app.core.purge_parts import answers_in, with_all
from intake_app.core.roles import Key, Role
from intake_app.core.vocabulary import PurgePart
from intake_app.store.conflict_checks import checks_of
from intake_app.store.deleted import KEPT_FOR
from intake_app.store.history import derive_chain_key, is_destroyed
from intake_app.store.office import Office
from intake_app.store.office_file import DATABASE
from intake_app.store.retention import purging
from intake_app.store.retention.purge_plan import cleared
from intake_app.store.schema import METADATA, RECORD_TABLES
from intake_app.store.sealing import place
from intake_app.store.transactions import engine_over, transaction
from intake_app.workflows.check_conflicts import Outcome, check_conflicts
from intake_app.workflows.due_for_destruction import due_for_destruction
from intake_app.workflows.read_documents import list_documents
from intake_app.workflows.read_letters import letters_of
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.offices import new_office, raw_office, staff, unlocked
from tests.retention_world import (
    LATER,
    REASON,
    WHO,
    case_beside,
    closed_case,
    destroy_due,
    full_case,
    of_case,
    purge,
)
from tests.store.test_imported import DUI, HEADER, THEFT, run
from tests.test_coordinator_attack import _pages_in_plain, attack

OFFICES_OWN = {
    ("history", "mac"),
    ("addressees", "entry"),
    ("letter_logo", "picture"),
    ("releases", "mac"),
    ("releases", "sealed"),
    # The keyed hash of a row's key in the other system: the next import leaves the row out.
    ("imported", "key_mac"),
}
"""Sealed columns that hold nothing of a client, or are kept knowingly."""

COUNTED_STILL = {("letters", name) for name in ("kind", "sent_by", "answer", "result")}
"""Sealed with the protected key alone: what became of a letter is counted after IDENTITY too."""

IN_HISTORY = {("history", "before"), ("history", "after")}

LEFT_OF_LETTERS = {
    PurgePart.NARRATIVE: COUNTED_STILL,
    PurgePart.ATTACHMENTS: COUNTED_STILL | {("letters", "note"), ("letters", "reply_by")},
    PurgePart.IDENTITY: COUNTED_STILL,
    PurgePart.WHOLE: set[tuple[str, str]](),
}
"""Of an approved letter: a draft goes whole."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A full case (1), and one beside it (2) whose decided check found its person."""
    folder = tmp_path_factory.mktemp("purging") / "office"
    with new_office(folder).office as office:
        staff(office)
    with unlocked(folder, Role.ATTORNEY) as office:
        run(office, NOW, THEFT)  # becomes the full case's elder: case 1 of the import
        assert full_case(office) == 2
        assert case_beside(office) == 3
    return folder


@pytest.fixture
def taken(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "office"))


@pytest.fixture
def admin(taken: Path) -> Iterator[Office]:
    with unlocked(taken) as office:
        yield office


CASE, BESIDE = 2, 3


def keys_of(office: Office) -> bytes:
    return office.keys[Key.FILE]


def sealed_of(folder: Path, key: bytes, case: int) -> dict[tuple[str, str], list[bytes]]:
    """Every sealed value that belongs to a case, by table and column."""
    found: dict[tuple[str, str], list[bytes]] = {}
    with raw_office(folder, key) as raw:
        for table in METADATA.tables.values():
            names = [c.name for c in table.columns if isinstance(c.type, LargeBinary)]
            if table.name == "document_parts":
                which = f"document_id IN (SELECT id FROM documents WHERE case_id = {case})"  # noqa: S608
            elif table.name == "cases" or "case_id" in table.columns:
                which = f"{'id' if table.name == 'cases' else 'case_id'} = {case}"
            else:
                continue
            for name in names:
                rows = raw.execute(f"SELECT {name} FROM {table.name} WHERE {which}")  # noqa: S608
                values = [value for (value,) in rows if value]
                if values:
                    found[table.name, name] = values
    return found


def pages(folder: Path, key: bytes) -> bytes:
    (folder / f"{DATABASE}-wal").touch()
    return b"".join(_pages_in_plain(folder, key))


def left_of(values: list[bytes], plain: bytes) -> int:
    """How many of the values have any piece of 24 bytes, taken at four places, in the pages."""
    starts = [
        (value, [0, len(value) // 3, 2 * len(value) // 3, len(value) - 24]) for value in values
    ]
    return sum(any(v[at : at + 24] in plain for at in places) for v, places in starts)


def expected_after(part: PurgePart) -> set[tuple[str, str]]:
    """Which sealed columns of the case may hold anything still."""
    gone = {(c.table.name, c.name) for one in cleared(with_all((part,))) for c in one.sealed}
    everything = {
        (table.name, c.name)
        for table in METADATA.tables.values()
        for c in table.columns
        if isinstance(c.type, LargeBinary)
    }
    return everything - gone


@pytest.mark.parametrize("part", list(PurgePart))
def test_what_a_part_holds_is_in_no_table_and_on_no_page(
    taken: Path, tmp_path: Path, part: PurgePart
) -> None:
    with unlocked(taken) as office:
        key = keys_of(office)
    before = sealed_of(taken, key, CASE)
    assert {name for name in before if name[0] in {"person", "history", "documents"}}
    plain = pages(taken, key)
    assert all(left_of(values, plain) == len(values) for values in before.values())

    with unlocked(taken) as office:
        done = purge(office, part)
        assert office.damage() == []
        assert done.pieces > 0
        thief = Path(shutil.copytree(taken, tmp_path / "thief"))
    after = sealed_of(thief, key, CASE)
    still = {value for values in after.values() for value in values}
    plain = pages(thief, key)
    gone = {name: [v for v in values if v not in still] for name, values in before.items()}
    assert {
        name: left_of(values, plain) for name, values in gone.items() if values
    } == dict.fromkeys((name for name, values in gone.items() if values), 0)
    assert set(after) <= expected_after(part) | IN_HISTORY | LEFT_OF_LETTERS[part]
    if part in (PurgePart.IDENTITY, PurgePart.WHOLE):
        _nothing_the_identity_key_opens(thief, tmp_path / "identity", after)


def _nothing_the_identity_key_opens(
    folder: Path, work: Path, after: dict[tuple[str, str], list[bytes]]
) -> None:
    """Only hashes stand in the history; other values are sealed with the protected key alone."""
    for side in ("before", "after"):
        assert all(map(is_destroyed, after.pop(("history", side), [])))
    for table, name in after:
        if (table, name) in OFFICES_OWN | COUNTED_STILL:
            continue
        question = METADATA.tables[table].c[name].info["question"]
        assert question.keep is Compartment.PROTECTED
    loot = attack(folder, Role.VOLUNTEER, work)
    words = [
        text for (table, _), texts in loot.opened.items() if table != "history" for text in texts
    ]
    # The other case has a person of the same name; nothing else of the first is opened.
    assert not [text for text in words if " old" in text or "Żółć" in text]


def test_every_sealed_column_falls_under_some_part() -> None:
    whole, identity = (
        {(c.table.name, c.name) for one in cleared(with_all((part,))) for c in one.sealed}
        for part in (PurgePart.WHOLE, PurgePart.IDENTITY)
    )
    sealed = {
        (table.name, column.name)
        for table in METADATA.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    assert sealed - IN_HISTORY - OFFICES_OWN == whole - OFFICES_OWN
    left = {
        (table.name, column.name)
        for table in RECORD_TABLES.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
        and column.info["question"].keep is Compartment.PROTECTED
    }
    # A draft of a letter goes whole; what stays of an approved one is told above.
    assert whole - identity == left


def test_a_question_declared_later_falls_in_by_itself() -> None:
    @record(table="later", title="Later")
    class Later:
        """A record of a later version."""

        told: str | None = ask("Told", keep=Compartment.BOTH, kind=Kind.TEXT)
        name: str | None = ask("Name", keep=Compartment.IDENTITY)
        fact: str | None = ask("Fact")

    names = {part: {asked.name for asked in answers_in(part, Later)} for part in PurgePart}
    assert names == {
        PurgePart.NARRATIVE: {"told"},
        PurgePart.ATTACHMENTS: set(),
        PurgePart.IDENTITY: {"told", "name"},
        PurgePart.WHOLE: {"told", "name", "fact"},
    }


def test_other_cases_forget_whom_their_checks_found(taken: Path) -> None:
    with unlocked(taken) as office:
        seen = due_for_destruction(office, LATER)
        assert seen.done == ()
        purge(office, PurgePart.IDENTITY)
    with unlocked(taken, Role.ATTORNEY) as office:
        view = check_conflicts(office, BESIDE, LATER)
        assert view.outcome is Outcome.OTHER_PERSON  # what was decided stands
        assert REASON not in view.reason
        assert not view.matches
        with office.reading() as connection:
            found = connection.exec_driver_sql(
                f"SELECT found, reason FROM conflict_checks WHERE case_id = {BESIDE}"  # noqa: S608
            ).all()
        key = office.sealer
        ((sealed, reason),) = found
        text = key.open(Compartment.BOTH, place("conflict_checks", "found", 2), sealed)
        assert (text.strip(), reason) == ("[]", None)


def test_somebody_deleted_long_ago_goes_from_other_cases_checks(office: Office) -> None:
    first, other = start_intake(office, NOW).case_id, start_intake(office, NOW).case_id
    entry = add_entry(office, first, AdverseParty, NOW).entry_id
    assert entry is not None
    save_answer(office, first, AdverseParty, entry, "name", "Zoraida Quetzalcoatl", NOW)
    for name, value in WHO.items():
        save_answer(office, other, Person, None, name, value, NOW)
    assert check_conflicts(office, other, NOW).outcome is Outcome.POSSIBLE
    remove_entry(office, first, AdverseParty, entry, NOW)
    late = NOW + KEPT_FOR + timedelta(minutes=1)
    assert due_for_destruction(office, late).checks == (1,)
    destroy_due(office, late)
    with office.reading() as connection:
        assert not checks_of(office, connection, other)[0].found
    assert check_conflicts(office, other, late).outcome is Outcome.NO_MATCH
    assert office.damage() == []


def test_a_narrative_purge_leaves_names_papers_and_letters(admin: Office) -> None:
    purge(admin, PurgePart.NARRATIVE)
    assert len(list_documents(admin, CASE)) == 2
    (draft, letter) = letters_of(admin, CASE)
    assert letter.text and letter.note == "" and draft.destroyed_at is None
    kept = sealed_of(admin.folder, keys_of(admin), CASE)
    assert ("person", "surname") in kept and ("contact", "home_address") in kept
    assert ("intake", "summary") not in kept and ("private_note", "words") not in kept


def test_it_runs_over_a_backup_with_the_file_key_alone(taken: Path, tmp_path: Path) -> None:
    backup = Path(shutil.copytree(taken, tmp_path / "backup"))
    with unlocked(taken) as office:
        key = keys_of(office)
        done = purge(office, PurgePart.IDENTITY)
    # Its own is wiped when the office closes.
    chain_key = derive_chain_key(key)
    with raw_office(backup, key) as raw:
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA secure_delete = ON")
        with transaction(engine_over(raw), write=True) as connection:
            counts = purging.destroy(connection, chain_key, done)
            assert counts.records == done.counts.records
            assert purging.is_done_in(connection, done)
            assert purging.destroy(connection, chain_key, done) == done.counts  # once
    with unlocked(backup) as office:
        assert office.damage() == []
        assert ("person", "surname") not in sealed_of(backup, key, CASE)
        with office.reading() as connection:
            checks = connection.exec_driver_sql(
                f"SELECT length(found) FROM conflict_checks WHERE case_id = {BESIDE}"  # noqa: S608
            ).scalar_one()
        assert checks == 0
    with unlocked(backup, Role.ATTORNEY) as office:
        assert check_conflicts(office, BESIDE, LATER).outcome is Outcome.OTHER_PERSON


def test_a_backup_from_before_the_case_or_the_member_takes_it_too(office: Office) -> None:
    stranger = replace(of_case(77, PurgePart.WHOLE), member_id=55, by="Somebody Later")
    with office.writing() as connection:
        purging.destroy(connection, office.chain_key, stranger)
    with office.reading() as connection:
        (kept,) = purging.purges_since(connection)
    assert (kept.by, kept.done) == ("Somebody Later", stranger.done)
    assert office.damage() == []


def test_purges_are_read_back_since_a_moment(office: Office) -> None:
    case = closed_case(office)
    with office.writing() as connection:
        purging.destroy(connection, office.chain_key, of_case(case, PurgePart.NARRATIVE))
    with office.reading() as connection:
        assert [one.at for one in purging.purges_since(connection, NOW)] == [LATER]
        assert [one.at for one in purging.purges_since(connection, LATER)] == [LATER]
        later = purging.purges_since(connection, LATER.replace(year=2027))
    assert later == ()


@pytest.mark.parametrize("part", [PurgePart.NARRATIVE, PurgePart.IDENTITY, PurgePart.WHOLE])
def test_the_next_import_does_not_bring_anybody_back(office: Office, part: PurgePart) -> None:
    run(office, NOW, THEFT, ["8", "Ortiz", *THEFT[2:]])
    with office.writing() as connection:
        purging.destroy(connection, office.chain_key, of_case(1, part))

    def rows() -> list[Any]:
        with office.reading() as connection:
            found = connection.exec_driver_sql("SELECT case_id, surname FROM person ORDER BY 1")
            return [tuple(row) for row in found]

    before = rows()
    found = run(office, LATER, DUI, ["8", "Ortiz", *THEFT[2:]], ["9", "New", *THEFT[2:]])
    assert (len(found.new), dict(found.changed), found.unchanged, found.deleted) == (1, {}, 1, 1)
    assert rows()[: len(before)] == before
    assert HEADER[0] == "ref"
    assert office.damage() == []


def test_without_a_checkpoint_or_vacuum_the_attack_finds_it(taken: Path, tmp_path: Path) -> None:
    """That the pages are searched at all: the purge alone leaves its log behind."""
    with unlocked(taken) as office:
        key, before = keys_of(office), sealed_of(taken, keys_of(office), CASE)
        with office.writing() as connection:
            purging.destroy(connection, office.chain_key, of_case(CASE, PurgePart.WHOLE))
        thief = Path(shutil.copytree(taken, tmp_path / "thief"))
    assert (thief / DATABASE).exists()
    plain = pages(thief, key)
    assert sum(left_of(values, plain) for values in before.values()) > 0
