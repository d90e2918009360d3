"""Hours, days and children: no total that stands out, and none that can be worked out."""

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from intake_app.core.disclosure import amounts
from intake_app.core.disclosure.amounts import protect_amounts
from intake_app.core.disclosure.amounts_attack import confirm_amounts
from intake_app.core.disclosure.amounts_shown import AmountAsk, PublishedAmounts, RowsOf
from intake_app.core.disclosure.figures import Guard, ProtectedTable, Shape
from intake_app.core.errors import NotSafe
from intake_app.core.reports.release import Amounts
from intake_app.core.reports.rows import Rows
from tests.amount_cases import (
    CHILDREN,
    HOURS,
    NIGHTS,
    Q1,
    ask,
    axis,
    frozen,
    of_groups,
    published,
    rows,
    scipy_reader,
    shape,
    window,
)

EVEN = [10.0] * 20
QUARTERS = ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")


def _one(found: Rows, *tables: Shape) -> tuple[tuple[Amounts, ...], RowsOf]:
    rows_of = frozen({"2026-Q1": found})
    return protect_amounts([ask(table, rows_of) for table in tables], (), rows_of), rows_of


def test_totals_means_and_medians_to_two_digits_and_no_largest_case() -> None:
    numbers = [float(n) for n in range(1, 31)]
    (made,), _ = _one(of_groups({"a": numbers, "b": [*EVEN, np.nan]}), shape(axis("a", "a", "b")))
    assert made.totals == (460.0, 200.0, 660.0)  # 465, 200, 665 half to even
    assert made.means == (16.0, 10.0, 13.0)
    assert made.medians == (16.0, 10.0, 10.0)
    # The eleventh largest of 1 to 30 is 20; of 20 cases the eleventh largest would be most.
    assert made.reached[0] == 20.0
    assert made.reached[1] is None
    assert not {30.0} & {*made.means, *made.medians, *made.reached}


def test_nothing_stands_where_the_count_is_withheld() -> None:
    (made,), _ = _one(of_groups({"a": EVEN, "b": [5.0] * 10}), shape(axis("a", "a", "b")))
    assert made.totals[1] is None
    assert made.means[1] is None
    assert made.medians[1] is None
    assert made.reached[1] is None
    # The rest could be subtracted: at most one of the other line and the total stands.
    assert sum(total is not None for total in made.totals) == 1


def test_nothing_stands_where_a_large_count_is_withheld() -> None:
    rows_of = frozen({"2026-Q1": of_groups({"a": EVEN, "b": EVEN, "c": EVEN})})
    each = ask(shape(axis("a", "a", "b", "c")), rows_of)
    figures = tuple(None if i < 3 else n for i, n in enumerate(each.known.figures))
    known = ProtectedTable(each.known.shape, figures)
    (made,) = protect_amounts([AmountAsk(each.shape, HOURS, known)], (), rows_of)
    assert made.totals[0] is None
    assert sum(total is None for total in made.totals) == 2  # nor can it be subtracted


@pytest.mark.parametrize("stands_out", [
    [600.0, *[20.0] * 20],  # one person 60 % of the total
    [210.0, 198.0, *[2.0] * 12],  # the second largest comes within 20 % of the largest
    [0.0] * 15,  # a total of 0 tells every case
])  # fmt: skip
def test_a_case_that_stands_out_is_withheld_with_its_total(stands_out: list[float]) -> None:
    found = of_groups({"a": stands_out, "b": EVEN, "c": [11.0] * 30})
    table = shape(axis("a", "a", "b", "c"))
    (made,), rows_of = _one(found, table)
    assert made.totals[0] is None
    assert made.means[0] is None
    bounds = scipy_reader([PublishedAmounts(table, made)], rows_of)
    low, high = bounds({"a": "a"}, ["2026-Q1"])
    total, near = sum(stands_out), 0.2 * max(*stands_out, 1.0)
    assert high >= total + near - 1e-6
    assert low <= max(0.0, total - near) + 1e-6


