"""A published answer for rows nobody here wrote: ARX on the Adult data, k 5, 4 % left out."""

import csv
from pathlib import Path

import numpy as np
import pytest

from intake_app.core.disclosure.case_rows import specialize
from intake_app.core.disclosure.figures import Group
from intake_app.core.disclosure.hierarchies import Hierarchy
from intake_app.core.reports.rows import Column, Population, Rows
from tests.core.disclosure.lattice import best_node, losses

DATA = Path(__file__).parents[4] / "shared/data/disclosure"
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the published data is not here")

NODE, LOSS = (1, 0, 1, 1, 3, 2, 2, 0, 1), 255559.854557


def read(name: str) -> list[list[str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def adult() -> tuple[list[str], list[list[str]], list[list[list[str]]]]:
    """Names, rows, and for each column its answers with what they are at each level."""
    names, *body = read("arx_adult.csv")
    return names, body, [read(f"arx_adult_hierarchy_{name}.csv") for name in names]


def test_the_best_node_and_its_loss_are_those_of_arx() -> None:
    _, body, hierarchies = adult()
    columns = []
    for j, lines in enumerate(hierarchies):
        told = {line[0]: line for line in lines}
        columns.append(
            [
                np.unique([told[row[j]][level] for row in body], return_inverse=True)[1]
                for level in range(len(lines[0]))
            ]
        )
    node, loss, _ = best_node(columns, 5, 0.04)
    assert node == NODE
    assert loss == pytest.approx(LOSS, abs=1e-5)


def test_local_recoding_of_the_same_rows_leaves_nobody_out_and_tells_more() -> None:
    names, body, read_in = adult()
    made = [_hierarchy(name, lines) for name, lines in zip(names, read_in, strict=True)]
    columns = {name: Column.of(row[j] for row in body) for j, name in enumerate(names)}
    rows = Rows(Population.EPISODES, len(body), columns, {})
    classes = specialize(rows, made, 5)
    assert classes.size == len(body)
    assert classes.k >= 5
    best = [
        hierarchy.hidden[hierarchy.deepest - up][
            hierarchy.codes(rows.columns[hierarchy.dimension])[hierarchy.deepest - up]
        ].mean()
        for hierarchy, up in zip(made, NODE, strict=True)
    ]
    assert classes.loss < 0.7 * float(np.mean(best))


def test_the_loss_is_nothing_for_answers_and_greatest_for_any() -> None:
    levels = [np.array([0, 1, 2, 3]), np.array([0, 0, 1, 1]), np.zeros(4, np.intp)]
    assert losses(levels) == [0, 4, 8]


def _hierarchy(name: str, lines: list[list[str]]) -> Hierarchy:
    levels = []
    for level in range(len(lines[0])):
        groups: dict[str, set[str]] = {}
        for line in lines:
            groups.setdefault(line[level], set()).add(line[0])
        # The same label can be a group of one and of many, level by level.
        levels.append(
            tuple(Group(f"{level} {label}", frozenset(words)) for label, words in groups.items())
        )
    return Hierarchy(name, name, tuple(reversed(levels)))
