"""An entry of the library as TOML, the same for the same entry, and the hash that names its words.

Written here is what an office keeps of a correction or an addition; read by
`core/authority_files.py`.
"""

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from intake_app.core.authorities import Authority, StateRule

_NEVER = frozenset({"until_checked"})
_NOT_WORDS = _NEVER | {"status", "verified_on", "blocked", "blocked_reason"}
"""How an entry was checked, and whether it is blocked, is not what it says."""

_EMPTY: tuple[Any, ...] = ("", (), frozenset(), {}, None)


def entry_text(entry: Authority | StateRule) -> str:
    """The entry under its own `[[authority]]` or `[[state]]` line."""
    return "\n".join(_lines(entry, _NEVER)) + "\n"


def entry_hash(entry: Authority | StateRule) -> str:
    """Names what an entry says; the same after a check, another after any change of its words."""
    return hashlib.sha256("\n".join(_lines(entry, _NOT_WORDS)).encode()).hexdigest()[:16]


def _lines(entry: Authority | StateRule, without: frozenset[str]) -> Iterator[str]:
    yield "[[authority]]" if isinstance(entry, Authority) else "[[state]]"
    told = {field.name: getattr(entry, field.name) for field in dataclasses.fields(entry)}
    for name, value in told.items():
        needed = name == "binds" or isinstance(value, bool)
        if name not in without and name != "print_words" and (needed or value not in _EMPTY):
            yield f"{name} = {_value(value)}"
    words: Mapping[str, str] = told.get("print_words", {})
    if words:
        yield "[authority.print_words]"
        yield from (f"{_value(name)} = {_value(text)}" for name, text in sorted(words.items()))


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        value = sorted(value)
    # JSON's strings and lists of them are TOML's too, but for one control character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
