"""Adding up, the rules of a total, and rounding."""

import numpy as np
import pytest

from intake_app.core.disclosure.amounts_sums import (
    Sums,
    gathered,
    rounded,
    rounded_down,
    sums_of,
)
from tests.amount_cases import axis, rows, shape


def _breaks(numbers: list[float], threshold: int = 11) -> bool:
    """The p%-rule by its own words: the second largest takes itself from the total, and what is
    left is within 20 % of the largest."""
    largest, second = sorted(numbers, reverse=True)[:2]
    guess = sum(numbers) - second
    return (
        len(numbers) < threshold
        or sum(numbers) == 0
        or largest / sum(numbers) > 0.5
        or guess - largest < 0.2 * largest
    )


def test_the_rules_against_their_own_words() -> None:
    luck = np.random.default_rng(1)
    said = []
    for _ in range(2000):
        size = int(luck.integers(2, 30))
        numbers = np.round(luck.pareto(luck.uniform(0.3, 3.0), size) * 100)
        sums = sums_of((np.sort(numbers),))
        said.append(bool(sums.showable(5)[0]))
        assert said[-1] is not _breaks(numbers.tolist(), 5), numbers
    assert 300 < sum(said) < 1700


@pytest.mark.parametrize(("numbers", "shown"), [
    ([10.0] * 11, True),
    ([10.0] * 10, False),
    ([100.0, *[10.0] * 10], True),  # half of the total
    ([101.0, *[10.0] * 10], False),
    ([100.0, 90.0, *[2.0] * 10], True),  # the rest is 20 % of the largest
    ([100.0, 90.0, *[1.9] * 10], False),
    ([0.0] * 30, False),
])  # fmt: skip
def test_the_edges_of_the_rules(numbers: list[float], shown: bool) -> None:
    assert sums_of((np.sort(numbers),)).showable(11)[0] == shown


def test_a_group_of_zeros_has_leeway_too() -> None:
    made = Sums(*(np.array([each]) for each in (3.0, 0.0, 0.0, 0.0)))
    assert made.leeway[0] == pytest.approx(0.2)
    assert sums_of((np.array([1.0, 50.0]),)).leeway[0] == pytest.approx(10.0)


def test_numbers_in_every_figure_totals_included() -> None:
    found = rows([3, np.nan, 1, 2, 5], a="abbab", b="xxyyy")
    table = shape(axis("a", "a", "b"), axis("b", "x", "y"))
    made = [each.tolist() for each in gathered(table, found, "hours_held")]
    assert made == [[3], [2], [2, 3], [], [1, 5], [1, 5], [3], [1, 2, 5], [1, 2, 3, 5]]
    (alone,) = gathered(shape(), found, "hours_held")
    assert alone.tolist() == [1, 2, 3, 5]


def test_a_number_the_rows_do_not_have_is_known_of_nobody() -> None:
    found = rows([1.0] * 20, a="a" * 20)
    sums = sums_of(gathered(shape(axis("a", "a")), found, "midnights_held"))
    assert sums.known.tolist() == [0, 0]
    assert not sums.showable(5).any()
    assert gathered(shape(), rows(()), "hours_held")[0].tolist() == []


def test_rounding() -> None:
    assert [rounded(v) for v in (0.0, 4.0, 47.6, 12345.0, 0.123)] == [0, 4, 48, 12000, 0.12]
    assert [rounded_down(v) for v in (0.0, 4.0, 47.9, 12999.0, 4.8, 0.3)] == [
        0, 4, 47, 12000, 4.8, 0.3,
    ]  # fmt: skip
    for value in np.random.default_rng(2).pareto(0.5, 500):
        assert value * 0.9 - 1e-12 <= rounded_down(value) <= value
