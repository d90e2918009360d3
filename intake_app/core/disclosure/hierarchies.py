"""How coarsely an answer can be told in a row: the answer, the groups it lies in, “Any”."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.figures import Group
from intake_app.core.reports.dimensions import Dimension
from intake_app.core.reports.rows import Column

ANY = "Any"
"""What stands in a row where nothing of the answer is told."""


@dataclass(frozen=True)
class Hierarchy:
    """One column of the rows. `levels` go from “Any” to the answers, each finer than the last.

    Raises ValueError where a level does not take the groups of the next together whole, or a
    label stands for two things.
    """

    dimension: str
    title: str
    levels: tuple[tuple[Group, ...], ...]

    def __post_init__(self) -> None:
        said: dict[str, frozenset[str]] = {}
        for level in self.levels:
            if frozenset().union(*(g.words for g in level)) != self.levels[0][0].words:
                raise ValueError("every level has every answer")
            for group in level:
                if said.setdefault(group.label, group.words) != group.words:
                    raise ValueError("a label stands for one group of answers")
        for coarse, fine in zip(self.levels, self.levels[1:], strict=False):
            if any(not any(f.words <= c.words for c in coarse) for f in fine):
                raise ValueError("a level takes the groups of the next together whole")

    @property
    def deepest(self) -> int:
        """The number of the finest level; “Any” is level 0."""
        return len(self.levels) - 1

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every answer, in the order of the finest level."""
        return tuple(word for group in self.levels[-1] for word in sorted(group.words))

    @cached_property
    def words_of(self) -> Mapping[str, frozenset[str]]:
        """The answers a label can stand for."""
        return {group.label: group.words for level in self.levels for group in level}

    @cached_property
    def parents(self) -> tuple[npt.NDArray[np.intp], ...]:
        """For each level but the first: the place of each group's parent one level up."""
        return tuple(
            np.array(
                [next(i for i, c in enumerate(coarse) if f.words <= c.words) for f in fine],
                np.intp,
            )
            for coarse, fine in zip(self.levels, self.levels[1:], strict=False)
        )

    @cached_property
    def has(self) -> tuple[npt.NDArray[np.bool_], ...]:
        """For each level: groups x answers, true where the group takes the answer in."""
        place = {word: i for i, word in enumerate(self.words)}
        made = []
        for level in self.levels:
            table = np.zeros((len(level), len(place)), np.bool_)
            for i, group in enumerate(level):
                table[i, [place[word] for word in group.words]] = True
            made.append(table)
        return tuple(made)

    @cached_property
    def hidden(self) -> tuple[npt.NDArray[np.float64], ...]:
        """For each group of each level the share of the other answers it hides, 0 to 1."""
        others = max(len(self.words) - 1, 1)
        return tuple((table.sum(axis=1) - 1) / others for table in self.has)

    def ancestor(self, level: int, group: int, to: int) -> tuple[int, int]:
        """The level and place of the group at level `to` or below it that takes this one in.

        Of groups that are the same answers on several levels it is the one on the finest.
        """
        for above in range(level, to, -1):
            group = int(self.parents[above - 1][group])
        while to < self.deepest:
            child = int(np.argmax(self.parents[to] == group))
            if self.levels[to + 1][child].words != self.levels[to][group].words:
                break
            to, group = to + 1, child
        return to, group

    def wider(self, level: int, group: int) -> tuple[int, int]:
        """The next group up that has more answers; the same where there is none."""
        found = level, group
        for to in range(level - 1, -1, -1):
            found = self.ancestor(level, group, to)
            if self.levels[found[0]][found[1]].words != self.levels[level][group].words:
                break
        return found

    def codes(self, column: Column) -> tuple[npt.NDArray[np.int16], ...]:
        """For each level the group each row is in. Raises ValueError for an unknown answer."""
        place = {w: i for i, group in enumerate(self.levels[-1]) for w in group.words}
        used = set(np.unique(column.codes).tolist())
        if any(column.words[i] not in place for i in used):
            raise ValueError(f"an answer of {self.dimension} has no place in its hierarchy")
        table = np.array([place.get(word, 0) for word in column.words] or [0], np.int16)
        made = [table[column.codes]]
        for above in reversed(self.parents):
            made.append(above.astype(np.int16)[made[-1]])
        return tuple(reversed(made))

    def to_json(self) -> dict[str, Any]:
        """For the ledger: strings and lists only."""
        return {
            "dimension": self.dimension,
            "title": self.title,
            "levels": [[[g.label, sorted(g.words)] for g in level] for level in self.levels],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Hierarchy:
        """The reverse of `to_json`. Raises KeyError, TypeError or ValueError otherwise."""
        return cls(
            stored["dimension"],
            stored["title"],
            tuple(
                tuple(Group(label, frozenset(words)) for label, words in level)
                for level in stored["levels"]
            ),
        )


def hierarchy_of(dimension: Dimension, found: Iterable[str] = ()) -> Hierarchy:
    """Its answers, its coarser levels, “Any”. `found` are the answers of an open dimension.

    A level that sorts answers another way than the level below is no step on the way up, and is
    left out.
    """
    words = dict(dimension.words) or {word: word for word in sorted(set(found) or {"unknown"})}
    levels = [tuple(Group(label, frozenset({key})) for key, label in words.items())]
    for level in dimension.levels:
        made = [(label, keys & words.keys()) for label, keys in level.groups.items()]
        left = words.keys() - {key for _, keys in made for key in keys}
        groups = [(label, frozenset(keys)) for label, keys in made if keys]
        if left:
            groups.append(("Other", frozenset(left)))
        if not all(any(g.words <= keys for _, keys in groups) for g in levels[-1]):
            continue
        finer = {g.label: g.words for each in levels for g in each}
        levels.append(
            tuple(
                Group(label if finer.get(label, keys) == keys else f"{label} ({level.title})", keys)
                for label, keys in groups
            )
        )
    levels.append((Group(ANY, frozenset(words)),))
    return Hierarchy(dimension.id, dimension.title, tuple(reversed(levels)))
