"""Reading the library of authorities from its TOML texts, refusing what is malformed by name."""

import dataclasses
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NoReturn, TypeGuard, TypeVar

from intake_app.core.authorities import (
    NATIONWIDE,
    VERIFIED,
    Authority,
    Library,
    Mandate,
    Source,
    Stance,
    StateRule,
    Status,
)
from intake_app.core.errors import AppError, BadAnswer
from intake_app.core.toml_text import NotToml, read_toml
from intake_app.core.vocabulary import State

STATES = frozenset(state.value for state in State)
_MARKS = re.compile(r"\{([^{}]*)\}")
_KNOWN_MARKS = frozenset({"quote", "cite", "name"})
_SAID = "Mend the file or put the shipped one back."

T = TypeVar("T")
W = TypeVar("W", bound=StrEnum)


def read_authorities(texts: Mapping[str, str]) -> Library:
    """Read the library; `texts` is file name -> its TOML text.

    A file holds `[[authority]]` and `[[state]]` tables. Raise `AppError` naming the file, the
    entry and, where it can be told, the line, for anything missing, unknown or doubled.
    """
    authorities: dict[str, Authority] = {}
    states: dict[str, StateRule] = {}
    for file in sorted(texts):
        tables = _tables(file, texts[file])
        for number, table in enumerate(tables.get("authority", ()), start=1):
            entry = _Entry(file, texts[file], "authority", "id", number, table)
            authority = _authority(entry)
            _add(entry, authorities, authority.id, authority)
        for number, table in enumerate(tables.get("state", ()), start=1):
            entry = _Entry(file, texts[file], "state", "code", number, table)
            rule = _state(entry)
            _add(entry, states, rule.code, rule)
    _check_links(authorities, states)
    return Library(authorities, states, _version(texts))


def read_office_entry(text: str, library: Library | None = None) -> Authority | StateRule:
    """Read the one entry in `text`, as an attorney wrote it.

    Unlike a shipped one it may hold a quotation before anybody has compared it: then it is
    `UNVERIFIED` and never printed. With `library`, what it names must be there. Raise `BadAnswer`
    with one sentence that names the question.
    """
    try:
        tables = read_toml(text)
    except NotToml as error:
        raise BadAnswer("This entry can’t be read.") from error
    what, entries = next(iter(tables.items()), ("", None))
    if what not in ("authority", "state") or not _is_entries(entries) or len(entries) != 1:
        raise BadAnswer("This entry can’t be read.")
    read: Authority | StateRule
    if what == "state":
        read = _state(_Entry("", text, "state", "code", 1, entries[0], ASKED))
        names: tuple[str, ...] = (read.authority,) if read.authority else ()
    else:
        read = _authority(_Entry("", text, "authority", "id", 1, entries[0], ASKED))
        names = read.paired_with
    for name in names:
        if library is not None and name not in library.authorities:
            raise BadAnswer(f"There is no entry “{name}” in the library.")
    return read


def _version(texts: Mapping[str, str]) -> str:
    sums = hashlib.sha256()
    for file in sorted(texts):
        for part in (file, texts[file]):
            coded = part.encode()
            sums.update(len(coded).to_bytes(8, "big") + coded)
    return sums.hexdigest()[:12]


def _tables(file: str, text: str) -> dict[str, Any]:
    try:
        tables = read_toml(text)
    except NotToml as error:
        raise AppError(f"{file} can’t be read as TOML: {error.why}. {_SAID}") from error
    for name, content in tables.items():
        if name not in ("authority", "state"):
            raise AppError(f"{file}: nothing in the library is called “{name}”. {_SAID}")
        if not _is_entries(content):
            raise AppError(f"{file}: write each entry under its own [[{name}]] line. {_SAID}")
    return tables


def _is_entries(content: Any) -> TypeGuard[list[dict[str, Any]]]:
    return isinstance(content, list) and all(isinstance(one, dict) for one in content)


def _add(entry: "_Entry", kept: dict[str, T], key: str, value: T) -> None:
    if key in kept:
        entry.refuse("stands in the library twice")
    kept[key] = value


