"""The tables the protection was designed with: invented cases, a few answers common, most rare."""

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from intake_app.core.disclosure.figures import (
    Axis,
    CountTable,
    Group,
    Shape,
)
from intake_app.core.disclosure.hierarchies import ANY, Hierarchy
from intake_app.core.reports.counting import count
from intake_app.core.reports.periods import Every, Period, Window
from intake_app.core.reports.rows import Column, Population, Rows

YEAR = Window((Period(date(2025, 1, 1), Every.YEAR),))

# Answers of each question, and how many go together one level up, two levels up, … How common
# they are is drawn so that the tables have about as many small counts as those of the design.
_QUESTIONS = {
    "country": (60, (5, 15)),
    "agency": (25, (5,)),
    "charge": (5, ()),
    "outcome": (7, (4,)),
    "detainer": (5, ()),
    "victim": (2, ()),
    "age": (60, (5, 10, 20)),
    "month": (24, (3, 6, 12)),
}
_VICTIMS = 0.08
_STEEP = {"country": 1.2, "agency": 1.2}

ROW_COLUMNS = ("country", "agency", "charge", "outcome", "detainer", "age", "month")


@dataclass(frozen=True)
class Bench:
    """One table of the design: how many cases, and along which questions."""

    name: str
    cases: int
    sides: tuple[str, ...]
    seed: int = 1

    @property
    def shape(self) -> Shape:
        """Zeros are shown throughout, as in the design's comparison."""
        return Shape(
            f"bench-{self.name}",
            " x ".join(self.sides),
            Population.EPISODES,
            YEAR,
            tuple(_axis(side) for side in self.sides),
        )

    def truth(self, shape: Shape) -> CountTable:
        """Counts of any shape over these cases."""
        return count(shape, cases(self.cases, self.seed))

    @property
    def counted(self) -> CountTable:
        """Its true counts."""
        return self.truth(self.shape)


TABLES = {
    each.name: each
    for each in (
        Bench("A", 1_000, ("charge", "outcome")),
        Bench("B", 1_000, ("charge", "detainer", "victim")),
        Bench("C", 1_000, ("agency", "detainer")),
        Bench("D", 20_000, ("agency", "detainer", "victim")),
        Bench("E", 20_000, ("country", "victim")),
        Bench("F", 20_000, ("country", "charge", "victim")),
        Bench("G", 20_000, ("country", "agency")),
    )
}


@cache
def cases(size: int, seed: int = 1) -> Rows:
    """Invented cases; the same for the same size and seed. Ages and months are spread evenly."""
    luck = np.random.default_rng(seed)
    columns = {}
    for name, (answers, _) in _QUESTIONS.items():
        odds = np.arange(1, answers + 1) ** -_STEEP.get(name, 1.0)
        if name in ("age", "month"):
            odds = np.ones(answers)
        if name == "victim":
            odds = np.array([1 - _VICTIMS, _VICTIMS])
        codes = luck.choice(answers, size, p=odds / odds.sum()).astype(np.int16)
        columns[name] = Column(_words(name), codes)
    return Rows(Population.EPISODES, size, columns, {})


@cache
def hierarchy(name: str) -> Hierarchy:
    """A question's answers, then so many together, then “Any”."""
    words = _words(name)
    levels = [tuple(Group(word, frozenset({word})) for word in words)]
    for together in _QUESTIONS[name][1]:
        starts = range(0, len(words), together)
        levels.append(
            tuple(
                Group(f"{name} {start} and on by {together}", frozenset(words[start:][:together]))
                for start in starts
            )
        )
    levels.append((Group(ANY, frozenset(words)),))
    return Hierarchy(name, name.title(), tuple(reversed(levels)))


def _words(name: str) -> tuple[str, ...]:
    return tuple(f"{name} {number}" for number in range(_QUESTIONS[name][0]))


def _axis(name: str) -> Axis:
    groups = tuple(Group(word, frozenset({word})) for word in _words(name))
    return Axis(name, name.title(), groups)
