"""Sums of unknowns in whole numbers, as the attacker writes them down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from intake_app.core.errors import NotSafe

Parts = npt.NDArray[np.intp]
"""Numbers of unknowns."""

Counts = npt.NDArray[np.int64]
"""Whole numbers."""

NO_LIMIT = 1 << 40
"""Above any count of cases: what a bound is when there is none."""


@dataclass(frozen=True)
class Sums:
    """Rows of sums: row `rows[k]` holds `signs[k]` times unknown `columns[k]`.

    Every row lies from `low` to `high`.
    """

    rows: Parts
    columns: Parts
    signs: Counts
    low: Counts
    high: Counts


class SumsMade:
    """Sums as they are found, row by row."""

    def __init__(self) -> None:
        self._rows: list[Parts] = []
        self._columns: list[Parts] = []
        self._signs: list[Counts] = []
        self._limits: list[tuple[int, int]] = []

    def add(self, parts: Parts, low: int, high: int, less: Parts | int | None = None) -> None:
        """One row: the sum of `parts`, `less` (one or several) taken off it."""
        columns = parts if less is None else np.append(parts, less)
        signs = np.ones(len(columns), np.int64)
        signs[len(parts) :] = -1
        self._rows.append(np.full(len(columns), len(self._limits), np.intp))
        self._columns.append(columns)
        self._signs.append(signs)
        self._limits.append((low, high))

    def add_many(self, rows: Parts, columns: Parts, signs: Counts, number: int) -> None:
        """Several rows, each with the sum zero."""
        self._rows.append(rows + len(self._limits))
        self._columns.append(columns)
        self._signs.append(signs)
        self._limits += [(0, 0)] * number

    def sums(self) -> Sums:
        """All of them."""
        limits = np.array(self._limits, np.int64).reshape(-1, 2)
        return Sums(
            np.concatenate(self._rows or [np.zeros(0, np.intp)]),
            np.concatenate(self._columns or [np.zeros(0, np.intp)]),
            np.concatenate(self._signs or [np.zeros(0, np.int64)]),
            limits[:, 0],
            limits[:, 1],
        )


class Contradiction(NotSafe):
    """Published figures that no counts of cases can have."""


def contradiction() -> Contradiction:
    """With its sentence."""
    return Contradiction(
        "The published figures contradict each other. Check that all files are as they were "
        "published."
    )
