"""A letter in structured text, as it is kept: everything that is needed to set it again.

Written and read by the declared fields of `Letter` and of what it is made of. A field that a
later version adds needs a default, or letters kept before can't be read.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from intake_app.core.casefile import RECORDS
from intake_app.core.fields import Choice, title_of
from intake_app.documents.letter_text import Letter

_RECORDS = {title_of(record).table: record for record in RECORDS}


def letter_to_json(letter: Letter) -> str:
    """The letter as text, the same for the same letter."""
    return json.dumps(_plain(letter), ensure_ascii=False, sort_keys=True)


def letter_from_json(text: str) -> Letter:
    """What `letter_to_json` wrote."""
    made = _made(Letter, json.loads(text))
    assert isinstance(made, Letter)  # noqa: S101 - for the type checker
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, type):
        return title_of(value).table
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"a letter can't keep a {type(value).__name__}")


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def _made(hint: Any, kept: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        if kept is None:
            return None
        (hint,) = (one for one in get_args(hint) if one is not NoneType)
    if hint is type:
        return _RECORDS[kept]
    if is_dataclass(hint):
        hints = _hints(hint)  # type: ignore[arg-type]  # a class, not one of it
        return hint(**{name: _made(hints[name], one) for name, one in kept.items()})  # type: ignore[operator]  # the same
    if get_origin(hint) is tuple:
        return tuple(_made(get_args(hint)[0], one) for one in kept)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint.of(kept) if issubclass(hint, Choice) else hint(kept)
    if hint is bytes:
        return b64decode(kept)
    if hint in (date, datetime):
        return hint.fromisoformat(kept)
    return kept
