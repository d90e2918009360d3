"""Two hundred random offices that publish for years, and readers who keep every file."""

import time

from tests.bench.figures import Figure
from tests.random_offices import play

_OFFICES = 200


def measure() -> list[Figure]:
    """What readers work out of the product's files and of a naive publisher's."""
    started = time.perf_counter()
    leaks = play(_OFFICES, 2, seconds=5.0, tried_outside=4, most_figures=120)
    taken = time.perf_counter() - started
    words = (
        f"{leaks.small:,} small; a naive release leaks {leaks.naive_provable:,}, "
        f"{leaks.naive_exact:,} exactly"
    )
    tried = f"{leaks.outside:,} tried by another solver"
    told = f"{leaks.refused} of {leaks.releases:,} releases refused"
    return [
        Figure(
            f"{_OFFICES} random offices: provable small groups", leaks.provable, "", words, limit=0
        ),
        Figure(f"{_OFFICES} random offices: exact small groups", leaks.exact, "", words, limit=0),
        Figure("provable by another solver", leaks.outside_provable, "", tried, limit=0),
        Figure("victims shown to exist", leaks.outside_victims, "", tried, limit=0),
        Figure(f"{leaks.cases:,} cases, {leaks.figures:,} figures", taken, "s", told),
    ]
