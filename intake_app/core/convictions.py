"""What an outcome is: a conviction under state law, and one under INA § 101(a)(48)(A).

The two are kept apart. A withheld adjudication is none in the state court and one before the
immigration authorities as soon as there were a plea or a finding and any sanction. Where the
rules are silent, or the answers of a charge do not fit together, the answer is that an attorney
decides; nothing is guessed. An attorney's own answer prevails on the federal side.

Source: 8 U.S.C. § 1101(a)(48)(A) (INA § 101(a)(48)(A)), and the rules of section 8.4 of our law
notes, which rest on it (D01 to D05).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from intake_app.core.casefile import Charge
from intake_app.core.vocabulary import (
    ChargeLevel,
    ChargeOutcome,
    GuiltBasis,
    ImmigrationConviction,
    Sanction,
    YesNo,
)

INA = "INA § 101(a)(48)(A)"
STATUTE = "8 U.S.C. § 1101(a)(48)(A)"
ELEVENTH_CIRCUIT = (
    "Mejia Rodriguez v. U.S. Dep’t of Homeland Sec., No. 09-14273 (11th Cir. Jan. 4, 2011)"
)
BOARD = "Matter of Zangwill (BIA Mar. 26, 1981)"
FLORIDA = "Fla. Stat. § 948.01"


class Answer(Enum):
    """Whether an outcome is a conviction."""

    YES = "yes"
    NO = "no"
    ATTORNEY = "an attorney decides"
    UNKNOWN = "not known yet"


@dataclass(frozen=True)
class Reading:
    """One side's answer, with its reason and where the rule comes from.

    missing: the questions of the charge that would settle it, by name. by_attorney: the answer
    is an attorney's own, typed by her, and not ours.
    """

    answer: Answer
    why: str
    source: str = ""
    missing: tuple[str, ...] = ()
    by_attorney: bool = False


class _Shown(Enum):
    """Whether one of the two elements of the definition is on file."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


class _Rule(Enum):
    """Which rule an outcome falls under."""

    JUDGMENT = "judgment of guilt"
    NONE = "no conviction"
    WITHHELD = "withheld"
    DIVERTED = "diverted"
    SILENT = "silent"
    OPEN = "open"


_RULES: dict[ChargeOutcome, _Rule] = {
    ChargeOutcome.PENDING: _Rule.NONE,
    ChargeOutcome.NO_CHARGES: _Rule.NONE,
    ChargeOutcome.DISMISSED: _Rule.NONE,
    ChargeOutcome.NOLLE: _Rule.NONE,
    ChargeOutcome.NOT_GUILTY: _Rule.NONE,
    ChargeOutcome.DIVERTED: _Rule.DIVERTED,
    ChargeOutcome.DEFERRED: _Rule.SILENT,
    ChargeOutcome.WITHHELD: _Rule.WITHHELD,
    ChargeOutcome.NGRI: _Rule.SILENT,
    ChargeOutcome.PLEA: _Rule.JUDGMENT,
    ChargeOutcome.TRIAL: _Rule.JUDGMENT,
    ChargeOutcome.CONVICTED: _Rule.JUDGMENT,
    ChargeOutcome.REDUCED: _Rule.SILENT,
    ChargeOutcome.VACATED: _Rule.SILENT,
    ChargeOutcome.UNKNOWN: _Rule.OPEN,
}

_SILENT: dict[ChargeOutcome, str] = {
    ChargeOutcome.DEFERRED: "“Deferred” does not say whether guilt was pleaded or found first.",
    ChargeOutcome.NGRI: "Our rules do not speak of a verdict of insanity.",
    ChargeOutcome.REDUCED: "“Reduced” does not say how the lesser charge ended.",
    ChargeOutcome.VACATED: "What remains of it depends on why it was vacated or expunged.",
}

_BASIS: dict[GuiltBasis | None, _Shown] = {
    GuiltBasis.GUILTY: _Shown.YES,
    GuiltBasis.NO_CONTEST: _Shown.YES,
    GuiltBasis.FOUND_GUILTY: _Shown.YES,
    GuiltBasis.FACTS_ADMITTED: _Shown.YES,
    GuiltBasis.NONE: _Shown.NO,
    GuiltBasis.UNKNOWN: _Shown.OPEN,
    None: _Shown.OPEN,
}

_ASK_PLEA = ("guilt_basis",)
_ASK_SANCTION = ("sanctions",)

