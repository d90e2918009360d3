"""Mapping files: how the table of another system becomes cases, written so that a coordinator
can read and change it.

A mapping is TOML text:

    source = "county-jail"            # recognises cases imported before; never change it
    title = "What people call it"
    case = "booking_ref"              # rows with the same text here are one case

    [set]                             # the same answer for every case
    "custody.facility_state" = "TX"

    [[rows]]                          # what a row makes; the first that matches
    make = "detainer"
    column = "charge"
    words = ["ICE DETAINER"]
    [[rows]]                          # without a column: every other row
    make = "charge"
    same_when = ["charge_text"]       # what tells one charge of a case from another

    [[leave_out]]                     # rows that make nothing, and are told
    column = "disposition"
    words = ["ERROR IN ENTRY"]
    why = "The jail closed this line as entered in error, so it was left out."

    [[answer]]                        # which column answers which question
    fill = "charge.level"             # record.question as core/casefile.py declares them
    column = "level"
    blank = "unknown"                 # what an empty cell means; left out: the answer stays empty
    unlisted = "unknown"              # words not listed: an answer, "tell" (empty) or "next"
    [answer.words]                    # answer = the words that mean it, in any case and spacing
    felony = ["F1", "F2"]
    leave_empty = ["?"]               # read, and says nothing
    next = ["X"]                      # ask the next [[answer]] block of the same question
    [answer.patterns]                 # the same with * for any text, after the words
    misdemeanor = ["M*"]
    [[answer.tell]]                   # left empty, and told with this reason
    words = ["Maine"]
    why = "…"

Several blocks may fill one question: they are tried from the top, the first answer wins. A block
without words, patterns and tell reads the cell as if it had been typed. Every unlisted word is
told. Answers of a record that a case has once are read from the case's first row.
"""

import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Words
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from intake_app.core.answers import LONGEST_LINE, Stored, parse, show, to_stored
from intake_app.core.casefile import RECORDS
from intake_app.core.errors import AppError, BadAnswer
from intake_app.core.fields import Choice, Kind, Question, question, title_of
from intake_app.core.import_blocks import Block
from intake_app.core.toml_text import NotToml, read_toml

_BY_TABLE = {title_of(record).table: record for record in RECORDS}
_DAYS = (Kind.DATE, Kind.PARTIAL_DATE)
_EMPTY, _NEXT, _TELL = "leave_empty", "next", "tell"


class Cell(NamedTuple):
    """What a cell says: the answer as it is kept, and why it could not be read, if so."""

    answer: Stored
    told: str = ""


NOTHING = Cell(None)

Meaning = Cell | None
"""`None` means that the next block of the question is asked."""


@dataclass(frozen=True)
class Answer:
    """One block: a column that answers a question of a record."""

    record: type
    asked: Question
    column: str
    words: Words[str, Meaning]
    patterns: tuple[tuple[re.Pattern[str], Meaning], ...]
    blank: Meaning
    unlisted: Meaning

    @property
    def translates(self) -> bool:
        """Whether the block lists words, rather than reading cells as typed."""
        return bool(self.words or self.patterns)

    def read(self, raw: str, zone: str) -> Meaning:
        """What the cell `raw` says; `zone` is the IANA name for times without one."""
        if not raw or raw.isspace():
            return self.blank
        if not self.translates:
            return typed(self.asked, raw, zone)
        folded = fold_cell(raw)
        if folded in self.words:
            return self.words[folded]
        for pattern, meaning in self.patterns:
            if pattern.fullmatch(folded):
                return meaning
        return self.unlisted


@dataclass(frozen=True)
class RowKind:
    """What a row makes. An empty `column` matches every row."""

    record: type
    column: str
    words: frozenset[str]
    same_when: tuple[str, ...]


@dataclass(frozen=True)
class LeftOut:
    """Rows that make nothing."""

    column: str
    words: frozenset[str]
    why: str


