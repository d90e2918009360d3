"""Numbers added up over the figures of a table, and the rules a total must keep to be shown.

The rules are those of guarantee G6: enough cases, no case above half of the total (dominance),
and the p%-rule with p = 20: whoever knows the second largest case may not come within 20 % of
the largest (L. Willenborg and T. de Waal, “Elements of Statistical Disclosure Control”, 2001).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from itertools import product

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.figures import Shape
from intake_app.core.reports.counting import lines_of
from intake_app.core.reports.rows import Rows

Floats = npt.NDArray[np.float64]

WITHIN = 0.20
"""How near a reader may come to the largest case of a total that is withheld."""

_LARGEST_SHARE = 0.50
_LEAST_CASE = 1.0
"""What the largest case counts as at least: a group whose every number is 0 is no less secret."""


@dataclass(frozen=True)
class Sums:
    """For each figure of a table in printed order: known cases, total, the two largest cases."""

    known: Floats
    total: Floats
    largest: Floats
    second: Floats

    def showable(self, threshold: int) -> npt.NDArray[np.bool_]:
        """Which totals keep every rule. A total of 0 would tell the number of every case."""
        rest = self.total - self.largest - self.second
        return (
            (self.known >= threshold)
            & (self.total > 0)
            & (self.largest <= _LARGEST_SHARE * self.total)
            & (rest >= WITHIN * self.largest)
        )

    @property
    def leeway(self) -> Floats:
        """How far a reader must stay from each total that is withheld."""
        return WITHIN * np.maximum(self.largest, _LEAST_CASE)


def gathered(shape: Shape, rows: Rows, measure: str) -> tuple[Floats, ...]:
    """The known numbers in each figure of a table, from the smallest, in printed order.

    Rows without the number at all count as not known. ValueError for a number below 0, which a
    reader could not be kept from by these rules.
    """
    values = rows.numbers.get(measure)
    if values is None:
        values = np.full(rows.size, np.nan)
    there = ~np.isnan(values)
    values, lines = values[there], lines_of(shape, rows)[there]
    if (values < 0).any():
        raise ValueError("a number added up is never below 0")
    order = np.argsort(values, kind="stable")
    values, lines = values[order], lines[order]
    found: list[Floats] = [np.zeros(0)] * shape.figures
    if not len(values):
        return tuple(found)
    spots = np.arange(shape.figures).reshape(shape.size)
    # Margin by margin, so that each row is looked at once for each.
    for whole in product((False, True), repeat=len(shape.axes)):
        index = tuple(
            np.full(len(values), size - 1) if all_of_it else lines[:, k]
            for k, (all_of_it, size) in enumerate(zip(whole, shape.size, strict=True))
        )
        at = spots[index] if index else np.zeros(len(values), np.intp)
        sorting = np.argsort(at, kind="stable")
        places, starts = np.unique(at[sorting], return_index=True)
        for place, part in zip(places, np.split(values[sorting], starts[1:]), strict=True):
            found[place] = part
    return tuple(found)


def sums_of(numbers: tuple[Floats, ...]) -> Sums:
    """The sums over what was gathered, in the same order."""
    return Sums(
        np.array([len(each) for each in numbers], np.float64),
        np.array([each.sum() for each in numbers]),
        np.array([each[-1] if len(each) else 0.0 for each in numbers]),
        np.array([each[-2] if len(each) > 1 else 0.0 for each in numbers]),
    )


def rounded(value: float) -> float:
    """To two significant digits."""
    return float(f"{value:.1e}")


def rounded_down(value: float) -> float:
    """To two significant digits, never up: what was reached stays reached."""
    exact = Decimal(repr(float(value)))
    return float(exact.quantize(Decimal((0, (1,), exact.adjusted() - 1)), ROUND_FLOOR))
