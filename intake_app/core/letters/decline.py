"""Letter K1-A, the plain request to decline an immigration detainer: its rules and its parts."""

from collections.abc import Iterable
from enum import StrEnum

from intake_app.core.authorities import COMPLY, VERIFIED, Mandate
from intake_app.core.custody_clock import NO_HOLD_FORMS
from intake_app.core.letters import jail_parts as jail
from intake_app.core.letters import needs
from intake_app.core.letters.facts import LetterFacts
from intake_app.core.letters.jail_warnings import fact_warnings, liability_warnings
from intake_app.core.letters.rules import (
    Asked,
    Blocker,
    KindRules,
    WhoCanOpen,
    consent_over,
    fact_consent,
    maybe_287g,
    to_the_client,
)
from intake_app.core.roles import Role
from intake_app.core.vocabulary import DetainerAsks

REQUIRED = ("F01", "F02", "C01")
"""Without these authorities no request to decline is written."""

OPTIONAL = (*jail.SEIZURE_LAW, *jail.FORM_LAW, *jail.LIABILITY_LAW)
"""These add to it; one that may not be cited takes its part of the letter away."""


class Say(StrEnum):
    """Parts of this letter alone; those it shares are `jail_parts.Part`."""

    CHOICE = "choice"
    ASK_BASIS = "ask_basis"
    STATE_LAW = "state_law"
    NO_ADJUDICATION = "no_adjudication"


def _state_gate(asked: Asked) -> Iterable[Blocker]:
    state = asked.state
    if state is None:
        return
    place = asked.facts.state_name
    if state.mandate in COMPLY and state.rule is not None:
        unsure = "" if state.rule.status in VERIFIED else " (reported; its text was not yet seen)"
        some = ", in the cases it lists," if state.mandate is Mandate.REQUIRES_COND else ""
        yield Blocker(
            "R3",
            f"In {place} the law directs jails{some} to comply with detainers: "
            f"{state.rule.citation}{unsure}. A letter that says the jail may decline would be "
            "wrong there. Choose the letter about the conditions of state law instead.",
            WhoCanOpen.NOBODY,
        )
    elif state.mandate is Mandate.UNKNOWN and asked.role is not Role.ATTORNEY:
        old = "was checked too long ago" if state.stale else "is not in the library"
        yield Blocker(
            "STATE_UNKNOWN",
            f"The law of {place} on detainers {old}. An attorney must check it before this "
            "letter can be written.",
            WhoCanOpen.ATTORNEY,
        )


def _asks_for_notice(facts: LetterFacts) -> Iterable[Blocker]:
    detainer = facts.detainer
    if detainer is None or detainer.form in NO_HOLD_FORMS:
        return
    if detainer.asks and DetainerAsks.HOLD not in detainer.asks:
        yield Blocker(
            "NOTICE_ONLY",
            "The file says that this detainer does not ask for a hold. If it does, mend “Asks "
            "the jail to” under Detainers.",
            WhoCanOpen.CASEWORKER,
        )


def _parts(asked: Asked, citable: frozenset[str]) -> Iterable[str]:
    facts, state, state_law = asked.facts, asked.state, asked.state_authority()
    if state_law is not None and state_law.id in citable:
        yield Say.STATE_LAW
        yield Say.CHOICE
    elif state is not None and state.mandate is Mandate.PERMITS:
        yield Say.CHOICE
    else:
        yield Say.ASK_BASIS
    if facts.no_adjudication:
        yield Say.NO_ADJUDICATION
    yield from jail.say_seizure(asked, citable)
    yield from jail.say_defects(asked, citable)
    yield from jail.say_liability(asked, citable)
    yield from jail.say_equities(facts)


def _warnings(asked: Asked, _say: frozenset[str]) -> Iterable[str]:
    facts, state = asked.facts, asked.state
    if state is not None and state.mandate is Mandate.UNKNOWN and asked.role is Role.ATTORNEY:
        rule = state.rule
        note = f" Seen so far: {rule.citation}. {rule.rule}" if rule and rule.citation else ""
        yield (
            f"The law of {asked.facts.state_name} on detainers is not settled in the library. By "
            "writing this letter you say that you have checked it. The letter does not say what "
            f"state law is; it asks the agency for its legal basis.{note}"
        )
    yield from liability_warnings(facts)
    yield from fact_warnings(facts)


def _adverse(asked: Asked) -> Iterable[str]:
    if maybe_287g(asked.facts):
        yield "F07"


RULES = KindRules(
    needs=needs.TO_A_JAIL,
    case_rules=(
        jail.held_by_a_jail, jail.not_over, jail.asks_for_a_hold, _asks_for_notice,
        jail.typed_words, to_the_client, consent_over, fact_consent,
    ),
    rules=(_state_gate,),
    required=REQUIRED,
    optional=OPTIONAL,
    say=(*Say, *jail.Part),
    parts=_parts,
    warnings=_warnings,
    cites_state=True,
    adverse=_adverse,
)  # fmt: skip
