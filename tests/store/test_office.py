"""Opening an office: each way it can fail has its own sentence, and changes nothing."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from intake_app.core.casefile import Intake
from intake_app.core.errors import (
    AppError,
    BadAnswer,
    Busy,
    KeyFileDamaged,
    KeyFileMissing,
    OfficeDamaged,
    OfficeMissing,
    OfficeTooNew,
    WrongPassphrase,
)
from intake_app.core.roles import Key
from intake_app.store.keyring import KEY_FILES
from intake_app.store.office import Office
from intake_app.store.office_file import DATABASE
from intake_app.store.schema import REVISION
from intake_app.store.wrong_tries import TRIES
from intake_app.workflows.create_office import create_office
from intake_app.workflows.open_case import open_case
from intake_app.workflows.save_case import save_answer
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.unlock_office import unlock_office
from tests.conftest import NOW, PASSPHRASE, PROFILE
from tests.offices import fingerprint, new_office, raw_office, rows_and_schema, unlocked

LOCK = "office.lock"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A closed office with a few cases, never opened where it lies, and its file key."""
    folder = tmp_path_factory.mktemp("sound") / "office"
    with new_office(folder).office as office:
        for _ in range(20):
            start_intake(office, NOW)
        return folder, office.keys[Key.FILE]


@pytest.fixture
def copied(sound: tuple[Path, bytes], tmp_path: Path) -> Path:
    """A copy of the sound office, to be harmed."""
    return Path(shutil.copytree(sound[0], tmp_path / "copy"))


def refused(folder: Path, error: type[AppError], passphrase: str = PASSPHRASE) -> str:
    """Open it in vain; return the sentence, having checked that nothing was changed."""
    before = fingerprint(folder) if folder.exists() else None
    with pytest.raises(error) as raised:
        unlock_office(folder, "administrator", passphrase, NOW)
    if error is WrongPassphrase:
        (folder / TRIES).unlink()  # counted, and nothing else
    assert (fingerprint(folder) if folder.exists() else None) == before
    assert str(folder) not in raised.value.sentence
    return raised.value.sentence


def test_it_opens_and_closing_leaves_no_trace(copied: Path) -> None:
    before = fingerprint(copied)
    with unlocked(copied) as office:
        assert office.profile.name == "Legal Aid Office of the Bay"
        assert office.member.name == "A. Ruiz"
        assert office.damage() == []
    assert fingerprint(copied) == before


