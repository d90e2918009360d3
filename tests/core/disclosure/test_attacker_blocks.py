"""Pieces of time and atoms of answers, and their true counts."""

import numpy as np
import pytest

from intake_app.core.disclosure.attacker_blocks import (
    Block,
    quarter_words,
    quarters_of,
    true_pieces,
)
from intake_app.core.disclosure.figures import CountTable, Shape
from intake_app.core.errors import NotSafe
from intake_app.core.reports.rows import Population
from tests.small_tables import Q1, YEAR, rows_from, truth_of, window

PERIODS = {
    period: rows_from({"one": 4}, 60, np.random.default_rng(n))
    for n, period in enumerate(("2025-Q1", "2025-Q2"))
}


def block(*windows: str) -> Block:
    made = Block(("one",))
    made.take(YEAR, [[frozenset("ab"), frozenset("cd")]])
    for each in windows:
        made.take(window(each), [[frozenset("a"), frozenset("bcd")]])
    return made


def test_windows_and_groups_are_cut_where_they_cross() -> None:
    made = block("2025-Q1")
    assert [quarter_words(piece) for piece in made.pieces] == ["2025-Q1", "2025-Q2"]
    assert made.atoms == [[frozenset("a"), frozenset("b"), frozenset("cd")]]
    assert made.parts(quarters_of(YEAR), [frozenset("ab")]).tolist() == [0, 1, 3, 4]
    assert made.parts(quarters_of(Q1), [frozenset("bcd")]).tolist() == [1, 2]


@pytest.mark.parametrize("windows", [("2025-Q1",), ("2025-Q1", "2025-Q2"), ("2025-Q2",)])
def test_a_piece_of_time_nobody_published_has_its_true_counts(windows: tuple[str, ...]) -> None:
    found = true_pieces(Population.EPISODES, block(*windows), truth_of(PERIODS))
    for spot, piece in enumerate(block(*windows).pieces):
        codes = PERIODS[quarter_words(piece)].columns["one"].codes
        a, b, c, d = np.bincount(codes, minlength=4)
        assert found[spot].tolist() == [a, b, c + d]


def test_a_half_year_is_its_quarters() -> None:
    assert quarters_of(window("2025-H1")) == quarters_of(YEAR)
    assert len(quarters_of(window("2025"))) == 4


def test_a_piece_without_a_true_count_is_refused() -> None:
    made = block("2025-Q1", "2025-Q2")
    with pytest.raises(NotSafe, match="do not agree"):
        true_pieces(Population.EPISODES, made, truth_of({"2025-Q1": PERIODS["2025-Q1"]}))

    def other_year(shape: Shape) -> CountTable:
        fewer = {each: rows_from({"one": 4}, 1, np.random.default_rng(9)) for each in PERIODS}
        return truth_of(fewer if len(shape.window.periods) > 1 else PERIODS)(shape)

    for some in (("2025-Q1",), ("2025-Q1", "2025-Q2")):
        with pytest.raises(NotSafe, match="do not agree"):
            true_pieces(Population.EPISODES, block(*some), other_year)
