"""Nothing that comes in from outside crashes the program, hangs it or takes all memory.

Each target runs in a process of its own, so that a signal ends only that one.
"""

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.child import MOST_MEGABYTES
from tests.fuzz.targets import TARGETS
from tests.soak import how_many

SECONDS = how_many(2.0, 277.0)
"""For each target: together half a minute, in a soak an hour."""

LUCK = how_many(1, secrets.randbelow(1 << 30))
"""New in each soak; in `make test` the same, so that only a change of the program can stop it."""

linux = pytest.mark.skipif(
    not os.access("/proc/self/clear_refs", os.W_OK), reason="memory is measured on Linux only"
)


def fuzzed(name: str, seconds: float, folder: Path, luck: int) -> dict[str, float]:
    """Try a target for so long; the figures, or a failed test that says how to see it again."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.child", name, str(luck), str(seconds), str(folder)],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=seconds + 240,
    )
    if done.returncode:
        pytest.fail(
            f"{name} with luck {luck} ended with {done.returncode}; input in {folder}/input\n"
            f"{done.stderr[-3_000:]}"
        )
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


@linux
@pytest.mark.parametrize("name", sorted(TARGETS))
def test_whatever_comes_in_is_taken_or_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    told = fuzzed(name, SECONDS, tmp_path, LUCK)
    print(name, told)  # noqa: T201 - the figures of a soak
    assert told["tried"] >= 5
    assert told["peak_mb"] <= MOST_MEGABYTES
