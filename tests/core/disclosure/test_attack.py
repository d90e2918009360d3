"""The attacker must see what can be seen, and nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from intake_app.core.disclosure.attack import AttackReport, attack, confirm_safe
from intake_app.core.disclosure.table import CountTable, ProtectedTable, Window
from intake_app.core.disclosure.withholding import protect
from intake_app.core.errors import NotSafe

ALWAYS = Window(None, None)
SIZES = [(1, 4), (2, 2), (2, 5), (3, 3), (4, 4), (5, 3), (6, 5), (5, 8)]
Make = Callable[[Sequence[Sequence[int]]], CountTable]


def _always(table: CountTable, _: Window) -> CountTable:
    return table


@pytest.mark.parametrize("size", SIZES)
def test_protected_tables_withstand_both_attackers_and_naive_ones_do_not(
    random_table: Any, scipy_attacker: Any, primary_only: Any, size: tuple[int, int]
) -> None:
    rows, columns = size
    attacked = given_away = exact = 0
    for seed in range(40):
        table: CountTable = random_table(rows, columns, seed)
        if 1 <= table.with_margins()[-1][-1] <= 10:
            continue
        made = protect(ALWAYS, partial(_always, table), [])
        small = [
            (i, j)
            for i, line in enumerate(table.with_margins())
            for j, true in enumerate(line)
            if 1 <= true <= 10
        ]
        outside = scipy_attacker([made])
        for i, j in small:
            assert made.cells[i][j] is None
            assert outside.greatest(outside.sum_of([0], i, j)) >= 11 - 1e-6
        attacked += len(small)
        assert attack([made], 11).small == ()
        assert confirm_safe(made, [], partial(_always, table)).failures == 0

        naive = primary_only(table, ALWAYS, 11)
        seen = attack([naive], 11)
        if seed % 4 == 0:
            outside = scipy_attacker([naive])
            provable = sum(
                outside.greatest(outside.sum_of([0], i, j)) < 11 - 1e-6 for i, j in small
            )
            assert len(seen.small) == provable
        if seen.small:
            with pytest.raises(NotSafe, match="could be worked out"):
                confirm_safe(naive, [], partial(_always, table))
        else:
            assert confirm_safe(naive, [], partial(_always, table)).failures == 0
        given_away += len(seen.small)
        exact += len(seen.exact)
    assert attacked > 60
    assert given_away > 20
    assert exact > 10


@pytest.mark.parametrize("size", [(2, 3), (3, 4), (5, 5)])
def test_bounds_are_those_of_another_solver(
    random_table: Any, scipy_attacker: Any, size: tuple[int, int]
) -> None:
    for seed in range(6):
        table: CountTable = random_table(*size, seed)
        rng = np.random.default_rng(seed)
        hidden = _hide(table, ALWAYS, rng, 0.5)
        outside = scipy_attacker([hidden])
        for (i, j), low, high in _bounds(hidden, attack([hidden], 11)):
            line = outside.sum_of([0], i, j)
            assert outside.least(line) == pytest.approx(low, abs=1e-6)
            assert outside.greatest(line) == pytest.approx(
                float("inf") if high is None else high, abs=1e-6
            )


def _hide(
    table: CountTable, window: Window, rng: np.random.Generator, share: float
) -> ProtectedTable:
    return ProtectedTable(
        table.table_id, table.title, table.row_title, table.column_title, table.rows,
        table.columns, window,
        tuple(
            tuple(None if true and rng.random() < share else true for true in line)
            for line in table.with_margins()
        ),
    )  # fmt: skip


def _bounds(
    hidden: ProtectedTable, report: AttackReport
) -> list[tuple[tuple[int, int], int, int | None]]:
    return [
        (
            (
                len(hidden.rows) if f.row is None else hidden.rows.index(f.row),
                len(hidden.columns) if f.column is None else hidden.columns.index(f.column),
            ),
            f.low,
            f.high,
        )
        for f in report.findings
    ]


def _all_tables(total: int, cells: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Every way to put `total` cases into `cells` cells."""
    bars = np.array(list(combinations(range(total + cells - 1), cells - 1)), dtype=np.int64)
    edges = np.hstack(
        [np.full((len(bars), 1), -1), bars, np.full((len(bars), 1), total + cells - 1)]
    )
    return np.diff(edges, axis=1) - 1


@pytest.mark.parametrize("size", [(2, 2), (2, 3), (3, 2), (3, 3)])
def test_bounds_are_those_of_enumeration(make_table: Make, size: tuple[int, int]) -> None:
    rows, columns = size
    rng, compared = np.random.default_rng(rows * 10 + columns), 0
    for _ in range(25):
        cells = [0] * (rows * columns)
        for _ in range(rng.integers(3, 9)):
            cells[rng.integers(len(cells))] += 1
        table = make_table([cells[i * columns : (i + 1) * columns] for i in range(rows)])
        hidden = _hide(table, ALWAYS, rng, 0.6)
        hidden = replace(hidden, cells=(*hidden.cells[:-1], (*hidden.cells[-1][:-1], sum(cells))))
        inner = _all_tables(sum(cells), len(cells)).reshape(-1, rows, columns)
        full = np.concatenate([inner, inner.sum(axis=1, keepdims=True)], axis=1)
        full = np.concatenate([full, full.sum(axis=2, keepdims=True)], axis=2)
        agrees = np.ones(len(full), dtype=bool)
        for i, line in enumerate(hidden.cells):
            for j, shown in enumerate(line):
                agrees &= full[:, i, j] >= 1 if shown is None else full[:, i, j] == shown
        for (i, j), low, high in _bounds(hidden, attack([hidden], 5)):
            assert (low, high) == (full[agrees, i, j].min(), full[agrees, i, j].max())
            compared += 1
    assert compared > 50


