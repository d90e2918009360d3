"""Tables others have solved and published (`../shared/data/disclosure`, licences there)."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from intake_app.core.disclosure.choice import choose
from intake_app.core.disclosure.figures import CountTable, ProtectedTable, Shape
from intake_app.core.disclosure.freedom import Budget, Freedom, Hiding, Mask, Target
from intake_app.core.disclosure.protect import protect
from intake_app.core.disclosure.rules import rules
from intake_app.core.disclosure.system import System, build_system
from tests.core.disclosure.small_systems import (
    CellReader,
    Truth,
    provable,
    shape,
    side,
    table_shape,
    table_truth,
    truth_from,
)

DATA = Path(__file__).parents[4] / "shared" / "data" / "disclosure"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")


def instance(name: str) -> dict[str, Any]:
    found = json.loads((DATA / "suppression_known_answers.json").read_text("utf-8"))
    return next(each for each in found if each["id"] == name)


def system_of(table: list[list[int]]) -> tuple[System, Shape]:
    truth, asked = table_truth(table), table_shape(len(table), len(table[0]))
    return build_system([asked], [], lambda s: truth(s).counts.astype(np.float64)), asked


def hide(
    system: System, asked: Shape, primary: list[tuple[int, int]], change: float, least: float
) -> tuple[Hiding, npt.NDArray[np.intp]]:
    """Inner cells may be withheld and cost what they come to; the primary ones must move."""
    places = system.places[0].reshape(asked.size)
    first = np.zeros(len(system.values), bool)
    first[[places[cell] for cell in primary]] = True
    inner = np.zeros(len(system.values), bool)
    inner[places[:-1, :-1]] = True
    return Hiding(
        system.values,
        np.where(inner, least, 0.0),
        ~inner,
        inner & ~first,
        system.values,
        system.equations,
        tuple(Target(int(places[c]), s * change) for c in primary for s in (1, -1)),
    ), places


def names(
    found: Mask, places: npt.NDArray[np.intp], rows: list[str], columns: list[str]
) -> set[tuple[str, str]]:
    return {
        (rows[i], columns[j])
        for i in range(len(rows))
        for j in range(len(columns))
        if found[places[i, j]]
    }


def test_1_tau_argus_and_sdctable_example() -> None:
    given = instance("argus_ex1")
    system, asked = system_of(given["values"])
    rows, columns = given["rows"], given["cols"]
    primary = [(rows.index(r), columns.index(c)) for r, c in given["primary"]]
    hiding, places = hide(system, asked, primary, 1.0, 0.0)
    found = choose(hiding, Budget(60))
    assert (found.cost, found.gap) == (given["optimal_cost"], 0.0)
    assert names(found.withheld, places, rows, columns) == {
        tuple(cell) for cell in given["expected_secondary"]
    }


def test_2_the_leak_no_line_shows() -> None:
    given = instance("sdctable_4x4_hidden_leak")
    system, asked = system_of(given["values"])
    rows, columns = given["rows"], given["cols"]
    primary = [(rows.index(r), columns.index(c)) for r, c in given["primary"]]
    before, cell = given["attacker_before"], given["attacker_after"]["cell"]
    hiding, places = hide(system, asked, primary, 1.0, 0.0)
    leak = int(places[rows.index(cell[0]), columns.index(cell[1])])
    value = system.values[leak]

    def bounds(withheld: Mask) -> list[float]:
        freedom = Freedom(hiding, Budget(60))
        freedom.hide(withheld[freedom.free[freedom.open]])
        return [value + s * freedom.reach(Target(leak, s * 1000.0)) for s in (-1, 1)]

    nothing = np.zeros(len(system.values), bool)
    assert bounds(nothing) == pytest.approx([before["low"], before["up"]])
    found = choose(hiding, Budget(60))
    assert found.gap == 0
    assert names(found.withheld, places, rows, columns) == {tuple(given["one_valid_fix"])}
    after = given["attacker_after"]
    assert bounds(found.withheld) == pytest.approx([after["low"], after["up"]])


@pytest.mark.parametrize("name", ["data1a", "data1b", "data0a", "data0b"])
def test_4_ones_and_zeros(name: str) -> None:
    given = instance("easysdctable_ones_zeros")
    table, threshold = given["tables"][name], given["threshold"]
    truth = table_truth(table)
    system, asked = system_of(table)
    hiding = rules(system, [asked], [], threshold)
    found = choose(hiding, Budget(60))
    assert found.gap == 0
    shown = hiding.published | (hiding.open & ~found.withheld)
    figures = [int(system.values[u]) if shown[u] else None for u in system.places[0]]
    published = ProtectedTable(asked, tuple(figures))
    answers = {axis.dimension: sorted(axis.words) for axis in asked.axes}
    reader = CellReader([published], truth, answers)
    assert provable(reader, [published], truth, threshold) == []
    assert not any(figure in range(1, threshold) for figure in figures)


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def table_of(rows: list[dict[str, str]], sides: list[str]) -> Shape:
    return shape(*(side(name, sorted({row[name] for row in rows})) for name in sides))


def truth_in(rows: list[dict[str, str]], sides: list[str], number: str) -> Truth:
    counts: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row[name] for name in sides)
        counts[key] = counts.get(key, 0) + int(row[number])
    return truth_from(counts, *sides)


def test_6_statistics_norway_z1() -> None:
    rows, sides = read("ssb_z1.csv"), ["region", "hovedint"]
    asked, truth = table_of(rows, sides), truth_in(rows, sides, "ant")
    counts: CountTable = truth(asked)
    suppressed = {
        (row["region"], row["hovedint"]) for row in read("ssb_z1_expected.csv")
        if row["suppressed"] == "TRUE"
    }  # fmt: skip
    primary = {
        (row["region"], row["hovedint"]) for row in read("ssb_z1_expected.csv")
        if row["primary"] == "TRUE"
    }  # fmt: skip
    labels = list(map(asked.labels, asked.places()))
    theirs = ProtectedTable(
        asked,
        tuple(
            None if label in suppressed else int(value)
            for label, value in zip(labels, counts.counts.ravel(), strict=True)
        ),
    )
    answers = {axis.dimension: sorted(axis.words) for axis in asked.axes}
    small = {label for label, v in zip(labels, counts.counts.ravel(), strict=True) if 1 <= v < 4}
    assert small == primary
    # They guard against exact disclosure: no primary figure is known exactly.
    reader = CellReader([theirs], truth, answers)
    for place, label in zip(asked.places(), labels, strict=True):
        if label in primary:
            words = {
                axis.dimension: axis.groups[i].words
                for axis, i in zip(asked.axes, place, strict=True)
                if i < len(axis.groups)
            }
            low, high = reader.bounds(reader.mask(asked.window, words))
            assert high - low > 0.5
    # With the same demand ours withholds no more than theirs.
    system = build_system([asked], [], lambda s: truth(s).counts.astype(np.float64))
    hiding = rules(system, [asked], [], 4)
    moved = Hiding(
        hiding.values, hiding.least, hiding.published, hiding.open,
        np.where(hiding.cost > 0, 1.0, 0.0),
        hiding.equations, tuple(Target(t.unknown, 1.0) for t in hiding.targets),
    )  # fmt: skip
    found = choose(moved, Budget(60))
    assert found.gap == 0
    assert int(found.cost) + len(primary) <= len(suppressed)


REGRESSION = {
    "ssb_z2.csv": ([["region", "hovedint"], ["fylke", "hovedint"], ["kostragr", "hovedint"]],
                   "ant"),
    "ssb_d2s.csv": ([["region", "main_income"], ["county", "main_income"], ["size", "main_income"]],
                    "freq"),
    "ssb_z3.csv": ([["fylke", "hovedint"], ["kostragr", "hovedint", "mnd2"], ["fylke", "mnd2"]],
                   "ant"),
}  # fmt: skip


@pytest.mark.parametrize("name", REGRESSION)
def test_tables_of_one_file_are_protected_as_one_system(name: str) -> None:
    tables, number = REGRESSION[name]
    rows = read(name)
    sides = sorted({side for table in tables for side in table})
    truth = truth_in(rows, sides, number)
    shapes = [table_of(rows, table) for table in tables]
    found = protect(shapes, [], [], truth, threshold=5, seconds=60)
    assert found.gap is not None
    answers = {name: sorted({row[name] for row in rows}) for name in sides}
    assert len(found.tables) == len(shapes)
    for each in found.tables:
        single = {axis.dimension: answers[axis.dimension] for axis in each.shape.axes}
        reader = CellReader([each], truth, single)
        assert provable(reader, [each], truth, 5) == []
