"""How long a window does not answer, and how much of that is ours.

A heart beats in its event loop: what comes between two beats is a stall. A machine that does
something else gives stalls that are none of ours. So for each the processor time of this process
is told beside it, and `ours` is the shorter of both. A machine shared with others is slower in
some minutes than in others, processor time and all: twice a second the heart does a small fixed
piece of work (see `pace`). And a virtual machine may be stopped altogether, which is told as
processor time of whoever ran: a program of its own that does nothing notices that (see
`stood_still`).
"""

import statistics
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

BEAT = 5
"""Milliseconds between two beats, and between two keys of a hand that never tires."""

TRY_EVERY = 0.5
"""Seconds between two tries of how quick the machine is."""

AROUND = 10.0
"""Seconds before and after a stall whose tries tell how quick the machine was then."""

NOTICED = 0.1
"""Seconds without a turn of the program that does nothing: then the machine stood still."""

_SUSPECT = 0.06


@dataclass(frozen=True)
class Stall:
    """The window did not answer for `seconds`, of which at most `ours` was our own work.

    `window` is what its own thread worked; the rest of `ours` it may have waited for another.
    """

    at: float
    seconds: float
    ours: float
    window: float
    act: str
    where: str


def pace(at: float, tries: Sequence[tuple[float, float]]) -> float:
    """How many times as slow as in its better minutes the machine was around a moment.

    tries: moments, and what the same piece of work took then. The better minutes are those of the
    quickest tenth. Never below 1: a stall is made no longer.
    """
    taken = sorted(seconds for _, seconds in tries)
    near = [seconds for moment, seconds in tries if abs(moment - at) <= AROUND]
    if not near:
        return 1.0
    return max(1.0, statistics.median(near) / taken[len(taken) // 10])


def stood_still(began: float, ended: float, pauses: Sequence[tuple[float, float]]) -> bool:
    """Whether for most of that time no program of the machine ran: no stall of ours.

    pauses: when each began and ended, by the same clock.
    """
    still = sum(max(0.0, min(ended, end) - max(began, begin)) for begin, end in pauses)
    return still > (ended - began) / 2


class Bystander:
    """A program beside ours that only looks at the clock, fifty times a second."""

    _PROGRAM = f"""
import os, time
parent, last = os.getppid(), time.monotonic()
while os.getppid() == parent:
    time.sleep(0.02)
    now = time.monotonic()
    if now - last > {NOTICED}:
        print(last, now, flush=True)
    last = now
"""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", self._PROGRAM], stdout=subprocess.PIPE, text=True
        )

    def pauses(self) -> list[tuple[float, float]]:
        """Between which moments it had no turn. It ends with this."""
        self.process.kill()
        told = self.process.communicate()[0]
        return [(float(a), float(b)) for a, b in map(str.split, told.splitlines())]


def _try() -> float:
    began = time.thread_time()
    sum(number * number for number in range(8_000))
    return time.thread_time() - began


class Heart(QObject):
    """Beats in the event loop; another thread looks where the window is when a beat is late."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.act = "start"
        self._stalls: list[Stall] = []
        self.beats: list[float] = []
        self.tries: list[tuple[float, float]] = []
        self._last, self._cpu = time.monotonic(), time.process_time()
        self._mine = time.thread_time()
        self._where = ""
        self._window_thread = threading.get_ident()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT)
        self._bystander = Bystander()
        threading.Thread(target=self._watch, daemon=True).start()

    def _beat(self) -> None:
        now, cpu, mine = time.monotonic(), time.process_time(), time.thread_time()
        late = max(now - self._last - BEAT / 1000, 0.0)
        ours = min(late, cpu - self._cpu)
        self.beats.append(ours)
        if late > _SUSPECT:
            self._stalls.append(Stall(now, late, ours, mine - self._mine, self.act, self._where))
        if not self.tries or now > self.tries[-1][0] + TRY_EVERY:
            self.tries.append((now, _try()))
            now, cpu, mine = time.monotonic(), time.process_time(), time.thread_time()
        self._last, self._cpu, self._mine, self._where = now, cpu, mine, ""

    def stop(self) -> tuple[list[Stall], list[tuple[float, float]]]:
        """Every stall of the window, and between which moments the whole machine stood still."""
        self._timer.stop()
        pauses = self._bystander.pauses()
        found = [
            one for one in self._stalls if not stood_still(one.at - one.seconds, one.at, pauses)
        ]
        return found, pauses

    def _watch(self) -> None:
        while True:
            time.sleep(0.02)
            if time.monotonic() - self._last > _SUSPECT and not self._where:
                self._where = _where(self._window_thread)


def _where(window: int) -> str:
    """Where the window's thread is, and where the others are that may keep it waiting."""
    told: list[str] = []
    for thread, frame in sys._current_frames().items():
        found = traceback.extract_stack(frame)[-6:]
        lines = " > ".join(f"{Path(f.filename).name}:{f.lineno}" for f in found)
        if thread == window:
            told.insert(0, lines)
        elif thread != threading.get_ident() and "thread.py" not in lines.rpartition(" > ")[2]:
            told.append(f"beside it: {lines}")
    return "; ".join(told)
