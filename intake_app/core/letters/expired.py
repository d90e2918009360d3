"""Letter K2: the 48 hours are over, release now.

The clock is the desk's. The letter is written only once the latest reading has passed; before it
an attorney may open the variant for Form I-247A, whose own 48 hours leave out no days. A form
that asks for notice only gave no hours at all: then every hour past release is too many.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from intake_app.core.casefile import Custody
from intake_app.core.custody_clock import ClockState
from intake_app.core.letters import jail_parts as jail
from intake_app.core.letters import needs
from intake_app.core.letters.facts import LetterFacts
from intake_app.core.letters.jail_warnings import fact_warnings, liability_warnings
from intake_app.core.letters.rules import (
    Asked,
    Blocker,
    KindRules,
    Need,
    WhoCanOpen,
    consent_over,
    fact_consent,
    maybe_287g,
    must_comply,
    to_the_client,
)
from intake_app.core.roles import Role
from intake_app.core.vocabulary import CustodyBasis, DetainerForm

REQUIRED = ("F01", "F02", "C01")
OPTIONAL = ("C02", "C03", "C35", "F07", "F11", "C20", "C34", "I247A", "I247G")


class Say(StrEnum):
    """Parts of this letter alone; those it shares are `jail_parts.Part`."""

    ALL_READINGS = "all_readings"
    FORM_ONLY = "form_only"
    NO_HOLD = "no_hold"
    NOTICE_FORM = "notice_form"
    FORM_HOURS = "form_hours"
    OKLAHOMA = "oklahoma"
    STATE_MANDATE = "state_mandate"
    NEXT_STEP = "next_step"


def _due_known(facts: LetterFacts) -> bool:
    return bool(facts.custody.release_due_at or facts.custody.release_due_on)


DUE = Need(
    "When release was due",
    "Release due",
    needs.CUSTODY,
    Custody,
    "release_due_at",
    _due_known,
)
PROOF = Need(
    "How the time of release is known",
    "Release known from",
    needs.CUSTODY,
    Custody,
    "release_known_from",
    lambda facts: facts.custody.release_known_from is not None,
)
CONFIRMED = Need(
    "When custody was confirmed",
    "Custody confirmed",
    needs.CUSTODY,
    Custody,
    "custody_confirmed_at",
    lambda facts: facts.custody.custody_confirmed_at is not None,
)
BY_WHOM = Need(
    "Who confirmed it",
    "Confirmed by",
    needs.CUSTODY,
    Custody,
    "custody_known_from",
    lambda facts: facts.custody.custody_known_from is not None,
)

NEEDS: tuple[Need, ...] = (
    needs.NAME, needs.BOOKING, needs.FACILITY, needs.STATE, needs.FORM,
    DUE, PROOF, CONFIRMED, BY_WHOM,
)  # fmt: skip


def _other_hold(facts: LetterFacts) -> Iterable[Blocker]:
    other = facts.custody.custody_basis in (CustodyBasis.OTHER_WARRANT, CustodyBasis.FEDERAL)
    if facts.custody.other_hold_at is not None or other:
        yield Blocker(
            "OTHER_HOLD",
            "The file says that something else holds the person too. Then the hours of the "
            "detainer prove nothing. If that is over, mend it under Arrest and custody.",
            WhoCanOpen.CASEWORKER,
            asked=(Custody, "other_hold_at"),
        )


def _clock(facts: LetterFacts) -> Iterable[Blocker]:
    clock = facts.clock
    if not _due_known(facts):
        return
    if clock is None or clock.start_latest is None:
        yield Blocker(
            "CLOCK",
            "The 48 hours can’t be counted from the dates of this case. Mend “Release due” under "
            "Arrest and custody.",
            WhoCanOpen.CASEWORKER,
        )
    elif clock.state is ClockState.PLAIN_PAST_REG_RUNNING:
        own = facts.detainer is not None and facts.detainer.form is DetainerForm.I247A
        opened = (
            "An attorney may write the letter all the same, on the words of Form I-247A alone."
            if own
            else "Wait until then."
        )
        yield Blocker(
            "CLOCK",
            "Plain 48 hours are over, but with Saturdays, Sundays and holidays left out they run "
            f"on until {_when(clock.regulation_deadline)}. {opened}",
            WhoCanOpen.ATTORNEY if own else WhoCanOpen.NOBODY,
            override=own,
        )
    elif clock.state is ClockState.NO_HOLD_REQUESTED:
        if not clock.hours_over:
            yield Blocker("CLOCK", "Release is not due yet.", WhoCanOpen.NOBODY)
    elif clock.state is not ClockState.EXPIRED_ALL_READINGS:
        until = clock.regulation_deadline
        ends = f" They end {_when(until)}." if until and until > facts.now else ""
        yield Blocker(
            "CLOCK", f"The 48 hours are not over in every reading.{ends}", WhoCanOpen.NOBODY
        )


def _confirmed_late_enough(facts: LetterFacts) -> Iterable[Blocker]:
    """Nobody is said to be held past a time after which nobody asked."""
    confirmed, relied = facts.custody.custody_confirmed_at, ends_at(facts)
    if confirmed is None or relied is None:
        return
    if confirmed > facts.now:
        why = "“Custody confirmed” lies in the future. Mend it."
    elif confirmed <= relied < facts.now:
        why = (
            "Custody was last confirmed before the time was over. Call the jail, and answer "
            "“Custody confirmed” anew."
        )
    else:
        return
    yield Blocker(
        "CONFIRM",
        why,
        WhoCanOpen.CASEWORKER,
        asked=(Custody, "custody_confirmed_at"),
    )


def ends_at(facts: LetterFacts) -> datetime | None:
    """The moment past which the letter says that the person is held too long."""
    clock = facts.clock
    if clock is None:
        return None
    if clock.state is ClockState.NO_HOLD_REQUESTED:
        return clock.start_latest
    plain_only = clock.state is ClockState.PLAIN_PAST_REG_RUNNING
    return clock.plain_latest if plain_only else clock.regulation_deadline


def _when(moment: datetime | None) -> str:
    return f"{moment:%A, %B} {moment.day}, {moment:%H:%M %Z}" if moment else ""


def _parts(asked: Asked, citable: frozenset[str]) -> Iterable[str]:
    facts, clock = asked.facts, asked.facts.clock
    form = facts.detainer.form if facts.detainer else None
    if clock is not None and clock.state is ClockState.NO_HOLD_REQUESTED:
        yield Say.NO_HOLD
        if form is DetainerForm.I247G and "I247G" in citable:
            yield Say.NOTICE_FORM
    else:
        variant = clock is not None and clock.state is ClockState.PLAIN_PAST_REG_RUNNING
        yield Say.FORM_ONLY if variant else Say.ALL_READINGS
        if form is DetainerForm.I247A and "I247A" in citable:
            yield Say.FORM_HOURS
        if "C35" in citable and not variant:
            yield Say.OKLAHOMA
    if must_comply(asked):
        yield Say.STATE_MANDATE
    for part in jail.say_seizure(asked, citable):
        if part in (jail.Part.SEIZURE, jail.Part.SEIZURE_11TH):
            yield part
    yield from jail.say_liability(asked, citable)
    if asked.facts.next_step:
        yield Say.NEXT_STEP


def _next_step(asked: Asked) -> Iterable[Blocker]:
    if asked.facts.next_step and asked.role is not Role.ATTORNEY:
        yield Blocker(
            "NEXT_STEP",
            "Only the signing attorney says what follows, such as a petition for habeas corpus. "
            "Leave it out, or have an attorney write it.",
            WhoCanOpen.ATTORNEY,
        )


def _warnings(asked: Asked, _say: frozenset[str]) -> Iterable[str]:
    clock = asked.facts.clock
    yield "Call the jail before this letter goes out: a person already free makes it wrong."
    if clock is not None and clock.regulation_statute_dates != clock.regulation_deadline:
        yield "The later deadline leaves out a day that is no holiday of the federal list."
    yield from liability_warnings(asked.facts)
    yield from fact_warnings(asked.facts)


def _adverse(asked: Asked) -> Iterable[str]:
    for one in asked.local("duty"):
        yield one.id
    if maybe_287g(asked.facts):
        yield "F07"


RULES = KindRules(
    needs=NEEDS,
    case_rules=(
        jail.held_by_a_jail, jail.not_over, _other_hold, _clock, _confirmed_late_enough,
        to_the_client, consent_over, fact_consent,
    ),
    rules=(_next_step,),
    required=REQUIRED,
    optional=OPTIONAL,
    say=(*Say, *jail.Part),
    parts=_parts,
    warnings=_warnings,
    adverse=_adverse,
)  # fmt: skip
