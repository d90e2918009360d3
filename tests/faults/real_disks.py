"""Acts on disks that really refuse, in a process of their own: no fault layer is needed.

    python -m tests.faults.real_disks (limit | write-protected | small) FOLDER ROUNDS ACT…

`limit`: no file may grow beyond a random size. `write-protected`: nothing in the office's folder
may be written; for a user that is not almighty. `small`: FOLDER becomes a file system of its own
that gets full; for root in a mount namespace. For each act a line is printed, with how many
times it was refused.
"""

import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from intake_app.core.errors import AppError
from tests.faults.act import Act
from tests.faults.acts import ACTS


def main() -> None:
    """Do each act `ROUNDS` times on such a disk, and look at it on a sound one."""
    kind, place, rounds = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    if kind == "small":
        _mount(place, "size=64m")
    for act in map(ACTS.__getitem__, sys.argv[4:]):
        start = place / act.name
        start.mkdir()
        act.prepare(start)
        largest = _largest(act, start, place / "whole")
        refused = 0
        for _ in range(rounds):
            folder = Path(shutil.copytree(start, place / "now"))
            refused += DISKS[kind](act, folder, largest)
            shutil.rmtree(folder)
        shutil.rmtree(start)
        sys.stdout.write(f"{act.name} {refused}\n")


def _largest(act: Act, start: Path, whole: Path) -> int:
    """The size of the largest file there is when all goes well."""
    shutil.copytree(start, whole)
    act.do(whole, lambda *_words: None)
    largest = max(path.stat().st_size for path in whole.rglob("*"))
    shutil.rmtree(whole)
    return largest


def _on(act: Act, folder: Path, heal: Callable[[], object]) -> bool:
    """Do an act, heal the disk, look; return whether anything was refused."""
    said: list[str] = []
    refused = False
    try:
        act.do(folder, lambda *words: said.append(" ".join(map(str, words))))
    except AppError:
        refused = True
    finally:
        heal()
    act.kept(folder, said)
    return refused or any(line.startswith("sentence") for line in said)


def on_limit(act: Act, folder: Path, largest: int) -> bool:
    """No file may grow beyond a size."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    room = random.randint(1_000, largest)  # noqa: S311 - places, not keys
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    return _on(act, folder, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before))


def on_write_protected(act: Act, folder: Path, _largest: int) -> bool:
    """Nothing in the folder may be written."""
    paths = (folder, *folder.rglob("*"))
    before = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(0o500 if path.is_dir() else 0o400)

    def heal() -> None:
        for path, mode in before.items():
            path.chmod(mode)

    return _on(act, folder, heal)


def on_small(act: Act, folder: Path, largest: int) -> bool:
    """There is room for a few bytes more."""
    ballast = folder.parent / "ballast"
    found = os.statvfs(folder)
    room = random.randint(0, 2 * largest)  # noqa: S311 - places, not keys
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, found.f_bavail * found.f_frsize - room))
    return _on(act, folder, ballast.unlink)


DISKS = {"limit": on_limit, "write-protected": on_write_protected, "small": on_small}


def _mount(place: Path, options: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], check=True)


if __name__ == "__main__":
    main()
