"""How the attacker takes releases apart into unknowns, sums and increases."""

from datetime import date

import numpy as np
import pytest

from intake_app.core.disclosure.reading import Reading, hanging_together
from intake_app.core.disclosure.table import CountTable, ProtectedTable, Window

HALF = Window(date(2025, 1, 1), date(2025, 6, 30))
YEAR = Window(date(2025, 1, 1), date(2025, 12, 31))
SECOND = Window(date(2025, 7, 1), date(2025, 12, 31))
NEXT = Window(date(2026, 1, 1), None)


def _release(window: Window, inner: tuple[int | None, int | None]) -> ProtectedTable:
    total = None if None in inner else sum(n for n in inner if n is not None)
    return ProtectedTable(
        "t", "T", "R", "C", ("a",), ("c", "d"), window, ((*inner, total), (*inner, total))
    )


def _counts(window: Window) -> CountTable:
    counts = {HALF: (20, 30), YEAR: (25, 70), SECOND: (5, 40)}[window]
    return CountTable("t", "T", "R", "C", ("a",), ("c", "d"), (counts,))


def test_time_is_cut_where_a_release_begins_or_ends() -> None:
    reading = Reading([_release(HALF, (20, 30)), _release(YEAR, (None, None))])
    assert reading.unknowns == 2 * 2
    increases = [group for group in reading.groups() if not group.published]
    assert {group.days for group in increases} == {(SECOND,)}
    assert {(group.row, group.column) for group in increases} == {
        ("a", "c"), ("a", "d"), ("a", None), (None, "c"), (None, "d"), (None, None),
    }  # fmt: skip


def test_true_counts_agree_and_others_do_not() -> None:
    reading = Reading([_release(HALF, (20, 30)), _release(YEAR, (None, 70))])
    truth = reading.true_counts(_counts)
    assert truth.tolist() == [20, 30, 5, 40]
    assert reading.agrees(truth)
    assert reading.agrees(np.array([20, 30, 7, 40]))
    assert not reading.agrees(np.array([20, 30, 5, 41]))
    assert not reading.agrees(np.array([21, 29, 4, 41]))
    assert not reading.agrees(np.array([20, 30, -1, 40]))


def test_other_labels_are_a_fault() -> None:
    reading = Reading([_release(HALF, (20, 30))])
    other = CountTable("t", "T", "R", "C", ("x",), ("c", "d"), ((20, 30),))
    with pytest.raises(ValueError, match="same labels"):
        reading.true_counts(lambda _: other)


def test_releases_hang_together_through_others() -> None:
    half, year, later = (_release(w, (20, 30)) for w in (HALF, YEAR, NEXT))
    second = _release(SECOND, (20, 30))
    assert hanging_together(second, [half, year, later]) == [year, half]
    assert hanging_together(later, [half, year, second]) == []
    joining = _release(Window(date(2025, 12, 31), date(2026, 1, 1)), (20, 30))
    assert {r.window.start for r in hanging_together(later, [half, year, joining])} == {
        joining.window.start,
        HALF.start,
    }
