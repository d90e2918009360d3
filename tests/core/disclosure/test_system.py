"""Every figure is one unknown, and every sum a reader can do is an equation."""

import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest

from intake_app.core.disclosure.figures import Axis, Guard, Shape, SingleFigure
from intake_app.core.disclosure.system import DoesNotFit, System, build_system
from intake_app.core.reports.periods import Every, Period, Window
from intake_app.core.reports.rows import Population, Rows
from tests.core.disclosure.small_systems import (
    FIRST,
    QUARTERS,
    YEAR,
    Floats,
    rows_of,
    shape,
    side,
    truth_of,
)

ANSWERS = {"color": ("red", "green", "blue"), "size": ("big", "small"), "form": ("round", "flat")}


def facts(seed: int, most: int = 30) -> Rows:
    luck = np.random.default_rng(seed)
    keys = [(c, s, f) for c in ANSWERS["color"] for s in ANSWERS["size"] for f in ANSWERS["form"]]
    return rows_of({key: int(luck.integers(0, most)) for key in keys}, tuple(ANSWERS))


TRUTH = truth_of({quarter: facts(i) for i, quarter in enumerate(QUARTERS)})


def values(asked: Shape) -> Floats:
    return TRUTH(asked).counts.astype(np.float64)


COLOR, SIZE, FORM = (side(name, words) for name, words in ANSWERS.items())


def freedom(system: System, fixed: npt.NDArray[np.bool_]) -> int:
    """How many ways the unknowns can move when some are fixed: the rank decides, not the rows."""
    matrix = np.zeros((system.equations.size, len(system.values)))
    np.add.at(
        matrix,
        (system.equations.row_of, system.equations.unknowns),
        system.equations.factors,
    )
    free = matrix[:, ~fixed]
    return int((~fixed).sum() - (np.linalg.matrix_rank(free) if free.size else 0))


def none_fixed(system: System) -> npt.NDArray[np.bool_]:
    return np.zeros(len(system.values), bool)


def test_a_figure_in_two_tables_is_one_unknown() -> None:
    one, other = shape(COLOR, SIZE), shape(FORM, COLOR)
    system = build_system([one, other], [], values)
    first, second = (p.reshape(s.size) for p, s in zip(system.places, (one, other), strict=True))
    assert (first[:, -1] == second[-1, :]).all()
    assert first[-1, -1] == second[-1, -1]
    assert len(system.values) == 12 + 12 - 4
    assert not system.hidden.any()


@pytest.mark.parametrize("sides", [(), (COLOR,), (COLOR, SIZE), (COLOR, SIZE, FORM)])
def test_a_table_is_as_free_as_its_inner_cells(sides: Sequence[Axis]) -> None:
    system = build_system([shape(*sides)], [], values)
    inner = int(np.prod([len(axis.groups) for axis in sides]))
    assert freedom(system, none_fixed(system)) == inner
    assert system.off == 0


def test_true_values_stand_at_every_place() -> None:
    shapes = [shape(COLOR, SIZE, FORM), shape(FORM, window=YEAR), shape(SIZE, window=YEAR)]
    system = build_system(shapes, [], values)
    for each, places in zip(shapes, system.places, strict=True):
        assert (system.values[places] == values(each).ravel()).all()
    assert system.off == 0


def test_a_year_is_the_sum_of_its_quarters() -> None:
    shapes = [shape(COLOR, window=Window((q,))) for q in QUARTERS] + [shape(COLOR, window=YEAR)]
    system = build_system(shapes, [], values)
    assert not system.hidden.any()
    fixed = none_fixed(system)
    for places in system.places[:4]:
        fixed[places] = True
    assert freedom(system, fixed) == 0


def test_quarters_that_were_skipped_are_hidden_unknowns() -> None:
    shapes = [shape(COLOR, window=FIRST), shape(COLOR, window=YEAR)]
    system = build_system(shapes, [], values)
    assert system.hidden.sum() == 4
    left = shape(COLOR, window=Window(QUARTERS[1:]))
    assert sorted(system.values[system.hidden]) == sorted(values(left).ravel())
    assert freedom(system, none_fixed(system)) == 6


def test_a_skipped_table_still_has_its_margins_where_another_shows_them() -> None:
    # The year by two questions, three quarters by both, the last by one: its margin is known.
    shapes = [shape(COLOR, SIZE, window=Window((q,))) for q in QUARTERS[:3]]
    shapes += [shape(COLOR, window=Window(QUARTERS[3:])), shape(COLOR, SIZE, window=YEAR)]
    system = build_system(shapes, [], values)
    assert system.off == 0
    assert system.hidden.sum() == 6 + 2  # inner cells and the margin of the other question
    assert freedom(system, none_fixed(system)) == 4 * 6


def test_two_groupings_meet_in_the_finest_groups() -> None:
    warm = side("color", [("red", "green"), "blue"])
    cold = side("color", ["red", ("green", "blue")])
    system = build_system([shape(warm, table_id="a"), shape(cold, table_id="b")], [], values)
    # red, blue, red+green, green+blue and the total are shown; green can be worked out.
    assert system.hidden.sum() == 1
    greens = values(shape(COLOR))[1]
    assert system.values[system.hidden] == [greens]
    assert freedom(system, none_fixed(system)) == 3
    fixed = ~system.hidden
    assert freedom(system, fixed) == 0
    assert system.off == 0


