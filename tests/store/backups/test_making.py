"""Backups of real encrypted offices: whole and proven, or not there at all."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from itertools import chain, pairwise, repeat
from pathlib import Path

import pytest

from intake_app import paths, right_of_way
from intake_app.core.backups import BackupReason
from intake_app.core.casefile import Person
from intake_app.core.errors import AppError, OfficeDamaged
from intake_app.right_of_way import window_rests, window_works
from intake_app.store import disk
from intake_app.store.backups import files, making
from intake_app.store.backups.files import (
    BACKUPS,
    Backup,
    BackupStopped,
    backups_in,
    go_on,
)
from intake_app.store.backups.making import (
    adopt_lone_files,
    copy_backup,
    make_backup,
    manifest_key,
    rewrite_backup,
    stop_between_steps,
    thin,
    verify_backup,
)
from intake_app.store.office import Office
from intake_app.store.schema import REVISION
from intake_app.workflows.open_case import open_case
from intake_app.workflows.save_case import save_answer
from tests.conftest import NOW, PASSPHRASE
from tests.offices import new_office, raw_file, raw_office, rows_and_schema, unlocked
from tests.soak import how_many
from tests.store.backups.conftest import key_of, left_in, made

HOUR = timedelta(hours=1)


def test_a_backup_holds_everything_of_one_moment_and_opens_with_the_same_key(
    filled: Office,
) -> None:
    save_answer(filled, 1, Person, None, "given", "Ana", NOW)  # in the log only, so far
    with raw_office(filled.folder, key_of(filled)) as raw:
        before = rows_and_schema(raw)
    backup = made(filled)
    assert backup.folder == filled.folder / BACKUPS / "20261122T171100Z-daily"
    assert left_in(backup.folder) == ["backup.json", "keys.json", "office.db"]
    save_answer(filled, 1, Person, None, "surname", "Later", NOW)
    with raw_file(backup.folder / "office.db", key_of(filled)) as raw:
        assert rows_and_schema(raw) == before
    contents = verify_backup(backup.folder, key_of(filled))
    assert contents == backup.contents
    assert contents.revision == REVISION
    assert contents.rows["cases"] == 1
    assert contents.faults == ()
    with filled.reading() as connection:
        newest = connection.exec_driver_sql("SELECT max(seq) FROM history").scalar_one()
    assert contents.newest_entry[0] == newest - 1, "the save after it is not in it"


def test_what_is_saved_while_it_is_made_is_not_in_it(
    filled: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with raw_office(filled.folder, key_of(filled)) as raw:
        before = rows_and_schema(raw)
    saved = 0

    def save() -> bool:
        nonlocal saved
        saved += 1
        assert saved < 200, "it begins anew with each change"
        save_answer(filled, 1, Person, None, "surname", f"Later {saved}", NOW)
        return False

    monkeypatch.setattr(making, "_PAGES", 10)
    backup = make_backup(filled.folder, key_of(filled), BackupReason.DAILY, NOW, save)
    assert saved > 5
    with raw_file(backup.folder / "office.db", key_of(filled)) as raw:
        assert rows_and_schema(raw) == before
    assert open_case(filled, 1).one(Person).surname == f"Later {saved}"


def test_what_was_written_wrongly_is_never_kept(
    filled: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that loses a page without a word: every page of the copy is read before it counts."""
    flushed = disk.flush
    pages = (filled.folder / "office.db").stat().st_size // 4096
    assert pages > 50
    for page in range(1, pages, how_many(12, 1)):

        def lose_a_page(path: Path, at: int = page * 4096 + 1000) -> None:
            if path.name == "office.db" and path.stat().st_size > at:
                with path.open("r+b") as file:
                    file.seek(at)
                    file.write(bytes(100))
            flushed(path)

        monkeypatch.setattr(making, "_PAGES", -1)
        monkeypatch.setattr(making, "flush", lose_a_page)
        with pytest.raises(AppError):
            made(filled)
        assert left_in(filled.folder / BACKUPS) == []


