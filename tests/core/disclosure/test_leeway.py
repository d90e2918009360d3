"""How far one count can move, worked out by hand on small systems."""

import pytest

from intake_app.core.disclosure.leeway import Budget, Figure, Leeway, State, System, Target
from intake_app.core.errors import NotSafe

# Counts 5 + 30 = 35 and 40 + 50 = 90; columns 45 and 80. All rows and columns are shown.
COUNTS = (5, 30, 40, 50)
INNER = [Figure((i,), count, State.OPEN) for i, count in enumerate(COUNTS)]
SHOWN = [
    Figure(parts, sum(COUNTS[i] for i in parts), State.PUBLISHED)
    for parts in ((0, 1), (2, 3), (0, 2), (1, 3))
]


def _leeway(*targets: Target, least: int = 1) -> Leeway:
    inner = [Figure(f.parts, f.value, f.state, f.cost, least) for f in INNER]
    return Leeway(System(COUNTS, (*inner, *SHOWN), targets), Budget(10))


def test_with_one_figure_withheld_nothing_can_move() -> None:
    reach = _leeway().reach(Target(0, 6), {0})
    assert not reach.enough
    # Any two of the others could help; the cut says that something else must be withheld.
    assert sum(reach.price.values()) >= reach.level > 0
    assert 0 not in reach.price


def test_four_withheld_can_move_until_one_reaches_its_least() -> None:
    everything = {0, 1, 2, 3}
    leeway = _leeway()
    # Up: the 30 goes down to 1. Down: the 5 itself goes to 1.
    assert leeway.reach(Target(0, 29), everything).enough
    assert not leeway.reach(Target(0, 30), everything).enough
    assert leeway.reach(Target(0, -4), everything).enough
    assert not leeway.reach(Target(0, -5), everything).enough
    unseen_zeros = _leeway(least=0)
    assert unseen_zeros.reach(Target(0, 30), everything).enough
    assert unseen_zeros.reach(Target(0, -5), everything).enough


def test_what_moves_is_what_must_be_withheld() -> None:
    leeway = _leeway()
    assert leeway.cheapest(Target(0, 6), {0}) == frozenset({0, 1, 2, 3})
    assert leeway.cheapest(Target(0, 31), {0}) is None
    assert leeway.reach(Target(0, 6), {0, 1, 2, 3}).used == frozenset({0, 1, 2, 3})


def test_one_question_leaves_no_trace_in_the_next() -> None:
    leeway = _leeway()
    first = leeway.reach(Target(1, 4), {0, 1, 2, 3})
    leeway.cheapest(Target(3, -8), {1})
    leeway.reach(Target(2, 9), {2})
    again = leeway.reach(Target(1, 4), {0, 1, 2, 3})
    assert first.enough
    assert again.enough


@pytest.mark.parametrize(("costs", "expected"), [((1, 9), {1, 2}), ((9, 1), {1, 3})])
def test_the_cheaper_way_is_taken(costs: tuple[int, int], expected: set[int]) -> None:
    """The 5 can grow at the cost of the 30 or of the 40, in a sum that is shown."""
    figures = (
        Figure((0, 1, 2), 75, State.PUBLISHED),
        Figure((0,), 5, State.WITHHELD),
        Figure((1,), 30, State.OPEN, costs[0]),
        Figure((2,), 40, State.OPEN, costs[1]),
    )
    leeway = Leeway(System((5, 30, 40), figures, ()), Budget(5))
    assert leeway.cheapest(Target(0, 6), frozenset()) == frozenset(expected)


def test_a_budget_that_is_used_up_ends_in_a_refusal() -> None:
    with pytest.raises(NotSafe, match="Nothing was written"):
        Budget(0).left()
    assert 0 < Budget(5).left() <= 5
