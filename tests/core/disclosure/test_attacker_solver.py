"""Bounds of sums, against another solver on random systems."""

from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from intake_app.core.disclosure.attacker_solver import Bounds, Deadline, System
from intake_app.core.disclosure.attacker_sums import NO_LIMIT, Sums, contradiction
from intake_app.core.errors import NotSafe


def system_of(rows: list[list[int]], low: list[int], high: list[int]) -> System:
    made = np.array(rows)
    lines, columns = np.nonzero(made)
    return System(
        Sums(lines, columns, made[lines, columns].astype(np.int64), np.array(low), np.array(high)),
        made.shape[1],
    )


def test_random_systems_have_the_bounds_of_another_solver() -> None:
    luck, limited, split = np.random.default_rng(5), 0, 0
    for _ in range(60):
        size = int(luck.integers(4, 14))
        rows = luck.choice([-1, 0, 1], (int(luck.integers(2, 7)), size), p=[0.1, 0.6, 0.3])
        point = luck.integers(0, 9, size)
        low = rows @ point
        free = luck.random(len(low)) < 0.3
        high = np.where(free, NO_LIMIT, low)
        system = system_of(rows.tolist(), low.tolist(), high.tolist())
        split += len(system.components) > 1
        bounds = Bounds(system, Deadline(60))
        for parts in ([0], [1], [0, 1], list(range(size))):
            cost = np.zeros(size)
            cost[parts] = 1
            answers: list[Any] = [
                linprog(
                    sign * cost,
                    A_eq=rows[~free],
                    b_eq=low[~free],
                    A_ub=-rows[free],
                    b_ub=-low[free],
                )
                for sign in (1, -1)
            ]
            least, most = bounds.of(np.array(parts))
            assert least == np.ceil(answers[0].fun - 1e-6)
            if most is None:
                assert answers[1].status == 3
            else:
                assert most == np.floor(-answers[1].fun + 1e-6)
                limited += 1
    assert limited > 60
    assert split > 5


def test_what_is_worked_out_at_once_is_no_longer_asked() -> None:
    system = system_of([[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]], [5, 7, 4], [5, 7, 4])
    assert [len(each.columns) for each in system.components] == [4]
    system = system_of([[1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 1, 1]], [5, 2, 0], [5, 2, 0])
    assert system.components == []
    assert system.low.tolist() == system.high.tolist() == [3, 2, 0, 0]


def test_contradictions_are_found() -> None:
    with pytest.raises(NotSafe, match="contradict"):
        system_of([[1, 1], [1, 0]], [5, 7], [5, 7])
    assert "contradict" in contradiction().sentence


def test_time_and_stop() -> None:
    assert 0 < Deadline(5).remaining() <= 5
    with pytest.raises(NotSafe, match="in time"):
        Deadline(0).remaining()
    with pytest.raises(NotSafe, match="stopped"):
        Deadline(5, lambda: True).remaining()
