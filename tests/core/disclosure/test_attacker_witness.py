"""A witness is whole, complete and exact, or there is none."""

import numpy as np
import pytest

from intake_app.core.disclosure.attacker_solver import Deadline, System
from intake_app.core.disclosure.attacker_sums import NO_LIMIT, Counts, Sums
from intake_app.core.disclosure.attacker_witness import Witnesses
from intake_app.core.errors import NotSafe

ODD = np.array([[1, 1, 0, 1], [0, 1, 1, 1], [1, 0, 1, 1]])
"""Three sums in which only an even number can be shared out: half cases without the last."""


def witnesses(rows: Counts, truth: Counts, low: Counts | None = None) -> Witnesses:
    lines, columns = np.nonzero(rows)
    reached = rows @ truth
    sums = Sums(
        lines,
        columns,
        rows[lines, columns].astype(np.int64),
        reached if low is None else low,
        reached if low is None else np.full(len(low), NO_LIMIT),
    )
    return Witnesses(System(sums, len(truth)), truth, Deadline(60))


def test_what_only_halves_could_reach_is_not_reached() -> None:
    """x + y = y + z = x + z = 11 less w: w is odd, or x, y and z have halves."""
    found = witnesses(ODD, np.array([3, 3, 3, 5]))
    assert found.reaches(np.array([3]), 1, -1)
    assert not found.reaches(np.array([3]), 0, -1)
    assert found.reaches(np.array([3]), 10, 1)


def test_halves_at_the_best_corner_are_made_whole() -> None:
    """With w 0 the greatest x is 5.5; whole ones end at 5."""
    truth = np.array([4, 4, 4, 3])
    found = witnesses(ODD, truth)
    assert found.reaches(np.array([0]), 5, 1)
    assert not found.reaches(np.array([0]), 6, 1)


def test_sums_over_parts_that_have_nothing_to_do_with_each_other() -> None:
    rows = np.array([[1, 1, 0, 0], [0, 0, 1, 1]])
    found = witnesses(rows, np.array([3, 4, 2, 4]))
    assert found.reaches(np.array([0, 2]), 13, 1)
    assert not found.reaches(np.array([0, 2]), 14, 1)
    assert found.reaches(np.array([0, 2]), 0, -1)


def test_counts_that_satisfy_no_sum_are_refused() -> None:
    with pytest.raises(NotSafe, match="do not agree"):
        witnesses(np.array([[1, 1]]), np.array([3, 4]), np.array([8]))
