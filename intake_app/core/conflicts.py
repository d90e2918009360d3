"""The conflict check: how likely two people are one, told in bits and in plain words.

Who is asked about in a new case is compared with everybody the office knows: people of other
cases, the parties against them, and those they must be kept safe from (ABA Model Rules 1.7, 1.9,
1.10 and 1.18; the adverse party is asked for first, the facts later). Two adverse parties of
different cases who are one person are no conflict and are not compared.

`VERSION` is kept with each check. Raise it when a change here or in `name_likeness` may find
somebody it did not find before: older checks are then made again when their case is opened.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log2

from intake_app.core.name_likeness import How, Near, Part, Role, SplitName
from intake_app.core.partial_date import PartialDate
from intake_app.right_of_way import give_way

VERSION = 1

THRESHOLD = 14.5
"""Bits from which two people may be one. Measured by `tests/bench/bench_conflicts.py`."""


SAME_A_NUMBER = 25.0
"""Bits for the same A-number: enough, whatever the names are."""

SAME_PHONE = 10.0
"""Bits for a shared telephone number: a family shares one, with a surname as well."""


class Stands(StrEnum):
    """What somebody is in a case."""

    CLIENT = "client"
    ADVERSE = "adverse party"
    ABUSER = "abuser"


@dataclass(frozen=True)
class Party:
    """Somebody in a case, as far as the conflict check is concerned.

    names: every name and spelling. born_about: the birth date is a guess. a_number and phones:
    digits only.
    """

    stands: Stands
    names: tuple[SplitName, ...]
    born: PartialDate | None = None
    born_about: bool = False
    a_number: str = ""
    phones: tuple[str, ...] = ()


@dataclass(frozen=True)
class Likeness:
    """How likely two people are one: bits of evidence, and the reasons in plain words.

    A likeness that nobody must look at may have none.
    """

    bits: float
    reasons: tuple[str, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether somebody must look at it."""
        return self.bits >= THRESHOLD

    @property
    def words(self) -> str:
        """How sure it is."""
        if self.bits >= THRESHOLD + 14:
            return "very likely the same person"
        return (
            "probably the same person" if self.bits >= THRESHOLD + 6 else "possibly the same person"
        )


@dataclass(frozen=True)
class Aligned:
    """Parts of the name asked for that stand for parts of the known name."""

    asked: tuple[int, ...]
    known: tuple[int, ...]
    how: How
    bits: float


Nearness = Sequence[Mapping[str, Near]]
"""For each part of the name asked for, the words like it."""

Joined = Sequence[tuple[tuple[int, ...], Mapping[str, Near]]]
"""Parts of the name asked for that may be written in one, and the words like that."""

Split = Sequence[tuple[int, tuple[str, ...], float]]
"""A part of the name asked for that may be several known words written in one."""


@dataclass(frozen=True)
class AskedName:
    """A name being looked for, with all that is like its parts."""

    name: SplitName
    near: Nearness
    joined: Joined = ()
    split: Split = ()


_MOST_FOR_LITTLE = 1.5
_OTHER_ROLE = 1.0
_CONTRADICTS = 3.5
_LEFT_OUT = 0.7
_INITIAL = 1.5


@dataclass(frozen=True)
class NamesCompared:
    """What two names tell. free and left: parts of the one and the other that stand alone."""

    bits: float
    asked: SplitName
    known: SplitName
    aligned: tuple[Aligned, ...] = ()
    free: tuple[int, ...] = ()
    left: tuple[int, ...] = ()

    @property
    def same(self) -> bool:
        """Whether it is the very same name, in whatever order."""
        alone = self.free or self.left or not self.aligned
        return not alone and all(pair.how is How.SAME for pair in self.aligned)


def compare_names(asked: AskedName, known: SplitName) -> NamesCompared:
    """How alike two names are."""
    aligned = tuple(_align(asked, known))
    parts, others = asked.name.parts, known.parts
    taken = {at for pair in aligned for at in pair.asked}
    given = {at for pair in aligned for at in pair.known}
    if all(parts[at].little for at in taken):
        return NamesCompared(-2 * _CONTRADICTS, asked.name, known)
    free = tuple(at for at, part in enumerate(parts) if at not in taken and not part.little)
    left = tuple(at for at, part in enumerate(others) if at not in given and not part.little)
    bits = sum(pair.bits for pair in aligned)
    bits -= _CONTRADICTS * min(len(free), len(left)) + _LEFT_OUT * abs(len(free) - len(left))
    return NamesCompared(bits, asked.name, known, aligned, free, left)


