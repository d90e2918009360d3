"""What may be published: the rules on made-up facts, against readers that know nothing of them."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import highspy
import numpy as np
import pytest

from intake_app.core.disclosure.figures import (
    CountTable,
    Guard,
    ProtectedTable,
    Shape,
    SingleFigure,
)
from intake_app.core.disclosure.protect import protect
from intake_app.core.errors import NotSafe
from intake_app.core.reports.catalogue import DIMENSIONS
from intake_app.core.reports.counting import count
from intake_app.core.reports.periods import Window
from intake_app.core.reports.rows import Population
from tests.attackers import ScipyReader, least_true
from tests.core.disclosure.small_systems import (
    FIRST,
    QUARTERS,
    YEAR,
    CellReader,
    Truth,
    provable,
    rows_of,
    shape,
    shown,
    side,
    table_shape,
    table_truth,
    truth_from,
    truth_of,
)
from tests.report_rows import invented_rows

Leak = tuple[str, tuple[str, ...], str]


def answers_in(tables: Sequence[ProtectedTable]) -> dict[str, list[str]]:
    """The finest answers of every question in these tables."""
    found: dict[str, set[str]] = {}
    for table in tables:
        for axis in table.shape.axes:
            found.setdefault(axis.dimension, set()).update(axis.words)
    return {name: sorted(words) for name, words in sorted(found.items())}


def leaks(tables: Sequence[ProtectedTable], truth: Truth, threshold: int = 11) -> list[Leak]:
    return provable(CellReader(tables, truth, answers_in(tables)), tables, truth, threshold)


def safe(
    new: Sequence[Shape], truth: Truth, earlier: Sequence[ProtectedTable] = ()
) -> list[ProtectedTable]:
    return list(protect(new, earlier, [], truth).tables)


def check_true(tables: Sequence[ProtectedTable], truth: Truth, threshold: int = 11) -> None:
    """G0, and that what is shown is true."""
    for table in tables:
        for figure, value in zip(table.figures, truth(table.shape).counts.ravel(), strict=True):
            assert figure is None or figure == value
            assert figure is None or not 1 <= figure < threshold


TABLE = [[3, 40, 25, 0], [12, 5, 60, 33], [0, 31, 2, 18], [44, 15, 26, 4]]


def test_no_small_count_is_shown_or_can_be_worked_out() -> None:
    truth = table_truth(TABLE)
    tables = safe([table_shape(4, 4)], truth)
    check_true(tables, truth)
    assert leaks(tables, truth) == []
    assert 5 < tables[0].withheld < 15
    assert shown(tables[0])["r0", "c3"] == 0  # zeros are shown


def test_small_counts_alone_would_leak() -> None:
    """The reader of these tests is not blind."""
    truth, asked = table_truth(TABLE), table_shape(4, 4)
    counts = truth(asked).counts.ravel()
    naive = ProtectedTable(asked, tuple(None if 1 <= v < 11 else int(v) for v in counts))
    assert leaks([naive], truth)


@pytest.mark.parametrize("seed", range(12))
def test_random_tables(seed: int) -> None:
    luck = np.random.default_rng(seed)
    size = (int(luck.integers(2, 6)), int(luck.integers(2, 6)))
    table = luck.integers(0, luck.choice([2, 8, 20, 80], size), endpoint=True)
    table[0, 0] += 11
    guard = (Guard.NONE, Guard.VICTIM)[seed % 2]
    truth = table_truth(table.tolist())
    tables = safe([table_shape(*size, guard)], truth)
    check_true(tables, truth)
    assert leaks(tables, truth) == []


# G2: nobody can show that there is a victim.


def victims(counts: list[list[int]]) -> tuple[list[ProtectedTable], Truth]:
    truth = table_truth(counts)
    return safe([table_shape(len(counts), 2, Guard.VICTIM)], truth), truth


def test_zeros_of_a_victim_table_are_withheld_and_no_victim_can_be_shown() -> None:
    tables, truth = victims([[40, 3], [30, 0], [25, 8], [60, 14]])
    figures = shown(tables[0])
    assert figures["r1", "c1"] is None
    assert figures["r3", "Total"] is not None
    assert leaks(tables, truth) == []
    reader = CellReader(tables, truth, answers_in(tables))
    for row in ("r0", "r2"):
        mask = reader.mask(FIRST, {"row": frozenset({row}), "column": frozenset({"c1"})})
        assert reader.bounds(mask)[0] == pytest.approx(0)


def test_zeros_in_margins_that_say_nothing_of_victims_are_shown() -> None:
    tables, _ = victims([[40, 3], [0, 0], [25, 8], [60, 14]])
    assert shown(tables[0])["r1", "Total"] == 0
    assert shown(tables[0])["r1", "c1"] is None


def test_a_group_with_a_flagged_answer_in_it_counts_as_flagged() -> None:
    cells = {("a", "yes"): 4, ("b", "yes"): 3, ("a", "maybe"): 2, ("b", "no"): 50, ("a", "no"): 30}
    truth = truth_from(cells, "row", "victim")
    asked = shape(
        side("row", ["a", "b"]),
        side("victim", [("yes", "maybe"), "no"], Guard.VICTIM, ["yes"]),
    )
    tables = safe([asked], truth)
    assert leaks(tables, truth) == []


# G3: nobody can show that all of a group gave one answer.


def all_one(table: ProtectedTable, truth: Truth, reader: CellReader) -> list[tuple[str, ...]]:
    """The guarded lines of which a reader can show that all gave one answer."""
    found, counts = [], truth(table.shape).counts
    for place in table.shape.places():
        for k, axis in enumerate(table.shape.axes):
            if axis.guard is Guard.NONE or place[k] == len(axis.groups):
                continue
            line = [(*place[:k], i, *place[k + 1 :]) for i in range(len(axis.groups) + 1)]
            others = [p for p in line[:-1] if p != place]
            if counts[line[-1]] < 11 or any(counts[p] for p in others):
                continue
            mask = sum(
                reader.mask(
                    table.shape.window,
                    {
                        a.dimension: a.groups[i].words
                        for a, i in zip(table.shape.axes, p, strict=True)
                        if i < len(a.groups)
                    },
                )
                for p in others
            )
            if reader.bounds(np.asarray(mask))[1] < 1 - 1e-6:
                found.append(table.shape.labels(place))
    return found


GROUPS = {
    "one agency": [[40, 0, 0], [30, 20, 0], [12, 25, 31]],
    "two agencies": [[40, 0, 0], [33, 0, 0], [12, 25, 31]],
    "an answer nobody gave": [[40, 0, 0], [30, 20, 0], [15, 25, 0]],
    "only one answer anywhere": [[40, 0, 0], [33, 0, 0], [12, 0, 0]],
    "two answers": [[40, 0], [30, 20]],
    "with small ones": [[40, 0, 0], [3, 20, 4], [12, 2, 31]],
}


@pytest.mark.parametrize("name", GROUPS)
@pytest.mark.parametrize("guard", [Guard.GROUP, Guard.VICTIM])
def test_no_line_of_a_guarded_question_can_be_shown_to_be_all_one_answer(
    name: str, guard: Guard
) -> None:
    table = GROUPS[name]
    truth = table_truth(table)
    tables = safe([table_shape(len(table), len(table[0]), guard)], truth)
    check_true(tables, truth)
    reader = CellReader(tables, truth, answers_in(tables))
    assert all_one(tables[0], truth, reader) == []
    assert leaks(tables, truth) == []
    assert shown(tables[0])["r0", "c0"] is None


def test_without_the_guard_the_line_is_shown() -> None:
    """So the test above can fail."""
    table = GROUPS["one agency"]
    truth, asked = table_truth(table), table_shape(3, 3)
    tables = safe([asked], truth)
    assert tables[0].withheld == 0
    guarded = ProtectedTable(table_shape(3, 3, Guard.GROUP), tables[0].figures)
    reader = CellReader([guarded], truth, answers_in([guarded]))
    assert all_one(guarded, truth, reader) == [("r0", "c0")]


# Several tables are one system.


def ten_tables(seed: int) -> tuple[list[Shape], Truth]:
    names = ["q0", "q1", "q2", "q3", "q4"]
    luck = np.random.default_rng(seed)
    many = {"q0": 8, "q1": 6, "q2": 5, "q3": 4, "q4": 3}
    drawn = [
        tuple(f"a{min(int(luck.exponential(1.3)), many[name] - 1)}" for name in names)
        for _ in range(600)
    ]
    counts = {key: drawn.count(key) for key in set(drawn)}
    sides = {name: side(name, [f"a{i}" for i in range(many[name])]) for name in names}
    shapes = [shape(sides[one], sides[two]) for one, two in combinations(names, 2)]
    return shapes, truth_from(counts, *names)


def figure_leaks(tables: Sequence[ProtectedTable], truth: Truth) -> int:
    """Small figures that can be worked out from figures shared by tables."""
    reader = ScipyReader(tables, least_true(tables, [truth(table.shape) for table in tables]))
    return sum(
        1 <= truth(table.shape).counts[place] < 11
        and reader.bound(reader.unknown(table, place), -1) < 11 - 1e-6
        for table in tables
        for place in table.shape.places()
    )


def test_ten_linked_tables_leak_apart_and_not_as_one_system() -> None:
    shapes, truth = ten_tables(1)
    apart = [protect([each], [], [], truth).tables[0] for each in shapes]
    assert figure_leaks(apart, truth) > 0
    together = safe(shapes, truth)
    check_true(together, truth)
    assert figure_leaks(together, truth) == 0


COLORS = ("red", "green", "blue")


def quarters(seed: int, cases: int = 60) -> Truth:
    luck = np.random.default_rng(seed)
    names = ("color", "victim")
    return truth_of(
        {
            quarter: rows_of(
                {
                    (color, answer): int(luck.poisson(cases * share / (1 + i) ** 1.5))
                    for i, color in enumerate(COLORS)
                    for answer, share in (("no", 0.8), ("yes", 0.15))
                },
                names,
            )
            for quarter in QUARTERS
        }
    )


def by_color(window: Window, *, victim: bool = True) -> Shape:
    sides = [side("color", COLORS)]
    if victim:
        sides.append(side("victim", ["no", "yes"], Guard.VICTIM, ["yes"]))
    return shape(*sides, window=window)


@pytest.mark.parametrize("seed", range(4))
def test_a_year_gives_nothing_away_even_where_a_quarter_was_skipped(seed: int) -> None:
    truth = quarters(seed)
    ledger: list[ProtectedTable] = []
    for i, quarter in enumerate(QUARTERS):
        wanted = [by_color(Window((quarter,)), victim=False)]
        if i != 2:
            wanted.append(by_color(Window((quarter,))))
        ledger += safe(wanted, truth, ledger)
    ledger += safe([by_color(YEAR), by_color(YEAR, victim=False)], truth, ledger)
    check_true(ledger, truth)
    assert leaks(ledger, truth) == []
    # The skipped quarter is the year less the others: guarded like any increase.
    skipped = by_color(Window(QUARTERS[2:3]))
    reader = CellReader(ledger, truth, answers_in(ledger))
    nothing = ProtectedTable(skipped, (None,) * skipped.figures)
    assert provable(reader, [nothing], truth) == []


def test_a_year_protected_without_its_quarters_would_leak() -> None:
    names, last = ("color",), {("red",): 3, ("green",): 40, ("blue",): 40}
    usual = {("red",): 20, ("green",): 30, ("blue",): 40}
    truth = truth_of({q: rows_of(last if q is QUARTERS[3] else usual, names) for q in QUARTERS})
    ledger: list[ProtectedTable] = []
    for quarter in QUARTERS[:3]:
        ledger += safe([by_color(Window((quarter,)), victim=False)], truth)
    skipped = by_color(Window(QUARTERS[3:]), victim=False)
    nothing = ProtectedTable(skipped, (None,) * skipped.figures)
    year = by_color(YEAR, victim=False)
    for tables, expected in (
        ([*ledger, *safe([year], truth)], 1),
        ([*ledger, *safe([year], truth, ledger)], 0),
    ):
        reader = CellReader(tables, truth, answers_in(tables))
        assert len(provable(reader, [nothing], truth)) == expected


def test_two_groupings_of_one_question_give_nothing_away() -> None:
    cells = {("red", "s"): 20, ("green", "s"): 4, ("blue", "s"): 30, ("red", "t"): 15,
             ("green", "t"): 13, ("blue", "t"): 25}  # fmt: skip
    truth = truth_from(cells, "color", "size")
    size = side("size", ["s", "t"])
    warm = shape(side("color", [("red", "green"), "blue"]), size, table_id="warm")
    cold = shape(side("color", ["red", ("green", "blue")]), size, table_id="cold")
    alone = [*safe([warm], truth), *safe([cold], truth)]
    finest = shape(side("color", COLORS), size)
    nothing = ProtectedTable(finest, (None,) * finest.figures)
    naive = CellReader(alone, truth, answers_in(alone))
    assert provable(naive, [nothing], truth)  # 24 + 55 - 75 of size s
    first = safe([warm], truth)
    for tables in (safe([warm, cold], truth), [*first, *safe([cold], truth, first)]):
        reader = CellReader(tables, truth, answers_in(tables))
        assert provable(reader, [nothing, *tables], truth) == []


def test_a_figure_known_from_elsewhere_is_taken_into_account() -> None:
    table = [[8, 40], [7, 30], [20, 60]]
    truth, asked = table_truth(table), table_shape(3, 2)
    known = SingleFigure(
        Population.EPISODES,
        FIRST,
        frozenset({("row", frozenset({"r0"})), ("column", frozenset({"c0"}))}),
        8,
    )
    outside = (FIRST, dict(known.conditions), 8)
    without = safe([asked], truth)
    with_it = list(protect([asked], [], [known], truth).tables)
    assert with_it != without
    for tables, expected in ((without, True), (with_it, False)):
        reader = CellReader(tables, truth, answers_in(tables), [outside])
        found = [f for f in provable(reader, tables, truth) if f[1] != ("r0", "c0")]
        assert bool(found) is expected
    # We do not print a small figure ourselves, even if others did.
    check_true(with_it, truth)


# Nothing published changes.


def test_a_table_published_before_has_the_same_figures_whatever_is_true_today() -> None:
    truth, asked = table_truth(TABLE), table_shape(4, 4)
    first = safe([asked], truth)
    other = table_truth([[50] * 4] * 4)
    again = protect([replace(asked, title="Another name")], first, [], other, seconds=0)
    assert again.tables == tuple(first)
    assert again.gap == 0


def test_earlier_figures_stay_and_shared_ones_are_the_same() -> None:
    truth = table_truth(TABLE)
    first = safe([table_shape(4, 4)], truth)
    margin = shape(table_shape(4, 4).axes[0])
    later = safe([margin], truth, first)
    both, one = shown(first[0]), shown(later[0])
    assert all(one[label] == both[label[0], "Total"] for label in one)
    assert leaks([*first, *later], truth) == []


def test_earlier_figures_that_are_no_longer_true_stop_everything() -> None:
    truth = table_truth(TABLE)
    first = safe([table_shape(4, 4)], truth)
    changed = table_truth([[3, 41, 25, 0], *TABLE[1:]])
    with pytest.raises(NotSafe, match="no longer agree"):
        protect([shape(table_shape(4, 4).axes[0])], first, [], changed)


def test_what_is_out_already_can_make_a_release_impossible() -> None:
    truth = table_truth([[40, 5], [30, 30]])
    asked = table_shape(2, 2)
    counts = truth(asked).counts.ravel()
    leaky = ProtectedTable(asked, tuple(None if v == 5 else int(v) for v in counts))
    column = shape(asked.axes[0])
    assert safe([column], truth, [leaky])  # it has nothing to do with what is known already
    again = replace(asked, table_id="again")
    with pytest.raises(NotSafe, match="already shows too much"):
        protect([again], [leaky], [], truth)


# The whole and its words.


def test_a_total_below_the_threshold_is_refused_without_its_number() -> None:
    truth = table_truth([[2, 1], [3, 1]])
    with pytest.raises(NotSafe) as refused:
        protect([table_shape(2, 2)], [], [], truth)
    assert "Fewer than 11 new cases in January to March 2026" in refused.value.sentence
    assert "7" not in refused.value.sentence


def test_a_period_without_any_case_is_all_zeros() -> None:
    truth = truth_from({}, "row", "column")
    assert set(safe([table_shape(2, 2)], truth)[0].figures) == {0}
    hidden = shown(safe([table_shape(2, 2, Guard.VICTIM)], truth)[0])
    assert hidden["r0", "c1"] is None
    assert hidden["Total", "Total"] == 0


def test_a_total_alone() -> None:
    truth = table_truth([[12, 8], [3, 1]])
    assert safe([shape()], truth)[0].figures == (24,)


def test_a_grand_total_is_withheld_where_nothing_else_helps() -> None:
    truth = truth_from({("red",): 20, ("green",): 3}, "color")
    table = safe([shape(side("color", ["red", "green"]))], truth)[0]
    assert shown(table)["green",] is None
    assert table.withheld == 2
    assert leaks([table], truth) == []


@pytest.mark.parametrize("turn", ["tables", "sides", "groups"])
def test_order_decides_nothing(turn: str) -> None:
    shapes, truth = ten_tables(2)
    shapes = shapes[:5]
    usual = {t.shape.table_id: shown(t) for t in safe(shapes, truth)}
    turned = {
        "tables": lambda: shapes[::-1],
        "sides": lambda: [replace(s, axes=s.axes[::-1]) for s in shapes],
        "groups": lambda: [
            replace(s, axes=tuple(replace(a, groups=a.groups[::-1]) for a in s.axes))
            for s in shapes
        ],
    }[turn]()
    found = {t.shape.table_id: shown(t) for t in safe(turned, truth)}
    if turn == "sides":
        found = {name: {label[::-1]: f for label, f in t.items()} for name, t in found.items()}
    assert found == usual


def test_nothing_comes_of_no_time_of_a_stop_or_of_a_solver_that_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    truth, asked = table_truth(TABLE), [table_shape(4, 4)]
    with pytest.raises(NotSafe, match="Could not finish the safety check in 0 seconds"):
        protect(asked, [], [], truth, seconds=0)
    with pytest.raises(NotSafe, match="stopped"):
        protect(asked, [], [], truth, stop=lambda: True)
    with pytest.raises(ValueError, match="threshold"):
        protect(asked, [], [], truth, threshold=4)
    monkeypatch.setattr(
        highspy.Highs,
        "getModelStatus",
        lambda _: highspy.HighsModelStatus.kUnknown,
    )
    with pytest.raises(NotSafe, match="could not be carried out"):
        protect(asked, [], [], truth)


def test_on_invented_facts_of_an_office() -> None:
    rows = invented_rows(400, seed=3)
    names = [("charge_level", "outcome"), ("victim",), ("ice_level", "victim"), ("outcome",)]
    shapes = [shape(*(DIMENSIONS[n].axis() for n in each)) for each in names]

    def truth(asked: Shape) -> CountTable:
        return count(asked, rows)

    tables = safe(shapes, truth)
    check_true(tables, truth)
    for table in tables:
        assert leaks([table], truth) == []
        reader = CellReader([table], truth, answers_in([table]))
        assert all_one(table, truth, reader) == []
