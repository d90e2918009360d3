"""Which parts of a letter to a jail the facts and the law allow, and what to warn of.

A part that may not stand is left out, never reworded: the letter's text keeps each under the
name given in `Say`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from intake_app.core.authorities import (
    Authority,
    Library,
    Mandate,
    StateReading,
    binds_in,
    may_cite,
)
from intake_app.core.letter_facts import LetterFacts
from intake_app.core.roles import Role
from intake_app.core.vocabulary import (
    ChargeOutcome,
    CustodyBasis,
    DetainerBox,
    DetainerForm,
    IssuedBy,
    ProbableCause,
    WarrantAttached,
    YesNo,
)

REQUIRED = ("F01", "F02", "C01")
"""Without these authorities no request to decline is written."""

OPTIONAL = ("C02", "C03", "C05", "F04", "F07", "F11", "C20", "C34", "P01")
"""These add to it; one that may not be cited takes its part of the letter away."""


class Say(StrEnum):
    """Parts of a letter that stand in it only where the facts and the law allow."""

    CHOICE = "choice"
    ASK_BASIS = "ask_basis"
    STATE_LAW = "state_law"
    NO_ADJUDICATION = "no_adjudication"
    SEIZURE = "seizure"
    SEIZURE_11TH = "seizure_11th"
    SEIZURE_4TH = "seizure_4th"
    I200 = "i200"
    NO_WARRANT = "no_warrant"
    NO_BASIS = "no_basis"
    NOT_SERVED = "not_served"
    OLD_FORM = "old_form"
    LIABILITY = "liability"
    UNLESS_287G = "unless_287g"
    COUNTY_LIABLE = "county_liable"
    SETTLEMENT = "settlement"


@dataclass(frozen=True)
class Asked:
    """One question to the gate: a letter of these facts, on this day, by this role."""

    facts: LetterFacts
    library: Library
    on: date
    role: Role
    ticked: frozenset[str]

    @property
    def state(self) -> StateReading | None:
        """What may be relied on for the facility's state."""
        return self.library.state_on(self.facts.state, self.on) if self.facts.state else None

    def refusal(self, name: str) -> str | None:
        """Why an authority, or one it is always paired with, may not be printed."""
        authority = self.library.authorities.get(name)
        if authority is None:
            return f"{name} is not in the library."
        for one in (authority, *(self.library.authorities[pair] for pair in authority.paired_with)):
            refused = may_cite(one, self.on, one.id in self.ticked)
            if refused:
                return refused
        return None

    def state_authority(self) -> Authority | None:
        """The entry a letter may cite for the state's law, where its rule may be relied on."""
        state = self.state
        if state is None or state.rule is None or state.mandate is Mandate.UNKNOWN:
            return None
        return self.library.authorities.get(state.rule.authority)


def state_name(asked: Asked) -> str:
    """The facility's state as it stands in a sentence; empty where it is not known."""
    state = asked.facts.custody.facility_state
    name = state.label if state else ""
    return f"the {name}" if name in ("District of Columbia", "Virgin Islands") else name


def _is_287g(facts: LetterFacts) -> bool:
    by_officer = facts.detainer is not None and facts.detainer.issued_by is IssuedBy.OFFICER_287G
    return facts.custody.held_by_287g is YesNo.YES or by_officer


def maybe_287g(facts: LetterFacts) -> bool:
    """Whether the hold may be under a 287(g) agreement: not known is not no."""
    return _is_287g(facts) or facts.custody.held_by_287g is not YesNo.NO


_I247D_UNTIL = date(2017, 4, 1)


def parts(asked: Asked, citable: frozenset[str], state_law: Authority | None) -> Iterable[Say]:
    """The optional parts that may stand in a request to decline."""
    facts, state = asked.facts, asked.state
    if state_law is not None and state_law.id in citable:
        yield Say.STATE_LAW
        yield Say.CHOICE
    elif state is not None and state.mandate is Mandate.PERMITS:
        yield Say.CHOICE
    else:
        yield Say.ASK_BASIS
    if facts.no_adjudication:
        yield Say.NO_ADJUDICATION
    yield from _say_seizure(asked, citable)
    yield from _say_form(asked, citable)
    if "F11" in citable and not _is_287g(facts):
        # Unknown is not no: then the paragraph says for whom it does not speak (rule R7).
        if facts.custody.held_by_287g is YesNo.NO:
            yield Say.LIABILITY
        elif "F07" in citable:
            yield Say.LIABILITY
            yield Say.UNLESS_287G
        if "C20" in citable:
            yield Say.COUNTY_LIABLE
        if "C34" in citable:
            yield Say.SETTLEMENT


