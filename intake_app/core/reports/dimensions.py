"""A way of sorting what is counted into groups, and a number that can be added up over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from intake_app.core.disclosure.figures import Axis, Group, Guard
from intake_app.core.fields import Disclose, Question
from intake_app.core.reports.rows import Population

OTHER = "Other"
"""The group of all answers that stand in no group of a side."""


@dataclass(frozen=True)
class Level:
    """One coarser way of putting a dimension's words together: words by the group's label."""

    title: str
    groups: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Dimension:
    """One question a table can have along a side.

    `words` are the labels of its answers by their key, in printed order; empty where the answers
    are open (a county) and each word is its own label. `unknown` are the keys of answers that
    are none. `levels` go from fine to coarse. `flagged` are the keys of answers that say
    somebody is a victim (guard VICTIM). `asked` are the questions it is worked out from.
    Raises `ValueError` for one no summary may show.
    """

    id: str
    title: str
    population: Population
    words: Mapping[str, str]
    asked: tuple[Question, ...]
    unknown: frozenset[str] = frozenset()
    guard: Guard = Guard.NONE
    flagged: frozenset[str] = frozenset()
    levels: tuple[Level, ...] = ()
    help: str = ""

    def __post_init__(self) -> None:
        for question in self.asked:
            if question.disclose is Disclose.NEVER:
                raise ValueError(f"{question.name} may not be in a summary")

    def axis(
        self,
        groups: Mapping[str, frozenset[str]] | None = None,
        found: frozenset[str] = frozenset(),
        title: str = "",
    ) -> Axis:
        """The side of a table: each answer its own group, or the groups given, in order.

        `found` are the answers that occur, for a dimension whose answers are open. Answers in no
        given group go to “Other”, so that every row of the facts has its place.
        """
        words = self.words or {word: word for word in sorted(found)}
        if groups is None:
            made = [Group(label, frozenset({key})) for key, label in words.items()]
        else:
            made = [Group(label, keys) for label, keys in groups.items()]
            left = frozenset(words) - frozenset(k for group in made for k in group.words)
            if left:
                made.append(Group(OTHER, left))
        return Axis(self.id, title or self.title, tuple(made), self.guard, self.flagged)


@dataclass(frozen=True)
class Measure:
    """A number of each row that can be added up: `unit` in the plural, for a heading."""

    id: str
    title: str
    unit: str
    population: Population
    asked: tuple[Question, ...] = field(default=())
    help: str = ""

    def __post_init__(self) -> None:
        for question in self.asked:
            if question.disclose is Disclose.NEVER:
                raise ValueError(f"{question.name} may not be in a summary")
