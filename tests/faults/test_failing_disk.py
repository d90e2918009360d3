"""A disk that fails in the middle: a sentence, the last good state, and no traceback.

From a random act on, or for a while, or after so many bytes, the disk refuses. Whatever was
acknowledged is there afterwards, whatever was not is whole or absent, and the office is sound.
"""

import random
from collections.abc import Callable

import pytest

from tests.faults.act import Act
from tests.faults.acts import ACTS
from tests.faults.layer import FAULTS
from tests.faults.workbench import Ended, Workbench
from tests.soak import how_many

KINDS = how_many(1, len(FAULTS))
"""How many kinds of fault each act meets."""

PLACES = how_many(1, 12)
"""In how many places of the act; they are spread over the whole of it."""

BYTES = how_many(1, 24)
"""After how many numbers of bytes the disk is full."""


def spread(length: int, places: int) -> list[int]:
    """Random places, one in each of as many equal parts of a length."""
    part = max(length / places, 1)
    return [
        min(int(number * part + random.uniform(1, part)), length)  # noqa: S311 - places, not keys
        for number in range(places)
    ]


def look(act: Act, bench: Workbench, ended: Ended, plan: object) -> int:
    """See that it was refused with a sentence and that nothing was lost; count what was refused."""
    refused = bench.layer.refused
    bench.layer.heal()
    told = f"{act.name} with {plan}: {refused} refused, {ended}\n{bench.errors()}"
    assert ended.code in (0, 1), told
    if ended.code == 1:
        assert refused, told
    for line in ended.said:
        if line.startswith("sentence "):
            assert is_sentence(line.removeprefix("sentence ")), told
    try:
        act.kept(bench.folder, ended.said)
    except Exception as error:
        error.add_note(told)
        raise
    return refused


def is_sentence(words: str) -> bool:
    """Whether it is whole sentences for people, and cries no damage where there is none."""
    machine = ("rror", "/", "damaged", "Restore")
    return words.endswith(".") and words[0].isupper() and not any(map(words.count, machine))


@pytest.mark.parametrize("name", ACTS)
def test_a_disk_that_refuses(
    name: str, bench: Workbench, record_property: Callable[[str, object], None]
) -> None:
    act, chosen = ACTS[name], random.Random()  # noqa: S311 - places, not keys; fresh each time
    acts = bench.measured(act).acts
    refused = 0
    for fault in chosen.sample(FAULTS, KINDS):
        for place in spread(acts, PLACES):
            # For good, for a while, or once.
            lasts = chosen.choice((0, chosen.randint(2, 60), 1))
            bench.anew(act)
            bench.layer.fail(fault, place, place + lasts if lasts else 0)
            ended = bench.do(act)
            refused += look(act, bench, ended, (fault.name, place, lasts, acts)) > 0
    record_property("refused", refused)


def test_a_disk_that_fills_up(
    bench: Workbench, record_property: Callable[[str, object], None]
) -> None:
    chosen = random.Random()  # noqa: S311 - places, not keys; fresh each time
    refused = 0
    for name in chosen.sample(sorted(ACTS), how_many(4, len(ACTS))):
        act = ACTS[name]
        written = bench.measured(act).written
        for place in spread(written, BYTES):
            bench.anew(act)
            bench.layer.fill_after(place)
            ended = bench.do(act)
            refused += look(act, bench, ended, (place, "bytes of", written)) > 0
    record_property("refused", refused)
    assert refused
