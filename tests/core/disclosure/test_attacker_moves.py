"""Moves are as small as can be, and whole where it is asked."""

import numpy as np

from intake_app.core.disclosure.attacker_moves import Moves
from intake_app.core.disclosure.attacker_solver import Deadline, System
from intake_app.core.disclosure.attacker_sums import Counts, Sums


def moves(rows: Counts, true: Counts) -> Moves:
    lines, columns = np.nonzero(rows)
    reached = rows @ true
    sums = Sums(lines, columns, rows[lines, columns].astype(np.int64), reached, reached)
    (component,) = System(sums, len(true)).components
    return Moves(component, true)


def test_the_nearest_counts_come_first_and_the_program_stays_as_it_was() -> None:
    made = moves(np.array([[1, 1, 1, 1]]), np.array([3, 9, 9, 9]))
    for _ in range(2):
        first = next(made.to(np.array([0]), 7, 1, Deadline(60)))
        assert (first[0], first.sum()) == (7, 30)
        assert sorted(first - [3, 9, 9, 9]) == [-4, 0, 0, 4]
        down = next(made.to(np.array([0, 1]), -2, -1, Deadline(60)))
        assert (down[:2].sum(), down.sum()) == (2, 30)
    assert list(made.to(np.array([0]), 31, 1, Deadline(60))) == []
    assert list(made.to(np.array([0, 1]), 31, 1, Deadline(60))) == []


def test_whole_counts_follow_where_the_nearest_have_halves() -> None:
    rows = np.array([[1, 1, 0, 1], [0, 1, 1, 1], [1, 0, 1, 1]])
    found = list(moves(rows, np.array([3, 3, 3, 5])).to(np.array([3]), 6, 1, Deadline(60)))
    assert found[0].tolist() == [2.5, 2.5, 2.5, 6]
    for whole in found[1:]:
        assert (whole == np.rint(whole)).all()
        assert (rows @ whole).tolist() == [11, 11, 11]
        assert whole[3] >= 7
    assert len(found) > 1
