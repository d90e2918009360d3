"""Promises of `protect`: what is shown, what is not, what stays, and when it refuses."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from intake_app.core.disclosure.attack import attack, confirm_safe
from intake_app.core.disclosure.table import CountTable, ProtectedTable, Window
from intake_app.core.disclosure.withholding import protect
from intake_app.core.errors import NotSafe

ALWAYS = Window(None, None)
YEAR = Window(date(2025, 1, 1), date(2025, 12, 31))
Make = Callable[[Sequence[Sequence[int]]], CountTable]


def _protected(table: CountTable, threshold: int = 11) -> ProtectedTable:
    made = protect(ALWAYS, lambda _: table, [], threshold=threshold)
    confirm_safe(made, [], lambda _: table, threshold=threshold)
    return made


def test_shown_figures_are_true_zeros_are_shown_and_small_ones_are_not(
    random_table: Callable[[int, int, int], CountTable],
) -> None:
    for seed in range(12):
        table = random_table(5, 6, seed)
        made = _protected(table)
        for truths, figures in zip(table.with_margins(), made.cells, strict=True):
            for true, figure in zip(truths, figures, strict=True):
                assert figure in (true, None)
                assert figure == 0 or true != 0
                assert figure is None or not 1 <= true <= 10


def test_large_counts_need_nothing_withheld(make_table: Make) -> None:
    table = make_table([[11, 1_000_000], [0, 999_999]])
    assert _protected(table).cells == table.with_margins()


def test_a_table_of_zeros_is_shown(make_table: Make) -> None:
    table = make_table([[0, 0, 0], [0, 0, 0]])
    assert _protected(table).cells == table.with_margins()


@pytest.mark.parametrize("count", [0, 11, 12, 1_000_000])
def test_one_cell_of_eleven_or_more_is_shown(make_table: Make, count: int) -> None:
    assert _protected(make_table([[count]])).withheld == 0


@pytest.mark.parametrize("counts", [[[1]], [[10]], [[3, 7]], [[0, 5], [5, 0]]])
def test_a_total_of_1_to_10_is_refused_without_telling_it(
    make_table: Make, counts: list[list[int]]
) -> None:
    table = make_table(counts)
    with pytest.raises(NotSafe) as refused:
        _protected(table)
    assert "fewer than 11" in refused.value.sentence
    assert "Nothing was written" in refused.value.sentence
    said = refused.value.sentence.replace("11", "")
    assert not any(letter.isdigit() for letter in said)


@pytest.mark.parametrize(
    "counts",
    [
        [[5, 60, 70]],
        [[5], [60], [70]],
        [[5, 6]],
        [[10, 1]],
        [[1] * 30],
        [[1, 1, 1], [1, 1, 1], [1, 1, 1], [1, 1, 1]],
        [[3, 4, 5], [6, 7, 8], [9, 10, 1]],
        [[5, 1_000_000], [1_000_000, 1_000_000]],
        [[5, 0, 0], [0, 1_000_000, 0], [0, 0, 700]],
        [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 50]],
    ],
)
def test_odd_shapes_are_safe(make_table: Make, counts: list[list[int]]) -> None:
    made = _protected(make_table(counts))
    assert made.withheld
    assert not attack([made], 11).small


def test_inner_cells_are_withheld_rather_than_margins(make_table: Make) -> None:
    made = _protected(make_table([[5, 60, 70], [80, 90, 100], [110, 120, 130]]))
    assert made.withheld == 4
    assert None not in made.cells[-1]
    assert all(line[-1] is not None for line in made.cells)


def test_a_higher_threshold_guards_larger_counts(make_table: Make) -> None:
    table = make_table([[30, 400, 500], [600, 700, 800]])
    assert _protected(table).withheld == 0
    made = _protected(table, threshold=50)
    assert made.cells[0][0] is None
    assert not attack([made], 50).small


@pytest.mark.parametrize("threshold", [0, 4, 51])
def test_the_threshold_has_bounds(make_table: Make, threshold: int) -> None:
    with pytest.raises(ValueError, match="5 to 50"):
        protect(ALWAYS, lambda _: make_table([[70]]), [], threshold=threshold)


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_rows_and_columns_decides_nothing(
    random_table: Callable[[int, int, int], CountTable], seed: int
) -> None:
    table = random_table(5, 6, seed)
    rng = np.random.default_rng(seed)
    rows, columns = rng.permutation(5).tolist(), rng.permutation(6).tolist()
    shuffled = replace(
        table,
        rows=tuple(table.rows[i] for i in rows),
        columns=tuple(table.columns[j] for j in columns),
        counts=tuple(tuple(table.counts[i][j] for j in columns) for i in rows),
    )
    one, other = _protected(table), _protected(shuffled)
    assert one == _protected(table)
    assert other.cells == tuple(
        tuple(one.cells[i][j] for j in [*columns, 6]) for i in [*rows, 5]
    )  # fmt: skip


def test_the_order_of_cases_decides_nothing(random_cases: Any, counter: Any) -> None:
    cases = random_cases(500, 5, 4, 3)
    shuffled = [cases[n] for n in np.random.default_rng(1).permutation(len(cases))]
    assert protect(YEAR, counter(cases, 5, 4), []) == protect(YEAR, counter(shuffled, 5, 4), [])


def test_the_same_dates_get_the_same_figures_again(random_cases: Any, counter: Any) -> None:
    cases = random_cases(500, 5, 4, 3)
    first = protect(YEAR, counter(cases, 5, 4), [])
    more = cases + random_cases(40, 5, 4, 4)
    again = protect(YEAR, counter(more, 5, 4), [first], threshold=20)
    assert again == first
    assert confirm_safe(again, [first], counter(more, 5, 4)).failures == 0


def test_releases_of_other_tables_are_passed_over(random_cases: Any, counter: Any) -> None:
    count_in = counter(random_cases(500, 5, 4, 3), 5, 4)
    alone = protect(YEAR, count_in, [])
    other = replace(protect(ALWAYS, count_in, []), table_id="other", rows=("x", *alone.rows[1:]))
    assert protect(YEAR, count_in, [other]) == alone


@pytest.mark.parametrize("seconds", [0.0, -1.0, 1e-9])
def test_no_time_means_no_figures(make_table: Make, seconds: float) -> None:
    table = make_table([[5, 60, 70], [80, 90, 100]])
    with pytest.raises(NotSafe, match=r"in time\. Nothing was written"):
        protect(ALWAYS, lambda _: table, [], seconds=seconds)


def test_time_that_ends_on_the_way_means_no_figures(
    random_table: Callable[[int, int, int], CountTable],
) -> None:
    table = random_table(30, 20, 2)
    with pytest.raises(NotSafe, match=r"in time\. Nothing was written"):
        protect(ALWAYS, lambda _: table, [], seconds=0.02)


# Earlier releases


def test_a_few_new_cases_are_not_published_by_difference(random_cases: Any, counter: Any) -> None:
    cases = random_cases(600, 4, 3, 8)
    count_in = counter(cases, 4, 3)
    days = sorted(day for day, _, _ in cases)
    first = protect(Window(None, days[400]), count_in, [])
    later = next(day for day in days[401:] if day > days[400])
    new = sum(days[400] < day <= later for day in days)
    assert 1 <= new <= 10
    with pytest.raises(NotSafe, match="Too few new cases") as refused:
        protect(Window(None, later), count_in, [first])
    assert not any(c.isdigit() for c in refused.value.sentence.replace("11", ""))


def test_few_cases_left_over_by_three_totals_are_refused(make_table: Make) -> None:
    """Year minus the first three quarters: the fourth has 9 cases and was never published."""
    ends = [date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31)]
    starts = [date(2025, 1, 1), *(end + timedelta(days=1) for end in ends[:-1])]
    size = dict(zip(ends, [[[30, 30]], [[30, 40]], [[50, 30]], [[4, 5]]], strict=True))

    def count_in(window: Window) -> CountTable:
        inside = [size[end] for end in ends if _within(end, window)]
        return make_table([[sum(each[0][j] for each in inside) for j in range(2)]])

    ledger: list[ProtectedTable] = []
    for start, end in zip(starts[:3], ends[:3], strict=True):
        ledger.append(protect(Window(start, end), count_in, ledger))
    with pytest.raises(NotSafe, match="Too few new cases"):
        protect(YEAR, count_in, ledger)
    assert protect(YEAR, count_in, []).withheld == 0


def test_few_cases_left_over_through_a_release_that_does_not_overlap_are_refused(
    make_table: Make,
) -> None:
    """May is known from April to May less April; May to June less May leaves 7 in June."""
    size = {date(2025, 4, 1): 40, date(2025, 5, 1): 50, date(2025, 6, 1): 7}

    def count_in(window: Window) -> CountTable:
        inside = sum(count for day, count in size.items() if _within(day, window))
        return make_table([[inside]])

    april = Window(date(2025, 4, 1), date(2025, 4, 30))
    april_and_may = Window(date(2025, 4, 1), date(2025, 5, 31))
    may_and_june = Window(date(2025, 5, 1), date(2025, 6, 30))
    ledger = [protect(april, count_in, [])]
    assert protect(may_and_june, count_in, ledger).withheld == 0
    ledger.append(protect(april_and_may, count_in, ledger))
    with pytest.raises(NotSafe, match="Too few new cases"):
        protect(may_and_june, count_in, ledger)


def _within(day: date, window: Window) -> bool:
    return (window.start or date.min) <= day <= (window.end or date.max)


def test_late_cases_in_overlapping_dates_are_refused(random_cases: Any, counter: Any) -> None:
    cases = random_cases(900, 4, 3, 5)
    first = protect(YEAR, counter(cases, 4, 3), [])
    late = [*cases, (date(2025, 5, 5), 0, 0)]
    with pytest.raises(NotSafe, match="added or changed after it was published"):
        protect(ALWAYS, counter(late, 4, 3), [first])
    apart = Window(date(2026, 1, 1), None)
    assert protect(apart, counter(late, 4, 3), [first]) == protect(apart, counter(late, 4, 3), [])


def test_cases_without_a_date_are_refused_where_windows_overlap(
    random_cases: Any, counter: Any
) -> None:
    count_in = counter(random_cases(900, 4, 3, 5), 4, 3)

    def with_undated(window: Window) -> CountTable:
        table: CountTable = count_in(window)
        if window != ALWAYS:
            return table
        line = (table.counts[0][0] + 40, *table.counts[0][1:])
        return replace(table, counts=(line, *table.counts[1:]))

    assert protect(ALWAYS, with_undated, []).figures
    with pytest.raises(NotSafe, match="some have no date"):
        protect(ALWAYS, with_undated, [protect(YEAR, with_undated, [])])


def test_other_groups_in_overlapping_dates_are_refused(random_cases: Any, counter: Any) -> None:
    count_in = counter(random_cases(900, 4, 3, 5), 4, 3)
    first = protect(YEAR, count_in, [])
    with pytest.raises(NotSafe, match="other groups"):
        protect(ALWAYS, count_in, [replace(first, rows=("x", *first.rows[1:]))])


def test_what_earlier_releases_gave_away_is_not_made_worse(make_table: Make) -> None:
    """An outside figure (or one made with a lower threshold) leaves no safe way: refused."""

    def count_in(window: Window) -> CountTable:
        return make_table([[7, 50], [60, 70]] if window == YEAR else [[27, 90], [95, 99]])

    shown = ProtectedTable(
        **{name: getattr(count_in(YEAR), name) for name in
           ("table_id", "title", "row_title", "column_title", "rows", "columns")},
        window=YEAR,
        cells=count_in(YEAR).with_margins(),
    )  # fmt: skip

    def additive(window: Window) -> CountTable:
        if window == ALWAYS:
            return make_table([[34, 140], [155, 169]])
        return count_in(window) if window == YEAR else make_table([[15, 50], [60, 60]]) if (
            window.start is None
        ) else make_table([[12, 40], [35, 39]])  # fmt: skip

    with pytest.raises(NotSafe, match="already show too much"):
        protect(ALWAYS, additive, [shown])
