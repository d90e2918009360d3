"""Random offices that publish quarter after quarter, and readers who keep every file.

The same releases are made by the product and by a publisher who only withholds small counts,
each table and release on its own. Readers then go for every small group there is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date

import numpy as np

from intake_app.core.disclosure.attacker import attack, confirm_safe
from intake_app.core.disclosure.figures import CountTable, Guard, ProtectedTable, Shape
from intake_app.core.disclosure.protect import protect
from intake_app.core.errors import NotSafe
from intake_app.core.reports.catalogue import DIMENSIONS
from intake_app.core.reports.counting import count
from intake_app.core.reports.periods import Every, Period, Window, next_period
from intake_app.core.reports.rows import Population, Rows, joined
from tests.attackers import ScipyReader, least_true, primary_only
from tests.report_rows import invented_rows

THRESHOLD = 11
_CHOICE = (
    "charge_level", "outcome", "conviction", "worst_conviction", "ice_level", "earner",
    "children", "citizen_family", "past_48_rule", "picked_up", "transferred", "warrant",
    "detainer_outcome", "sex", "victim",
)  # fmt: skip
_START = date(2024, 1, 1)
_LATE = 0.15


@dataclass
class Leaks:
    """What came of it. `small` are the true counts under the threshold that stand in a release.

    `provable` and `exact` are what readers worked out of the product’s files, increases between
    releases among them; `outside` how many of the small were tried by another solver, which knows
    which withheld figures are 0, and `outside_provable` what that found. `naive` ones are those of
    the publisher who knows no better. `reasons` are why releases were refused.
    """

    offices: int = 0
    cases: int = 0
    releases: int = 0
    refused: int = 0
    figures: int = 0
    withheld: int = 0
    small: int = 0
    provable: int = 0
    exact: int = 0
    outside: int = 0
    outside_provable: int = 0
    outside_victims: int = 0
    naive_provable: int = 0
    naive_exact: int = 0
    reasons: dict[str, int] = field(default_factory=dict)

    def add(self, more: Leaks) -> None:
        """Take those of another office."""
        for each in fields(self):
            if each.name != "reasons":
                setattr(self, each.name, getattr(self, each.name) + getattr(more, each.name))
        for reason, times in more.reasons.items():
            self.reasons[reason] = self.reasons.get(reason, 0) + times


def play(
    offices: int,
    seed: int,
    *,
    seconds: float = 20.0,
    tried_outside: int = 10,
    most_figures: int = 400,
) -> Leaks:
    """So many offices of 50 to 20,000 cases, each for four or eight quarters and their years.

    `seconds` for each release, `tried_outside` small figures for the other solver, tables of
    `most_figures` at most.
    """
    leaks = Leaks()
    for number in range(offices):
        leaks.add(play_one(seed * 10_000 + number, seconds, tried_outside, most_figures))
    return leaks


def play_one(
    seed: int, seconds: float = 20.0, tried_outside: int = 10, most_figures: int = 400
) -> Leaks:
    """One office; the same for the same seed where the time does not run out."""
    luck = np.random.default_rng(seed)
    cases = int(np.exp(luck.uniform(np.log(50), np.log(20_000))))
    frozen = _frozen(cases, int(luck.choice([4, 8])), luck)
    asked = _tables(luck, most_figures)

    def truth(shape: Shape) -> CountTable:
        return count(shape, joined([frozen[period] for period in shape.window.periods]))

    leaks = Leaks(offices=1, cases=cases)
    published: list[ProtectedTable] = []
    naive: list[ProtectedTable] = []
    for window in _windows(list(frozen)):
        shapes = [_shape(window, number, names) for number, names in enumerate(asked)]
        naive += [primary_only(truth(shape), THRESHOLD) for shape in shapes]
        published += _release(shapes, published, truth, seconds, leaks)
    _attacked(published, truth, leaks)
    _attacked_outside(published, truth, luck, tried_outside, leaks)
    report = attack(naive, THRESHOLD, zeros_shown=[True] * len(naive))
    leaks.naive_provable += len(report.small)
    leaks.naive_exact += len(report.exact)
    return leaks


def _frozen(cases: int, quarters: int, luck: np.random.Generator) -> dict[Period, Rows]:
    """Rows by the period they were frozen in: some are entered late and roll into the next."""
    rows = invented_rows(cases, int(luck.integers(1 << 30)))
    periods = [Period(_START, Every.QUARTER)]
    while len(periods) < quarters:
        following = next_period(periods[-1], Every.QUARTER)
        assert following is not None
        periods.append(following)
    home = luck.integers(0, quarters, cases)
    late = (luck.random(cases) < _LATE) & (home < quarters - 1)
    home = home + late
    return {period: rows.taken(np.flatnonzero(home == n)) for n, period in enumerate(periods)}


def _windows(periods: Sequence[Period]) -> list[Window]:
    windows = []
    for period in periods:
        windows.append(Window((period,)))
        year = tuple(each for each in periods if each.start.year == period.start.year)
        if period == year[-1]:
            windows.append(Window(year))
    return windows


def _tables(luck: np.random.Generator, most_figures: int) -> list[tuple[str, ...]]:
    """Two to four tables of one to three questions, linked where they share one."""
    tables: list[tuple[str, ...]] = []
    while len(tables) < luck.integers(2, 5):
        sides = int(luck.choice([1, 2, 2, 2, 3]))
        names = tuple(str(name) for name in luck.choice(_CHOICE, sides, replace=False))
        if set(names) not in [set(each) for each in tables] and (
            _shape(Window((Period(_START, Every.QUARTER),)), 0, names).figures <= most_figures
        ):
            tables.append(names)
    return tables


def _shape(window: Window, number: int, names: Sequence[str]) -> Shape:
    axes = tuple(DIMENSIONS[name].axis() for name in names)
    return Shape(f"own-{number}", f"own-{number}", Population.EPISODES, window, axes)


def _release(
    shapes: Sequence[Shape],
    earlier: Sequence[ProtectedTable],
    truth: Callable[[Shape], CountTable],
    seconds: float,
    leaks: Leaks,
) -> tuple[ProtectedTable, ...]:
    """As the product does it: protected, attacked, or not published."""
    leaks.releases += 1
    try:
        made = protect(shapes, earlier, [], truth, threshold=THRESHOLD, seconds=seconds).tables
        confirm_safe(made, earlier, [], truth, threshold=THRESHOLD, seconds=seconds * 3)
    except NotSafe as refused:
        leaks.refused += 1
        leaks.reasons[refused.sentence] = leaks.reasons.get(refused.sentence, 0) + 1
        return ()
    leaks.figures += sum(table.shape.figures for table in made)
    leaks.withheld += sum(table.withheld for table in made)
    return made


def _attacked(
    published: Sequence[ProtectedTable], truth: Callable[[Shape], CountTable], leaks: Leaks
) -> None:
    """By the figures alone, all releases together."""
    report = attack(published, THRESHOLD)
    leaks.provable += len(report.small) + len(report.shown_small) + len(report.whole_lines)
    leaks.exact += len(report.exact)
    for table in published:
        counts = truth(table.shape).counts.ravel()
        leaks.small += int(((counts > 0) & (counts < THRESHOLD)).sum())


def _attacked_outside(
    published: Sequence[ProtectedTable],
    truth: Callable[[Shape], CountTable],
    luck: np.random.Generator,
    tries: int,
    leaks: Leaks,
) -> None:
    """By another solver that knows which withheld figures are 0, for some small ones."""
    if not published:
        return
    counts = [truth(table.shape) for table in published]
    reader = ScipyReader(published, least_true(published, counts))
    small = [
        (number, place)
        for number, table in enumerate(counts)
        for place in table.shape.places()
        if 1 <= table.counts[place] < THRESHOLD
    ]
    for spot in luck.permutation(len(small))[:tries]:
        number, place = small[spot]
        unknown = reader.unknown(published[number], place)
        leaks.outside += 1
        leaks.outside_provable += reader.bound(unknown, -1) < THRESHOLD - 1e-6
        if _of_victims(published[number].shape, place):
            leaks.outside_victims += reader.bound(unknown, 1) > 1e-6


def _of_victims(shape: Shape, place: Sequence[int]) -> bool:
    return any(
        axis.guard is Guard.VICTIM and i < len(axis.groups) and axis.groups[i].words <= axis.flagged
        for axis, i in zip(shape.axes, place, strict=True)
    )


def naive_series(cases: int, seed: int) -> tuple[int, int, int]:
    """Eight releases that each count from the start of their year, protected one by one.

    What a reader of all of them can work out: increases shown to be small, those whose number is
    known, and (counted apart) what the product's series of the same cases gives away.
    """
    luck = np.random.default_rng(seed)
    frozen = _frozen(cases, 8, luck)
    names = [("charge_level", "outcome"), ("conviction",), ("earner", "children")]

    def truth(shape: Shape) -> CountTable:
        return count(shape, joined([frozen[period] for period in shape.window.periods]))

    alone: list[ProtectedTable] = []
    series: list[ProtectedTable] = []
    for period in frozen:
        so_far = tuple(p for p in frozen if p.start.year == period.start.year and p <= period)
        growing = [_shape(Window(so_far), n, each) for n, each in enumerate(names)]
        alone += protect(growing, [], [], truth, threshold=THRESHOLD).tables
        shapes = [_shape(Window((period,)), n, each) for n, each in enumerate(names)]
        series += _release(shapes, series, truth, 20.0, Leaks())
    report = attack(alone, THRESHOLD)
    ours = attack(series, THRESHOLD)
    return (
        len(report.small),
        len(report.exact),
        len(ours.small) + len(ours.shown_small) + len(ours.whole_lines),
    )
