"""The level ICE gives a person for her convictions: our reading, never ICE's own label.

From convictions under INA § 101(a)(48)(A) only, never from charges. Level 1: an aggravated felony
(an attorney's mark), or two or more offenses each punishable by more than one year. Level 2: one
punishable by more than one year, or three or more punishable by less. Level 3: any other
conviction. No level without one.

What is not known makes a range, never a guess: a conviction whose longest sentence is not on file
counts as lightly as it may for the lowest level, and as heavily as it may for the highest; so
does an outcome that an attorney has still to decide, or that nobody has recorded.

Source: the scheme of Secure Communities, as set out in H.R. 5007, 119th Cong.; section 8.4 of our
law notes. An offense punishable by exactly one year fits neither wording: we count it in Level 3.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from intake_app.core.casefile import Charge
from intake_app.core.convictions import Answer, under_immigration_law
from intake_app.core.fields import question
from intake_app.core.vocabulary import ChargeCategory, ChargeLevel, YesNo

YEAR = 12
"""Months in the one year that the levels turn on."""

_TRAFFIC = frozenset({ChargeCategory.DUI, ChargeCategory.NO_LICENSE, ChargeCategory.OTHER_TRAFFIC})


class IceLevel(IntEnum):
    """The levels; a greater number is the graver one."""

    NONE = 0
    THREE = 1
    TWO = 2
    ONE = 3

    @property
    def label(self) -> str:
        """As people call it."""
        return ("no level", "Level 3", "Level 2", "Level 1")[self]


@dataclass(frozen=True)
class LevelReading:
    """The level of a case, or the range it lies in.

    convictions: how many are certain; traffic: how many of these are for traffic crimes, which
    are told separately; without_traffic: lowest and highest level if these are left out.
    undecided: outcomes an attorney has still to decide. missing: questions still to be answered,
    by their labels, with how many charges lack each. exactly_a_year: convictions punishable by
    exactly 12 months. unmarked: convictions of which no attorney has said whether they are an
    aggravated felony.
    """

    lowest: IceLevel
    highest: IceLevel
    convictions: int
    traffic: int
    without_traffic: tuple[IceLevel, IceLevel]
    undecided: int
    missing: tuple[tuple[str, int], ...]
    exactly_a_year: int
    unmarked: int

    @property
    def level(self) -> IceLevel | None:
        """The level; None while it is not settled."""
        return self.lowest if self.lowest is self.highest else None

    @property
    def known(self) -> bool:
        """Whether anything is known at all: a certain conviction, or certainly none."""
        return self.convictions > 0 or self.level is not None


def is_traffic(charge: Charge) -> bool:
    """Whether it is a traffic crime, driving under the influence among them."""
    return charge.level is ChargeLevel.CRIMINAL_TRAFFIC or charge.category in _TRAFFIC


def ice_level(charges: Sequence[Charge]) -> LevelReading:
    """The level that the convictions among `charges` give."""
    answers = [(one, under_immigration_law(one)) for one in charges]
    certain = [one for one, reading in answers if reading.answer is Answer.YES]
    open_ones = [
        one for one, reading in answers if reading.answer in (Answer.ATTORNEY, Answer.UNKNOWN)
    ]
    missing: Counter[str] = Counter()
    for _, reading in answers:
        missing.update(reading.missing)
    missing.update("max_months" for one in certain if one.max_months is None)
    lowest, highest = _range(certain, open_ones)
    return LevelReading(
        lowest=lowest,
        highest=highest,
        convictions=len(certain),
        traffic=sum(map(is_traffic, certain)),
        without_traffic=_range(
            [one for one in certain if not is_traffic(one)],
            [one for one in open_ones if not is_traffic(one)],
        ),
        undecided=sum(reading.answer is Answer.ATTORNEY for _, reading in answers),
        missing=tuple((question(Charge, name).label, count) for name, count in missing.items()),
        exactly_a_year=sum(one.max_months == YEAR for one in certain),
        unmarked=sum(one.aggravated_felony not in (YesNo.YES, YesNo.NO) for one in certain),
    )


def _range(certain: Sequence[Charge], open_ones: Sequence[Charge]) -> tuple[IceLevel, IceLevel]:
    # Exactly a year counts least of all: neither among the longer ones nor among the shorter.
    return _level(certain, unknown_as=YEAR), _level([*certain, *open_ones], unknown_as=YEAR + 1)


def _level(counted: Iterable[Charge], *, unknown_as: int) -> IceLevel:
    total = longer = shorter = 0
    felony = False
    for charge in counted:
        months = unknown_as if charge.max_months is None else charge.max_months
        total += 1
        longer += months > YEAR
        shorter += months < YEAR
        felony = felony or charge.aggravated_felony is YesNo.YES
    if felony or longer >= 2:
        return IceLevel.ONE
    if longer or shorter >= 3:
        return IceLevel.TWO
    return IceLevel.THREE if total else IceLevel.NONE
