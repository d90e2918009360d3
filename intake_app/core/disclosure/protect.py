"""Protection: what of a release may be published, given all that was published before.

Every table, margin and window of the release and every earlier release of the same dates is one
system (`system`). The rules say what must stay hidden (`rules`), and the cheapest figures to
withhold besides are chosen (`choice`). If anything fails, nothing may be published.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from intake_app.core.disclosure.choice import choose
from intake_app.core.disclosure.figures import (
    DEFAULT_THRESHOLD,
    HIGHEST_THRESHOLD,
    LOWEST_THRESHOLD,
    CountTable,
    ProtectedTable,
    Shape,
    SingleFigure,
)
from intake_app.core.disclosure.freedom import Budget, Cancelled, Mask, OutOfTime, SolverFailed
from intake_app.core.disclosure.patterns import Impossible
from intake_app.core.disclosure.rules import Disagrees, private, rules
from intake_app.core.disclosure.system import DoesNotFit, System, build_system, overlapping
from intake_app.core.errors import NotSafe
from intake_app.core.reports.rows import Population

Truth = Callable[[Shape], CountTable]
"""Counts of any shape, whatever its groups and its window, from the facts."""

COUNTED = {
    Population.EPISODES: "cases",
    Population.LETTERS: "letters",
    Population.RESPONSES: "survey responses",
}
"""What is counted, in a sentence."""


@dataclass(frozen=True)
class Protection:
    """The new tables as they may be published, in the order asked.

    `gap` is the share by which what is lost may be above the least: 0 is proven, None was not
    worked out.
    """

    tables: tuple[ProtectedTable, ...]
    gap: float | None


def protect(
    new: Sequence[Shape],
    earlier: Sequence[ProtectedTable],
    known: Sequence[SingleFigure],
    truth: Truth,
    *,
    threshold: int = DEFAULT_THRESHOLD,
    seconds: float = 20.0,
    stop: Callable[[], bool] | None = None,
) -> Protection:
    """The figures that may be published.

    `truth` also counts the tables of `earlier` and the pieces one gets by subtracting. A table
    published before gets the very same figures. The same input gives the same figures whatever
    the order of tables, sides and groups. `stop` is asked now and then whether to give up.

    Raises NotSafe with a sentence for the user: too few in a period, no safe way, out of time,
    stopped, or earlier figures that no longer agree with the facts. ValueError for a threshold
    outside 5 to 50.
    """
    if not LOWEST_THRESHOLD <= threshold <= HIGHEST_THRESHOLD:
        raise ValueError("the threshold must be from 5 to 50")
    before = {i: table for i, shape in enumerate(new) for table in earlier
              if shape.same_table(table.shape)}  # fmt: skip
    fresh = [shape for i, shape in enumerate(new) if i not in before]
    if not fresh:
        return Protection(tuple(before[i] for i in range(len(new))), 0.0)
    budget = Budget(seconds, stop)
    try:
        budget.left()
        _refuse_small_periods(fresh, truth, threshold)
        linked = _linked(fresh, earlier, known)
        system = _system(fresh, linked, known, truth)
        hiding = rules(system, fresh, linked, threshold)
        choice = choose(hiding, budget)
    except OutOfTime as error:
        raise NotSafe(
            f"Could not finish the safety check in {seconds:.0f} seconds. Nothing was written. "
            "Allow more time, or use coarser groups."
        ) from error
    except Cancelled as error:
        raise NotSafe("The safety check was stopped. Nothing was written.") from error
    except SolverFailed as error:
        raise NotSafe(
            "The safety check could not be carried out. Nothing was written. Choose fewer "
            "tables, or use coarser groups."
        ) from error
    except Disagrees as error:
        raise NotSafe(
            "Figures published before no longer agree with the facts kept for them. Nothing was "
            "written. Restore a backup of the office from before that changed."
        ) from error
    except Impossible as error:
        raise _impossible(before=bool(linked or known)) from error
    shown = hiding.published | (hiding.open & ~choice.withheld)
    shown = shown[: len(system.values)] & ~private(system, linked, threshold)
    ready = iter(_tables(fresh, system, shown))
    return Protection(
        tuple(before[i] if i in before else next(ready) for i in range(len(new))), choice.gap
    )


def _refuse_small_periods(fresh: Sequence[Shape], truth: Truth, threshold: int) -> None:
    for shape in fresh:
        bare = Shape(shape.table_id, shape.title, shape.population, shape.window, ())
        if 1 <= int(truth(bare).counts) < threshold:
            raise NotSafe(
                f"Fewer than {threshold} new {COUNTED[shape.population]} in "
                f"{shape.window.words}. Published totals would reveal them. Nothing was written; "
                "they will be counted in the next period."
            )


def _linked(
    fresh: Sequence[Shape], earlier: Sequence[ProtectedTable], known: Sequence[SingleFigure]
) -> list[ProtectedTable]:
    """Earlier tables of dates that have to do with the new ones."""
    found = []
    for population in sorted({shape.population for shape in fresh}):
        windows = [shape.window for shape in fresh if shape.population is population]
        own = [table for table in earlier if table.shape.population is population]
        others = [table.shape.window for table in own]
        others += [each.window for each in known if each.population is population]
        near = overlapping(windows, others)
        found += [table for table in own if table.shape.window in near]
    return found


def _system(
    fresh: Sequence[Shape],
    linked: Sequence[ProtectedTable],
    known: Sequence[SingleFigure],
    truth: Truth,
) -> System:
    shapes = [*fresh, *(table.shape for table in linked)]
    populations = {shape.population for shape in fresh}
    own = [each for each in known if each.population in populations]
    try:
        system = build_system(shapes, own, lambda shape: truth(shape).counts.astype(np.float64))
    except DoesNotFit as error:
        raise NotSafe(
            "A figure known from elsewhere covers dates that do not fit the periods of this "
            "office. Nothing was written. Change its dates or remove it."
        ) from error
    if system.off:
        raise Disagrees
    return system


def _impossible(*, before: bool) -> NotSafe:
    if before:
        return NotSafe(
            "What was published before already shows too much: together with these tables, a "
            "small group could be worked out. Nothing was written. Choose other tables or "
            "coarser groups."
        )
    return NotSafe(
        "These tables can’t be made safe: whatever is withheld, a small group could be worked "
        "out. Nothing was written. Use coarser groups or leave out a table."
    )


def _tables(fresh: Sequence[Shape], system: System, shown: Mask) -> tuple[ProtectedTable, ...]:
    made = []
    for shape, places in zip(fresh, system.places, strict=False):
        figures = zip(system.values[places].tolist(), shown[places].tolist(), strict=True)
        made.append(ProtectedTable(shape, tuple(int(v) if s else None for v, s in figures)))
    return tuple(made)
