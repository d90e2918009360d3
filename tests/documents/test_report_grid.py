"""Figures of a part as series and grids: the same numbers, nothing lost."""

from intake_app.documents.report_grid import Grid, all_series, grids
from tests.report_parts import a_part, whole_list


def test_every_figure_stands_in_a_grid_where_its_labels_say() -> None:
    sides = (("A", "B"), ("C", "D", "E"), ("F",))
    part = a_part(tuple(range(24)), *sides)
    made = grids(part)
    assert [grid.title for grid in made] == ["Side 0: A", "Side 0: B", "Side 0: Total"]
    for first, grid in enumerate(made):
        for second, (label, values) in enumerate(grid.rows):
            assert label == (*sides[1], "Total")[second]
            for third, value in enumerate(values):
                assert value == part.table.at((first, second, third))


def test_one_side_and_none_are_one_grid_each() -> None:
    (grid,) = grids(a_part((20, None, 31), ("A", "B")))
    assert grid == Grid("", "Side 0", ("Cases",), (("A", (20,)), ("B", (None,)), ("Total", (31,))))
    (grid,) = grids(a_part((20,)))
    assert grid.rows == (("Total", (20,)),)
    assert not grid.totals


def test_turning_keeps_every_figure() -> None:
    (grid,) = grids(a_part((1, 2, 3, 4, 5, 6), ("A",), ("B", "C")))
    turned = grid.turned()
    assert turned.corner == "Side 1 / Side 0"
    assert turned.rows == (("B", (1, 4)), ("C", (2, 5)), ("Total", (3, 6)))
    assert turned.turned() == grid


def test_series_fit_the_table_for_every_table_of_the_list() -> None:
    for report in whole_list(3000).reports:
        for part in report.parts:
            series = all_series(part)
            assert len({one.name for one in series}) == len(series) == 1 + 6 * len(part.known)
            assert all(len(one.values) == part.table.shape.figures for one in series)
