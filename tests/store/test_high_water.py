"""The mark beside the database: whatever acknowledged is gone is told, and nothing else is."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from intake_app.cli import main
from intake_app.core.casefile import Intake, Person
from intake_app.core.errors import OfficeDamaged, OfficeTooNew
from intake_app.core.roles import Key
from intake_app.store.high_water import LOG, MARK
from intake_app.store.office import Office
from intake_app.store.office_file import DATABASE
from intake_app.store.schema import HISTORY, REVISION
from intake_app.workflows.check_office import check_office
from intake_app.workflows.keep_draft import keep_draft
from intake_app.workflows.open_case import open_case
from intake_app.workflows.save_case import save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW, PASSPHRASE
from tests.offices import fingerprint, new_office, raw_office, unlocked

LATER = NOW + timedelta(minutes=7)


@pytest.fixture
def crashed(tmp_path: Path, folder: Path) -> Path:
    """As a crash leaves it: in the log an intake, three changes after it, and a draft."""
    new_office(folder).office.close()
    with unlocked(folder) as office:
        case = start_intake(office, NOW).case_id
        for number in range(3):
            save_answer(office, case, Person, None, "surname", f"Surname {number}", LATER)
        keep_draft(office, case, Intake, None, "summary", "half a word")
        return Path(shutil.copytree(folder, tmp_path / "crashed"))


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def frame_of_surname(folder: Path, number: int) -> int:
    """Where in the log the first frame of that change stands: commits end with a size."""
    content = (folder / LOG).read_bytes()
    starts = list(range(32, len(content), 24 + 4096))
    ends = [at for at in starts if content[at + 4 : at + 8] != bytes(4)]
    # The draft is the last commit, the surnames are the three before.
    return starts[starts.index(ends[-5 + number]) + 1]


@pytest.mark.parametrize(("number", "missing"), [(0, "3 changes"), (2, "One change")])
def test_a_flipped_byte_in_the_log_tells_how_many_changes_are_missing(
    crashed: Path, number: int, missing: str
) -> None:
    damaged = (crashed / LOG).read_bytes()
    flip(crashed / LOG, frame_of_surname(crashed, number) + 500)
    with unlocked(crashed) as office:
        (told,) = office.notices
        assert told.startswith(f"The log of this office, {LOG}, was damaged. {missing} made after ")
        assert "Restore a backup into a new folder and compare." in told
        kept = [path for path in crashed.iterdir() if "damaged-" in path.name]
        assert [path.name in told for path in kept] == [True]
        assert len(kept[0].read_bytes()) == len(damaged)
        assert check_office(office) == office.losses == office.notices
        assert entries_of(office, "changes missing") == [3 - number]
    with unlocked(crashed) as office:
        assert office.notices == (), "it is told once, and stands in the history"
        assert check_office(office) == ()


def entries_of(office: Office, action: str) -> list[int | None]:
    with office.reading() as connection:
        found = connection.execute(HISTORY.select().where(HISTORY.c.action == action)).all()
    return [row.entry_id for row in found]


def test_a_lost_draft_is_told_too(crashed: Path) -> None:
    """It has no history: the frames of the log are counted."""
    flip(crashed / LOG, -100 + len((crashed / LOG).read_bytes()))
    with unlocked(crashed) as office:
        (told,) = office.notices
        assert "Words that were being typed and not yet saved may be missing." in told
        assert open_case(office, 1).one(Person).surname == "Surname 2"


@pytest.mark.parametrize("place", [0, 3, 7, 11, 14, 18, 22, 26, 31])
def test_a_head_of_the_log_that_sqlite_would_pass_over_is_told(crashed: Path, place: int) -> None:
    flip(crashed / LOG, place)
    with unlocked(crashed) as office:
        assert "5 changes" in office.notices[0] or "changes made after" in office.notices[0]


def test_a_damaged_head_of_a_log_with_drafts_alone_is_told(folder: Path, tmp_path: Path) -> None:
    """No history is missing, so that only the head itself can tell."""
    with new_office(folder).office as office:
        case = start_intake(office, NOW).case_id
    with unlocked(folder) as office:
        keep_draft(office, case, Intake, None, "summary", "half a word")
        crashed = Path(shutil.copytree(folder, tmp_path / "crashed"))
    flip(crashed / LOG, 18)
    with unlocked(crashed) as office:
        assert "Words that were being typed and not yet saved may be missing." in office.notices[0]


@pytest.mark.parametrize("what", ["log taken away", "older copy"])
def test_an_older_database_is_told(crashed: Path, folder: Path, what: str) -> None:
    if what == "log taken away":
        (crashed / LOG).unlink()
    else:
        older = (crashed / DATABASE).read_bytes()
        unlocked(crashed).close()
        (crashed / DATABASE).write_bytes(older)
    with unlocked(crashed) as office:
        assert f"The database, {DATABASE}, is older" in office.notices[0]
        assert "missing" in office.notices[0]


def test_another_branch_of_the_same_office_is_told(crashed: Path, tmp_path: Path) -> None:
    """As many changes as before, and others: somebody worked on in an older copy."""
    other = Path(shutil.copytree(crashed, tmp_path / "other"))
    for folder in (crashed, other):
        with unlocked(folder) as office:
            save_answer(office, 1, Person, None, "given", folder.name, NOW)
    shutil.copy(other / DATABASE, crashed / DATABASE)
    with unlocked(crashed) as office:
        assert "Other changes may be missing" in office.notices[0]


def test_a_mark_behind_is_no_loss(crashed: Path) -> None:
    """Killed between commit and mark, or power lost before the mark reached the disk."""
    harms: tuple[Callable[[Path], object], ...] = (
        lambda path: path.write_bytes(path.read_bytes()[:512] + bytes(512)),
        lambda path: path.write_bytes(bytes(512) + path.read_bytes()[512:]),
        lambda path: path.write_bytes(b""),
        lambda path: path.unlink(),
    )
    for harm in harms:
        folder = Path(shutil.copytree(crashed, crashed.with_name("behind")))
        harm(folder / MARK)
        with unlocked(folder) as office:
            assert office.notices == ()
            assert open_case(office, 1).one(Person).surname == "Surname 2"
        shutil.rmtree(folder)


def test_a_mark_can_not_be_forged_without_the_key(crashed: Path, tmp_path: Path) -> None:
    """Another office's mark, and one with a number changed, count as none."""
    with new_office(tmp_path / "other").office as other:
        start_intake(other, NOW)
    shutil.copy(tmp_path / "other" / MARK, crashed / MARK)
    with unlocked(crashed) as office:
        assert office.notices == ()