def test_each_failure_has_its_own_sentence(sound: tuple[Path, bytes], tmp_path: Path) -> None:
    """All of them together, so that no two say the same thing."""

    def harmed(name: str, harm: Callable[[Path], object]) -> Path:
        folder = Path(shutil.copytree(sound[0], tmp_path / name))
        harm(folder)
        return folder

    def newer(folder: Path) -> None:
        with raw_office(folder, sound[1]) as raw:
            raw.execute("UPDATE alembic_version SET version_num = '9999'")

    def no_keys(folder: Path) -> None:
        for name in KEY_FILES:
            (folder / name).unlink()

    def bad_keys(folder: Path) -> None:
        for name in KEY_FILES:
            (folder / name).write_bytes(b"{}")

    def cut(folder: Path) -> None:
        whole = (folder / DATABASE).read_bytes()
        (folder / DATABASE).write_bytes(whole[: len(whole) // 2])

    sentences = {
        refused(harmed("passphrase", lambda _: None), WrongPassphrase, "another long passphrase"),
        refused(harmed("no keys", no_keys), KeyFileMissing),
        refused(harmed("bad keys", bad_keys), KeyFileDamaged),
        refused(harmed("cut", cut), OfficeDamaged),
        refused(harmed("no db", lambda folder: (folder / DATABASE).unlink()), OfficeDamaged),
        refused(harmed("newer", newer), OfficeTooNew),
        refused(tmp_path / "nothing here", OfficeMissing),
    }
    with unlocked(sound[0]):
        sentences.add(refused(sound[0], Busy))
    assert len(sentences) == 8
    for sentence in sentences:
        assert sentence.endswith(".")


@pytest.mark.parametrize("had_lock", [True, False], ids=["lock file", "no lock file"])
@pytest.mark.parametrize(
    "harm",
    [
        "empty",
        "one byte",
        "garbled",
        "text",
        "half",
        "one page",
        "first page",
        "second page",
        "key",
    ],
)
def test_a_damaged_database_is_refused_and_left_alone(
    copied: Path, harm: str, had_lock: bool
) -> None:
    database = copied / DATABASE
    whole = database.read_bytes()
    other = bytearray(whole)
    if harm == "key":  # the database of another office
        with new_office(copied.parent / "other").office:
            pass
        other = bytearray((copied.parent / "other" / DATABASE).read_bytes())
    other[100 if harm == "first page" else 4096 + 100] ^= 0x40
    content = {
        "empty": b"",
        "one byte": b"\0",
        "garbled": bytes(len(whole)),
        "text": b"SQLite format 3\0" + b"\n" * 8192,
        "half": whole[: len(whole) // 2],
        "one page": whole[:4096],
        "first page": bytes(other),
        "second page": bytes(other),
        "key": bytes(other),
    }[harm]
    database.write_bytes(content)
    if not had_lock:
        (copied / LOCK).unlink()
    assert "damaged" in refused(copied, OfficeDamaged)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM alembic_version",
        "DROP TABLE alembic_version",
        "UPDATE alembic_version SET version_num = '0000'",
        "DELETE FROM office",
        "DROP TABLE members",
    ],
)
def test_a_database_that_lost_what_it_needs_is_refused(
    sound: tuple[Path, bytes], copied: Path, sql: str
) -> None:
    with raw_office(copied, sound[1]) as raw:
        raw.execute(sql)
    assert "Restore a backup" in refused(copied, OfficeDamaged)


@pytest.mark.parametrize("version", [f"{int(REVISION) + 1:04}", "9999", "a1b2c3"])
def test_a_newer_file_is_refused(sound: tuple[Path, bytes], copied: Path, version: str) -> None:
    with raw_office(copied, sound[1]) as raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", (version,))
    (copied / LOCK).unlink()
    assert "newer version" in refused(copied, OfficeTooNew)


def test_a_crash_before_a_refused_opening_loses_nothing(
    sound: tuple[Path, bytes], tmp_path: Path
) -> None:
    """Acknowledged changes that still stand in the -wal file survive being refused."""
    folder = Path(shutil.copytree(sound[0], tmp_path / "first"))
    crashed = tmp_path / "crashed"
    with unlocked(folder) as office:
        start_intake(office, NOW)
        with office.writing() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        shutil.copytree(folder, crashed)
    assert (crashed / f"{DATABASE}-wal").stat().st_size > 0
    before = shutil.copytree(crashed, tmp_path / "before")
    with pytest.raises(OfficeTooNew):
        unlocked(crashed)
    with raw_office(Path(before), sound[1]) as one, raw_office(crashed, sound[1]) as other:
        assert rows_and_schema(one) == rows_and_schema(other)
        assert other.execute("SELECT count(*) FROM cases").fetchone() == (21,)


_HOLD = """
import sys
from datetime import datetime
from pathlib import Path
from intake_app.workflows.unlock_office import unlock_office
office = unlock_office(
    Path(sys.argv[1]), "administrator", sys.argv[2], datetime.fromisoformat(sys.argv[3])
)
print("open", flush=True)
sys.stdin.readline()
"""


def test_another_program_that_has_it_open_is_noticed(copied: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(copied), PASSPHRASE, NOW.isoformat()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert other.stdin is not None
    assert other.stdout is not None
    with other, other.stdin, other.stdout:
        assert other.stdout.readline() == b"open\n"
        assert "has this office open on this computer since" in refused(copied, Busy)
        other.kill()
        other.wait()
    # A program that died does not keep the others out.
    with unlocked(copied) as office:
        assert office.damage() == []


def test_a_folder_that_can_not_be_written_is_a_sentence(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copied / LOCK).unlink()
    (copied / LOCK).mkdir()  # stands for a write-protected disk: tests may run as root
    refused(copied, AppError)


def test_a_new_office_is_not_made_over_anything(tmp_path: Path) -> None:
    folder = tmp_path / "taken"
    folder.mkdir()
    (folder / "letter.odt").write_text("mine")
    before = fingerprint(folder)
    with pytest.raises(AppError, match="not empty"):
        new_office(folder)
    assert fingerprint(folder) == before
    (tmp_path / "file").write_text("x")
    with pytest.raises(AppError, match="can’t be made there"):
        new_office(tmp_path / "file" / "office")


def test_an_office_that_could_not_be_made_leaves_an_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the disk fills up before the key file is written; the next try succeeds."""
    folder = tmp_path / "office"
    folder.mkdir()
    original = Office.record

    def full(*_: object) -> list[int]:
        raise sqlcipher.OperationalError("database or disk is full")

    monkeypatch.setattr(Office, "record", full)
    with pytest.raises(AppError, match="not full"):
        new_office(folder)
    assert list(folder.iterdir()) == []
    monkeypatch.setattr(Office, "record", original)
    new_office(folder).office.close()
    with unlocked(folder) as office:
        assert office.damage() == []


def test_a_short_passphrase_makes_no_office(tmp_path: Path) -> None:
    with pytest.raises(BadAnswer):
        create_office(tmp_path / "o", PROFILE, "a", "A", "short", NOW)
    assert not (tmp_path / "o").exists()


def test_the_files_are_for_their_owner_only_and_encrypted(sound: tuple[Path, bytes]) -> None:
    folder = sound[0]
    assert folder.stat().st_mode & 0o077 == 0
    content = (folder / DATABASE).read_bytes()
    assert not content.startswith(b"SQLite")
    assert b"CREATE TABLE" not in content
    assert b"Legal Aid Office" not in content


def test_damage_is_told_in_sentences(sound: tuple[Path, bytes], copied: Path) -> None:
    database = copied / DATABASE
    whole = bytearray(database.read_bytes())
    told: list[str] = []
    for page in range(1, len(whole) // 4096):
        other = bytearray(whole)
        other[page * 4096 + 2000] ^= 1
        database.write_bytes(other)
        try:
            office = unlocked(copied)
        except OfficeDamaged as error:
            told.append(error.sentence)
            continue
        with office:
            damage = office.damage()
        assert damage, f"page {page}"
        told += damage
        assert all(sentence.endswith(".") for sentence in damage)
    assert any("pages of it were changed" in sentence for sentence in told)


def test_an_acknowledged_change_is_on_the_disk_before_a_power_cut(copied: Path) -> None:
    """A kill can't show it (the system keeps what was written), so the settings are read."""
    with unlocked(copied) as office, office.reading() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "temp_store", "secure_delete")
        }
    assert (settings["journal_mode"], settings["synchronous"]) == ("wal", 2)
    assert (settings["temp_store"], settings["secure_delete"]) == (2, 1)


