"""How the attacker reads tables: the smallest groups and dates they tell apart."""

import numpy as np
import pytest

from intake_app.core.disclosure.amounts_reading import Group, Reading, touching
from intake_app.core.disclosure.figures import Shape
from intake_app.core.reports.release import Amounts
from tests.amount_cases import ask, axis, frozen, of_groups, rows, shape, window


def _amounts(table: Shape, *shown: bool) -> Amounts:
    figures = tuple(1.0 if each else None for each in shown) or (None,) * table.figures
    return Amounts("hours_held", "", "", figures, figures, figures, figures)


def test_groups_of_two_tables_are_cut_as_finely_as_both() -> None:
    rows_of = frozen({"2026-Q1": of_groups({"a": [1.0, 2.0], "b": [4.0], "c": [8.0]})})
    tables = [shape(axis("a", "ab", "c")), shape(axis("a", "a", "bc"))]
    reading = Reading([(t, _amounts(t)) for t in tables], "hours_held", rows_of)
    assert sorted(group.total for group in reading.numbers) == [3.0, 4.0, 8.0, 15.0]
    totals = [reading.of(parts).total for parts, _ in reading.sums]
    assert totals == [7.0, 8.0, 15.0, 3.0, 12.0, 15.0]


def test_dates_are_cut_by_every_window_and_equations_hold() -> None:
    luck = np.random.default_rng(5)
    quarters = ["2026-Q1", "2026-Q2", "2026-Q3"]
    rows_of = frozen({
        q: rows(luck.random(30).tolist(), a="".join(luck.choice(list("abc"), 30)),
                b="".join(luck.choice(list("xy"), 30)))
        for q in quarters
    })  # fmt: skip
    tables = [
        shape(axis("a", "a", "bc"), axis("b", "x", "y"), when=window(*quarters)),
        shape(axis("a", "ab", "c"), when=window("2026-Q1")),
        shape(when=window("2026-Q2")),
    ]
    reading = Reading([(t, _amounts(t)) for t in tables], "hours_held", rows_of)
    for plus, minus, total in reading.equations:
        assert reading.of(plus).total == pytest.approx(reading.of(minus).total + total)
    year = reading.parts(tables[0], (2, 2))
    assert len(year) == 3  # three quarters: each stands apart in the totals
    assert len(reading.parts(tables[0], (0, 2))) == 2  # a of the first quarter and of the others
    assert len(reading.parts(tables[0], (0, 0))) == 1


def test_only_tables_whose_dates_touch_are_read() -> None:
    tables = {q: shape(axis("a", "a"), when=window(q)) for q in ("2025-Q4", "2026-Q1", "2026-Q2")}
    year = shape(axis("a", "a"), when=window("2026-Q1", "2026-Q2"))
    rows_of = frozen({q: of_groups({"a": [1.0] * 12}) for q in tables})
    new = [(ask(tables["2026-Q1"], rows_of), _amounts(tables["2026-Q1"]))]
    others = [(t, _amounts(t)) for t in (tables["2025-Q4"], tables["2026-Q2"], year)]
    found = {shape.window.id for shape, _ in touching(new, others)}
    assert found == {"2026-Q1", "2026-Q2", "2026"}
    assert len(touching(new, others)) == 3


def test_the_rules() -> None:
    assert not Group(np.array([10.0] * 11)).breaks_a_rule(11)
    assert Group(np.array([10.0] * 10)).breaks_a_rule(11)
    assert Group(np.array([200.0, *[10.0] * 12])).breaks_a_rule(11)
    assert Group(np.array([100.0, 99.0, *[1.0] * 12])).breaks_a_rule(11)
    assert Group(np.zeros(20)).breaks_a_rule(11)
