"""A week of a busy office: nothing goes wrong, the window answers, and memory stays flat.

What it measures, and how, is in `tests/busy_week.py`. A window that is opened (after the
passphrase) and put away is told apart: nobody types there yet.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.busy_week import Bystander, pace, stood_still
from tests.soak import SOAK, how_many

SECONDS = how_many(10.0, 600.0)
CASES = how_many(60, 2_000)
MOST_GROWTH_MB = 60
"""From the first day's end to the last turn; one window and one case more take about as much."""

LONGEST_OWN_MS = 250
"""The most the window's own thread may work at a stretch while somebody uses it. About 20 on a
machine that does nothing else."""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is measured on Linux")
def test_a_busy_week(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.busy_week", str(CASES), str(SECONDS), str(tmp_path)],
        cwd=Path(__file__).parents[1],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS * 4 + 300,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    told = json.loads(done.stdout.splitlines()[-1])
    print(json.dumps(told, indent=1))  # noqa: T201 - the figures of a soak
    assert told["faults"] == []
    assert told["done"]["lock"] == (25 if SOAK else 5)
    assert told["longest_own_ms"] <= LONGEST_OWN_MS, told["worst"]
    memory = told["memory"]
    assert memory[-1] - memory[len(memory) // 5] <= MOST_GROWTH_MB, memory
    if SOAK:
        for act in ("type in a case", "find", "documents", "letter", "import", "backup", "reports"):
            assert told["done"].get(act), act
        assert told["over_100_ms"] == 0, told["worst"]


def test_a_stall_is_measured_at_the_better_speed_of_the_machine() -> None:
    """A slow minute of a shared machine makes no stall of ours; a stall in it is still found."""
    quick = [(float(second), 0.001) for second in range(100)]
    assert pace(50.0, quick) == 1.0
    slow = [(float(second), 0.002 if second >= 60 else 0.001) for second in range(100)]
    assert pace(20.0, slow) == 1.0
    assert pace(90.0, slow) == 2.0
    # A moment of ours is no slow minute.
    assert pace(50.0, [*quick, (50.1, 0.1), (50.2, 0.1)]) == 1.0
    assert pace(50.0, []) == 1.0


def test_a_machine_that_stood_still_is_no_stall_of_ours() -> None:
    assert stood_still(10.0, 15.9, [(10.0, 15.9)])
    assert stood_still(10.0, 15.9, [(9.9, 12.5), (13.0, 16.0)])
    assert not stood_still(10.0, 15.9, [(9.0, 11.0)])
    assert not stood_still(10.0, 10.2, [])
    assert not stood_still(10.0, 10.2, [(12.0, 18.0)])


@pytest.mark.skipif(os.name == "nt", reason="stops a program as POSIX does")
def test_the_bystander_tells_when_it_had_no_turn() -> None:
    bystander = Bystander()
    time.sleep(0.5)
    began = time.monotonic()
    bystander.process.send_signal(signal.SIGSTOP)
    time.sleep(0.6)
    bystander.process.send_signal(signal.SIGCONT)
    ended = time.monotonic()
    time.sleep(0.3)
    pauses = bystander.pauses()
    assert stood_still(began, ended, pauses), pauses
    assert bystander.process.poll() is not None


@pytest.mark.skipif(os.name == "nt", reason="a parent is asked for as POSIX does")
def test_the_bystander_ends_with_its_parent() -> None:
    program = "from tests.busy_week import Bystander; Bystander()"
    # It has the same end of this pipe: `run` comes back when both are gone.
    subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[1],
        stderr=subprocess.PIPE,
        check=True,
        timeout=30,
    )
