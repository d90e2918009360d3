"""The tables: margins, checks, and the way into the ledger and back."""

import json
from datetime import date

import pytest

from intake_app.core.disclosure.table import CountTable, ProtectedTable, Window


def _counts(counts: tuple[tuple[int, ...], ...]) -> CountTable:
    return CountTable("t", "Title", "Row", "Column", ("a", "b"), ("c", "d", "e"), counts)


def _protected(cells: tuple[tuple[int | None, ...], ...]) -> ProtectedTable:
    return ProtectedTable(
        "t", "Título", "Row", "Column", ("a", "ñ"), ("c",), Window(None, date(2026, 3, 31)), cells
    )


def test_margins_are_the_sums() -> None:
    assert _counts(((1, 2, 3), (4, 5, 6))).with_margins() == (
        (1, 2, 3, 6),
        (4, 5, 6, 15),
        (5, 7, 9, 21),
    )


@pytest.mark.parametrize("counts", [((1, 2, 3),), ((1, 2), (3, 4)), ((1, 2, 3), (4, 5, -6))])
def test_counts_that_do_not_fit_are_refused(counts: tuple[tuple[int, ...], ...]) -> None:
    with pytest.raises(ValueError, match="count"):
        _counts(counts)


def test_labels_must_differ() -> None:
    with pytest.raises(ValueError, match="two rows of one name"):
        CountTable("t", "T", "R", "C", ("a", "a"), ("c",), ((1,), (2,)))


def test_a_window_may_not_end_before_it_starts() -> None:
    Window(date(2026, 1, 1), date(2026, 1, 1))
    with pytest.raises(ValueError, match="before it starts"):
        Window(date(2026, 1, 2), date(2026, 1, 1))


def test_a_protected_table_survives_the_ledger() -> None:
    table = _protected(((12, None), (None, 0), (40, 52)))
    stored = json.dumps(table.to_json_dict())
    assert ProtectedTable.from_json_dict(json.loads(stored)) == table
    assert table.withheld == 2
    assert table.figures == 6


@pytest.mark.parametrize("figure", ["12", 12.0, True])
def test_the_ledger_holds_whole_numbers_only(figure: object) -> None:
    stored = _protected(((12, None), (None, 0), (40, 52))).to_json_dict()
    stored["cells"][0][0] = figure
    with pytest.raises(TypeError, match="whole number"):
        ProtectedTable.from_json_dict(stored)


def test_figures_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        _protected(((12, 12), (40, 40)))
    with pytest.raises(ValueError, match="negative"):
        _protected(((12, 12), (-1, -1), (11, 11)))
