"""What is asked of the protection of hours, days and children, and what was published before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from intake_app.core.disclosure.figures import ProtectedTable, Shape
from intake_app.core.reports.dimensions import Measure
from intake_app.core.reports.periods import Window
from intake_app.core.reports.release import Amounts
from intake_app.core.reports.rows import Population, Rows

RowsOf = Callable[[Population, Window], Rows]
"""The frozen rows of a window, or of some of its periods."""


@dataclass(frozen=True)
class AmountAsk:
    """A number wanted over the lines of a part: the part's table, and for how many it is known.

    `known` is the protected table with one more last side: Known (answer `yes`) and Not known.
    ValueError for one over other lines or dates.
    """

    shape: Shape
    measure: Measure
    known: ProtectedTable

    def __post_init__(self) -> None:
        known = self.known.shape
        if known.axes[:-1] != self.shape.axes or (known.population, known.window) != (
            self.shape.population,
            self.shape.window,
        ):
            raise ValueError("for how many a number is known is counted over the same lines")
        if not any(group.words == {"yes"} for group in known.axes[-1].groups):
            raise ValueError("the last side is known, not known")

    @property
    def known_figures(self) -> tuple[int | None, ...]:
        """For how many it is known, in the printed order of the part's table; None is withheld."""
        words = [group.words for group in self.known.shape.axes[-1].groups]
        line = words.index(frozenset({"yes"}))
        return tuple(self.known.at((*place, line)) for place in self.shape.places())


@dataclass(frozen=True)
class PublishedAmounts:
    """Amounts an earlier release published over the lines of a table."""

    shape: Shape
    amounts: Amounts
