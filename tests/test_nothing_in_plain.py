"""Nothing in plain: a day with the program leaves no name and no victim fact anywhere it can.

The day is `tests/full_tour.py`, in a process with a home, a temporary folder and settings of its
own, that dies in the middle of a word. Its marks are looked for in the office folder with its
backups and -wal, in home and temporary folder, in what it said and in shared memory. What was
saved, printed or copied out on purpose goes to a folder of its own, where the marks are found.
"""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from intake_app.core.answers import to_stored
from intake_app.core.case import Entry
from intake_app.core.casefile import RECORDS
from intake_app.core.demo_material import Luck
from intake_app.core.fields import Compartment, Kind, questions
from intake_app.core.roles import Role
from intake_app.workflows import make_demo
from intake_app.workflows.find_people import find_people
from intake_app.workflows.make_demo import demo_material
from intake_app.workflows.open_case import open_case
from intake_app.workflows.unlock_office import members_of, unlock_office
from tests.alone import Place, new_place, without_a_network
from tests.marks import MARKS, found_in, leaks, whole_forms
from tests.soak import SOAK

MEMORY = Path("/dev/shm")  # noqa: S108 - files that live in memory
ENDINGS = ("segv", "abort", "kill", "close") if SOAK else ("segv",)

SETTINGS = {
    ".config/intake-desk/window.ini",
    ".config/intake-desk/offices.json",
    # Qt's lock beside its settings, and the caches of what fonts and shaders there are.
    ".config/intake-desk/window.ini.lock",
}
CACHES = (".cache/fontconfig/", ".cache/mesa_shader_cache", ".cache/qtshadercache")
"""All that may appear in a home."""


