"""What a benchmark found: a figure, and where there is one its peer and the limit promised."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`ratio` is ours to the peer's, measured in the same run; `limit` is for the ratio."""

    name: str
    value: float
    unit: str
    peer: str = ""
    ratio: float | None = None
    limit: float | None = None
