"""What every kind of letter is asked: the rules they share, and the shape of a kind's own.

Each kind is one module beside this one that makes a `KindRules`; `gate.py` holds their table.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from intake_app.core.authorities import (
    COMPLY,
    Authority,
    Library,
    Mandate,
    StateReading,
    binds_in,
    may_cite,
)
from intake_app.core.case_clock import is_over
from intake_app.core.casefile import Consent
from intake_app.core.consents import ConsentState
from intake_app.core.letters.addressees import recipient_of
from intake_app.core.letters.facts import LetterFacts
from intake_app.core.letters.options import LetterOptions
from intake_app.core.roles import Act, Role, may
from intake_app.core.vocabulary import FactGroup, IssuedBy, YesNo


class WhoCanOpen(StrEnum):
    """Who can take a block away."""

    NOBODY = "nobody"
    ATTORNEY = "attorney"
    CASEWORKER = "whoever keeps the case"
    OTHER_ROLE = "paralegal, attorney or administrator"


@dataclass(frozen=True)
class Blocker:
    """One reason why the letter may not be written; `why` is a sentence for the user.

    override: whether an attorney may write the letter all the same, with a typed reason that is
    kept with it.
    asked: the record and the field to answer where an answer is missing.
    """

    rule: str
    why: str
    who_can_open: WhoCanOpen
    override: bool = False
    asked: tuple[type, str] | None = None


@dataclass(frozen=True)
class Need:
    """A fact that a letter needs: what people call it, and where it is answered."""

    words: str
    question: str
    section: str
    record: type
    field: str
    there: Callable[[LetterFacts], bool]


@dataclass(frozen=True)
class Asked:
    """One question to the gate: a letter of these facts, on this day, by this role.

    unchecked: the letter is to be approved, in a translation that nobody has checked.
    """

    facts: LetterFacts
    library: Library
    on: date
    role: Role
    options: LetterOptions
    unchecked: bool = False

    @property
    def ticked(self) -> frozenset[str]:
        """What a named lawyer has checked for this letter; a tick of anybody else is not heard."""
        return self.options.ticked if self.role is Role.ATTORNEY else frozenset()

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
            refused = may_cite(one, self.on, one.id in self.ticked, self.facts.state)
            if refused:
                return refused
        return None

    def binding(self, name: str) -> bool:
        """Whether an authority binds the facility (rule R4)."""
        known = self.library.authorities.get(name)
        return known is not None and binds_in(known, self.facts.state)

    def state_authority(self) -> Authority | None:
        """The entry a letter may cite for the state's law, where its rule may be relied on."""
        state = self.state
        if state is None or state.rule is None or state.mandate is Mandate.UNKNOWN:
            return None
        return self.library.authorities.get(state.rule.authority)

    def local(self, word: str) -> tuple[Authority, ...]:
        """The entries of the facility's own state that have approved words of this name."""
        state = self.facts.state
        return tuple(
            one
            for one in self.library.authorities.values()
            if state and state in one.binds and word in one.print_words
        )


@dataclass(frozen=True)
class KindRules:
    """Everything that makes one kind of letter.

    needs: facts without which it is not written. case_rules: what in the case blocks it, whoever
    writes. rules: what else blocks it, of state, law or choice. required, optional: ids of
    authorities; a required one that may not be cited blocks, an optional one takes its part of
    the letter away. cites_state: whether the state's own entry may be cited. state_words: names
    of approved words it takes from whatever entry binds in the facility's state. say: every part
    that may stand or not; parts: those that do. warnings: what the writer should know.
    """

    needs: tuple[Need, ...]
    case_rules: tuple[Callable[[LetterFacts], Iterable[Blocker]], ...]
    rules: tuple[Callable[[Asked], Iterable[Blocker]], ...]
    required: tuple[str, ...]
    optional: tuple[str, ...]
    say: Iterable[str]
    parts: Callable[[Asked, frozenset[str]], Iterable[str]]
    warnings: Callable[[Asked, frozenset[str]], Iterable[str]]
    cites_state: bool = False
    state_words: tuple[str, ...] = ()
    adverse: Callable[[Asked], Iterable[str]] = lambda _asked: ()


def may_write(asked: Asked) -> Iterable[Blocker]:
    """Whether this kind of member writes letters at all."""
    if not may(asked.role, Act.COMPOSE_LETTERS):
        yield Blocker("ROLE", f"A {asked.role.value} may not write letters.", WhoCanOpen.OTHER_ROLE)


TRANSLATION = "TRANSLATION"
"""The rule that somebody who reads the language has checked a text before it is approved."""


