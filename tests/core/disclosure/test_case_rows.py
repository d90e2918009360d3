"""Case rows: each stands there often enough, every label is true, nothing is left out."""

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.core.disclosure.case_rows import (
    RowClasses,
    all_coarser,
    coarser,
    generalize,
    specialize,
)
from intake_app.core.disclosure.figures import Group
from intake_app.core.disclosure.hierarchies import ANY, Hierarchy
from intake_app.core.errors import NotSafe
from intake_app.core.reports.rows import Column, Population, Rows
from tests.published_rows import FOUR, Facts, hierarchies

LEVELS = (("abcdefgh",), ("abcd", "efgh"), ("ab", "cd", "ef", "gh"), tuple("abcdefgh"))


def eight(name: str) -> Hierarchy:
    """Eight answers, in pairs, in fours."""
    made = [
        tuple(Group(ANY if len(w) == 8 else w.upper(), frozenset(w)) for w in level)
        for level in LEVELS
    ]
    return Hierarchy(name, name, tuple(made))


def rows_of(*columns: str) -> Rows:
    made = {f"c{number}": Column.of(column) for number, column in enumerate(columns)}
    return Rows(Population.EPISODES, len(columns[0]), made, {})


def check(classes: RowClasses, rows: Rows, k: int) -> None:
    """Every promise of a set of classes, tried one row at a time."""
    labels = [classes.labels(number) for number in range(len(classes.counts))]
    assert len(set(labels)) == len(labels)
    told = Counter(labels[number] for number in classes.class_of)
    assert told == dict(zip(labels, classes.counts.tolist(), strict=True))
    assert min(told.values()) >= k
    assert sum(told.values()) == rows.size
    for j, hierarchy in enumerate(classes.hierarchies):
        column = rows.columns[hierarchy.dimension]
        place = {word: i for i, word in enumerate(hierarchy.words)}
        for code, number in zip(column.codes, classes.class_of, strict=True):
            word = column.words[code]
            assert word in hierarchy.words_of[labels[number][j]]
            assert classes.possible[j][number, place[word]]
        for number, each in enumerate(labels):
            may = {w for w, i in place.items() if classes.possible[j][number, i]}
            assert may <= hierarchy.words_of[each[j]]


@settings(deadline=None, max_examples=80)
@given(data=st.data(), k=st.integers(2, 6), width=st.integers(1, 3))
def test_any_rows_hold_k_and_tell_the_truth(data: Any, k: int, width: int) -> None:
    size = data.draw(st.integers(k, 60))
    # Answers few at first and rare later: so some stand alone and most do not.
    answers = st.sampled_from("aaaaaaabbbbccdefgh")
    columns = [data.draw(st.text(answers, min_size=size, max_size=size)) for _ in range(width)]
    rows = rows_of(*columns)
    check(specialize(rows, [eight(f"c{j}") for j in range(width)], k), rows, k)


@pytest.mark.parametrize("size", [40, 400, 3000])
def test_invented_cases_hold_k_and_the_same_cases_give_the_same_rows(size: int) -> None:
    facts = Facts(size)
    one = facts.of_period(FOUR)
    check(one.classes, one.rows, 11)
    again = facts.of_period(FOUR).classes
    assert (one.classes.class_of == again.class_of).all()


def test_more_cases_tell_more() -> None:
    losses = [Facts(size).of_period(FOUR).classes.loss for size in (200, 2000, 20000)]
    assert losses[0] > losses[1] > losses[2]
    assert losses[2] < 0.2


def test_a_label_with_too_few_rows_takes_the_smallest_one_that_has_enough() -> None:
    # 30 a, 12 b, 2 e: the two can't stand alone, so b stays with them under “Any”.
    classes = generalize(rows_of("a" * 30 + "b" * 12 + "e" * 2), [eight("c0")], 11)
    told = {classes.labels(i)[0]: int(n) for i, n in enumerate(classes.counts)}
    assert told == {ANY: 44}
    classes = generalize(rows_of("a" * 30 + "e" * 12 + "g" * 2 + "c" * 14), [eight("c0")], 11)
    told = {classes.labels(i)[0]: int(n) for i, n in enumerate(classes.counts)}
    assert told == {"A": 30, "C": 14, "EFGH": 14}


def test_one_class_or_many_can_be_told_coarser_and_stay_true() -> None:
    facts = Facts(2000)
    one = facts.of_period(FOUR)
    for number in (0, 40, len(one.classes.counts) - 1):
        level = int(one.classes.level[number, 1])
        if level:
            check(coarser(one.classes, number, {1: level - 1, 0: 0}), one.rows, 11)
    some = one.classes.counts < 20
    made = all_coarser(one.classes, some, [0, 2])
    check(made, one.rows, 11)
    assert made.loss > one.classes.loss


def test_too_few_cases_and_too_many_columns_are_refused() -> None:
    with pytest.raises(NotSafe, match="fewer than 11 cases"):
        Facts(10).of_period(FOUR)
    seven = (*FOUR, "sex", "language", "children")
    with pytest.raises(ValueError, match="one to 6"):
        Facts(100).of_period(seven)
    with pytest.raises(ValueError, match="one to 6"):
        generalize(Facts(100).rows[next(iter(Facts(100).rows))], [], 11)


def test_the_levels_told_add_up_to_all_rows() -> None:
    classes = Facts(500).of_period(FOUR).classes
    for column, hierarchy in enumerate(hierarchies(*FOUR)):
        assert sum(classes.told(column)) == 500
        assert len(classes.told(column)) == len(hierarchy.levels)
    assert 0 < classes.loss < 1
    assert np.isclose(classes.loss, np.mean([_hidden(classes, j) for j in range(4)]))


def _hidden(classes: RowClasses, column: int) -> float:
    hierarchy = classes.hierarchies[column]
    labels = [classes.labels(number)[column] for number in classes.class_of]
    others = len(hierarchy.words) - 1
    return float(np.mean([(len(hierarchy.words_of[label]) - 1) / others for label in labels]))
