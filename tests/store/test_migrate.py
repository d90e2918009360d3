"""Bringing an older file up to date: with a backup, whole or not at all, losing no row."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from intake_app import paths
from intake_app.core.answers import show
from intake_app.core.casefile import RECORDS, Charge, Detainer, Person
from intake_app.core.errors import AppError, OfficeDamaged, OfficeTooNew
from intake_app.core.fields import question, questions, title_of
from intake_app.core.roles import Key
from intake_app.store.backups.files import BACKUPS
from intake_app.store.backups.restoring import restore_backup
from intake_app.store.keyring import KeyFile
from intake_app.store.office import Office
from intake_app.store.office_file import DATABASE
from intake_app.store.revisions import revision_of
from intake_app.store.schema import REVISION
from intake_app.workflows.open_case import open_case
from intake_app.workflows.save_case import add_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW, PASSPHRASE
from tests.offices import (
    fingerprint,
    new_office,
    raw_file,
    raw_office,
    rows_and_schema,
    tables_of,
)

RELEASED = sorted(
    folder for folder in (Path(__file__).parents[1] / "released").iterdir() if folder.is_dir()
)
"""Real office files, one for each version that had another schema."""

NEXT = f"{int(REVISION) + 1:04}"

REBUILD_CASES = """
    with op.batch_alter_table("cases", recreate="always") as batch:
        batch.add_column(sa.Column("colour", sa.Text()))
