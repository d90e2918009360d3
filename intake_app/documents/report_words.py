"""What the files of a release say in words: what is counted, what s means, what was checked."""

from collections.abc import Iterable

from intake_app.core.disclosure.figures import WITHHELD, Axis, Group, Guard, Shape
from intake_app.core.reports.catalogue import DIMENSIONS
from intake_app.core.reports.periods import Every, Window
from intake_app.core.reports.release import ReportPart
from intake_app.core.reports.rows import Population

COUNTED = {
    Population.EPISODES: "cases",
    Population.LETTERS: "letters",
    Population.RESPONSES: "responses",
}
"""What the figures of each population count, as a measure in the files."""

NOT_OF_PEOPLE = {
    Population.EPISODES: "Counts of cases, not of people: a person with two cases counts twice.",
    Population.LETTERS: "Counts of letters, not of people.",
    Population.RESPONSES: "Counts of responses to an anonymous survey.",
}

_EVERY = {Every.QUARTER: "quarter", Every.HALF_YEAR: "half-year", Every.YEAR: "year"}

NOT_PROMISED = (
    "What this does not promise: protection from someone who already knows most of the cases "
    "of a row or column."
)
OTHER_FIGURES = (
    "If the office gives out other figures about the same cases, it has to enter them in the "
    "program as known figures first."
)


def meaning(guard: Guard) -> str:
    """What a withheld figure is, for the legend of a table."""
    says = f"{WITHHELD} = withheld to protect people; may be small or large"
    return f"{says}, and may be zero" if guard is Guard.VICTIM else says


def legend(guards: Iterable[Guard]) -> str:
    """What a withheld figure is, for all tables of a release: a sentence or two."""
    kinds = set(guards)
    if kinds == {Guard.VICTIM}:
        return f"{meaning(Guard.VICTIM)}."
    more = " In a table that tells of victims it may also be zero."
    return f"{meaning(Guard.NONE)}.{more if Guard.VICTIM in kinds else ''}"


def zeros_withheld(shape: Shape) -> bool:
    """Whether zeros of the table are withheld like small counts."""
    return shape.guard is Guard.VICTIM


def guarantees(threshold: int) -> dict[str, str]:
    """What was checked before a byte was written, a sentence each."""
    return {
        "G0": f"No count from 1 to {threshold - 1} is shown anywhere, totals included.",
        "G1": f"No withheld count under {threshold} can be shown to be under {threshold} from "
        "all figures that are shown, in this release and every earlier one.",
        "G2": "Where a table tells of victims of violence, zeros are withheld too, and it cannot "
        "be shown that even one victim is counted.",
        "G3": f"Of no group of {threshold} or more is it shown that all have the same answer to "
        "a sensitive question.",
        "G4": "The same holds for differences between this release and earlier ones, and between "
        "a year and the periods in it.",
        "G5": "No row about a single case is in these files.",
        "G6": f"Totals, means and medians of a number are shown only for {threshold} or more, "
        "rounded to two significant digits, and never where one makes up more than half.",
    }


def counted(number: int, thing: str) -> str:
    """`1 case`, `2,400 cases`: `thing` in the plural."""
    return f"{number:,} {thing.removesuffix('s') if number == 1 else thing}"


def answers(axis: Axis, group: Group) -> list[str]:
    """The answers a group of a side takes together, in the words of the form."""
    dimension = DIMENSIONS.get(axis.dimension)
    words = dimension.words if dimension else {}
    order = {key: number for number, key in enumerate(words)}
    keys = sorted(group.words, key=lambda key: (order.get(key, len(order)), key))
    return [words.get(key, key) for key in keys]


def answers_together(axis: Axis) -> list[str]:
    """A phrase for each group of a side that is not one answer under its own name."""
    told = []
    for group in axis.groups:
        names = answers(axis, group)
        if names != [group.label]:
            told.append(f"“{group.label}”: {'; '.join(names)}")
    return told


def populations(parts: Iterable[ReportPart]) -> list[Population]:
    """What the parts count, each once, in their order."""
    return list(dict.fromkeys(part.table.shape.population for part in parts))


def frequency(window: Window) -> str:
    """What the period is: one that is published on its own, or a year of several."""
    if len(window.periods) > 1:
        return f"a year of {len(window.periods)} published periods"
    return f"a {_EVERY[window.periods[0].every]}"
