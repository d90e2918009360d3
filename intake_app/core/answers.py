"""Answers in their three forms: the value, what is stored, and what people type and read.

`to_stored` and `from_stored` are exact inverses. `parse` reads what was typed and raises
`BadAnswer` with one sentence; `show` writes a value the way people say it.
"""

import re
import unicodedata
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil import parser as dateutil_parser

from intake_app.core.errors import BadAnswer
from intake_app.core.fields import Choice, Kind, Question
from intake_app.core.partial_date import PartialDate

Stored = str | int | None

LONGEST_LINE = 1_000
LONGEST_TEXT = 60_000
"""About thirty pages. Qt never ends laying out 65,536 blanks between two letters."""

_ZONED = re.compile(r"(?P<clock>[^\[]+)\[(?P<zone>[A-Za-z_/+\-0-9]+)\]")
_CONTROLS = dict.fromkeys(c for c in [*range(32), *range(0x7F, 0xA0)] if chr(c) not in "\n\t")
# Marks that change the direction of what follows can make a name read as another one; those that
# nobody sees come along with a copied number and keep it from being found.
_UNSEEN = dict.fromkeys(
    [0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF]
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def to_stored(question: Question, value: Any) -> Stored:
    """The text or number kept for `value`; times keep their offset and their zone's name."""
    if value is None:
        return None
    match question.kind:
        case Kind.NUMBER:
            return int(value)
        case Kind.MONEY:
            return int((value * 100).to_integral_value(ROUND_HALF_UP))
        case Kind.CHOICES:
            return "|".join(str(choice) for choice in value)
        case Kind.TIME:
            return store_time(value)
        case Kind.DATE:
            return str(value.isoformat())
        case _:
            return str(value)


def from_stored(question: Question, stored: Stored) -> Any:
    """The value `to_stored` was given. A word the vocabulary lost is a `ValueError`."""
    if stored is None:
        return None
    match question.kind:
        case Kind.NUMBER:
            return stored
        case Kind.MONEY:
            return Decimal(stored) / 100
        case Kind.CHOICE:
            return vocabulary(question).of(str(stored))
        case Kind.CHOICES:
            words = str(stored).split("|") if stored else []
            return tuple(vocabulary(question).of(word) for word in words)
        case Kind.TIME:
            return read_time(str(stored))
        case Kind.DATE:
            return date.fromisoformat(str(stored))
        case Kind.PARTIAL_DATE:
            return PartialDate.parse(str(stored))
        case _:
            return stored


def vocabulary(question: Question) -> type[Choice]:
    """The allowed answers of a choice; raise `TypeError` for any other question."""
    if question.vocabulary is None:
        raise TypeError(f"{question.name} has no vocabulary")
    return question.vocabulary


def store_time(value: datetime) -> str:
    """`2026-11-20T09:10-05:00[America/New_York]`: the moment, and where it was said."""
    zone = getattr(value.tzinfo, "key", None)
    if zone is None:
        raise TypeError("a time needs a named zone")
    return f"{value.isoformat(timespec='minutes')}[{zone}]"


def read_time(text: str) -> datetime:
    """The inverse of `store_time`; the offset decides in the hour that happens twice."""
    found = _ZONED.fullmatch(text)
    if not found:
        raise ValueError("not a stored time")
    moment = datetime.fromisoformat(found["clock"])
    return moment.astimezone(UTC).astimezone(ZoneInfo(found["zone"]))


def parse(question: Question, typed: str, zone: str = "America/New_York") -> Any:
    """Read what a person typed; empty means "not asked". `zone` is the facility's.

    Nothing that may be true is refused: the sentence of `BadAnswer` is for what can't be read.
    """
    text = clean(typed, lines=question.kind is Kind.TEXT)
    if not text:
        return None
    match question.kind:
        case Kind.NUMBER:
            return _number(text)
        case Kind.MONEY:
            return parse_money(text)
        case Kind.CHOICE:
            return _choice(vocabulary(question), text)
        case Kind.CHOICES:
            picked = {_choice(vocabulary(question), part) for part in re.split(r"[|;]", text)}
            return tuple(choice for choice in vocabulary(question) if choice in picked)
        case Kind.TIME:
            return parse_time(text, zone)
        case Kind.DATE:
            return parse_day(text)
        case Kind.PARTIAL_DATE:
            return parse_date(text)
        case Kind.TEXT:
            return _no_longer_than(text, LONGEST_TEXT)
        case _:
            return _no_longer_than(text, LONGEST_LINE)


def show(question: Question, value: Any) -> str:
    """The answer as people read it; empty for `None`."""
    if value is None:
        return ""
    match question.kind:
        case Kind.CHOICE:
            return str(value.label)
        case Kind.CHOICES:
            return "; ".join(choice.label for choice in value)
        case Kind.MONEY:
            return f"${value:,.2f}"
        case Kind.TIME:
            return show_time(value)
        case Kind.DATE:
            return show_date(PartialDate.of(value))
        case Kind.PARTIAL_DATE:
            return show_date(value)
        case _:
            return str(value)


def show_time(value: datetime) -> str:
    """`Fri 20 Nov 2026 09:10 EST`, in English whatever the computer speaks."""
    day = PartialDate.of(value.date())
    return f"{_DAYS[value.weekday()]} {show_date(day)} {value:%H:%M %Z}"


def show_date(value: PartialDate) -> str:
    """`20 Nov 2026`, `Nov 2026` or `2026`."""
    if not value.month:
        return f"{value.year}"
    month = f"{_MONTHS[value.month - 1][:3].title()} {value.year}"
    return f"{value.day} {month}" if value.day else month


def clean(typed: str, *, lines: bool = False) -> str:
    """What was typed or pasted, without control characters and outer blanks, in NFC."""
    # A lone surrogate can be pasted but not stored.
    text = _LINE_ENDS.sub("\n", typed.encode("utf-8", "ignore").decode())
    text = unicodedata.normalize("NFC", text.translate(_CONTROLS).translate(_UNSEEN))
    return text.strip() if lines else " ".join(text.split())


_MONTH_FIRST = re.compile(r"(\d{1,2})[/-](\d{4})")
_NAMED_MONTH = re.compile(r"([A-Za-z]{3,9})\.?,?\s+(\d{4})")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)


