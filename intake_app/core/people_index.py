"""Everybody the office knows, in memory, to be compared with in a moment.

Nobody is left out before the names are looked at: a name asked for is compared with every word of
every name first (there are some ten thousand of them, however many people there are), and what
words, birth dates and numbers tell is added up for all people at once. Those who come near the
threshold are compared in full. People are columns of numbers: no name is kept whole.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from intake_app.core.conflicts import (
    SAME_PHONE,
    THRESHOLD,
    AskedName,
    Likeness,
    Party,
    Stands,
    compare,
    prior_bits,
)
from intake_app.core.name_book import NameBook
from intake_app.core.name_likeness import Near, Part, Role, SplitName, split_in_two
from intake_app.core.partial_date import PartialDate
from intake_app.right_of_way import give_way

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

_SLACK = 4.0
"""Bits that the sum over words may be short of what the full comparison finds."""
_JOINED_ALIKE = 0.8
_APART = 3.0
"""Bits taken off where known words make up one word: any letters may do so by chance."""
_SHARED_BY = 10
"""A telephone that more people have is nobody's."""
_MOST = 300
"""So many of the likeliest are compared in full."""

_STANDS, _ROLES = tuple(Stands), tuple(Role)
_CLIENT = _STANDS.index(Stands.CLIENT)
_LITTLE = len(_ROLES)


@dataclass(frozen=True)
class Known:
    """Somebody in a case: the number of the row of `AdverseParty` or `Abuser`, 0 for a client."""

    entry_id: int
    party: Party


@dataclass(frozen=True)
class Match:
    """Somebody known who may be the one asked for."""

    case_id: int
    stands: Stands
    entry_id: int
    likeness: Likeness


