"""The rules: which figures are withheld for their own sake, and what must stay hidden.

With the threshold t (11 by default, CMS cell size policy, ResDAC 2024):

- G0: no figure from 1 to t - 1 is published.
- G1: a reader must hold t or more possible for every such figure, and G4: for every such piece
  one gets by subtracting.
- G2: of a figure that says somebody is a victim a reader must hold 0 possible; zeros of such
  questions are withheld too.
- G3: where all of a line of t or more gave one answer to a guarded question, a reader must hold
  it possible that one did not; the zeros of that line may be withheld.

A reader also knows which answers follow from others (`implied`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.figures import ProtectedTable, Shape
from intake_app.core.disclosure.freedom import Floats, Hiding, Mask, Target
from intake_app.core.disclosure.implied import Places
from intake_app.core.disclosure.system import System

_INNER_COST, _MARGIN_COST, _TOTAL_COST = 10, 15, 30
"""How many figures are shown counts first; then a margin says more, and the total most."""


class Disagrees(Exception):
    """A figure published before is not what the facts kept for it come to."""


@dataclass
class _State:
    """What is decided about each unknown."""

    candidate: Mask
    """New, and nothing said about it yet."""
    published: Mask
    primary: Mask
    zeros: Mask
    """Zeros that may be withheld."""


def rules(
    system: System, new: Sequence[Shape], earlier: Sequence[ProtectedTable], threshold: int
) -> Hiding:
    """What is to be hidden of the new tables, given the earlier ones.

    The tables of the system are the new ones and then the earlier ones, in order. Raises
    Disagrees.
    """
    state = _state(system, len(new), earlier)
    values, size = system.values, len(system.values)
    small = (values > 0) & (values < threshold)
    state.primary = state.candidate & (small | (system.victim & (values == 0)))
    lines = _one_answer(system, state, threshold)
    open_ = state.candidate & ~state.primary & ((values > 0) | state.zeros)
    published = state.published | (state.candidate & ~state.primary & ~open_)
    hidden = ~published & ~open_
    targets = [Target(int(u), threshold - values[u]) for u in np.flatnonzero(hidden & small)]
    flagged = hidden & small & system.flagged
    targets += [Target(int(u), -values[u]) for u in np.flatnonzero(flagged)]
    for i, (answer, _) in enumerate(lines):
        targets += [Target(int(answer), -1.0), Target(size + i, 1.0)]
    least = np.where((values >= 1) & ~system.hidden & ~system.victim, 1.0, 0.0)
    # Unknowns besides: what others in such a line come to, and by how much a limit is not reached.
    limits = _believed(system, threshold)
    ties = [(np.array([size + i]), others) for i, (_, others) in enumerate(lines)]
    ties += [
        (np.append(lower, size + len(lines) + i), upper)
        for i, (lower, upper, _) in enumerate(limits)
    ]
    more = np.concatenate([np.zeros(len(lines)), [room for _, _, room in limits]])
    nothing, none = np.zeros(len(more)), np.zeros(len(more), bool)
    touched = np.concatenate([_new(system, len(new)) & ~published, none])
    everything = Hiding(
        np.concatenate([values, more]),
        np.concatenate([least, nothing]),
        np.concatenate([published, none]),
        np.concatenate([open_, none]),
        np.concatenate([_cost(system, new), nothing]),
        system.equations.joined(ties),
        tuple(targets),
    )
    return _of_this_release(everything, touched)


def _believed(system: System, threshold: int) -> list[tuple[Places, Places, float]]:
    """The limits a reader believes in, and how far each is from being reached.

    Few exceptions do not shake the belief: then the figures may not come closer still.
    """
    found = []
    for lower, upper in system.limits:
        room = system.values[upper].sum() - system.values[lower].sum()
        if room > -threshold:
            found.append((lower, upper, max(room, 0.0)))
    return found


def private(system: System, earlier: Sequence[ProtectedTable], threshold: int) -> Mask:
    """Figures we do not print ourselves although others have published them.

    A figure we did print once stays, whatever the threshold is today. Has a place for each
    unknown of the rules.
    """
    values = system.values
    small = ((values > 0) & (values < threshold)) | (system.victim & (values == 0))
    for table, places in zip(
        earlier, system.places[len(system.places) - len(earlier) :], strict=True
    ):
        small[places[[figure is not None for figure in table.figures]]] = False
    return np.asarray(small)


def _new(system: System, tables: int) -> Mask:
    found = np.zeros(len(system.values), bool)
    for places in system.places[:tables]:
        found[places] = True
    return found


def _state(system: System, tables: int, earlier: Sequence[ProtectedTable]) -> _State:
    size = len(system.values)
    published, withheld = np.zeros(size, bool), np.zeros(size, bool)
    for table, places in zip(earlier, system.places[tables:], strict=True):
        figures = np.array([np.nan if f is None else f for f in table.figures], np.float64)
        shown = ~np.isnan(figures)
        if (system.values[places[shown]] != figures[shown]).any():
            raise Disagrees
        published[places[shown]] = True
        withheld[places[~shown]] = True
    published[system.singles[system.singles >= 0]] = True
    # Everybody can tell that nobody is there.
    published[system.nobody] = True
    candidate = _new(system, tables) & ~published & ~withheld
    nothing = np.zeros(size, bool)
    return _State(candidate, published, nothing.copy(), nothing.copy())


def _one_answer(
    system: System, state: _State, threshold: int
) -> list[tuple[int, npt.NDArray[np.intp]]]:
    """The lines in which all gave one answer, as that figure and the zeros."""
    found = []
    for line in system.lines:
        values = system.values[line]
        if values.sum() < threshold or np.count_nonzero(values) != 1:
            continue
        answer, others = int(line[values > 0][0]), line[values == 0]
        if state.published[answer]:
            continue  # what is out can't be taken back
        if np.isin(others, system.nobody).all():
            continue  # by what is asked, not by who was counted
        state.primary[answer] |= state.candidate[answer]
        state.zeros[others] = True
        found.append((answer, others))
    return found


def _cost(system: System, new: Sequence[Shape]) -> Floats:
    """A figure that stands in several tables is lost in each."""
    cost = np.zeros(len(system.values))
    for shape, places in zip(new, system.places, strict=False):
        totals = np.zeros(shape.size, np.intp)
        for k, lines in enumerate(shape.size):
            last = np.arange(lines) == lines - 1
            totals += last.reshape([-1 if i == k else 1 for i in range(len(shape.size))])
        each = np.where(totals == 0, _INNER_COST, _MARGIN_COST)
        each = np.where(totals == len(shape.size), _TOTAL_COST, each)
        np.add.at(cost, places, each.ravel())
    return cost


def _of_this_release(hiding: Hiding, touched: Mask) -> Hiding:
    """Without the targets that no figure of this release has anything to do with."""
    label = hiding.equations.without(hiding.published).components(len(hiding.values))
    reached = set(label[touched].tolist())
    targets = tuple(t for t in hiding.targets if label[t.unknown] in reached)
    return Hiding(
        hiding.values,
        hiding.least,
        hiding.published,
        hiding.open,
        hiding.cost,
        hiding.equations,
        targets,
    )