def test_a_copy_that_lacks_a_row_is_never_kept(
    filled: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed = disk.flush

    def lose_a_row(path: Path) -> None:
        if path.name == "office.db":
            with raw_file(path, key_of(filled)) as raw:
                raw.execute("DELETE FROM person")
        flushed(path)

    monkeypatch.setattr(making, "_PAGES", -1)
    monkeypatch.setattr(making, "flush", lose_a_row)
    with pytest.raises(AppError):
        made(filled)
    assert left_in(filled.folder / BACKUPS) == []


@pytest.mark.parametrize("seen_when", ["looking", "copying"])
def test_an_office_that_can_not_be_read_leaves_no_backup(filled: Office, seen_when: str) -> None:
    folder, key = filled.folder, key_of(filled)
    if seen_when == "copying":
        # The inside of a long value: no count of rows reads it.
        with filled.writing() as connection:
            connection.exec_driver_sql("CREATE TABLE ballast (content BLOB)")
            connection.exec_driver_sql("INSERT INTO ballast VALUES (zeroblob(2000000))")
    filled.close()
    path = folder / "office.db"
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(whole)
    with pytest.raises(OfficeDamaged, match="is damaged"):
        make_backup(folder, key, BackupReason.DAILY, NOW)
    assert left_in(folder / BACKUPS) == []


def test_an_office_whose_history_was_cut_is_kept_but_not_called_sound(filled: Office) -> None:
    with raw_office(filled.folder, key_of(filled)) as raw:
        raw.execute("DELETE FROM history WHERE seq = 2")
    backup = made(filled)
    assert not backup.sound
    assert backup.contents is not None
    (fault,) = backup.contents.faults
    assert fault.startswith("The history was cut")
    verify_backup(backup.folder, key_of(filled))


def test_stopped_at_any_moment_it_leaves_nothing(
    filled: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = (filled.folder / "office.db").stat().st_size // 4096
    monkeypatch.setattr(making, "_PAGES", pages // 5)
    asked = 0

    def count() -> bool:
        nonlocal asked
        asked += 1
        return False

    whole = make_backup(filled.folder, key_of(filled), BackupReason.DAILY, NOW, count)
    assert asked > 5, "between any two slices"
    place = tmp_path / "second"
    place.mkdir()
    for many in range(asked):
        answers = chain(repeat(False, many), repeat(True))
        stop = partial(next, answers)
        with pytest.raises(BackupStopped):
            make_backup(filled.folder, key_of(filled), BackupReason.IMPORT, NOW, stop)
        assert left_in(filled.folder / BACKUPS) == [whole.folder.name]
    with pytest.raises(BackupStopped):
        copy_backup(whole, place, key_of(filled), lambda: True)
    assert left_in(place) == []


@pytest.mark.parametrize("wrong", ["office.db", "keys.json", "backup.json"])
def test_a_copy_in_a_second_folder_is_verified_there(
    filled: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    backup = made(filled)
    place = tmp_path / "usb"
    place.mkdir()
    copied = copy_backup(backup, place, key_of(filled))
    assert verify_backup(copied.folder, key_of(filled)) == backup.contents
    shutil.rmtree(copied.folder)

    copy_file = files.copy_file

    def copy_wrongly(source: Path, target: Path, stopped: Callable[[], bool]) -> None:
        copy_file(source, target, stopped)
        if target.name == wrong:
            with target.open("r+b") as file:
                file.seek(50)
                file.write(b"?")

    monkeypatch.setattr(making, "copy_file", copy_wrongly)
    with pytest.raises(AppError):
        copy_backup(backup, place, key_of(filled))
    assert left_in(place) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_one_sentence(filled: Office) -> None:
    place = filled.folder / BACKUPS
    place.mkdir(mode=0o500)
    with pytest.raises(AppError, match="could not be written"):
        made(filled)
    place.chmod(0o700)
    assert left_in(place) == []


def test_a_file_in_the_way_is_one_sentence(filled: Office) -> None:
    (filled.folder / BACKUPS).write_text("a file where the folder should be")
    with pytest.raises(AppError, match="could not be written"):
        made(filled)


@pytest.fixture
def large(filled: Office) -> Iterator[Office]:
    """Some megabytes, so that a backup takes a while."""
    with filled.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE ballast (content BLOB)")
        for _ in range(how_many(12, 200)):
            connection.exec_driver_sql("INSERT INTO ballast VALUES (randomblob(1000000))")
    yield filled


def test_saves_do_not_wait_while_a_backup_is_made(large: Office) -> None:
    results: list[Backup] = []
    thread = threading.Thread(target=lambda: results.append(made(large)))
    thread.start()
    waits = []
    saved = 0
    while thread.is_alive():
        saved += 1
        started = time.perf_counter()
        save_answer(large, 1, Person, None, "surname", f"Surname {saved}", NOW)
        waits.append(time.perf_counter() - started)
        time.sleep(0.01)
    thread.join()
    (backup,) = results
    assert backup.sound
    assert saved > 5, "it was over before anything was saved"
    # The machine of a test has other work too: in the middle, not each.
    assert sorted(waits)[len(waits) // 2] < 0.1
    assert open_case(large, 1).one(Person).surname == f"Surname {saved}"
    assert large.damage() == []


def test_it_reaches_the_disk_a_little_at_a_time(
    large: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tens of megabytes flushed at once would hold up the flush of somebody's save."""
    sizes, slices = [0], [0]
    flushed, written = disk.flush, os.fsync

    def flush(path: Path) -> None:
        sizes.append(path.stat().st_size)
        flushed(path)

    def sync(file: int) -> None:
        slices.append(os.fstat(file).st_size)
        written(file)

    monkeypatch.setattr(making, "flush", flush)
    backup = made(large)
    monkeypatch.setattr(os, "fsync", sync)
    copy_backup(backup, tmp_path, key_of(large))
    for seen in (sizes, slices):
        assert max(seen) > 10_000_000
        assert max(after - before for before, after in pairwise(seen)) <= 3_000_000


@contextmanager
def _window_at_work(monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> Iterator[None]:
    """`work` begins beside a window that works; it has to be over soon after that rests."""
    monkeypatch.setattr(right_of_way, "LONGEST", 30.0)
    window_works()
    thread = threading.Thread(target=work)
    thread.start()
    try:
        time.sleep(0.5)
        assert thread.is_alive(), "it did not wait"
        yield
    finally:
        window_rests()
        thread.join(10)
    assert not thread.is_alive()


def test_the_window_goes_before_each_slice_of_a_backup(
    filled: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = filled.folder / BACKUPS
    with _window_at_work(monkeypatch, partial(made, filled)):
        assert left_in(place / "20261122T171100Z-daily.part") == [], "it was copied at once"
    assert left_in(place) == ["20261122T171100Z-daily"]


def test_the_window_goes_before_a_long_check_of_the_file(
    filled: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[object] = []
    count = (
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 100000) "
        "SELECT count(*) FROM c"
    )

    def check() -> None:
        with raw_office(filled.folder, key_of(filled)) as raw:
            stop_between_steps(raw, go_on)
            counted.append(raw.execute(count).fetchone())

    with _window_at_work(monkeypatch, check):
        assert counted == []
    assert counted == [(100_000,)]


def test_closing_the_office_stops_a_backup_and_waits_for_its_end(large: Office) -> None:
    ended: list[BaseException] = []
    began = threading.Event()

    def work() -> None:
        try:
            with large.beside.working() as stopped:
                began.set()
                make_backup(large.folder, key_of(large), BackupReason.DAILY, NOW, stopped)
        except BackupStopped as stop:
            ended.append(stop)

    thread = threading.Thread(target=work)
    thread.start()
    began.wait()
    large.close()
    assert left_in(large.folder / BACKUPS) == []
    thread.join()
    assert len(ended) == 1
    with pytest.raises(BackupStopped), large.beside.working():
        pass
    with unlocked(large.folder) as again:
        assert again.damage() == []


def test_thinning_takes_only_what_is_ours_and_too_much(filled: Office, tmp_path: Path) -> None:
    key, place = key_of(filled), filled.folder / BACKUPS
    first = made(filled)
    for number in range(1, 40):
        at = NOW - timedelta(hours=number)
        # As good as made then: name and manifest are what thinning reads.
        folder = place / f"{at:%Y%m%dT%H%M%SZ}-by-hand"
        folder.mkdir()
        manifest = first.manifest
        assert manifest is not None
        assert first.contents is not None
        again = files.Manifest(at, BackupReason.BY_HAND, manifest.sha256)
        sealed = again.seal(manifest_key(key), first.contents)
        (folder / "backup.json").write_bytes(sealed.to_bytes())
    with new_office(tmp_path / "other").office as other:
        foreign = make_backup(other.folder, key_of(other), BackupReason.DAILY, NOW - 30.5 * HOUR)
        shutil.copytree(foreign.folder, place / foreign.folder.name)
    (place / "20200101T000000Z-holiday pictures").mkdir()
    gone = thin(place, key, NOW)
    assert len(gone) > 20
    assert not set(gone) & {path.name for path in place.iterdir()}
    assert first.folder.exists()
    assert (place / foreign.folder.name).exists()
    assert (place / "20200101T000000Z-holiday pictures").exists()


def test_a_rewritten_backup_holds_no_trace_and_is_sound(filled: Office) -> None:
    key = key_of(filled)
    with filled.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE ballast (content BLOB)")
        connection.exec_driver_sql("INSERT INTO ballast VALUES (zeroblob(100000))")
    backup = made(filled)

    def forget(raw: object) -> None:
        for table in ("person", "ballast"):
            raw.execute(f"DELETE FROM {table}")  # type: ignore[attr-defined]  # noqa: S608

    rewrite_backup(backup, key, forget)
    (again,) = backups_in(filled.folder / BACKUPS, manifest_key(key))
    assert again.made_at == backup.made_at
    assert verify_backup(again.folder, key).rows["person"] == 0
    with raw_file(again.folder / "office.db", key) as raw:
        assert raw.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert not backup.folder.exists()


def test_a_rewriting_that_fails_leaves_the_backup_as_it_was(filled: Office) -> None:
    key = key_of(filled)
    backup = made(filled)

    def fail(_raw: object) -> None:
        raise AppError("No.")

    with pytest.raises(AppError, match="No"):
        rewrite_backup(backup, key, fail)
    assert left_in(filled.folder / BACKUPS) == [backup.folder.name]
    assert verify_backup(backup.folder, key) == backup.contents


def test_the_lone_file_of_an_earlier_version_becomes_a_backup(filled: Office) -> None:
    key, place = key_of(filled), filled.folder / BACKUPS
    place.mkdir()
    with raw_office(filled.folder, key) as raw:
        raw.execute("VACUUM INTO ?", (str(place / "before-update-0004-20260103T091500.db"),))
    (place / "before-update-0004-20260104T091500.db").write_bytes(b"damaged" * 1000)
    adopt_lone_files(filled.folder, key)
    assert left_in(place) == ["20260103T091500Z-update", "before-update-0004-20260104T091500.db"]
    verify_backup(place / "20260103T091500Z-update", key)


def test_the_office_of_an_earlier_version_is_backed_up_before_it_is_changed(
    tmp_path: Path,
) -> None:
    released = Path(__file__).parents[2] / "released" / "0004"
    folder = Path(shutil.copytree(released, tmp_path / "office"))
    with Office.open(folder, "attorney", PASSPHRASE, scripts=paths.db_folder(), now=NOW) as office:
        (backup,) = backups_in(folder / BACKUPS, manifest_key(key_of(office)))
        assert backup.reason is BackupReason.UPDATE
        assert backup.sound
        assert verify_backup(backup.folder, key_of(office)).revision == "0004"
