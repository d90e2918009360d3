"""Tables of figures, as they go to the ledger and come back."""

import numpy as np
import pytest

from intake_app.core.disclosure.figures import (
    Axis,
    CountTable,
    Group,
    Guard,
    ProtectedTable,
    Shape,
    SingleFigure,
)
from intake_app.core.reports.periods import Window, read_period
from intake_app.core.reports.rows import Population

WINDOW = Window((read_period("2026-Q1"), read_period("2026-Q2")))


def axis(name: str, words: str, guard: Guard = Guard.NONE) -> Axis:
    groups = tuple(Group(w.upper(), frozenset({w})) for w in words)
    return Axis(name, name, groups, guard, frozenset(words[:1]))


SHAPE = Shape(
    "T2",
    "Two",
    Population.EPISODES,
    WINDOW,
    (axis("one", "ab"), axis("two", "xyz", Guard.VICTIM)),
)


def test_figures_stand_in_printed_order() -> None:
    table = ProtectedTable(SHAPE, tuple(range(12)))
    assert [table.at(place) for place in SHAPE.places()] == list(range(12))
    assert SHAPE.labels((1, 3)) == ("B", "Total")
    assert (SHAPE.size, SHAPE.figures, SHAPE.guard) == ((3, 4), 12, Guard.VICTIM)
    total = Shape("T0", "All", Population.LETTERS, WINDOW, ())
    assert list(total.places()) == [()]
    assert ProtectedTable(total, (None,)).at(()) is None


def test_a_table_comes_back_from_the_ledger() -> None:
    table = ProtectedTable(SHAPE, (None, *range(11)))
    assert ProtectedTable.from_json(table.to_json()) == table
    assert table.withheld == 1
    known = SingleFigure(Population.EPISODES, WINDOW, frozenset({("one", frozenset("ab"))}), 7)
    assert SingleFigure.from_json(known.to_json()) == known


@pytest.mark.parametrize("figures", [(1,) * 11, (1,) * 13, (-1, *(0,) * 11)])
def test_figures_that_do_not_fit_are_refused(figures: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="figure"):
        ProtectedTable(SHAPE, figures)


def test_a_kept_figure_is_a_whole_number() -> None:
    stored = ProtectedTable(SHAPE, (1,) * 12).to_json()
    for wrong in (1.0, "1", True):
        with pytest.raises(TypeError):
            ProtectedTable.from_json({**stored, "figures": [wrong, *(1,) * 11]})


def test_true_counts_fit_their_table() -> None:
    CountTable(SHAPE, np.ones((3, 4), np.int64))
    with pytest.raises(ValueError, match="fit"):
        CountTable(SHAPE, np.ones((2, 4), np.int64))
    with pytest.raises(ValueError, match="fit"):
        CountTable(SHAPE, -np.ones((3, 4), np.int64))


def test_a_side_has_every_answer_and_label_once() -> None:
    a = Group("A", frozenset("a"))
    for groups in ((), (a, a), (a, Group("B", frozenset("ab"))), (Group("Total", frozenset("t")),)):
        with pytest.raises(ValueError, match="every"):
            Axis("one", "One", groups)


def test_a_table_has_three_different_sides_at_most() -> None:
    sides = tuple(axis(name, "ab") for name in ("1", "2", "3", "4"))
    with pytest.raises(ValueError, match="three"):
        Shape("T", "T", Population.EPISODES, WINDOW, sides)
    with pytest.raises(ValueError, match="once"):
        Shape("T", "T", Population.EPISODES, WINDOW, (sides[0], sides[0]))


def test_the_same_table_may_have_another_title() -> None:
    other = Shape("T2", "Renamed", SHAPE.population, SHAPE.window, SHAPE.axes)
    assert SHAPE.same_table(other)
    assert not SHAPE.same_table(Shape("T2", "Two", SHAPE.population, SHAPE.window, SHAPE.axes[:1]))
