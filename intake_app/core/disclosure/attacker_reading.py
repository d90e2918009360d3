"""What a reader of published tables writes down: unknown counts, and what sums of them are.

Belongs to `attacker`; what protects tables uses nothing of it, so that the attacker stays
independent. The unknowns are the counts of the smallest groups that published figures take
together, one block for each set of questions asked together: pieces of time (what no published
window cuts) by atoms (answers that no published group tells apart). Every published figure is a
sum of unknowns of its own block, and a block sums up to the blocks with one question fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeVar

import numpy as np

from intake_app.core.disclosure.attacker_blocks import (
    Block,
    Quarters,
    Questions,
    Truth,
    Words,
    inside_of,
    quarters_of,
    true_pieces,
)
from intake_app.core.disclosure.attacker_implied import at_most, ruled_out
from intake_app.core.disclosure.attacker_sums import (
    NO_LIMIT,
    Counts,
    Parts,
    Sums,
    SumsMade,
    contradiction,
)
from intake_app.core.disclosure.figures import (
    Axis,
    Guard,
    Place,
    ProtectedTable,
    Shape,
    SingleFigure,
)
from intake_app.core.reports.rows import Population

Thing = TypeVar("Thing")


@dataclass
class Figure:
    """One figure a reader asks about: a sum of unknowns.

    `shown` is its published value; a withheld one is `least` or more. `published` is False for
    a piece or atom that stands in no table. `questions` are what it is broken down by;
    `flagged`: it counts victims only.
    """

    parts: Parts
    quarters: Quarters
    questions: Questions
    words: tuple[Words, ...]
    flagged: bool
    published: bool
    shown: int | None = None
    least: int = 0
    may_be_zero: bool = False
    zeros_shown: bool = False
    from_elsewhere: bool = False
    places: list[tuple[int, Place]] = field(default_factory=list)


class Reading:
    """All figures of one population, as unknowns and sums of them.

    Raises NotSafe where two published figures that are the same one differ.
    """

    def __init__(
        self,
        population: Population,
        tables: Sequence[ProtectedTable],
        known: Sequence[SingleFigure] = (),
        zeros_shown: Sequence[bool] | None = None,
    ) -> None:
        self.population, self.tables = population, tables
        self.zeros_shown = zeros_shown or [False] * len(tables)
        axes = [axis for table in tables for axis in table.shape.axes]
        self._asked = {axis.dimension for axis in axes}
        self.guards = {a.dimension: a.guard for a in axes if a.guard is not Guard.NONE}
        self.guards |= {a.dimension: a.guard for a in axes if a.guard is Guard.VICTIM}
        self.flagged: dict[str, Words] = {}
        for axis in axes:
            before = self.flagged.get(axis.dimension, frozenset())
            self.flagged[axis.dimension] = before | axis.flagged
        self.blocks: dict[Questions, Block] = {}
        for table in tables:
            self._open_blocks(table.shape)
        self.beyond = [one for one in known if self._strange(one)]
        inside = [one for one in known if not self._strange(one)]
        for one in known:
            self._open_known(one)
        start = 0
        for block in self.blocks.values():
            block.start = start
            start += block.grid.size
        self.slack_start, self.unknowns = start, start + len(self.beyond)
        self.figures: dict[bytes, Figure] = {}
        self.empty: set[int] = set()
        for number, table in enumerate(tables):
            self._read(number, table)
        for figure in self.figures.values():
            if figure.may_be_zero and not figure.zeros_shown:
                figure.least = 0
        for one in inside:
            self._read_known(one)
        self._hidden()
        self.at_most = [(*pair, 0) for pair in at_most(self.blocks, population)]
        self.nobody = ruled_out(self.blocks, population)

    def _strange(self, one: SingleFigure) -> bool:
        return any(name not in self._asked for name, _ in one.conditions)

    def _open_blocks(self, shape: Shape) -> None:
        axes = sorted(shape.axes, key=lambda axis: axis.dimension)
        for some in _subsets(axes):
            groups = [[group.words for group in axis.groups] for axis in some]
            self._block([axis.dimension for axis in some]).take(shape.window, groups)

    def _open_known(self, one: SingleFigure) -> None:
        """Known from elsewhere: what it counts, and all others of the same questions."""
        conditions = sorted((n, words) for n, words in one.conditions if n in self._asked)
        for some in _subsets(conditions):
            groups = [[words, self._everything(name) - words] for name, words in some]
            block = self._block([name for name, _ in some])
            block.take(one.window, [[each for each in both if each] for both in groups])

    def _everything(self, dimension: str) -> Words:
        axes = [a for t in self.tables for a in t.shape.axes if a.dimension == dimension]
        return frozenset(word for axis in axes for word in axis.words)

    def _block(self, questions: Sequence[str]) -> Block:
        return self.blocks.setdefault(tuple(questions), Block(tuple(questions)))

    def _read(self, number: int, table: ProtectedTable) -> None:
        shape, quarters = table.shape, quarters_of(table.shape.window)
        order = sorted(range(len(shape.axes)), key=lambda i: shape.axes[i].dimension)
        for place, shown in zip(shape.places(), table.figures, strict=True):
            taken = [i for i in order if place[i] < len(shape.axes[i].groups)]
            figure = self._figure(
                quarters,
                tuple(shape.axes[i].dimension for i in taken),
                tuple(shape.axes[i].groups[place[i]].words for i in taken),
            )
            figure.published = True
            figure.places.append((number, place))
            if shown is not None:
                self._show(figure, shown)
            else:
                figure.least = 1
                figure.may_be_zero |= self._may_be_zero(table, place)
                figure.zeros_shown |= self.zeros_shown[number]
        for some in _subsets([shape.axes[i] for i in order]):
            self._nobody_else(quarters, some)

    def _nobody_else(self, quarters: Quarters, axes: Sequence[Axis]) -> None:
        """Answers that a side of a table does not have did not occur in its dates."""
        block = self.blocks[tuple(axis.dimension for axis in axes)]
        if all(
            sum(map(len, a)) == len(axis.words) for a, axis in zip(block.atoms, axes, strict=True)
        ):
            return
        everything = [frozenset[str]().union(*atoms) for atoms in block.atoms]
        inside = block.parts(quarters, [axis.words for axis in axes])
        self.empty.update(set(block.parts(quarters, everything).tolist()) - set(inside.tolist()))

    def _may_be_zero(self, table: ProtectedTable, place: Place) -> bool:
        """Whether a zero may have been withheld at a place.

        So it is where victims are told of, and in a line along a guarded side of which all may
        have one answer: one that shows no answer anybody has.
        """
        for side, axis in enumerate(table.shape.axes):
            guard = self.guards.get(axis.dimension)
            if guard is None or place[side] == len(axis.groups):
                continue
            line = (table.at(moved(place, side, i)) for i in range(len(axis.groups)))
            if guard is Guard.VICTIM or not any(line):
                return True
        return False

    def _read_known(self, one: SingleFigure) -> None:
        conditions = sorted(one.conditions)
        figure = self._figure(
            quarters_of(one.window),
            tuple(name for name, _ in conditions),
            tuple(words for _, words in conditions),
        )
        self._show(figure, one.value)
        figure.from_elsewhere = True

    def _figure(self, quarters: Quarters, questions: Questions, words: tuple[Words, ...]) -> Figure:
        parts = self.blocks[questions].parts(quarters, words)
        key = parts.tobytes()
        if key not in self.figures:
            self.figures[key] = Figure(
                parts, quarters, questions, words, self._tells_of_victims(questions, words), False
            )
        return self.figures[key]

    def _tells_of_victims(self, questions: Questions, words: Iterable[Words]) -> bool:
        return any(
            self.guards.get(name) is Guard.VICTIM and taken <= self.flagged[name]
            for name, taken in zip(questions, words, strict=True)
        )

    def _show(self, figure: Figure, value: int) -> None:
        if figure.shown not in {None, value}:
            raise contradiction()
        figure.shown = value

    def _hidden(self) -> None:
        """Every unknown that is no figure by itself: an increase, or what two groups differ by."""
        for block in self.blocks.values():
            for place, unknown in np.ndenumerate(block.grid):
                parts = np.array([unknown], np.intp)
                if parts.tobytes() in self.figures or int(unknown) in self.empty:
                    continue
                words = tuple(a[i] for a, i in zip(block.atoms, place[1:], strict=True))
                self.figures[parts.tobytes()] = Figure(
                    parts, block.pieces[place[0]], block.questions, words,
                    self._tells_of_victims(block.questions, words), False,
                )  # fmt: skip
        for n in range(len(self.beyond)):
            one = self.beyond[n]
            parts = np.array([self.slack_start + n], np.intp)
            self.figures[parts.tobytes()] = Figure(
                parts, quarters_of(one.window), (), (), False, False
            )

    def sums(self) -> Sums:
        """What adds up to what, and every figure shown; figures withheld are `least` or more."""
        made = SumsMade()
        for block in self.blocks.values():
            for gone in range(len(block.questions)):
                self._add_up(made, block, gone)
        for figure in self.figures.values():
            if figure.shown is not None:
                made.add(figure.parts, figure.shown, figure.shown)
            elif figure.least:
                made.add(figure.parts, figure.least, NO_LIMIT)
        for unknown in self.empty:
            made.add(np.array([unknown], np.intp), 0, 0)
        for n, one in enumerate(self.beyond):
            made.add(self.around(one), one.value, one.value, self.slack_start + n)
        for unknown in self.nobody:
            made.add(np.array([unknown], np.intp), 0, 0)
        for small, great, least in self.at_most:
            made.add(great, least, NO_LIMIT, small)
        return made.sums()

    def doubt(self) -> None:
        """Believe nothing of what follows from other answers."""
        self.at_most, self.nobody = [], set()

    def believe_true(self, counts: Counts, threshold: int) -> None:
        """Of what follows from other answers, believe what is true but for a few exceptions."""
        found = []
        for small, great, _ in self.at_most:
            short = int(counts[great].sum() - counts[small].sum())
            if short > -threshold:
                found.append((small, great, min(0, short)))
        self.at_most = found
        self.nobody = {each for each in self.nobody if not counts[each]}

    def by_question(self, figures: Sequence[Figure]) -> bool:
        """Whether all are groups in which nobody can be, whoever was counted."""
        return all(self.nobody.issuperset(figure.parts.tolist()) for figure in figures)

    def around(self, one: SingleFigure) -> Parts:
        """The unknowns of which a figure about questions of no table is a part."""
        some = sorted((n, words) for n, words in one.conditions if n in self._asked)
        block = self.blocks[tuple(name for name, _ in some)]
        return block.parts(quarters_of(one.window), [words for _, words in some])

    def _add_up(self, made: SumsMade, block: Block, gone: int) -> None:
        fewer = self.blocks[block.questions[:gone] + block.questions[gone + 1 :]]
        kept = block.atoms[:gone] + block.atoms[gone + 1 :]
        inside = [inside_of(fewer.pieces, block.pieces)]
        inside += [inside_of(f, c) for f, c in zip(fewer.atoms, kept, strict=True)]
        size = [len(block.pieces), *map(len, kept)]
        number = np.arange(np.prod(size, dtype=np.int64)).reshape(size)
        many = np.moveaxis(block.grid, gone + 1, -1)
        where = np.zeros(fewer.grid.shape, np.intp)
        there = np.ones(fewer.grid.shape, bool)
        for side, coarse in enumerate(inside):
            form = [1] * len(inside)
            form[side] = -1
            where = where * size[side] + coarse.reshape(form)
            there &= (coarse >= 0).reshape(form)
        rows = np.repeat(number.ravel(), many.shape[-1])
        made.add_many(
            np.concatenate([rows, where[there]]),
            np.concatenate([many.ravel(), fewer.grid[there]]),
            np.concatenate([np.ones(rows.size, np.int64), -np.ones(there.sum(), np.int64)]),
            number.size,
        )

    def true_counts(self, truth: Truth) -> Counts:
        """The true value of every unknown. Raises NotSafe where a piece has none."""
        counts = np.zeros(self.unknowns, np.int64)
        for block in self.blocks.values():
            counts[block.grid.ravel()] = true_pieces(self.population, block, truth).ravel()
        for n, one in enumerate(self.beyond):
            counts[self.slack_start + n] = counts[self.around(one)].sum() - one.value
        return counts


def moved(place: Place, side: int, line: int) -> Place:
    """Another place of the same line along a side."""
    return (*place[:side], line, *place[side + 1 :])


def _subsets(things: Sequence[Thing]) -> Iterator[tuple[Thing, ...]]:
    for size in range(len(things) + 1):
        yield from combinations(things, size)
