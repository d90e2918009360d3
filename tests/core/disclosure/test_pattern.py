"""The choice of what else to withhold, against answers that others published."""

import csv
import json
from collections.abc import Collection, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from intake_app.core.disclosure.attack import attack
from intake_app.core.disclosure.leeway import Budget, Figure, Leeway, State, System, Target
from intake_app.core.disclosure.pattern import choose_withheld, provable
from intake_app.core.disclosure.table import ProtectedTable, Window
from intake_app.core.errors import NotSafe

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "disclosure"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the public test tables are not here")
Cell = tuple[int, int]


def _margins(counts: Sequence[Sequence[int]]) -> list[list[int]]:
    lines = [[*line, sum(line)] for line in counts]
    return [*lines, [sum(column) for column in zip(*lines, strict=True)]]


def _system(
    counts: Sequence[Sequence[int]],
    primary: Collection[Cell],
    changes: dict[Cell, Sequence[int]],
    *,
    least: int,
    cost_is_value: bool = False,
) -> tuple[System, list[Cell]]:
    """A two-way table with margins; figures in the order of the cells that are given back."""
    rows, columns = len(counts), len(counts[0])
    figures: list[Figure] = []
    cells: list[Cell] = []
    for i, line in enumerate(_margins(counts)):
        for j, value in enumerate(line):
            parts = tuple(
                r * columns + c
                for r in (range(rows) if i == rows else [i])
                for c in (range(columns) if j == columns else [j])
            )
            state = State.WITHHELD if (i, j) in primary else State.OPEN
            if value == 0 and least:
                state = State.PUBLISHED
            figures.append(Figure(parts, value, state, value if cost_is_value else 1, least))
            cells.append((i, j))
    targets = [Target(i * columns + j, c) for (i, j), each in changes.items() for c in each]
    return System(tuple(n for line in counts for n in line), tuple(figures), tuple(targets)), cells


def _chosen(system: System, cells: list[Cell]) -> set[Cell]:
    return {cells[f] for f in choose_withheld(system, Budget(30))}


def _small(counts: Sequence[Sequence[int]], threshold: int) -> list[Cell]:
    return [
        (i, j)
        for i, line in enumerate(_margins(counts))
        for j, value in enumerate(line)
        if 1 <= value < threshold
    ]


def _published(counts: Sequence[Sequence[int]], withheld: Collection[Cell]) -> ProtectedTable:
    return ProtectedTable(
        "t", "T", "R", "C",
        tuple(f"r{i}" for i in range(len(counts))),
        tuple(f"c{j}" for j in range(len(counts[0]))),
        Window(None, None),
        tuple(
            tuple(None if (i, j) in withheld else value for j, value in enumerate(line))
            for i, line in enumerate(_margins(counts))
        ),
    )  # fmt: skip


def _known(name: str) -> dict[str, Any]:
    known: list[dict[str, Any]] = json.loads(
        (DATA / "suppression_known_answers.json").read_text(encoding="utf-8")
    )
    return next(each for each in known if each["id"] == name)


def _cell(known: dict[str, Any], labels: Sequence[str]) -> Cell:
    return known["rows"].index(labels[0]), known["cols"].index(labels[1])


@needs_data
def test_the_optimum_of_argus_example_1() -> None:
    known = _known("argus_ex1")
    primary = [_cell(known, labels) for labels in known["primary"]]
    system, cells = _system(
        known["values"], primary, dict.fromkeys(primary, (1, -1)), least=0, cost_is_value=True
    )
    chosen = _chosen(system, cells)
    assert chosen == {_cell(known, labels) for labels in known["expected_secondary"]}
    assert sum(known["values"][i][j] for i, j in chosen) == known["optimal_cost"]


@needs_data
def test_the_hidden_leak_of_sdctable_is_seen_and_mended_with_one_cell() -> None:
    known = _known("sdctable_4x4_hidden_leak")
    primary = {_cell(known, labels) for labels in known["primary"]}
    leak = _cell(known, known["attacker_before"]["cell"])

    def bounds(withheld: Collection[Cell]) -> tuple[int, int | None]:
        report = attack([_published(known["values"], withheld)], 11, zeros_shown=False)
        finding = next(
            f for f in report.findings if (f.row, f.column) == (f"r{leak[0]}", f"c{leak[1]}")
        )
        return finding.low, finding.high

    before, after = known["attacker_before"], known["attacker_after"]
    assert bounds(primary) == (before["low"], before["up"])
    system, cells = _system(
        known["values"], primary, dict.fromkeys(primary, (1, -1)), least=0, cost_is_value=True
    )
    chosen = _chosen(system, cells)
    assert chosen == {_cell(known, known["one_valid_fix"])}
    assert bounds(primary | chosen) == (after["low"], after["up"])