def test_bounds_over_two_releases_hold_all_enumerated_tables(make_table: Make) -> None:
    first, both = Window(None, date(2025, 6, 30)), ALWAYS
    rng, compared = np.random.default_rng(4), 0
    for _ in range(20):
        old = [[int(rng.integers(3)) for _ in range(2)] for _ in range(2)]
        new = [[int(rng.integers(2)) for _ in range(2)] for _ in range(2)]
        sums = [[old[i][j] + new[i][j] for j in range(2)] for i in range(2)]
        one = _hide(make_table(old), first, rng, 0.5)
        two = _hide(make_table(sums), both, rng, 0.5)
        total = sum(map(sum, sums))
        two = replace(two, cells=(*two.cells[:-1], (*two.cells[-1][:-1], total)))
        pieces = _all_tables(total, 8).reshape(-1, 2, 2, 2)
        agrees = np.ones(len(pieces), dtype=bool)
        for release, inner in ((one, pieces[:, 0]), (two, pieces.sum(axis=1))):
            full = np.concatenate([inner, inner.sum(axis=1, keepdims=True)], axis=1)
            full = np.concatenate([full, full.sum(axis=2, keepdims=True)], axis=2)
            for i, line in enumerate(release.cells):
                for j, shown in enumerate(line):
                    agrees &= full[:, i, j] >= 1 if shown is None else full[:, i, j] == shown
        for finding in attack([one, two], 5).findings:
            if finding.row is None or finding.column is None:
                continue
            i, j = one.rows.index(finding.row), one.columns.index(finding.column)
            if finding.published:
                cell = (pieces[:, 0] if finding.days == (first,) else pieces.sum(axis=1))[:, i, j]
            else:
                assert finding.days == (Window(date(2025, 7, 1), None),)
                cell = pieces[:, 1, i, j]
            assert finding.low <= cell[agrees].min()
            assert finding.high is not None
            assert finding.high >= cell[agrees].max()
            compared += 1
    assert compared > 50


def test_figures_that_contradict_each_other_are_told(make_table: Make) -> None:
    made = protect(ALWAYS, lambda _: make_table([[50, 60], [70, 80]]), [])
    wrong = replace(made, cells=((51, *made.cells[0][1:]), *made.cells[1:]))
    with pytest.raises(NotSafe, match="contradict"):
        attack([wrong], 11)


def test_figures_that_are_not_true_are_refused(make_table: Make) -> None:
    table = make_table([[50, 60], [70, 80]])
    made = protect(ALWAYS, lambda _: table, [])
    moved = make_table([[51, 59], [69, 81]])
    with pytest.raises(NotSafe, match="do not agree with the cases"):
        confirm_safe(made, [], lambda _: moved)


def test_a_small_figure_that_is_shown_is_refused(make_table: Make) -> None:
    table = make_table([[5, 60, 70], [80, 90, 100]])
    made = protect(ALWAYS, lambda _: table, [])
    shown = replace(made, cells=((5, *made.cells[0][1:]), *made.cells[1:]))
    with pytest.raises(NotSafe, match="could be worked out"):
        confirm_safe(shown, [], lambda _: table)


def test_a_withheld_zero_is_refused(make_table: Make) -> None:
    """A reader takes every s for 1 or more, so the bounds would be wrong."""
    table = make_table([[0, 60, 70], [80, 90, 100]])
    made = protect(ALWAYS, lambda _: table, [])
    hidden = replace(made, cells=((None, *made.cells[0][1:]), *made.cells[1:]))
    with pytest.raises(NotSafe, match="do not agree"):
        confirm_safe(hidden, [], lambda _: table)


def test_an_unsafe_repeat_is_refused_though_it_was_published(
    make_table: Make, primary_only: Any
) -> None:
    table = make_table([[5, 60, 70], [80, 90, 100]])
    naive = primary_only(table, ALWAYS, 11)
    with pytest.raises(NotSafe, match="could be worked out"):
        confirm_safe(naive, [naive], lambda _: table)


def test_no_time_means_no_confirmation(make_table: Make) -> None:
    table = make_table([[5, 60, 70], [80, 90, 100]])
    made = protect(ALWAYS, lambda _: table, [])
    with pytest.raises(NotSafe, match="could not be finished in time"):
        confirm_safe(made, [], lambda _: table, seconds=0)
    with pytest.raises(NotSafe, match="could not be finished in time"):
        attack([made], 11, seconds=0)


def test_the_number_of_cells_attacked_does_not_tell_how_many_are_small(make_table: Make) -> None:
    table = make_table([[5, 60, 70], [80, 90, 100]])
    made = protect(ALWAYS, lambda _: table, [])
    assert confirm_safe(made, [], lambda _: table).cells_attacked == made.withheld
