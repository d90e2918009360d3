"""Environments of their own for programs we measure ourselves against; they are no part of ours."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

_OUT = Path(__file__).parents[2] / "out"


class NotMeasured(Exception):
    """A peer that can't be had here; the words say why."""


def python_with(name: str, packages: Sequence[str]) -> str:
    """A Python in `out/NAME` that has these packages. Raises `NotMeasured` without a network."""
    home = _OUT / name
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        shutil.rmtree(home, ignore_errors=True)
        install(partial(run, sys.executable, "-m", "venv", str(home)), "no environment for it")
        pip = (str(python), "-m", "pip", "install", "-q", "--only-binary", ":all:")
        install(partial(run, *pip, *packages), "no network, or no wheel for this machine")
        (home / "ready").touch()
    return str(python)


def run(*words: str) -> None:
    """Run a command that must succeed, and ask nobody anything."""
    settings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(words, env=settings, check=True, capture_output=True)


def install(step: partial[None], otherwise: str) -> None:
    """Do a step; raise `NotMeasured` with these words where it fails."""
    try:
        step()
    except (subprocess.CalledProcessError, OSError) as error:
        raise NotMeasured(otherwise) from error
