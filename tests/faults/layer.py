"""The disk that fails when told: `fault_layer.c`, compiled, and its control file."""

import atexit
import ctypes
import errno
import mmap
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from enum import IntFlag
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

SOURCE = Path(__file__).with_name("fault_layer.c")


class Kind(IntFlag):
    """The kinds of act on a disk; `SAID` is what a process wrote to its standard output."""

    MAKE = 1
    WRITE = 2
    CUT = 4
    SYNC = 8
    RENAME = 16
    REMOVE = 32
    FOLDER = 64
    READ = 128
    SAID = 256


CHANGES = Kind.MAKE | Kind.WRITE | Kind.CUT | Kind.SYNC | Kind.RENAME | Kind.REMOVE | Kind.FOLDER


@dataclass(frozen=True)
class Fault:
    """A way in which disks fail: the error, and the kinds of act that meet it."""

    name: str
    error: int
    kinds: Kind


FULL = Fault("full", errno.ENOSPC, Kind.MAKE | Kind.WRITE | Kind.FOLDER)
BROKEN = Fault("broken", errno.EIO, CHANGES)
NOT_SYNCED = Fault("not synced", errno.EIO, Kind.SYNC)
WRITE_PROTECTED = Fault("write-protected", errno.EROFS, CHANGES & ~Kind.SYNC)
GONE = Fault("gone", errno.EIO, CHANGES | Kind.READ)
FAULTS = (FULL, BROKEN, NOT_SYNCED, WRITE_PROTECTED, GONE)


class _Control(ctypes.Structure):
    _fields_ = (
        ("under", ctypes.c_char * 1024),
        ("log", ctypes.c_char * 1024),
        ("acts", ctypes.c_uint64),
        ("written", ctypes.c_uint64),
        ("refused", ctypes.c_uint64),
        ("fail_from", ctypes.c_uint64),
        ("fail_until", ctypes.c_uint64),
        ("room", ctypes.c_uint64),
        ("kinds", ctypes.c_uint64),
        ("error", ctypes.c_uint64),
        ("kill_at", ctypes.c_uint64),
    )


class Layer:
    """The hand on the control file: it works at once, in every process that has the file."""

    def __init__(self, control: Path) -> None:
        self.path = control
        if not control.exists():
            control.write_bytes(bytes(ctypes.sizeof(_Control)))
        with control.open("r+b") as file:
            self._mapped = mmap.mmap(file.fileno(), ctypes.sizeof(_Control))
        self._control = _Control.from_buffer(self._mapped)

    def environment(self) -> dict[str, str]:
        """What a process needs in its environment to run on this disk."""
        return os.environ | {"LD_PRELOAD": str(compiled()), "INTAKE_FAULTS": str(self.path)}

    def watch(self, folder: Path, log: Path | None = None) -> None:
        """Begin anew, with a sound disk: count what happens under `folder`, and log it."""
        ctypes.memset(ctypes.addressof(self._control), 0, ctypes.sizeof(_Control))
        self._control.log = str(log or "").encode()
        self._control.under = str(folder.resolve()).encode()

    def fail(self, fault: Fault, first: int = 1, until: int = 0) -> None:
        """Refuse from the act `first` on, up to but without `until` (0: till healed)."""
        self._control.error, self._control.kinds = fault.error, int(fault.kinds)
        self._control.fail_until = until
        self._control.fail_from = first

    def fill_after(self, size: int) -> None:
        """Take `size` more bytes, and then be full."""
        self._control.room = max(1, self._control.written + size)

    def kill_at(self, act: int) -> None:
        """Kill the process in its act number `act`."""
        self._control.kill_at = act

    def heal(self) -> None:
        """Take everything again."""
        self._control.fail_from = self._control.room = self._control.kill_at = 0

    @property
    def acts(self) -> int:
        """Acts under the folder since `watch`."""
        return int(self._control.acts)

    @property
    def written(self) -> int:
        """Bytes written there."""
        return int(self._control.written)

    @property
    def refused(self) -> int:
        """Acts that were refused."""
        return int(self._control.refused)


@cache
def compiled() -> Path:
    """The layer, made ready; the test is skipped where it can't be."""
    if sys.platform != "linux":
        pytest.skip("the fault layer follows the calls of Linux")
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("there is no C compiler for the fault layer")
    folder = mkdtemp(prefix="fault-layer-")
    atexit.register(shutil.rmtree, folder)
    made = Path(folder) / "fault_layer.so"
    done = subprocess.run(
        [compiler, "-Wall", "-Wextra", "-Werror", "-O1", "-fPIC", "-shared", "-o", str(made),
         str(SOURCE), "-ldl"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert not done.returncode, done.stderr
    return made
