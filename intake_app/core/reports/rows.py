"""Facts in columns: one place for each episode, letter or response; nothing that names anybody.

A million rows are counted in one pass, and a period that was published is kept as these columns,
so that its figures can never change.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt


class Population(StrEnum):
    """What is counted. Figures of different populations are never linked with each other."""

    EPISODES = "episodes"
    LETTERS = "letters"
    RESPONSES = "responses"


@dataclass(frozen=True)
class Column:
    """Answers of one question: `codes[i]` is a place in `words`, the answers found."""

    words: tuple[str, ...]
    codes: npt.NDArray[np.int16]

    @classmethod
    def of(cls, answers: Iterable[str]) -> Column:
        """From one answer for each row."""
        place: dict[str, int] = {}
        codes = np.fromiter((place.setdefault(a, len(place)) for a in answers), np.int16)
        return cls(tuple(place), codes)


@dataclass(frozen=True)
class Rows:
    """`size` rows: answers by the id of their dimension, numbers by the id of their measure.

    A number that is not known is NaN. ValueError where a column has another length.
    """

    population: Population
    size: int
    columns: Mapping[str, Column]
    numbers: Mapping[str, npt.NDArray[np.float64]]

    def __post_init__(self) -> None:
        lengths = [len(column.codes) for column in self.columns.values()]
        lengths += [len(values) for values in self.numbers.values()]
        if any(length != self.size for length in lengths):
            raise ValueError("every column has one place for each row")

    def taken(self, places: npt.NDArray[np.intp]) -> Rows:
        """Only the rows at these places."""
        return Rows(
            self.population,
            len(places),
            {i: Column(c.words, c.codes[places]) for i, c in self.columns.items()},
            {i: values[places] for i, values in self.numbers.items()},
        )

    def to_bytes(self) -> bytes:
        """For keeping: compressed JSON."""
        stored = {
            "population": self.population.value,
            "size": self.size,
            "columns": {
                name: {"words": list(c.words), "codes": c.codes.tolist()}
                for name, c in sorted(self.columns.items())
            },
            "numbers": {
                name: [None if np.isnan(v) else v for v in values.tolist()]
                for name, values in sorted(self.numbers.items())
            },
        }
        return zlib.compress(json.dumps(stored, separators=(",", ":")).encode(), 6)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Rows:
        """The reverse of `to_bytes`. Raises KeyError, ValueError or zlib.error otherwise."""
        found: dict[str, Any] = json.loads(zlib.decompress(stored))
        return cls(
            Population(found["population"]),
            int(found["size"]),
            {
                name: Column(tuple(c["words"]), np.array(c["codes"], np.int16))
                for name, c in found["columns"].items()
            },
            {
                name: np.array([np.nan if v is None else v for v in values], np.float64)
                for name, values in found["numbers"].items()
            },
        )


def joined(parts: Sequence[Rows]) -> Rows:
    """All rows of several periods, in order. A column a part does not have is left out.

    Raises ValueError for no part, or parts of different populations.
    """
    if len({part.population for part in parts}) != 1:
        raise ValueError("only rows of one population can be joined")
    shared = [n for n in parts[0].columns if all(n in part.columns for part in parts)]
    measured = [n for n in parts[0].numbers if all(n in part.numbers for part in parts)]
    return Rows(
        parts[0].population,
        sum(part.size for part in parts),
        {name: _joined([part.columns[name] for part in parts]) for name in shared},
        {name: np.concatenate([part.numbers[name] for part in parts]) for name in measured},
    )


def _joined(columns: Sequence[Column]) -> Column:
    words = tuple(dict.fromkeys(word for column in columns for word in column.words))
    place = {word: i for i, word in enumerate(words)}
    moved = [
        np.array([place[word] for word in column.words], np.int16)[column.codes]
        if column.words
        else column.codes
        for column in columns
    ]
    return Column(words, np.concatenate(moved))
