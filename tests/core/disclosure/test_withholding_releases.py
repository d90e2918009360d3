"""One release after another over overlapping dates: differences must give nothing away."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from intake_app.core.disclosure.attack import attack, confirm_safe
from intake_app.core.disclosure.table import ProtectedTable, Window
from intake_app.core.disclosure.withholding import protect
from intake_app.core.errors import NotSafe

ROWS, COLUMNS = 4, 3
START = date(2025, 1, 1)


def _cumulative() -> list[Window]:
    return [Window(START, START + timedelta(days=182 * n)) for n in range(1, 5)]


def _quarters_and_year() -> list[Window]:
    ends = [START, *(START + timedelta(days=91 * n) for n in range(1, 5))]
    quarters = [Window(a, b - timedelta(days=1)) for a, b in pairwise(ends)]
    return [*quarters, Window(START, quarters[-1].end)]


def _rolling() -> list[Window]:
    return [
        Window(START + timedelta(days=60 * n), START + timedelta(days=60 * n + 200))
        for n in range(4)
    ]


def _nearly_the_same() -> list[Window]:
    return [
        Window(START, START + timedelta(days=600)),
        Window(START, START + timedelta(days=640)),
        Window(None, START + timedelta(days=660)),
    ]


SERIES: dict[str, Callable[[], list[Window]]] = {
    "cumulative": _cumulative,
    "quarters, then the year": _quarters_and_year,
    "rolling": _rolling,
    "nearly the same": _nearly_the_same,
}


def _release_all(
    windows: Sequence[Window], count_in: Any, *, with_ledger: bool
) -> list[ProtectedTable]:
    released: list[ProtectedTable] = []
    for window in windows:
        before = released if with_ledger else []
        try:
            made = protect(window, count_in, before)
        except NotSafe:
            continue
        if with_ledger:
            confirm_safe(made, released, count_in)
        released.append(made)
    return released


def _provable(attacker: Any, cases: Any, released: Sequence[ProtectedTable]) -> int:
    """Small true counts, by row, column and total of every piece of time, shown to be small."""
    found = 0
    for m, members in enumerate(attacker.memberships):
        counts = [[0] * (COLUMNS + 1) for _ in range(ROWS + 1)]
        for day, i, j in cases:
            if attacker.membership(released, day) == members:
                for row in (i, ROWS):
                    for column in (j, COLUMNS):
                        counts[row][column] += 1
        for i, line in enumerate(counts):
            for j, count in enumerate(line):
                if 1 <= count <= 10:
                    found += attacker.greatest(attacker.sum_of([m], i, j)) < 11 - 1e-6
    return found


@pytest.mark.parametrize("series", SERIES)
@pytest.mark.parametrize("number", [400, 1500])
def test_no_small_increase_can_be_worked_out_with_the_ledger(
    series: str, number: int, random_cases: Any, counter: Any, scipy_attacker: Any
) -> None:
    for seed in range(3):
        cases = random_cases(number, ROWS, COLUMNS, seed)
        released = _release_all(SERIES[series](), counter(cases, ROWS, COLUMNS), with_ledger=True)
        assert len(released) >= 2
        assert _provable(scipy_attacker(released), cases, released) == 0
        assert attack(released, 11).small == ()


def test_without_the_ledger_small_increases_are_worked_out(
    random_cases: Any, counter: Any, scipy_attacker: Any
) -> None:
    for series in ("cumulative", "quarters, then the year", "nearly the same"):
        provable = seen = 0
        for seed in range(3):
            cases = random_cases(1500, ROWS, COLUMNS, seed)
            count_in = counter(cases, ROWS, COLUMNS)
            released = _release_all(SERIES[series](), count_in, with_ledger=False)
            here = _provable(scipy_attacker(released), cases, released)
            provable += here
            seen += len(attack(released, 11).small)
            if here:
                with pytest.raises(NotSafe, match="could be worked out"):
                    confirm_safe(released[-1], released[:-1], count_in)
            else:
                assert confirm_safe(released[-1], released[:-1], count_in).failures == 0
        assert provable > 0, series
        assert seen > 0, series


def test_what_was_published_stays_as_it_was(random_cases: Any, counter: Any) -> None:
    count_in = counter(random_cases(1500, ROWS, COLUMNS, 1), ROWS, COLUMNS)
    windows = _cumulative()
    ledger: list[ProtectedTable] = []
    for window in windows:
        ledger.append(protect(window, count_in, ledger))
    for window, before in zip(windows, ledger, strict=True):
        assert protect(window, count_in, ledger) == before


def test_the_order_of_the_ledger_decides_nothing(random_cases: Any, counter: Any) -> None:
    count_in = counter(random_cases(1500, ROWS, COLUMNS, 2), ROWS, COLUMNS)
    *before, last = _quarters_and_year()
    ledger: list[ProtectedTable] = []
    for window in before:
        ledger.append(protect(window, count_in, ledger))
    assert protect(last, count_in, ledger) == protect(last, count_in, ledger[::-1])


def test_releases_that_do_not_overlap_do_not_touch_each_other(
    random_cases: Any, counter: Any
) -> None:
    count_in = counter(random_cases(1500, ROWS, COLUMNS, 3), ROWS, COLUMNS)
    *_, last = quarters = _quarters_and_year()[:4]
    ledger = _release_all(quarters[:3], count_in, with_ledger=True)
    made = protect(last, count_in, ledger)
    assert made == protect(last, count_in, [])
    confirmed = confirm_safe(made, ledger, count_in)
    assert confirmed.earlier_releases == 3
    assert confirmed.earlier_figures == 3 * made.figures