def test_two_tables_whose_difference_is_one_person() -> None:
    # One table puts a and b together and c apart, the other b and c: between them is b alone.
    found = of_groups({"a": EVEN, "b": [500.0], "c": [12.0] * 25})
    first, second = shape(axis("a", "ab", "c")), shape(axis("a", "a", "bc"), table_id="u")
    made, rows_of = _one(found, first, second)
    bounds = scipy_reader(
        [PublishedAmounts(s, m) for s, m in zip((first, second), made, strict=True)], rows_of
    )
    low, high = bounds({"a": "b"}, ["2026-Q1"])
    assert low <= 400.0 + 1e-6
    assert high >= 600.0 - 1e-6


def test_a_later_table_may_not_be_subtracted_from_an_earlier_one() -> None:
    found = of_groups({"a": [30.0] * 40, "b": [30.0], "c": [30.0] * 40})
    rows_of = frozen({"2026-Q1": found})
    first = [ask(shape(axis("a", "ab", "c")), rows_of)]
    before = published(first, protect_amounts(first, (), rows_of))
    assert None not in before[0].amounts.totals
    second = [ask(shape(axis("a", "a", "bc"), table_id="u"), rows_of)]
    after = published(second, protect_amounts(second, before, rows_of))
    assert after[0].amounts.totals[:2] == (None, None)  # either would give b away
    assert after[0].amounts.totals[2] == before[0].amounts.totals[2]
    alone = published(second, protect_amounts(second, (), rows_of))
    low, high = scipy_reader([*before, *alone], rows_of)({"a": "b"}, ["2026-Q1"])
    assert low == pytest.approx(high) == 30.0  # and without the ledger it did


def test_a_year_minus_three_quarters() -> None:
    big, small = [10.0] * 40, [10.0] * 11
    rows_of = frozen(
        {q: of_groups({"a": big, "b": small if q != "2026-Q4" else [10.0] * 12 + [300.0]})
         for q in QUARTERS}
    )  # fmt: skip
    before: list[PublishedAmounts] = []
    for quarter in QUARTERS[:3]:
        asks = [ask(shape(axis("a", "a", "b"), when=window(quarter)), rows_of)]
        before += published(asks, protect_amounts(asks, before, rows_of))
    assert all(None not in each.amounts.totals for each in before)
    year = [ask(shape(axis("a", "a", "b"), when=window(*QUARTERS)), rows_of)]
    made = published(year, protect_amounts(year, before, rows_of))
    # In the fourth quarter one person has 300 of 420 hours of b: b of the year would tell.
    assert made[0].amounts.totals[1] is None
    low, high = scipy_reader([*before, *made], rows_of)({"a": "b"}, ["2026-Q4"])
    assert high >= 420.0 + 60.0 - 1e-6
    assert low <= 420.0 - 60.0 + 1e-6
    alone = published(year, protect_amounts(year, (), rows_of))
    low, high = scipy_reader([*before, *alone], rows_of)({"a": "b"}, ["2026-Q4"])
    assert low == pytest.approx(high)  # without the ledger it is told


def test_where_nothing_new_is_safe_nothing_new_is_shown() -> None:
    # Published when five were enough; now eleven are asked for.
    rows_of = frozen({"2026-Q1": of_groups({"a": EVEN, "b": [10.0] * 6, "c": EVEN})})
    first = [ask(shape(axis("a", "ab", "c")), rows_of, threshold=5),
             ask(shape(axis("a", "a", "bc"), table_id="u"), rows_of, threshold=5)]  # fmt: skip
    before = published(first, protect_amounts(first, (), rows_of, threshold=5))
    second = [ask(shape(axis("a", "a", "b", "c"), table_id="v"), rows_of)]
    (made,) = protect_amounts(second, before, rows_of)
    assert set(made.totals) == {None}


def test_what_was_published_comes_out_again() -> None:
    rows_of = frozen({"2026-Q1": of_groups({"a": EVEN, "b": [9.0] * 30})})
    asks = [ask(shape(axis("a", "a", "b")), rows_of)]
    made = protect_amounts(asks, (), rows_of)
    # A higher threshold changes nothing of it.
    again = protect_amounts(asks, published(asks, made), rows_of, threshold=50)
    assert again == made