"""
FAIL_LATE = """
    op.create_table("half_done", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("cases", recreate="always") as batch:
        batch.add_column(sa.Column("colour", sa.Text()))
    op.execute("UPDATE charge SET level = 'lost'")
    op.execute("INSERT INTO no_such_table VALUES (1)")
"""
BREAK_LINKS = """
    op.execute("UPDATE charge SET case_id = 777")
"""


def scripts_with(folder: Path, upgrade: str) -> Path:
    """The migrations of this program and one more."""
    scripts = Path(shutil.copytree(paths.db_folder(), folder / "db"))
    (scripts / "versions" / f"{NEXT}_next.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\n\n"
        f'revision = "{NEXT}"\ndown_revision = "{REVISION}"\n'
        f"branch_labels = None\ndepends_on = None\n\n\ndef upgrade() -> None:\n{upgrade}",
        "utf-8",
    )
    return scripts


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A closed office with rows below its cases, and its file key."""
    folder = tmp_path_factory.mktemp("old") / "office"
    with new_office(folder).office as office:
        for _ in range(3):
            case = start_intake(office, NOW).case_id
            save_answer(office, case, Person, None, "surname", "Núñez", NOW)
            for cls in (Charge, Charge, Detainer):
                add_entry(office, case, cls, NOW)
        return folder, office.keys[Key.FILE]


@pytest.fixture
def old(kept: tuple[Path, bytes], tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(kept[0], tmp_path / "office"))


def open_with(folder: Path, scripts: Path, revision: str = NEXT) -> Office:
    return Office.open(
        folder, "administrator", PASSPHRASE, scripts=scripts, now=NOW, revision=revision
    )


def test_rebuilding_the_parent_table_keeps_every_row_below_it(
    kept: tuple[Path, bytes], old: Path, tmp_path: Path
) -> None:
    with raw_office(old, kept[1]) as raw:
        before = {
            table: raw.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()  # noqa: S608
            for table in ("charge", "detainer", "person", "intake", "history", "members")
        }
    assert len(before["charge"]) == 6
    with open_with(old, scripts_with(tmp_path, REBUILD_CASES)) as office:
        assert office.damage() == []
        with office.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert connection.exec_driver_sql("SELECT colour FROM cases").all() == [(None,)] * 3
    with raw_office(old, kept[1]) as raw:
        assert revision_of(raw) == NEXT
        for table, rows in before.items():
            assert raw.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() == rows  # noqa: S608


def test_a_backup_is_made_first_and_opens_with_the_same_key(
    kept: tuple[Path, bytes], old: Path, tmp_path: Path
) -> None:
    with raw_office(old, kept[1]) as raw:
        before = rows_and_schema(raw)
    open_with(old, scripts_with(tmp_path, REBUILD_CASES)).close()
    (backup,) = (old / BACKUPS).iterdir()
    assert backup.stat().st_mode & 0o077 == 0
    assert (old / BACKUPS).stat().st_mode & 0o077 == 0
    with raw_file(backup / "office.db", kept[1]) as raw:
        assert rows_and_schema(raw) == before
    # As an office of its own it opens, and is brought up to date again.
    restored = tmp_path / "restored"
    restore_backup(backup, restored)
    with open_with(restored, tmp_path / "db") as office:
        assert office.damage() == []


@pytest.mark.parametrize(
    ("upgrade", "error", "words"),
    [
        (FAIL_LATE, AppError, "left as it was"),
        (BREAK_LINKS, OfficeDamaged, "do not belong together"),
        ("    raise RuntimeError('a bug')\n", RuntimeError, "a bug"),
    ],
)
def test_a_migration_that_fails_leaves_everything_as_it_was(
    kept: tuple[Path, bytes],
    old: Path,
    tmp_path: Path,
    upgrade: str,
    error: type[Exception],
    words: str,
) -> None:
    with raw_office(old, kept[1]) as raw:
        before = rows_and_schema(raw)
    with pytest.raises(error, match=words):
        open_with(old, scripts_with(tmp_path, upgrade))
    with raw_office(old, kept[1]) as raw:
        assert rows_and_schema(raw) == before
        assert revision_of(raw) == REVISION
    with open_with(old, paths.db_folder(), REVISION) as office:
        assert office.damage() == []


def test_a_file_that_is_up_to_date_is_not_touched(old: Path) -> None:
    before = fingerprint(old)
    open_with(old, paths.db_folder(), REVISION).close()
    assert fingerprint(old) == before
    assert not (old / BACKUPS).exists()


def test_an_updated_file_is_too_new_for_the_old_program(old: Path, tmp_path: Path) -> None:
    open_with(old, scripts_with(tmp_path, REBUILD_CASES)).close()
    before = fingerprint(old)
    with pytest.raises(OfficeTooNew, match="newer version"):
        open_with(old, paths.db_folder(), REVISION)
    assert fingerprint(old) == before


def test_without_a_backup_there_is_no_update(
    kept: tuple[Path, bytes], old: Path, tmp_path: Path
) -> None:
    (old / BACKUPS).write_text("a file where the folder should be")
    before = fingerprint(old)
    with pytest.raises(AppError, match="backup can’t be written"):
        open_with(old, scripts_with(tmp_path, REBUILD_CASES))
    assert fingerprint(old) == before


@pytest.mark.parametrize("version", RELEASED, ids=lambda folder: folder.name)
def test_an_office_of_an_older_version_keeps_every_answer(version: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(version, tmp_path / "office"))
    with Office.open(folder, "attorney", PASSPHRASE, scripts=paths.db_folder(), now=NOW) as office:
        assert office.damage() == []
        case = open_case(office, 1)
        told = json.loads((version / "answers.json").read_text("utf-8"))
        assert len(told) > 200
        for place, words in told.items():
            table, name = place.split(".")
            cls = next(cls for cls in RECORDS if title_of(cls).table == table)
            kept: object = case.one(cls)
            assert show(question(cls, name), getattr(kept, name)) == words, place
        # What came later is empty, and can be answered at once.
        (charge,) = case.kept(Charge)
        for asked in questions(Charge):
            later = f"charge.{asked.name}" not in told
            assert later == (getattr(charge.record, asked.name) is None), asked.name
        save_answer(office, 1, Charge, charge.id, "court", "Example County Court", NOW)
        assert len(list((folder / BACKUPS).iterdir())) == 1


@pytest.mark.parametrize("version", RELEASED, ids=lambda folder: folder.name)
def test_every_row_and_every_link_of_an_older_version_is_there_after_the_update(
    version: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(version, tmp_path / "office"))
    key = KeyFile.read(folder).slot("attorney").open(PASSPHRASE)[Key.FILE]
    with raw_office(folder, key) as raw:
        before, links = counts(raw), links_of(raw)
        assert before["history"] > 100
        assert len(links) > 20
    with Office.open(folder, "attorney", PASSPHRASE, scripts=paths.db_folder(), now=NOW) as office:
        assert office.damage() == []
    with raw_office(folder, key) as raw:
        after = counts(raw)
        assert {table: after[table] for table in before} == before
        assert not any(after[table] for table in after if table not in before)
        assert [link for link in links if link not in links_of(raw)] == []
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("version", RELEASED, ids=lambda folder: folder.name)
def test_an_update_that_fails_leaves_the_file_of_an_older_version_byte_for_byte(
    version: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(version, tmp_path / "office"))
    before = (folder / DATABASE).read_bytes()
    with pytest.raises(AppError, match="left as it was"):
        open_with(folder, scripts_with(tmp_path, FAIL_LATE))
    assert (folder / DATABASE).read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM history WHERE seq = 40", "UPDATE history SET action = 'read' WHERE seq = 40"],
)
def test_a_history_that_was_broken_before_the_update_is_still_found_after_it(
    statement: str, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(RELEASED[-1], tmp_path / "office"))
    key = KeyFile.read(folder).slot("attorney").open(PASSPHRASE)[Key.FILE]
    with raw_office(folder, key) as raw:
        raw.execute(statement)
    with Office.open(folder, "attorney", PASSPHRASE, scripts=paths.db_folder(), now=NOW) as office:
        (sentence,) = office.damage()
        assert "The history was c" in sentence
        assert "entry 40 " in sentence
        # Going on working hides nothing.
        start_intake(office, NOW)
        assert office.damage() == [sentence]


def counts(raw: Any) -> dict[str, int]:
    """The rows of every table."""
    count = 'SELECT count(*) FROM "{}"'
    return {name: raw.execute(count.format(name)).fetchone()[0] for name in tables_of(raw)}


def links_of(raw: Any) -> list[tuple[object, ...]]:
    """Every foreign key: its table, column, where it points, and what deleting does."""
    return [
        (name, *(link[at] for at in (2, 3, 4, 6)))
        for name in tables_of(raw)
        for link in raw.execute(f'PRAGMA foreign_key_list("{name}")')
    ]


def test_the_file_can_be_written_at_once_after_the_update(old: Path, tmp_path: Path) -> None:
    with open_with(old, scripts_with(tmp_path, REBUILD_CASES)) as office:
        case = start_intake(office, NOW).case_id
        save_answer(office, case, Person, None, "surname", "Søren", NOW)
        assert office.damage() == []
