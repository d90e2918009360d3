"""Every question a table can have along a side, and every number that can be added up."""

from collections.abc import Iterable, Mapping

from intake_app.core.reports.dimensions import Dimension, Measure
from intake_app.core.reports.episode_dimensions import EPISODE_DIMENSIONS, EPISODE_MEASURES
from intake_app.core.reports.letter_dimensions import LETTER_DIMENSIONS, LETTER_MEASURES
from intake_app.core.reports.response_dimensions import RESPONSE_DIMENSIONS
from intake_app.core.reports.rows import Population


def _by_id(each: Iterable[Dimension]) -> dict[str, Dimension]:
    return {dimension.id: dimension for dimension in each}


DIMENSIONS: Mapping[str, Dimension] = _by_id(
    (*EPISODE_DIMENSIONS, *LETTER_DIMENSIONS, *RESPONSE_DIMENSIONS)
)
"""By id, in the order they are offered."""

MEASURES: Mapping[str, Measure] = {
    measure.id: measure for measure in (*EPISODE_MEASURES, *LETTER_MEASURES)
}
"""By id, in the order they are offered."""


def dimensions_of(population: Population) -> tuple[Dimension, ...]:
    """The questions about one population, in the order they are offered."""
    return tuple(each for each in DIMENSIONS.values() if each.population is population)


def measures_of(population: Population) -> tuple[Measure, ...]:
    """The numbers of one population, in the order they are offered."""
    return tuple(each for each in MEASURES.values() if each.population is population)
