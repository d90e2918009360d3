"""How a dimension of detainer episodes is put down: its questions, its coarser groups."""

from collections.abc import Mapping

from intake_app.core.disclosure.figures import Guard
from intake_app.core.fields import Question, question
from intake_app.core.reports.dimensions import Dimension, Level
from intake_app.core.reports.rows import Population
from intake_app.core.reports.words import NOT_KNOWN, UNKNOWN


def asked(cls: type, *names: str) -> tuple[Question, ...]:
    """Questions of a record by name."""
    return tuple(question(cls, name) for name in names)


def coarser(title: str, **groups: tuple[str, str]) -> Level:
    """One level from `name=(label, "keys apart by spaces")`; what is not known stands last."""
    made = {label: frozenset(keys.split()) for label, keys in groups.values()}
    return Level(title, made | {NOT_KNOWN: frozenset({UNKNOWN})})


def about(
    id: str,
    title: str,
    words: Mapping[str, str],
    asked: tuple[Question, ...],
    *levels: Level,
    guard: Guard = Guard.NONE,
    flagged: frozenset[str] = frozenset(),
    help: str = "",
) -> Dimension:
    """A dimension of episodes whose answers are given beforehand."""
    return Dimension(
        id,
        title,
        Population.EPISODES,
        words,
        asked,
        unknown=frozenset({UNKNOWN}) & set(words),
        guard=guard,
        flagged=flagged,
        levels=levels,
        help=help,
    )
