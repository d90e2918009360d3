"""The library of authorities: what may be cited, where it binds, and until when.

The law itself is text in `resources/authorities/*.toml`, which a lawyer can read and mend. The
rules here are R1, R2 and R4 of the citation engine: an authority is printed only where it was
verified or a lawyer has ticked it for this letter, where its check is not too old, and where it
is not blocked; "binding" is said only where it binds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

NATIONWIDE = "nationwide"
BINDING = "binding on this facility"
PERSUASIVE = "persuasive"


class Stance(StrEnum):
    """Which side an authority helps."""

    SUPPORTS = "supports"
    ADVERSE = "adverse"
    MIXED = "mixed"
    NEUTRAL = "neutral"


class Status(StrEnum):
    """How far an authority was checked."""

    VERIFIED_PRIMARY = "VERIFIED-PRIMARY"
    VERIFIED_SECONDARY = "VERIFIED-SECONDARY"
    CONSISTENT = "CONSISTENT"
    UNVERIFIED = "UNVERIFIED"


VERIFIED = frozenset({Status.VERIFIED_PRIMARY, Status.VERIFIED_SECONDARY})


class Mandate(StrEnum):
    """What a state's law says to a jail about detainers."""

    REQUIRES = "REQUIRES"
    REQUIRES_COND = "REQUIRES-COND"
    PERMITS = "PERMITS"
    LIMITS = "LIMITS"
    PROHIBITS = "PROHIBITS"
    UNKNOWN = "UNKNOWN"


COMPLY = frozenset({Mandate.REQUIRES, Mandate.REQUIRES_COND})
"""The jail is directed to comply, with or without conditions."""


class Source(StrEnum):
    """What kind of text an authority is."""

    CASE = "case"
    STATUTE = "statute"
    REGULATION = "regulation"
    POLICY = "policy"
    OPINION = "opinion"
    FORM = "form"
    REPORT = "report"


@dataclass(frozen=True)
class Authority:
    """One entry of the library.

    binds: two-letter states, or `{"nationwide"}`; empty where it is persuasive only.
    quotation: the exact words that were seen, or none. `print_quotation` is false where those
        words are another's summary or an older wording: then a letter says it in our words.
    print_words: the approved pieces of text, by name. `{quote}`, `{cite}` and `{name}` in them
        stand for the quotation in its marks, the citation and the short name.
    paired_with: ids that must be citable too whenever this one is printed (rule R5).
    not_in: states in which no letter may cite it, such as where later law may have undone it.
    """

    id: str
    short_name: str
    citation: str
    source: Source
    body: str
    dated: str
    binds: frozenset[str]
    proposition: str
    quotation: str | None
    print_quotation: bool
    stance: Stance
    caution: str
    paired_with: tuple[str, ...]
    status: Status
    seen_at: str
    verified_on: date
    stale_after_days: int
    blocked: bool
    blocked_reason: str
    print_words: Mapping[str, str]
    not_in: frozenset[str] = frozenset()

    def stale_on(self, day: date) -> bool:
        """Whether the last check is too old on `day`."""
        return day > self.verified_on + timedelta(days=self.stale_after_days)


@dataclass(frozen=True)
class StateRule:
    """What is known of one state's law on detainers.

    `authority` is the id of the entry a letter may cite for it; empty where there is none.
    `citation` is empty for a state nobody has looked into. until_checked: what still holds while an
    office's correction waits for its check, where that is a duty to comply.
    """

    code: str
    mandate: Mandate
    citation: str
    rule: str
    quotation: str | None
    caution: str
    status: Status
    authority: str
    verified_on: date
    stale_after_days: int
    until_checked: Mandate | None = None

    def stale_on(self, day: date) -> bool:
        """Whether the last check is too old on `day`."""
        return day > self.verified_on + timedelta(days=self.stale_after_days)


@dataclass(frozen=True)
class StateReading:
    """A state's rule as it may be relied on at one day.

    `mandate` is `UNKNOWN` for a state that is not listed and for a permissive or limiting rule
    that nobody has checked or whose check is too old. A rule that requires compliance stays: that
    is the careful side.
    """

    code: str
    mandate: Mandate
    rule: StateRule | None
    stale: bool


@dataclass(frozen=True)
class Library:
    """All entries. `version` names these very texts, for the office's copy of a letter."""

    authorities: Mapping[str, Authority]
    states: Mapping[str, StateRule]
    version: str

    def state_on(self, code: str, day: date) -> StateReading:
        """What may be relied on for one state on `day`."""
        rule = self.states.get(code)
        if rule is None:
            return StateReading(code, Mandate.UNKNOWN, None, stale=False)
        unchecked = rule.status is Status.UNVERIFIED
        stale = rule.stale_on(day) and not unchecked
        said = rule.until_checked or rule.mandate
        unsure = (stale or unchecked) and said not in COMPLY
        mandate = Mandate.UNKNOWN if unsure else said
        return StateReading(code, mandate, rule, stale)


def may_cite(authority: Authority, on: date, ticked: bool = False, state: str = "") -> str | None:
    """Why a letter of the day `on` may not cite it; `None` where it may (rules R1 and R2).

    state: the facility's, in two letters; empty where the question is of none. ticked: a named
    lawyer has checked it for this very letter. That opens an entry on which secondary sources
    agree; it never opens one that nobody has seen, a blocked one or one whose check is too old.
    """
    if authority.blocked:
        return f"{authority.short_name} is blocked: {authority.blocked_reason}"
    if authority.status is Status.UNVERIFIED:
        return f"{authority.short_name} was never compared with its source."
    if state in authority.not_in:
        return f"{authority.short_name} may not be cited in {state}: {authority.caution}"
    if authority.stale_on(on):
        return (
            f"{authority.short_name} was last checked on {authority.verified_on.isoformat()}, "
            f"more than {authority.stale_after_days} days ago."
        )
    if authority.status not in VERIFIED and not ticked:
        return f"{authority.short_name} needs a lawyer’s check for this letter."
    return None


def binds_in(authority: Authority, state: str) -> bool:
    """Whether it binds a facility in `state`, a two-letter code (rule R4)."""
    return NATIONWIDE in authority.binds or state in authority.binds


def binding_words(authority: Authority, state: str) -> str:
    """The only words a letter may use for its weight in `state` (rule R4)."""
    return BINDING if binds_in(authority, state) else PERSUASIVE
