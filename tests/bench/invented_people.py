"""Invented people for measuring the conflict check, and how the same person is written elsewhere.

Names come by chance from the lists below, with common ones as common as they are; one surname in
eight is made of syllables and hardly occurs twice. The ways of miswriting are made without the
program's own rules: letters are changed at random, and the spellings of one name in other
alphabets stand in a table of their own that nothing in the program reads.
"""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from intake_app.core.demo_material import Luck, Weighted
from intake_app.core.names import fold


@dataclass(frozen=True)
class Invented:
    """One person as some paper writes her; `born` None where the paper does not say."""

    given: str
    surname: str
    second: str
    born: date | None
    group: str

    @property
    def whole(self) -> str:
        """The name in one line."""
        return " ".join(part for part in (self.given, self.surname, self.second) if part)


_NAMES = tomllib.loads((Path(__file__).parent / "invented_names.toml").read_text("utf-8"))
_TRANSLITERATED = [row.split() for row in _NAMES["transliterated"]]
_CALLED = {row.split()[0]: row.split()[1:] for row in _NAMES["called"]}
_SYLLABLES = _NAMES["syllables"].split()


def _ranked(key: str) -> Weighted[str]:
    words = _NAMES[key].split()
    return Weighted((word, 1 / (place + 4) ** 0.85) for place, word in enumerate(words))


@dataclass(frozen=True)
class _Group:
    share: float
    surnames: Weighted[str]
    given: tuple[Weighted[str], ...]
    two_surnames: float = 0.0
    two_given: float = 0.0


_GROUPS = {
    "spanish": _Group(
        60, _ranked("spanish"), (_ranked("spanish_men"), _ranked("spanish_women")), 0.85, 0.45
    ),
    "haitian": _Group(8, _ranked("haitian"), (_ranked("haitian_given"),), 0.0, 0.3),
    "english": _Group(8, _ranked("english"), (_ranked("english_given"),), 0.0, 0.4),
    "arabic": _Group(5, _ranked("arabic"), (_ranked("arabic_given"),), 0.1, 0.3),
    "slavic": _Group(5, _ranked("slavic"), (_ranked("slavic_given"),)),
    "chinese": _Group(4, _ranked("chinese"), ()),
    "vietnamese": _Group(3, _ranked("vietnamese"), (_ranked("vietnamese_given"),), 0.0, 0.6),
    "south asian": _Group(3, _ranked("south_asian"), (_ranked("south_asian_given"),), 0.0, 0.3),
    "african": _Group(4, _ranked("african"), (_ranked("african_given"),), 0.0, 0.2),
}
_SHARES = Weighted((name, group.share) for name, group in _GROUPS.items())


def people(luck: Luck, count: int) -> list[Invented]:
    """So many people; one in twenty is a brother or sister of the one before."""
    made: list[Invented] = []
    while len(made) < count:
        one = _person(luck, luck.of(_SHARES))
        if made and luck.often(0.05):
            before = made[-1]
            kin = _person(luck, before.group)
            one = replace(kin, surname=before.surname, second=before.second)
        made.append(one)
    return made


def _person(luck: Luck, name: str) -> Invented:
    group = _GROUPS[name]
    born = date(1955, 1, 1) + timedelta(days=luck.number(0, 365 * 52))
    if luck.often(0.03):
        born = born.replace(month=1, day=1)
    return Invented(
        given=_given(luck, name, group),
        surname=_surname(luck, name, group),
        second=_surname(luck, name, group) if luck.often(group.two_surnames) else "",
        born=None if luck.often(0.08) else born,
        group=name,
    )


def _given(luck: Luck, name: str, group: _Group) -> str:
    if name == "chinese":
        parts = _NAMES["chinese_parts"].split()
        both = [luck.one(parts) for _ in range(luck.number(1, 2))]
        return ("".join(both) if luck.often(0.6) else " ".join(map(str.title, both))).title()
    kind = luck.one(group.given)
    first = luck.of(kind)
    second = luck.of(kind) if luck.often(group.two_given) else ""
    return first if second in ("", first) else f"{first} {second}"


def _surname(luck: Luck, name: str, group: _Group) -> str:
    if name == "spanish" and luck.often(0.03):
        return str(luck.one(_NAMES["spanish_particled"]))
    if name not in ("chinese", "vietnamese") and luck.often(0.12):
        return "".join(luck.one(_SYLLABLES) for _ in range(luck.number(2, 4))).title()
    return luck.of(group.surnames)


Miswrite = Callable[[Luck, Invented], Invented | None]


def _misspelled(luck: Luck, person: Invented) -> Invented:
    for _ in range(luck.number(1, 2)):
        person = _in_one_part(luck, person, lambda part: _random_edit(luck, part))
    return person


def _misread(luck: Luck, person: Invented) -> Invented | None:
    def change(part: str) -> str:
        fits = [pair for pair in _NAMES["seen_as"] if pair[0] in part[1:]]
        if not fits:
            return part
        seen, read = luck.one(fits)
        return part[0] + part[1:].replace(seen, read, 1)

    return _in_one_part(luck, person, change)