_NO_PLEA = Reading(Answer.NO, "No plea or finding of guilt is on file.", STATUTE)
_ODD = "a plea or finding, or a sanction, is on file: the answers do not fit together."
_ODD_NONE = Reading(Answer.ATTORNEY, f"It ended without guilt, yet {_ODD}", STATUTE)
_WITHHELD_YES = Reading(
    Answer.YES,
    "Guilt was pleaded or found, or the facts admitted, and the court imposed something: then "
    "even a withheld adjudication counts.",
    f"{STATUTE}; {ELEVENTH_CIRCUIT}; {BOARD}",
)
_WITHHELD_BARE = Reading(Answer.ATTORNEY, "Withheld, with no sanction at all.", STATUTE)
_WITHHELD_NO_PLEA = Reading(
    Answer.ATTORNEY, "Withheld, yet neither plea nor finding nor admitted facts.", STATUTE
)
_WITHHELD_ASK = "A withheld adjudication counts if guilt was pleaded or found and anything imposed."

_Y, _N, _O = _Shown.YES, _Shown.NO, _Shown.OPEN
_ANY = (_Y, _N, _O)


def _same(reading: Reading) -> dict[_Shown, Reading]:
    return dict.fromkeys(_ANY, reading)


# First the rule, then whether a plea or finding is on file, then whether a sanction is.
_FEDERAL: dict[_Rule, dict[_Shown, dict[_Shown, Reading]]] = {
    _Rule.JUDGMENT: dict.fromkeys(
        _ANY, _same(Reading(Answer.YES, "A court entered a judgment of guilt.", STATUTE))
    ),
    _Rule.NONE: {
        _Y: _same(_ODD_NONE),
        _N: _same(_NO_PLEA),
        _O: {_Y: _ODD_NONE, _N: _NO_PLEA, _O: _NO_PLEA},
    },
    _Rule.WITHHELD: {
        _Y: {
            _Y: _WITHHELD_YES,
            _N: _WITHHELD_BARE,
            _O: Reading(Answer.UNKNOWN, _WITHHELD_ASK, STATUTE, _ASK_SANCTION),
        },
        _N: _same(_WITHHELD_NO_PLEA),
        _O: {
            _Y: Reading(Answer.UNKNOWN, _WITHHELD_ASK, STATUTE, _ASK_PLEA),
            _N: _WITHHELD_BARE,
            _O: Reading(Answer.UNKNOWN, _WITHHELD_ASK, STATUTE, _ASK_PLEA + _ASK_SANCTION),
        },
    },
    _Rule.DIVERTED: {
        _Y: _same(
            Reading(Answer.ATTORNEY, "Diverted after a plea, a finding or admitted facts.", STATUTE)
        ),
        _N: _same(Reading(Answer.NO, "Diverted before any plea or finding.", STATUTE)),
        _O: _same(
            Reading(
                Answer.UNKNOWN,
                "Diverted before a plea it is none; after one an attorney decides.",
                STATUTE,
                _ASK_PLEA,
            )
        ),
    },
    _Rule.SILENT: dict.fromkeys(_ANY, _same(Reading(Answer.ATTORNEY, "", STATUTE))),
    _Rule.OPEN: dict.fromkeys(
        _ANY, _same(Reading(Answer.UNKNOWN, "The outcome is not known.", "", ("outcome",)))
    ),
}

_OWN: dict[ImmigrationConviction, Answer] = {
    ImmigrationConviction.YES: Answer.YES,
    ImmigrationConviction.NO: Answer.NO,
    ImmigrationConviction.UNCLEAR: Answer.ATTORNEY,
}

_NO_CRIME = frozenset({ChargeLevel.INFRACTION, ChargeLevel.CIVIL, ChargeLevel.NONE})


def under_state_law(charge: Charge) -> Reading:
    """Whether an adjudication of guilt was entered in the state court: yes, no, or not known.

    "No adjudication of guilt has been entered" may be said to a jail only where this is no.
    """
    rule = _rule(charge)
    if rule is _Rule.JUDGMENT:
        return Reading(Answer.YES, "The court adjudicated guilt.")
    if rule is _Rule.WITHHELD:
        why = "Adjudication was withheld, so none was entered; in another state than Florida an"
        return Reading(Answer.NO, f"{why} attorney looks at what withholding means there.", FLORIDA)
    if rule is _Rule.NONE:
        if by_rule(charge).answer is Answer.NO:
            return Reading(Answer.NO, "It has not ended in guilt.")
        return Reading(Answer.UNKNOWN, f"It has not ended in guilt, yet {_ODD}")
    if rule is _Rule.DIVERTED and _BASIS[charge.guilt_basis] is _N:
        return Reading(Answer.NO, "Diverted before any plea or finding.")
    if rule is _Rule.OPEN:
        return Reading(Answer.UNKNOWN, "The outcome is not known.", "", ("outcome",))
    return Reading(
        Answer.UNKNOWN, "It may follow guilt that a court has accepted: see the court record."
    )


