"""Percentages, known of all, and changes: never from a withheld figure."""

from itertools import product

import pytest

from intake_app.core.disclosure.figures import Axis, ProtectedTable
from intake_app.core.reports.shares import change_since, known_of_all, percent_of, shares_of
from intake_app.core.reports.tables import Share
from tests.amount_cases import axis, shape, window

OUTCOME = axis("outcome", "c", "d", "u")
LOW = Share("Not convicted", ("D",))
BOTH = Share("Known", ("C", "D"))


def _table(*figures: int | None, sides: tuple[Axis, ...] = (OUTCOME,)) -> ProtectedTable:
    return ProtectedTable(shape(*sides), figures)


def test_a_percentage_is_of_those_whose_answer_is_known() -> None:
    made = shares_of(_table(20, 41, 39, 100), [LOW, BOTH], {"u"})
    assert [(each.label, each.of, each.percent, each.words) for each in made] == [
        ("Not convicted", (), 67, "67%"),
        ("Known", (), 100, "100%"),
    ]
    (known,) = known_of_all(_table(20, 41, 39, 100), {"u"})
    assert (known.known, known.all, known.words) == (61, 100, "61 known of 100")


def test_every_withheld_figure_it_needs_withholds_it() -> None:
    # Not even where it could be had by subtracting.
    for hidden in (1, 2, 3):
        figures = [20, 41, 39, 100]
        table = _table(*(None if i == hidden else n for i, n in enumerate(figures)))
        (made,) = shares_of(table, [LOW], {"u"})
        assert made.percent is None
        assert made.words == "withheld"
    (made,) = shares_of(_table(None, 41, 39, 100), [LOW], {"u"})
    assert made.percent == 67  # needs none of it
    (known,) = known_of_all(_table(20, 41, None, 100), {"u"})
    assert (known.known, known.words) == (None, "withheld")


def test_no_percentage_of_nobody() -> None:
    assert shares_of(_table(0, 0, 50, 50), [LOW], {"u"})[0].percent is None
    assert percent_of(0, 40) == 0


def test_half_is_rounded_up() -> None:
    assert [percent_of(n, 200) for n in (1, 2, 3, 199)] == [1, 1, 2, 100]
    for part, whole in product(range(60), range(1, 60)):
        made = percent_of(part, whole)
        assert made is not None
        assert abs(made - 100 * part / whole) <= 0.5


def test_for_each_line_across_and_the_total() -> None:
    status = axis("status", "s", "t")
    table = _table(10, 20, 30, 30, 20, 50, 5, 0, 5, 45, None, 85, sides=(OUTCOME, status))
    made = shares_of(table, [LOW], {"u"})
    assert [(each.of, each.percent) for each in made] == [
        (("S",), 75), (("T",), None), (("Total",), 63),
    ]  # fmt: skip
    assert [each.words for each in known_of_all(table, {"u"})] == [
        "40 known of 45", "withheld", "80 known of 85",
    ]  # fmt: skip


def test_a_share_of_groups_that_are_not_there_is_left_out() -> None:
    table = _table(61, 39, 100, sides=(axis("outcome", "cd", "u"),))
    assert shares_of(table, [LOW], {"u"}) == ()
    assert shares_of(ProtectedTable(shape(), (100,)), [LOW], {"u"}) == ()
    with pytest.raises(ValueError, match="without sides"):
        known_of_all(ProtectedTable(shape(), (100,)), {"u"})


def test_changes_since_the_year_before() -> None:
    now, before = _table(20, None, 39, 100), _table(25, 30, None, 90)
    assert change_since(now, before) == (-5, None, None, 10)


def test_changes_go_by_what_is_counted_and_not_by_place() -> None:
    now = _table(20, 41, 39, 100)
    before = ProtectedTable(
        shape(axis("outcome", "u", "d", "c", "x"), when=window("2025-Q1")), (1, 2, 3, 4, 10)
    )
    assert change_since(now, before) == (17, 39, 38, 90)
    grouped = _table(61, 39, 100, sides=(axis("outcome", "cd", "u"),))
    assert change_since(now, grouped) == (None, None, 0, 0)
    with pytest.raises(ValueError, match="same sides"):
        change_since(now, _table(1, 1, 2, sides=(axis("a", "a", "b"),)))
