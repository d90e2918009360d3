"""A dozen random offices publish for a year or two; nobody is found. `make bench` plays 200."""

import pytest

from tests.random_offices import naive_series, play


def test_a_dozen_offices_give_nobody_away() -> None:
    leaks = play(12, seed=3, seconds=5.0, tried_outside=4, most_figures=60)
    assert leaks.offices == 12
    assert leaks.small > 100
    assert (leaks.provable, leaks.exact) == (0, 0)
    assert leaks.outside > 20
    assert (leaks.outside_provable, leaks.outside_victims) == (0, 0)
    assert leaks.naive_provable > 100
    assert leaks.naive_exact > 10
    assert leaks.refused <= leaks.releases // 10


@pytest.mark.parametrize("cases", [400, 2_000])
def test_releases_protected_one_by_one_leak_and_the_series_does_not(cases: int) -> None:
    small, exact, ours = naive_series(cases, seed=5)
    assert small > 20
    assert exact > 0
    assert ours == 0
