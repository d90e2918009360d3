"""The cheapest figures to withhold: against every pattern there is, and against time."""

from dataclasses import replace
from itertools import count, product

import highspy
import numpy as np
import pytest

from intake_app.core.disclosure import choice as choice_module
from intake_app.core.disclosure.choice import choose
from intake_app.core.disclosure.cuts import Cheaper
from intake_app.core.disclosure.freedom import (
    Budget,
    Cancelled,
    Freedom,
    Hiding,
    Mask,
    OutOfTime,
    SolverFailed,
    Target,
)
from intake_app.core.disclosure.patterns import Impossible
from intake_app.core.disclosure.rules import rules
from intake_app.core.disclosure.system import build_system
from tests.core.disclosure.small_systems import table_shape, table_truth


def hiding_of(table: list[list[int]], threshold: int = 11) -> Hiding:
    truth, asked = table_truth(table), table_shape(len(table), len(table[0]))
    system = build_system([asked], [], lambda s: truth(s).counts.astype(np.float64))
    return rules(system, [asked], [], threshold)


def tables(seed: int) -> list[list[int]]:
    luck = np.random.default_rng(seed)
    size = (int(luck.integers(2, 4)), int(luck.integers(2, 5)))
    most = luck.choice([3, 9, 15, 60], size)
    found: list[list[int]] = luck.integers(0, most, endpoint=True).tolist()
    return found


def reaches(hiding: Hiding, withheld: Mask) -> dict[Target, float]:
    freedom = Freedom(hiding, Budget(60))
    freedom.hide(withheld[freedom.free[freedom.open]])
    return {target: freedom.reach(target) for target in hiding.targets}


def cheapest_by_trying(hiding: Hiding) -> float | None:
    open_ = np.flatnonzero(hiding.open)
    best = None
    for chosen in product((False, True), repeat=len(open_)):
        withheld = np.zeros(len(hiding.values), bool)
        withheld[open_[list(chosen)]] = True
        cost = float(hiding.cost[withheld].sum())
        if best is not None and cost >= best:
            continue
        if all(r >= abs(t.change) - 1e-6 for t, r in reaches(hiding, withheld).items()):
            best = cost
    return best


@pytest.mark.parametrize("seed", range(25))
def test_proven_means_that_no_pattern_of_all_is_cheaper(seed: int) -> None:
    hiding = hiding_of(tables(seed))
    if hiding.open.sum() > 10:
        pytest.skip("too many patterns to try")
    found = choose(hiding, Budget(60))
    assert found.gap == 0
    assert found.cost == cheapest_by_trying(hiding)


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_chosen_every_target_can_move(seed: int) -> None:
    hiding = hiding_of(tables(seed + 100))
    found = choose(hiding, Budget(60))
    assert not (found.withheld & ~hiding.open).any()
    for target, reach in reaches(hiding, found.withheld).items():
        assert reach >= abs(target.change) - 1e-6


@pytest.mark.parametrize("seed", range(40))
def test_the_bounds_are_those_of_every_table_there_could_be(seed: int) -> None:
    """G1 as the linear program has it, against all tables of whole numbers."""
    luck = np.random.default_rng(seed)
    table = luck.integers(0, 4, (2, 3)).tolist()
    truth, asked = table_truth(table), table_shape(2, 3)
    counts = truth(asked).counts
    withheld = (counts > 0) & (luck.random(counts.shape) < 0.7)
    inner = np.array(list(product(range(7), repeat=6))).reshape(-1, 2, 3)
    full = np.concatenate([inner, inner.sum(axis=1, keepdims=True)], axis=1)
    full = np.concatenate([full, full.sum(axis=2, keepdims=True)], axis=2)
    fits = (full == counts)[:, ~withheld].all(axis=1) & (full[:, withheld] >= 1).all(axis=1)
    fitting = full[fits].reshape(-1, counts.size)
    system = build_system([asked], [], lambda s: truth(s).counts.astype(np.float64))
    small = np.flatnonzero(withheld.ravel())
    places = system.places[0]
    hidden = np.zeros(len(system.values), bool)
    hidden[places[small]] = True
    targets = tuple(Target(int(places[k]), 50.0) for k in small)
    nothing = np.zeros(len(hidden))
    hiding = Hiding(
        system.values, hidden * 1.0, ~hidden, hidden & False, nothing, system.equations, targets
    )
    freedom = Freedom(hiding, Budget(60))
    for k, target in zip(small, targets, strict=True):
        most, least, value = fitting[:, k].max(), fitting[:, k].min(), counts.ravel()[k]
        if inner.max() > most:  # not cut off by trying up to six only
            assert freedom.reach(target) == pytest.approx(most - value, abs=1e-6)
        down = freedom.reach(replace(target, change=-50.0))
        assert down == pytest.approx(value - least, abs=1e-6)


BIG = [[3, 40, 25, 7], [12, 5, 60, 33], [9, 31, 2, 18], [44, 15, 26, 4]]


def test_the_same_question_has_the_same_answer() -> None:
    one, other = (choose(hiding_of(BIG), Budget(60)) for _ in range(2))
    assert (one.withheld == other.withheld).all()


def test_with_no_steps_left_the_pattern_is_safe_and_says_how_far_off_it_may_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    best = choose(hiding_of(BIG), Budget(60))
    monkeypatch.setattr(choice_module, "_STEPS", 20_000.0)
    hiding = hiding_of(BIG)
    found = choose(hiding, Budget(60))
    assert all(r >= abs(t.change) - 1e-6 for t, r in reaches(hiding, found.withheld).items())
    assert found.cost >= best.cost
    assert found.gap is None or found.cost * (1 - found.gap) <= best.cost + 1e-6


def test_with_the_time_up_halfway_the_first_pattern_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_time(*_: object) -> None:
        raise OutOfTime

    hiding = hiding_of(BIG)
    monkeypatch.setattr(Cheaper, "improve", no_time)
    found = choose(hiding, Budget(60))
    assert found.gap is None
    assert all(r >= abs(t.change) - 1e-6 for t, r in reaches(hiding, found.withheld).items())


def test_no_time_is_no_answer() -> None:
    with pytest.raises(OutOfTime):
        choose(hiding_of(BIG), Budget(0))


def test_stopped_is_no_answer_even_at_the_last_step(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Cancelled):
        choose(hiding_of(BIG), Budget(60, lambda: True))
    asked = count()
    choose(hiding_of(BIG), Budget(60, lambda: next(asked) < 0))
    often, again = next(asked), count(1)
    with pytest.raises(Cancelled):
        choose(hiding_of(BIG), Budget(60, lambda: next(again) == often))


def test_a_solver_that_gives_up_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        highspy.Highs,
        "getModelStatus",
        lambda _: highspy.HighsModelStatus.kSolveError,
    )
    with pytest.raises(SolverFailed):
        choose(hiding_of(BIG), Budget(60))


def test_what_cannot_move_at_all_is_impossible() -> None:
    hiding = hiding_of(BIG)
    shut = replace(hiding, published=hiding.published | hiding.open, open=hiding.open & False)
    with pytest.raises(Impossible):
        choose(shut, Budget(60))
