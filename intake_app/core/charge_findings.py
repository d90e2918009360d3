"""What the program says about charges: convictions, the ICE level, the federal screen."""

from collections.abc import Iterator, Sequence

from intake_app.core import convictions
from intake_app.core.case import CaseFile, Entry
from intake_app.core.casefile import Charge, Immigration
from intake_app.core.convictions import Answer, Reading
from intake_app.core.federal_screen import (
    ACT,
    CONSEQUENCE,
    CUSTODY_LIST,
    FIRST_ELEMENT,
    LISTED,
    MEANING,
    FederalScreen,
    Present,
    federal_screen,
    is_listed,
)
from intake_app.core.findings import Finding, Setting, Weight
from intake_app.core.ice_level import YEAR, IceLevel, LevelReading, ice_level
from intake_app.core.vocabulary import DvRelation, Sanction

_STATE = {
    Answer.YES: "conviction",
    Answer.NO: "no conviction",
    Answer.UNKNOWN: "not known yet",
}
LEVELS_FROM = (
    "From convictions only, never from charges: the scheme of Secure Communities, as in "
    "H.R. 5007, 119th Cong. ICE’s own label may differ."
)
DV_GROUND = (
    "8 U.S.C. § 1227(a)(2)(E)(i)–(ii): convictions of domestic violence, stalking or child abuse, "
    "and findings that a protection order was violated, are grounds of removal. Screening only; an "
    "attorney decides."
)
SCREENING = (
    "It directs the federal government, not the jail. Acts that were admitted can count without a "
    "conviction. Screening only; an attorney decides."
)
_DV = {
    DvRelation.PARTNER_IS_VICTIM: "The alleged victim is the client’s partner",
    DvRelation.CROSS_ARREST: "Both were arrested",
    DvRelation.VICTIM_ARRESTED: "The victim was arrested",
}


def charge_findings(case: CaseFile, _setting: Setting) -> Iterator[Finding]:
    """Beside each charge what its outcome means; in the section's card what follows from all."""
    charges = case.all(Charge)
    for entry in case.kept(Charge):
        yield from _of_one(entry)
    if not charges:
        return
    yield _level(ice_level(charges))
    yield from _most_serious(charges)
    yield from _custody(federal_screen(charges))


def _of_one(entry: Entry[Charge]) -> Iterator[Finding]:
    charge = entry.record
    if charge.outcome is not None or charge.immigration_conviction is not None:
        yield _beside(entry, "outcome", *conviction_line(charge))
    named = charge.sanctions or ()
    if Sanction.NONE in named and len(named) > 1:
        words = "“None at all” and a sanction are both ticked: take one of them out."
        yield _beside(entry, "sanctions", words, "", Weight.WARN)
    if charge.max_months == YEAR:
        words = "Exactly 12 months fits neither wording of the ICE levels; we count it in Level 3."
        yield _beside(entry, "max_months", words, LEVELS_FROM)
    if is_listed(charge) is Present.YES:
        words = f"Listed in {LISTED}: it counts however the charge ended."
        yield _beside(entry, "listed_offense", words, f"{ACT}. {MEANING}", Weight.WARN)
    if charge.dv_relation in _DV:
        words = f"{_DV[charge.dv_relation]}: warn the client and defense counsel before any plea."
        yield _beside(entry, "dv_relation", words, DV_GROUND, Weight.WARN)


def _beside(
    entry: Entry[Charge], field: str, words: str, why: str, weight: Weight = Weight.NOTE
) -> Finding:
    return Finding(weight, words, Charge, why, field, entry.id)


def conviction_line(charge: Charge) -> tuple[str, str]:
    """What an outcome is under either law, in one line, and where that comes from."""
    state = convictions.under_state_law(charge)
    federal = convictions.under_immigration_law(charge)
    line = f"Under state law: {_STATE[state.answer]}. Under {convictions.INA}: {_federal(federal)}."
    source = "; ".join(filter(None, (state.source, federal.source)))
    return f"{line} {federal.why}".strip(), f"{state.why} {source}".strip()


def _federal(reading: Reading) -> str:
    if reading.by_attorney and reading.answer in (Answer.YES, Answer.NO):
        return f"{reading.answer.value}, says an attorney"
    return reading.answer.value


