"""What figures of one question say of figures of another, where answers follow from each other.

Whoever gave an answer in a set gave, to the other question, one of the answers that go with the
set: so the figures of the set come to no more than the figures of those. Such a limit for each
set that matters is all there is to know (P. Hall, "On representatives of subsets", J. London
Math. Soc. 10 (1935)), so nobody has to count both questions together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.unknowns import Codes, Cut, Numbering, Words
from intake_app.core.reports.implications import impossible, linked
from intake_app.core.reports.periods import Period
from intake_app.core.reports.rows import Population
from intake_app.core.reports.words import UNKNOWN

Questions = tuple[Population, tuple[str, ...]]
Piece = tuple[tuple[Period, ...], tuple[Cut, ...]]
"""Dates, and the groups of each question."""

Places = npt.NDArray[np.intp]
_MANY = 6
"""Different claims from one question to another, of which every choice is looked at."""

Limits = tuple[tuple[Places, Places], ...]
"""Of each pair the first figures come to no more than the second."""


class Implied:
    """Limits and cells nobody can be in, over the pieces of each set of questions."""

    def __init__(self, pieces: Mapping[Questions, Sequence[Piece]], numbers: Numbering) -> None:
        self._pieces, self._numbers = pieces, numbers
        words: dict[tuple[Population, str], set[str]] = defaultdict(set)
        for (kind, _), own in pieces.items():
            for _, cuts in own:
                for name, groups in cuts:
                    words[kind, name].update(*groups)
        self._with = {
            (kind, name, other): {
                word: frozenset(
                    w for w in words[kind, other] if not impossible(kind, (name, word), (other, w))
                )
                for word in words[kind, name]
            }
            for kind in {kind for kind, _ in pieces}
            for name, other in linked(kind)
            if words[kind, name] and words[kind, other]
        }
        """The answers that go with each answer to another question."""

    def borne_out(
        self,
        grids: Mapping[Questions, Sequence[Piece]],
        used: Codes,
        values: npt.NDArray[np.float64],
    ) -> tuple[Limits, Places]:
        """The limits, and the cells of `grids` and pieces that nobody is in by the values either.

        By place in `used`, which are in order.
        """
        limits = [(np.searchsorted(used, a), np.searchsorted(used, b)) for a, b in self.limits()]
        cells = np.concatenate([self.nobody(self._pieces), self.nobody(grids)])
        nobody = np.searchsorted(used, np.intersect1d(cells, used))
        return (
            tuple(limits),
            nobody[values[nobody] == 0],
        )

    def limits(self) -> list[tuple[Codes, Codes]]:
        """Figures whose sum is no more than that of others, in an order of their own."""
        found: dict[tuple[bytes, bytes], tuple[Codes, Codes]] = {}
        for (kind, names), pieces in self._pieces.items():
            for name, other in sorted(linked(kind)):
                if name not in names or other in names:
                    continue
                there = (kind, tuple(sorted({*names, other} - {name})))
                for lower, upper in _touching(pieces, self._pieces.get(there, ())):
                    for small, great in self._between(kind, name, other, lower, upper):
                        found[small.tobytes(), great.tobytes()] = small, great
        return sorted(found.values(), key=lambda each: (each[0].tolist(), each[1].tolist()))

    def _between(
        self, kind: Population, name: str, other: str, lower: list[Piece], upper: list[Piece]
    ) -> Iterator[tuple[Codes, Codes]]:
        going = self._with[kind, name, other]
        everything = frozenset(word for groups in _groups(upper, other) for word in groups)
        follows = {g: frozenset().union(*(going[w] for w in g)) for g in _groups(lower, name)}
        blocks = _blocks([*lower, *upper], {name, other})
        sure = {g: each & everything for g, each in follows.items()}
        # Every choice, not only the widest: exceptions may shake a wide claim and not a narrow one.
        told: set[tuple[frozenset[Words], frozenset[Words]]] = set()
        for some in _some_of({each for each in sure.values() if each != everything}):
            those = frozenset(g for g, each in sure.items() if each in some)
            answers = frozenset[str]().union(*some)
            # Where not all is known after all, the other answer may not be known either.
            for wider in (answers, answers | (everything & {UNKNOWN})):
                reached = frozenset(g for g in _groups(upper, other) if g & wider)
                if not everything <= frozenset().union(*reached):
                    told.add((those, reached))
        for those, reached in sorted(told, key=_in_order):
            small = self._sums(kind, name, lower, those, blocks)
            great = self._sums(kind, other, upper, reached, blocks)
            for block in sorted(small.keys() & great.keys()):
                yield np.sort(small[block]), np.sort(great[block])

    def _sums(
        self,
        kind: Population,
        name: str,
        pieces: Sequence[Piece],
        taken: frozenset[Words],
        blocks: Mapping[tuple[str, str], int],
    ) -> dict[tuple[int, ...], Codes]:
        """The figures of these groups, by where they stand in the other questions."""
        found: dict[tuple[int, ...], list[Codes]] = defaultdict(list)
        for periods, cuts in pieces:
            codes = self._numbers.codes(kind, periods, cuts)
            k = next(i for i, cut in enumerate(cuts) if cut[0] == name)
            own = [i for i, group in enumerate(cuts[k][1]) if group in taken]
            rest = [
                [blocks[question, min(group)] for group in groups]
                for question, groups in cuts
                if question != name
            ]
            turned = np.moveaxis(codes, k, -1)[..., own]
            for place in np.ndindex(turned.shape[:-1]):
                if own:
                    found[tuple(r[i] for r, i in zip(rest, place, strict=True))].append(
                        turned[place]
                    )
        return {block: np.concatenate(codes) for block, codes in found.items()}

    def nobody(self, grids: Mapping[Questions, Sequence[Piece]]) -> Codes:
        """The cells of tables of both questions that no row can be in."""
        found = [np.zeros(0, np.int64)]
        for (kind, names), own in grids.items():
            for name, other in sorted(linked(kind) & set(combinations(names, 2))):
                going = self._with[kind, name, other]
                for periods, cuts in own:
                    sides = [names.index(name), names.index(other)]
                    ours, theirs = (cuts[side][1] for side in sides)
                    never = [[not any(going[w] & b for w in a) for b in theirs] for a in ours]
                    codes = self._numbers.codes(kind, periods, cuts)
                    found.append(np.moveaxis(codes, sides, (0, 1))[np.array(never)].ravel())
        return np.unique(np.concatenate(found))


def _dates(pieces: Sequence[Piece]) -> set[Period]:
    return {period for periods, _ in pieces for period in periods}


def _groups(pieces: Sequence[Piece], name: str) -> list[Words]:
    """The groups of a question in any of the pieces, in order of mention."""
    return list(
        dict.fromkeys(g for _, cuts in pieces for n, groups in cuts if n == name for g in groups)
    )


def _touching(
    lower: Sequence[Piece], upper: Sequence[Piece]
) -> Iterator[tuple[list[Piece], list[Piece]]]:
    """Pieces whose dates have to do with each other; of `lower` those that `upper` covers."""
    left = list(lower)
    while left:
        ours, theirs, dates = [left.pop(0)], list[Piece](), set[Period]()
        while dates != (now := _dates(ours) | _dates(theirs)):
            dates = now
            ours += [p for p in left if dates & set(p[0])]
            left = [p for p in left if p not in ours]
            theirs = [p for p in upper if dates & set(p[0])]
        covered = _dates(theirs)
        ours = [p for p in ours if set(p[0]) <= covered]
        if ours:
            yield ours, theirs


def _some_of(sets: set[Words]) -> Iterator[tuple[Words, ...]]:
    """Every choice of one or more; of very many only single ones and all together."""
    some = sorted(sets, key=sorted)
    sizes = range(1, len(some) + 1) if len(some) <= _MANY else (1, len(some))
    for size in sizes:
        yield from combinations(some, size)


def _in_order(one: tuple[frozenset[Words], frozenset[Words]]) -> list[list[list[str]]]:
    return [sorted(sorted(group) for group in groups) for groups in one]


def _blocks(pieces: Sequence[Piece], but: set[str]) -> dict[tuple[str, str], int]:
    """Answers to the other questions, numbered so that no group of any piece is cut."""
    number: dict[tuple[str, str], int] = {}
    for _, cuts in pieces:
        for name, groups in cuts:
            if name in but:
                continue
            for group in groups:
                own = {(name, word) for word in group}
                met = {number[each] for each in own if each in number}
                together = own | {
                    each for each, n in number.items() if n in met and each[0] == name
                }
                number |= dict.fromkeys(together, min(met, default=len(number)))
    return number
