"""The attacker on amounts finds what is wrong with figures that were not protected, or not true."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from intake_app.core.disclosure.amounts import protect_amounts
from intake_app.core.disclosure.amounts_attack import confirm_amounts
from intake_app.core.disclosure.amounts_shown import AmountAsk, PublishedAmounts, RowsOf
from intake_app.core.disclosure.figures import Guard, Shape
from intake_app.core.errors import NotSafe
from intake_app.core.reports.release import Amounts
from tests.amount_cases import (
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


def _shown(each: AmountAsk, rows_of: RowsOf, show: Callable[[int, np.ndarray], bool]) -> Amounts:
    """Amounts with every figure that `show` says, by its place and its numbers."""
    found = rows_of(each.shape.population, each.shape.window)
    numbers = []
    for place in each.shape.places():
        inside = ~np.isnan(found.numbers["hours_held"])
        for side, i in zip(each.shape.axes, place, strict=True):
            if i < len(side.groups):
                column = found.columns[side.dimension]
                inside &= np.array([column.words[c] in side.groups[i].words for c in column.codes])
        numbers.append(found.numbers["hours_held"][inside])
    shown = [n if show(i, n) else None for i, n in enumerate(numbers)]

    def two_digits(value: float) -> float:
        return float(f"{value:.1e}")

    return Amounts(
        "hours_held", "Hours held", "hours",
        tuple(None if n is None else two_digits(n.sum()) for n in shown),
        tuple(None if n is None else two_digits(n.mean()) for n in shown),
        tuple(None if n is None else two_digits(float(np.median(n))) for n in shown),
        tuple(None for _ in shown),
    )  # fmt: skip


def _many(place: int, numbers: np.ndarray) -> bool:
    return len(numbers) >= 11


def _everything(place: int, numbers: np.ndarray) -> bool:
    return True


def _second(place: int, numbers: np.ndarray) -> bool:
    return place == 1


def _confirm(
    asks: Sequence[AmountAsk], made: Sequence[Amounts], rows_of: RowsOf,
    earlier: Sequence[PublishedAmounts] = (),
) -> int:  # fmt: skip
    return confirm_amounts(asks, made, earlier, rows_of, threshold=11)


def test_a_withheld_total_that_can_be_subtracted_is_found() -> None:
    rows_of = frozen({"2026-Q1": of_groups({"a": EVEN, "b": [5.0] * 10, "c": EVEN})})
    each = ask(shape(axis("a", "a", "b", "c")), rows_of)
    with pytest.raises(NotSafe, match="could be worked out"):
        _confirm([each], [_shown(each, rows_of, _many)], rows_of)
    without_c = _shown(each, rows_of, lambda i, n: _many(i, n) and i != 2)
    assert _confirm([each], [without_c], rows_of) >= 1


@pytest.mark.parametrize(
    "numbers", [[600.0, *[20.0] * 20], [210.0, 198.0, *[2.0] * 12], [0.0] * 15, [5.0] * 10]
)
def test_a_figure_that_breaks_a_rule_is_found(numbers: list[float]) -> None:
    rows_of = frozen({"2026-Q1": of_groups({"a": numbers})})
    each = ask(shape(axis("a", "a")), rows_of)
    with pytest.raises(NotSafe, match="could be worked out"):
        _confirm([each], [_shown(each, rows_of, _everything)], rows_of)


def test_a_difference_of_two_tables_is_found() -> None:
    rows_of = frozen({"2026-Q1": of_groups({"a": EVEN, "b": [500.0], "c": [60.0] * 25})})
    asks = [ask(shape(axis("a", "ab", "c")), rows_of),
            ask(shape(axis("a", "a", "bc"), table_id="u"), rows_of)]  # fmt: skip
    for place in (0, 1):

        def two(i: int, n: np.ndarray, p: int = place) -> bool:
            return _many(i, n) and i in (p, 1)

        unsafe = [_shown(asks[0], rows_of, _second), _shown(asks[1], rows_of, two)]
        with pytest.raises(NotSafe, match="could be worked out"):
            _confirm(asks, unsafe, rows_of)
    later = [_shown(asks[1], rows_of, _second)]
    before = published(asks[:1], [_shown(asks[0], rows_of, _second)])
    with pytest.raises(NotSafe, match="could be worked out"):
        _confirm(asks[1:], later, rows_of, before)


def test_a_year_minus_its_quarters_is_found() -> None:
    quarters = {f"2026-Q{n}": of_groups({"a": [10.0] * 40}) for n in (1, 2, 3)}
    rows_of = frozen({**quarters, "2026-Q4": of_groups({"a": [10.0] * 3})})
    before = []
    for quarter in quarters:
        each = ask(shape(axis("a", "a"), when=window(quarter)), rows_of)
        before += published([each], [_shown(each, rows_of, _many)])
    year = ask(shape(axis("a", "a"), when=window(*quarters, "2026-Q4")), rows_of)
    with pytest.raises(NotSafe, match="could be worked out"):
        _confirm([year], [_shown(year, rows_of, _many)], rows_of, before)
    assert _confirm([year], [_shown(year, rows_of, _many)], rows_of, before[:2]) == 0


def test_that_there_is_a_victim_is_found() -> None:
    victim = axis("v", "y", "n", guard=Guard.VICTIM, flagged="y")
    found = rows([10.0] * 103, a="a" * 43 + "b" * 60, v="yyy" + "n" * 100)
    rows_of = frozen({"2026-Q1": found})
    each = ask(shape(axis("a", "a", "b"), victim), rows_of)
    # a and not a victim, and a in all: 400 and 430.
    with pytest.raises(NotSafe, match="could be worked out"):
        _confirm([each], [_shown(each, rows_of, _many)], rows_of)


def _margins(guard: Guard, numbers: Sequence[Sequence[float]]) -> None:
    """Two lines of two figures each: only what they add up to is shown."""
    flat = [number for each in numbers for number in each]
    sizes = [len(each) for each in numbers]
    found = rows(
        flat,
        a="a" * (sizes[0] + sizes[1]) + "b" * (sizes[2] + sizes[3]),
        v="".join(word * size for word, size in zip("ynyn", sizes, strict=True)),
    )
    rows_of = frozen({"2026-Q1": found})
    side = axis("v", "y", "n", guard=guard, flagged="y" if guard is Guard.VICTIM else "")
    each = ask(shape(axis("a", "a", "b"), side), rows_of)

    def margins(i: int, n: np.ndarray) -> bool:
        return _many(i, n) and (i >= 6 or i % 3 == 2)

    _confirm([each], [_shown(each, rows_of, margins)], rows_of)


def test_bounds_too_near_on_one_side_alone_are_found() -> None:
    # The one beside it holds too little: 500 can be at most 511.
    rows_of = frozen({"2026-Q1": of_groups({"a": [500.0], "b": [1.0] * 11, "c": [90.0] * 20})})
    each = ask(shape(axis("a", "a", "b", "c")), rows_of)
    made = _shown(each, rows_of, lambda i, n: len(n) > 11 and i >= 2)
    with pytest.raises(NotSafe, match="could be worked out"):
        _confirm([each], [made], rows_of)
    # 200 can be less only by what the 11 hours of the last figure can be less.
    with pytest.raises(NotSafe, match="could be worked out"):
        _margins(Guard.NONE, ([200.0], [10.0] * 40, [10.0] * 30, [1.0] * 11))
    _margins(Guard.NONE, ([200.0], [10.0] * 40, [10.0] * 30, [10.0] * 11))


def test_that_some_victim_must_be_there_is_found() -> None:
    figures = ([10.0] * 3, [10.0] * 40, [10.0] * 30, [1.0] * 11)  # 30 hours, 19 at least
    _margins(Guard.NONE, figures)
    with pytest.raises(NotSafe, match="could be worked out"):
        _margins(Guard.VICTIM, figures)


def test_what_is_not_true_is_found() -> None:
    rows_of = frozen({"2026-Q1": of_groups({"a": [float(n) for n in range(10, 40)]})})
    each = ask(shape(axis("a", "a")), rows_of)
    (good,) = protect_amounts([each], (), rows_of)
    assert good.reached == (29.0, 29.0)
    wrong = [
        replace(good, totals=(900.0, 730.0)),
        replace(good, totals=(735.0, 730.0)),  # not rounded
        replace(good, means=(29.0, 24.0)),
        replace(good, medians=(20.0, 24.0)),
        replace(good, reached=(30.0, 29.0)),
        replace(good, reached=(28.5, 29.0)),
    ]
    for bad in wrong:
        with pytest.raises(NotSafe, match="do not agree"):
            _confirm([each], [bad], rows_of)
    hidden = replace(good, totals=(None, good.totals[1]))
    with pytest.raises(NotSafe, match="could be worked out"):
        _confirm([each], [hidden], rows_of)


def test_on_random_tables_it_says_what_a_reader_of_its_own_says() -> None:
    luck = np.random.default_rng(11)
    found_out = safe = 0
    for _ in range(40):
        size = int(luck.integers(40, 160))
        numbers = (luck.pareto(2.5, size) * 20 + 1).tolist()
        letters = "".join(luck.choice(list("abcd"), size, p=(0.4, 0.3, 0.2, 0.1)))
        rows_of = frozen({"2026-Q1": rows(numbers, a=letters)})
        tables: list[Shape] = [shape(axis("a", "a", "b", "cd")),
                               shape(axis("a", "ab", "c", "d"), table_id="u")]  # fmt: skip
        asks = [ask(table, rows_of) for table in tables]
        keep = (luck.random(8) < 0.7).tolist()

        def kept(i: int, n: np.ndarray, k: list[bool] = keep) -> bool:
            return k[i] and _fine(n)

        made = [_shown(each, rows_of, kept) for each in asks]
        bounds = scipy_reader(published(asks, made), rows_of)
        told = False
        for letter in "abcd":
            n = np.array([v for v, at in zip(numbers, letters, strict=True) if at == letter])
            if len(n) and not _fine(n):
                low, high = bounds({"a": letter}, ["2026-Q1"])
                near = 0.2 * n.max()
                told |= high < n.sum() + near - 1e-4 or low > max(0.0, n.sum() - near) + 1e-4
        if all(t is None for m in made for t in m.totals):
            continue
        if told:
            found_out += 1
            with pytest.raises(NotSafe, match="could be worked out"):
                _confirm(asks, made, rows_of)
        elif _no_union_told(asks, made):
            safe += 1
            _confirm(asks, made, rows_of)
    assert found_out >= 3
    assert safe >= 3


def _fine(numbers: np.ndarray) -> bool:
    if len(numbers) < 11:
        return False
    first, second = np.sort(numbers)[::-1][:2]
    total = numbers.sum()
    return bool(2 * first <= total and total - first - second >= 0.2 * first)


def _no_union_told(asks: Sequence[AmountAsk], made: Sequence[Amounts]) -> bool:
    """Whether every withheld line is one of single answers, which the reader above was asked."""
    return all(
        total is not None or len(side.groups[place[0]].words) == 1
        for each, amounts in zip(asks, made, strict=True)
        for side in each.shape.axes
        for place, total in zip(each.shape.places(), amounts.totals, strict=True)
        if place[0] < len(side.groups)
    )
