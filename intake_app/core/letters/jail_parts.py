"""What the letters to a jail have in common: what stops them, and the parts they share.

Both lists of defects, in the request to decline and in the letter about conditions, come from the
flags of the detainer's review; nothing else says what a form lacks.
"""

from collections.abc import Iterable
from enum import StrEnum

from intake_app.core.case_clock import is_over
from intake_app.core.casefile import Custody, Person
from intake_app.core.custody_clock import NO_HOLD_FORMS
from intake_app.core.detainer_review import FlagId
from intake_app.core.letters.facts import LetterFacts
from intake_app.core.letters.rules import Asked, Blocker, WhoCanOpen, is_287g, must_comply
from intake_app.core.vocabulary import (
    DetainerForm,
    FacilityKind,
    WarrantAttached,
    YesNo,
)


class Part(StrEnum):
    """Parts that stand in a letter to a jail only where the facts and the law allow."""

    NO_WARRANT = "no_warrant"
    NO_BASIS = "no_basis"
    NOT_SERVED = "not_served"
    OLD_FORM = "old_form"
    INVESTIGATION = "investigation"
    NOT_SIGNED = "not_signed"
    BY_MOUTH = "by_mouth"
    WARRANT_UNSIGNED = "warrant_unsigned"
    WARRANT_UNDATED = "warrant_undated"
    WARRANT_LATER = "warrant_later"
    WRONG_PERSON = "wrong_person"
    DEFECTS = "defects"
    ICE_POLICY = "ice_policy"
    SERVICE_RULE = "service_rule"
    I200 = "i200"
    SEIZURE = "seizure"
    SEIZURE_11TH = "seizure_11th"
    SEIZURE_4TH = "seizure_4th"
    LIABILITY = "liability"
    COUNTY_SUED = "county_sued"
    UNLESS_287G = "unless_287g"
    COUNTY_LIABLE = "county_liable"
    SETTLEMENT = "settlement"
    VICTIM = "victim"
    CITIZEN = "citizen"
    EQUITIES = "equities"


LIABILITY_LAW = ("F07", "F11", "C20", "C34")
SEIZURE_LAW = ("C02", "C03", "C05", "F04")
FORM_LAW = ("P01", "I247AS")


def held_by_a_jail(facts: LetterFacts) -> Iterable[Blocker]:
    """A jail is asked about a person it holds."""
    if facts.out_of_custody:
        yield Blocker(
            "NOT_IN_CUSTODY",
            "The file says that this person is no longer held there. A jail can do nothing about "
            "a person it does not hold. If that is wrong, mend it under Arrest and custody.",
            WhoCanOpen.CASEWORKER,
        )
    elif facts.custody.facility_kind is FacilityKind.ICE:
        yield Blocker(
            "NOT_IN_CUSTODY",
            "The file says that the facility is run for ICE. There is no local jail to write to.",
            WhoCanOpen.CASEWORKER,
        )


def not_over(facts: LetterFacts) -> Iterable[Blocker]:
    """A detainer that has ended asks for nothing, and a judge's warrant is an order."""
    detainer = facts.detainer
    if detainer is None:
        return
    if is_over(detainer):
        what = f" ({detainer.status.label.lower()})" if detainer.status else ""
        yield Blocker(
            "DETAINER_OVER",
            f"The file says that the detainer is over{what}. There is nothing left to write about.",
            WhoCanOpen.CASEWORKER,
        )
    if detainer.warrant is WarrantAttached.JUDICIAL:
        yield Blocker(
            "JUDICIAL_WARRANT",
            "A warrant signed by a judge came with the detainer. It is an order, and this letter "
            "would be wrong.",
            WhoCanOpen.NOBODY,
        )


def asks_for_a_hold(facts: LetterFacts) -> Iterable[Blocker]:
    """A form that asks for notice or transfer alone gives no hold to write about."""
    if facts.detainer is not None and facts.detainer.form in NO_HOLD_FORMS:
        yield Blocker(
            "NOTICE_ONLY",
            f"Form {facts.detainer.form.value} does not ask the jail to hold anyone. Once release "
            "is due, choose the letter that asks for release now.",
            WhoCanOpen.NOBODY,
        )


