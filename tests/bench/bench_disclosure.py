"""Protecting tables and attacking them, against other programs on the same tables.

Ratios are ours to theirs, so that a limit is something not to be passed. GaussSuppression and ARX
are not measured: they need R and Java, which are no part of the bench.
"""

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from intake_app.core.disclosure.attacker import attack
from intake_app.core.disclosure.figures import ProtectedTable
from intake_app.core.disclosure.protect import protect
from intake_app.core.errors import NotSafe
from tests.attackers import ScipyReader, least_true
from tests.bench.disclosure_peers import TAU_ARGUS, answers, other_program
from tests.bench.disclosure_tables import TABLES, Bench, cases
from tests.bench.figures import Figure
from tests.bench.peer_environment import NotMeasured

_SMALL = ("A", "B", "C", "D", "E", "F", "G")
_RANDOM = (("A", "B", "C", "E", "D", "F"), (200, 1_000, 5_000), range(30))


def measure() -> list[Figure]:
    """Seconds and ratios; what is promised is in section 4.3 of the design."""
    return [*_against_tau_argus(), *_attack(), *_heuristic(), *_random_tables()]


def _against_tau_argus() -> list[Figure]:
    table = TABLES["F"]
    quick, made = _first_safe(table)
    started = time.perf_counter()
    proven = protect([table.shape], [], [], table.truth, seconds=120)
    whole = time.perf_counter() - started
    both = (made, proven.tables[0])
    left = sum(len(attack([each], 11, zeros_shown=[True]).small) for each in both)
    words = f"{made.withheld} withheld, {left} small ones provable"
    figures = [Figure("protect F, a safe pattern", quick, "s", words)]
    best = f"gap {proven.gap}, {proven.tables[0].withheld} withheld"
    figures.append(Figure("protect F, the optimum proven", whole, "s", best))
    asked = {"columns": answers(cases(table.cases), table.sides), "range": 10}
    try:
        told = other_program(TAU_ARGUS, asked)
    except NotMeasured as why:
        return [*figures, _not_measured("protect F, " + TAU_ARGUS, why)]
    theirs, open_to = told["seconds"], _provable(table, told["withheld"])
    proof = whole / theirs if proven.gap == 0 else float("inf")
    words = f"OPT(1), range 10 %: {open_to[0]} small ones provable, {open_to[1]} exactly"
    return [
        replace(figures[0], peer=f"{words}; ours: {left}", ratio=quick / theirs, limit=1 / 10),
        replace(figures[1], peer=f"the same; {best}", ratio=proof, limit=1),
        Figure("protect F, " + TAU_ARGUS, theirs, "s", words),
    ]


def _first_safe(table: Bench) -> tuple[float, ProtectedTable]:
    """How long the first pattern takes that is safe: the least time in which there is one."""
    allowed = 0.1
    while True:
        started = time.perf_counter()
        try:
            made = protect([table.shape], [], [], table.truth, seconds=allowed).tables[0]
        except NotSafe:
            allowed *= 1.5
            if allowed > 120:
                raise
        else:
            return time.perf_counter() - started, made


def _provable(table: Bench, withheld: Sequence[Sequence[str]]) -> tuple[int, int]:
    """What another program's pattern gives away: small ones shown to be small, and exact ones."""
    hidden = {tuple(label.strip() for label in labels) for labels in withheld}
    shape, counts = table.shape, table.counted.counts.ravel().tolist()
    labels = [shape.labels(place) for place in shape.places()]
    figures = zip(labels, counts, strict=True)
    shown = tuple(None if each in hidden else int(count) for each, count in figures)
    found = attack([ProtectedTable(shape, shown)], 11, zeros_shown=[True])
    return len(found.small), len(found.exact)


def _attack() -> list[Figure]:
    """Both bounds of every small figure of F, and the same with scipy, one program at a time."""
    table = TABLES["F"]
    made = protect([table.shape], [], [], table.truth, seconds=5).tables[0]
    started = time.perf_counter()
    found = attack([made], 11, zeros_shown=[True])
    ours = time.perf_counter() - started
    counts = table.counted
    small = [p for p in table.shape.places() if 1 <= counts.counts[p] < 11]
    reader = ScipyReader([made], least_true([made], [counts]))
    started = time.perf_counter()
    wanted = [reader.unknown(made, place) for place in small]
    bounds = [[reader.bound(each, sign) for sign in (1, -1)] for each in wanted]
    theirs = time.perf_counter() - started
    if found.small or min(high for _, high in bounds) < 11 - 1e-6:
        raise RuntimeError("table F is not safe")
    words = f"scipy linprog, {len(small)} small ones; ours: all {made.withheld} withheld"
    return [Figure("attack F, both bounds", ours, "s", words, ours / theirs, 1 / 5)]


def _heuristic() -> list[Figure]:
    """What is withheld besides in a short time, against the proven best."""
    figures = []
    for name in _SMALL:
        table = TABLES[name]
        soon = _first_safe(table)[1].withheld
        best = protect([table.shape], [], [], table.truth, seconds=60)
        least = best.tables[0].withheld
        words = f"own best: {least} figures withheld, gap {best.gap}"
        # Two figures more are no matter in a small table.
        ratio = soon / least if soon > least + 2 else 1.0
        figures.append(Figure(f"withheld in {name}, first pattern", soon, "", words, ratio, 1.10))
    return figures


def _random_tables() -> list[Figure]:
    """Tables of 200 to 5,000 cases, thirty seeds each: none broken, none refused."""
    slowest, tried, small, broken, refused = 0.0, 0, 0, 0, 0
    names, sizes, seeds = _RANDOM
    for seed in seeds:
        for size in sizes:
            for name in names:
                table = Bench(f"{name}{seed}", size, TABLES[name].sides, seed=seed)
                tried += 1
                small += int(np.sum((table.counted.counts > 0) & (table.counted.counts < 11)))
                try:
                    taken, made = _first_safe(table)
                except NotSafe:
                    refused += 1
                    continue
                slowest = max(slowest, taken)
                broken += len(attack([made], 11, zeros_shown=[True]).small)
    words = f"{small:,} small figures, slowest {slowest:.2f} s"
    return [
        Figure(f"{tried} random tables: small ones provable", broken, "", words, limit=0),
        Figure(f"{tried} random tables: refused", refused, "", words, limit=0),
    ]


def _not_measured(name: str, why: NotMeasured) -> Figure:
    return Figure(name, float("nan"), "s", f"not measured: {why}")
