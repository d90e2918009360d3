"""Letter K1-B, about the conditions of a state law that requires compliance with detainers.

It never asks the jail to decline. It asks whether the determination was made that the state's own
law makes the condition of its duty, names what is missing, and holds the jail to 48 hours.
"""

from collections.abc import Iterable
from enum import StrEnum

from intake_app.core.custody_clock import ClockState
from intake_app.core.detainer_review import still_to_read
from intake_app.core.letters import jail_parts as jail
from intake_app.core.letters import needs
from intake_app.core.letters.jail_warnings import fact_warnings
from intake_app.core.letters.rules import (
    Asked,
    Blocker,
    KindRules,
    WhoCanOpen,
    consent_over,
    fact_consent,
    maybe_287g,
    must_comply,
    to_the_client,
)
from intake_app.core.vocabulary import DetainerForm

REQUIRED = ("F01", "F02", "C01")
"""The 48-hour limit, never without what it is paired with."""

OPTIONAL = ("C02", "C03", *jail.FORM_LAW, "I247A")

STATE_WORDS = ("duty", "condition", "no_warrant", "exception", "documents", "even_handed")
"""The words an entry of the facility's own state may have: see `state_mandates.toml`."""


class Say(StrEnum):
    """Parts of this letter alone; those it shares are `jail_parts.Part`."""

    DUTY = "duty"
    CONDITION = "condition"
    ASK_LAW = "ask_law"
    NO_ADJUDICATION = "no_adjudication"
    DEADLINES = "deadlines"
    FORM_HOURS = "form_hours"
    LACKS_WARRANT = "lacks_warrant"
    EVEN_HANDED = "even_handed"


def _mandate_only(asked: Asked) -> Iterable[Blocker]:
    if asked.state is not None and not must_comply(asked):
        yield Blocker(
            "STATE",
            f"As far as the library knows, the law of {asked.facts.state_name} does not direct "
            "jails to comply with detainers. Choose the request to decline instead.",
            WhoCanOpen.NOBODY,
        )


def _something_to_say(asked: Asked) -> Iterable[Blocker]:
    facts = asked.facts
    if facts.detainer is None or not needs.FORM.there(facts):
        return
    if jail.defects(facts) or facts.consented.victim_of or facts.consented.citizen:
        return
    unread = still_to_read(facts.detainer)
    first = f" Still to be read off the form: {'; '.join(unread)}." if unread else ""
    yield Blocker(
        "NO_DEFECT",
        "Nothing is missing on the form, and no exception is chosen to be told. Choose the request "
        f"that ICE cancel the detainer instead.{first}",
        WhoCanOpen.ATTORNEY,
        override=True,
    )


def _parts(asked: Asked, citable: frozenset[str]) -> Iterable[str]:
    facts, clock = asked.facts, asked.facts.clock

    def has(word: str) -> bool:
        return any(one.id in citable for one in asked.local(word))

    yield Say.DUTY if has("duty") else Say.ASK_LAW
    if has("condition"):
        yield Say.CONDITION
    if has("even_handed"):
        yield Say.EVEN_HANDED
    if facts.no_adjudication:
        yield Say.NO_ADJUDICATION
    yield from jail.say_defects(asked, citable)
    if jail.Part.NO_WARRANT in jail.defects(facts) and has("no_warrant"):
        yield Say.LACKS_WARRANT
    if facts.consented.victim_of and has("exception"):
        yield jail.Part.VICTIM
    if facts.consented.citizen:
        yield jail.Part.CITIZEN
    if clock is not None and clock.regulation_deadline and clock.state is not ClockState.STOPPED:
        yield Say.DEADLINES
    if facts.detainer and facts.detainer.form is DetainerForm.I247A and "I247A" in citable:
        yield Say.FORM_HOURS
    for part in jail.say_seizure(asked, citable):
        if part in (jail.Part.SEIZURE, jail.Part.SEIZURE_11TH):
            yield part


def _warnings(asked: Asked, say: frozenset[str]) -> Iterable[str]:
    state = asked.state
    if state is not None and state.rule is not None:
        yield (
            f"The law against a plain request in {asked.facts.state_name}: {state.rule.citation}. "
            f"{state.rule.rule}"
        )
        if state.stale:
            yield "That law was checked too long ago. Have an attorney check it under Authorities."
    if Say.ASK_LAW in say:
        yield (
            "No entry of the library on this state’s law may be cited today. The letter asks the "
            "jail for its legal basis instead."
        )
    if asked.facts.consented.victim_of:
        yield (
            "The letter tells the jail that the client is a victim. Enclose what shows it, and "
            "see that nobody else reads it."
        )
    yield from fact_warnings(asked.facts)


def _adverse(asked: Asked) -> Iterable[str]:
    for one in (*asked.local("duty"), *asked.local("adverse")):
        yield one.id
    for name in ("C11", "C12"):
        if asked.binding(name):
            yield name
    if maybe_287g(asked.facts):
        yield "F07"


RULES = KindRules(
    needs=needs.TO_A_JAIL,
    case_rules=(
        jail.held_by_a_jail, jail.not_over, jail.asks_for_a_hold, jail.typed_words, to_the_client,
        consent_over, fact_consent,
    ),
    rules=(_mandate_only, _something_to_say),
    required=REQUIRED,
    optional=OPTIONAL,
    say=(*Say, *jail.Part),
    parts=_parts,
    warnings=_warnings,
    state_words=STATE_WORDS,
    adverse=_adverse,
)  # fmt: skip
