"""The history: chained, complete, and silent to whoever lacks the keys."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from intake_app.core.casefile import RECORDS, Charge
from intake_app.core.fields import Compartment, questions, title_of
from intake_app.core.roles import Key, Role
from intake_app.store.high_water import MARK
from intake_app.store.history import PURGED, Line, forget_values, history_compartment
from intake_app.store.office import Office
from intake_app.workflows.case_history import case_history
from intake_app.workflows.check_office import check_office
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.examples import EVERY_QUESTION, example, shown_example
from tests.offices import new_office, raw_office, staff, unlocked


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[Key, bytes]]:
    """An office in which every question was answered, changed and emptied; and its keys."""
    folder = tmp_path_factory.mktemp("told") / "office"
    with new_office(folder).office as office:
        staff(office)
    # An attorney, for she may answer every question.
    with unlocked(folder, Role.ATTORNEY) as office:
        case = start_intake(office, NOW).case_id
        entries = {
            cls: add_entry(office, case, cls, NOW).entry_id if title_of(cls).many else None
            for cls in RECORDS
        }
        for cls, asked in EVERY_QUESTION:
            save_answer(office, case, cls, entries[cls], asked.name, example(cls, asked), NOW)
        for cls, asked in EVERY_QUESTION:
            save_answer(office, case, cls, entries[cls], asked.name, None, NOW)
        assert office.damage() == []
        return folder, dict(office.keys)


@pytest.fixture
def copied(told: tuple[Path, dict[Key, bytes]], tmp_path: Path) -> Path:
    """A copy of it, to be tampered with."""
    return Path(shutil.copytree(told[0], tmp_path / "office"))


def damage_after(folder: Path, key: bytes, *statements: str) -> list[str]:
    with raw_office(folder, key) as raw:
        for sql in statements:
            raw.execute(sql)
    with unlocked(folder) as office:
        return list(check_office(office))


def test_an_untouched_history_is_whole(copied: Path) -> None:
    with unlocked(copied) as office:
        assert office.damage() == []


@pytest.mark.parametrize(
    ("statements", "found_at"),
    [
        (("DELETE FROM history WHERE seq = 1",), 1),
        (("DELETE FROM history WHERE seq = 40",), 40),
        (("DELETE FROM history WHERE seq = (SELECT max(seq) FROM history)",), None),
        (("DELETE FROM history WHERE seq > 100",), 101),
        (("DELETE FROM history",), 1),
        (("DELETE FROM history WHERE seq = 40", "UPDATE history SET seq = seq - 1 WHERE seq > 40"),
         40),
        (
            (
                "UPDATE history SET seq = -1 WHERE seq = 40",
                "UPDATE history SET seq = 40 WHERE seq = 41",
                "UPDATE history SET seq = 41 WHERE seq = -1",
            ),
            40,
        ),
        (("UPDATE history SET at = '2020-01-01' WHERE seq = 40",), 40),
        (("UPDATE history SET action = 'removed' WHERE seq = 40",), 40),
        (("UPDATE history SET case_id = 2 WHERE seq = 40",), 40),
        (("UPDATE history SET field = NULL WHERE seq = 40",), 40),
        (("UPDATE history SET undoes = 3 WHERE seq = 40",), 40),
        (("UPDATE history SET after = NULL WHERE seq = 40",), 40),
        (("UPDATE history SET after = (SELECT after FROM history WHERE seq = 41) WHERE seq = 40",),
         40),
        (("UPDATE history SET mac = zeroblob(32) WHERE seq = 40",), 40),
        (("INSERT INTO history (seq, at, member_id, action, mac)"
          " SELECT max(seq) + 1, at, 1, 'changed', mac FROM history",), None),
    ],
)  # fmt: skip
def test_a_row_deleted_altered_moved_or_added_is_found(
    told: tuple[Path, dict[Key, bytes]],
    copied: Path,
    statements: tuple[str, ...],
    found_at: int | None,
) -> None:
    found = " ".join(damage_after(copied, told[1][Key.FILE], *statements))
    cut_off = all("DELETE FROM history" in one and "=" not in one for one in statements)
    if cut_off or "max(seq) FROM history)" in statements[0]:
        assert "missing. Restore a backup" in found
    elif found_at is None:
        assert "The history was changed: entry " in found
    else:
        ways = ("cut: entry {} is missing. ", "changed: entry {} is not as it was written. ")
        assert any(way.format(found_at) in found for way in ways)


def test_entries_cut_off_the_end_are_found_without_the_mark_beside_the_file(
    told: tuple[Path, dict[Key, bytes]], copied: Path
) -> None:
    (copied / MARK).unlink()
    found = damage_after(copied, told[1][Key.FILE], "DELETE FROM history WHERE seq > 100")
    cut = "The history was cut: its newest entries are missing, from entry 101 on."
    assert found == [f"{cut} Restore a backup."]


def test_a_forger_without_the_chain_key_can_not_go_on_writing(
    told: tuple[Path, dict[Key, bytes]], copied: Path
) -> None:
    with unlocked(copied) as office:
        office.chain_key = b"\0" * 32
        start_intake(office, NOW)
    with unlocked(copied) as office:
        assert office.damage()


def test_every_change_has_its_row(told: tuple[Path, dict[Key, bytes]]) -> None:
    with raw_office(told[0], told[1][Key.FILE]) as raw:
        rows = raw.execute(
            "SELECT record, field, before IS NULL, after IS NULL FROM history"
            " WHERE action = 'changed' AND seq > 3"
        ).fetchall()
    for cls, asked in EVERY_QUESTION:
        name = (title_of(cls).table, asked.name)
        assert (*name, 1, 0) in rows or name[0] == "intake"
        assert (*name, 0, 1) in rows
    assert len(rows) >= 2 * len(EVERY_QUESTION) - 2


_WORDS = ("office created", "case started", "added", "changed")


def test_no_answer_stands_outside_a_sealed_column(told: tuple[Path, dict[Key, bytes]]) -> None:
    """What is in plain is a number of ours, a moment, or a word of ours; nothing else."""
    with raw_office(told[0], told[1][Key.FILE]) as raw:
        raw.row_factory = sqlcipher.Row
        rows = [dict(row) for row in raw.execute("SELECT * FROM history")]
    tables = {title_of(cls).table for cls in RECORDS}
    fields = {asked.name for _, asked in EVERY_QUESTION}
    shown = [shown_example(cls, asked).encode() for cls, asked in EVERY_QUESTION]
    for row in rows:
        assert datetime.fromisoformat(row.pop("at")).utcoffset() is not None
        about_members = row["record"] == "members"
        words = ("member added",) if about_members else _WORDS
        assert row.pop("action") in words
        assert row.pop("record") in tables | {None, "members"}
        assert row.pop("field") in fields | {None}
        assert len(row.pop("mac")) == 32
        for side in ("before", "after"):
            sealed = row.pop(side)
            if sealed is not None:
                assert sealed[:1] == b"\x01"
                assert len(sealed) % 32 == 29, "one byte, nonce, a whole number of steps, tag"
                assert not any(answer in sealed for answer in shown if len(answer) > 4)
        assert set(row) == {"seq", "member_id", "case_id", "entry_id", "undoes"}
        assert all(value is None or isinstance(value, int) for value in row.values())


@pytest.mark.parametrize("keep", list(Compartment))
def test_history_is_never_easier_to_open_than_the_answer(keep: Compartment) -> None:
    """And facts are sealed too: how they changed is nobody's business without the names."""
    sealed_as = history_compartment(keep)
    assert keep.value <= sealed_as.value
    assert Key.IDENTITY in sealed_as.value


