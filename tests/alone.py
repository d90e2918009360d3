"""Running a program where it meets nobody: folders of its own, and no network at all."""

import functools
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Place:
    """The folders a program meets: each its own."""

    folder: Path

    @property
    def surroundings(self) -> dict[str, str]:
        """The environment, with nothing of ours in it."""
        home = self.folder / "home"
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "TMPDIR": str(self.folder / "tmp"),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_CACHE_HOME": str(home / ".cache"),
            "XDG_DATA_HOME": str(home / ".local/share"),
            "XDG_STATE_HOME": str(home / ".local/state"),
            "XDG_RUNTIME_DIR": str(self.folder / "run"),
            "LC_ALL": "C.UTF-8",
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": str(ROOT),
        }


def new_place(folder: Path) -> Place:
    """Make the folders."""
    for name in ("out", "home", "tmp", "run", "cwd"):
        (folder / name).mkdir(mode=0o700, parents=True)
    return Place(folder)


@functools.cache
def without_a_network() -> tuple[str, ...]:
    """What to put before a command, so that it runs in a network namespace with no interface.

    Empty where the system has no such thing or does not allow it.
    """
    return _first_that_works(("unshare", "--map-root-user", "--net"))


@functools.cache
def traced(trace: str, calls: str) -> tuple[str, ...]:
    """What to put before a command, so that `strace` writes its calls into a file; or empty."""
    plain = ("strace", "-f", "-qq", "-e", f"trace={calls}", "-o", trace)
    return _first_that_works((*plain[:1], "--seccomp-bpf", *plain[1:])) or _first_that_works(plain)


def _first_that_works(command: Sequence[str]) -> tuple[str, ...]:
    program = shutil.which(command[0])
    if program is None:
        return ()
    tried = subprocess.run([*command, "true"], capture_output=True, check=False)
    return (program, *command[1:]) if tried.returncode == 0 else ()