def _level(read: LevelReading) -> Finding:
    said = [_range_words(read)]
    if read.convictions:
        said.append(f"It counts {_count(read.convictions, 'conviction')}.")
    if read.missing:
        lacking = "; ".join(f"{label} ({count})" for label, count in read.missing)
        said.append(f"Still to be answered: {lacking}.")
    if read.undecided:
        said.append(f"An attorney has still to decide about {_count(read.undecided, 'outcome')}.")
    if read.traffic:
        without = _between(*read.without_traffic)
        said.append(
            f"Traffic crimes among the convictions: {read.traffic}; without any: {without}."
        )
    if read.exactly_a_year:
        said.append("One punishable by exactly 12 months is counted in Level 3.")
    if read.unmarked and read.highest is not IceLevel.ONE:
        said.append("An attorney has not said whether any is an aggravated felony (Level 1).")
    settled = read.level is not None or not (read.convictions or read.undecided)
    weight = Weight.NOTE if settled else Weight.WARN
    return Finding(weight, " ".join(said), Charge, LEVELS_FROM)


def _range_words(read: LevelReading) -> str:
    if read.level is not None:
        return f"ICE level: {read.level.label}."
    if not read.known:
        return f"ICE level: not known yet ({_between(read.lowest, read.highest)})."
    return f"ICE level: not settled, {_between(read.lowest, read.highest)}."


def _between(lowest: IceLevel, highest: IceLevel) -> str:
    return lowest.label if lowest is highest else f"from {lowest.label} to {highest.label}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _most_serious(charges: Sequence[Charge]) -> Iterator[Finding]:
    charge = convictions.most_serious_charge(charges)
    if charge is not None and (charge.level or charge.charge_text):
        yield Finding(Weight.NOTE, f"Most serious charge: {named(charge)}.", Charge)
    gravest = convictions.most_serious_conviction(charges)
    in_state = convictions.most_serious_state_conviction(charges)
    told = f"Most serious conviction under {convictions.INA}"
    if gravest is not None:
        yield Finding(Weight.NOTE, f"{told}: {named(gravest)}.", Charge)
    else:
        answers = {convictions.under_immigration_law(one).answer for one in charges}
        none = "none" if answers == {Answer.NO} else "none is certain yet"
        yield Finding(Weight.NOTE, f"{told}: {none}.", Charge)
    if in_state is not None and in_state is not gravest:
        words = f"Most serious conviction under state law: {named(in_state)}."
        yield Finding(Weight.NOTE, words, Charge)


def named(charge: Charge) -> str:
    """`Battery (misdemeanor), dismissed`: a charge in a few words."""
    level = charge.level.label.lower() if charge.level else "level not recorded"
    text = f"{charge.charge_text} ({level})" if charge.charge_text else level
    return f"{text}, {charge.outcome.label.lower()}" if charge.outcome else text


def _custody(screen: FederalScreen) -> Iterator[Finding]:
    if screen.listed is Present.YES:
        found = ", ".join(offense.label.lower() for offense in screen.offenses)
        words = f"An offense listed in {LISTED} is on file ({found}). {CONSEQUENCE}"
        yield Finding(Weight.WARN, words, Charge, f"{FIRST_ELEMENT} {ACT}.")
    elif screen.unasked:
        words = (
            f"Whether an offense is listed in {LISTED} is not known yet for "
            f"{_count(screen.unasked, 'charge')}: answer it before anybody asks ICE to lift."
        )
        yield Finding(Weight.NOTE, words, Charge, f"{ACT}.")
    else:
        words = f"None of these charges is listed in {LISTED}. Earlier arrests count as well: ask."
        yield Finding(Weight.FINE, words, Charge, f"{ACT}.")
    if screen.to_screen:
        first = f" Look first: {'; '.join(screen.grounds)}." if screen.grounds else ""
        words = (
            f"An attorney screens what is, or may be, a conviction ({screen.to_screen}) against "
            f"{CUSTODY_LIST} before anybody asks ICE to lift.{first}"
        )
        yield Finding(Weight.WARN, words, Charge, SCREENING)


def entry_findings(case: CaseFile, _setting: Setting) -> Iterator[Finding]:
    """Beside the manner of entry: what may not be volunteered where an offense is listed."""
    if federal_screen(case.all(Charge)).listed is Present.YES:
        words = "A listed offense is on file: do not volunteer this to anybody outside the office."
        why = f"With {LISTED} it may make ICE’s custody mandatory. {ACT}."
        yield Finding(Weight.WARN, words, Immigration, why, "manner_of_entry")
