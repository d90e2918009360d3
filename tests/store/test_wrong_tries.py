"""After three wrong passphrases the next try waits, wherever it is typed; nobody stays out."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from intake_app.core.errors import AppError, TooSoon, WrongPassphrase
from intake_app.core.roles import Role
from intake_app.store import wrong_tries
from intake_app.store.office import Office
from intake_app.store.schema import HISTORY
from intake_app.store.wrong_tries import TRIES, WrongTries, read_tries
from intake_app.workflows.manage_members import change_passphrase
from intake_app.workflows.reauthenticate import reauthenticate
from intake_app.workflows.unlock_office import unlock_office, unlock_with_recovery
from tests.conftest import NOW, PASSPHRASE
from tests.offices import new_office

WRONG = "a wrong long passphrase"
NEW = "another heron, another ferry"


def seconds(after: float) -> datetime:
    return NOW + timedelta(seconds=after)


@pytest.fixture
def code(folder: Path) -> str:
    """The recovery code of a closed office in `folder`."""
    made = new_office(folder)
    made.office.close()
    return made.recovery_code


def wrong(folder: Path, times: int, now: datetime = NOW) -> None:
    for _ in range(times):
        with pytest.raises(WrongPassphrase):
            unlock_office(folder, "administrator", WRONG, now)


def said(act: Callable[[], object]) -> str:
    with pytest.raises(TooSoon) as early:
        act()
    return early.value.sentence


def test_three_are_free_then_it_waits_longer_each_time_up_to_a_minute(
    folder: Path, code: str
) -> None:
    wrong(folder, 3)

    def right(now: datetime) -> Office:
        return unlock_office(folder, "administrator", PASSPHRASE, now)

    assert said(lambda: right(NOW)) == (
        "3 passphrases in a row were wrong. Wait 5 seconds, then try again."
    )
    assert "Wait 1 second," in said(lambda: right(seconds(4.2)))
    waits, now = [], NOW
    for _ in range(8):
        waits.append(read_tries(folder).wait(now))
        now += timedelta(seconds=waits[-1])
        wrong(folder, 1, now)
    assert waits == [5, 10, 20, 40, 60, 60, 60, 60]
    with right(now + timedelta(seconds=60)) as office:
        assert office.notices == (
            "11 wrong passphrases were typed for this office before this one. If that was not "
            "you, tell your administrator.",
        )
        assert lines_of(office) == [("wrong passphrases", 11)]
    assert not (folder / TRIES).exists()
    with right(now) as office:
        assert office.notices == ()


def lines_of(office: Office) -> list[tuple[str, int]]:
    with office.reading() as connection:
        found = connection.execute(
            HISTORY.select().where(HISTORY.c.action == "wrong passphrases")
        ).all()
    return [(row.action, row.entry_id) for row in found]


def test_a_slip_is_recorded_and_nobody_is_bothered(folder: Path, code: str) -> None:
    wrong(folder, 1)
    with unlock_office(folder, "administrator", PASSPHRASE, NOW) as office:
        assert office.notices == ()
        assert lines_of(office) == [("wrong passphrases", 1)]
        assert office.damage() == []


def test_every_place_a_passphrase_is_typed_counts_and_waits(folder: Path, code: str) -> None:
    other = ("B" if code[0] == "A" else "A") + code[1:]
    with unlock_office(folder, "administrator", PASSPHRASE, NOW) as office:
        with pytest.raises(WrongPassphrase):
            reauthenticate(office, WRONG, NOW)
        with pytest.raises(WrongPassphrase):
            change_passphrase(office, WRONG, NEW, NOW)
        with pytest.raises(WrongPassphrase):
            unlock_with_recovery(folder, other, "administrator", NEW, NOW)
        places: tuple[Callable[[], object], ...] = (
            lambda: reauthenticate(office, PASSPHRASE, NOW),
            lambda: change_passphrase(office, PASSPHRASE, NEW, NOW),
            lambda: unlock_with_recovery(folder, code, "administrator", NEW, NOW),
            lambda: unlock_office(folder, "administrator", PASSPHRASE, NOW),
        )
        for place in places:
            assert "Wait 5 seconds" in said(place)
        assert reauthenticate(office, PASSPHRASE, seconds(5))
        assert lines_of(office) == [("wrong passphrases", 3)]
        assert reauthenticate(office, PASSPHRASE, seconds(5))
        assert len(lines_of(office)) == 1
    assert not (folder / TRIES).exists()


def test_it_outlives_the_program_and_holds_on_the_command_line(folder: Path, code: str) -> None:
    def check(passphrase: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "intake_app", "unlock-check", str(folder)],
            env=os.environ | {"INTAKE_DESK_PASSPHRASE": passphrase},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stderr

    for _ in range(3):
        assert check(WRONG)[0] == 1
    code_, words = check(PASSPHRASE)
    assert code_ == 1
    assert "3 passphrases in a row were wrong. Wait" in words
    late = datetime.fromisoformat("2020-01-01T00:00:00+00:00")
    wrong_tries._keep(folder, WrongTries(4, late))
    code_, words = check(PASSPHRASE)
    assert code_ == 0
    assert words.startswith("4 wrong passphrases were typed")


@pytest.mark.parametrize("back", [1, 3600, 10**9])
def test_a_clock_that_was_set_back_keeps_nobody_out(folder: Path, code: str, back: int) -> None:
    wrong(folder, 3, NOW)
    early = NOW - timedelta(seconds=back)
    early_said = said(lambda: unlock_office(folder, "administrator", PASSPHRASE, early))
    assert "Wait 5 seconds" in early_said, "no longer than one pause"
    later = early + timedelta(seconds=61)
    unlock_office(folder, "administrator", PASSPHRASE, later).close()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"wrong": "9"}', b'{"wrong": 9, "last": "x"}', b'{"wrong":9,"last":3}',
     b'{"wrong": 9, "last": "2026-11-22T17:11:00"}', b"\xff"],
)  # fmt: skip
def test_a_count_that_is_none_keeps_nobody_out(folder: Path, code: str, content: bytes) -> None:
    (folder / TRIES).write_bytes(content)
    unlock_office(folder, "administrator", PASSPHRASE, NOW).close()


def test_a_folder_that_can_not_be_written_is_counted_in_memory(folder: Path, code: str) -> None:
    (folder / f"{TRIES}.new").mkdir()  # stands for a write-protected disk: tests may run as root
    wrong(folder, 3)
    assert not (folder / TRIES).exists()
    said(lambda: unlock_office(folder, "administrator", PASSPHRASE, NOW))
    with unlock_office(folder, "administrator", PASSPHRASE, seconds(5)) as office:
        assert lines_of(office) == [("wrong passphrases", 3)]
    assert read_tries(folder).wrong == 0


def test_a_login_that_is_not_there_tells_nothing_and_counts_nothing(
    folder: Path, code: str
) -> None:
    for _ in range(5):
        with pytest.raises(AppError, match="no such member"):
            unlock_office(folder, str(Role.VOLUNTEER), WRONG, NOW)
    assert read_tries(folder).wrong == 0
