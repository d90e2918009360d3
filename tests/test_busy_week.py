"""A week of a busy office: nothing goes wrong, the window answers, and memory stays flat.

What it measures, and how, is in `tests/busy_week.py`. A window that is opened (after the
passphrase) and put away is told apart: nobody types there yet.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

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