def _say_seizure(asked: Asked, citable: frozenset[str]) -> Iterable[Say]:
    def binding(name: str) -> bool:
        return name in citable and binds_in(asked.library.authorities[name], asked.facts.state)

    detainer = asked.facts.detainer
    if "C02" in citable:
        yield Say.SEIZURE
    if binding("C03"):
        yield Say.SEIZURE_11TH
    if binding("C05") and detainer is not None and detainer.warrant is WarrantAttached.NONE:
        # With an I-200 or I-205 the answer would be that this is the "express direction".
        yield Say.SEIZURE_4TH


def _say_form(asked: Asked, citable: frozenset[str]) -> Iterable[Say]:
    detainer = asked.facts.detainer
    if detainer is None:
        return
    on_287g = asked.facts.custody.held_by_287g
    if detainer.warrant is WarrantAttached.I200 and on_287g is YesNo.NO and "F04" in citable:
        yield Say.I200
    issued = detainer.issued_on.first if detainer.issued_on else None
    if detainer.form is DetainerForm.I247D and issued is not None and issued > _I247D_UNTIL:
        yield Say.OLD_FORM
    # ICE's policy and its guidance on the form are of 2017 and speak of Form I-247A.
    if detainer.form is not DetainerForm.I247A or "P01" not in citable:
        return
    if detainer.warrant is WarrantAttached.NONE:
        yield Say.NO_WARRANT
    if detainer.box is DetainerBox.NEITHER and not detainer.probable_cause:
        yield Say.NO_BASIS
    if detainer.served is YesNo.NO:
        yield Say.NOT_SERVED


def warnings(asked: Asked, left_out: Mapping[str, str], say: frozenset[Say]) -> Iterable[str]:
    """Sentences for the writer of the letter: what to check, and what was left out."""
    facts, state = asked.facts, asked.state
    if state is not None and state.mandate is Mandate.UNKNOWN and asked.role is Role.ATTORNEY:
        note = f" Seen so far: {state.rule.citation}. {state.rule.rule}" if state.rule else ""
        yield (
            f"The law of {state_name(asked)} on detainers is not settled in the library. By "
            "writing this letter you say that you have checked it. The letter does not say what "
            f"state law is; it asks the agency for its legal basis.{note}"
        )
    for name, refused in left_out.items():
        if name not in REQUIRED:
            yield f"Left out of the letter: {refused}"
    if _is_287g(facts):
        yield (
            "The hold is under a 287(g) agreement: local officers then count as federal ones "
            "(8 U.S.C. § 1357(g)(8)), so the letter says nothing of liability."
        )
    elif Say.UNLESS_287G in say:
        yield (
            "Find out whether the jail holds under a 287(g) agreement and answer it under Arrest "
            "and custody. Until then the paragraph on liability leaves such officers out."
        )
    yield from _fact_warnings(facts)


def _fact_warnings(facts: LetterFacts) -> Iterable[str]:
    custody, detainer = facts.custody, facts.detainer
    if custody.in_custody is not YesNo.YES and not facts.out_of_custody:
        yield "Confirm that the person is still held there before the letter goes out."
    if custody.other_hold_at is not None or custody.custody_basis in (
        CustodyBasis.OTHER_WARRANT,
        CustodyBasis.FEDERAL,
    ):
        yield "The file speaks of another hold. The letter asks for release only when all end."
    if len(facts.known_charges) < len(facts.charges):
        yield "The outcome of a charge is not known; the letter leaves that charge out."
    if any(charge.outcome is ChargeOutcome.WITHHELD for charge in facts.charges):
        yield (
            "Adjudication was withheld. That is no adjudication of guilt in the state court, but "
            "it may be a conviction under immigration law: use this letter for the jail only."
        )
    if facts.release_text and not (
        custody.release_basis or custody.release_due_at or custody.release_due_on
    ):
        yield "The letter prints what was typed under “What should free the person”. Read it."
    if not facts.consent_recorded:
        yield "No signed consent to representation or to a letter is on file."
    if not facts.zone_known:
        yield "The facility’s time zone is not known; the office’s own zone is used."
    if detainer is None:
        return
    if detainer.form in (DetainerForm.NONE_SEEN, DetainerForm.ORAL):
        yield "Nobody here has seen the form. It may ask for notice only: ask for a copy first."
    if facts.detainers_alive > 1:
        yield "There is more than one open detainer. The letter speaks of the latest."
    if detainer.probable_cause == (ProbableCause.BIOMETRIC,):
        yield (
            "Only the database match is ticked on the form. Check the list of covered offices in "
            "the Gonzalez settlement and ask class counsel."
        )
