"""Case rows of which every one stands there at least a threshold of times.

Every column counts as identifying. Work starts with all rows told as “Any”; a class of equal
rows is split, again and again, on the column that tells most more, into the next finer labels.
Labels with too few rows stay together at the coarser label. No row is left out.

Source: top-down specialisation of B. Fung, K. Wang and P. Yu, “Top-down specialization for
information and privacy preservation”, ICDE 2005, done class by class (local recoding).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.hierarchies import Hierarchy
from intake_app.core.errors import NotSafe
from intake_app.core.reports.rows import Rows

MOST_COLUMNS = 6

_Ints = npt.NDArray[np.intp]
_Node = tuple[int, int]
_T = TypeVar("_T")


@dataclass(frozen=True)
class RowClasses:
    """Rows as they may be published, one class for each combination of labels that occurs.

    `level[c, j]` and `group[c, j]` say which label class `c` has in column `j`; `counts[c]` how
    many rows it has; `class_of[i]` the class of row `i`. `possible[j][c, w]`: whether answer `w`
    can be meant by that label there, also for a reader who knows how the rows were made and that
    an answer told elsewhere is the less likely meant here.
    """

    hierarchies: tuple[Hierarchy, ...]
    level: _Ints
    group: _Ints
    counts: _Ints
    class_of: _Ints
    possible: tuple[npt.NDArray[np.bool_], ...]

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.class_of)

    @property
    def k(self) -> int:
        """How often the rarest row stands there."""
        return int(self.counts.min())

    @property
    def loss(self) -> float:
        """The mean share of the answers of its column that a value hides: 0 all told, 1 nothing."""
        return float(np.average(self._hidden(), axis=0, weights=self.counts).mean())

    def _hidden(self) -> npt.NDArray[np.float64]:
        return np.column_stack(
            [
                [h.hidden[d][g] for d, g in zip(self.level[:, j], self.group[:, j], strict=True)]
                for j, h in enumerate(self.hierarchies)
            ]
        )

    def labels(self, number: int) -> tuple[str, ...]:
        """What stands in every row of a class, column by column."""
        places = zip(self.hierarchies, self.level[number], self.group[number], strict=True)
        return tuple(h.levels[depth][group].label for h, depth, group in places)

    def told(self, column: int) -> tuple[int, ...]:
        """For each level of a column, from “Any” on, how many rows are told at it."""
        hierarchy = self.hierarchies[column]
        found = np.bincount(
            self.level[:, column], weights=self.counts, minlength=hierarchy.deepest + 1
        )
        return tuple(int(number) for number in found)


@dataclass(frozen=True)
class _Class:
    """Some rows of equal labels. `apart` are, by column, children that have rows of their own."""

    rows: _Ints
    nodes: tuple[_Node, ...]
    apart: tuple[frozenset[int], ...]
    done: frozenset[int]


@dataclass(frozen=True)
class _Split:
    column: int
    gain: float
    children: _Ints


def generalize(rows: Rows, hierarchies: Sequence[Hierarchy], k: int) -> RowClasses:
    """The rows at the finest labels at which each stands there `k` times or more.

    The same rows give the same classes in the same order. Raises NotSafe for fewer than `k`
    rows, ValueError for no or too many columns, KeyError for a column the rows do not have.
    """
    if not 1 <= len(hierarchies) <= MOST_COLUMNS:
        raise ValueError(f"rows have one to {MOST_COLUMNS} columns")
    if rows.size < k:
        raise NotSafe(
            f"There are fewer than {k} cases in these dates, so no rows can be published. "
            "Choose a longer period."
        )
    return specialize(rows, hierarchies, k)


def specialize(rows: Rows, hierarchies: Sequence[Hierarchy], k: int) -> RowClasses:
    """`generalize` for any number of columns."""
    codes = [h.codes(rows.columns[h.dimension]) for h in hierarchies]
    nobody: frozenset[int] = frozenset()
    start = ((0, 0),) * len(codes), (nobody,) * len(codes), nobody
    waiting = [_Class(np.arange(rows.size, dtype=np.intp), *start)]
    finished: list[_Class] = []
    while waiting:
        one = waiting.pop()
        best, done = _best_split(one, codes, hierarchies, k)
        if best is None:
            finished.append(one)
        else:
            waiting += _apart(one, best, codes[best.column], done)
    return _collected(finished, hierarchies, rows.size)


def _best_split(
    one: _Class,
    codes: Sequence[tuple[npt.NDArray[np.int16], ...]],
    hierarchies: Sequence[Hierarchy],
    k: int,
) -> tuple[_Split | None, frozenset[int]]:
    """The split that tells most more; and the columns that no part of the class can split on."""
    best: _Split | None = None
    done = set(one.done)
    for column, hierarchy in enumerate(hierarchies):
        depth, group = one.nodes[column]
        if column in done or depth == hierarchy.deepest:
            continue
        counts = np.bincount(codes[column][depth + 1][one.rows])
        children = _alone(counts, k)
        if children is None:
            done.add(column)
            continue
        if not len(children):
            continue
        less = hierarchy.hidden[depth][group] - hierarchy.hidden[depth + 1][children]
        gain = float(counts[children] @ less)
        if best is None or gain > best.gain:
            best = _Split(column, gain, children)
    return best, frozenset(done)


def _alone(counts: _Ints, k: int) -> _Ints | None:
    """Children with rows enough to stand alone. None: no child has, nor will in any part.

    The rest stays together; where it is too few, the smallest child that could stand alone
    stays with it.
    """
    enough = np.flatnonzero(counts >= k)
    if not len(enough):
        return None
    left = int(counts.sum() - counts[enough].sum())
    if 0 < left < k:
        enough = np.delete(enough, np.argmin(counts[enough]))
    return enough


def _apart(
    one: _Class, split: _Split, codes: tuple[npt.NDArray[np.int16], ...], done: frozenset[int]
) -> list[_Class]:
    column, (depth, _) = split.column, one.nodes[split.column]
    mine = codes[depth + 1][one.rows]
    order = np.argsort(mine, kind="stable")
    starts = np.searchsorted(mine[order], split.children, "left")
    ends = np.searchsorted(mine[order], split.children, "right")
    staying = np.ones(len(mine), np.bool_)
    made = []
    for child, start, end in zip(split.children, starts, ends, strict=True):
        staying[start:end] = False
        nodes = _replaced(one.nodes, column, (depth + 1, int(child)))
        apart = _replaced(one.apart, column, frozenset())
        made.append(_Class(one.rows[order[start:end]], nodes, apart, done))
    if staying.any():
        apart = _replaced(one.apart, column, one.apart[column] | frozenset(split.children.tolist()))
        made.append(_Class(one.rows[np.sort(order[staying])], one.nodes, apart, done))
    return made


def _replaced(old: tuple[_T, ...], place: int, new: _T) -> tuple[_T, ...]:
    return (*old[:place], new, *old[place + 1 :])


def _collected(
    finished: Sequence[_Class], hierarchies: Sequence[Hierarchy], size: int
) -> RowClasses:
    finished = sorted(finished, key=lambda one: one.nodes)
    class_of = np.zeros(size, np.intp)
    for number, one in enumerate(finished):
        class_of[one.rows] = number
    possible = []
    for j, hierarchy in enumerate(hierarchies):
        table = np.zeros((len(finished), len(hierarchy.words)), np.bool_)
        for number, one in enumerate(finished):
            depth, group = one.nodes[j]
            table[number] = hierarchy.has[depth][group]
            for child in one.apart[j]:
                table[number] &= ~hierarchy.has[depth + 1][child]
        possible.append(table)
    nodes = np.array([one.nodes for one in finished], np.intp).reshape(-1, len(hierarchies), 2)
    return RowClasses(
        tuple(hierarchies),
        nodes[:, :, 0],
        nodes[:, :, 1],
        np.array([len(one.rows) for one in finished], np.intp),
        class_of,
        tuple(possible),
    )


def coarser(classes: RowClasses, number: int, to: Mapping[int, int]) -> RowClasses:
    """The same rows with one class told at coarser levels: the level by the column.

    Where another class has those labels already, the two become one.
    """
    depth, group = classes.level.copy(), classes.group.copy()
    possible = [table.copy() for table in classes.possible]
    for column, level in to.items():
        hierarchy = classes.hierarchies[column]
        now = int(depth[number, column]), int(group[number, column])
        at, above = hierarchy.ancestor(*now, level)
        depth[number, column], group[number, column] = at, above
        # Nobody can tell which class was made coarser: every answer of the label may be meant.
        possible[column][number] = hierarchy.has[at][above]
    same = (depth == depth[number]).all(axis=1) & (group == group[number]).all(axis=1)
    same[number] = False
    changed = replace(classes, level=depth, group=group, possible=tuple(possible))
    twin = np.flatnonzero(same)
    return _as_one(changed, int(twin[0]), number) if len(twin) else changed


def all_coarser(
    classes: RowClasses, which: npt.NDArray[np.bool_], columns: Sequence[int]
) -> RowClasses:
    """The same rows with these classes told one level coarser in these columns."""
    depth, group = classes.level.copy(), classes.group.copy()
    possible = [table.copy() for table in classes.possible]
    for column in columns:
        hierarchy = classes.hierarchies[column]
        for number in np.flatnonzero(which & tells(classes, column)):
            now = int(depth[number, column]), int(group[number, column])
            at, above = hierarchy.wider(*now)
            depth[number, column], group[number, column] = at, above
            possible[column][number] = hierarchy.has[at][above]
    _, first, places = np.unique(
        np.hstack([depth, group]), axis=0, return_index=True, return_inverse=True
    )
    merged_into = places.reshape(-1)
    merged = [np.zeros((len(first), table.shape[1]), np.bool_) for table in possible]
    for table, together in zip(possible, merged, strict=True):
        np.logical_or.at(together, merged_into, table)
    return replace(
        classes,
        level=depth[first],
        group=group[first],
        counts=np.bincount(merged_into, weights=classes.counts).astype(np.intp),
        class_of=merged_into[classes.class_of],
        possible=tuple(merged),
    )


def _as_one(classes: RowClasses, kept: int, gone: int) -> RowClasses:
    for table in classes.possible:
        table[kept] |= table[gone]
    counts = classes.counts.copy()
    counts[kept] += counts[gone]
    class_of = np.where(classes.class_of == gone, kept, classes.class_of)
    left = np.arange(len(counts)) != gone
    return replace(
        classes,
        level=classes.level[left],
        group=classes.group[left],
        counts=counts[left],
        class_of=class_of - (class_of > gone),
        possible=tuple(table[left] for table in classes.possible),
    )


def tells(classes: RowClasses, column: int) -> npt.NDArray[np.bool_]:
    """Which classes tell anything in a column: their label leaves out some answer."""
    hierarchy = classes.hierarchies[column]
    all_of_it = [table.all(axis=1) for table in hierarchy.has]
    nodes = zip(classes.level[:, column], classes.group[:, column], strict=True)
    return np.array([not all_of_it[level][group] for level, group in nodes], np.bool_)