def _random_edit(luck: Luck, part: str) -> str:
    if len(part) < 3:
        return part
    at = luck.number(0, len(part) - 1)
    letter = luck.one("abcdefghijklmnopqrstuvwxyz")
    return luck.one(
        (
            part[:at] + letter + part[at:],
            part[:at] + part[at + 1 :],
            part[:at] + letter + part[at + 1 :],
            part[: at - 1] + part[at : at + 1] + part[at - 1 : at] + part[at + 1 :]
            if at
            else part[1] + part[0] + part[2:],
        )
    )


def _in_one_part(luck: Luck, person: Invented, change: Callable[[str], str]) -> Invented:
    fields = [name for name in ("given", "surname", "second") if getattr(person, name)]
    field = luck.one(fields)
    words = getattr(person, field).split(" ")
    at = luck.number(0, len(words) - 1)
    words[at] = change(words[at])
    return _with(person, field, " ".join(words))


def _with(person: Invented, field: str, words: str) -> Invented:
    changes: dict[str, Any] = {field: words}
    return replace(person, **changes)


def _other_order(luck: Luck, person: Invented) -> Invented:
    if person.second and luck.often(0.5):
        return replace(person, surname=person.second, second=person.surname)
    if person.second and luck.often(0.5):
        return replace(person, given=person.surname, surname=person.second, second=person.given)
    return replace(person, given=person.surname, surname=person.given)


def _hyphenated(luck: Luck, person: Invented) -> Invented | None:
    if person.second:
        mark = luck.one(("-", "-", " ", ""))
        second = person.second if mark else person.second.lower()
        return replace(person, surname=person.surname + mark + second, second="")
    for mark in ("-", " "):
        for field in ("surname", "given"):
            words = getattr(person, field)
            if mark in words:
                other = luck.one((" ", "") if mark == "-" else ("-", ""))
                return _with(person, field, words.replace(mark, other))
    return None


def _part_missing(luck: Luck, person: Invented) -> Invented | None:
    if person.second and luck.often(0.7):
        if luck.often(0.8):
            return replace(person, second="")
        return replace(person, surname=person.second, second="")
    if " " in person.given:
        return replace(person, given=luck.one(person.given.split(" ")))
    return replace(person, second="") if person.second else None


def _transliterated(luck: Luck, person: Invented) -> Invented | None:
    changed = person
    for field in ("given", "surname", "second"):
        words = getattr(person, field).split(" ")
        for at, word in enumerate(words):
            spellings = [row for row in _TRANSLITERATED if word in row]
            if spellings:
                words[at] = luck.one([one for one in luck.one(spellings) if one != word])
        changed = _with(changed, field, " ".join(words))
    return changed if changed != person else None


def _called(luck: Luck, person: Invented) -> Invented | None:
    first, *others = person.given.split(" ")
    shorts = _CALLED.get(first)
    if not shorts:
        return None
    keep = others if luck.often(0.5) else []
    return replace(person, given=" ".join([luck.one(shorts), *keep]))


def _accents_lost(luck: Luck, person: Invented) -> Invented | None:
    broken = luck.one(("plain", "plain", "mark", "gone"))

    def change(words: str) -> str:
        if words.isascii():
            return words
        if broken == "plain":
            return fold(words).title()
        return "".join(c if c.isascii() else "?" if broken == "mark" else "" for c in words)

    other = replace(
        person,
        given=change(person.given),
        surname=change(person.surname),
        second=change(person.second),
    )
    return other if other != person else None


def _born_otherwise(luck: Luck, person: Invented) -> Invented | None:
    if person.born is None:
        return None
    born = person.born
    choice = luck.number(1, 4)
    if choice == 1:
        return replace(person, born=born + timedelta(days=luck.one((-1, 1))))
    if choice == 2 and born.day <= 12:
        return replace(person, born=born.replace(month=born.day, day=born.month))
    if choice == 3:
        day = born.day if (born.month, born.day) != (2, 29) else 28
        return replace(
            person, born=born.replace(year=born.year + luck.one((-10, -1, 1, 10)), day=day)
        )
    return replace(person, born=None)


def _several(luck: Luck, person: Invented) -> Invented | None:
    for change in (luck.one((_misspelled, _accents_lost)), luck.one((_part_missing, _hyphenated))):
        person = change(luck, person) or person
    return _born_otherwise(luck, person) or person


WAYS: dict[str, Miswrite] = {
    "misspelled": _misspelled,
    "misread by a scanner": _misread,
    "parts in another order": _other_order,
    "hyphenated or joined": _hyphenated,
    "a part missing": _part_missing,
    "transliterated": _transliterated,
    "nickname": _called,
    "accents lost": _accents_lost,
    "birth date otherwise": _born_otherwise,
    "several at once": _several,
}


def sample(luck: Luck, everybody: Sequence[Invented], each: int) -> list[tuple[str, int, Invented]]:
    """`each` miswritten people of every way: the way, whose place in `everybody`, how written."""
    found: list[tuple[str, int, Invented]] = []
    for name, change in WAYS.items():
        count = 0
        while count < each:
            place = luck.number(0, len(everybody) - 1)
            other = change(luck, everybody[place])
            if other is not None and other != everybody[place]:
                found.append((name, place, other))
                count += 1
    return found
