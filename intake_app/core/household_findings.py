"""What follows from the household: children without anybody, means against the guideline, LSC.

What hangs on the LSC category, or on any victim fact, stands beside that question: it is in the
protected compartment, because some categories say that a person is a victim.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from intake_app.core.answers import show_date
from intake_app.core.case import CaseFile, Entry
from intake_app.core.casefile import Dependent, Household, Income, Intake
from intake_app.core.eligibility import (
    MINORS,
    GuidelinePercent,
    read_assets,
    read_means,
)
from intake_app.core.findings import Finding, Setting, Weight
from intake_app.core.lsc_findings import lsc_findings
from intake_app.core.partial_date import PartialDate
from intake_app.core.poverty_guidelines import REGIONS
from intake_app.core.vocabulary import AgeBand, CareNow, Earner, IncomeKind, Relation, YesNo

ACT_NOW = (
    "Children are alone: act now, before anything else. Ask the person held, or whoever is "
    "calling, who can be with them, and reach that person yourself (look under Safe contact "
    "first). If nobody can be reached, tell an attorney at once; for a child in danger this "
    "minute, call 911."
)

_CHILD = (Relation.CHILD, Relation.STEPCHILD)
_FAMILY = (*_CHILD, Relation.SPOUSE)
_YOUNG = (AgeBand.TO_5, AgeBand.TO_12)
_here = partial(Finding, record=Household)


def household_findings(case: CaseFile, setting: Setting) -> Iterator[Finding]:
    """Everything there is to say about the household of a case."""
    household = case.one(Household)
    dependents = case.kept(Dependent)
    yield from _children_alone(household, dependents)
    yield from _care(household, dependents)
    yield from _counts(household, dependents)
    yield from _family(household, dependents)
    yield from _means(case, setting)
    yield from _waiver(household)
    yield from lsc_findings(case, setting)


def _children_alone(
    household: Household, dependents: Sequence[Entry[Dependent]]
) -> Iterator[Finding]:
    alone = [one for one in dependents if _alone(one.record)]
    said = household.children_unattended is YesNo.YES
    if said or alone:
        parts = ["“Children unattended” is answered yes."] if said else []
        if alone:
            parts.append(f"Under 18 and with nobody: {_dependents(len(alone))}.")
        yield _here(Weight.ALARM, ACT_NOW, why=" ".join(parts))
    if said:
        yield _here(
            Weight.ALARM,
            "Act now, before anything else: who can be with the children?",
            field="children_unattended",
            why="See “What to look at” below.",
        )
    elif alone:
        yield _here(
            Weight.WARN,
            "A dependent under 18 is listed below as looked after by nobody.",
            field="children_unattended",
            why="The two answers do not agree. The alarm stands until nobody is listed so.",
        )
    for one in alone:
        yield Finding(
            Weight.ALARM,
            "A child with nobody: act now.",
            Dependent,
            why="See “What to look at” below.",
            field="care_now",
            entry_id=one.id,
        )


def _alone(dependent: Dependent) -> bool:
    return dependent.care_now is CareNow.NOBODY and dependent.age in MINORS


def _care(household: Household, dependents: Sequence[Entry[Dependent]]) -> Iterator[Finding]:
    open_ones = 0
    for one in dependents:
        words = _care_words(household, one.record)
        if words:
            open_ones += _carer_open(household, one.record)
            yield Finding(Weight.WARN, words, Dependent, field="care_now", entry_id=one.id)
        if one.record.special_need is YesNo.YES and one.record.need_note is None:
            yield Finding(
                Weight.NOTE,
                "Which need, and what must not be missed: a medicine, a machine, a doctor?",
                Dependent,
                why="Whoever has this person now has to know.",
                field="need_note",
                entry_id=one.id,
            )
    nobody_asked = household.caregiver_now is None and household.children_unattended is None
    if open_ones:
        yield _here(
            Weight.WARN,
            f"Nobody wrote down who has them now: {_dependents(open_ones)} under 18. Ask.",
            why="“Looked after by” is open or unknown in the list of dependents.",
        )
    elif household.children and nobody_asked and not dependents:
        yield _here(
            Weight.WARN,
            "There are children in the household: ask who has them now.",
            field="caregiver_now",
        )


def _carer_open(household: Household, dependent: Dependent) -> bool:
    """Whether a minor's carer is not known; one answer for all children is enough."""
    if dependent.age not in MINORS:
        return False
    unanswered = dependent.care_now is None and household.caregiver_now is None
    return unanswered or dependent.care_now is CareNow.UNKNOWN


def _care_words(household: Household, dependent: Dependent) -> str:
    age, care = dependent.age, dependent.care_now
    if _carer_open(household, dependent):
        return "Who has this child now is not known: ask."
    if care is CareNow.NOT_NEEDED and age in _YOUNG:
        return "A child under 13 needs somebody: ask again who has this child now."
    if care is CareNow.NOBODY and age in (None, AgeBand.UNKNOWN):
        return "With nobody, and the age is not known: ask the age now. Under 18 it is an alarm."
    if dependent.special_need is YesNo.YES and care in (None, CareNow.UNKNOWN, CareNow.NOBODY):
        return "Has a special medical need: find out now who looks after this person."
    return ""


