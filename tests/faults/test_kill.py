"""Killed at any moment, an office loses nothing it acknowledged, and opens.

Each act is killed without warning at a random act on its disk, in the middle of it where it is
a write, and at random moments of the clock.
"""

import random
import signal
from collections.abc import Callable

import pytest

from tests.faults.acts import ACTS
from tests.faults.workbench import Workbench
from tests.soak import how_many

AT_ACTS = how_many(1, 34)
AT_MOMENTS = how_many(1, 8)


@pytest.mark.parametrize("name", ACTS)
def test_nothing_acknowledged_is_lost(
    name: str, bench: Workbench, record_property: Callable[[str, object], None]
) -> None:
    act, chosen = ACTS[name], random.Random()  # noqa: S311 - moments, not keys; fresh each time
    length = bench.measured(act)
    acts, seconds = length.acts, length.seconds
    # An act on the disk to die in, or seconds after which to die.
    plans: list[tuple[int, float | None]] = [
        *((chosen.randint(1, acts), None) for _ in range(AT_ACTS)),
        *((0, chosen.uniform(0, seconds)) for _ in range(AT_MOMENTS)),
    ]
    killed = 0
    for plan in plans:
        bench.anew(act)
        bench.layer.kill_at(plan[0])
        ended = bench.do(act, killed_after=plan[1])
        assert ended.code in (0, -signal.SIGKILL), (plan, ended, bench.errors())
        killed += ended.code != 0
        try:
            act.kept(bench.folder, ended.said)
        except Exception as error:
            error.add_note(f"{name} killed at {plan} of {acts}, {seconds:.2f} s; said {ended.said}")
            raise
    record_property("killed", killed)
    # The length of an act differs a little from one time to the next.
    assert killed >= AT_ACTS // 2
