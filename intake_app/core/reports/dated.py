"""Rows of facts with what only the office file may know of each: its record and its day."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from intake_app.core.reports.rows import Rows


@dataclass(frozen=True)
class Dated:
    """`rows`, and for each row the number of its record and the day it is counted by.

    Neither is ever published. ValueError where there is not one of each for each row.
    """

    keys: tuple[int, ...]
    days: tuple[date, ...]
    rows: Rows

    def __post_init__(self) -> None:
        if not len(self.keys) == len(self.days) == self.rows.size:
            raise ValueError("every row has one record and one day")

    def taken(self, places: npt.NDArray[np.intp]) -> "Dated":
        """Only the rows at these places."""
        return Dated(
            tuple(self.keys[i] for i in places),
            tuple(self.days[i] for i in places),
            self.rows.taken(places),
        )
