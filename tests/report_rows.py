"""Invented facts for tests and the bench: a few answers are common and most are rare."""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from intake_app.core.disclosure.figures import Guard
from intake_app.core.reports.catalogue import dimensions_of, measures_of
from intake_app.core.reports.dated import Dated
from intake_app.core.reports.dimensions import Dimension
from intake_app.core.reports.rows import Column, Population, Rows
from intake_app.core.reports.words import UNKNOWN

COUNTIES = tuple(f"County {number}" for number in range(1, 26))
"""The answers of the one open dimension."""

_VICTIMS = 0.08
_UNKNOWN = 0.12


def invented_rows(size: int, seed: int = 1, population: Population = Population.EPISODES) -> Rows:
    """Rows over every dimension and number of a population; the same for the same seed.

    Answers are drawn one apart from the other, the n-th of a dimension about 1/n times as often
    as the first, in an order drawn for each dimension. Some 12 % are unknown where that is an
    answer, and a number is unknown for a quarter. Flagged answers stay rare.
    """
    luck = np.random.default_rng(seed)
    columns = {each.id: _column(each, size, luck) for each in dimensions_of(population)}
    numbers = {each.id: _number(size, luck) for each in measures_of(population)}
    return Rows(population, size, columns, numbers)


def invented_dated(
    size: int,
    seed: int,
    start: date,
    end: date,
    population: Population = Population.EPISODES,
) -> Dated:
    """The same rows on days from `start` to `end`, both included; keys count from 1, mixed."""
    luck = np.random.default_rng(seed + 1_000_003)
    spread = luck.integers(0, (end - start).days + 1, size)
    keys = luck.permutation(size) + 1
    return Dated(
        tuple(keys.tolist()),
        tuple(start + timedelta(days=days) for days in spread.tolist()),
        invented_rows(size, seed, population),
    )


def _column(dimension: Dimension, size: int, luck: np.random.Generator) -> Column:
    words = tuple(dimension.words) or COUNTIES
    odds = 1.0 / (luck.permutation(len(words)) + 1)
    for place, word in enumerate(words):
        if word in dimension.flagged:
            odds[place] = 0.0
    if UNKNOWN in words and len(words) > 1:
        odds[words.index(UNKNOWN)] = 0.0
        odds *= (1 - _UNKNOWN) / odds.sum()
        odds[words.index(UNKNOWN)] = _UNKNOWN
    if dimension.guard is Guard.VICTIM:
        odds *= (1 - _VICTIMS) / odds.sum()
        flagged = [place for place, word in enumerate(words) if word in dimension.flagged]
        odds[flagged] = _VICTIMS / len(flagged)
    codes = luck.choice(len(words), size, p=odds / odds.sum()).astype(np.int16)
    return Column(words, codes)


def _number(size: int, luck: np.random.Generator) -> npt.NDArray[np.float64]:
    values = np.floor(luck.lognormal(2.0, 1.2, size))
    values[luck.random(size) < 0.25] = np.nan
    return values
