"""Choosing what else to withhold so that nothing hidden can be worked out, at little loss.

First a safe pattern by cheapest movement, target by target; then figures that turn out to be
needless are shown again. What is cheaper still is looked for in `cuts`. All effort is counted
in steps, so the same question has the same answer on every run; only where the time is nearly up
is the first safe pattern taken as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.freedom import (
    ROOM,
    Floats,
    Freedom,
    Hiding,
    Mask,
    Target,
)

_PAR = 8
"""Rounds of the quick start; each takes several targets at once."""


class Impossible(Exception):
    """Even with everything withheld that may be, something hidden could be worked out."""


@dataclass(frozen=True)
class Pattern:
    """Which open figures are withheld, and for each target the flow that keeps it safe."""

    withheld: Mask
    cost: float


class Patterns:
    """Finds safe patterns, and remembers every movement that was found to keep a target safe."""

    def __init__(self, hiding: Hiding, freedom: Freedom) -> None:
        self._freedom = freedom
        self.targets: Sequence[Target] = hiding.targets
        self._columns = np.array([freedom.column(t) for t in hiding.targets], np.intp)
        self._changes = np.array([t.change for t in hiding.targets])
        self.cost = hiding.cost[freedom.free][freedom.open]
        self._uses = np.zeros((0, len(freedom.open)), bool)
        self._keeps = np.zeros((0, len(hiding.targets)), bool)
        self._waiting: list[tuple[Mask, Mask]] = []
        self._asked_by: dict[int, int] = {}
        self.hardest = sorted(
            range(len(self.targets)), key=lambda i: (-abs(self._changes[i]), self._columns[i])
        )

    # What a movement keeps safe.

    def remember(self, flow: Floats) -> tuple[Mask, Mask]:
        """Which open figures it needs, and which targets it (or its reverse) keeps safe."""
        kept = self._kept(flow) | self._kept(-flow)
        uses = flow[self._freedom.open] != 0
        self._waiting.append((uses, kept))
        return uses, kept

    def _kept(self, flow: Floats) -> Mask:
        down = flow < 0
        room = self._freedom.room[down]
        times = np.min(room / -flow[down], initial=1e6) if down.any() else 1e6
        moved = flow[self._columns] * times
        far = np.abs(moved) >= np.abs(self._changes) - ROOM
        return np.asarray((np.sign(moved) == np.sign(self._changes)) & far)

    def _flows(self) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        if self._waiting:
            self._uses = np.vstack([self._uses, *(u for u, _ in self._waiting)])
            self._keeps = np.vstack([self._keeps, *(k for _, k in self._waiting)])
            self._waiting = []
        return self._uses, self._keeps

    def safe_by_memory(self, withheld: Mask) -> Mask:
        """The targets that a movement found before keeps safe under this pattern."""
        uses, keeps = self._flows()
        fits = ~(uses[:, ~withheld].any(axis=1))
        return np.asarray(keeps[fits].any(axis=0))

    # Patterns.

    def pattern(self, withheld: Mask) -> Pattern:
        """With its cost."""
        return Pattern(withheld, float(self.cost[withheld].sum()))

    def quick(self, order: Sequence[int], start: Mask, price: Floats) -> Pattern:
        """A safe pattern that holds `start`: for each target withhold what moves most cheaply.

        Raises Impossible where even everything withheld would not do.
        """
        withheld = start.copy()
        safe = self.safe_by_memory(withheld)
        self._freedom.hide(withheld)
        self._together(safe)
        self._freedom.hide(np.ones(len(withheld), bool))
        for i in order:
            if safe[i]:
                continue
            self._freedom.price(np.where(withheld, 0.0, price))
            flow = self._freedom.cheapest(self.targets[i])
            if flow is None:
                self._freedom.price(np.zeros(len(withheld)))
                raise Impossible
            uses, kept = self.remember(flow)
            self._asked_by |= {int(spot): i for spot in np.flatnonzero(uses & ~withheld)}
            withheld |= uses
            safe |= kept
            safe[i] = True
        self._freedom.price(np.zeros(len(withheld)))
        return self.pattern(withheld)

    def cleaned(self, pattern: Pattern, needed: Callable[[Mask], bool]) -> Pattern:
        """Show again, the dearest first, what no target needs.

        `needed` may know at once that a pattern is not safe.
        """
        withheld = pattern.withheld.copy()
        for spot in sorted(np.flatnonzero(withheld), key=lambda f: (-self.cost[f], f)):
            without = withheld.copy()
            without[spot] = False
            if not needed(without) and not self.short(without, self._asked_by.get(int(spot))).size:
                withheld = without
        return self.pattern(withheld)

    def short(self, withheld: Mask, likely: int | None = None) -> npt.NDArray[np.intp]:
        """The targets that are not safe under this pattern; with a likely one, only one of them."""
        safe = self.safe_by_memory(withheld)
        if safe.all():
            return np.zeros(0, np.intp)
        self._freedom.hide(withheld)
        if likely is not None and not safe[likely] and not self._reaches(likely, safe):
            return np.array([likely])
        reached = self._together(safe)
        left = np.flatnonzero(~safe)
        for i in left[np.argsort(reached[left], kind="stable")]:
            if not safe[i] and not self._reaches(int(i), safe) and likely is not None:
                return np.array([i])
        return np.flatnonzero(~safe)

    def _reaches(self, i: int, safe: Mask) -> bool:
        if self._freedom.reach(self.targets[i]) < abs(self._changes[i]) - ROOM:
            return False
        _, kept = self.remember(self._freedom.flow())
        safe |= kept
        safe[i] = True
        return True

    def _together(self, safe: Mask) -> Floats:
        """Make targets safe several at once; how far each that was not got, as a share."""
        reached = np.ones(len(self.targets))
        for _ in range(_PAR):
            left = np.flatnonzero(~safe)
            if not left.size:
                break
            flow = self._freedom.all_at_once([self.targets[i] for i in left.tolist()])
            reached[left] = flow[self._columns[left]] / self._changes[left]
            _, kept = self.remember(flow)
            if not (kept & ~safe).any():
                break
            safe |= kept
        return reached
