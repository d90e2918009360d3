"""What a reader writes down must be all there is to write down, and true."""

import numpy as np

from intake_app.core.disclosure.attacker_blocks import quarter_words, quarters_of
from intake_app.core.disclosure.attacker_reading import Reading
from intake_app.core.disclosure.attacker_sums import NO_LIMIT
from intake_app.core.disclosure.figures import Guard, ProtectedTable, Shape
from intake_app.core.reports.rows import Population
from tests.small_tables import Q1, Q2, YEAR, axis, counted, hide, rows_from, shape_of, truth_of
from tests.small_tables import window as window_of

SIDES = {"one": 4, "two": 3, "three": 5}
PERIODS = {
    period: rows_from(SIDES, 60, np.random.default_rng(n))
    for n, period in enumerate(("2025-Q1", "2025-Q2", "2025-Q3"))
}
TRUTH = truth_of(PERIODS)
THREE = window_of("2025-Q1", "2025-Q2", "2025-Q3")


def reading(*shapes: Shape) -> Reading:
    return Reading(Population.EPISODES, [hide(TRUTH(shape)) for shape in shapes])


def test_true_counts_satisfy_all_sums() -> None:
    """Linked tables, periods with a year, and groups that cut across each other."""
    read = reading(
        shape_of(axis("one", 4), axis("two", 3), axis("three", 5)),
        shape_of(axis("two", ["ab", "c"]), axis("one", ["a", "bcd"]), when=THREE),
        shape_of(axis("one", ["ac", "bd"]), when=Q2),
        shape_of(axis("three", 5), when=THREE),
        shape_of(when=Q2),
    )
    counts, sums = read.true_counts(TRUTH), read.sums()
    reached = np.zeros(len(sums.low), np.int64)
    np.add.at(reached, sums.rows, sums.signs * counts[sums.columns])
    assert (reached >= sums.low).all()
    assert (reached <= sums.high).all()
    for figure in read.figures.values():
        if figure.shown is not None:
            assert counts[figure.parts].sum() == figure.shown
    assert any(not figure.published for figure in read.figures.values())
    totals = {
        tuple(sorted(f.quarters)): counts[f.parts].sum()
        for f in read.figures.values()
        if not f.questions
    }
    assert sorted(totals.values()) == [60, 60, 60, 180]


def test_the_same_figure_in_two_tables_is_one() -> None:
    read = reading(shape_of(axis("one", 4), axis("two", 3)), shape_of(axis("one", 4), name="U"))
    (total,) = [f for f in read.figures.values() if not f.questions]
    assert [number for number, _ in total.places] == [0, 1]
    assert len([f for f in read.figures.values() if f.questions == ("one",)]) == 4


def test_windows_are_cut_into_pieces_only_where_two_are_used() -> None:
    """A question asked of the year alone is not cut; one asked of a quarter too is."""
    read = reading(shape_of(axis("one", 4), when=YEAR), shape_of(axis("two", 3), when=Q1))
    hidden = [f for f in read.figures.values() if not f.published]
    assert [(f.questions, quarter_words(f.quarters)) for f in hidden] == [((), "2025-Q2")]
    assert quarters_of(YEAR) == {2025 * 4, 2025 * 4 + 1}


def test_what_a_reader_knows_of_a_withheld_figure() -> None:
    """At least 1, but not where victims are told of, nor where one may have all of a line."""
    victims = shape_of(axis("one", 2), axis("dv", ["a", "b"], Guard.VICTIM))
    table = hide(counted(victims, [[3, 97], [0, 100]]), (0, 0), (0, 2), (1, 0))
    assert least(table) == {(0, 0): 0, (0, 2): 1, (1, 0): 0}
    assert least(table, True) == {(0, 0): 1, (0, 2): 1, (1, 0): 1}
    outcome = shape_of(axis("one", 2), axis("outcome", 3, Guard.GROUP))
    table = hide(counted(outcome, [[40, 0, 0], [2, 30, 0]]), (0, 0), (0, 1), (1, 0), (1, 2), (0, 3))
    assert least(table) == {(0, 0): 0, (0, 1): 0, (1, 0): 1, (1, 2): 1, (0, 3): 1}


def least(table: ProtectedTable, zeros_shown: bool = False) -> dict[tuple[int, ...], int]:
    read = Reading(Population.EPISODES, [table], zeros_shown=[zeros_shown])
    limits = {f.places[0][1]: f.least for f in read.figures.values() if f.shown is None}
    sums = read.sums()
    assert (sums.high == NO_LIMIT).sum() == sum(limits.values())
    return limits
