"""Two programs on one office: the second is told who has it; only a dead lock is taken."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from intake_app.core.errors import AppError, Busy
from intake_app.store import office_lock
from intake_app.store.office_lock import HOLDER, lock_office
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW, PASSPHRASE
from tests.offices import new_office, unlocked

MIAMI = NOW.astimezone(ZoneInfo("America/New_York"))

_HOLD = """
import sys
from datetime import datetime
from pathlib import Path
from intake_app.workflows.unlock_office import unlock_office
with unlock_office(
    Path(sys.argv[1]), "administrator", sys.argv[2], datetime.fromisoformat(sys.argv[3])
) as office:
    print("open", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def another_program(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program of its own that has the office open."""
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(folder), PASSPHRASE, NOW.isoformat()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    with holder, holder.stdin, holder.stdout:
        assert holder.stdout.readline() == b"open\n"
        yield holder
        holder.kill()
        holder.wait()


@pytest.fixture
def closed(folder: Path) -> Path:
    """An office nobody has open."""
    new_office(folder).office.close()
    return folder


def test_the_second_program_is_told_who_has_it_and_since_when(closed: Path) -> None:
    with another_program(closed) as holder:
        with pytest.raises(Busy) as busy:
            unlocked(closed)
        assert busy.value.sentence == (
            "A. Ruiz has this office open on this computer since 12:11. Close it there, then try "
            "again."
        )
        told = json.loads((closed / HOLDER).read_bytes())
        assert set(told) == {"name", "computer", "since", "token"}
        assert (closed / HOLDER).stat().st_mode & 0o077 == 0
        with pytest.raises(Busy, match=r"since 22 Nov 2026, 12:11\."):
            lock_office(closed, NOW + timedelta(days=1))
        assert holder.stdin is not None
        holder.stdin.close()
        holder.wait()
        assert not (closed / HOLDER).exists(), "it was closed, and says nothing"
    unlocked(closed).close()


@pytest.mark.parametrize("how", ["killed", "stopped"])
def test_a_dead_programs_office_is_taken_and_a_stopped_ones_is_not(closed: Path, how: str) -> None:
    with another_program(closed) as holder:
        if how == "stopped":  # it hangs, or the computer is very slow: it is alive
            holder.send_signal(signal.SIGSTOP)
            with pytest.raises(Busy, match=r"A\. Ruiz"):
                unlocked(closed)
        holder.kill()
        holder.wait()
        assert (closed / HOLDER).exists(), "it could not say good-bye"
        with unlocked(closed) as office:
            assert office.damage() == []
            start_intake(office, NOW)


def held_elsewhere(folder: Path, seconds_ago: float) -> None:
    """As when another computer holds it over a drive that does not share its locks."""
    told = {"name": "Ana Beltrán", "computer": "DESK-2", "since": MIAMI.isoformat(), "token": "1"}
    (folder / HOLDER).write_text(json.dumps(told))
    then = (folder / HOLDER).stat().st_mtime - seconds_ago
    os.utime(folder / HOLDER, (then, then))


def test_another_computer_that_gives_signs_of_life_keeps_it(closed: Path) -> None:
    held_elsewhere(closed, seconds_ago=30)
    before = (closed / HOLDER).read_bytes()
    for _ in range(2):
        with pytest.raises(Busy) as busy:
            unlocked(closed)
        assert busy.value.sentence.startswith(
            "Ana Beltrán has this office open on DESK-2 since 12:11. Close it there, then try "
            "again."
        )
    assert (closed / HOLDER).read_bytes() == before
    held_elsewhere(closed, seconds_ago=150)
    unlocked(closed).close()


def test_whoever_holds_it_gives_signs_of_life(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_lock, "TOUCHED_EVERY", 0.05)
    lock = lock_office(tmp_path, NOW)
    lock.tell("Ana", MIAMI)
    os.utime(tmp_path / HOLDER, (1, 1))
    waited = threading.Event()
    for _ in range(100):
        if (tmp_path / HOLDER).stat().st_mtime > 1:
            break
        waited.wait(0.05)
    assert (tmp_path / HOLDER).stat().st_mtime > 1
    lock.release()
    assert not (tmp_path / HOLDER).exists()


@pytest.mark.parametrize("closed_again", [False, True])
def test_a_holder_that_slept_while_another_took_it_writes_nothing(
    closed: Path, closed_again: bool
) -> None:
    with unlocked(closed) as office:
        start_intake(office, NOW)
        held_elsewhere(closed, seconds_ago=0)
        if closed_again:
            (closed / HOLDER).unlink()
        with pytest.raises(Busy, match="nothing was saved here"):
            start_intake(office, NOW)
    assert (closed / HOLDER).exists() != closed_again, "it takes away only its own"
    (closed / HOLDER).unlink(missing_ok=True)
    with unlocked(closed) as office, office.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM cases").scalar() == 1


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"name": 3}', b"\xff" * 99])
def test_words_that_are_none_keep_nobody_out(closed: Path, content: bytes) -> None:
    (closed / HOLDER).write_bytes(content)
    with another_program(closed):
        (closed / HOLDER).write_bytes(content)
        with pytest.raises(Busy, match="open in another window or program"):
            lock_office(closed, NOW)


def test_a_drive_without_locks_is_refused(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")

    def none(*_: object) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(fcntl, "flock", none)
    with pytest.raises(AppError, match="can’t keep a second program out"):
        unlocked(closed)
    monkeypatch.undo()
    unlocked(closed).close()
