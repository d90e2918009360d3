"""Which questions a column of case rows may be about, and which only with leave."""

from collections.abc import Sequence

from intake_app.core.disclosure.case_rows import MOST_COLUMNS
from intake_app.core.disclosure.figures import Guard
from intake_app.core.errors import AppError, NotAllowed
from intake_app.core.fields import Compartment
from intake_app.core.reports.catalogue import DIMENSIONS, dimensions_of
from intake_app.core.reports.dimensions import Dimension
from intake_app.core.reports.rows import Population

_STATUS = frozenset({"citizen_claim", "citizen_family"})
"""Questions about somebody's own standing under immigration law, or the family's."""


def row_columns(allowed: frozenset[str]) -> tuple[Dimension, ...]:
    """The columns that can be chosen, where an administrator allowed these ones besides."""
    return tuple(
        each
        for each in dimensions_of(Population.EPISODES)
        if not needs_leave(each) or each.id in allowed
    )


def needs_leave(dimension: Dimension) -> bool:
    """Whether an administrator has to allow this column by itself: who is a victim, or status."""
    return (
        dimension.guard is Guard.VICTIM
        or dimension.id in _STATUS
        or any(question.keep is not Compartment.FACTS for question in dimension.asked)
    )


def chosen_columns(ids: Sequence[str], allowed: frozenset[str]) -> tuple[Dimension, ...]:
    """The dimensions of these columns. Raises `AppError`; `NotAllowed` where leave is missing."""
    known = [each.id for each in dimensions_of(Population.EPISODES)]
    if not 1 <= len(ids) <= MOST_COLUMNS or len(set(ids)) != len(ids) or set(ids) - set(known):
        raise AppError(f"Choose one to {MOST_COLUMNS} columns from the list, each once.")
    open_to = {each.id for each in row_columns(allowed)}
    for name in ids:
        if name not in open_to:
            raise NotAllowed(
                f"“{DIMENSIONS[name].title}” may not stand in case rows. Leave it out, or ask an "
                "administrator to allow it."
            )
    return tuple(DIMENSIONS[name] for name in ids)
