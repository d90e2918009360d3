"""A fact as a letter states it, with the question it answers, and small words around facts."""

from collections.abc import Mapping
from dataclasses import dataclass

from intake_app.core.fields import question
from intake_app.core.letters.options import Addressee
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import FactGroup
from intake_app.documents.letter_template import fact, table
from intake_app.documents.letter_words import partial_in_words


@dataclass(frozen=True)
class FactUsed:
    """A fact of a letter, with the label of its question; one without a label is not listed.

    record, field: the question it answers, where there is one.
    group: the facts a consent has to open before it may be told.
    rows: a table's rows, its head first, in place of `text`.
    """

    label: str
    text: str
    record: type | None = None
    field: str = ""
    group: FactGroup | None = None
    rows: tuple[tuple[str, ...], ...] = ()


Told = Mapping[str, FactUsed]
"""Placeholder, as `person.name` -> what stands there."""


def placeholder(key: str, used: FactUsed) -> str:
    """What a letter's text gets for one fact."""
    if used.rows:
        return table(key, used.rows)
    return fact(key, used.text, used.group.value if used.group else "")


def of(record: type, field: str, text: str, group: FactGroup | None = None) -> FactUsed:
    """A fact that answers one question."""
    return FactUsed(question(record, field).label, text, record, field, group)


def issued_in_words(day: PartialDate | None) -> str:
    """`on November 19, 2026` or `in November 2026`; empty where it is not known."""
    if day is None:
        return ""
    return f"{'on' if day.whole else 'in'} {partial_in_words(day)}"


def greeting(addressee: Addressee, otherwise: str) -> str:
    """How a letter greets: by name, else by title."""
    return addressee.name or addressee.title or otherwise
