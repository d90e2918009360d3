"""Shapes of a part, and what a reader of later tables knows about earlier ones."""

import pytest

from intake_app.core.disclosure.figures import ProtectedTable
from intake_app.core.reports.catalogue import DIMENSIONS
from intake_app.core.reports.frozen import TrueCounts
from intake_app.core.reports.rows import Column, Population, Rows
from intake_app.core.reports.shapes import as_read_later, same_lines, shapes_of, words_of
from intake_app.core.reports.tables import Part, Side
from tests.core.reports.published import frozen, rows, shape, window

OPEN = next(
    d.id for d in DIMENSIONS.values() if not d.words and d.population is Population.EPISODES
)


def places(*found: str) -> Rows:
    return Rows(Population.EPISODES, len(found), {OPEN: Column.of(found)}, {})


def test_a_later_answer_was_none_in_an_earlier_table() -> None:
    table = ProtectedTable(shape("ab"), (None, 12, 15))
    wider = as_read_later(table, words_of([shape("abc", "2026-Q2")]))
    assert wider.figures == (None, 12, 0, 15)
    assert wider.shape.axes[0].words == frozenset("abc")
    # It agrees with the facts of that period: an answer that occurs is always listed.
    truth = TrueCounts((frozen("2026-Q1", "aaab"),))
    assert truth(wider.shape).counts.tolist() == [3, 1, 0, 4]
    assert as_read_later(table, words_of([shape("ab", "2026-Q2")])) is table


def test_open_answers_keep_their_lines_from_period_to_period() -> None:
    part = Part("places", "Places", (Side(OPEN),))
    first = shapes_of(part, places("x", "y"), window("2026-Q1"), {}, DIMENSIONS)
    words = words_of(first.all)
    second = shapes_of(part, places("y", "z"), window("2026-Q2"), words, DIMENSIONS)
    assert second.table.axes[0].labels == ("x", "y", "z", "Total")


def test_a_number_is_counted_for_whom_it_is_known_too() -> None:
    part = Part("hours", "Hours", (), ("hours_held",))
    made = frozen("2026-Q1", "aab")
    kept = TrueCounts((made,)).rows(Population.EPISODES, window("2026-Q1"))
    shapes = shapes_of(part, kept, window("2026-Q1"), {}, DIMENSIONS)
    (known,) = shapes.known.values()
    assert known.table_id == shapes.table.table_id == "hours"
    assert known.axes[-1].labels == ("Known", "Not known", "Total")
    assert len(shapes.all) == 2


def test_a_question_the_rows_lack_is_not_counted_as_nothing() -> None:
    for part in (Part("p", "P", (Side("warrant"),)), Part("p", "P", (), ("midnights_held",))):
        with pytest.raises(KeyError):
            shapes_of(part, rows("ab"), window("2026-Q1"), {}, DIMENSIONS)


def test_lines_are_the_same_whatever_they_are_called() -> None:
    assert same_lines(shape("abc"), shape("abc", "2025-Q1", table_id="other"))
    assert not same_lines(shape("abc"), shape("ab"))
