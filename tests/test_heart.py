"""What a stall of the window is, and what is the machine's."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.heart import Bystander, pace, stood_still


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
    program = "from tests.heart import Bystander; Bystander()"
    # It has the same end of this pipe: `run` comes back when both are gone.
    subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[1],
        stderr=subprocess.PIPE,
        check=True,
        timeout=30,
    )