def _counts(household: Household, dependents: Sequence[Entry[Dependent]]) -> Iterator[Finding]:
    minors = sum(one.record.age in MINORS for one in dependents)
    adults = sum(one.record.age is AgeBand.ADULT for one in dependents)
    why = "The size of the household decides which poverty guideline it is compared with."
    if household.adults == 0 and household.children == 0:
        yield _here(Weight.WARN, "Nobody is counted in the household.", field="adults", why=why)
    if household.children is not None and minors > household.children:
        yield _here(
            Weight.WARN,
            f"{_dependents(minors)} under 18 listed below, {household.children} counted here. If "
            "one lives elsewhere, leave it.",
            field="children",
            why=why,
        )
    if household.adults is not None and adults > household.adults:
        yield _here(
            Weight.WARN,
            f"{_dependents(adults)} of 18 or older listed below, {household.adults} counted here. "
            "If one lives elsewhere, leave it.",
            field="adults",
            why=why,
        )
    unlisted = (household.children or 0) - minors - _ageless(dependents)
    if dependents and unlisted > 0:
        yield _here(
            Weight.NOTE,
            f"{household.children} counted here, {minors} under 18 listed below: list the others "
            "too, with who has them now.",
            field="children",
        )


def _ageless(dependents: Sequence[Entry[Dependent]]) -> int:
    return sum(one.record.age in (None, AgeBand.UNKNOWN) for one in dependents)


def _family(household: Household, dependents: Sequence[Entry[Dependent]]) -> Iterator[Finding]:
    citizen = any(
        one.record.us_citizen is YesNo.YES and one.record.relation in _FAMILY for one in dependents
    )
    if citizen and household.citizen_family is not YesNo.YES:
        answered = household.citizen_family is not None
        yield _here(
            Weight.WARN if answered else Weight.NOTE,
            "A spouse or child is listed below as a U.S. citizen"
            + (": the two answers do not agree." if answered else "."),
            field="citizen_family",
        )
    if household.primary_breadwinner is Earner.YES:
        only = household.adults == 1
        yield _here(
            Weight.NOTE,
            "The household lives on what the person held earns"
            + (", and there is no other adult in it: the sole earner." if only else "."),
            why="“Primary earner”: half of the household’s income or more.",
        )


def _means(case: CaseFile, setting: Setting) -> Iterator[Finding]:
    household, rows = case.one(Household), case.kept(Income)
    opened_on = case.one(Intake).opened_on
    paid = any(row.record.amount for row in rows)
    for row in rows:
        if row.record.kind is IncomeKind.NONE and paid:
            yield Finding(
                Weight.WARN,
                "This row says there is no income, but an amount is listed.",
                Income,
                field="kind",
                entry_id=row.id,
            )
    if household.adults is None and household.children is None and not rows:
        return  # nobody has begun to ask
    day = opened_on or setting.today
    incomes = [row.record for row in rows]
    means = read_means(household, incomes, setting.reference, setting.state, day)
    if means.percent is not None:
        yield _percent(means.percent)
        if means.percent.stale:
            yield _here(
                Weight.WARN,
                "The guideline is more than 14 months older than the intake: a later one must have "
                "been published. An attorney or administrator enters it on the Office page.",
                why="HHS publishes new guidelines each January or February (42 U.S.C. 9902(2)).",
            )
    else:
        yield _here(
            Weight.NOTE,
            "Percent of the poverty guideline: not known yet. "
            + " ".join(part.why for part in means.missing),
            why="Nothing is filled in or guessed.",
        )


def _percent(means: GuidelinePercent) -> Finding:
    since = show_date(PartialDate.of(means.guideline.effective_on))
    return _here(
        Weight.NOTE,
        f"Income is {means.percent} % of the poverty guideline: {means.band.words}.",
        why=(
            f"${means.income:,.2f} a year against ${means.amount:,.2f} for a household of "
            f"{means.size}, guideline of {since} for {REGIONS[means.guideline.region]} "
            f"({means.guideline.source}), rounded up to one decimal. LSC’s ceiling is 125 % "
            "(45 C.F.R. part 1611); which income counts, your office’s own ceiling and its "
            "exceptions: check with your director. The program decides nothing."
        ),
    )


def _waiver(household: Household) -> Iterator[Finding]:
    assets = read_assets(household)
    if assets.waiver_missing:
        missing = ", ".join(f"“{label}”" for label in assets.waiver_missing)
        yield _here(
            Weight.WARN,
            f"The waiver of the asset limit is not whole. Missing: {missing}.",
            why="Recorded: who waived it (the Executive Director or a designee), when and why.",
        )
    if assets.excluded and assets.total is None:
        yield _here(
            Weight.NOTE,
            "What does not count is ticked; the amount of the other assets is open.",
            field="assets_total",
        )


def _dependents(count: int) -> str:
    return "1 dependent" if count == 1 else f"{count} dependents"
