"""The gate: what blocks a letter, why, who can open the way, and what may stand in it.

Pure and table-driven. The rules are R1 to R7 of the citation engine, the state gate, and the
required facts and blocking conditions of each kind of letter. `RULES_OF` is the table.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from intake_app.core.authorities import StateReading
from intake_app.core.letters import (
    cancel,
    certify,
    client,
    conditions,
    court_notice,
    decline,
    expired,
    records,
)
from intake_app.core.letters.facts import LetterFacts
from intake_app.core.letters.rules import (
    Asked,
    Blocker,
    KindRules,
    left_out_warnings,
    may_write,
    missing,
    translation,
    uncitable,
)
from intake_app.core.roles import Role

RULES_OF: Mapping[str, KindRules] = {
    "decline": decline.RULES,
    "conditions": conditions.RULES,
    "expired": expired.RULES,
    "cancel": cancel.RULES,
    "certify": certify.RULES,
    "jail_records": records.JAIL_RULES,
    "ice_records": records.ICE_RULES,
    "court_notice": court_notice.RULES,
    "client": client.RULES,
}
"""The rules of each shipped kind, by its key."""


@dataclass(frozen=True)
class Overridden:
    """A block an attorney has set aside for this letter, and the reason that was typed."""

    rule: str
    why: str
    reason: str


@dataclass(frozen=True)
class GateResult:
    """What the gate found.

    say: the optional parts that may stand in the letter; `known` are all the kind has.
    citable: ids of the authorities the letter may print.
    left_out: id -> why an authority may not be printed.
    adverse: ids of adverse authorities the writer should know (rule R3).
    overridden: what would have blocked the letter.
    state_mandate: what the state's law says; None where the state is not known.
    local: name of approved words -> ids of the entries of the state that may be printed for it.
    """

    blockers: tuple[Blocker, ...]
    overridden: tuple[Overridden, ...]
    warnings: tuple[str, ...]
    state_mandate: StateReading | None
    say: frozenset[str]
    known: frozenset[str]
    citable: frozenset[str]
    left_out: Mapping[str, str]
    adverse: tuple[str, ...]
    local: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether the letter may be written."""
        return not self.blockers


def gate(asked: Asked) -> GateResult:
    """Whether the letter may be written, and which of its parts may stand in it."""
    facts = asked.facts
    rules = RULES_OF[facts.kind.gate]
    local = _local(asked)
    refusals = {name: asked.refusal(name) for name in may_be_cited(asked)}
    citable = frozenset(name for name, refused in refusals.items() if refused is None)
    left_out = {name: refused for name, refused in refusals.items() if refused is not None}
    say = frozenset(rules.parts(asked, citable))
    found = (
        *may_write(asked),
        *(blocker for rule in rules.rules for blocker in rule(asked)),
        *case_blockers(facts),
        *translation(asked),
        *uncitable(rules.required, asked),
    )
    reasons = reasons_of(asked)
    return GateResult(
        blockers=tuple(one for one in found if not (one.override and reasons.get(one.rule))),
        overridden=tuple(
            Overridden(one.rule, one.why, reasons[one.rule])
            for one in found
            if one.override and reasons.get(one.rule)
        ),
        warnings=(
            *rules.warnings(asked, say),
            *left_out_warnings(left_out, rules.required),
        ),
        state_mandate=asked.state,
        say=say,
        known=frozenset(rules.say),
        citable=citable,
        left_out=left_out,
        adverse=tuple(
            one for one in dict.fromkeys(rules.adverse(asked)) if one in asked.library.authorities
        ),
        local={
            word: tuple(name for name in names if name in citable) for word, names in local.items()
        },
    )


def may_be_cited(asked: Asked) -> tuple[str, ...]:
    """Ids of every authority this kind of letter may cite here, checked or not."""
    rules = RULES_OF[asked.facts.kind.gate]
    state_law = asked.state_authority() if rules.cites_state else None
    return (
        *rules.required,
        *rules.optional,
        *((state_law.id,) if state_law else ()),
        *(name for names in _local(asked).values() for name in names),
    )


def _local(asked: Asked) -> dict[str, list[str]]:
    rules = RULES_OF[asked.facts.kind.gate]
    return {word: [one.id for one in asked.local(word)] for word in rules.state_words}


def case_blockers(facts: LetterFacts) -> tuple[Blocker, ...]:
    """What in the case itself blocks a letter, whoever writes it and whatever the law is."""
    rules = RULES_OF[facts.kind.gate]
    return (
        *missing(rules.needs, facts),
        *(blocker for rule in rules.case_rules for blocker in rule(facts)),
    )


def reasons_of(asked: Asked) -> Mapping[str, str]:
    """Typed reasons of an attorney; nobody else sets a rule aside."""
    if asked.role is not Role.ATTORNEY:
        return {}
    return {rule: said.strip() for rule, said in asked.options.overrides.items() if said.strip()}