def test_a_refused_opening_keeps_the_damaged_log_and_the_next_one_tells(
    folder: Path, tmp_path: Path
) -> None:
    """The file is too new for this program: it is left alone, but closing it empties the log."""
    new_office(folder).office.close()
    with unlocked(folder) as office:
        key = office.keys[Key.FILE]
        with office.writing() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        start_intake(office, NOW)
        crashed = Path(shutil.copytree(folder, tmp_path / "crashed"))
    flip(crashed / LOG, len((crashed / LOG).read_bytes()) - 100)
    damaged = (crashed / LOG).read_bytes()
    with pytest.raises(OfficeTooNew):
        unlocked(crashed)
    kept = [path for path in crashed.iterdir() if "damaged-" in path.name]
    assert [path.read_bytes() == damaged for path in kept] == [True]
    with raw_office(crashed, key) as raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", (REVISION,))
    with unlocked(crashed) as office:
        assert "changes made after" in office.notices[0]


def test_the_command_line_tells_it_on_standard_error(
    crashed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INTAKE_DESK_PASSPHRASE", PASSPHRASE)
    flip(crashed / LOG, frame_of_surname(crashed, 0) + 500)
    assert main(["check", str(crashed)]) == 1
    told = capsys.readouterr()
    assert told.err.count("3 changes made after") == 1
    assert "sound" not in told.out
    assert main(["check", str(crashed)]) == 0


def test_a_database_that_shrinks_while_it_is_open_takes_no_more_edits(crashed: Path) -> None:
    """The drive went and came back with an older copy: `OpenFile` connects again."""
    with unlocked(crashed) as office:
        save_answer(office, 1, Person, None, "given", "Ana", NOW)
        high_water, raw = office._high_water, office._high_water._raw
        raw.execute("DELETE FROM history WHERE seq = (SELECT max(seq) FROM history)")
        with pytest.raises(OfficeDamaged, match="has lost changes"):
            high_water.follow(raw)


def test_opening_and_closing_leaves_the_mark_alone(folder: Path) -> None:
    new_office(folder).office.close()
    before = fingerprint(folder)
    for _ in range(3):
        unlocked(folder).close()
    assert fingerprint(folder) == before