def typed_words(facts: LetterFacts) -> Iterable[Blocker]:
    """Answers typed in free words are printed only where they give nothing away."""
    if facts.text_problem:
        yield Blocker(
            "FREE_TEXT",
            "The answer to “What should free the person” can’t be printed in a letter to a "
            f"jail: {facts.text_problem}. Reword it, or answer “Release due because”.",
            WhoCanOpen.CASEWORKER,
            asked=(Custody, "release_expected"),
        )
    if facts.consented.medical_problem:
        yield Blocker(
            "FREE_TEXT",
            "The answer to “Medical need in custody” can’t be printed in a letter to a jail: "
            f"{facts.consented.medical_problem}. Reword it.",
            WhoCanOpen.CASEWORKER,
            asked=(Person, "medical_need"),
        )


_DEFECTS = {
    FlagId.NO_WARRANT: Part.NO_WARRANT,
    FlagId.NO_BASIS: Part.NO_BASIS,
    FlagId.NOT_SIGNED: Part.NOT_SIGNED,
    FlagId.BY_MOUTH: Part.BY_MOUTH,
    FlagId.WARRANT_NOT_SIGNED: Part.WARRANT_UNSIGNED,
    FlagId.WARRANT_NOT_DATED: Part.WARRANT_UNDATED,
    FlagId.WARRANT_LATER: Part.WARRANT_LATER,
    FlagId.WRONG_PERSON: Part.WRONG_PERSON,
}
_BY_POLICY = frozenset({Part.NO_WARRANT, Part.NO_BASIS, Part.INVESTIGATION, Part.WARRANT_LATER})


def defects(facts: LetterFacts) -> frozenset[Part]:
    """What the form lacks, as its review flags it."""
    detainer, flags = facts.detainer, {flag.id for flag in facts.flags}
    if detainer is None:
        return frozenset()
    found = {part for flag, part in _DEFECTS.items() if flag in flags}
    if FlagId.OLD_FORM in flags:
        begun = detainer.investigation_box is YesNo.YES
        found.add(Part.INVESTIGATION if begun else Part.OLD_FORM)
    if FlagId.NOT_SERVED in flags and detainer.form is DetainerForm.I247A:
        # ICE's guidance says so of this form; what other editions say was not seen.
        found.add(Part.NOT_SERVED)
    return frozenset(found)


def say_defects(asked: Asked, citable: frozenset[str]) -> Iterable[Part]:
    """The list of defects, and ICE's own policy where it speaks of one of them."""
    found, detainer = set(defects(asked.facts)), asked.facts.detainer
    if Part.NOT_SERVED in found and "I247AS" in citable:
        yield Part.SERVICE_RULE
    else:
        found.discard(Part.NOT_SERVED)
    yield from found
    if found:
        yield Part.DEFECTS
    # The policy and the guidance on the form are of 2017 and speak of Form I-247A.
    if (
        found & _BY_POLICY
        and "P01" in citable
        and detainer is not None
        and detainer.form is DetainerForm.I247A
    ):
        yield Part.ICE_POLICY


def say_seizure(asked: Asked, citable: frozenset[str]) -> Iterable[Part]:
    """That a hold past release is a new seizure, by the decisions that bind or persuade here."""

    def binding(name: str) -> bool:
        return name in citable and asked.binding(name)

    detainer = asked.facts.detainer
    if "C02" in citable:
        yield Part.SEIZURE
    if binding("C03"):
        yield Part.SEIZURE_11TH
    if detainer is None:
        return
    if binding("C05") and detainer.warrant is WarrantAttached.NONE:
        # With an I-200 or I-205 the answer would be that this is the "express direction".
        yield Part.SEIZURE_4TH
    on_287g = asked.facts.custody.held_by_287g
    if detainer.warrant is WarrantAttached.I200 and on_287g is YesNo.NO and "F04" in citable:
        yield Part.I200


def say_liability(asked: Asked, citable: frozenset[str]) -> Iterable[Part]:
    """Who answers for a hold (rule R7: never of officers under a 287(g) agreement)."""
    facts = asked.facts
    if "F11" not in citable or is_287g(facts):
        return
    # Unknown is not no: then the paragraph says for whom it does not speak.
    if facts.custody.held_by_287g is YesNo.NO:
        yield Part.LIABILITY
    elif "F07" in citable:
        yield Part.LIABILITY
        yield Part.UNLESS_287G
    else:
        return
    if must_comply(asked):
        # A county that "chooses to hold" is not one that its state directs.
        return
    yield Part.COUNTY_SUED
    if "C20" in citable:
        yield Part.COUNTY_LIABLE
    if "C34" in citable:
        yield Part.SETTLEMENT


def say_equities(facts: LetterFacts) -> Iterable[Part]:
    """Family and health, only as far as a consent opened them."""
    known = facts.consented
    if known.primary_earner or known.minor_children or known.citizen_family or known.medical_need:
        yield Part.EQUITIES
