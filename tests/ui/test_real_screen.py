"""F9 from everywhere, and the clipboard, with real keys on a real (virtual) screen."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from intake_app.ui.clipboard import MARKS

NEEDED = ("Xvfb", "xdotool", "openbox")


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """What `real_screen.py` saw, once for all tests."""
    missing = [tool for tool in NEEDED if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"this computer has no {', '.join(missing)}")
    tmp = tmp_path_factory.mktemp("screen")
    with ExitStack() as stack:
        reading, writing = os.pipe()
        screen = stack.enter_context(
            subprocess.Popen(
                ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x1000x24"],
                pass_fds=[writing],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        stack.callback(screen.terminate)
        os.close(writing)
        with os.fdopen(reading) as told:
            display = f":{told.readline().strip()}"
        here = {
            **{name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ},
            "DISPLAY": display,
            "HOME": str(tmp),
            "XDG_RUNTIME_DIR": str(tmp),
            "QT_QPA_PLATFORM": "xcb",
        }
        manager = stack.enter_context(
            subprocess.Popen(
                ["openbox"], env=here, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        )
        stack.callback(manager.terminate)
        run = subprocess.run(
            [sys.executable, "-m", "tests.ui.real_screen", str(tmp)],
            cwd=Path(__file__).parents[2],
            env=here,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        if "Could not load the Qt platform plugin" in run.stderr:
            pytest.skip("Qt finds not all of its libraries for X11")
        assert run.returncode == 0, run.stderr
        yield json.loads(run.stdout)


@pytest.mark.parametrize(
    "place",
    [
        *("a field", "the find box", "an open list", "a menu", "a menu of a field"),
        *("a box of files", "a tip"),
    ],
)
def test_f9_blanks_from_everywhere_and_leaves_nothing_over_the_cover(seen: Any, place: str) -> None:
    found = seen["places"][place]
    assert found == dict.fromkeys(found, True)


def test_what_is_copied_or_selected_is_marked_as_secret(seen: Any) -> None:
    both = seen["clipboards"]["copied"]
    assert [words for words, _formats in both] == ["Okonkwo-Ruiz"] * 2
    assert all(set(MARKS) <= set(formats) for _words, formats in both)


@pytest.mark.parametrize("when", ["after its time", "blanked"])
def test_it_does_not_stay_there(seen: Any, when: str) -> None:
    assert [words for words, _formats in seen["clipboards"][when]] == ["", ""]
    assert seen["clipboards"]["selected"] == [["", []]]
