"""One target tried with one input after another, in a process of its own that can die of it.

`python -m tests.fuzz.child TARGET LUCK SECONDS FOLDER`. Each input lies in `FOLDER/input` before
it is tried, so that one which ends the process is not lost. What the program refuses with one of
its own sentences is fine; so is what it takes. Everything else ends this process: another error
and a sentence that is none (exit 1), a hang (exit 1 by faulthandler), a signal, memory.

What was refused in a new place is taken as a seed too, so that the search goes where it has not
been. The last line printed is JSON: `tried`, `refused`, `places`, `peak_mb`, `slowest`.
"""

import base64
import faulthandler
import json
import random
import resource
import sys
import time
import traceback
from pathlib import Path

from intake_app.core.errors import AppError
from tests.fuzz.found import FOUND
from tests.fuzz.mutations import TOKENS, mutated
from tests.fuzz.targets import TARGETS, Target

MOST_SECONDS = 10.0
"""Of processor time for one input."""

_HANGS_AFTER = 90.0
"""By the clock: the machine may have other things to do."""

MOST_MEGABYTES = 500
_CLEAR = Path("/proc/self/clear_refs")
_MOST_SEEDS = 400


def main(name: str, luck: int, seconds: float, folder: Path) -> int:
    """Try what was found before, then the seeds, then what is made of them until time is up."""
    target = TARGETS[name](folder)
    tried = Tried(target, folder / "input", random.Random(luck))  # noqa: S311 - no secret
    for known in FOUND.get(name, ()):
        tried.once(known)
    # The first of everything loads and keeps what is loaded once.
    tried.once(target.seeds[0])
    _limit_memory()
    tried.peak = 0.0
    for seed in target.seeds:
        tried.once(seed)
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        tried.once(tried.next_input())
    target.close()
    print(tried.told())  # noqa: T201
    return 0


class Tried:
    """What was tried and what came of it."""

    def __init__(self, target: Target, input_file: Path, luck: random.Random) -> None:
        self._target, self._file, self._luck = target, input_file, luck
        self._corpus = list(target.seeds)
        self._places: set[tuple[str, ...]] = set()
        self._tokens = (*TOKENS, *target.tokens)
        self.tried = self.refused = 0
        self.peak = self.slowest = 0.0

    def next_input(self) -> bytes:
        """One of the seeds with something wrong."""
        made = mutated(self._luck.choice(self._corpus), self._luck, self._corpus, self._tokens)
        return self._target.repaired(made, self._luck)

    def once(self, content: bytes) -> None:
        """Try one input; anything but an answer or a sentence is raised."""
        self._file.write_bytes(content)
        faulthandler.dump_traceback_later(_HANGS_AFTER, exit=True)
        before = _start_of_peak()
        began = time.process_time()
        place: tuple[str, ...] = ("taken",)
        try:
            self._target.take(content)
        except AppError as error:
            self.refused += 1
            place = _place(error)
            check_sentence(error.sentence)
        finally:
            faulthandler.cancel_dump_traceback_later()
        self.slowest = max(self.slowest, time.process_time() - began)
        if self.slowest > MOST_SECONDS:
            raise TimeoutError(f"{self.slowest:.0f} seconds for one input")
        self.peak = max(self.peak, _megabytes("VmHWM") - before)
        if self.peak > MOST_MEGABYTES:
            raise MemoryError(f"{self.peak:.0f} MB for one input")
        self.tried += 1
        if place not in self._places:
            self._places.add(place)
            if len(self._corpus) < _MOST_SEEDS and len(content) < 200_000:
                self._corpus.append(content)

    def told(self) -> str:
        """The figures, for the test."""
        return json.dumps(
            {
                "tried": self.tried,
                "refused": self.refused,
                "places": len(self._places),
                "peak_mb": round(self.peak, 1),
                "slowest": round(self.slowest, 2),
            }
        )


def check_sentence(sentence: str) -> None:
    """Raise AssertionError for what nobody would call a sentence."""
    assert sentence[:1].strip(), sentence
    assert sentence.endswith((".", "”", ":", "…", ")")), sentence
    assert "Traceback" not in sentence, sentence
    assert "object at 0x" not in sentence, sentence
    assert len(sentence) < 2_000, len(sentence)
    sentence.encode()


def _place(error: BaseException) -> tuple[str, ...]:
    """The lines an error went through, and those of the one it came from."""
    found = [str(error)[:30]]
    cause: BaseException | None = error
    while cause is not None and len(found) < 60:
        found += [f"{one.name}:{one.lineno}" for one in traceback.extract_tb(cause.__traceback__)]
        found.append(type(cause).__name__)
        cause = cause.__cause__
    return tuple(found)


def _start_of_peak() -> float:
    """Begin to measure the peak anew; megabytes in use now."""
    _CLEAR.write_text("5")
    return _megabytes("VmRSS")


def _megabytes(name: str) -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) / 1024
    raise LookupError(name)


def _limit_memory() -> None:
    """More than `MOST_MEGABYTES` on top of now is refused by the system too."""
    most = int((_megabytes("VmSize") + 2 * MOST_MEGABYTES) * 1024 * 1024)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    faulthandler.enable()
    try:
        sys.exit(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4])))
    except Exception:
        head = (Path(sys.argv[4]) / "input").read_bytes()[:600]
        traceback.print_exc()
        print("input begins", base64.b85encode(head).decode(), file=sys.stderr)  # noqa: T201
        raise
