"""Disks that really refuse: a limit on the size of files, no right to write, a full file system."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.acts import ACTS
from tests.soak import how_many

ROUNDS = how_many(2, 12)


def run(kind: str, place: Path, *before: str) -> dict[str, int]:
    """Do acts on such a disk; return how many times each was refused."""
    acts = random.sample(sorted(ACTS), how_many(3, len(ACTS)))
    driver = (sys.executable, "-m", "tests.faults.real_disks")
    done = subprocess.run(
        [*before, *driver, kind, str(place), str(ROUNDS), *acts],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = (line.rsplit(" ", 1) for line in done.stdout.splitlines())
    refused = {name: int(many) for name, many in lines}
    assert set(refused) == set(acts)
    return refused


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_no_file_may_grow(tmp_path: Path) -> None:
    run("limit", tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    before: tuple[str, ...] = ()
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root may write everywhere, and there is no setpriv to give that up")
        before = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
    refused = run("write-protected", tmp_path, *before)
    assert all(refused.values()), refused


@pytest.mark.skipif(sys.platform != "linux", reason="a file system of its own is made as on Linux")
def test_a_file_system_that_is_full(tmp_path: Path) -> None:
    alone = ("unshare", "--mount")
    if shutil.which("unshare") is None:
        pytest.skip("there is no unshare")
    trial = [*alone, "mount", "-t", "tmpfs", "tmpfs", str(tmp_path)]
    if subprocess.run(trial, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a file system")
    run("small", tmp_path, *alone)
