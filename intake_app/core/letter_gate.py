"""What blocks a letter, why, and who can open the way.

Pure and table-driven: `RULES` and `CASE_RULES` hold one row for each rule, `NEEDS` one for each
fact that must be there. The rules are R2, R3 and R7 of the citation engine, the state gate, and
the required facts of letter K1-A, the plain request to decline an immigration detainer.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from intake_app.core.authorities import (
    COMPLY,
    VERIFIED,
    Library,
    Mandate,
    StateReading,
)
from intake_app.core.consents import ConsentState
from intake_app.core.errors import AppError
from intake_app.core.letter_facts import LetterFacts, is_over
from intake_app.core.letter_parts import (
    OPTIONAL,
    REQUIRED,
    Asked,
    Say,
    maybe_287g,
    parts,
    state_name,
    warnings,
)
from intake_app.core.roles import Act, Role, may
from intake_app.core.vocabulary import (
    DetainerAsks,
    DetainerForm,
    FacilityKind,
    WarrantAttached,
)

DECLINE = "decline"
KINDS: Mapping[str, str] = {DECLINE: "Request to decline the detainer"}
"""The kinds of letter this version writes, by the name used in commands, and their titles."""


class WhoCanOpen(StrEnum):
    """Who can take a block away."""

    NOBODY = "nobody"
    ATTORNEY = "attorney"
    CASEWORKER = "whoever keeps the case"
    OTHER_ROLE = "paralegal, attorney or administrator"


@dataclass(frozen=True)
class Blocker:
    """One reason why the letter may not be written; `why` is a sentence for the user."""

    rule: str
    why: str
    who_can_open: str


@dataclass(frozen=True)
class GateResult:
    """What the gate found.

    say: the optional parts that may stand in the letter.
    citable: ids of the authorities the letter may print.
    left_out: id -> why an authority may not be printed.
    adverse: ids of adverse authorities the writer should know (rule R3).
    state_mandate: what the state's law says; None where the state is not known.
    """

    kind: str
    blockers: tuple[Blocker, ...]
    warnings: tuple[str, ...]
    state_mandate: StateReading | None
    say: frozenset[Say]
    citable: frozenset[str]
    left_out: Mapping[str, str]
    adverse: tuple[str, ...]

    @property
    def open(self) -> bool:
        """Whether the letter may be written."""
        return not self.blockers


def gate(
    kind: str,
    facts: LetterFacts,
    library: Library,
    on: date,
    role: Role,
    ticked: frozenset[str] = frozenset(),
) -> GateResult:
    """Whether a letter of this kind may be written, and which of its parts may stand in it.

    `on` is the day of the letter, `ticked` the ids a named lawyer has checked for this letter.
    Raise `AppError` for a kind this version does not write.
    """
    if kind not in KINDS:
        raise AppError(f"There is no such letter. Choose one of: {', '.join(KINDS)}.")
    # Only a lawyer's tick opens anything (rule R2); from anybody else it is not heard.
    asked = Asked(facts, library, on, role, ticked if role is Role.ATTORNEY else frozenset())
    state_law = asked.state_authority()
    names = (*REQUIRED, *OPTIONAL, *((state_law.id,) if state_law else ()))
    refusals = {name: asked.refusal(name) for name in names}
    citable = frozenset(name for name, refused in refusals.items() if refused is None)
    left_out = {name: refused for name, refused in refusals.items() if refused is not None}
    say = frozenset(parts(asked, citable, state_law))
    return GateResult(
        kind=kind,
        blockers=tuple(blocker for rule in RULES for blocker in rule(asked)),
        warnings=tuple(warnings(asked, left_out, say)),
        state_mandate=asked.state,
        say=say,
        citable=citable,
        left_out=left_out,
        adverse=("F07",) if maybe_287g(facts) and "F07" in library.authorities else (),
    )


def _role(asked: Asked) -> Iterable[Blocker]:
    if not may(asked.role, Act.COMPOSE_LETTERS):
        yield Blocker("ROLE", f"A {asked.role.value} may not write letters.", WhoCanOpen.OTHER_ROLE)


def _state_gate(asked: Asked) -> Iterable[Blocker]:
    state = asked.state
    if state is None:
        return
    place = state_name(asked)
    if state.mandate in COMPLY and state.rule is not None:
        unsure = "" if state.rule.status in VERIFIED else " (reported; its text was not yet seen)"
        some = ", in the cases it lists," if state.mandate is Mandate.REQUIRES_COND else ""
        yield Blocker(
            "R3",
            f"In {place} the law directs jails{some} to comply with detainers: "
            f"{state.rule.citation}{unsure}. A letter that says the jail may decline would be "
            "wrong there. A letter about the law’s conditions is another kind, which this "
            "version does not write.",
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


def _custody(facts: LetterFacts) -> Iterable[Blocker]:
    if facts.out_of_custody:
        yield Blocker(
            "NOT_IN_CUSTODY",
            "The file says that this person is no longer held there. A jail can’t decline a "
            "detainer for a person it does not hold. If that is wrong, mend it under Arrest and "
            "custody.",
            WhoCanOpen.CASEWORKER,
        )
    elif facts.custody.facility_kind is FacilityKind.ICE:
        yield Blocker(
            "NOT_IN_CUSTODY",
            "The file says that the facility is run for ICE. There is no local jail that could "
            "decline the detainer.",
            WhoCanOpen.CASEWORKER,
        )


_NOTICE_ONLY = frozenset({DetainerForm.I247N, DetainerForm.I247G, DetainerForm.I247X})


def _detainer(facts: LetterFacts) -> Iterable[Blocker]:
    detainer = facts.detainer
    if detainer is None:
        return
    if is_over(detainer):
        what = f" ({detainer.status.label.lower()})" if detainer.status else ""
        yield Blocker(
            "DETAINER_OVER",
            f"The file says that the detainer is over{what}. There is nothing left to decline.",
            WhoCanOpen.CASEWORKER,
        )
    if detainer.form in _NOTICE_ONLY:
        yield Blocker(
            "NOTICE_ONLY",
            f"Form {detainer.form.value} does not ask the jail to hold anyone. Any hold on it "
            "needs another letter, which this version does not write.",
            WhoCanOpen.NOBODY,
        )
    elif detainer.asks and DetainerAsks.HOLD not in detainer.asks:
        yield Blocker(
            "NOTICE_ONLY",
            "The file says that this detainer does not ask for a hold. If it does, mend “Asks "
            "the jail to” under Detainers.",
            WhoCanOpen.CASEWORKER,
        )
    if detainer.warrant is WarrantAttached.JUDICIAL:
        yield Blocker(
            "JUDICIAL_WARRANT",
            "A warrant signed by a judge came with the detainer. It is an order, and this letter "
            "would be wrong.",
            WhoCanOpen.NOBODY,
        )


@dataclass(frozen=True)
class Need:
    """A fact that every letter needs: what people call it, and where it is answered."""

    words: str
    question: str
    section: str
    there: Callable[[LetterFacts], bool]


def _form_known(facts: LetterFacts) -> bool:
    detainer = facts.detainer
    return detainer is not None and detainer.form not in (None, DetainerForm.UNKNOWN)


_CUSTODY = "Arrest and custody"

NEEDS: tuple[Need, ...] = (
    Need("Name of the person", "Given name or Surname", "Person", lambda facts: bool(facts.name)),
    Need("Booking number", "Booking number", "Person", lambda facts: bool(facts.booking_number)),
    Need("Facility", "Held at", _CUSTODY, lambda facts: bool(facts.custody.facility)),
    Need("Its state", "Facility state", _CUSTODY, lambda facts: bool(facts.state)),
    Need("Detainer and its form", "Form", "Detainers", _form_known),
    Need(
        "Outcome of a charge",
        "Outcome (“Pending” is an answer)",
        "Charges",
        lambda facts: bool(facts.known_charges),
    ),
    Need(
        "What should free the person",
        "What should free the person, or Release due",
        _CUSTODY,
        lambda facts: facts.release_known,
    ),
)
"""In the order in which an intake asks for them."""


def _required_facts(facts: LetterFacts) -> Iterable[Blocker]:
    for need in NEEDS:
        if not need.there(facts):
            yield Blocker(
                "MISSING",
                f"Answer “{need.question}” under {need.section}; the letter needs it.",
                WhoCanOpen.CASEWORKER,
            )


def _free_text(facts: LetterFacts) -> Iterable[Blocker]:
    if facts.text_problem:
        yield Blocker(
            "FREE_TEXT",
            "The answer to “What should free the person” can’t be printed in a letter to a "
            f"jail: {facts.text_problem}. Reword it, or answer “Release due because”.",
            WhoCanOpen.CASEWORKER,
        )


def _client(facts: LetterFacts) -> Iterable[Blocker]:
    if facts.client_problem:
        yield Blocker("SAFE_CONTACT", facts.client_problem, WhoCanOpen.CASEWORKER)


_CONSENT_OVER = {
    ConsentState.WITHDRAWN: "The client has taken back the consent to a letter.",
    ConsentState.VOID: "The consent to a letter is void: it was signed by somebody who may not.",
    ConsentState.EXPIRED: "The consent to a letter has expired.",
}


def _consent(facts: LetterFacts) -> Iterable[Blocker]:
    if facts.consent_ended is not None:
        yield Blocker(
            "CONSENT",
            f"{_CONSENT_OVER[facts.consent_ended]} Ask the client, and record the new consent.",
            WhoCanOpen.CASEWORKER,
        )


def _authorities(asked: Asked) -> Iterable[Blocker]:
    for name in REQUIRED:
        refused = asked.refusal(name)
        if refused:
            yield Blocker(
                "R2",
                f"{refused} An attorney must check it under Authorities.",
                WhoCanOpen.ATTORNEY,
            )


CASE_RULES: tuple[Callable[[LetterFacts], Iterable[Blocker]], ...] = (
    _custody,
    _detainer,
    _required_facts,
    _free_text,
    _client,
    _consent,
)
"""The rules that ask the case alone."""


def case_blockers(facts: LetterFacts) -> tuple[Blocker, ...]:
    """What in the case itself blocks a letter, whoever writes it and whatever the law is."""
    return tuple(blocker for rule in CASE_RULES for blocker in rule(facts))


def _case(asked: Asked) -> Iterable[Blocker]:
    yield from case_blockers(asked.facts)


RULES: tuple[Callable[[Asked], Iterable[Blocker]], ...] = (_role, _state_gate, _case, _authorities)
"""Every rule that can block the request to decline, in the order the user should read them."""