def test_hours_are_withheld_where_midnights_are() -> None:
    hours = of_groups({"a": EVEN, "b": [10.0] * 30, "c": [10.0] * 30})
    nights = [*[1.0] * 19, 100.0, *[1.0] * 60]
    found = Rows(
        hours.population, hours.size, hours.columns,
        {**hours.numbers, "midnights_held": np.array(nights), "minor_children": np.ones(80)},
    )  # fmt: skip
    rows_of = frozen({"2026-Q1": found})
    table = shape(axis("a", "a", "b", "c"))
    asks = [ask(table, rows_of, each) for each in (HOURS, NIGHTS, CHILDREN)]
    held, midnights, children = protect_amounts(asks, (), rows_of)
    assert midnights.totals[0] is None
    assert [t is None for t in held.totals] == [t is None for t in midnights.totals]
    assert None not in children.totals


def test_a_withheld_count_of_nights_does_not_withhold_the_hours() -> None:
    # All hours are known; of four cases the nights are not, so that count is withheld.
    hours = of_groups({"a": [10.0] * 50})
    nights = np.array([1.0] * 46 + [np.nan] * 4)
    found = Rows(
        hours.population, hours.size, hours.columns, {**hours.numbers, "midnights_held": nights}
    )
    rows_of = frozen({"2026-Q1": found})
    table = shape()
    counted = ask(table, rows_of, NIGHTS)
    withheld = replace(counted, known=replace(counted.known, figures=(None, None, 50)))
    asks = [ask(table, rows_of, HOURS), withheld]
    held, midnights = protect_amounts(asks, (), rows_of)
    assert held.totals == (500.0,)
    assert midnights.totals == (None,)


def test_that_there_is_a_victim_with_hours_is_not_shown() -> None:
    victim = axis("v", "y", "n", guard=Guard.VICTIM, flagged="y")
    answers = "a" * 43 + "b" * 60
    found = rows([10.0] * 103, a=answers, v="yyy" + "n" * 100)
    table = shape(axis("a", "a", "b"), victim)
    (made,), rows_of = _one(found, table)
    low, _ = scipy_reader([PublishedAmounts(table, made)], rows_of)({"v": "y"}, ["2026-Q1"])
    assert low == pytest.approx(0.0, abs=1e-6)
    # Here the cheapest lines to withhold would leave at least 19 of the 30 hours of three victims.
    figures = ([10.0] * 3, [10.0] * 40, [10.0] * 12, [1.0] * 11, [10.0] * 50, [10.0] * 50)
    sizes = [len(each) for each in figures]
    found = rows(
        [number for each in figures for number in each],
        a="a" * 43 + "b" * 23 + "c" * 100,
        v="".join(word * size for word, size in zip("ynynyn", sizes, strict=True)),
    )
    table = shape(axis("a", "a", "b", "c"), victim)
    (made,), rows_of = _one(found, table)
    low, _ = scipy_reader([PublishedAmounts(table, made)], rows_of)(
        {"a": "a", "v": "y"}, ["2026-Q1"]
    )
    assert low == pytest.approx(0.0, abs=1e-6)