@needs_data
@pytest.mark.parametrize("name", ["data1a", "data1b", "data0a", "data0b"])
def test_ones_and_zeros_that_fooled_others(name: str) -> None:
    counts = _known("easysdctable_ones_zeros")["tables"][name]
    primary = _small(counts, 3)
    small = [(i, j) for i, j in primary if i < 2 and j < 5]
    system, cells = _system(
        counts, primary, {(i, j): (3 - counts[i][j],) for i, j in small}, least=1
    )
    chosen = _chosen(system, cells)
    report = attack([_published(counts, {*primary, *chosen})], 3)
    assert report.small == ()
    assert report.exact == ()


@needs_data
def test_the_ssb_table_needs_no_more_than_six_withheld() -> None:
    """z1 of SSBtoolsData: primary are 1 to 3; GaussSuppression withholds six in all."""
    with (DATA / "ssb_z1.csv").open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    rows = sorted({line["region"] for line in lines})
    columns = sorted({line["hovedint"] for line in lines})
    counts = [[0] * len(columns) for _ in rows]
    for line in lines:
        place = rows.index(line["region"]), columns.index(line["hovedint"])
        counts[place[0]][place[1]] = int(line["ant"])
    primary = _small(counts, 4)
    assert len(primary) == 3
    theirs = {
        (rows.index(region), columns.index(column)) for region in "BDH"
        for column in ("annet", "arbeid")
    }  # fmt: skip
    assert attack([_published(counts, theirs)], 4).exact == ()
    system, cells = _system(
        counts, primary, {(i, j): (4 - counts[i][j],) for i, j in primary}, least=1
    )
    ours = {*primary, *_chosen(system, cells)}
    assert len(ours) <= 6
    assert attack([_published(counts, ours)], 4).small == ()


@pytest.mark.parametrize(
    "counts",
    [
        [[3, 20, 15], [12, 8, 30]],
        [[1, 12, 14], [25, 2, 16], [13, 18, 40]],
        [[5, 60, 70], [80, 9, 100], [0, 120, 130]],
        # In these the quick way alone withholds one figure too many.
        [[6, 8, 19], [4, 9, 20], [0, 5, 21]],
        [[50, 55, 0], [22, 47, 5], [0, 50, 3]],
        [[5, 4, 3, 5], [10, 39, 3, 46], [38, 33, 8, 57]],
    ],
)
def test_nothing_cheaper_is_safe(counts: list[list[int]]) -> None:
    """By trying every cheaper set of further figures."""
    primary = _small(counts, 11)
    small = [(i, j) for i, j in primary if i < len(counts) and j < len(counts[0])]
    system, cells = _system(
        counts, primary, {(i, j): (11 - counts[i][j],) for i, j in small}, least=1
    )
    chosen = _chosen(system, cells)
    leeway = Leeway(system, Budget(60))
    free = sorted(leeway.open)
    assert chosen
    for size in range(len(chosen)):
        for fewer in combinations(free, size):
            pattern = frozenset(fewer)
            assert not all(leeway.reach(target, pattern).enough for target in system.targets)


def test_no_target_means_nothing_to_withhold() -> None:
    system, cells = _system([[20, 30], [40, 50]], [], {}, least=1)
    assert _chosen(system, cells) == set()
    assert not provable(system, Budget(5))


def test_figures_that_can_not_be_taken_back_are_refused() -> None:
    shown = Figure((0,), 5, State.PUBLISHED)
    system = System((5,), (shown,), (Target(0, 6),))
    assert provable(system, Budget(5))
    with pytest.raises(NotSafe, match="already show too much"):
        choose_withheld(system, Budget(5))


def test_no_time_means_no_choice() -> None:
    system, _ = _system([[5, 30], [40, 50]], [(0, 0)], {(0, 0): (6,)}, least=1)
    with pytest.raises(NotSafe, match="in time"):
        choose_withheld(system, Budget(0))
