"""Tables and cases to protect, and an attacker that knows neither `withholding` nor `attack`.

The attacker here sorts days by the set of releases that contain them, writes its own equations
and asks scipy, one cold linear program for each question.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from scipy.optimize import linprog

from intake_app.core.disclosure.table import CountTable, ProtectedTable, Window

Case = tuple[date, int, int]
FIRST_DAY, DAYS = date(2025, 1, 1), 730


def table_of(counts: Sequence[Sequence[int]]) -> CountTable:
    return CountTable(
        table_id="charges_by_outcome",
        title="Charge level by outcome",
        row_title="Charge level",
        column_title="Outcome",
        rows=tuple(f"row {i}" for i in range(len(counts))),
        columns=tuple(f"column {j}" for j in range(len(counts[0]))),
        counts=tuple(tuple(line) for line in counts),
    )


def draw_table(rows: int, columns: int, seed: int) -> CountTable:
    rng, size = np.random.default_rng(seed), (rows, columns)
    counts = [
        rng.integers(0, rng.choice([1, 1, 11, 31, 200], size), endpoint=False),
        rng.pareto(0.8, size).astype(int) + rng.integers(0, 4, size),
        rng.integers(0, 41, size),
        rng.choice([0, 1, 2, 50], size),
    ][seed % 4]
    return table_of(counts.tolist())


def draw_cases(number: int, rows: int, columns: int, seed: int) -> list[Case]:
    rng = np.random.default_rng(seed)
    return [
        (
            FIRST_DAY + timedelta(days=int(rng.integers(DAYS))),
            min(int(rng.exponential(1.4)), rows - 1),
            min(int(rng.exponential(1.7)), columns - 1),
        )
        for _ in range(number)
    ]


def count_cases(cases: Sequence[Case], rows: int, columns: int) -> Callable[[Window], CountTable]:
    def count_in(window: Window) -> CountTable:
        counts = [[0] * columns for _ in range(rows)]
        for day, i, j in cases:
            if (window.start or date.min) <= day <= (window.end or date.max):
                counts[i][j] += 1
        return table_of(counts)

    return count_in


def show_all_but_small(table: CountTable, window: Window, threshold: int) -> ProtectedTable:
    """Primary withholding only: the mistake the product must not make."""
    return ProtectedTable(
        table_id=table.table_id,
        title=table.title,
        row_title=table.row_title,
        column_title=table.column_title,
        rows=table.rows,
        columns=table.columns,
        window=window,
        cells=tuple(
            tuple(None if 1 <= figure < threshold else figure for figure in line)
            for line in table.with_margins()
        ),
    )


class ScipyAttacker:
    """Greatest and least value of sums of unknowns, from published figures."""

    def __init__(self, releases: Sequence[ProtectedTable]) -> None:
        self.rows, self.columns = len(releases[0].rows), len(releases[0].columns)
        days: list[date | None] = [None]
        days += [FIRST_DAY + timedelta(days=n) for n in range(DAYS)]
        self.memberships = sorted(
            {self.membership(releases, day) for day in days} - {frozenset()}, key=sorted
        )
        size = len(self.memberships) * self.rows * self.columns
        equal: list[list[float]] = []
        equal_to: list[float] = []
        at_most: list[list[float]] = []
        at_most_to: list[float] = []
        for r, release in enumerate(releases):
            inside = [m for m, members in enumerate(self.memberships) if r in members]
            for i in range(self.rows + 1):
                for j in range(self.columns + 1):
                    line = self.sum_of(inside, i, j)
                    figure = release.cells[i][j]
                    if figure is None:
                        at_most.append([-factor for factor in line])
                        at_most_to.append(-1.0)
                    else:
                        equal.append(line)
                        equal_to.append(float(figure))
        self._size = size
        self._equal = (np.array(equal).reshape(-1, size), np.array(equal_to))
        self._at_most = (np.array(at_most).reshape(-1, size), np.array(at_most_to))

    @staticmethod
    def membership(releases: Sequence[ProtectedTable], day: date | None) -> frozenset[int]:
        return frozenset(
            r
            for r, release in enumerate(releases)
            if (release.window.start or date.min)
            <= (day or date.min)
            <= (release.window.end or date.max)
        )

    def sum_of(self, inside: Sequence[int], i: int, j: int) -> list[float]:
        grid = np.zeros((len(self.memberships), self.rows, self.columns))
        rows = range(self.rows) if i == self.rows else [i]
        columns = range(self.columns) if j == self.columns else [j]
        for m in inside:
            for row in rows:
                for column in columns:
                    grid[m, row, column] = 1.0
        return [float(factor) for factor in grid.ravel()]

    def greatest(self, line: Sequence[float]) -> float:
        return -self._solve([-factor for factor in line])

    def least(self, line: Sequence[float]) -> float:
        return self._solve(list(line))

    def _solve(self, cost: list[float]) -> float:
        answer = linprog(
            cost,
            A_ub=self._at_most[0] if len(self._at_most[1]) else None,
            b_ub=self._at_most[1] if len(self._at_most[1]) else None,
            A_eq=self._equal[0] if len(self._equal[1]) else None,
            b_eq=self._equal[1] if len(self._equal[1]) else None,
            bounds=(0, None),
        )
        if answer.status == 3:
            return float("-inf")
        assert answer.status == 0, answer.message
        assert answer.fun is not None
        return float(answer.fun)


@pytest.fixture
def make_table() -> Callable[[Sequence[Sequence[int]]], CountTable]:
    return table_of


@pytest.fixture
def random_table() -> Callable[[int, int, int], CountTable]:
    return draw_table


@pytest.fixture
def random_cases() -> Callable[[int, int, int, int], list[Case]]:
    return draw_cases


@pytest.fixture
def counter() -> Callable[[Sequence[Case], int, int], Callable[[Window], CountTable]]:
    return count_cases


@pytest.fixture
def primary_only() -> Callable[[CountTable, Window, int], ProtectedTable]:
    return show_all_but_small


@pytest.fixture
def scipy_attacker() -> type[ScipyAttacker]:
    return ScipyAttacker
