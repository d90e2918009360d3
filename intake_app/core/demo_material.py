"""What the people of the demonstration office are made of: names, jails, charges, words.

The lists stand in `db/demo/*.toml`; here they become typed. Everything in them is invented except
states, telephone area codes, time zones and the citations of statutes.
"""

import random
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Generic, TypeVar

from intake_app.core.places import Country, Language
from intake_app.core.vocabulary import ChargeCategory, ChargeLevel, Race, State, Zone

T = TypeVar("T")


class Weighted(Generic[T]):
    """Things of which some occur more often than others."""

    def __init__(self, shares: Iterable[tuple[T, float]]) -> None:
        pairs = tuple(shares)
        self.things = tuple(thing for thing, _ in pairs)
        self._sums = tuple(accumulate(share for _, share in pairs))

    def at(self, point: float) -> T:
        """The thing at `point`, from 0 to just under 1, of the way through all shares."""
        return self.things[bisect(self._sums, point * self._sums[-1], 0, len(self.things) - 1)]


class Luck(random.Random):
    """Chance that is the same for the same seed, on every version of Python.

    Everything is taken from `random()`, the one method whose results never change.
    """

    def one(self, things: Sequence[T]) -> T:
        """Any one of `things`."""
        return things[int(self.random() * len(things))]

    def of(self, things: Weighted[T]) -> T:
        """One of `things`, by their shares."""
        return things.at(self.random())

    def often(self, share: float) -> bool:
        """True in `share` of the cases, 0 to 1."""
        return self.random() < share

    def maybe(self, share: float, thing: T) -> T | None:
        """`thing` in `share` of the cases, otherwise an answer that is missing."""
        return thing if self.random() < share else None

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.random() * (high - low + 1))

    def between(self, low: float, high: float) -> float:
        """Any number between two."""
        return low + self.random() * (high - low)

    def digits(self, count: int) -> str:
        """That many digits."""
        return f"{int(self.random() * 10**count):0{count}}"


@dataclass(frozen=True)
class People:
    """How people from one country are called, and what they speak."""

    country: Country
    female: tuple[str, ...]
    male: tuple[str, ...]
    middles_female: tuple[str, ...]
    middles_male: tuple[str, ...]
    surnames: tuple[str, ...]
    women: Mapping[str, str]
    own_script: Mapping[str, str]
    two_surnames: bool
    languages: tuple[Language, ...]
    race: tuple[Race, ...]

    def surname(self, luck: Luck, female: bool) -> str:
        """One surname, in the form a woman or a man carries."""
        found = luck.one(self.surnames)
        return self.women.get(found, found) if female else found


@dataclass(frozen=True)
class Jail:
    """An invented jail in a real state."""

    state: State
    name: str
    county: str
    town: str
    street: str
    zone: Zone
    area_codes: tuple[str, ...]
    held_by_287g: bool

    @property
    def address(self) -> str:
        """Its address, two lines; the postal code is 00000."""
        return f"{self.street}\n{self.town}, {self.state.value} 00000"


@dataclass(frozen=True)
class Crime:
    """A kind of charge as one state's law knows it; `statute` is None where not sure."""

    kind: str
    statute: str | None
    words: str
    level: ChargeLevel
    category: ChargeCategory
    ncic: str | None


@dataclass(frozen=True)
class Material:
    """Everything, ready to be chosen from."""

    people: Weighted[People]
    by_country: Mapping[Country, People]
    states: Weighted[State]
    jails: Mapping[State, tuple[Jail, ...]]
    crimes: Mapping[State, Weighted[Crime]]
    words: Mapping[str, tuple[str, ...]]
    office: Mapping[str, str]
    members: Mapping[str, str]
    first_cases: tuple[Mapping[str, Any], ...]


def read_material(tables: Mapping[str, Mapping[str, Any]]) -> Material:
    """Type the parsed files, keyed by the name of the file without its ending.

    Needs `names`, `places`, `charges`, `words` and `first_cases`. Raises `KeyError` or
    `ValueError` for a list that lacks something or names what no vocabulary knows.
    """
    names, places, charges = tables["names"], tables["places"], tables["charges"]
    words = tables["words"]
    people = [(_people(code, row), float(row["weight"])) for code, row in names.items()]
    held = {State.of(code): row for code, row in places.items() if isinstance(row, Mapping)}
    kinds = charges["kinds"]
    return Material(
        people=Weighted(people),
        by_country={one.country: one for one, _ in people},
        states=Weighted((state, float(row["weight"])) for state, row in held.items()),
        jails={state: tuple(_jails(state, row)) for state, row in held.items()},
        crimes={state: _crimes(kinds, charges.get(state.value, {})) for state in held},
        words={name: tuple(kept) for name, kept in words.items() if isinstance(kept, list)},
        office=words["office"],
        members=words["members"],
        first_cases=tuple(tables["first_cases"]["case"]),
    )


def _people(code: str, row: Mapping[str, Any]) -> People:
    return People(
        country=Country.of(code),
        female=tuple(row["female"]),
        male=tuple(row["male"]),
        middles_female=tuple(row.get("middles_female", ())),
        middles_male=tuple(row.get("middles_male", ())),
        surnames=tuple(row["surnames"]),
        women=row.get("women", {}),
        own_script=row.get("own_script", {}),
        two_surnames=row.get("two_surnames", False),
        languages=tuple(Language.of(word) for word in row["languages"]),
        race=tuple(Race.of(word) for word in row["race"]),
    )


def _jails(state: State, row: Mapping[str, Any]) -> Iterable[Jail]:
    for name, county, town, street, zone in row["jails"]:
        yield Jail(
            state=state,
            name=name,
            county=county,
            town=town,
            street=street,
            zone=Zone.of(zone),
            area_codes=tuple(row["area_codes"]),
            held_by_287g=row.get("held_by_287g", False),
        )


def _crimes(kinds: Mapping[str, Any], laws: Mapping[str, Any]) -> Weighted[Crime]:
    made = []
    for kind, (words, level, category, ncic, weight) in kinds.items():
        law = (*laws.get(kind, ()), None, None, None)
        crime = Crime(
            kind=kind,
            statute=law[0],
            words=law[1] or words,
            level=ChargeLevel.of(law[2] or level),
            category=ChargeCategory.of(category),
            ncic=ncic or None,
        )
        made.append((crime, float(weight)))
    return Weighted(made)
