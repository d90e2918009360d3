"""How a question is declared: once, with everything that follows from it.

`@record` turns a class into a frozen dataclass whose every field was declared with `ask()`.
`questions(cls)` gives the declarations back. Schema, form, history labels, import targets, the
data dictionary and what a report may do are all read from these.
"""

import dataclasses
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from typing import Any, Self, TypeVar, dataclass_transform

from intake_app.core.partial_date import PartialDate
from intake_app.core.roles import Act, Key


class Choice(StrEnum):
    """A vocabulary: each member is the stored word and the label people read."""

    label: str

    def __new__(cls, word: str, label: str) -> "Choice":
        member = str.__new__(cls, word)
        member._value_ = word
        member.label = label
        return member

    @classmethod
    def of(cls, word: str) -> Self:
        """The answer stored as `word`; raise `ValueError` for a word not in the vocabulary."""
        for member in cls:
            if member.value == word:
                return member
        raise ValueError(f"{word!r} is not a word of {cls.__name__}")


class Compartment(Enum):
    """Which keys, over the file key, an answer is sealed with."""

    FACTS = frozenset[Key]()
    IDENTITY = frozenset({Key.IDENTITY})
    PROTECTED = frozenset({Key.PROTECTED})
    BOTH = frozenset({Key.IDENTITY, Key.PROTECTED})
    """Free text and names among victim facts: neither key alone opens it."""


class Disclose(StrEnum):
    """What a published summary may do with an answer."""

    NEVER = "never"
    COUNT = "counted only"
    COARSE = "in coarse groups"
    CATEGORY = "as a category"


class Kind(StrEnum):
    """What sort of answer it is, and so which control asks for it."""

    LINE = "text"
    TEXT = "long text"
    PHONE = "phone"
    CHOICE = "choice"
    CHOICES = "several choices"
    DATE = "date"
    PARTIAL_DATE = "whole or partial date"
    TIME = "date and time with zone"
    MONEY = "money"
    NUMBER = "number"


@dataclass(frozen=True)
class Ask:
    """What `ask()` was told."""

    label: str
    keep: Compartment
    disclose: Disclose
    kind: Kind | None
    coarse: str
    help: str
    shown_when: str
    shown_after: str
    offer: tuple[Choice, ...]
    wanted: bool
    column: bool
    decides: Act | None


@dataclass(frozen=True)
class Question:
    """One declared question.

    `vocabulary` is the `Choice` class of a `CHOICE` or `CHOICES`; `coarse` says how coarse a
    summary must make it; `shown_when` names a yes/no question of the same record that must be
    answered yes before the form shows this one; `shown_after` names one that must be answered,
    either way. `offered` are the answers the form offers: the whole vocabulary, unless fewer make
    sense for this question. `wanted` questions count as open until they are answered: a letter,
    the clock or a summary can't do without them. `column` questions stand in the table of a
    repeated record. `decides` is the act that only some members may do by answering; the others
    read the answer.
    """

    name: str
    label: str
    kind: Kind
    keep: Compartment
    disclose: Disclose
    vocabulary: type[Choice] | None
    coarse: str
    help: str
    shown_when: str
    shown_after: str
    offered: tuple[Choice, ...]
    wanted: bool
    column: bool
    decides: Act | None


@dataclass(frozen=True)
class RecordTitle:
    """Names of a kind of record. `table` is its name in the file."""

    table: str
    title: str
    plural: str
    many: bool


def ask(
    label: str,
    *,
    keep: Compartment = Compartment.FACTS,
    disclose: Disclose = Disclose.NEVER,
    kind: Kind | None = None,
    coarse: str = "",
    help: str = "",
    shown_when: str = "",
    shown_after: str = "",
    offer: tuple[Choice, ...] = (),
    wanted: bool = False,
    column: bool = False,
    decides: Act | None = None,
) -> Any:
    """Declare one question. Every answer may be missing: `None` means "not asked yet"."""
    asked = Ask(
        label=label,
        keep=keep,
        disclose=disclose,
        kind=kind,
        coarse=coarse,
        help=help,
        shown_when=shown_when,
        shown_after=shown_after,
        offer=offer,
        wanted=wanted,
        column=column,
        decides=decides,
    )
    return dataclasses.field(default=None, metadata={"ask": asked})


R = TypeVar("R")

_TITLES: dict[type, RecordTitle] = {}


# Without `field_specifiers` a type checker sees each `= ask(…)` as the default it is.
@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(
    *, table: str, title: str, plural: str = "", many: bool = False
) -> Callable[[type[R]], type[R]]:
    """Declare a kind of record; `many` where one case has several of them."""

    def declare(cls: type[R]) -> type[R]:
        made = dataclass(frozen=True, kw_only=True)(cls)
        _TITLES[made] = RecordTitle(table, title, plural or title, many)
        return made

    return declare


def title_of(cls: type) -> RecordTitle:
    """The names of a declared kind of record."""
    return _TITLES[cls]


@cache
def questions(cls: type) -> tuple[Question, ...]:
    """Every question of a record, in the order they are asked."""
    hints = typing.get_type_hints(cls)
    return tuple(
        _question(field.name, field.metadata["ask"], hints[field.name])
        for field in dataclasses.fields(cls)
    )


@cache
def question(cls: type, name: str) -> Question:
    """One question by name; raise `KeyError` where the record does not ask it."""
    for asked in questions(cls):
        if asked.name == name:
            return asked
    raise KeyError(name)


_KINDS: dict[type, Kind] = {
    str: Kind.LINE,
    int: Kind.NUMBER,
    Decimal: Kind.MONEY,
    PartialDate: Kind.PARTIAL_DATE,
    datetime: Kind.TIME,
    date: Kind.DATE,
}


def _question(name: str, asked: Ask, hint: Any) -> Question:
    if not isinstance(hint, types.UnionType) or type(None) not in hint.__args__:
        raise TypeError(f"{name}: every answer may be missing, so declare it '… | None'")
    (answer,) = (arg for arg in hint.__args__ if arg is not type(None))
    vocabulary: type[Choice] | None = None
    if typing.get_origin(answer) is tuple:
        vocabulary, kind = typing.get_args(answer)[0], Kind.CHOICES
    elif issubclass(answer, Choice):
        vocabulary, kind = answer, Kind.CHOICE
    else:
        kind = asked.kind or _KINDS[answer]
    return Question(
        name=name,
        label=asked.label,
        kind=kind,
        keep=asked.keep,
        disclose=asked.disclose,
        vocabulary=vocabulary,
        coarse=asked.coarse,
        help=asked.help,
        shown_when=asked.shown_when,
        shown_after=asked.shown_after,
        offered=asked.offer or tuple(vocabulary or ()),
        wanted=asked.wanted,
        column=asked.column,
        decides=asked.decides,
    )
