"""Before anything is protected: is a table too fine for its cases, and what to group together.

A pure function of the cases of the dates. What is chosen from its advice is kept with the series,
so that later periods use the same groups. No sentence tells a small count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.figures import DEFAULT_THRESHOLD, Guard, Shape
from intake_app.core.reports.counting import count
from intake_app.core.reports.dimensions import OTHER, Dimension
from intake_app.core.reports.periods import Every, Window
from intake_app.core.reports.release import Advice
from intake_app.core.reports.rows import Population, Rows
from intake_app.core.reports.tables import Part, Side

MOST_SMALL = 1300
"""Small figures above which no safety check comes to an end (design, 3.4)."""

_FIRST, _LAST = 2, 50
"""Multiples of the threshold below which an answer is rare. Not once the threshold: a reader who
knows this rule would know each answer under “Other” to be small."""

_COUNTED = {
    Population.EPISODES: "cases",
    Population.LETTERS: "letters",
    Population.RESPONSES: "survey responses",
}
_EVERY = {Every.QUARTER: "Quarterly", Every.HALF_YEAR: "Half-yearly", Every.YEAR: "Yearly"}


def advise(
    parts: Sequence[Part],
    rows: Rows,
    window: Window,
    dimensions: Mapping[str, Dimension],
    *,
    threshold: int = DEFAULT_THRESHOLD,
) -> tuple[Advice, ...]:
    """Advice about parts of one population, in their order.

    With `sides`: coarser sides that may be taken instead, where more than half of the figures
    that are not 0 would be small. Without: the part can't be published; for one that is far too
    fine, grouping is offered besides where that is enough.
    """
    if rows.size < threshold:
        sentence = (
            f"Fewer than {threshold} new {_COUNTED[rows.population]} in these dates. Published "
            "totals would reveal them. They will be counted in a later period."
        )
        return tuple(Advice(part.id, sentence) for part in parts)
    tables = [_counted(part, rows, window, dimensions, threshold) for part in parts]
    endless = _endless(tables)
    advice: list[Advice] = []
    for table in tables:
        if table in endless:
            advice.append(
                Advice(
                    table.part.id,
                    f"“{table.part.title}” is far too fine: its safety check would not come to "
                    "an end. Group its answers, choose fewer sides, or leave it out.",
                )
            )
        if table in endless or 2 * table.small > table.filled:
            offered = _offer(table, rows, dimensions)
            if offered is not None:
                advice.append(offered)
    return tuple(advice)


def advise_period(
    parts: Sequence[Part],
    rows: Mapping[Every, Rows],
    window: Window,
    dimensions: Mapping[str, Dimension],
    chosen: Every,
    *,
    threshold: int = DEFAULT_THRESHOLD,
) -> Advice | None:
    """Whether longer periods would show much more: rows of one usual period of each length.

    The shortest of which at least half of the figures are shown; None where that is `chosen`,
    or a shorter one.
    """
    shown = {}
    for every in sorted(rows):
        tables = [_counted(part, rows[every], window, dimensions, threshold) for part in parts]
        filled = sum(table.filled for table in tables)
        shown[every] = filled - sum(table.small for table in tables), filled
    enough = [every for every, (show, of) in shown.items() if of and 2 * show >= of]
    better = min(enough, default=Every.YEAR)
    if chosen not in shown or better not in shown or better <= chosen:
        return None
    now, then = shown[chosen], shown[better]
    return Advice(
        "",
        f"{_EVERY[chosen]} would show about {now[0]} of {now[1]} figures, "
        f"{_EVERY[better].lower()} {then[0]} of {then[1]}. Publish {_EVERY[better].lower()}?",
    )


@dataclass(frozen=True, eq=False)
class _Table:
    """A part and its true counts, totals included."""

    part: Part
    shape: Shape
    counts: npt.NDArray[np.int64]
    threshold: int

    @property
    def filled(self) -> int:
        """How many figures are not 0."""
        return int((self.counts > 0).sum())

    @property
    def small(self) -> int:
        """How many are small."""
        return int(((self.counts > 0) & (self.counts < self.threshold)).sum())

    @property
    def shown(self) -> int:
        """How many could be shown at most: zeros too, but not beside a victim's."""
        large = self.filled - self.small
        return (
            large if self.shape.guard is Guard.VICTIM else large + self.shape.figures - self.filled
        )

    @property
    def full(self) -> bool:
        """Whether inner figures that are not 0 are large on average, and at most half small."""
        inner = self.counts[tuple(slice(-1) for _ in self.shape.axes)]
        large = bool(inner.sum() >= self.threshold * (inner > 0).sum())
        return large and 2 * self.small <= self.filled


