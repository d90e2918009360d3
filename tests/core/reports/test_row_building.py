"""Rows come out as they went in, and an answer nobody declared does not get in."""

from datetime import date

import numpy as np
import pytest

from intake_app.core.reports.catalogue import dimensions_of
from intake_app.core.reports.dated import Dated
from intake_app.core.reports.row_building import RowBuilder
from intake_app.core.reports.rows import Population

LETTERS = Population.LETTERS
DAY = date(2026, 11, 20)
WORDS = {each.id: next(iter(each.words)) for each in dimensions_of(LETTERS)}
NUMBERS = {"answer_days": 3.0}


def test_rows_in_order() -> None:
    builder = RowBuilder(LETTERS)
    builder.add(9, DAY, WORDS, NUMBERS)
    builder.add(2, date(2026, 11, 1), WORDS | {"answer": "refused"}, {"answer_days": np.nan})
    dated = builder.done()
    assert (dated.keys, dated.days) == ((9, 2), (DAY, date(2026, 11, 1)))
    answers = dated.rows.columns["answer"]
    assert [answers.words[code] for code in answers.codes] == [WORDS["answer"], "refused"]
    assert dated.rows.numbers["answer_days"][0] == 3
    assert np.isnan(dated.rows.numbers["answer_days"][1])
    second = dated.taken(np.array([1]))
    assert (second.keys, second.days, second.rows.size) == ((2,), (date(2026, 11, 1),), 1)


def test_no_answer_but_a_declared_one() -> None:
    builder = RowBuilder(LETTERS)
    with pytest.raises(ValueError, match="answer has no such answer"):
        builder.add(1, DAY, WORDS | {"answer": "Guerra, Ana"}, NUMBERS)
    with pytest.raises(KeyError):
        RowBuilder(LETTERS).add(1, DAY, {}, NUMBERS)


def test_one_record_and_one_day_for_each_row() -> None:
    rows = RowBuilder(LETTERS).done().rows
    with pytest.raises(ValueError, match="one record"):
        Dated((1,), (DAY,), rows)
