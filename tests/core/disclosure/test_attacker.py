"""The attacker must see what can be seen, and let nothing through that can."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from intake_app.core.disclosure.attacker import AttackReport, Finding, attack, confirm_safe
from intake_app.core.disclosure.figures import (
    CountTable,
    Guard,
    ProtectedTable,
    Shape,
    SingleFigure,
)
from intake_app.core.errors import NotSafe
from intake_app.core.reports.rows import Population
from tests.attackers import ScipyReader, every_filling, least_shown, primary_only, with_totals
from tests.small_tables import (
    Q1,
    Q2,
    YEAR,
    axis,
    counted,
    hide,
    hide_some,
    rows_from,
    shape_of,
    truth_of,
)

TABLES = {
    "A": (1_000, {"charge": 8, "outcome": 6}, 1.2),
    "B": (1_000, {"charge": 6, "detainer": 5, "dv": 2}, 1.2),
    "E": (20_000, {"country": 26, "dv": 2}, 2.5),
    "D": (5_000, {"agency": 16, "detainer": 5, "dv": 2}, 1.2),
}
"""Like those of the design: size, sides, and how rare the rare answers are."""


def bounds_of(report: AttackReport, tables: list[ProtectedTable]) -> dict[Any, tuple[int, Any]]:
    """Bounds by place in the first table that has the figure."""
    found = {}
    for f in report.findings:
        for number, table in enumerate(tables):
            for place in table.shape.places():
                told = (table.shape.table_id, table.shape.window.id, _labels(table.shape, place))
                if f.published and told == (f.table_id, f.dates, f.labels):
                    found[number, place] = (f.low, f.high)
    return found


def _labels(shape: Shape, place: tuple[int, ...]) -> tuple[str, ...]:
    beside = zip(shape.axes, shape.labels(place), strict=True)
    return tuple(f"{axis.title}: {label}" for axis, label in beside) or ("Total",)


def naive(size: int, sides: dict[str, int], rare: float) -> ProtectedTable:
    rows = rows_from(sides, size, np.random.default_rng(1), rare)
    shape = shape_of(*(axis(name, answers) for name, answers in sides.items()))
    return primary_only(truth_of({"2025-Q1": rows})(shape))


@pytest.mark.parametrize("name", TABLES)
def test_primary_only_gives_many_away_and_another_solver_sees_the_same(name: str) -> None:
    published = naive(*TABLES[name])
    report = attack([published], 11, zeros_shown=[True])
    other = ScipyReader([published], least_shown([published]))
    found = bounds_of(report, [published])
    assert len(found) == published.withheld == len(report.findings)
    for (_, place), (low, high) in found.items():
        unknown = other.unknown(published, place)
        assert other.bound(unknown, 1) == pytest.approx(low, abs=1e-5)
        assert other.bound(unknown, -1) == pytest.approx(np.inf if high is None else high, abs=1e-5)
    assert len(report.small) > 4
    assert len(report.exact) > 0


def test_tables_and_windows_are_one_system() -> None:
    """Linked tables in two periods and their year: bounds as another solver has them."""
    luck = np.random.default_rng(3)
    sides = {"one": 3, "two": 4, "three": 3}
    truth = truth_of({p: rows_from(sides, 90, luck) for p in ("2025-Q1", "2025-Q2")})
    pairs = [("one", "two"), ("two", "three"), ("one",)]
    shapes = [
        shape_of(*(axis(s, sides[s]) for s in pair), when=when, name="-".join(pair))
        for pair in pairs
        for when in (Q1, YEAR)
    ]
    published = [hide_some(truth(shape), luck, 0.6) for shape in shapes]
    report = attack(published, 11, zeros_shown=[True] * 6)
    other = ScipyReader(published, least_shown(published))
    found = bounds_of(report, published)
    assert len(found) > 30
    for (number, place), (low, high) in found.items():
        unknown = other.unknown(published[number], place)
        assert np.ceil(other.bound(unknown, 1) - 1e-6) == low
        assert np.floor(other.bound(unknown, -1) + 1e-6) == high
    increases = sorted((f.low, f.high) for f in report.findings if not f.published)
    ranges = [
        (np.ceil(other.bound(n, 1) - 1e-6), np.floor(other.bound(n, -1) + 1e-6))
        for _, _, n in other.hidden()
    ]
    # What can be worked out at once is one figure here and several unknowns there.
    assert len(increases) > 20
    assert sorted(ranges) == increases


@pytest.mark.parametrize("inner", [(2, 2), (2, 3), (3, 3), (2, 2, 2)])
def test_bounds_are_those_of_every_table_there_could_be(inner: tuple[int, ...]) -> None:
    """50 tiny tables of each form: by linear program, in whole numbers, and one by one."""
    luck = np.random.default_rng(sum(inner))
    compared = 0
    for _ in range(50):
        shape = shape_of(*(axis(f"side {i}", n) for i, n in enumerate(inner)))
        total, cells = int(luck.integers(3, 8)), int(np.prod(inner))
        true = counted(shape, luck.multinomial(total, np.ones(cells) / cells).reshape(inner))
        published = hide_some(true, luck, 0.6)
        fillings = with_totals(every_filling(total, cells).reshape(-1, *inner))
        shown = np.array([-1 if f is None else f for f in published.figures])
        flat = fillings.reshape(len(fillings), -1)
        agrees = np.where(shown < 0, flat >= 1, flat == shown).all(axis=1)
        reader = ScipyReader([published], least_shown([published]))
        report = attack([published], 5, zeros_shown=[True])
        for (_, place), (low, high) in bounds_of(report, [published]).items():
            values = fillings[(agrees, *place)]
            assert (low, high) == (values.min(), values.max())
            if compared % 10 == 0:
                unknown = reader.unknown(published, place)
                assert reader.bound(unknown, 1, whole=True) == low
                assert reader.bound(unknown, -1, whole=True) == high
            compared += 1
    assert compared > 100


def test_differences_between_windows_and_groups_are_seen() -> None:
    """A year less its quarter, and one way to group an answer less another."""
    quarter = counted(shape_of(axis("one", 2)), [20, 30])
    year = counted(shape_of(axis("one", 2), when=YEAR), [24, 30])
    report = attack([hide(quarter), hide(year)], 11)
    assert [(f.dates, f.labels, f.low, f.high) for f in report.exact] == [
        ("2025-Q2", ("Total",), 4, 4),
        ("2025-Q2", ("one: a",), 4, 4),
    ]
    fine = counted(shape_of(axis("one", ["a", "bc"]), name="fine"), [20, 30])
    coarse = counted(shape_of(axis("one", ["ab", "c"]), name="coarse"), [23, 27])
    report = attack([hide(fine), hide(coarse)], 11)
    assert [(f.labels, f.low, f.high) for f in report.exact] == [(("one: b",), 3, 3)]


def test_answers_that_a_window_does_not_have_did_not_occur() -> None:
    quarter = counted(shape_of(axis("county", ["a"])), [40])
    later = counted(shape_of(axis("county", ["a", "b"]), when=Q2), [50, 20])
    year = hide(counted(shape_of(axis("county", ["a", "b"]), when=YEAR), [90, 20]), (1,))
    report = attack([hide(quarter), hide(later, (1,)), year], 11)
    assert {f.high for f in report.findings} == {20}


def test_what_is_known_from_elsewhere_helps_the_reader() -> None:
    table = counted(shape_of(axis("one", 3)), [5, 15, 40])
    published = hide(table, (0,), (1,))
    assert attack([published], 11).small == ()
    elsewhere = SingleFigure(Population.EPISODES, Q1, frozenset({("one", frozenset("b"))}), 15)
    (seen,) = attack([published], 11, [elsewhere]).small
    assert (seen.labels, seen.low, seen.high) == (("One: A",), 5, 5)
    strange = SingleFigure(Population.EPISODES, Q1, frozenset({("another", frozenset("z"))}), 57)
    (seen,) = attack([published], 11, [strange]).small
    assert (seen.published, seen.low, seen.high) == (False, 3, 3)


def test_existence_of_victims_is_seen() -> None:
    shape = shape_of(axis("one", 2), axis("dv", ["a", "b"], Guard.VICTIM))
    table = counted(shape, [[3, 97], [0, 100]])
    report = attack([hide(table, (0, 0), (0, 1))], 11)
    assert [f.labels for f in report.victims] == [("One: A", "Dv: A")]
    blurred = hide(table, *((i, j) for i in range(2) for j in range(2)), (2, 0), (2, 1))
    assert attack([blurred], 11).victims == ()


def test_a_line_with_one_answer_is_seen() -> None:
    shape = shape_of(axis("one", 2), axis("outcome", 3, Guard.GROUP))
    table = counted(shape, [[40, 0, 0], [20, 30, 40]])
    seen = attack([hide(table, (0, 0))], 11).whole_lines
    assert [(f.labels, f.low) for f in seen] == [(("One: A", "Outcome: A"), 40)]
    blurred = hide(table, *((i, j) for i in range(2) for j in range(2)))
    assert attack([blurred], 11).whole_lines == ()


def test_a_zero_can_hide_only_where_all_may_have_one_answer() -> None:
    shape = shape_of(axis("one", 2), axis("outcome", 3, Guard.GROUP))
    table = counted(shape, [[40, 0, 0], [20, 30, 40]])
    (seen,) = attack([hide(table, (1, 0), (1, 2), (2, 0), (2, 2))], 11).findings[:1]
    assert (seen.low, seen.high) == (1, 59)
    (seen,) = attack([hide(table, (0, 0), (0, 1), (2, 0), (2, 1))], 11).findings[:1]
    assert (seen.low, seen.high) == (0, 40)


def test_small_figures_that_stand_there_are_seen() -> None:
    table = counted(shape_of(axis("one", 2)), [5, 40])
    (seen,) = attack([hide(table)], 11).shown_small
    assert (seen.labels, seen.low) == (("One: A",), 5)


def test_contradictions_are_told() -> None:
    table = hide(counted(shape_of(axis("one", 2)), [50, 60]))
    with pytest.raises(NotSafe, match="contradict"):
        attack([replace(table, figures=(51, 60, 110))], 11)
    other = replace(table, shape=replace(table.shape, table_id="other"), figures=(49, 61, 110))
    with pytest.raises(NotSafe, match="contradict"):
        attack([table, other], 11)


# What a release must pass.

SAFE = counted(shape_of(axis("one", 3), axis("two", 3)), [[5, 20, 30], [40, 50, 60], [70, 8, 90]])
SAFE_PLACES = ((0, 0), (0, 1), (2, 0), (2, 1))


def confirm(table: CountTable, *places: tuple[int, ...], **more: Any) -> int:
    return confirm_safe(
        [hide(table, *places)], [], [], counting(table), threshold=11, **more
    ).cells_attacked


def counting(*tables: CountTable) -> Any:
    """Counts any table from the rows behind these, which are of different periods."""
    rows = {}
    for table in tables:
        axes, inner = table.shape.axes, table.counts[tuple(slice(0, -1) for _ in table.shape.axes)]
        places = np.repeat(np.arange(inner.size), inner.ravel())
        spots = np.unravel_index(places, inner.shape)
        made = rows_from({a.dimension: 26 for a in axes}, len(places), np.random.default_rng(1))
        for side, spot in zip(axes, spots, strict=True):
            word = [ord(min(group.words)) - ord("a") for group in side.groups]
            made.columns[side.dimension].codes[:] = np.array(word)[spot]
        rows[table.shape.window.id] = made
    return truth_of(rows)


def test_a_safe_table_passes_with_witnesses() -> None:
    assert confirm(SAFE, *SAFE_PLACES) == 4


@pytest.mark.parametrize(
    ("places", "says"),
    [
        ((), "could be worked out"),
        (((0, 0), (2, 1)), "could be worked out"),
        (((0, 0), (0, 1), (2, 1)), "could be worked out"),
    ],
)
def test_small_figures_shown_or_worked_out_are_refused(places: Any, says: str) -> None:
    with pytest.raises(NotSafe, match=says):
        confirm(SAFE, *places)


def test_a_provably_small_group_is_refused_though_nobody_knows_its_number() -> None:
    """Two withheld figures of a line that add up to 10."""
    table = counted(shape_of(axis("one", 4)), [4, 6, 30, 50])
    with pytest.raises(NotSafe, match="could be worked out"):
        confirm(table, (0,), (1,))
    assert confirm(table, (0,), (1,), (2,)) == 3


def test_the_lower_bound_of_others_counts() -> None:
    """4 + 9 = 13, but 9 stands for three groups known to be there: at most 10 is left."""
    table = counted(shape_of(axis("one", 5)), [4, 3, 3, 3, 50])
    with pytest.raises(NotSafe, match="could be worked out"):
        confirm(table, (0,), (1,), (2,), (3,))
    table = counted(shape_of(axis("one", 5)), [4, 4, 3, 3, 50])
    assert confirm(table, (0,), (1,), (2,), (3,)) == 4


def test_figures_that_are_not_true_are_refused() -> None:
    table = hide(SAFE, *SAFE_PLACES)
    false = replace(table, figures=tuple(f and f + 1 for f in table.figures))
    with pytest.raises(NotSafe, match="do not agree"):
        confirm_safe([false], [], [], counting(SAFE), threshold=11)


def test_a_withheld_zero_is_refused_where_zeros_are_shown() -> None:
    """A reader takes s for 1 or more there, so the bounds would be wrong."""
    table = counted(shape_of(axis("one", 3)), [0, 40, 50])
    with pytest.raises(NotSafe, match="do not agree"):
        confirm(table, (0,), (1,))


def test_existence_of_a_victim_is_refused() -> None:
    shape = shape_of(axis("one", 2), axis("dv", ["a", "b"], Guard.VICTIM))
    table = counted(shape, [[3, 97], [0, 100]])
    whole_column = [(i, j) for i in range(2) for j in range(2)]
    assert confirm(table, *whole_column, (2, 0), (2, 1)) == 6
    # At most 20 of the 23 are in the second line, so at least 3 are in the first: up to 23.
    with pytest.raises(NotSafe, match="could be worked out"):
        confirm(counted(shape, [[3, 97], [20, 0]]), *whole_column)
    plain = shape_of(axis("one", 2), axis("dv", ["a", "b"]))
    assert confirm(counted(plain, [[3, 97], [20, 10]]), *whole_column) == 4


def test_one_answer_for_a_whole_line_is_refused() -> None:
    shape = shape_of(axis("one", 2), axis("outcome", 3, Guard.GROUP))
    table = counted(shape, [[40, 0, 0], [20, 30, 40]])
    for places in ((), ((0, 0), (1, 0))):
        with pytest.raises(NotSafe, match="same answer"):
            confirm(table, *places)
    assert confirm(table, *((i, j) for i in range(2) for j in range(2))) == 4


def test_increases_and_earlier_releases_are_attacked() -> None:
    first = counted(shape_of(axis("one", 2)), [20, 30])
    second = counted(shape_of(axis("one", 2), when=Q2), [4, 40])
    year = counted(shape_of(axis("one", 2), when=YEAR), [24, 70])
    truth = truth_of({table.shape.window.id: counting_rows(table) for table in (first, second)})
    with pytest.raises(NotSafe, match="could be worked out"):
        confirm_safe([hide(year)], [hide(first)], [], truth, threshold=11)
    safe = confirm_safe([hide(year, (0,), (1,))], [hide(first)], [], truth, threshold=11)
    assert (safe.cells_attacked, safe.failures, safe.in_whole_numbers) == (5, 0, True)
    assert (safe.earlier_releases, safe.earlier_figures) == (1, 3)
    assert (
        confirm_safe(
            [hide(second, (0,), (1,))], [hide(first)], [], truth, threshold=11
        ).cells_attacked
        == 2
    )


def counting_rows(table: CountTable) -> Any:
    inner = table.counts[:-1]
    made = rows_from({"one": 26}, int(inner.sum()), np.random.default_rng(1))
    made.columns["one"].codes[:] = np.repeat(np.arange(len(inner)), inner)
    return made


def test_a_table_published_before_keeps_its_figures() -> None:
    table = hide(SAFE, *SAFE_PLACES)
    truth = counting(SAFE)
    assert confirm_safe([table], [table], [], truth, threshold=11).failures == 0
    other = hide(SAFE, *SAFE_PLACES, (1, 1))
    with pytest.raises(NotSafe, match="published before with other figures"):
        confirm_safe([other], [table], [], truth, threshold=11)


def test_known_figures_count_as_published() -> None:
    table = hide(SAFE, *SAFE_PLACES)
    known = SingleFigure(
        Population.EPISODES, Q1, frozenset({("one", frozenset("a")), ("two", frozenset("b"))}), 20
    )
    with pytest.raises(NotSafe, match="could be worked out"):
        confirm_safe([table], [], [known], counting(SAFE), threshold=11)
    alone = hide(counted(shape_of(), 55))
    truth = truth_of({"2025-Q1": rows_from({"one": 2}, 55, np.random.default_rng(1))})
    near = SingleFigure(Population.EPISODES, Q1, frozenset({("other", frozenset("z"))}), 50)
    with pytest.raises(NotSafe, match="could be worked out"):
        confirm_safe([alone], [], [near], truth, threshold=11)
    assert (
        confirm_safe([alone], [], [replace(near, value=40)], truth, threshold=11).cells_attacked
        == 1
    )


@pytest.mark.parametrize("stopped", [False, True])
def test_no_time_or_stopped_means_no_confirmation(stopped: bool) -> None:
    says = "stopped" if stopped else "could not be finished in time"
    with pytest.raises(NotSafe, match=says):
        confirm(SAFE, *SAFE_PLACES, seconds=60.0 if stopped else 0.0, stop=lambda: stopped)
    if not stopped:
        with pytest.raises(NotSafe, match=says):
            attack([hide(SAFE, *SAFE_PLACES)], 11, seconds=0.0)


def test_the_number_attacked_does_not_tell_how_many_are_small() -> None:
    large = counted(SAFE.shape, np.asarray(SAFE.counts[:3, :3]) + 20)
    assert confirm(large, *SAFE_PLACES) == confirm(SAFE, *SAFE_PLACES)


def test_words_of_a_finding_name_no_value() -> None:
    """Findings of one table are told by its headings and labels."""
    report = attack([hide(SAFE, *SAFE_PLACES)], 11)
    assert isinstance(report.findings[0], Finding)
    assert report.failed
    assert {f.labels for f in report.findings} == {
        ("One: A", "Two: A"), ("One: A", "Two: B"), ("One: C", "Two: A"), ("One: C", "Two: B"),
    }  # fmt: skip