def _check_links(authorities: Mapping[str, Authority], states: Mapping[str, StateRule]) -> None:
    for authority in authorities.values():
        for other in authority.paired_with:
            if other not in authorities:
                raise AppError(
                    f"Authority {authority.id} is paired with {other}, which is not in the "
                    f"library. {_SAID}"
                )
    for rule in states.values():
        if rule.authority and rule.authority not in authorities:
            raise AppError(
                f"State {rule.code} names authority {rule.authority}, which is not in the "
                f"library. {_SAID}"
            )


@dataclass
class _Entry:
    """One table of a file. `asked` is what a form calls each key, for an entry of an office."""

    file: str
    text: str
    what: str
    key: str
    number: int
    table: dict[str, Any]
    asked: Mapping[str, str] | None = None

    def refuse(self, why: str) -> NoReturn:
        if self.asked is not None:
            raise BadAnswer(f"This entry {why}.")
        name = self.table.get(self.key)
        title = name if isinstance(name, str) and name else f"number {self.number}"
        raise AppError(f"{self.file}{self._line()}: {self.what} {title} {why}. {_SAID}")

    def _line(self) -> str:
        header = re.compile(rf"^[ \t]*\[\[\s*{self.what}\s*\]\]", re.MULTILINE)
        starts = [found.start() for found in header.finditer(self.text)]
        if self.number > len(starts):
            return ""
        return f", line {self.text.count(chr(10), 0, starts[self.number - 1]) + 1}"

    def called(self, name: str) -> str:
        return (self.asked or {}).get(name, name)

    def need(self, name: str, kind: type[T]) -> T:
        if name not in self.table:
            self.refuse(f"has no “{self.called(name)}”")
        return self._typed(name, kind)

    def may(self, name: str, kind: type[T], otherwise: T) -> T:
        return self._typed(name, kind) if name in self.table else otherwise

    def _typed(self, name: str, kind: type[T]) -> T:
        value = self.table[name]
        # In TOML a date-time is no date, and in Python true is a whole number.
        wrong = isinstance(value, datetime) or (kind is not bool and isinstance(value, bool))
        if wrong or not isinstance(value, kind):
            self.refuse(f"needs {_KINDS[kind]} as “{self.called(name)}”")
        return value

    def line(self, name: str) -> str:
        value = self.need(name, str)
        if not value.strip():
            self.refuse(f"has an empty “{self.called(name)}”")
        return value

    def word(self, name: str, words: type[W]) -> W:
        value = self.need(name, str)
        if value not in [word.value for word in words]:
            self.refuse(f"must have as “{self.called(name)}” one of {', '.join(words)}")
        return words(value)

    def lines(self, name: str) -> tuple[str, ...]:
        value = self.may(name, list, [])
        if not all(isinstance(one, str) for one in value):
            self.refuse(f"needs a list of words as “{name}”")
        return tuple(value)

    def days(self) -> int:
        value = self.need("stale_after_days", int)
        if not 1 <= value <= 366:
            self.refuse(f"needs “{self.called('stale_after_days')}” from 1 to 366")
        return value

    def only(self, known: frozenset[str]) -> None:
        strange = sorted(set(self.table) - known)
        if strange:
            self.refuse(f"has “{strange[0]}”, which the library does not know")


_KINDS: dict[type, str] = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    date: "a date like 2026-11-22",
    list: "a list",
    dict: "a table",
}

ASKED = {
    "short_name": "Short name",
    "citation": "Citation",
    "source": "Kind",
    "body": "By",
    "dated": "Dated",
    "binds": "Binds in",
    "proposition": "What it says",
    "quotation": "In its words",
    "stance": "Helps us?",
    "mandate": "Says to a jail",
    "rule": "Rule",
    "caution": "Take care",
    "paired_with": "Only together with",
    "authority": "Cited as",
    "seen_at": "Seen at",
    "print_words": "Words for letters",
    "stale_after_days": "Good for days",
}
"""What the forms of the office call each key of an entry or of a state's rule."""

_AUTHORITY_KEYS = frozenset(field.name for field in dataclasses.fields(Authority))
_STATE_KEYS = frozenset(field.name for field in dataclasses.fields(StateRule)) - {"until_checked"}