def parse_date(text: str) -> PartialDate:
    """A whole or partial date as Americans type it: 11/20/2026, Nov 20 2026, 11/2026, 2026."""
    try:
        return PartialDate.parse(text)
    except ValueError:
        pass
    try:
        if found := _MONTH_FIRST.fullmatch(text):
            return PartialDate(int(found[2]), int(found[1]))
        if found := _NAMED_MONTH.fullmatch(text):
            return PartialDate(int(found[2]), _month(found[1]))
        return PartialDate.of(_typed_moment(text)[0].date())
    except (ValueError, OverflowError) as error:
        raise BadAnswer(
            "That is no date the calendar has. Type it like 2026-11-20, or only 2026-11 or 2026."
        ) from error


def parse_day(text: str) -> date:
    """A whole date as Americans type it; raise `BadAnswer` for a part of one."""
    found = parse_date(text)
    if not found.whole:
        raise BadAnswer("Give the whole date, for example 2026-11-20 or Nov 20, 2026.")
    return found.first


def _month(word: str) -> int:
    for number, name in enumerate(_MONTHS, 1):
        if name.startswith(word.lower()):
            return number
    raise ValueError("no such month")


def parse_time(text: str, zone: str) -> datetime:
    """A date and time on the wall of the facility, as an aware `datetime` with its zone.

    `2026-11-20 09:10`, `Nov 20 2026 9:10 pm`; a stored time is read as it stands.
    """
    try:
        where = ZoneInfo(zone)
        if _ZONED.fullmatch(text):
            return read_time(text)
        moment, timed = _typed_moment(text)
        if not timed:
            raise BadAnswer("Add the time of day, for example 2026-11-20 09:10.")
        local = moment.replace(tzinfo=where)
        # In the hour that happens twice, a typed EST or EDT says which.
        again = local.replace(fold=1)
        if again.tzname() != local.tzname() and text.endswith(again.tzname() or " "):
            local = again
        # A wall time that the clocks skip is moved to the one that really was.
        return local.astimezone(UTC).astimezone(where)
    except (ValueError, OverflowError, ZoneInfoNotFoundError) as error:
        raise BadAnswer("That is no date and time. Type it like 2026-11-20 09:10.") from error


def _typed_moment(text: str) -> tuple[datetime, bool]:
    """What was typed, to the minute, and whether a time of day was."""
    bare = re.sub(r"\b([A-Z]{3,4}|ChST)$", "", text.strip())
    # Two defaults tell what was typed from what the parser filled in.
    defaults = (datetime(1904, 1, 1, 1, 1), datetime(2003, 2, 2, 2, 2))  # noqa: DTZ001 - wall times
    first, second = (
        dateutil_parser.parse(bare, default=default, ignoretz=True) for default in defaults
    )
    if first.date() != second.date():
        raise ValueError("part of the date is missing")
    if not re.search(r"\d{4}", bare):
        raise ValueError("the year needs four digits")
    minute = first.minute if first.minute == second.minute else 0
    return first.replace(minute=minute, second=0, microsecond=0), first.hour == second.hour


def _number(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text):
        raise BadAnswer("Type a whole number, for example 3.")
    return int(text)


def parse_money(text: str) -> Decimal:
    """An amount in dollars and cents, zero or more; raise `BadAnswer`."""
    try:
        amount = Decimal(text.replace("$", "").replace(",", "").strip())
    except InvalidOperation as error:
        raise BadAnswer("Type an amount in dollars, for example 1250 or 1,250.50.") from error
    if not amount.is_finite() or amount < 0 or amount >= 10**12:
        raise BadAnswer("Type an amount in dollars, for example 1250 or 1,250.50.")
    return abs(amount).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _choice(words: type[Choice], text: str) -> Choice:
    wanted = text.strip().casefold()
    for choice in words:
        if wanted in (choice.value.casefold(), choice.label.casefold()):
            return choice
    raise BadAnswer("Choose one of the listed answers.")


def _no_longer_than(text: str, limit: int) -> str:
    if len(text) > limit:
        raise BadAnswer(
            f"That is {len(text):,} characters; this answer holds {limit:,}. Shorten it."
        )
    return text
