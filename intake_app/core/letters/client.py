"""Letter K7, the explanation for the client: addressed only where that is safe."""

from collections.abc import Iterable
from enum import StrEnum

from intake_app.core.casefile import Contact, Detainer
from intake_app.core.custody_clock import ClockState
from intake_app.core.letters import needs
from intake_app.core.letters.facts import LetterFacts
from intake_app.core.letters.facts_client import ClientFacts
from intake_app.core.letters.rules import (
    Asked,
    Blocker,
    KindRules,
    Need,
    WhoCanOpen,
    detainer_stands,
    must_comply,
)
from intake_app.core.vocabulary import WarrantAttached


class Say(StrEnum):
    """Parts of the letter."""

    DECLINE = "decline"
    CONDITIONS = "conditions"
    EXPIRED = "expired"
    CANCEL = "cancel"
    NO_JUDGE = "no_judge"
    NO_HOLD = "no_hold"
    NOT_STARTED = "not_started"
    RUNNING = "running"
    OVER = "over"


WROTE = frozenset({Say.DECLINE, Say.CONDITIONS, Say.EXPIRED, Say.CANCEL})


def _safe(facts: LetterFacts) -> Iterable[Blocker]:
    told = facts.of(ClientFacts)
    if told.refusal:
        yield Blocker(
            "SAFE_CONTACT",
            told.refusal,
            WhoCanOpen.CASEWORKER,
            asked=(Contact, "safe_to_mail"),
        )


def _nothing_told(facts: LetterFacts) -> Iterable[Blocker]:
    if facts.wanted:
        yield Blocker(
            "NOT_HERE",
            "The explanation never tells facts that need a consent: somebody else may open it.",
            WhoCanOpen.NOBODY,
        )


def _state(asked: Asked) -> Iterable[Blocker]:
    if Say.DECLINE in asked.options.grounds and must_comply(asked):
        yield Blocker(
            "R3",
            "In this state the law directs jails to comply with detainers, so the jail was not "
            "asked to decline. Choose what was really asked.",
            WhoCanOpen.NOBODY,
        )


NEEDS: tuple[Need, ...] = (
    needs.NAME,
    needs.FACILITY,
    Need(
        "A detainer", "Form", "Detainers", Detainer, "form",
        lambda facts: facts.detainer is not None,
    ),
)  # fmt: skip

_CLOCK = {
    ClockState.NO_HOLD_REQUESTED: Say.NO_HOLD,
    ClockState.NOT_STARTED: Say.NOT_STARTED,
    ClockState.RUNNING: Say.RUNNING,
    ClockState.PLAIN_PAST_REG_RUNNING: Say.RUNNING,
    ClockState.EXPIRED_ALL_READINGS: Say.OVER,
}


def _parts(asked: Asked, _citable: frozenset[str]) -> Iterable[str]:
    yield from asked.options.grounds & WROTE
    clock, detainer = asked.facts.clock, asked.facts.detainer
    if detainer is not None and detainer.warrant is not WarrantAttached.JUDICIAL:
        yield Say.NO_JUDGE
    if clock is not None and clock.state in _CLOCK and clock.ended is None:
        yield _CLOCK[clock.state]


def _warnings(asked: Asked, say: frozenset[str]) -> Iterable[str]:
    told = asked.facts.of(ClientFacts)
    if not WROTE & say:
        yield "The letter does not say what was written for the client. Choose it, once it is sent."
    if told.reads is None:
        yield "Nobody has asked which language the client reads."
    elif asked.facts.language != told.reads.value:
        yield (
            f"The client reads {told.reads.label}. This letter is in another language: have it "
            "read to the client."
        )
    if told.to_jail or told.by_hand:
        yield "Jail staff may open and read this letter. It holds no victim facts; add none."
    if told.plain:
        yield "Use a plain envelope: nothing outside may show who sends it."
    if not asked.facts.letterhead.lines.strip():
        yield "The office has no address or telephone in its letterhead: the client can’t call."


RULES = KindRules(
    needs=NEEDS,
    case_rules=(
        _safe, detainer_stands("This letter explains one that stands."), _nothing_told,
    ),
    rules=(_state,),
    required=(),
    optional=(),
    say=Say,
    parts=_parts,
    warnings=_warnings,
)  # fmt: skip
