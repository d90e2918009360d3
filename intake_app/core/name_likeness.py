"""How alike two names are: parts of a name, how they sound, and how telling a likeness is.

A likeness is told in bits of evidence. Two people who share a name that one in 1,000 has are about
10 bits likelier to be one person than two people picked at random; a name spelled almost the same
counts what all names as near as that have together (after Fellegi and Sunter, “A Theory for Record
Linkage”, 1969, with frequencies taken from the office's own names).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from intake_app.core.names import fold


class How(Enum):
    """In what way one part of a name is like another, the surest first."""

    SAME = "same"
    NICKNAME = "nickname"
    SOUND = "sounds alike"
    SPELLING = "spelled alike"
    JOINED = "written in one"
    INITIAL = "initial"


@dataclass(frozen=True)
class Near:
    """A known part of a name that is like the one asked for; `bits` of evidence."""

    how: How
    bits: float


class Role(Enum):
    """What a part of a name is; somebody known by one line of text has parts of no known role."""

    ANY = 0
    GIVEN = 1
    SURNAME = 2


@dataclass(frozen=True)
class Part:
    """One word of a name, folded. `little` are words such as “de la”: papers leave them out."""

    word: str
    role: Role
    little: bool = False


@dataclass(frozen=True)
class SplitName:
    """A name in its parts."""

    parts: tuple[Part, ...]

    def joins(self) -> Iterator[tuple[range, str]]:
        """Ways to read some of the parts in one word: which, and the word."""
        for start in range(len(self.parts)):
            word, names = "", 0
            for end in range(start, len(self.parts)):
                part = self.parts[end]
                word += part.word
                names += not part.little
                if end > start and not part.little:
                    yield range(start, end + 1), word
                if names == 2:
                    break


_LITTLE = frozenset(
    """de del la las los el al y e da das do dos di du des le van von der den bin ben ibn bint abu
    abd san santa st ste saint dela delos""".split()  # noqa: SIM905 - thirty little words in quotes
)
_ADDITIONS = frozenset(("jr", "sr", "ii", "iii", "iv"))
_LEADING = (
    "delos",
    "delas",
    "dela",
    "del",
    "de",
    "la",
    "al",
    "el",
    "van",
    "von",
    "san",
    "saint",
    "st",
)


def split_name(given: str = "", surname: str = "", other: str = "") -> SplitName:
    """The parts of a name; `other` is a name of which nobody knows which part is which."""
    if not given and not surname and other.count(",") == 1:
        surname, given = other.split(",")
        other = ""
    parts: list[Part] = []
    for text, role in ((given, Role.GIVEN), (surname, Role.SURNAME), (other, Role.ANY)):
        # A mark that stands for a lost letter tells nothing.
        words = [word for word in fold(text.replace("?", "")).split() if word not in _ADDITIONS]
        for place, word in enumerate(words):
            # The last word is a name, whatever it is: Lê and Ben are.
            parts.append(Part(word, role, word in _LITTLE and place + 1 < len(words)))
    return SplitName(tuple(parts))


_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        # Hissing sounds, as English, French, German, Polish and Chinese papers write them.
        (r"shch|chtch|tsch|sch|tch|dzh|zh|sh|cz|ch|^x(?=[iu])|^hs", "C"),
        (r"ph", "f"),
        (r"ts|tz|cs|ss|sz|zz", "s"),
        (r"ll(?=[aeiou])", "y"),
        (r"x", "ks"),
        (r"qu(?=[ei])|kh|ck|cc|q", "k"),
        (r"gu(?=[ei])|gh", "g"),
        (r"c(?=[eiy])|z", "s"),
        (r"c", "k"),
        (r"g(?=[eiy])", "j"),
        (r"ou|oo|uw", "u"),
        (r"^wr", "r"),
        (r"h", ""),
        (r"[vwb]", "b"),
        (r"th|d", "t"),
        (r"ñ|gn", "n"),
        (r"[jy]", "i"),
        (r"[eiy]+", "i"),
        (r"[ou]+", "u"),
        (r"m(?=[bp])", "n"),
        (r"(.)\1+", r"\1"),
    )
)


def sound_of(word: str) -> str:
    """Roughly how a folded word sounds in the languages of our clients: `jimenez` as `gimenes`."""
    sound = word
    for pattern, heard in _SOUNDS:
        sound = pattern.sub(heard, sound)
    return sound or word


def consonants_of(sound: str) -> str:
    """A sound without its vowels, which change most between alphabets: `mohammed`, `muhamad`."""
    return re.sub(r"(.)\1+", r"\1", re.sub("[aiu]", "", sound))


def split_in_two(word: str, known: Callable[[str], int | None]) -> list[tuple[int, ...]]:
    """Known words that are written in one here: `garcialopez`, `delacruz`."""
    found: list[tuple[int, ...]] = []
    for lead in _LEADING:
        rest = word.removeprefix(lead)
        if rest != word and len(rest) >= 3 and (number := known(rest)) is not None:
            found.append((number,))
    for at in range(3, len(word) - 2):
        first, second = known(word[:at]), known(word[at:])
        if first is not None and second is not None:
            found.append((first, second))
    return found


def read_nicknames(table: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Which folded names stand for which, from the parsed `resources/nicknames.toml`."""
    alike: dict[str, set[str]] = {}
    for rows in table.values():
        if isinstance(rows, list):
            for row in rows:
                names = {fold(name).replace(" ", "") for name in row}
                for name in names:
                    alike.setdefault(name, set()).update(names - {name})
    return {name: frozenset(others) for name, others in alike.items()}
