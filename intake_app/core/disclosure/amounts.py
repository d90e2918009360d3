"""Hours, days and children added up over the lines of a table: what of it may be published.

What holds for the result (guarantee G6):

- A total, and the mean and median with it, stands only where the number of cases it is known for
  is published, is at least the threshold, no case is above half of it, and the p%-rule holds.
- A reader who puts together every total of every release, before they are rounded, stays at
  least 20 % of the largest case away from each total that is withheld, above and below; the same
  for every piece of time or groups that comes out by subtracting. A mean is a total, because
  the number of cases is published.
- There is no largest case: it would be one person's. `reached` is what at least a threshold of
  cases came to or passed, where at least as many need not have.

A total can be computed from published totals only where the number of cases can be from published
numbers, because it is shown nowhere else; so the protection of counts covers small groups here too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.amounts_attack import confirm_amounts
from intake_app.core.disclosure.amounts_choice import CannotHide, Hiding, Patience, choose_hidden
from intake_app.core.disclosure.amounts_shown import AmountAsk, PublishedAmounts, RowsOf
from intake_app.core.disclosure.amounts_sums import (
    Floats,
    Sums,
    gathered,
    rounded,
    rounded_down,
    sums_of,
)
from intake_app.core.disclosure.figures import DEFAULT_THRESHOLD, Shape
from intake_app.core.disclosure.system import System, build_system, overlapping
from intake_app.core.reports.release import Amounts
from intake_app.core.reports.rows import Population

__all__ = ["AmountAsk", "PublishedAmounts", "RowsOf", "protect_amounts"]

ALIKE = frozenset({"hours_held", "midnights_held", "days_in_jail"})
"""Numbers that tell of each other: where one is withheld, so are the others."""

_TOTAL_COST = 4.0
"""How much dearer a figure is for each side it is the total of."""

Marks = npt.NDArray[np.bool_]


def protect_amounts(
    asks: Sequence[AmountAsk],
    earlier: Sequence[PublishedAmounts],
    rows_of: RowsOf,
    *,
    threshold: int = DEFAULT_THRESHOLD,
    seconds: float = 20.0,
    stop: Callable[[], bool] | None = None,
) -> tuple[Amounts, ...]:
    """What may be published of each number asked for, in the order asked.

    `rows_of` gives the frozen rows of a window. `earlier` are the amounts of all releases so
    far, of any table. What was published before, over the same lines of the same dates, comes
    out the same again. Where nothing new can be shown safely every figure is None.

    The result is attacked before it is handed out. Raises NotSafe where that succeeds, when
    `seconds` are up or `stop` says so.
    """
    patience = Patience(seconds, stop)
    made: list[Amounts | None] = [_published(ask, earlier) for ask in asks]
    together: dict[tuple[Population, str], list[int]] = defaultdict(list)
    for i, ask in enumerate(asks):
        if made[i] is None:
            together[ask.shape.population, ask.measure.id].append(i)
    shown: dict[int, Marks] = {}
    sums: dict[int, Sums] = {}
    for (_, measure), members in together.items():
        new = [asks[i] for i in members]
        linked = _Linked(new, [e for e in earlier if e.amounts.measure == measure], rows_of)
        shown |= dict(zip(members, linked.shown(threshold, patience), strict=True))
        sums |= {i: linked.sums(asks[i].shape) for i in members}
    _withhold_alike(asks, shown, sums, threshold)
    for i, marks in shown.items():
        made[i] = _amounts(asks[i], marks, rows_of, threshold)
    result = tuple(each for each in made if each is not None)
    confirm_amounts(
        asks, result, earlier, rows_of, threshold=threshold, seconds=patience.left(), stop=stop
    )
    return result


def _published(ask: AmountAsk, earlier: Sequence[PublishedAmounts]) -> Amounts | None:
    for each in earlier:
        if each.amounts.measure == ask.measure.id and each.shape.same_table(ask.shape):
            return each.amounts
    return None


class _Linked:
    """One number over all tables asked for and every earlier table whose dates overlap."""

    def __init__(
        self, asks: Sequence[AmountAsk], earlier: Sequence[PublishedAmounts], rows_of: RowsOf
    ) -> None:
        self._asks, self._rows_of = asks, rows_of
        self._measure = asks[0].measure.id
        population = asks[0].shape.population
        there = [each for each in earlier if each.shape.population is population]
        near = overlapping(
            [ask.shape.window for ask in asks], [each.shape.window for each in there]
        )
        self._earlier = [each for each in there if each.shape.window in near]
        self._sums: dict[Shape, Sums] = {}
        self._shapes = [
            *(ask.shape for ask in asks),
            *(each.shape for each in self._earlier),
        ]

    def sums(self, shape: Shape) -> Sums:
        """What the rows come to over the figures of a table."""
        if shape not in self._sums:
            rows = self._rows_of(shape.population, shape.window)
            self._sums[shape] = sums_of(gathered(shape, rows, self._measure))
        return self._sums[shape]

    def _system(self, which: Callable[[Sums], Floats]) -> System:
        return build_system(
            self._shapes, (), lambda shape: which(self.sums(shape)).reshape(shape.size)
        )

    def shown(self, threshold: int, patience: Patience) -> list[Marks]:
        """Which figures of each new table are shown."""
        system = self._system(lambda sums: sums.total)
        each = Sums(
            self._system(lambda sums: sums.known).values,
            system.values,
            self._system(lambda sums: sums.largest).values,
            self._system(lambda sums: sums.second).values,
        )
        keeps = each.showable(threshold)
        published, settled = self._settled(system)
        counted = self._counted(system, threshold)
        asked = np.zeros(len(keeps), bool)
        for place in system.places[: len(self._asks)]:
            asked[place] = True
        # Who is in nobody's figure has no hours: the reader is taken to know where that is so.
        fixed = published | (each.known == 0)
        open_ = asked & counted & keeps & ~settled & ~fixed
        secret = ~fixed & ~open_ & (~keeps | (asked & ~counted))
        small_victims = system.flagged & (each.known < threshold)
        hiding = Hiding(
            system.equations,
            system.values,
            fixed,
            open_,
            np.flatnonzero(secret),
            each.leeway,
            np.where(small_victims, each.total, np.minimum(each.total, each.leeway)),
            self._cost(system),
        )
        try:
            visible = published | (open_ & ~choose_hidden(hiding, patience))
        except CannotHide:
            visible = np.zeros(len(keeps), bool)
        return [(visible & counted & keeps)[place] for place in system.places[: len(self._asks)]]

    def _settled(self, system: System) -> tuple[Marks, Marks]:
        """Which totals an earlier release has published, and about which it has decided."""
        published = np.zeros(len(system.values), bool)
        settled = published.copy()
        before = system.places[len(self._asks) :]
        for each, place in zip(self._earlier, before, strict=True):
            settled[place] = True
            published[place] |= np.array([total is not None for total in each.amounts.totals])
        return published, settled

    def _counted(self, system: System, threshold: int) -> Marks:
        """Where it is published for how many the number is known, and that is no small count."""
        counted = np.ones(len(system.values), bool)
        for ask, place in zip(self._asks, system.places, strict=False):
            counted[place] &= np.array([(n or 0) >= threshold for n in ask.known_figures])
        return counted

    def _cost(self, system: System) -> Floats:
        cost: Floats = 1.0 + np.log10(1.0 + system.values)
        sides = np.zeros(len(cost))
        for shape, place in zip(self._shapes, system.places, strict=True):
            totals = [
                sum(i == lines - 1 for i, lines in zip(spot, shape.size, strict=True))
                for spot in shape.places()
            ]
            np.maximum.at(sides, place, np.array(totals, np.float64) + (not shape.axes))
        return cost * _TOTAL_COST**sides


def _withhold_alike(
    asks: Sequence[AmountAsk],
    shown: dict[int, Marks],
    sums: dict[int, Sums],
    threshold: int,
) -> None:
    """Withhold the hours of a figure whose nights are withheld, and so on.

    Too few cases with the one number known are no reason: they do not make up the other. Nor is
    it that this count is withheld, where the total itself keeps every rule.
    """
    alike = [i for i in shown if asks[i].measure.id in ALIKE]
    figures = {i: _figures(asks[i].shape) for i in alike}
    secret: set[tuple[object, ...]] = set()
    for i in alike:
        counted = np.array([count is not None for count in asks[i].known_figures])
        tells = (sums[i].known >= threshold) & (counted | ~sums[i].showable(threshold))
        secret.update(figures[i][n] for n in np.flatnonzero(~shown[i] & tells))
    for i in alike:
        shown[i] &= np.array([figure not in secret for figure in figures[i]])


def _figures(shape: Shape) -> list[tuple[object, ...]]:
    """What each figure of a table counts, whatever table it stands in."""
    return [
        (
            shape.population,
            shape.window,
            frozenset(
                (axis.dimension, axis.groups[i].words)
                for axis, i in zip(shape.axes, place, strict=True)
                if i < len(axis.groups)
            ),
        )
        for place in shape.places()
    ]


def _amounts(ask: AmountAsk, shown: Marks, rows_of: RowsOf, threshold: int) -> Amounts:
    rows = rows_of(ask.shape.population, ask.shape.window)
    numbers = gathered(ask.shape, rows, ask.measure.id)

    def each(value: Callable[[Floats], float | None]) -> tuple[float | None, ...]:
        return tuple(
            value(found) if show else None for show, found in zip(shown, numbers, strict=True)
        )

    def reached(found: Floats) -> float | None:
        # Where it would be all or most cases, it would be the least that one person had.
        many = len(found) >= 2 * threshold
        return rounded_down(float(found[-threshold])) if many else None

    return Amounts(
        ask.measure.id,
        ask.measure.title,
        ask.measure.unit,
        each(lambda found: rounded(float(found.sum()))),
        each(lambda found: rounded(float(found.mean()))),
        each(lambda found: rounded(float(np.median(found)))),
        each(reached),
    )