@dataclass(frozen=True)
class Mapping:
    """One source, as its mapping file says it."""

    source: str
    title: str
    case_column: str
    fixed: tuple[tuple[type, Question, Stored], ...]
    kinds: tuple[RowKind, ...]
    left_out: tuple[LeftOut, ...]
    answers: tuple[Answer, ...]

    @property
    def columns(self) -> frozenset[str]:
        """Every column the mapping reads."""
        named = {self.case_column}
        named |= {answer.column for answer in self.answers}
        return frozenset(named | set(self.deciding))

    @property
    def deciding(self) -> frozenset[str]:
        """The columns that decide what a row makes."""
        made = {kind.column for kind in self.kinds if kind.column}
        return frozenset(made | {rule.column for rule in self.left_out})


def fold_cell(raw: str) -> str:
    """A cell without differences of case and spacing."""
    return " ".join(raw.casefold().split())


def typed(asked: Question, raw: str, zone: str) -> Cell:
    """A cell read as if it had been typed into the form."""
    if stands_as_typed(asked)(raw):
        return Cell(raw)
    try:
        return Cell(to_stored(asked, parse(asked, raw, zone)))
    except BadAnswer as error:
        return Cell(None, error.sentence)


def stands_as_typed(asked: Question) -> Callable[[str], bool]:
    """A quick test: true only for cells that, read as if typed, are kept just as they stand.

    Such a cell has one line and no backslash.
    """
    if asked.kind is Kind.LINE:
        return _is_plain_line
    return _is_iso_day if asked.kind in _DAYS else _never


def parse_mapping(text: str) -> Mapping:
    """Read a mapping file; raise `AppError` with a sentence that says where it is wrong."""
    try:
        return _mapping(read_toml(text))
    except NotToml as error:
        raise AppError(f"The mapping file can’t be read: {error.why}.") from error


def _mapping(found: dict[str, Any]) -> Mapping:
    top = Block(found, "The mapping file")
    kinds = [Block(one, "A [[rows]] block") for one in top.blocks("rows")]
    left_out = [Block(one, "A [[leave_out]] block") for one in top.blocks("leave_out")]
    answers = [Block(one, "An [[answer]] block") for one in top.blocks("answer")]
    made = Mapping(
        source=top.text("source"),
        title=top.text("title"),
        case_column=top.text("case"),
        fixed=tuple(_fixed(name, value) for name, value in top.table("set").items()),
        kinds=tuple(_row_kind(block) for block in kinds),
        left_out=tuple(
            LeftOut(block.text("column"), _folded(block.words("words")), block.text("why"))
            for block in left_out
        ),
        answers=tuple(_answer(block) for block in answers),
    )
    for block in (top, *kinds, *left_out, *answers):
        block.all_known()
    if not made.source or not made.case_column:
        raise AppError("The mapping file needs a source and a case column.")
    several = {kind.record for kind in made.kinds}
    for answer in made.answers:
        if title_of(answer.record).many and answer.record not in several:
            raise AppError(
                f"The mapping file fills “{_name(answer)}”, but no [[rows]] block makes one."
            )
    return made


def _fixed(name: str, value: Any) -> tuple[type, Question, Stored]:
    record, asked = _target(name)
    if title_of(record).many:
        raise AppError(f"The mapping file can’t set “{name}”: a case may have several.")
    return record, asked, _stored(asked, value)


def _row_kind(block: Block) -> RowKind:
    name = block.text("make")
    record = _BY_TABLE.get(name)
    if record is None or not title_of(record).many:
        raise AppError(f"The mapping file makes “{name}”, which a case can’t have several of.")
    same = tuple(block.words("same_when"))
    for one in same:
        _target(f"{name}.{one}")
    return RowKind(record, block.text("column", ""), _folded(block.words("words")), same)