def under_immigration_law(charge: Charge) -> Reading:
    """Whether it is a conviction under INA § 101(a)(48)(A); an attorney's own answer prevails."""
    ours = by_rule(charge)
    own = charge.immigration_conviction
    if own is None:
        return ours
    answer = _OWN[own]
    why = "An attorney’s own answer."
    if answer is not ours.answer:
        why += f" Our rule alone says: {ours.answer.value}."
    return Reading(answer, why, STATUTE, by_attorney=True)


def by_rule(charge: Charge) -> Reading:
    """What the rules say under INA § 101(a)(48)(A), whatever an attorney has answered."""
    reading = _FEDERAL[_rule(charge)][_BASIS[charge.guilt_basis]][_imposed(charge)]
    if charge.outcome in _SILENT:
        return replace(reading, why=_SILENT[charge.outcome])
    if reading.answer is Answer.YES and charge.level in _NO_CRIME:
        why = "It is recorded as no crime (infraction, ordinance or civil matter)."
        return Reading(Answer.ATTORNEY, why, STATUTE)
    return reading


def _rule(charge: Charge) -> _Rule:
    return _RULES[charge.outcome or ChargeOutcome.UNKNOWN]


def _imposed(charge: Charge) -> _Shown:
    """The second element: any punishment, penalty or restraint, suspended or not."""
    named = frozenset(charge.sanctions or ())
    if named - {Sanction.NONE} or charge.sentence_days or charge.suspended_days:
        return _Shown.YES
    return _Shown.NO if named else _Shown.OPEN


def convictions(charges: Iterable[Charge]) -> tuple[Charge, ...]:
    """The charges that are convictions under INA § 101(a)(48)(A) for certain."""
    return tuple(one for one in charges if under_immigration_law(one).answer is Answer.YES)


def state_convictions(charges: Iterable[Charge]) -> tuple[Charge, ...]:
    """The charges in which a state court adjudicated guilt for certain."""
    return tuple(one for one in charges if under_state_law(one).answer is Answer.YES)


_LEVELS = tuple(ChargeLevel)
"""Most serious first; unknown last."""

_GRAVEST_FIRST = (
    ChargeOutcome.TRIAL,
    ChargeOutcome.PLEA,
    ChargeOutcome.CONVICTED,
    ChargeOutcome.REDUCED,
    ChargeOutcome.WITHHELD,
    ChargeOutcome.DEFERRED,
    ChargeOutcome.DIVERTED,
    ChargeOutcome.PENDING,
    ChargeOutcome.NGRI,
    ChargeOutcome.NOT_GUILTY,
    ChargeOutcome.VACATED,
    ChargeOutcome.NOLLE,
    ChargeOutcome.DISMISSED,
    ChargeOutcome.NO_CHARGES,
    ChargeOutcome.UNKNOWN,
)


def most_serious_charge(charges: Iterable[Charge]) -> Charge | None:
    """The charge that stands for the case: the one marked so, else by level, then by outcome."""

    def order(charge: Charge) -> tuple[bool, int, int]:
        return (charge.top_charge is not YesNo.YES, *_gravity(charge))

    return min(charges, key=order, default=None)


def most_serious_conviction(charges: Sequence[Charge]) -> Charge | None:
    """The gravest conviction under INA § 101(a)(48)(A); None where none is certain.

    By level, then an attorney's mark of aggravated felony, then the longest sentence by law. Which
    charge was marked as the most serious says nothing here: it may have been dismissed.
    """
    return _gravest(convictions(charges))


def most_serious_state_conviction(charges: Sequence[Charge]) -> Charge | None:
    """The gravest charge in which a state court adjudicated guilt; None where none is certain."""
    return _gravest(state_convictions(charges))


def _gravest(found: Iterable[Charge]) -> Charge | None:
    def order(charge: Charge) -> tuple[int, bool, int, int]:
        level, outcome = _gravity(charge)
        marked = charge.aggravated_felony is YesNo.YES
        return (level, not marked, -(charge.max_months or 0), outcome)

    return min(found, key=order, default=None)


def _gravity(charge: Charge) -> tuple[int, int]:
    return (
        _LEVELS.index(charge.level or ChargeLevel.UNKNOWN),
        _GRAVEST_FIRST.index(charge.outcome or ChargeOutcome.UNKNOWN),
    )
