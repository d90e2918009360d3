"""The tables an office can publish: read from `resources/reports`, one file a table."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from intake_app.core.case_facts import CaseFacts
from intake_app.core.casefile import Charge
from intake_app.core.disclosure.table import CountTable, Window
from intake_app.core.errors import AppError
from intake_app.core.fields import Disclose, Question, question
from intake_app.core.vocabulary import ChargeLevel, ChargeOutcome


@dataclass(frozen=True)
class Dimension:
    """One side of a table: what it is called, its groups in order, and how a case falls in one.

    `asked` is the question it shows. Raises `ValueError` for one no summary may show.
    """

    title: str
    groups: tuple[str, ...]
    group_of: Callable[[CaseFacts], str]
    asked: Question

    def __post_init__(self) -> None:
        if self.asked.disclose is Disclose.NEVER:
            raise ValueError(f"{self.asked.name} may not be in a summary")


_OUTCOMES: Mapping[str, tuple[ChargeOutcome, ...]] = {
    "Dismissed or no action": (
        ChargeOutcome.DISMISSED,
        ChargeOutcome.NOLLE,
        ChargeOutcome.NO_CHARGES,
        ChargeOutcome.VACATED,
    ),
    "Not guilty": (ChargeOutcome.NOT_GUILTY, ChargeOutcome.NGRI),
    "Diverted or deferred": (ChargeOutcome.DIVERTED, ChargeOutcome.DEFERRED),
    "Adjudication withheld": (ChargeOutcome.WITHHELD,),
    "Convicted": (
        ChargeOutcome.PLEA,
        ChargeOutcome.TRIAL,
        ChargeOutcome.CONVICTED,
        ChargeOutcome.REDUCED,
    ),
    "Pending": (ChargeOutcome.PENDING,),
    "Unknown": (ChargeOutcome.UNKNOWN,),
}
_GROUP_OF_OUTCOME = {word: group for group, words in _OUTCOMES.items() for word in words}

DIMENSIONS: Mapping[str, Dimension] = {
    "charge_level": Dimension(
        "Most serious charge",
        tuple(level.label for level in ChargeLevel),
        lambda facts: facts.level.label,
        question(Charge, "level"),
    ),
    "charge_outcome": Dimension(
        "Outcome",
        tuple(_OUTCOMES),
        lambda facts: _GROUP_OF_OUTCOME[facts.outcome],
        question(Charge, "outcome"),
    ),
}


@dataclass(frozen=True)
class ReportTable:
    """A table that can be published. `definition` is printed with it, in plain English."""

    id: str
    title: str
    definition: str
    row: Dimension
    column: Dimension


def read_report_table(name: str, text: str) -> ReportTable:
    """Read one file of `resources/reports`; raise `AppError` naming the file if it is wrong."""
    try:
        found = tomllib.loads(text)
        return ReportTable(
            id=name,
            title=str(found["title"]),
            definition=" ".join(str(found["definition"]).split()),
            row=DIMENSIONS[found["row"]],
            column=DIMENSIONS[found["column"]],
        )
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise AppError(
            f"The report file {name}.toml is not complete. Put back the file that was installed."
        ) from error


def count(table: ReportTable, cases: Iterable[CaseFacts], window: Window) -> CountTable:
    """True counts of the cases whose date falls in `window`. Not for anybody's eyes."""
    counted: Counter[tuple[str, str]] = Counter(
        (table.row.group_of(facts), table.column.group_of(facts))
        for facts in cases
        if (window.start is None or window.start <= facts.detained_on)
        and (window.end is None or facts.detained_on <= window.end)
    )
    return CountTable(
        table_id=table.id,
        title=table.title,
        row_title=table.row.title,
        column_title=table.column.title,
        rows=table.row.groups,
        columns=table.column.groups,
        counts=tuple(
            tuple(counted[row, column] for column in table.column.groups)
            for row in table.row.groups
        ),
    )
