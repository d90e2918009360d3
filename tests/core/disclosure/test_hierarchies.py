"""Answers, their groups, “Any”: each level takes those of the next together whole."""

import numpy as np
import pytest

from intake_app.core.disclosure.figures import Group
from intake_app.core.disclosure.hierarchies import ANY, Hierarchy, hierarchy_of
from intake_app.core.reports.catalogue import DIMENSIONS, dimensions_of
from intake_app.core.reports.dimensions import Dimension
from intake_app.core.reports.rows import Column, Population
from tests.report_rows import COUNTIES


def groups(*words: str) -> tuple[Group, ...]:
    return tuple(Group(word.upper(), frozenset(word)) for word in words)


@pytest.mark.parametrize("dimension", dimensions_of(Population.EPISODES), ids=lambda d: d.id)
def test_every_question_about_cases_has_a_hierarchy_from_any_to_its_answers(
    dimension: Dimension,
) -> None:
    made = hierarchy_of(dimension, COUNTIES)
    assert [group.label for group in made.levels[0]] == [ANY]
    assert {word for group in made.levels[-1] for word in group.words} == set(made.words)
    assert set(made.words) == set(dimension.words or COUNTIES)
    assert made.hidden[0][0] == 1
    assert (made.hidden[-1] == 0).all()
    assert Hierarchy.from_json(made.to_json()) == made
    codes = made.codes(Column(made.words, np.arange(len(made.words), dtype=np.int16)))
    for level, placed in zip(made.levels, codes, strict=True):
        told = [level[place].words for place in placed]
        assert all(word in words for word, words in zip(made.words, told, strict=True))


def test_countries_go_up_to_their_region() -> None:
    made = hierarchy_of(DIMENSIONS["country"])
    assert len(made.levels) == 4
    assert len(made.words) > 200


@pytest.mark.parametrize(
    "levels",
    [
        (groups("abcd"), groups("ab", "cd"), groups("a", "bc", "d")),
        (groups("abc"), groups("a", "b")),
        (groups("ab"), (Group("AB", frozenset("a")), Group("B", frozenset("b")))),
    ],
)
def test_levels_that_cross_or_a_label_for_two_things_are_refused(
    levels: tuple[tuple[Group, ...], ...],
) -> None:
    with pytest.raises(ValueError, match=r"a level|every level|a label"):
        Hierarchy("x", "X", levels)


def test_an_answer_the_hierarchy_does_not_know_is_refused() -> None:
    made = Hierarchy("x", "X", (groups("ab"), groups("a", "b")))
    with pytest.raises(ValueError, match="no place"):
        made.codes(Column.of("abz"))
