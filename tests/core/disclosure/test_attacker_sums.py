"""Sums are kept as they are written down."""

import numpy as np

from intake_app.core.disclosure.attacker_sums import NO_LIMIT, SumsMade


def test_rows_keep_their_parts_signs_and_limits() -> None:
    made = SumsMade()
    made.add(np.array([4, 2]), 3, NO_LIMIT)
    two = np.array([0, 1])
    made.add_many(two, np.array([5, 6]), np.array([1, -1]), 2)
    made.add(np.array([1]), 7, 7, less=9)
    sums = made.sums()
    assert sums.rows.tolist() == [0, 0, 1, 2, 3, 3]
    assert sums.columns.tolist() == [4, 2, 5, 6, 1, 9]
    assert sums.signs.tolist() == [1, 1, 1, -1, 1, -1]
    assert (sums.low.tolist(), sums.high.tolist()) == ([3, 0, 0, 7], [NO_LIMIT, 0, 0, 7])
    assert SumsMade().sums().rows.size == 0
