"""An act done on a failing disk in another process, again and again from the same start."""

import json
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.faults.act import Act
from tests.faults.layer import Layer

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ended:
    """What an act said before its end, and how it ended: 0, 1 refused, 2 broke, -9 killed."""

    said: tuple[str, ...]
    code: int
    seconds: float


@dataclass(frozen=True)
class Length:
    """Of an act: acts on the disk, bytes written, seconds."""

    acts: int
    written: int
    seconds: float


class Workbench:
    """Folders for acts, and the process that does them on the failing disk."""

    def __init__(self, place: Path) -> None:
        self.place = place.resolve()
        self.layer = Layer(self.place / "control")
        self.folder = self.place / "now"
        self.log = self.place / "log"
        self._lengths: dict[str, Length] = {}
        self._errors = (self.place / "errors").open("w+b")
        self._worker = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.worker"],
            cwd=ROOT,
            env=self.layer.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
        )
        assert self._line() == "ready", self.errors()

    def ready(self, act: Act) -> Path:
        """The folder of an act before it is done; made once for all that begin alike."""
        start = self.place / act.prepare.__name__
        if not start.exists():
            start.mkdir()
            act.prepare(start)
        return start

    def anew(self, act: Act) -> None:
        """Lay out the act's folder, on a sound disk."""
        self.layer.watch(self.folder)
        if self.folder.exists():
            shutil.rmtree(self.folder)
        shutil.copytree(self.ready(act), self.folder)

    def do(self, act: Act, killed_after: float | None = None) -> Ended:
        """Do the act where `anew` laid it out, and return how it went."""
        assert self._worker.stdin is not None
        asked = {"act": act.name, "folder": str(self.folder), "killed_after": killed_after}
        started = time.perf_counter()
        self._worker.stdin.write(json.dumps(asked).encode() + b"\n")
        self._worker.stdin.flush()
        said: list[str] = []
        while not (line := self._line()).startswith("end "):
            said.append(line)
        return Ended(tuple(said), int(line.split()[1]), time.perf_counter() - started)

    def measured(self, act: Act) -> Length:
        """How long the act is when nothing happens to it; it is done once to see."""
        if act.name not in self._lengths:
            self.anew(act)
            ended = self.do(act)
            assert ended.code == 0, (ended, self.errors())
            length = Length(self.layer.acts, self.layer.written, ended.seconds)
            act.kept(self.folder, ended.said)
            self._lengths[act.name] = length
        return self._lengths[act.name]

    def errors(self) -> str:
        """What the worker wrote about faults of ours."""
        self._errors.seek(0)
        return self._errors.read().decode()

    def _line(self) -> str:
        assert self._worker.stdout is not None
        line = self._worker.stdout.readline()
        assert line, self.errors()
        return line.decode().rstrip("\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._worker.stdin is not None
        assert self._worker.stdout is not None
        self._worker.stdin.close()
        self._worker.wait()
        self._worker.stdout.close()
        self._errors.close()
