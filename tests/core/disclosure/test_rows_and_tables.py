"""Rows and tables side by side: what one leaves of the other is never a small group."""

from dataclasses import replace

import numpy as np
import pytest

from intake_app.core.disclosure.case_rows import specialize
from intake_app.core.disclosure.figures import Axis, Group, ProtectedTable, Shape, SingleFigure
from intake_app.core.disclosure.hierarchies import Hierarchy
from intake_app.core.disclosure.rows_and_tables import fit_to_tables, still_safe_with_rows
from intake_app.core.disclosure.rows_program import RowsOfPeriod, RowsProgram
from intake_app.core.errors import NotSafe
from intake_app.core.reports.counting import count
from intake_app.core.reports.periods import Window
from intake_app.core.reports.rows import Column, Population, Rows, joined
from tests.core.disclosure.test_case_rows import check, eight
from tests.published_rows import FOUR, Q1, Q2, Facts

SHAPE = Shape(
    "T", "Letters", Population.EPISODES, Window((Q1,)),
    (Axis("c0", "C0", tuple(Group(w.upper(), frozenset(w)) for w in "abcdefgh")),),
)  # fmt: skip


def letters(named: str, others: str) -> Rows:
    """Rows of two columns: the letters, and whether they are among the named."""
    columns = {"c0": Column.of(named + others), "c1": Column.of("a" * len(named) + "b" * 20)}
    return Rows(Population.EPISODES, len(named) + 20, columns, {})


def leaking() -> tuple[RowsOfPeriod, ProtectedTable]:
    """100 a, of which the rows name 96: 4 are told as “Any”, with 16 of other letters."""
    rows = letters("a" * 96 + "b" * 30, "a" * 4 + "c" * 8 + "e" * 8)
    hierarchies: list[Hierarchy] = [eight("c0"), eight("c1")]
    classes = specialize(rows, hierarchies, 11)
    table = ProtectedTable(SHAPE, tuple(count(SHAPE, rows).counts.tolist()))
    return RowsOfPeriod(Q1, classes, rows), hide_small(table)


def hide_small(table: ProtectedTable) -> ProtectedTable:
    return replace(
        table, figures=tuple(None if 0 < f < 11 else f for f in table.figures if f is not None)
    )


def test_a_difference_of_four_is_seen_and_the_rows_told_coarser_until_it_is_gone() -> None:
    one, table = leaking()

    def facts(_: object) -> Rows:
        return one.rows

    assert RowsProgram([one], [table], facts, 11).clues(10)
    with pytest.raises(NotSafe, match="“Letters” would show a group smaller than 11"):
        still_safe_with_rows([one], [table], facts)
    classes = fit_to_tables(one, [], [table], facts)
    check(classes, one.rows, 11)
    still_safe_with_rows([replace(one, classes=classes)], [table], facts)


@pytest.mark.parametrize("size", [300, 1500, 6000])
def test_rows_beside_protected_tables_become_safe(size: int) -> None:
    facts = Facts(size)
    tables = facts.protected(
        facts.shape("charge_level", "outcome"),
        facts.shape("charge_level", "sex"),
        facts.shape("victim", "charge_level"),
    )
    one = facts.of_period(FOUR)
    classes = fit_to_tables(one, [], tables, facts, seconds=60)
    check(classes, one.rows, 11)
    assert classes.loss < one.classes.loss + 0.15
    still_safe_with_rows([replace(one, classes=classes)], tables, facts, seconds=60)


def test_a_later_table_that_would_undo_the_rows_is_refused_and_a_safe_one_is_not() -> None:
    facts = Facts(1500)
    one = facts.of_period(FOUR)
    fine = facts.naive("charge_level", "outcome", "country")
    with pytest.raises(NotSafe, match="Leave out a column"):
        still_safe_with_rows([one], [fine], facts, seconds=60)
    still_safe_with_rows([one], [facts.naive("facility_kind")], facts)
    still_safe_with_rows([], [fine], facts)


def test_a_year_less_another_quarter_is_the_quarter_of_the_rows() -> None:
    one, _ = leaking()
    quarters = {Q1: one.rows, Q2: letters("a" * 50 + "b" * 20, "c" * 10 + "e" * 10)}
    year = replace(SHAPE, window=Window((Q1, Q2)))
    counts = count(SHAPE, joined(list(quarters.values()))).counts
    whole = hide_small(ProtectedTable(year, tuple(counts.tolist())))
    still_safe_with_rows([one], [whole], quarters.__getitem__)
    second = replace(SHAPE, window=Window((Q2,)))
    later = ProtectedTable(second, tuple(count(SHAPE, quarters[Q2]).counts.tolist()))
    with pytest.raises(NotSafe):
        still_safe_with_rows([one], [whole, later], quarters.__getitem__)


def test_a_figure_known_from_elsewhere_counts_as_published() -> None:
    one, table = leaking()

    def facts(_: object) -> Rows:
        return one.rows

    hidden = replace(table, figures=(None, None, None, None, None, None, None, None, 154))
    still_safe_with_rows([one], [hidden], facts)
    known = SingleFigure(
        Population.EPISODES, Window((Q1,)), frozenset({("c0", frozenset("a"))}), 100
    )
    with pytest.raises(NotSafe):
        still_safe_with_rows([one], [hidden], facts, (known,))


def test_no_time_is_no_permission() -> None:
    facts = Facts(1500)
    tables = facts.protected(facts.shape("charge_level", "outcome"))
    with pytest.raises(NotSafe, match="not finished in time"):
        fit_to_tables(facts.of_period(("outcome", "country")), [], tables, facts, seconds=0)


def test_other_populations_are_no_matter() -> None:
    one, table = leaking()
    letters = replace(table, shape=replace(table.shape, population=Population.LETTERS))
    still_safe_with_rows([one], [letters], lambda _: one.rows)
    assert np.all(one.classes.counts >= 11)
