"""The tables an office can publish: read from `resources/reports`, one file a table.

A table has parts, each with none to three sides and perhaps numbers added up over them. What a
side or a number means is in `catalogue`; the words printed are in the file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from intake_app.core.disclosure.figures import MOST_AXES
from intake_app.core.errors import AppError
from intake_app.core.reports.dimensions import Dimension, Measure
from intake_app.core.reports.rows import Population
from intake_app.core.toml_text import read_toml


@dataclass(frozen=True)
class Side:
    """One side of a part: a dimension, and its groups where they are not its own answers.

    `groups` are the keys of answers by the group's label; what is in none goes to “Other”.
    """

    dimension: str
    groups: tuple[tuple[str, frozenset[str]], ...] = ()
    title: str = ""


@dataclass(frozen=True)
class Share:
    """A percentage to print: these groups of the first side, of all whose answer is known."""

    label: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One table of figures. `measures` are added up over its lines, besides the counts."""

    id: str
    title: str
    sides: tuple[Side, ...]
    measures: tuple[str, ...] = ()
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True)
class Compare:
    """A published figure to print beside ours: what it says, of whom, where it stands, and what
    to beware of."""

    figure: str
    of: str
    source: str
    caution: str


@dataclass(frozen=True)
class ReportTable:
    """A table that can be published. `definition` is printed under it, in plain English.

    `code` is the number people know it by (T1 to T15, P for policies); `group` is the heading it
    stands under in the list.
    """

    id: str
    code: str
    title: str
    group: str
    population: Population
    definition: str
    parts: tuple[Part, ...]
    compare: tuple[Compare, ...] = field(default=())


def read_report_table(
    name: str, text: str, dimensions: Mapping[str, Dimension], measures: Mapping[str, Measure]
) -> ReportTable:
    """Read one file of `resources/reports`; raise `AppError` naming the file if it is wrong."""
    try:
        found = read_toml(text)
        table = ReportTable(
            id=name,
            code=str(found["code"]),
            title=str(found["title"]),
            group=str(found["group"]),
            population=Population(found.get("population", "episodes")),
            definition=_flowing(found["definition"]),
            parts=tuple(_part(part) for part in found["part"]),
            compare=tuple(
                Compare(*(_flowing(each[key]) for key in ("figure", "of", "source", "caution")))
                for each in found.get("compare", [])
            ),
        )
        for part in table.parts:
            check_part(part, table.population, dimensions, measures)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise AppError(
            f"The report file {name}.toml is not right. Put back the file that was installed."
        ) from error
    return table


def check_part(
    part: Part,
    population: Population,
    dimensions: Mapping[str, Dimension],
    measures: Mapping[str, Measure],
) -> None:
    """Raise KeyError or ValueError where a part names what there is not, or too much of it."""
    # A number takes one more side: for how many cases it is known.
    if len(part.sides) + bool(part.measures) > MOST_AXES:
        raise ValueError(f"{part.id} has too many sides")
    for side in part.sides:
        dimension = dimensions[side.dimension]
        if dimension.population is not population:
            raise ValueError(f"{side.dimension} is no question about {population}")
        strange = {word for _, words in side.groups for word in words} - set(dimension.words)
        if strange and dimension.words:
            raise ValueError(f"{side.dimension} has no answer {sorted(strange)}")
        dimension.axis(dict(side.groups) or None, frozenset({"-"}))
    for measure in part.measures:
        if measures[measure].population is not population:
            raise ValueError(f"{measure} is no number of {population}")
    labels = {label for label, _ in part.sides[0].groups} if part.sides else set()
    if part.sides and not labels:
        labels = set(dimensions[part.sides[0].dimension].words.values())
    for share in part.shares:
        if not share.groups or set(share.groups) - labels:
            raise ValueError(f"{part.id}: a share is of groups of the first side")


def _part(found: Mapping[str, Any]) -> Part:
    return Part(
        id=str(found["id"]),
        title=str(found["title"]),
        sides=tuple(_side(each) for each in found.get("sides", [])),
        measures=tuple(str(each) for each in found.get("measures", [])),
        shares=tuple(
            Share(str(label), tuple(_words(groups)))
            for label, groups in found.get("shares", {}).items()
        ),
    )


def _side(found: str | Mapping[str, Any]) -> Side:
    if isinstance(found, str):
        return Side(found)
    groups = found.get("groups", {})
    return Side(
        str(found["dimension"]),
        tuple((label, frozenset(_words(words))) for label, words in groups.items()),
        str(found.get("title", "")),
    )


def _words(found: Sequence[Any]) -> list[str]:
    if isinstance(found, str):
        raise TypeError("a list of words is wanted")
    return [str(word) for word in found]


def _flowing(text: str) -> str:
    return " ".join(str(text).split())
