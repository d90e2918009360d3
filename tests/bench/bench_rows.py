"""Case rows against other programs; a county's file and a million cases against bare counting.

Ratios are ours to theirs, so that a limit is something not to be passed.
"""

import sqlite3
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from intake_app.core.disclosure.attacker import confirm_safe
from intake_app.core.disclosure.case_rows import specialize
from intake_app.core.disclosure.figures import Shape
from intake_app.core.disclosure.hierarchies import Hierarchy
from intake_app.core.disclosure.published_rows import PublishedRows
from intake_app.core.disclosure.rows_attack import attack_rows, group_sizes
from intake_app.core.reports.catalogue import DIMENSIONS
from intake_app.core.reports.frozen import Frozen, TrueCounts, in_order
from intake_app.core.reports.periods import Every, Period, Window
from intake_app.core.reports.rows import Population, Rows
from intake_app.core.reports.safe_parts import Known, protect_parts
from intake_app.core.reports.shapes import PartShapes, shapes_of
from intake_app.documents.rows_csv import rows_csv
from intake_app.workflows.release_rows import random_order
from intake_app.workflows.report_tables import shipped_tables
from tests.bench.disclosure_peers import ANJANA, PYCANON, answers, levels, other_program
from tests.bench.disclosure_tables import ROW_COLUMNS, cases, hierarchy
from tests.bench.figures import Figure
from tests.bench.peer_environment import NotMeasured
from tests.county_jail import COUNTY, county_rows
from tests.report_rows import invented_rows

_K, _SUPPRESSED = 11, 5
_YEAR = Period(date(2025, 1, 1), Every.YEAR)
_HIERARCHIES = [hierarchy(name) for name in ROW_COLUMNS]


def measure() -> list[Figure]:
    """Seconds, losses and ratios; what is promised is in section 4.3 of the design."""
    return [*_local_recoding(20_000), *_local_recoding(200_000), *_k_check(), *_county(), *_flat()]


def _local_recoding(size: int) -> list[Figure]:
    rows, name = cases(size), f"{size:,} rows, 7 columns, k {_K}"
    started = time.perf_counter()
    made = specialize(rows, _HIERARCHIES, _K)
    ours = time.perf_counter() - started
    asked = {
        "columns": answers(rows, ROW_COLUMNS),
        "levels": {each.dimension: levels(each) for each in _HIERARCHIES},
        "k": _K,
        "suppressed": _SUPPRESSED,
    }
    try:
        told = other_program(ANJANA, asked)
    except NotMeasured as why:
        words = f"loss {made.loss:.3f}; {ANJANA} not measured: {why}"
        return [Figure(name, ours, "s", words)]
    theirs, lost = told["seconds"], _lost(rows, told)
    return [
        Figure(name, ours, "s", f"{ANJANA}, {theirs:.1f} s", ours / theirs, 1 / 10),
        Figure(f"loss of {size:,} rows", made.loss, "", f"{lost:.3f}", made.loss / lost, 0.8),
    ]


def _lost(rows: Rows, told: dict[str, int | dict[str, int]]) -> float:
    """The loss of one level for a whole column; a row left out is a row of which all is lost."""
    chosen, kept = told["level"], told["rows"]
    if not isinstance(chosen, dict) or not isinstance(kept, int):
        raise TypeError("no levels were told")
    each = [_hidden(rows, one, chosen[one.dimension]) for one in _HIERARCHIES]
    return float(1 - kept / rows.size + np.mean(each) * kept / rows.size)


def _hidden(rows: Rows, hierarchy: Hierarchy, up: int) -> float:
    level = hierarchy.deepest - up
    return float(
        hierarchy.hidden[level][hierarchy.codes(rows.columns[hierarchy.dimension])[level]].mean()
    )


def _k_check() -> list[Figure]:
    """How often the rarest of a million rows stands there, both from columns in memory.

    And how long our attacker takes with the whole of a file of a million published rows.
    """
    rows = cases(1_000_000)
    started = time.perf_counter()
    k = int(group_sizes([rows.columns[name].codes for name in ROW_COLUMNS]).min())
    ours = time.perf_counter() - started
    checked = Figure("k of a million rows, 7 columns", ours, "s", PYCANON)
    try:
        told = other_program(PYCANON, {"columns": answers(rows, ROW_COLUMNS)})
    except NotMeasured as why:
        return [replace(checked, peer=f"{PYCANON} not measured: {why}"), _whole_attack(rows)]
    if told["k"] != k:
        raise RuntimeError(f"{PYCANON} finds another k")
    theirs = told["seconds"]
    words = f"{PYCANON}, {theirs:.1f} s"
    return [replace(checked, peer=words, ratio=ours / theirs, limit=1 / 20), _whole_attack(rows)]


