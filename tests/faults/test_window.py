"""Typing while the disk fails: said in a sentence, still on the screen, saved when it heals."""

import subprocess
import sys
from pathlib import Path

from tests.faults.layer import Layer

SCENES = Path(__file__).with_name("window_scenes.py")


def test_the_window_on_a_failing_disk(tmp_path: Path) -> None:
    layer = Layer(tmp_path / "control")
    played = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist",
         f"--basetemp={tmp_path / 'scenes'}", str(SCENES)],
        cwd=SCENES.parents[2],
        env=layer.environment(),
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert played.returncode == 0, played.stdout[-6000:] + played.stderr[-2000:]
    assert " passed" in played.stdout
    assert "skipped" not in played.stdout
