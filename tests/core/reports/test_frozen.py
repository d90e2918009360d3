"""Which rows a period takes, and that what it took never changes."""

from datetime import date

import numpy as np
import pytest

from intake_app.core.disclosure.figures import SingleFigure
from intake_app.core.errors import NotSafe
from intake_app.core.reports.dated import Dated
from intake_app.core.reports.frozen import Frozen, TrueCounts, freeze, in_order, rows_in
from intake_app.core.reports.periods import read_period
from intake_app.core.reports.rows import Population, Rows
from tests.core.reports.published import dated, frozen, rows, shape, window

EPISODES = Population.EPISODES
FIRST, SECOND = read_period("2026-Q1"), read_period("2026-Q2")
START = FIRST.start
FOUND = (
    (1, "2025-12-31", "a"),  # before the series began
    (2, "2026-01-01", "b"),
    (3, "2026-03-31", "c"),
    (4, "2026-04-01", "b"),
)


def taken_by(found: Dated, period: str, *before: Frozen, least: int = 1) -> Frozen:
    taken = {EPISODES: frozenset(key for each in before for key in each.keys[EPISODES])}
    return freeze({EPISODES: found}, read_period(period), START, taken, least)


def answers(closed: Frozen) -> str:
    column = closed.rows[EPISODES].columns["outcome"]
    return "".join(column.words[code] for code in column.codes)


def test_a_period_takes_what_is_dated_in_it() -> None:
    first = taken_by(dated(*FOUND), "2026-Q1")
    assert first.keys[EPISODES] == {2, 3}
    assert answers(first) == "bc"


def test_what_came_late_is_counted_in_the_next_period_and_nothing_twice() -> None:
    first = taken_by(dated(*FOUND), "2026-Q1")
    late = dated(*FOUND, (5, "2026-02-14", "a"), (6, "2026-07-01", "a"))
    second = taken_by(late, "2026-Q2", first)
    assert second.keys[EPISODES] == {4, 5}
    # A period that was left out rolls into the next.
    assert taken_by(late, "2026-Q3", first).keys[EPISODES] == {4, 5, 6}


def test_too_few_to_publish_are_left_to_the_next_period() -> None:
    few = taken_by(dated(*FOUND), "2026-Q1", least=3)
    assert few.keys[EPISODES] == frozenset()
    assert few.rows[EPISODES].size == 0
    assert taken_by(dated(*FOUND), "2026-Q2", few, least=3).keys[EPISODES] == {2, 3, 4}


def test_a_corrected_or_removed_case_changes_no_closed_period() -> None:
    first = taken_by(dated(*FOUND), "2026-Q1")
    kept = first.to_bytes()
    corrected = dated((2, "2026-05-05", "a"), (4, "2026-04-01", "b"))
    second = taken_by(corrected, "2026-Q2", first)
    assert second.keys[EPISODES] == {4}, "a case moved to a later date was counted already"
    assert first.to_bytes() == kept
    assert answers(first) == "bc"


def test_the_order_of_records_says_nothing_and_changes_nothing() -> None:
    one = taken_by(dated(*FOUND), "2026-Q2")
    other = taken_by(dated(*reversed(FOUND)), "2026-Q2")
    assert one.to_bytes() == other.to_bytes()
    shuffled = rows("bacab", (2.0, np.nan, 1.0, 5.0, 2.0))
    again = rows("abacb", (5.0, 2.0, np.nan, 1.0, 2.0))
    assert in_order(shuffled).to_bytes() == in_order(again).to_bytes()


def test_a_closed_period_comes_back_from_the_ledger() -> None:
    closed = taken_by(dated(*FOUND), "2026-Q2")
    again = Frozen.from_bytes(closed.to_bytes())
    assert again.to_bytes() == closed.to_bytes()
    assert again.period == SECOND
    assert again.keys == closed.keys


def test_a_year_is_the_sum_of_its_periods() -> None:
    closed = (frozen("2026-Q1", "aab"), frozen("2026-Q2", "bcc"), frozen("2026-Q3", ""))
    truth = TrueCounts(closed)
    year = truth(shape("abc", "2026-Q1", "2026-Q2", "2026-Q3"))
    assert year.counts.tolist() == [2, 2, 2, 6]
    parts = [truth(shape("abc", each)).counts for each in ("2026-Q1", "2026-Q2", "2026-Q3")]
    assert sum(parts).tolist() == year.counts.tolist()  # type: ignore[union-attr]


def test_an_empty_period_takes_no_question_from_a_year() -> None:
    nothing = Frozen(SECOND, {EPISODES: frozenset()}, {EPISODES: Rows(EPISODES, 0, {}, {})})
    both = rows_in((frozen("2026-Q1", "ab"), nothing), EPISODES, window("2026-Q1", "2026-Q2"))
    assert both.size == 2
    assert "outcome" in both.columns


def test_dates_that_were_not_closed_can_not_be_counted() -> None:
    truth = TrueCounts((frozen("2026-Q1", "aab"),))
    with pytest.raises(NotSafe, match="not published as periods"):
        truth(shape("abc", "2026-Q2"))


def test_for_whom_a_number_is_known_can_be_counted() -> None:
    made = Frozen(
        FIRST, {EPISODES: frozenset({1, 2, 3})}, {EPISODES: rows("aab", (1.0, np.nan, 2.5))}
    )
    column = rows_in((made,), EPISODES, window("2026-Q1")).columns["known:hours_held"]
    assert [column.words[code] for code in column.codes] == ["yes", "no", "yes"]


def test_a_figure_known_from_elsewhere_is_taken_at_our_count() -> None:
    truth = TrueCounts((frozen("2026-Q1", "aabbbc"),))
    told = SingleFigure(EPISODES, window("2026-Q1"), frozenset({("outcome", frozenset("bc"))}), 900)
    assert truth.as_counted(told).value == 4  # type: ignore[union-attr]
    total = SingleFigure(EPISODES, window("2026-Q1"), frozenset(), 900)
    assert truth.as_counted(total).value == 6  # type: ignore[union-attr]
    unknown = frozenset({("never_asked", frozenset("b"))})
    assert truth.as_counted(SingleFigure(EPISODES, window("2026-Q1"), unknown, 1)) is None


def test_days_at_the_edge_belong_to_their_period() -> None:
    edge = dated((1, "2026-01-01", "a"), (2, "2026-03-31", "a"), (3, "2026-04-01", "a"))
    assert taken_by(edge, "2026-Q1").keys[EPISODES] == {1, 2}
    assert FIRST.end == date(2026, 3, 31)