def _answer(block: Block) -> Answer:
    name = block.text("fill")
    record, asked = _target(name)
    words: dict[str, Meaning] = {}
    for meant, raws in block.lists("words"):
        meaning = _meaning(asked, meant)
        for raw in _folded(raws):
            _once(words, raw, name)
            words[raw] = meaning
    for tell in block.blocks("tell"):
        told = Block(tell, "An [[answer.tell]] block")
        meaning = Cell(None, told.text("why"))
        for raw in _folded(told.words("words")):
            _once(words, raw, name)
            words[raw] = meaning
    patterns = tuple(
        (_pattern(raw), _meaning(asked, meant))
        for meant, raws in block.lists("patterns")
        for raw in raws
    )
    blank = block.text("blank", _EMPTY)
    return Answer(
        record=record,
        asked=asked,
        column=block.text("column"),
        words=words,
        patterns=patterns,
        blank=_meaning(asked, blank),
        unlisted=_unlisted(asked, block.text("unlisted", _TELL)),
    )


def _once(words: dict[str, Meaning], raw: str, name: str) -> None:
    if raw in words:
        raise AppError(f"The mapping file lists one word twice under “{name}”. Keep one of them.")


def _meaning(asked: Question, meant: str) -> Meaning:
    if meant == _EMPTY:
        return NOTHING
    return None if meant == _NEXT else Cell(_stored(asked, meant))


def _unlisted(asked: Question, meant: str) -> Meaning:
    if meant == _NEXT:
        return None
    if meant in (_TELL, _EMPTY):
        return Cell(
            None,
            f"The mapping file does not list what stands here, so “{asked.label}” was left empty.",
        )
    value = _value(asked, meant)
    return Cell(
        to_stored(asked, value),
        f"The mapping file does not list what stands here, so “{asked.label}” was kept as "
        f"“{show(asked, value)}”.",
    )


@cache
def _by_word(vocabulary: type[Choice]) -> dict[str, Choice]:
    return {choice.value: choice for choice in vocabulary}


def _value(asked: Question, meant: Any) -> Any:
    if asked.vocabulary is not None and asked.kind is Kind.CHOICE and isinstance(meant, str):
        choice = _by_word(asked.vocabulary).get(meant)
        if choice is not None:
            return choice
    try:
        value = parse(asked, str(meant))
    except BadAnswer as error:
        raise AppError(
            f"The mapping file answers “{asked.label}” with “{meant}”, which it can’t be: "
            f"{error.sentence}"
        ) from error
    if value is None:
        raise AppError(f"The mapping file gives an empty answer to “{asked.label}”.")
    return value


def _stored(asked: Question, meant: Any) -> Stored:
    return to_stored(asked, _value(asked, meant))


def _target(name: str) -> tuple[type, Question]:
    table, _, field = name.partition(".")
    try:
        record = _BY_TABLE[table]
        return record, question(record, field)
    except KeyError as error:
        raise AppError(
            f"The mapping file names the question “{name}”, which an intake does not ask."
        ) from error


def _name(answer: Answer) -> str:
    return f"{title_of(answer.record).table}.{answer.asked.name}"


def _folded(raws: Iterable[str]) -> frozenset[str]:
    return frozenset(fold_cell(raw) for raw in raws)


def _pattern(raw: str) -> re.Pattern[str]:
    """Each star takes as little as it can and never gives it back: else many stars take hours."""
    first, *middle = map(re.escape, fold_cell(raw).split("*"))
    last = middle.pop() if middle else None
    found = "".join(f"(?>.*?{part})" for part in middle if part)
    return re.compile(first + found + ("" if last is None else f".*{last}"))


def _is_iso_day(raw: str) -> bool:
    try:
        return date.fromisoformat(raw).isoformat() == raw
    except ValueError:
        return False


def _is_plain_line(raw: str) -> bool:
    return (
        0 < len(raw) <= LONGEST_LINE
        and raw.isascii()
        and raw.isprintable()
        and "  " not in raw
        and "\\" not in raw
        and raw.strip() == raw
    )


def _never(_: str) -> bool:
    return False