def test_every_question_can_be_told_of_in_history() -> None:
    for cls in RECORDS:
        for asked in questions(cls):
            assert history_compartment(asked.keep).value


def test_adding_and_removing_are_told(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    entry = add_entry(office, case, Charge, NOW).entry_id
    remove_entry(office, case, Charge, entry, NOW)
    told = [(change.action, change.record) for change in case_history(office, case)]
    assert told[:2] == [("removed", "Charge"), ("added", "Charge")]
    assert {change.member for change in case_history(office, case)} == {"A. Ruiz"}


@pytest.mark.parametrize("purge_line", [False, True])
def test_values_taken_out_are_found_unless_a_purge_of_that_case_is_written_down(
    told: tuple[Path, dict[Key, bytes]], copied: Path, *, purge_line: bool
) -> None:
    with unlocked(copied) as office, office.writing() as connection:
        # A purge of another case makes nothing of this one right.
        lines = [Line(NOW.isoformat(), office.member.id, PURGED, 1 if purge_line else 2)]
        assert forget_values(connection, [40, 41]) > 0
        office.record(connection, *lines)
    with unlocked(copied) as office:
        found = office.damage()
    if purge_line:
        assert found == []
    else:
        (sentence,) = found
        assert "what entry 40 said was taken out" in sentence
