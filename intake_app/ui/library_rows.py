"""The library of authorities as rows of a list, and each entry as paragraphs, in plain words."""

from dataclasses import dataclass
from datetime import date, timedelta

from intake_app.core.authorities import (
    NATIONWIDE,
    Authority,
    Library,
    Mandate,
    Source,
    Stance,
    StateRule,
    Status,
)
from intake_app.core.vocabulary import State
from intake_app.ui.theme import Tone

RECHECK, BLOCKED = "recheck", "blocked"

_STANCES = {
    Stance.SUPPORTS: Tone.GOOD,
    Stance.ADVERSE: Tone.BAD,
    Stance.MIXED: Tone.SOON,
    Stance.NEUTRAL: Tone.PLAIN,
}
_MANDATES = {
    Mandate.REQUIRES: ("must comply", Tone.BAD),
    Mandate.REQUIRES_COND: ("must, conditionally", Tone.BAD),
    Mandate.PERMITS: ("may choose", Tone.SOON),
    Mandate.LIMITS: ("limits", Tone.GOOD),
    Mandate.PROHIBITS: ("forbids", Tone.GOOD),
    Mandate.UNKNOWN: ("not known", Tone.PLAIN),
}
_KINDS = {
    Source.CASE: "court decision",
    Source.STATUTE: "statute",
    Source.REGULATION: "regulation",
    Source.POLICY: "policy",
    Source.OPINION: "opinion",
}
_STATUS = {
    Status.VERIFIED_PRIMARY: "Compared with the source itself.",
    Status.VERIFIED_SECONDARY: "Compared with other texts that quote it, not with the source.",
    Status.CONSISTENT: "Other texts agree about it. A lawyer must check it for each letter.",
    Status.UNVERIFIED: "Nobody has compared it with any source. It is never printed.",
}
TONES = {
    **{stance.value: tone for stance, tone in _STANCES.items()},
    **dict(_MANDATES.values()),
    RECHECK: Tone.SOON,
    BLOCKED: Tone.BAD,
}
"""The tone of each pill's words."""


@dataclass(frozen=True)
class LibraryRow:
    """One entry. `note` is "recheck" where the last check is too old, "blocked", or empty.

    told: pairs of a label and a paragraph, for the pane beside the list.
    """

    title: str
    kind: str
    stance: str
    binds: str
    checked: date
    note: str
    warning: str
    told: tuple[tuple[str, str], ...]

    def holds(self, text: str) -> bool:
        """Whether every word of `text` occurs in it."""
        whole = " ".join((self.title, self.kind, self.stance, self.binds, self.note)).casefold()
        whole += " ".join(said for _label, said in self.told).casefold()
        return all(word in whole for word in text.casefold().split())


def library_rows(library: Library, today: date) -> tuple[LibraryRow, ...]:
    """Every entry: those to check again first, then authorities, then states, blocked ones last."""
    rows = [_of_authority(one, today) for one in library.authorities.values()]
    rows += [_of_state(one, today) for one in library.states.values()]
    order = {RECHECK: 0, "": 1, BLOCKED: 2}
    return tuple(sorted(rows, key=lambda row: order[row.note]))


def _of_authority(one: Authority, today: date) -> LibraryRow:
    note = BLOCKED if one.blocked else RECHECK if one.stale_on(today) else ""
    warning = ""
    if one.blocked:
        warning = f"No letter cites it: {one.blocked_reason}"
    elif note:
        warning = f"No letter cites it until it is checked again: {_age(one)}"
    told = [
        ("Kind", _KINDS[one.source].capitalize()),
        ("Citation", one.citation),
        ("By", f"{one.body}{f', {one.dated}' if one.dated else ''}"),
        ("What it says", one.proposition),
    ]
    if one.quotation:
        told.append(("In its words", f"“{one.quotation}”"))
        if not one.print_quotation:
            told.append(("Printed", "Never with these words; letters say it in their own."))
    told += [
        ("Where it binds", _binds_words(one.binds)),
        ("Take care", one.caution),
        ("Only together with", ", ".join(one.paired_with)),
        ("How it was checked", _STATUS[one.status]),
        ("Last check", _age(one)),
        ("Seen at", one.seen_at),
        ("Entry", one.id),
    ]
    return LibraryRow(
        title=one.short_name,
        kind=_KINDS[one.source],
        stance=one.stance.value,
        binds=_binds_words(one.binds, short=True),
        checked=one.verified_on,
        note=note,
        warning=warning,
        told=tuple((label, said) for label, said in told if said),
    )


def _of_state(one: StateRule, today: date) -> LibraryRow:
    stale = one.stale_on(today)
    told = [
        ("Citation", one.citation),
        ("Rule", one.rule),
        ("In its words", f"“{one.quotation}”" if one.quotation else ""),
        ("Take care", one.caution),
        ("Cited as", one.authority),
        ("How it was checked", _STATUS[one.status]),
        ("Last check", _age(one)),
    ]
    return LibraryRow(
        title=State.of(one.code).label,
        kind="state’s rule",
        stance=_MANDATES[one.mandate][0],
        binds=one.code,
        checked=one.verified_on,
        note=RECHECK if stale else "",
        warning=f"Check it again before relying on it: {_age(one)}" if stale else "",
        told=tuple((label, said) for label, said in told if said),
    )


def _age(one: Authority | StateRule) -> str:
    until = one.verified_on + timedelta(days=one.stale_after_days)
    return f"{day(one.verified_on)}; good until {day(until)}."


def day(on: date) -> str:
    """`3 Nov 2026`."""
    return f"{on.day} {on:%b %Y}"


def _binds_words(binds: frozenset[str], *, short: bool = False) -> str:
    if NATIONWIDE in binds:
        return "nationwide" if short else "Everywhere in the United States."
    if not binds:
        return "persuasive" if short else "Nowhere: it can only persuade."
    states = ", ".join(sorted(binds))
    return states if short else f"In {states}; elsewhere it can only persuade."
