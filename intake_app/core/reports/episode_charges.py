"""What the charges of an episode say: the most serious one, its outcome, the convictions.

An answer that hangs on what is not on file, or on what an attorney has still to decide, is
“not known”: it is known only where no answer still missing could change it.
"""

from collections.abc import Callable, Sequence

from intake_app.core.casefile import Charge
from intake_app.core.convictions import (
    Answer,
    Reading,
    most_serious_charge,
    under_immigration_law,
    under_state_law,
)
from intake_app.core.ice_level import IceLevel, ice_level, is_traffic
from intake_app.core.reports.words import UNKNOWN
from intake_app.core.vocabulary import ChargeCategory, ChargeLevel, ChargeOutcome

MARIJUANA = "3562"
"""Possession of marijuana among the FBI’s NCIC offense codes."""

_OUTCOMES = {
    ChargeOutcome.PLEA: "convicted",
    ChargeOutcome.TRIAL: "convicted",
    ChargeOutcome.CONVICTED: "convicted",
    ChargeOutcome.WITHHELD: "withheld",
    ChargeOutcome.DISMISSED: "dismissed",
    ChargeOutcome.NOLLE: "dismissed",
    ChargeOutcome.NOT_GUILTY: "acquitted",
    ChargeOutcome.NGRI: "acquitted",
    ChargeOutcome.DIVERTED: "diverted",
    ChargeOutcome.DEFERRED: "diverted",
    ChargeOutcome.PENDING: "pending",
    ChargeOutcome.NO_CHARGES: "no_charge",
}
"""Reduced and vacated are not among them: they do not say how it ended in the end."""

_LEVELS = {IceLevel.ONE: "l1", IceLevel.TWO: "l2", IceLevel.THREE: "l3", IceLevel.NONE: "none"}

_NO_CRIME = (ChargeLevel.CIVIL, ChargeLevel.NONE)

_IN_CASE = ("felony", "misdemeanor", "traffic", "none")
_ON_FILE = ("felony_violent", "felony_other", "misdemeanor", "traffic", "marijuana", "none")
"""Most serious first; the place in it is how grave a conviction is."""

_CASE_GRAVITY = {
    ChargeLevel.FELONY: 0,
    ChargeLevel.MISDEMEANOR: 1,
    ChargeLevel.CRIMINAL_TRAFFIC: 2,
    ChargeLevel.INFRACTION: 2,
}


def charge_words(charges: Sequence[Charge]) -> dict[str, str]:
    """The answers about the charges, by the id of their dimension."""
    most = most_serious_charge(charges)
    if most is None:
        names = ("charge_level", "outcome", "charge_category", "conviction")
        return dict.fromkeys((*names, "worst_conviction", "ice_level"), UNKNOWN)
    level = ice_level(charges).level
    return {
        "charge_level": most.level.value if most.level else UNKNOWN,
        "outcome": outcome_of(most),
        "charge_category": most.category.value if most.category else UNKNOWN,
        "conviction": _conviction_in_case(charges),
        "worst_conviction": _conviction_on_file(charges),
        "ice_level": UNKNOWN if level is None else _LEVELS[level],
    }


def outcome_of(charge: Charge) -> str:
    """How one charge ended; a charge never filed has no other outcome."""
    if charge.outcome is None and charge.level is ChargeLevel.NONE:
        return "no_charge"
    return _OUTCOMES.get(charge.outcome or ChargeOutcome.UNKNOWN, UNKNOWN)


def _conviction_in_case(charges: Sequence[Charge]) -> str:
    """The gravest conviction by state law; pending while a charge may still become one."""
    found = _Gravest(_IN_CASE)
    for charge in charges:
        if charge.level in _NO_CRIME:
            continue
        gravity = _CASE_GRAVITY.get(charge.level or ChargeLevel.UNKNOWN)
        reading = under_state_law(charge)
        if charge.outcome is ChargeOutcome.PENDING and reading.answer is Answer.NO:
            found.pending(gravity)
        else:
            found.heard(reading, gravity)
    return found.word


def _conviction_on_file(charges: Sequence[Charge]) -> str:
    """The gravest conviction as the immigration authorities count, over all charges on file."""
    found = _Gravest(_ON_FILE)
    for charge in charges:
        # The rules leave an infraction to an attorney; TRAC counts it as traffic.
        infraction = charge.level is ChargeLevel.INFRACTION
        read: Callable[[Charge], Reading] = under_state_law if infraction else under_immigration_law
        reading = read(charge)
        if charge.level not in _NO_CRIME or reading.answer is Answer.YES:
            found.heard(reading, _gravity_on_file(charge))
    return found.word


def _gravity_on_file(charge: Charge) -> int | None:
    if charge.level is ChargeLevel.FELONY:
        return 0 if charge.category is ChargeCategory.VIOLENT else 1
    if charge.level in (ChargeLevel.CRIMINAL_TRAFFIC, ChargeLevel.INFRACTION):
        return 3
    if charge.level is not ChargeLevel.MISDEMEANOR:
        return None
    if is_traffic(charge):
        return 3
    return 4 if (charge.ncic or "").strip() == MARIJUANA else 2


class _Gravest:
    """The gravest conviction heard of, and what could still turn out graver."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._sure = self._open = self._coming = len(words) - 1

    def heard(self, reading: Reading, gravity: int | None) -> None:
        """One charge; `gravity` is None where its level is not known: it can be any."""
        if reading.answer is Answer.YES and gravity is not None:
            self._sure = min(self._sure, gravity)
        elif reading.answer is not Answer.NO:
            self._open = min(self._open, gravity or 0)

    def pending(self, gravity: int | None) -> None:
        """One charge that has not ended."""
        self._coming = min(self._coming, gravity or 0)

    @property
    def word(self) -> str:
        """The answer."""
        if self._open < self._sure:
            return UNKNOWN
        return "pending" if self._coming < self._sure else self._words[self._sure]