def _align(asked: AskedName, known: SplitName) -> list[Aligned]:
    ways: list[Aligned] = []
    places: dict[str, list[int]] = {}
    for at, part in enumerate(known.parts):
        places.setdefault(part.word, []).append(at)
    for at, part in enumerate(asked.name.parts):
        for word, there in places.items():
            near = asked.near[at].get(word)
            if near is not None:
                ways += [_pair(part, at, known.parts[place], place, near) for place in there]
            elif (len(word) == 1) != (len(part.word) == 1) and word[0] == part.word[0]:
                ways += [Aligned((at,), (place,), How.INITIAL, _INITIAL) for place in there]
    for covered, near_words in asked.joined:
        for word, there in places.items():
            near = near_words.get(word)
            if near is not None:
                ways += [Aligned(covered, (place,), How.JOINED, near.bits - 0.5) for place in there]
    for at, words, told in asked.split:
        if all(word in places for word in words):
            ways.append(Aligned((at,), tuple(places[word][0] for word in words), How.JOINED, told))
    # What tells most comes first; a part counts once.
    ways.sort(key=lambda way: -way.bits)
    chosen: list[Aligned] = []
    used: set[tuple[bool, int]] = set()
    for way in ways:
        takes = {(True, at) for at in way.asked} | {(False, at) for at in way.known}
        if not takes & used:
            used |= takes
            chosen.append(way)
    return chosen


def _pair(part: Part, at: int, other: Part, place: int, near: Near) -> Aligned:
    bits = near.bits
    if part.little or other.little:
        bits = min(bits, _MOST_FOR_LITTLE)
    if Role.ANY not in (part.role, other.role) and part.role is not other.role:
        bits -= _OTHER_ROLE
    return Aligned((at,), (place,), near.how, bits)


def _name_reasons(compared: NamesCompared) -> tuple[str, ...]:
    asked, known = compared.asked, compared.known
    pairs = sorted(
        (pair for pair in compared.aligned if not asked.parts[pair.asked[0]].little),
        key=lambda pair: pair.asked,
    )
    if compared.same:
        return (_whole_name(pairs, asked, known),)
    said: list[str] = []
    for role, word in ((Role.GIVEN, "given name"), (Role.SURNAME, "surname"), (Role.ANY, "name")):
        here = [pair for pair in pairs if asked.parts[pair.asked[0]].role is role]
        for how, words in _HOW_SAID.items():
            those = [pair for pair in here if pair.how is how]
            if those:
                one = "s" if len(those) == 1 else ""
                told = words.format(_counted(word, len(those)), one)
                said.append(told + _moved(those, asked, known))
    alone = len(compared.free) + len(compared.left)
    if compared.free and compared.left:
        said.append("another part of the name differs")
    elif alone:
        said.append(f"one of them has {'one more name' if alone == 1 else 'more names'}")
    return tuple(said)


_HOW_SAID = {
    How.SAME: "same {}",
    How.NICKNAME: "{} by a nickname",
    How.SOUND: "{} that sound{} the same",
    How.SPELLING: "{} spelled almost the same",
    How.JOINED: "{} written in one or apart",
    How.INITIAL: "{} with the same initial",
}


def _counted(word: str, count: int) -> str:
    return word if count == 1 else f"{'two' if count == 2 else 'several'} {word}s"


def _whole_name(pairs: Sequence[Aligned], asked: SplitName, known: SplitName) -> str:
    roles = [(asked.parts[pair.asked[0]].role, known.parts[pair.known[0]].role) for pair in pairs]
    if any(Role.ANY not in both and both[0] is not both[1] for both in roles):
        return "same name, with given name and surname changed about"
    order = [pair.known[0] for pair in pairs]
    if order == sorted(order) or Role.ANY in {role for both in roles for role in both}:
        return "same name"
    surnames = sum(role is Role.SURNAME for role, _ in roles)
    return f"same name, {'two surnames' if surnames == 2 else 'parts'} in the other order"


def _moved(pairs: Sequence[Aligned], asked: SplitName, known: SplitName) -> str:
    role = asked.parts[pairs[0].asked[0]].role
    other = {known.parts[pair.known[0]].role for pair in pairs}
    if role is Role.SURNAME and Role.GIVEN in other:
        return ", as a given name there"
    if role is Role.GIVEN and Role.SURNAME in other:
        return ", as a surname there"
    order = [pair.known[0] for pair in pairs]
    return "" if order == sorted(order) else " in the other order"


