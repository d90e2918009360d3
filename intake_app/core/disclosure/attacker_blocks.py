"""The unknowns of a reader: pieces of time by atoms of answers, for questions asked together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TypeVar

import numpy as np

from intake_app.core.disclosure.attacker_sums import Counts, Parts
from intake_app.core.disclosure.figures import Axis, CountTable, Group, Shape
from intake_app.core.errors import AppError, NotSafe
from intake_app.core.reports.periods import Window
from intake_app.core.reports.rows import Population

Truth = Callable[[Shape], CountTable]
"""True counts of any table, for those who know the cases."""

Words = frozenset[str]
Quarters = frozenset[int]
Questions = tuple[str, ...]
Thing = TypeVar("Thing")


def quarters_of(window: Window) -> Quarters:
    """The calendar quarters a window covers, numbered since the year 0."""
    return frozenset(
        period.start.year * 4 + (period.start.month - 1) // 3 + n
        for period in window.periods
        for n in range(period.every // 3)
    )


def quarter_words(quarters: Iterable[int]) -> str:
    """For a line of print: `2026-Q1 2026-Q2`."""
    return " ".join(f"{each // 4}-Q{each % 4 + 1}" for each in sorted(quarters))


class Block:
    """The unknowns of one set of questions."""

    def __init__(self, questions: Questions) -> None:
        self.questions = questions
        self.windows: dict[Quarters, Window] = {}
        self.groups: tuple[dict[Words, None], ...] = tuple({} for _ in questions)
        self.start = 0

    def take(self, window: Window, groups: Sequence[Iterable[Words]]) -> None:
        """A window and groups that something is known of."""
        self.windows.setdefault(quarters_of(window), window)
        for taken, more in zip(self.groups, groups, strict=True):
            taken.update(dict.fromkeys(more))

    @cached_property
    def pieces(self) -> list[Quarters]:
        """Dates that no window cuts."""
        return _cut(self.windows)

    @cached_property
    def atoms(self) -> list[list[Words]]:
        """For each question, answers that no group tells apart."""
        return [_cut(groups) for groups in self.groups]

    @cached_property
    def grid(self) -> Parts:
        """The numbers of the unknowns: pieces x atoms of each question."""
        size = (len(self.pieces), *(len(atoms) for atoms in self.atoms))
        return self.start + np.arange(np.prod(size, dtype=np.int64), dtype=np.intp).reshape(size)

    def parts(self, quarters: Quarters, words: Sequence[Words]) -> Parts:
        """The unknowns inside these dates and answers."""
        inside = [[i for i, piece in enumerate(self.pieces) if piece <= quarters]]
        for atoms, taken in zip(self.atoms, words, strict=True):
            inside.append([i for i, atom in enumerate(atoms) if atom <= taken])
        return self.grid[np.ix_(*inside)].ravel()


def _cut(sets: Iterable[frozenset[Thing]]) -> list[frozenset[Thing]]:
    """The coarsest disjoint sets that all of `sets` are unions of, in order of first mention."""
    member: dict[Thing, list[int]] = {}
    for i, each in enumerate(sets):
        for thing in sorted(each, key=str):
            member.setdefault(thing, []).append(i)
    pieces: dict[tuple[int, ...], set[Thing]] = {}
    for thing, where in member.items():
        pieces.setdefault(tuple(where), set()).add(thing)
    return [frozenset(piece) for piece in pieces.values()]


def inside_of(fine: Sequence[frozenset[Thing]], coarse: Sequence[frozenset[Thing]]) -> Parts:
    """For each fine set the coarse one it lies in; -1 for none."""
    home = {thing: i for i, each in enumerate(coarse) for thing in each}
    return np.array([home.get(next(iter(each)), -1) for each in fine], np.intp)


def true_pieces(population: Population, block: Block, truth: Truth) -> Counts:
    """The true counts of a block. Raises NotSafe where a piece of time has none."""
    axes = tuple(
        Axis(name, name, tuple(Group(str(i), atom) for i, atom in enumerate(atoms)))
        for name, atoms in zip(block.questions, block.atoms, strict=True)
    )
    left: list[tuple[set[int], Counts]] = []
    inner = tuple(slice(0, -1) for _ in axes)
    for quarters, window in block.windows.items():
        shape = Shape("attack", "attack", population, window, axes)
        try:
            counts = np.array(truth(shape).counts[inner])
        except (AppError, KeyError, ValueError) as error:
            raise disagreement() from error
        inside = {i for i, piece in enumerate(block.pieces) if piece <= quarters}
        left.append((inside, counts))
    found = np.zeros(block.grid.shape, np.int64)
    while left:
        left.sort(key=lambda each: len(each[0]))
        inside, counts = left.pop(0)
        if len(inside) > 1 or (not inside and counts.any()) or (counts < 0).any():
            raise disagreement()
        for piece in inside:
            found[piece] = counts
            for others, more in left:
                if piece in others:
                    others.discard(piece)
                    more[...] -= counts
    return found


def disagreement() -> NotSafe:
    """Figures that are not those of the cases."""
    return NotSafe(
        "The figures to be published do not agree with the cases or with an earlier release. "
        "Nothing was written. Make the report again."
    )