class PeopleIndex:
    """The index. `put` takes in a case, or takes it in anew after a change."""

    def __init__(self, nicknames: Mapping[str, frozenset[str]]) -> None:
        self._book = NameBook(nicknames)
        # A column for each thing known of a person. A case number of 0: forgotten.
        self._case, self._entry, self._born = array("i"), array("i"), array("i")
        self._stands, self._about = array("b"), array("b")
        self._a_number, self._first_name = array("q"), array("i")
        # A person's names stand together, and so do a name's words.
        self._first_word = array("i")
        self._words, self._kinds = array("i"), array("b")
        self._names_with: list[array[int]] = []
        self._phones, self._phone_of = array("q"), array("i")
        self.people = 0

    def put(self, case_id: int, known: Iterable[Known]) -> None:
        """Everybody of one case; nobody where the case is gone."""
        self.forget(case_id)
        self.add(case_id, known)

    def add(self, case_id: int, known: Iterable[Known]) -> None:
        """Everybody of a case that is not in the index."""
        for one in known:
            self._add(case_id, one.entry_id, one.party)

    def forget(self, case_id: int) -> None:
        """Leave out everybody of a case."""
        for place in self._places_of(case_id):
            self._case[place] = 0
            self.people -= 1
            self._count(place, -1)

    def _places_of(self, case_id: int) -> list[int]:
        places: list[int] = np.flatnonzero(_view(self._case, np.int32) == case_id).tolist()
        return places

    def _count(self, place: int, by: int) -> None:
        for name in self._names_of(place):
            self._book.count(set(self._words_of(name)), by)

    def people_beside(self, case_id: int) -> int:
        """How many people there are in other cases."""
        return self.people - len(self._places_of(case_id))

    def _add(self, case_id: int, entry_id: int, party: Party) -> None:
        give_way()
        place = len(self._case)
        self._case.append(case_id)
        self._entry.append(entry_id)
        self._born.append(_code(party.born))
        self._stands.append(_STANDS.index(party.stands))
        self._about.append(party.born_about)
        self._a_number.append(_number(party.a_number))
        self._first_name.append(len(self._first_word))
        for name in party.names or (SplitName(()),):
            self._add_name(name)
        for phone in party.phones:
            self._phones.append(_number(phone))
            self._phone_of.append(place)
        self.people += 1

    def _add_name(self, name: SplitName) -> None:
        number = len(self._first_word)
        self._first_word.append(len(self._words))
        words = [self._book.number(part.word) for part in name.parts]
        self._words.extend(words)
        self._kinds.extend(_ROLES.index(part.role) + _LITTLE * part.little for part in name.parts)
        while len(self._names_with) < len(self._book):
            self._names_with.append(array("i"))
        for word in set(words):
            self._names_with[word].append(number)
        self._book.count(set(words), 1)

    def _names_of(self, place: int) -> range:
        last = place + 1 == len(self._first_name)
        end = len(self._first_word) if last else self._first_name[place + 1]
        return range(self._first_name[place], end)

    def _words_of(self, name: int) -> "array[int]":
        return self._words[slice(*self._span(name))]

    def _span(self, name: int) -> tuple[int, int]:
        last = name + 1 == len(self._first_word)
        return self._first_word[name], len(self._words) if last else self._first_word[name + 1]

    def search(self, asked: Party, without: int = 0) -> list[Match]:
        """Everybody who may be the one asked for, the likeliest first; `without` one case."""
        if not self._case:
            return []
        # A line of a jail tells nothing of who is behind it.
        rare = (one for one in asked.phones if len(self._with_phone(one)) <= _SHARED_BY)
        asked = replace(asked, phones=tuple(rare))
        # Else a misspelled name would be a known one, by the very case it is asked for.
        own = self._places_of(without) if without else []
        for place in own:
            self._count(place, -1)
        try:
            return self._search(asked, without)
        finally:
            for place in own:
                self._count(place, 1)

    def _search(self, asked: Party, without: int) -> list[Match]:
        names = [self._look_up(name) for name in asked.names if name.parts]
        prior = prior_bits(self.people)
        found = []
        for place in self._candidates(asked, names, without):
            known = self._party(place, phones=bool(asked.phones))
            likeness = compare(asked, names, known, prior)
            if likeness.possible:
                stands, entry_id = known.stands, self._entry[place]
                found.append(Match(self._case[place], stands, entry_id, likeness))
        return sorted(found, key=lambda match: (-match.likeness.bits, match.case_id))

    def _look_up(self, name: SplitName) -> AskedName:
        words = [part.word for part in name.parts]
        joins = list(name.joins())
        near = [
            {self._book.word(number): one for number, one in row.items()}
            for row in (
                *self._book.near(words),
                *self._book.near([word for _, word in joins], _JOINED_ALIKE),
            )
        ]
        split = [
            (at, tuple(map(self._book.word, numbers)), sum(map(self._book.bits, numbers)) - _APART)
            for at, word in enumerate(words)
            for numbers in split_in_two(word, self._book.known)
        ]
        return AskedName(
            name,
            near[: len(words)],
            [(tuple(those), near[len(words) + at]) for at, (those, _) in enumerate(joins)],
            split,
        )

    def _candidates(self, asked: Party, names: Sequence[AskedName], without: int) -> list[int]:
        cases = _view(self._case, np.int32)
        allowed = (cases != 0) & (cases != without)
        if asked.stands is not Stands.CLIENT:
            allowed &= _view(self._stands, np.int8) == _CLIENT
        total = self._born_bits(asked)
        sure = np.zeros(len(cases), bool)
        told = np.zeros(len(cases), np.float32)
        starts = _view(self._first_name, np.int32)
        for name in names:
            bits, least = self._name_bits(name)
            best = np.maximum.reduceat(bits, starts)
            # The very same name must be looked at, however common it is.
            sure |= (best >= least) & (total >= 0)
            told = np.maximum(told, best)
        total += told
        if asked.a_number:
            sure |= _view(self._a_number, np.int64) == _number(asked.a_number)
        for phone in asked.phones:
            total[self._with_phone(phone)] += SAME_PHONE
        near = np.flatnonzero(
            allowed & (sure | (total >= THRESHOLD - prior_bits(self.people) - _SLACK))
        )
        if len(near) > _MOST:
            total[sure] += 100.0
            near = near[np.argpartition(-total[near], _MOST)[:_MOST]]
        return [int(place) for place in near]

    def _with_phone(self, phone: str) -> Ints:
        there = _view(self._phones, np.int64) == _number(phone)
        found: Ints = _view(self._phone_of, np.int32)[there]
        return found

    def _name_bits(self, asked: AskedName) -> tuple[Floats, float]:
        """What the words of every known name tell, and what the very same name tells at least."""
        size = len(self._first_word)
        total = np.zeros(size, np.float32)
        least = 0.0
        for part, near in zip(asked.name.parts, asked.near, strict=True):
            total += self._spread(near, size)
            own = near.get(part.word)
            least += own.bits if own is not None else 1000.0
        for _, near in asked.joined:
            if near:
                total += self._spread(near, size)
        for _, words, bits in asked.split:
            for word in words:
                total[self._with_word(word)] += bits / len(words)
        return total, least - 0.01

    def _spread(self, near: Mapping[str, Near], size: int) -> Floats:
        best = np.zeros(size, np.float32)
        # The likeliest last, so that it stays.
        for word, one in reversed(list(near.items())):
            best[self._with_word(word)] = one.bits
        return best

    def _with_word(self, word: str) -> Ints:
        number = self._book.known(word)
        return _view(self._names_with[number] if number is not None else array("i"), np.int32)

    def _born_bits(self, asked: Party) -> Floats:
        """About what `compare_birth` finds, never less, for everybody."""
        known = _view(self._born, np.int32)
        if asked.born is None:
            return np.zeros(len(known), np.float32)
        born, code = asked.born, _code(asked.born)
        bits = np.full(len(known), -6.0, np.float32)
        bits[(known > (born.year - 2) * 10_000) & (known < (born.year + 3) * 10_000)] = 0.0
        if asked.born_about:
            bits[:] = 0.0
        bits[_view(self._about, np.int8) != 0] = 0.0
        if born.whole:
            bits[known % 10_000 == code % 10_000] = 5.5
        there = np.flatnonzero(known // 10_000 == born.year)
        month, day = known[there] // 100 % 100, known[there] % 100
        here = np.zeros(len(there), np.float32)
        here[(day == 0) | (not born.whole)] = 6.5
        if born.whole:
            here[(month == born.month) ^ (day == born.day)] = 5.5
            here[(month == born.day) & (day == born.month)] = 8.5
        bits[there] = here
        if born.whole:
            for by in (-1, 1):
                beside = date.fromordinal(born.first.toordinal() + by)
                bits[known == _code(PartialDate.of(beside))] = 8.5
            bits[known == code] = 11.0
        bits[known == 0] = 0.0
        return bits

    def _party(self, place: int, *, phones: bool) -> Party:
        return Party(
            _STANDS[self._stands[place]],
            tuple(map(self._name, self._names_of(place))),
            _date(self._born[place]),
            bool(self._about[place]),
            f"{number:09}" if (number := self._a_number[place]) else "",
            self._phones_of(place) if phones else (),
        )

    def _phones_of(self, place: int) -> tuple[str, ...]:
        there = np.flatnonzero(_view(self._phone_of, np.int32) == place)
        return tuple(str(self._phones[at]) for at in there)

    def _name(self, number: int) -> SplitName:
        start, end = self._span(number)
        return SplitName(
            tuple(
                Part(
                    self._book.word(self._words[at]),
                    _ROLES[self._kinds[at] % _LITTLE],
                    self._kinds[at] >= _LITTLE,
                )
                for at in range(start, end)
            )
        )


def _view(column: "array[int]", kind: type[Any]) -> npt.NDArray[Any]:
    """A column as numbers to reckon with; to be dropped before anybody is added."""
    return np.frombuffer(column, kind) if column else np.zeros(0, kind)


def _code(born: PartialDate | None) -> int:
    return 0 if born is None else born.year * 10_000 + born.month * 100 + born.day


def _date(code: int) -> PartialDate | None:
    return PartialDate(code // 10_000, code // 100 % 100, code % 100) if code else None


def _number(digits: str) -> int:
    """Digits as one number of at most 18: what is longer is no number of a person."""
    return int(digits[-18:] or 0)