def compare_birth(
    asked: PartialDate | None, known: PartialDate | None, *, about: bool = False
) -> Likeness:
    """What two birth dates tell. `about`: one of them is a guess."""
    if asked is None or known is None:
        return Likeness(0.0)
    if asked == known:
        if not asked.whole:
            return Likeness(6.5 if asked.month else 4.0, ("born in the same year",))
        # Papers give the first of January to people who don't know their day.
        guessed = asked.month == asked.day == 1
        return Likeness(7.0 if guessed else 11.0, ("same date of birth",))
    if not asked.whole or not known.whole:
        if asked.year == known.year:
            if asked.month and known.month and asked.month != known.month:
                return Likeness(-1.0)
            return Likeness(4.0, ("born in the same year",))
        near = abs(asked.year - known.year) <= 2
        return Likeness(0.0 if near else -2.0 if about else -5.0)
    days = abs((asked.first - known.first).days)
    if days == 1:
        return Likeness(8.5, ("born one day apart",))
    if asked.year == known.year and (asked.month, asked.day) == (known.day, known.month):
        return Likeness(8.5, ("day and month of birth changed about",))
    same = (asked.year == known.year, asked.month == known.month, asked.day == known.day)
    if sum(same) == 2:
        if not same[0] and abs(asked.year - known.year) not in (1, 2, 10):
            return Likeness(0.0 if about else -2.0)
        what = ("year", "month", "day")[same.index(False)]
        return Likeness(5.5, (f"born on the same date but for the {what}",))
    if about and abs(asked.year - known.year) <= 2:
        return Likeness(0.0)
    return Likeness(-2.0 if about else -6.0, ("but born on different dates",))


def compare_numbers(asked: Party, known: Party) -> Likeness:
    """What A-numbers and telephone numbers tell."""
    bits, reasons = 0.0, list[str]()
    if asked.a_number and known.a_number:
        if asked.a_number == known.a_number:
            bits += SAME_A_NUMBER
            reasons.append("same A-number")
        elif _one_slip(asked.a_number, known.a_number):
            bits += 9.0
            reasons.append("A-numbers one digit apart")
        else:
            bits -= 6.0
            reasons.append("but different A-numbers")
    if set(asked.phones) & set(known.phones):
        bits += SAME_PHONE
        reasons.append("same telephone number")
    return Likeness(bits, tuple(reasons))


def _one_slip(one: str, other: str) -> bool:
    if len(one) != len(other):
        return False
    differ = [at for at in range(len(one)) if one[at] != other[at]]
    if len(differ) == 2:
        first, second = differ
        return second == first + 1 and one[first] == other[second] and one[second] == other[first]
    return len(differ) == 1


def prior_bits(people: int) -> float:
    """What the size of the office adds: among few people two like ones are likelier one.

    `THRESHOLD` was measured with 100,000 people; a false alarm is rarer the fewer there are.
    """
    return min(2.0, log2(100_000 / max(people, 1)))


def compare(asked: Party, names: Sequence[AskedName], known: Party, prior: float = 0.0) -> Likeness:
    """How likely two people are one; `names` are those of `asked`, looked up."""
    give_way()
    about = asked.born_about or known.born_about
    born = compare_birth(asked.born, known.born, about=about)
    numbers = compare_numbers(asked, known)
    bits = prior + born.bits + numbers.bits
    if not names or not known.names:
        if numbers.bits >= SAME_A_NUMBER:
            bits = max(bits, THRESHOLD)
        return Likeness(bits, (*born.reasons, *numbers.reasons))
    compared = [compare_names(one, other) for one in names for other in known.names]
    best = max(compared, key=lambda one: one.bits)
    same = any(one.same for one in compared)
    bits += best.bits
    if same and born.bits >= 0 <= numbers.bits:
        # However common: nobody may say that the very name was not found.
        bits = max(bits, THRESHOLD)
    if numbers.bits >= SAME_A_NUMBER:
        bits = max(bits, THRESHOLD)
    if bits < THRESHOLD:
        return Likeness(bits)
    said = _name_reasons(best) if best.bits > 0 else ()
    return Likeness(bits, (*said, *born.reasons, *numbers.reasons))