def _whole_attack(rows: Rows) -> Figure:
    made = specialize(rows, _HIERARCHIES[:6], _K)
    content = rows_csv(PublishedRows(_YEAR, _K, made), random_order(made.size))
    meaning = {each.dimension: each.words_of for each in made.hierarchies}
    started = time.perf_counter()
    found = attack_rows(content, meaning, _YEAR, (), _K)
    taken = time.perf_counter() - started
    words = f"{found.classes:,} different rows, {found.groupings} groupings"
    return Figure("attack on a file of a million rows, 6 columns", taken, "s", words)


def _county() -> list[Figure]:
    """Every shipped table of cases of the county's file, from facts to figures that may go out."""
    if not COUNTY.exists():
        return [Figure("county file, tables", float("nan"), "s", "not measured: no file")]
    truth = _closed(county_rows().rows)
    shapes = _shipped(truth)
    bare = _bare_sql(
        truth.rows(Population.EPISODES, Window((_YEAR,))), [s for p in shapes for s in p.all]
    )
    started = time.perf_counter()
    ours = _published(truth, shapes)
    taken = time.perf_counter() - started
    words = f"bare SQL of the same counts, {bare * 1000:.0f} ms"
    return [
        Figure(f"county file, {ours} figures ready to publish", taken, "s", words, taken / bare, 30)
    ]


def _flat() -> list[Figure]:
    """Time and memory for each case, counted and protected, from ten thousand to a million."""
    found = []
    for size in (10_000, 100_000, 1_000_000):
        truth = _closed(invented_rows(size))
        tracemalloc.start()
        started = time.perf_counter()
        _published(truth, _shipped(truth))
        taken, (_, peak) = time.perf_counter() - started, tracemalloc.get_traced_memory()
        tracemalloc.stop()
        found.append((size, taken * 1e6 / size, peak / size))
    _, first, memory = found[0]
    return [
        figure
        for size, each, room in found
        for figure in (
            Figure(
                f"{size:,} cases, all tables, each case", each, "µs", "of 10,000", each / first, 1.5
            ),
            Figure(
                f"{size:,} cases, memory, each case", room, "bytes", "of 10,000", room / memory, 1.5
            ),
        )
    ]


def _closed(rows: Rows) -> TrueCounts:
    kind = Population.EPISODES
    return TrueCounts([Frozen(_YEAR, {kind: frozenset()}, {kind: in_order(rows)})])


def _shipped(truth: TrueCounts) -> list[PartShapes]:
    window = Window((_YEAR,))
    rows = truth.rows(Population.EPISODES, window)
    tables = [each for each in shipped_tables() if each.population is Population.EPISODES]
    return [shapes_of(part, rows, window, {}, DIMENSIONS) for each in tables for part in each.parts]


def _published(truth: TrueCounts, shapes: Sequence[PartShapes]) -> int:
    """Count, protect and attack; how many figures came of it."""
    known = Known((), (), (), truth)
    safe = protect_parts(shapes, known, _K, 20.0, lambda: False)
    confirm_safe(safe.tables, (), (), truth, threshold=_K)
    return sum(table.shape.figures for table in safe.tables)


def _bare_sql(rows: Rows, shapes: Sequence[Shape]) -> float:
    """Seconds for the inner counts of each table, without totals, in SQLite's memory."""
    names = sorted({axis.dimension for shape in shapes for axis in shape.axes})
    database = sqlite3.connect(":memory:")
    columns = ", ".join(f'"{name}" TEXT' for name in names)
    database.execute(f"CREATE TABLE cases ({columns})")
    marks = ", ".join("?" * len(names))
    told = zip(*answers(rows, names).values(), strict=True)
    database.executemany(f"INSERT INTO cases VALUES ({marks})", told)  # noqa: S608 - own names
    started = time.perf_counter()
    for statement in _statements(shapes):
        database.execute(statement).fetchall()
    taken = time.perf_counter() - started
    database.close()
    return taken


def _statements(shapes: Sequence[Shape]) -> Iterator[str]:
    for shape in shapes:
        sides = ", ".join(f'"{axis.dimension}"' for axis in shape.axes)
        asked = f"SELECT {sides}, count(*) FROM cases GROUP BY {sides}"  # noqa: S608 - own names
        yield asked if sides else "SELECT count(*) FROM cases"
