"""Backups on real disks that get full in the middle of them, or can’t be written."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform != "linux", reason="a file system of its own is made as on Linux")
def test_a_full_or_write_protected_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    alone = ["unshare", "--mount"]
    if os.geteuid():
        alone += ["--user", "--map-root-user"]
    if shutil.which("unshare") is None:
        pytest.skip("there is no unshare")
    trial = [*alone, "mount", "-t", "tmpfs", "tmpfs", str(tmp_path)]
    if subprocess.run(trial, capture_output=True, check=False).returncode:
        pytest.skip("nobody may mount a file system here")
    done = subprocess.run(
        [*alone, sys.executable, "-m", "tests.faults.backup_disks", str(tmp_path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