def _counted(
    part: Part,
    rows: Rows,
    window: Window,
    dimensions: Mapping[str, Dimension],
    threshold: int,
) -> _Table:
    axes = []
    for side in part.sides:
        found = frozenset(rows.columns[side.dimension].words)
        groups = dict(side.groups) or None
        axes.append(dimensions[side.dimension].axis(groups, found, side.title))
    shape = Shape(part.id, part.title, rows.population, window, tuple(axes))
    return _Table(part, shape, count(shape, rows).counts, threshold)


def _endless(tables: Sequence[_Table]) -> frozenset[_Table]:
    """The tables to leave out, those with most small figures first, until the rest can be done."""
    out: list[_Table] = []
    left = sum(table.small for table in tables)
    for table in sorted(tables, key=lambda t: -t.small):
        if left <= MOST_SMALL:
            break
        out.append(table)
        left -= table.small
    return frozenset(out)


def _offer(table: _Table, rows: Rows, dimensions: Mapping[str, Dimension]) -> Advice | None:
    """Coarser sides for a table that is too fine; None where they would not help."""
    coarser = _grouped(table, rows, dimensions)
    if coarser.small * table.filled >= table.small * coarser.filled or coarser.small > MOST_SMALL:
        return None
    changed = [
        f"{axis.title} into {len(axis.groups)}"
        for axis, before in zip(coarser.shape.axes, table.shape.axes, strict=True)
        if axis.groups != before.groups
    ]
    return Advice(
        table.part.id,
        f"“{table.part.title}” is too fine: {table.small} of {table.shape.figures} figures would "
        f"be below {table.threshold}. Group {' and '.join(changed)}? Then about {coarser.shown} "
        f"of {coarser.shape.figures} figures can be shown instead of {table.shown} of "
        f"{table.shape.figures}.",
        coarser.part.sides,
    )


def _grouped(table: _Table, rows: Rows, dimensions: Mapping[str, Dimension]) -> _Table:
    """First the coarser levels a question has, the longest side first; then rare answers go."""

    def again(now: _Table, sides: Sequence[Side]) -> _Table:
        part = replace(now.part, sides=tuple(sides))
        return _counted(part, rows, now.shape.window, dimensions, now.threshold)

    tried = [table]
    while not tried[-1].full:
        sides = _next_level(tried[-1], dimensions)
        if sides is None:
            break
        tried.append(again(tried[-1], sides))
    for times in range(_FIRST, _LAST + 1):
        if tried[-1].full:
            return tried[-1]
        merged = _without_rare(tried[-1], times * table.threshold, dimensions)
        if merged != tried[-1].part.sides:
            tried.append(again(tried[-1], merged))
    return min(tried, key=lambda each: each.small / max(each.filled, 1))


def _next_level(table: _Table, dimensions: Mapping[str, Dimension]) -> tuple[Side, ...] | None:
    """The sides with the longest one that has a coarser level brought to it; None for no such."""
    sides = list(table.part.sides)
    for i in sorted(range(len(sides)), key=lambda i: -len(table.shape.axes[i].groups)):
        levels = [tuple(level.groups.items()) for level in dimensions[sides[i].dimension].levels]
        here = [n for n, groups in enumerate(levels) if dict(groups) == dict(sides[i].groups)]
        if sides[i].groups and not here:
            continue  # groups of the table's own
        following = here[0] + 1 if here else 0
        if following < len(levels):
            sides[i] = replace(sides[i], groups=levels[following])
            return tuple(sides)
    return None


def _without_rare(
    table: _Table, rare_below: int, dimensions: Mapping[str, Dimension]
) -> tuple[Side, ...]:
    """The sides with rare answers in “Other”. One that is none, or tells of a victim, stays."""
    sides = []
    for i, (side, axis) in enumerate(zip(table.part.sides, table.shape.axes, strict=True)):
        others = tuple(slice(None) if j == i else -1 for j in range(len(table.shape.axes)))
        numbers = [int(number) for number in table.counts[others][:-1]]
        unknown = dimensions[side.dimension].unknown
        free = [
            g
            for g, group in enumerate(axis.groups)
            if not group.words <= unknown and not group.words & axis.flagged
        ]
        by_size = sorted(free, key=lambda g: (axis.groups[g].label != OTHER, numbers[g]))
        rare = [g for g in by_size if numbers[g] < rare_below or axis.groups[g].label == OTHER]
        # One rare answer alone would still be there under another name; the largest stays itself.
        merged = set(by_size[: min(max(len(rare), 2), len(free) - 1)]) if rare else set()
        if len(merged) < 2:
            sides.append(side)
            continue
        kept = [group for g, group in enumerate(axis.groups) if g not in merged]
        sides.append(replace(side, groups=tuple((k.label, k.words) for k in kept)))
    return tuple(sides)