def run(place: Place, *words: str) -> tuple[int, bool]:
    """One process in its place; its signal or exit code (as subprocess has it), and a core dump.

    The limit on core dumps is lifted first: that there is none is the program's own doing.
    """

    def lift() -> None:
        _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))

    with (
        (place.folder / "said.out").open("wb") as out,
        (place.folder / "said.err").open("wb") as err,
    ):
        process = subprocess.Popen(
            [*without_a_network(), sys.executable, *words],
            cwd=place.folder / "cwd",
            env=place.surroundings,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            preexec_fn=lift,  # noqa: PLW1509 - this process has no threads of its own
        )
        _pid, status = os.waitpid(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, os.WCOREDUMP(status)


@dataclass(frozen=True)
class Day:
    """A day that is over."""

    folder: Path
    code: int
    core: bool
    told: dict[str, Any]
    in_memory: frozenset[str]


@pytest.fixture(scope="module", params=ENDINGS)
def day(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    if sys.platform != "linux":
        pytest.skip("the places a Linux program writes to")
    place = new_place(tmp_path_factory.mktemp("day") / "place")
    before = _in_memory()
    code, core = run(place, "-m", "tests.full_tour", str(place.folder), request.param)
    report = place.folder / "out" / "report.json"
    assert report.exists(), (place.folder / "said.err").read_text()[-2000:]
    told = json.loads(report.read_text("utf-8"))
    yield Day(place.folder, code, core, told, frozenset(_in_memory() - before))


def _in_memory() -> set[str]:
    return {path.name for path in MEMORY.iterdir()} if MEMORY.is_dir() else set()


ENDED = {"close": 0, "segv": -signal.SIGSEGV, "abort": -signal.SIGABRT, "kill": -signal.SIGKILL}


def test_it_ended_as_it_should_and_without_a_core_dump(
    day: Day, request: pytest.FixtureRequest
) -> None:
    assert day.code in ENDED.values()
    assert not day.core
    assert not list((day.folder / "cwd").iterdir())
    assert not [path for path in day.folder.rglob("core*") if path.is_file()]


@pytest.mark.skipif(sys.platform != "linux", reason="signals and /proc of Linux")
def test_the_program_itself_leaves_no_core_dump(tmp_path: Path) -> None:
    """As it is started from a menu: the window at the door of an office, killed by a fault."""
    place = new_place(tmp_path / "place")
    ready = (
        "import os, signal, threading\n"
        "threading.Timer(2.0, lambda: os.kill(os.getpid(), signal.SIGSEGV)).start()\n"
        "from intake_app.cli import main\n"
        "main()\n"
    )
    code, core = run(place, "-c", ready)
    assert code == -signal.SIGSEGV, (place.folder / "said.err").read_text()
    assert not core
    assert not list((place.folder / "cwd").iterdir())


def test_the_marks_were_there_to_be_found(day: Day) -> None:
    """The day did print, copy and save them where somebody asked for it."""
    found = leaks(day.folder / "out")
    assert {"copy.pdf"} <= set(found)
    assert found_in(day.told["clipboard"][0].encode())
    assert len(list((day.folder / "office" / "backups").rglob("office.db"))) >= 1


@pytest.mark.parametrize("name", ["office", "home", "tmp", "run", "cwd"])
def test_no_mark_in_any_file_the_day_left(day: Day, name: str) -> None:
    assert leaks(day.folder / name) == []


def test_nothing_said_and_no_crash_report_holds_a_mark(day: Day) -> None:
    for name in ("said.out", "said.err"):
        assert not found_in((day.folder / name).read_bytes()), name
    # The crash was reported, so there was something to look through.
    if day.code == -signal.SIGSEGV:
        assert b"Fatal Python error" in (day.folder / "said.err").read_bytes()


def test_home_holds_settings_only_and_the_temporary_folder_nothing(day: Day) -> None:
    home = day.folder / "home"
    made = {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}
    assert not {name for name in made - SETTINGS if not name.startswith(CACHES)}
    assert [path for path in (day.folder / "tmp").rglob("*") if path.is_file()] == []
    assert [path for path in (day.folder / "run").rglob("*") if path.is_file()] == []


def test_no_mark_in_titles_jobs_memory_or_started_processes(day: Day) -> None:
    assert "Intake Desk" in day.told["titles"]
    assert {"Labels", "Envelope 2026-0002"} == set(day.told["jobs"])
    for what in ("titles", "jobs", "processes", "sockets"):
        for words in day.told[what]:
            assert not found_in(words.encode()), what
    assert day.told["processes"] == []
    for name in day.in_memory:
        path = MEMORY / name
        if path.is_file() and os.access(path, os.R_OK):
            assert not found_in(path.read_bytes())


def test_the_clipboard_is_empty_once_it_is_locked(day: Day) -> None:
    assert day.told["clipboard"][1] == ""


def test_files_are_written_in_the_office_and_the_settings_only(day: Day) -> None:
    places = tuple(str(day.folder / name) for name in ("office", "out", "home"))
    elsewhere = [path for path in day.told["written"] if not path.startswith((*places, "/dev/"))]
    assert elsewhere == []


def test_the_search_finds_a_leak_that_is_planted_there(day: Day, tmp_path: Path) -> None:
    home = Path(shutil.copytree(day.folder / "home", tmp_path / "home"))
    (home / "recently-used.xbel").write_bytes(b"<x>" + MARKS[0] + b"</x>")
    assert leaks(home) == ["recently-used.xbel"]


@pytest.mark.skipif(sys.platform != "linux", reason="the places a Linux program writes to")
@pytest.mark.skipif(not SOAK, reason="make soak: the tour takes half a minute")
def test_the_tour_leaves_no_name_but_in_its_own_results(tmp_path: Path) -> None:
    place = new_place(tmp_path / "place")
    folder = place.folder / "out" / "tour"
    code, _core = run(place, "-m", "intake_app", "tour", str(folder))
    assert code == 0, (place.folder / "said.err").read_text()
    words = _identity_in(folder / "office")
    assert len(words) > 200
    wanted = whole_forms(words)
    assert any(found_in(path.read_bytes(), wanted) for path in folder.glob("*.pdf"))
    for place_of in ("home", "tmp", "run", "cwd"):
        assert leaks(place.folder / place_of, wanted) == []
    assert leaks(folder / "office", wanted) == []
    for name in ("said.out", "said.err"):
        assert not found_in((place.folder / name).read_bytes(), wanted)


def _identity_in(folder: Path) -> set[str]:
    """Names, numbers and free texts of all cases of the office, as they are kept."""
    material, luck = demo_material(), Luck("passphrases 1")
    passphrases = {role: make_demo._passphrase(luck, material) for role in Role}
    words: set[str] = set()
    now = datetime.now(UTC)
    with unlock_office(folder, "attorney", passphrases[Role.ATTORNEY], now) as office:
        for row in find_people(office, "", limit=-1):
            case = open_case(office, row.case_id)
            for cls in RECORDS:
                entries: tuple[Entry[Any], ...] = case.kept(cls)
                for entry in entries:
                    for asked in questions(cls):
                        value = getattr(entry.record, asked.name)
                        hidden = asked.keep is not Compartment.FACTS
                        if value and hidden and asked.kind in (Kind.LINE, Kind.PHONE, Kind.TEXT):
                            words.add(str(to_stored(asked, value)))
    # The door shows who the members are; a case names those who work on it.
    at_the_door = {slot.name for slot in members_of(folder)} | {role.value for role in Role}
    return {word for word in words if len(word) >= 8} - at_the_door