def test_random_tables_against_a_reader_of_its_own() -> None:
    luck = np.random.default_rng(7)
    shown = withheld = 0
    for _ in range(12):
        size = int(luck.integers(60, 400))
        by_quarter = {
            q: rows(
                np.where(luck.random(size) < 0.1, np.nan, luck.pareto(1.3, size) * 20).tolist(),
                a="".join(luck.choice(list("abcd"), size, p=(0.5, 0.3, 0.15, 0.05))),
                b="".join(luck.choice(list("xyz"), size, p=(0.6, 0.3, 0.1))),
            )
            for q in QUARTERS[:2]
        }
        rows_of = frozen(by_quarter)
        released: list[PublishedAmounts] = []
        plan = [
            [shape(axis("a", "a", "b", "cd"), when=Q1)],
            [shape(axis("a", "a", "b", "c", "d"), axis("b", "x", "yz"),
                   when=window("2026-Q2"), table_id="u")],
            [shape(axis("a", "ab", "cd"), when=window(*QUARTERS[:2]), table_id="w"),
             shape(axis("b", "x", "y", "z"), when=window(*QUARTERS[:2]), table_id="x")],
        ]  # fmt: skip
        for tables in plan:
            asks = [ask(table, rows_of) for table in tables]
            released += published(asks, protect_amounts(asks, released, rows_of))
        shown += sum(t is not None for each in released for t in each.amounts.totals)
        withheld += _check_reader(released, by_quarter, rows_of)
    assert shown > 100
    assert withheld > 100


def _check_reader(
    released: list[PublishedAmounts], by_quarter: dict[str, Rows], rows_of: RowsOf
) -> int:
    """Every group of one answer or two in one quarter or both that breaks a rule is hidden."""
    bounds = scipy_reader(released, rows_of)
    tried = 0
    for quarter, letter, other in product(by_quarter, ("abcd"), ("", "x", "y", "z")):
        found = by_quarter[quarter]
        inside = ~np.isnan(found.numbers["hours_held"])
        meant = {"a": letter} | ({"b": other} if other else {})
        for name, word in meant.items():
            column = found.columns[name]
            inside &= np.array([column.words[c] == word for c in column.codes])
        numbers = np.sort(found.numbers["hours_held"][inside])[::-1]
        total = numbers.sum()
        if not len(numbers):
            continue
        rest = total - numbers[:2].sum()
        fails = len(numbers) < 11 or 2 * numbers[0] > total or rest < 0.2 * numbers[0]
        if not fails:
            continue
        tried += 1
        low, high = bounds(meant, [quarter])
        near = 0.2 * max(numbers[0], 1.0)
        assert high >= total + near - 1e-5
        assert low <= max(0.0, total - near) + 1e-5
    return tried


def test_the_same_input_gives_the_same_and_the_order_of_rows_does_not_matter() -> None:
    luck = np.random.default_rng(3)
    found = rows((luck.pareto(1.2, 200) * 10).tolist(), a="".join(luck.choice(list("abcde"), 200)))
    table = shape(axis("a", *"abcde"))
    (made,), _ = _one(found, table)
    (again,), _ = _one(found.taken(luck.permutation(200)), table)
    assert made == again


def test_it_stops_when_told_and_when_the_time_is_up() -> None:
    rows_of = frozen({"2026-Q1": of_groups({"a": EVEN, "b": [5.0] * 3})})
    asks = [ask(shape(axis("a", "a", "b")), rows_of)]
    with pytest.raises(NotSafe, match="Stopped"):
        protect_amounts(asks, (), rows_of, stop=lambda: True)
    with pytest.raises(NotSafe, match="in time"):
        protect_amounts(asks, (), rows_of, seconds=0.0)


def test_an_unsafe_choice_never_gets_out(monkeypatch: Any) -> None:
    def nothing_more(hiding: Any, patience: Any) -> Any:
        return np.zeros(len(hiding.values), bool)

    monkeypatch.setattr(amounts, "choose_hidden", nothing_more)
    with pytest.raises(NotSafe, match="could be worked out"):
        _one(of_groups({"a": EVEN, "b": [5.0] * 10}), shape(axis("a", "a", "b")))


def test_a_number_below_zero_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="below 0"):
        _one(of_groups({"a": [*EVEN, -1.0]}), shape(axis("a", "a")))


def test_a_known_table_over_other_lines_is_a_fault_of_ours() -> None:
    rows_of = frozen({"2026-Q1": of_groups({"a": EVEN})})
    good = ask(shape(axis("a", "a")), rows_of)
    with pytest.raises(ValueError, match="same lines"):
        AmountAsk(shape(axis("a", "ab")), HOURS, good.known)
    assert confirm_amounts([], [], (), rows_of, threshold=11) == 0