def translation(asked: Asked) -> Iterable[Blocker]:
    """A letter in a translation that nobody has checked stays a draft."""
    if asked.unchecked:
        yield Blocker(
            TRANSLATION,
            "Nobody has checked the translation of this letter. Have it read by a person who "
            "knows the language, and type who that was.",
            WhoCanOpen.ATTORNEY,
            override=True,
        )


def fact_consent(facts: LetterFacts) -> Iterable[Blocker]:
    """Facts this letter is to tell, and no consent lets each of its readers know."""
    closed = [group for group in FactGroup if group in facts.wanted and group not in facts.opened]
    readers = [recipient_of(facts.addressee), *facts.addressee.cc]
    for group in closed:
        yield Blocker(
            "FACT_CONSENT",
            f"“{group.label}” may be told only with a signed consent, in force today, that names "
            f"{' and one that names '.join(one for one in readers if one) or 'the recipient'} "
            "exactly so. Record it under Consent, or leave these facts out.",
            WhoCanOpen.CASEWORKER,
            asked=(Consent, "facts"),
        )


def detainer_stands(otherwise: str) -> Callable[[LetterFacts], Iterable[Blocker]]:
    """The rule that the detainer is not over; `otherwise` says what that means for the letter."""

    def rule(facts: LetterFacts) -> Iterable[Blocker]:
        if facts.detainer is not None and is_over(facts.detainer):
            yield Blocker(
                "DETAINER_OVER",
                f"The file says that the detainer is over. {otherwise}",
                WhoCanOpen.CASEWORKER,
            )

    return rule


def addressed(facts: LetterFacts) -> Iterable[Blocker]:
    """A letter goes to somebody."""
    if not recipient_of(facts.addressee):
        yield Blocker(
            "ADDRESSEE", "Choose to whom the letter goes, under “To”.", WhoCanOpen.CASEWORKER
        )


def missing(needs: Iterable[Need], facts: LetterFacts) -> Iterable[Blocker]:
    """What must be answered first."""
    for need in needs:
        if not need.there(facts):
            yield Blocker(
                "MISSING",
                f"Answer “{need.question}” under {need.section}; the letter needs it.",
                WhoCanOpen.CASEWORKER,
                asked=(need.record, need.field),
            )


def uncitable(required: Iterable[str], asked: Asked) -> Iterable[Blocker]:
    """Authorities without which the letter is not written, and which may not be cited today."""
    for name in required:
        refused = asked.refusal(name)
        if refused:
            yield Blocker(
                "R2",
                f"{refused} An attorney must check it under Authorities.",
                WhoCanOpen.ATTORNEY,
            )


def to_the_client(facts: LetterFacts) -> Iterable[Blocker]:
    """A letter to somebody else must not go to the client's own address."""
    if facts.client_problem:
        yield Blocker("SAFE_CONTACT", facts.client_problem, WhoCanOpen.CASEWORKER)


_CONSENT_OVER = {
    ConsentState.WITHDRAWN: "The client has taken back the consent to a letter.",
    ConsentState.VOID: "The consent to a letter is void: it was signed by somebody who may not.",
    ConsentState.EXPIRED: "The consent to a letter has expired.",
}


def consent_over(facts: LetterFacts) -> Iterable[Blocker]:
    """A consent that was taken back, is void or has expired stops every letter."""
    if facts.consent_ended is not None:
        yield Blocker(
            "CONSENT",
            f"{_CONSENT_OVER[facts.consent_ended]} Ask the client, and record the new consent.",
            WhoCanOpen.CASEWORKER,
        )


def must_comply(asked: Asked) -> bool:
    """Whether the facility's state directs jails to comply, with or without conditions."""
    return asked.state is not None and asked.state.mandate in COMPLY


def is_287g(facts: LetterFacts) -> bool:
    """Whether the file says that the hold is under a 287(g) agreement."""
    by_officer = facts.detainer is not None and facts.detainer.issued_by is IssuedBy.OFFICER_287G
    return facts.custody.held_by_287g is YesNo.YES or by_officer


def maybe_287g(facts: LetterFacts) -> bool:
    """Whether the hold may be under a 287(g) agreement: not known is not no."""
    return is_287g(facts) or facts.custody.held_by_287g is not YesNo.NO


def left_out_warnings(left_out: Mapping[str, str], required: Iterable[str]) -> Iterable[str]:
    """What the letter does without, and why."""
    for name, refused in left_out.items():
        if name not in required:
            yield f"Left out of the letter: {refused}"
