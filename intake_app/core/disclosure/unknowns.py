"""Numbers for the unknowns of a system, and its equations as sparse rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.figures import MOST_AXES
from intake_app.core.reports.periods import Period
from intake_app.core.reports.rows import Population

Words = frozenset[str]
Cut = tuple[str, tuple[Words, ...]]
"""A question, and the answers its groups take together."""

Codes = npt.NDArray[np.int64]


def sorted_cut(cut: Cut) -> Cut:
    """The same groups in an order that does not depend on how they are printed."""
    return cut[0], tuple(sorted(cut[1], key=sorted))


class Numbering:
    """A whole number for every figure: first its population and dates, then its conditions."""

    def __init__(
        self,
        units: Iterable[tuple[Population, tuple[Period, ...]]],
        conditions: Iterable[tuple[str, Words]],
    ) -> None:
        self._unit = {unit: i for i, unit in enumerate(sorted(units))}
        self.conditions = sorted(conditions, key=lambda c: (c[0], sorted(c[1])))
        self._condition = {each: i + 1 for i, each in enumerate(self.conditions)}
        self._base = len(self.conditions) + 1

    def codes(
        self,
        population: Population,
        periods: tuple[Period, ...],
        cuts: tuple[Cut, ...],
        *,
        totals: bool = False,
    ) -> Codes:
        """One number for each cell of a table, one array axis for each side, totals last."""
        sides = [
            np.array([self._condition[name, g] for g in groups] + [0] * totals, np.int64)
            for name, groups in cuts
        ]
        size = tuple(len(side) for side in sides)
        ids = np.zeros((*size, MOST_AXES), np.int64)
        for k, side in enumerate(sides):
            ids[..., k] = side.reshape([-1 if i == k else 1 for i in range(len(sides))])
        ids.sort(axis=-1)  # the order of the sides must not matter
        code = np.full(size, self._unit[population, periods], np.int64)
        for k in range(MOST_AXES):
            code = code * self._base + ids[..., k]
        return code

    def depends(
        self, codes: Codes, conditions: Collection[tuple[str, Words]]
    ) -> npt.NDArray[np.bool_]:
        """Which figures have one of these conditions."""
        marked = np.array([False, *(each in conditions for each in self.conditions)])
        found = np.zeros(len(codes), bool)
        for _ in range(MOST_AXES):
            found |= marked[codes % self._base]
            codes = codes // self._base
        return found


@dataclass(frozen=True)
class Equations:
    """Row r says: factors[i] * unknowns[i], i from starts[r] to starts[r + 1], add up to 0."""

    starts: npt.NDArray[np.int32]
    unknowns: npt.NDArray[np.int32]
    factors: npt.NDArray[np.float64]

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.starts) - 1

    @property
    def row_of(self) -> npt.NDArray[np.intp]:
        """The row of each entry."""
        return np.repeat(np.arange(self.size), np.diff(self.starts))

    def off(self, values: npt.NDArray[np.float64]) -> float:
        """How far these values are from solving them, at the worst row."""
        sums = np.zeros(self.size)
        np.add.at(sums, self.row_of, self.factors * values[self.unknowns])
        return float(np.abs(sums).max(initial=0.0))

    def without(self, fixed: npt.NDArray[np.bool_]) -> Equations:
        """For movements: those of fixed unknowns are 0 and drop out, and so do empty rows."""
        kept = ~fixed[self.unknowns]
        return equations_of(self.row_of[kept], self.unknowns[kept], self.factors[kept])

    def components(self, unknowns: int) -> npt.NDArray[np.intp]:
        """For each unknown the lowest one it is tied to, directly or through others."""
        label = np.arange(unknowns)
        if not self.size:
            return label
        while True:
            lowest = np.minimum.reduceat(label[self.unknowns], self.starts[:-1])
            better = label.copy()
            np.minimum.at(better, self.unknowns, lowest[self.row_of])
            if (better == label).all():
                return label
            label = better

    def joined(
        self, more: Iterable[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]
    ) -> Equations:
        """With rows that say: these unknowns come to as much as those."""
        rows, unknowns, factors = [self.row_of], [self.unknowns], [self.factors]
        for i, (these, those) in enumerate(more):
            rows.append(np.full(len(these) + len(those), self.size + i))
            unknowns.append(np.concatenate([these, those]).astype(np.int32))
            factors.append(np.repeat([-1.0, 1.0], [len(these), len(those)]))
        return equations_of(np.concatenate(rows), np.concatenate(unknowns), np.concatenate(factors))


def equations_of(
    rows: npt.NDArray[np.intp],
    unknowns: npt.NDArray[np.int32],
    factors: npt.NDArray[np.float64],
) -> Equations:
    """From entries in order of their rows; row numbers may have gaps."""
    _, counts = np.unique(rows, return_counts=True)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    return Equations(starts, unknowns.astype(np.int32), factors)


class Rows:
    """Rows being collected, by the numbers of figures."""

    def __init__(self) -> None:
        self._rows: list[npt.NDArray[np.intp]] = []
        self._codes: list[Codes] = []
        self._factors: list[npt.NDArray[np.float64]] = []
        self._size = 0

    def _add(self, owner: npt.NDArray[np.intp], codes: Codes, factor: float) -> None:
        self._rows.append(owner + self._size)
        self._codes.append(codes)
        self._factors.append(np.full(len(codes), factor))

    def add_parts(self, totals: Codes, owner: npt.NDArray[np.intp], parts: Codes) -> None:
        """Each total is the sum of the parts it owns."""
        self._add(np.arange(len(totals)), totals, -1.0)
        self._add(owner, parts, 1.0)
        self._size += len(totals)

    def add_sums(self, totals: Codes, parts: Codes) -> None:
        """Each total is the sum of its row of `parts`."""
        self.add_parts(totals, np.repeat(np.arange(len(parts)), parts.shape[1]), parts.ravel())

    def add_equal(self, parts: Codes, owner: npt.NDArray[np.intp], totals: Codes) -> None:
        """Each row of `parts` comes to as much as the totals it owns."""
        self._add(owner, totals, -1.0)
        self.add_each(parts)

    def add_each(self, parts: Codes) -> None:
        """Each row of `parts` as it is."""
        self._add(np.repeat(np.arange(len(parts)), parts.shape[1]), parts.ravel(), 1.0)
        self._size += len(parts)

    def codes(self) -> Codes:
        """Every figure in them."""
        return np.concatenate([np.zeros(0, np.int64), *self._codes])

    def _sorted(self, used: Codes) -> list[tuple[npt.NDArray[np.int32], npt.NDArray[np.float64]]]:
        """Each row once, in an order that depends on nothing but what is in it."""
        if not self._size:
            return []
        rows = np.concatenate(self._rows)
        unknowns = np.searchsorted(used, np.concatenate(self._codes)).astype(np.int32)
        factors = np.concatenate(self._factors)
        # The same figure twice in a row counts once, with both factors.
        key, where = np.unique(rows * len(used) + unknowns, return_inverse=True)
        factors = np.bincount(where, weights=factors).astype(np.float64)
        key, factors = key[factors != 0], factors[factors != 0]
        row, unknown = key // len(used), (key % len(used)).astype(np.int32)
        cuts = np.flatnonzero(np.diff(row)) + 1
        once = {
            (u.tobytes(), f.tobytes()): (u, f)
            for u, f in zip(np.split(unknown, cuts), np.split(factors, cuts), strict=True)
        }
        return sorted(once.values(), key=lambda each: (each[0].tolist(), each[1].tolist()))

    def equations(self, used: Codes) -> Equations:
        """The rows as equations over the figures in `used`, which are in order."""
        found = self._sorted(used)
        starts = np.concatenate([[0], np.cumsum([len(u) for u, _ in found])]).astype(np.int32)
        return Equations(
            starts,
            np.concatenate([np.zeros(0, np.int32), *(u for u, _ in found)]),
            np.concatenate([np.zeros(0), *(f for _, f in found)]),
        )

    def groups(self, used: Codes) -> tuple[npt.NDArray[np.intp], ...]:
        """The figures of each row."""
        return tuple(u.astype(np.intp) for u, _ in self._sorted(used))