def test_a_record_of_no_case_is_damage(sound: tuple[Path, bytes], copied: Path) -> None:
    with raw_office(copied, sound[1]) as raw:
        raw.execute("INSERT INTO charge (case_id) VALUES (999)")
    with unlocked(copied) as office:
        assert office.damage() == ["Some records belong to no case. Restore a backup."]


def test_a_full_disk_is_a_sentence_and_loses_nothing(copied: Path) -> None:
    with unlocked(copied) as office:
        case = start_intake(office, NOW).case_id
        save_answer(office, case, Intake, None, "summary", "kept", NOW)
        with office.reading() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")  # no page more than there are
        with pytest.raises(AppError, match="disk refused"):
            save_answer(office, case, Intake, None, "summary", "lost " * 10_000, NOW)
        with office.reading() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        assert open_case(office, case).one(Intake).summary == "kept"
        save_answer(office, case, Intake, None, "summary", "again", NOW)
        assert office.damage() == []


def test_a_change_that_fails_halfway_leaves_nothing(copied: Path) -> None:
    with unlocked(copied) as office:
        with pytest.raises(RuntimeError), office.writing() as connection:
            connection.exec_driver_sql("DELETE FROM history")
            connection.exec_driver_sql("CREATE TABLE other (a)")
            raise RuntimeError
        assert office.damage() == []
        with office.reading() as connection:
            found = connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars()
            assert "other" not in set(found)