def _authority(entry: _Entry) -> Authority:
    entry.only(_AUTHORITY_KEYS)
    binds = frozenset(entry.lines("binds"))
    if "binds" not in entry.table or binds - STATES - {NATIONWIDE}:
        entry.refuse("needs “binds”: a list of two-letter states, [] or [“nationwide”]")
    blocked = entry.may("blocked", bool, False)
    reason = entry.may("blocked_reason", str, "")
    if blocked and not reason.strip():
        entry.refuse("is blocked but gives no “blocked_reason”")
    authority = Authority(
        id=_checked_id(entry),
        short_name=entry.line("short_name"),
        citation=entry.line("citation"),
        source=entry.word("source", Source),
        body=entry.line("body"),
        dated=entry.may("dated", str, ""),
        binds=binds,
        proposition=entry.line("proposition"),
        quotation=entry.line("quotation") if "quotation" in entry.table else None,
        print_quotation=entry.may("print_quotation", bool, "quotation" in entry.table),
        stance=entry.word("stance", Stance),
        caution=entry.may("caution", str, ""),
        paired_with=entry.lines("paired_with"),
        status=entry.word("status", Status),
        seen_at=entry.may("seen_at", str, ""),
        verified_on=entry.need("verified_on", date),
        stale_after_days=entry.days(),
        blocked=blocked,
        blocked_reason=reason,
        print_words=_print_words(entry),
        not_in=_not_in(entry),
    )
    _check_quotation(entry, authority)
    return authority


def _checked_id(entry: _Entry) -> str:
    name = entry.line("id")
    if not re.fullmatch(r"[A-Z][A-Z0-9]{1,7}", name):
        entry.refuse("needs an “id” of capital letters and digits, like F01")
    return name


def _not_in(entry: _Entry) -> frozenset[str]:
    states = frozenset(entry.lines("not_in"))
    if states - STATES:
        entry.refuse("needs “not_in”: a list of two-letter states")
    return states


def _print_words(entry: _Entry) -> dict[str, str]:
    words = entry.may("print_words", dict, {})
    for name, text in words.items():
        where = f"in {entry.called('print_words')} “{name}”"
        if not isinstance(text, str) or not text.strip():
            entry.refuse(f"needs text {where}")
        for mark in _MARKS.findall(text):
            if mark not in _KNOWN_MARKS:
                entry.refuse(f"has the mark {{{mark}}} {where}; use {{quote}} or {{cite}}")
        if "{" in _MARKS.sub("", text) or "}" in _MARKS.sub("", text):
            entry.refuse(f"has a brace that is not closed {where}")
    return dict(words)


def _check_quotation(entry: _Entry, authority: Authority) -> None:
    quoted = any("{quote}" in text for text in authority.print_words.values())
    if authority.quotation is None and (quoted or authority.print_quotation):
        entry.refuse("prints a quotation but has none")
    if quoted and not authority.print_quotation:
        entry.refuse("uses {quote} although “print_quotation” is false")
    seen = (*VERIFIED, Status.UNVERIFIED) if entry.asked is not None else VERIFIED
    if authority.quotation is not None and authority.status not in seen:
        entry.refuse("has a quotation nobody has verified; leave it out")


def _state_citation(entry: _Entry) -> str:
    if "citation" not in entry.table and entry.table.get("mandate") == Mandate.UNKNOWN:
        return ""
    return entry.line("citation")


def _state(entry: _Entry) -> StateRule:
    entry.only(_STATE_KEYS)
    code = entry.line("code")
    if code not in STATES:
        entry.refuse("needs as “code” a state in two letters, like FL")
    return StateRule(
        code=code,
        mandate=entry.word("mandate", Mandate),
        citation=_state_citation(entry),
        rule=entry.line("rule"),
        quotation=entry.line("quotation") if "quotation" in entry.table else None,
        caution=entry.may("caution", str, ""),
        status=entry.word("status", Status),
        authority=entry.may("authority", str, ""),
        verified_on=entry.need("verified_on", date),
        stale_after_days=entry.days(),
    )
