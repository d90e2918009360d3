"""The library of authorities as rows of a list, and each entry as paragraphs, in plain words."""

from dataclasses import dataclass
from datetime import date, timedelta

from intake_app.core.authorities import (
    NATIONWIDE,
    Authority,
    Mandate,
    Source,
    Stance,
    StateRule,
    Status,
)
from intake_app.core.authority_checks import (
    OFFICE_ENTRY,
    AuthorityCheck,
    Entry,
    OfficeLibrary,
    entry_name,
)
from intake_app.core.vocabulary import State
from intake_app.ui.theme import Tone

RECHECK, UNCHECKED, BLOCKED, OWN = "recheck", "unchecked", "blocked", "own"

_STANCES = {
    Stance.SUPPORTS: Tone.GOOD,
    Stance.ADVERSE: Tone.BAD,
    Stance.MIXED: Tone.SOON,
    Stance.NEUTRAL: Tone.PLAIN,
}
MANDATES = {
    Mandate.REQUIRES: ("must comply", Tone.BAD),
    Mandate.REQUIRES_COND: ("must, conditionally", Tone.BAD),
    Mandate.PERMITS: ("may choose", Tone.SOON),
    Mandate.LIMITS: ("limits", Tone.GOOD),
    Mandate.PROHIBITS: ("forbids", Tone.GOOD),
    Mandate.UNKNOWN: ("not known", Tone.PLAIN),
}
KINDS = {
    Source.CASE: "court decision",
    Source.STATUTE: "statute",
    Source.REGULATION: "regulation",
    Source.POLICY: "policy",
    Source.OPINION: "opinion",
    Source.FORM: "form",
    Source.REPORT: "letter or report",
}
_STATUS = {
    Status.VERIFIED_PRIMARY: "Compared with the source itself.",
    Status.VERIFIED_SECONDARY: "Compared with other texts that quote it, not with the source.",
    Status.CONSISTENT: "Other texts agree about it. A lawyer must check it for each letter.",
    Status.UNVERIFIED: "Nobody has compared it with any source. It is never printed.",
}
TONES = {
    **{stance.value: tone for stance, tone in _STANCES.items()},
    **dict(MANDATES.values()),
    RECHECK: Tone.SOON,
    UNCHECKED: Tone.PLAIN,
    BLOCKED: Tone.BAD,
}
"""The tone of each pill's words."""

SEEN_AT, CITATION = "Seen at", "Citation"
_LAPSED = (
    "A new version of the program has changed this entry since your office checked it. That check "
    "counts no more: compare it again."
)


@dataclass(frozen=True)
class LibraryRow:
    """One entry. `note` is one of the pills above, or empty.

    name: as checks name it. checked: the day of the last check, empty where there was none.
    states: where it is law; empty for an entry of no state. told: pairs of a label and a paragraph,
    for the pane beside the list. checks: what was done, newest first.
    """

    name: str
    entry: Entry
    title: str
    kind: str
    stance: str
    binds: str
    states: frozenset[str]
    checked: str
    note: str
    warning: str
    told: tuple[tuple[str, str], ...]
    checks: tuple[str, ...]

    @property
    def own(self) -> bool:
        """Whether the office wrote it or anything of it."""
        return bool(self.checks)

    def holds(self, text: str) -> bool:
        """Whether every word of `text` occurs in it."""
        whole = " ".join((self.title, self.kind, self.stance, self.binds, self.note)).casefold()
        whole += " ".join(said for _label, said in self.told).casefold()
        return all(word in whole for word in text.casefold().split())


def library_rows(office: OfficeLibrary, today: date) -> tuple[LibraryRow, ...]:
    """Every entry: those to check again first, then authorities, then states.

    Of either, what nobody has checked comes later and what is blocked last.
    """
    library = office.library
    rows = [_of_authority(one, office, today) for one in library.authorities.values()]
    rows += [_of_state(one, office, today) for one in library.states.values()]
    order = {RECHECK: 0, "": 1, UNCHECKED: 2, BLOCKED: 3}
    return tuple(sorted(rows, key=lambda row: order[row.note]))


