"""Putting facts into columns one row after the other, in the same space for each."""

from array import array
from collections.abc import Mapping
from datetime import date

import numpy as np

from intake_app.core.reports.catalogue import dimensions_of, measures_of
from intake_app.core.reports.dated import Dated
from intake_app.core.reports.dimensions import Dimension
from intake_app.core.reports.rows import Column, Population, Rows


class RowBuilder:
    """Collects the rows of one population."""

    def __init__(self, population: Population) -> None:
        self._population = population
        self._answers = tuple(_Answers(each) for each in dimensions_of(population))
        self._numbers = {each.id: array("d") for each in measures_of(population)}
        self._keys: list[int] = []
        self._days: list[date] = []
        self._same_day: dict[date, date] = {}

    def add(
        self, key: int, day: date, words: Mapping[str, str], numbers: Mapping[str, float]
    ) -> None:
        """One more row. Raises KeyError without an answer to each dimension, ValueError for an
        answer a dimension does not have."""
        for answers in self._answers:
            answers.add(words[answers.id])
        for name, values in self._numbers.items():
            values.append(numbers[name])
        self._keys.append(key)
        self._days.append(self._same_day.setdefault(day, day))

    def done(self) -> Dated:
        """All rows in the order they came."""
        rows = Rows(
            self._population,
            len(self._keys),
            {answers.id: answers.column() for answers in self._answers},
            {name: np.array(values, np.float64) for name, values in self._numbers.items()},
        )
        return Dated(tuple(self._keys), tuple(self._days), rows)


class _Answers:
    """The answers to one dimension so far."""

    def __init__(self, dimension: Dimension) -> None:
        self.id = dimension.id
        self._allowed = dimension.words
        self._place: dict[str, int] = {}
        self._codes = array("h")

    def add(self, word: str) -> None:
        place = self._place.get(word)
        if place is None:
            if self._allowed and word not in self._allowed:
                raise ValueError(f"{self.id} has no such answer")
            place = self._place[word] = len(self._place)
        self._codes.append(place)

    def column(self) -> Column:
        return Column(tuple(self._place), np.array(self._codes, np.int16))
