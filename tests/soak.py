"""How long a test of safety goes on: a moment in `make test`, long in `make soak`.

`make soak` sets `INTAKE_DESK_SOAK=1`.
"""

import os
from typing import TypeVar

T = TypeVar("T", int, float)

SOAK = bool(os.environ.get("INTAKE_DESK_SOAK"))


def how_many(quick: T, long: T) -> T:
    """`long` in a soak, else `quick`: rounds, seconds, places …"""
    return long if SOAK else quick
