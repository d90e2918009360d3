"""Facts in columns, and what is counted of them."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.disclosure.figures import Axis, Group, Shape
from intake_app.core.reports.counting import count, lines_of
from intake_app.core.reports.periods import Window, read_period
from intake_app.core.reports.rows import Column, Population, Rows, joined

WINDOW = Window((read_period("2026-Q1"),))
ONE = Axis("one", "One", (Group("A or B", frozenset("ab")), Group("C", frozenset("c"))))
TWO = Axis("two", "Two", tuple(Group(w, frozenset({w})) for w in "xyz"))
ANSWERS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.floats(0, 99) | st.none())
)


def shape(*axes: Axis) -> Shape:
    return Shape("t", "T", Population.EPISODES, WINDOW, axes)


def rows(answers: list[tuple[str, str, float | None]]) -> Rows:
    return Rows(
        Population.EPISODES,
        len(answers),
        {
            "one": Column.of(one for one, _, _ in answers),
            "two": Column.of(two for _, two, _ in answers),
        },
        {"hours": np.array([np.nan if h is None else h for _, _, h in answers], np.float64)},
    )


@given(ANSWERS)
def test_counts_are_those_of_counting_one_by_one(
    answers: list[tuple[str, str, float | None]],
) -> None:
    table = shape(ONE, TWO)
    counted = count(table, rows(answers)).counts
    label = {"a": "A or B", "b": "A or B", "c": "C"}
    slow = Counter((label[one], two) for one, two, _ in answers)
    for place in table.places():
        first, second = table.labels(place)
        wanted = sum(
            n
            for (one, two), n in slow.items()
            if first in (one, "Total") and second in (two, "Total")
        )
        assert counted[place] == wanted


@given(ANSWERS, ANSWERS)
def test_kept_rows_come_back_and_join(
    some: list[tuple[str, str, float | None]], more: list[tuple[str, str, float | None]]
) -> None:
    back = Rows.from_bytes(rows(some).to_bytes())
    both = joined([back, rows(more)])
    assert both.size == len(some) + len(more)
    table = shape(ONE, TWO)
    separately = count(table, rows(some)).counts + count(table, rows(more)).counts
    assert (count(table, both).counts == separately).all()
    assert np.array_equal(both.numbers["hours"], rows(some + more).numbers["hours"], equal_nan=True)


def test_a_table_without_sides_is_a_total() -> None:
    assert count(shape(), rows([("a", "x", 1.0)] * 3)).counts == 3
    assert lines_of(shape(), rows([("a", "x", None)])).shape == (1, 0)


def test_the_lines_a_row_falls_in() -> None:
    lines = lines_of(shape(ONE, TWO), rows([("b", "z", None), ("c", "x", None)]))
    assert lines.tolist() == [[0, 2], [1, 0]]


def test_an_answer_without_a_line_is_no_table() -> None:
    axis = replace(TWO, groups=TWO.groups[:2])
    with pytest.raises(ValueError, match="stands in no group"):
        count(shape(axis), rows([("a", "z", None)]))
    # The answer is known of, but nobody gave it: a later period may have it.
    known = Rows(Population.EPISODES, 1, {"two": Column(("x", "z"), np.array([0], np.int16))}, {})
    assert count(shape(axis), known).counts.tolist() == [1, 0, 1]


def test_rows_can_be_taken_by_place() -> None:
    taken = rows([("a", "x", 1.0), ("b", "y", 2.0), ("c", "z", 3.0)]).taken(np.array([2, 0]))
    assert [taken.columns["one"].words[c] for c in taken.columns["one"].codes] == ["c", "a"]
    assert taken.numbers["hours"].tolist() == [3.0, 1.0]


def test_only_rows_of_one_population_are_joined() -> None:
    one = rows([("a", "x", None)])
    with pytest.raises(ValueError, match="one population"):
        joined([one, replace(one, population=Population.LETTERS)])
    with pytest.raises(ValueError, match="one place for each row"):
        replace(one, size=2)