def test_finest_groups_add_up_over_the_other_questions() -> None:
    warm = side("color", [("red", "green"), "blue"])
    cold = side("color", ["red", ("green", "blue")])
    shapes = [shape(warm, SIZE, table_id="a"), shape(cold, SIZE, table_id="b")]
    apart = build_system(shapes, [], values)
    both = build_system([*shapes, shape(COLOR)], [], values)
    assert apart.off == both.off == 0
    # Six cells decide all: the third table adds an unknown to neither.
    assert freedom(apart, none_fixed(apart)) == freedom(both, none_fixed(both)) == 6


def test_an_answer_that_came_up_later_is_known_to_be_none_before() -> None:
    early = side("color", ["red", "green"])
    no_blue = truth_of(
        {
            QUARTERS[0]: rows_of({("red",): 20, ("green",): 30}, ("color",)),
            **{q: rows_of({("red",): 5, ("blue",): 7}, ("color",)) for q in QUARTERS[1:]},
        }
    )
    system = build_system(
        [shape(early, window=FIRST), shape(COLOR, window=YEAR)],
        [],
        lambda s: no_blue(s).counts.astype(np.float64),
    )
    assert system.off == 0
    fixed = none_fixed(system)
    fixed[system.places[0]] = True
    blue_first = [u for u in np.flatnonzero(system.hidden) if system.values[u] == 0]
    moves = freedom(system, fixed)
    fixed[blue_first[0]] = True
    assert freedom(system, fixed) == moves


def test_populations_are_never_tied() -> None:
    one = shape(COLOR)
    other = replace(one, population=Population.LETTERS)
    system = build_system([one, other], [], values)
    assert not set(system.places[0]) & set(system.places[1])
    assert freedom(system, none_fixed(system)) == 6


def test_a_known_figure_is_the_same_unknown_or_cuts_finer() -> None:
    reds = SingleFigure(Population.EPISODES, FIRST, frozenset({("color", frozenset({"red"}))}), 3)
    part = SingleFigure(
        Population.EPISODES,
        FIRST,
        frozenset({("color", frozenset({"red"})), ("size", frozenset({"big"}))}),
        2,
    )
    strange = replace(reds, conditions=frozenset({("planet", frozenset({"mars"}))}))
    table = shape(COLOR)
    system = build_system([table, shape(SIZE)], [reds, part, strange], values)
    assert system.singles[0] == system.places[0][0]
    assert not system.hidden[system.singles[1]]
    assert system.singles[2] == -1
    assert system.values[system.singles[1]] == values(shape(COLOR, SIZE))[0, 0]
    assert system.off == 0


def test_known_figures_of_other_dates() -> None:
    half = Window((Period(QUARTERS[0].start, Every.HALF_YEAR),))
    total = SingleFigure(Population.EPISODES, half, frozenset(), 3)
    quarters = [shape(COLOR, window=Window((q,))) for q in QUARTERS[:2]]
    system = build_system(quarters, [total], values)
    assert system.off == 0
    assert system.values[system.singles[0]] == sum(values(q)[-1] for q in quarters)
    with pytest.raises(DoesNotFit):
        build_system(quarters[:1], [total], values)
    later = replace(total, window=Window(QUARTERS[3:]))
    assert build_system(quarters, [later], values).singles.tolist() == [-1]


def test_the_order_of_tables_sides_and_groups_decides_nothing() -> None:
    shapes = [shape(COLOR, SIZE), shape(COLOR, window=YEAR), shape(FORM, SIZE, window=YEAR)]
    turned = [
        replace(s, axes=tuple(replace(a, groups=a.groups[::-1]) for a in s.axes[::-1]))
        for s in shapes[::-1]
    ]
    one, other = (build_system(each, [], values) for each in (shapes, turned))
    assert (one.values == other.values).all()
    assert (one.equations.unknowns == other.equations.unknowns).all()
    assert (one.equations.factors == other.equations.factors).all()
    assert [line.tolist() for line in one.lines] == [line.tolist() for line in other.lines]


def test_what_depends_on_victims_is_marked() -> None:
    size = side("size", ANSWERS["size"], Guard.VICTIM, ["small"])
    table = shape(COLOR, size)
    system = build_system([table], [], values)
    marked = system.victim[system.places[0]].reshape(table.size)
    assert marked[:, :2].all()
    assert not marked[:, 2].any()
    flagged = system.flagged[system.places[0]].reshape(table.size)
    assert flagged[:, 1].all()
    assert not flagged[:, (0, 2)].any()
    lines = {frozenset(line.tolist()) for line in system.lines}
    assert lines == {frozenset(x[:2]) for x in system.places[0].reshape(table.size).tolist()}


def test_a_ledger_of_eight_quarters_is_built_in_a_moment() -> None:
    luck = np.random.default_rng(1)
    names = [f"q{i}" for i in range(6)]
    periods = [*QUARTERS, *(Period(q.start.replace(year=2027), q.every) for q in QUARTERS)]
    answers = {name: [f"a{k}" for k in range(8)] for name in names}
    each = {
        p: rows_of({tuple(f"a{k}" for k in luck.integers(0, 8, 6)): 1 for _ in range(300)}, names)
        for p in periods
    }
    truth = truth_of(each)
    windows = [*(Window((p,)) for p in periods), Window(tuple(periods[:4]))]
    sides = {name: side(name, words) for name, words in answers.items()}
    shapes = [
        shape(sides[one], sides[two], window=w)
        for w in windows
        for one, two in combinations(names, 2)
    ]
    start = time.process_time()
    system = build_system(shapes, [], lambda s: truth(s).counts.astype(np.float64))
    assert time.process_time() - start < 3
    assert len(system.values) == 9 * (15 * 64 + 6 * 8 + 1)
    assert system.off == 0
