"""What a reader knows without any figure: some answers rule out answers to other questions.

Belongs to `attacker`; what protects tables has its own way of saying it, and shares nothing but
the declarations. A sum is held against another sum, of a table that asks the other question
instead, date by date and group by group: no more can have given the first answers than gave one
of the second.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np

from intake_app.core.disclosure.attacker_blocks import Block, Quarters, Questions, Words
from intake_app.core.disclosure.attacker_sums import Parts
from intake_app.core.reports.implications import IMPLICATIONS
from intake_app.core.reports.rows import Population
from intake_app.core.reports.words import UNKNOWN

Rule = tuple[str, Words, str, Words]
"""Who gave one of these answers to a question gave one of those to another."""


def rules_of(population: Population) -> list[Rule]:
    """All that is declared, and of several from one question to another what they say together.

    Each is there once more with “not known” among the second answers: that may be true even
    where the first is not.
    """
    found: dict[tuple[str, str], list[tuple[Words, Words]]] = {}
    for one in IMPLICATIONS:
        if one.population is population:
            said = found.setdefault((one.dimension, one.other_dimension), [])
            said += [(one.words | words, one.other_words | others) for words, others in list(said)]
            said.append((one.words, one.other_words))
    return [
        (a, words, b, others | also)
        for (a, b), said in found.items()
        for words, others in said
        for also in (frozenset[str](), frozenset({UNKNOWN}))
    ]


def at_most(
    blocks: Mapping[Questions, Block], population: Population
) -> Iterator[tuple[Parts, Parts]]:
    """Unknowns that come to no more than others do."""
    seen = set()
    for name, words, other, others in rules_of(population):
        for questions, block in blocks.items():
            rest = [each for each in questions if each != name]
            there = blocks.get(tuple(sorted([*rest, other])))
            if name not in questions or other in questions or there is None:
                continue
            sides = [_groups(block, there, each) for each in rest]
            for quarters, groups in product(_dates(block, there), list(product(*sides))):
                taken = dict(zip(rest, groups, strict=True))
                small = _inside(block, quarters, taken | {name: words})
                great = _around(there, quarters, taken | {other: others})
                key = small.tobytes(), great.tobytes()
                if small.size and key not in seen:
                    seen.add(key)
                    yield small, great


def ruled_out(blocks: Mapping[Questions, Block], population: Population) -> set[int]:
    """Unknowns of tables that ask both questions, in which nobody can be."""
    found: set[int] = set()
    for name, words, other, others in rules_of(population):
        for questions, block in blocks.items():
            if name in questions and other in questions:
                grid = np.moveaxis(
                    block.grid, [questions.index(name) + 1, questions.index(other) + 1], [0, 1]
                )
                mine = [i for i, a in enumerate(_atoms(block, name)) if a <= words]
                never = [i for i, a in enumerate(_atoms(block, other)) if not a & others]
                found.update(grid[np.ix_(mine, never)].ravel().tolist())
    return found


def _atoms(block: Block, name: str) -> Sequence[Words]:
    return block.atoms[block.questions.index(name)]


def _groups(one: Block, other: Block, name: str) -> list[Words]:
    both = (block.groups[block.questions.index(name)] for block in (one, other))
    return list(dict.fromkeys(group for groups in both for group in groups))


def _inside(block: Block, quarters: Quarters, taken: Mapping[str, Words]) -> Parts:
    return block.parts(quarters, [taken[name] for name in block.questions])


def _around(block: Block, quarters: Quarters, taken: Mapping[str, Words]) -> Parts:
    """All unknowns that have to do with these dates and answers, if only in part."""
    places = [[i for i, piece in enumerate(block.pieces) if piece & quarters]]
    for name, atoms in zip(block.questions, block.atoms, strict=True):
        places.append([i for i, atom in enumerate(atoms) if atom & taken[name]])
    return block.grid[np.ix_(*places)].ravel()


def _dates(lower: Block, upper: Block) -> list[Quarters]:
    """The windows of either of which the second block has all dates that the first has."""
    there = frozenset().union(*upper.pieces)
    return [
        quarters
        for quarters in {**lower.windows, **upper.windows}
        if all(piece <= there for piece in lower.pieces if piece <= quarters)
    ]