def _note(entry: Entry, office: OfficeLibrary, today: date) -> str:
    if isinstance(entry, Authority) and entry.blocked:
        return BLOCKED
    if entry_name(entry) in office.lapsed:
        return RECHECK
    if entry.status is Status.UNVERIFIED:
        # What the office itself wrote waits for its check; what ships so is only listed.
        return RECHECK if entry_name(entry) in office.checks else UNCHECKED
    return RECHECK if entry.stale_on(today) else ""


def _warning(entry: Entry, note: str, office: OfficeLibrary) -> str:
    if isinstance(entry, Authority) and entry.blocked:
        return f"No letter cites it: {entry.blocked_reason}"
    if entry_name(entry) in office.lapsed:
        return _LAPSED
    if entry.status is Status.UNVERIFIED and note == RECHECK:
        return "Your office wrote this and nobody has compared it yet. No letter relies on it."
    if note == RECHECK and isinstance(entry, StateRule):
        return f"Check it again before relying on it: {_age(entry)}"
    return f"No letter cites it until it is checked again: {_age(entry)}" if note == RECHECK else ""


def _of_authority(one: Authority, office: OfficeLibrary, today: date) -> LibraryRow:
    note = _note(one, office, today)
    told = [
        ("Kind", KINDS[one.source].capitalize()),
        (CITATION, one.citation),
        ("By", f"{one.body}{f', {one.dated}' if one.dated else ''}"),
        ("What it says", one.proposition),
    ]
    if one.quotation:
        told.append(("In its words", f"“{one.quotation}”"))
        if not one.print_quotation:
            told.append(("Printed", "Never with these words; letters say it in their own."))
    told += [("Words for letters", text) for text in one.print_words.values()]
    told += [
        ("Where it binds", _binds_words(one.binds)),
        ("Never cited in", ", ".join(sorted(one.not_in))),
        ("Take care", one.caution),
        ("Only together with", ", ".join(one.paired_with)),
        *_checked(one),
        (SEEN_AT, one.seen_at),
        ("Entry", one.id + (", of your office" if one.id.startswith(OFFICE_ENTRY) else "")),
    ]
    return LibraryRow(
        name=one.id,
        entry=one,
        title=one.short_name,
        kind=KINDS[one.source],
        stance=one.stance.value,
        binds=_binds_words(one.binds, short=True),
        states=(one.binds | one.not_in) - {NATIONWIDE},
        checked=_checked_on(one),
        note=note,
        warning=_warning(one, note, office),
        told=tuple((label, said) for label, said in told if said),
        checks=_acts(office.checks.get(one.id, ())),
    )


def _of_state(one: StateRule, office: OfficeLibrary, today: date) -> LibraryRow:
    note, name = _note(one, office, today), entry_name(one)
    told = [
        (CITATION, one.citation),
        ("Rule", one.rule),
        ("In its words", f"“{one.quotation}”" if one.quotation else ""),
        ("Take care", one.caution),
        ("Cited as", one.authority),
        *_checked(one),
    ]
    return LibraryRow(
        name=name,
        entry=one,
        title=State.of(one.code).label,
        kind="state’s rule",
        stance=MANDATES[one.mandate][0],
        binds=one.code,
        states=frozenset({one.code}),
        checked=_checked_on(one),
        note=note,
        warning=_warning(one, note, office),
        told=tuple((label, said) for label, said in told if said),
        checks=_acts(office.checks.get(name, ())),
    )


def _checked(entry: Entry) -> tuple[tuple[str, str], ...]:
    how = ("How it was checked", _STATUS[entry.status])
    return (how,) if entry.status is Status.UNVERIFIED else (how, ("Last check", _age(entry)))


def _checked_on(entry: Entry) -> str:
    return "" if entry.status is Status.UNVERIFIED else day(entry.verified_on)


def _acts(checks: tuple[AuthorityCheck, ...]) -> tuple[str, ...]:
    """`22 Nov 2026, J. Doe: checked with the source. Read on the court's page.`"""
    return tuple(
        f"{day(one.on)}, {one.by}: {one.action.value}. {one.note}".strip()
        for one in reversed(checks)
    )


def _age(one: Entry) -> str:
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
