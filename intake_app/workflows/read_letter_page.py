"""What the page of one letter shows: the letter itself, and all that may be chosen for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from intake_app.core.authorities import may_cite
from intake_app.core.case import CaseFile
from intake_app.core.casefile import Consent
from intake_app.core.consents import opens
from intake_app.core.directory import addressee_of
from intake_app.core.findings import Setting
from intake_app.core.letters.addressees import recipient_of
from intake_app.core.letters.facts import LetterFacts
from intake_app.core.letters.fitting import Fit, fitting
from intake_app.core.letters.gate import Overridden, may_be_cited
from intake_app.core.letters.kinds import LetterKind
from intake_app.core.letters.options import Addressee, LetterOptions, Signer
from intake_app.core.letters.rules import Asked, Blocker, translation
from intake_app.core.roles import Act, Role, require
from intake_app.core.vocabulary import FactGroup
from intake_app.documents.letter_template import used_names
from intake_app.documents.letter_text import translation_unchecked
from intake_app.documents.told import TOLD
from intake_app.store.letters import KeptLetter, Stage
from intake_app.store.office import Office
from intake_app.workflows.addressees import addressees_of
from intake_app.workflows.compose_letter import (
    ComposedLetter,
    UsedAuthority,
    compose_letter,
    used_authority,
)
from intake_app.workflows.letter_sources import kinds_of, library_of, text_of
from intake_app.workflows.open_case import open_case
from intake_app.workflows.read_fact_sources import FactSource, read_fact_sources
from intake_app.workflows.read_letters import approved_pdf, find_letter, letters_of
from intake_app.workflows.set_letterhead import signers_of


@dataclass(frozen=True)
class LetterStart:
    """Where the page begins.

    why: why this kind fits the case; empty where it does not. kept: the letter as it is kept;
    None for one nobody has worked on. pdf: of an approved letter. signers: the office's attorneys.
    """

    case: CaseFile
    kinds: tuple[LetterKind, ...]
    kind: str
    why: str
    options: LetterOptions
    kept: KeptLetter | None
    pdf: bytes | None
    signers: tuple[Signer, ...]


@dataclass(frozen=True)
class GroupChoice:
    """Facts that may be told where a consent in force names everybody who gets the letter.

    ends_on, signed_on: of the consent that opens them to the addressee. closed_to: recipients no
    consent names. fixed: a letter of this kind can't do without them.
    """

    group: FactGroup
    fixed: bool
    signed_on: date | None
    ends_on: date | None
    closed_to: tuple[str, ...]


@dataclass(frozen=True)
class LetterLook:
    """The letter as it stands, and what may be chosen.

    addressees: of the directory. to_tick: authorities an attorney may check for this letter.
    asks: the names of placeholders its text may use, as `reply.by`. open_points: what an attorney
    must still set aside with a reason before the letter can be approved. set_aside: what she has.
    """

    case: CaseFile
    letter: ComposedLetter
    addressees: tuple[Addressee, ...]
    groups: tuple[GroupChoice, ...]
    to_tick: tuple[UsedAuthority, ...]
    sources: Mapping[tuple[type, str], FactSource]
    asks: frozenset[str]
    open_points: tuple[Blocker, ...]
    set_aside: tuple[Overridden, ...]


def begin_letter(
    office: Office, case_id: int, now: datetime, *, kind: str = "", letter_id: int | None = None
) -> LetterStart:
    """Open one kept letter, or the letter of a kind, or the one that is to be written next.

    Without either: the draft worked on last, else the kind that fits the case. Raises `AppError`
    for a letter that is gone.
    """
    require(office.member.role, Act.COMPOSE_LETTERS)
    case = open_case(office, case_id, now)
    kinds = {one.key: one for one in kinds_of(office).values()}
    fits = [one for one in fits_of(office, case, now) if one.kind in kinds]
    pdf = None
    if letter_id is not None:
        kept: KeptLetter | None = find_letter(office, letter_id)
    else:
        unapproved = [
            one
            for one in letters_of(office, case_id)
            if one.stage is not Stage.APPROVED and one.kind in kinds
        ]
        # What waits for an attorney is done with, as far as its writer goes.
        drafts = [one for one in unapproved if one.stage is Stage.DRAFT]
        newest = max(drafts, key=lambda one: one.changed_at, default=None)
        kind = kind or (newest.kind if newest else fits[0].kind)
        kept = next((one for one in unapproved if one.kind == kind), None)
    if kept is not None:
        kind = kept.kind
        there = kept.stage is Stage.APPROVED and kept.destroyed_at is None
        pdf = approved_pdf(office, kept.id) if there else None
    return LetterStart(
        case=case,
        kinds=tuple(kinds.values()),
        kind=kind,
        why=next((one.why for one in fits if one.kind == kind), ""),
        options=kept.options if kept else LetterOptions(),
        kept=kept,
        pdf=pdf,
        signers=signers_of(office),
    )


def look_at_letter(
    office: Office, case_id: int, kind: str, options: LetterOptions, now: datetime
) -> LetterLook:
    """Compose the letter and say what may be chosen for it; raises as `compose_letter` does."""
    letter = compose_letter(office, case_id, kind, now, options)
    known, case = letter.known, letter.case
    entries = addressees_of(office, letter.kind.directory, known.state)
    text = text_of(office, letter.kind, known.language)
    points, aside = _points(office, letter, text, options, now)
    return LetterLook(
        case=case,
        letter=letter,
        addressees=tuple(addressee_of(one, known.addressee.cc) for one in entries),
        groups=tuple(_groups(case, known, options)),
        to_tick=_to_tick(office, known, options, now),
        sources=read_fact_sources(office, case, known, letter.facts),
        asks=frozenset(f"{group}.{name}" for group, name in used_names(text)),
        open_points=points,
        set_aside=(*letter.overridden, *aside),
    )


def fits_of(office: Office, case: CaseFile, now: datetime) -> tuple[Fit, ...]:
    """The kinds that fit a case, as this member may see it, the best first."""
    profile, role = office.profile, office.member.role
    here = Setting(now, profile.zone, profile.state, role, office.reference)
    return fitting(case, library_of(office), here)


def _points(
    office: Office, letter: ComposedLetter, text: str, options: LetterOptions, now: datetime
) -> tuple[tuple[Blocker, ...], tuple[Overridden, ...]]:
    """What only approval asks: edits with an override, and a translation to be checked."""
    role = office.member.role
    asked = Asked(letter.known, library_of(office), office.today(now), role, options, True)
    found = [one.blocker for one in letter.edit_problems if one.blocker.override]
    found += translation(asked) if translation_unchecked(text) else ()
    reasons = options.overrides if role is Role.ATTORNEY else {}
    told = {one.rule for one in letter.overridden}
    whys = {_CITATION: "An edited paragraph cites what is not in the library."}
    whys |= {one.rule: one.why for one in found}
    aside = tuple(
        Overridden(rule, whys[rule], reason)
        for rule, reason in reasons.items()
        if rule in whys and rule not in told and reason.strip()
    )
    left = {one.rule for one in aside}
    return tuple(one for one in found if one.rule not in left), aside


_CITATION = "CITATION"


def _groups(case: CaseFile, known: LetterFacts, options: LetterOptions) -> list[GroupChoice]:
    told = {one.group for one in TOLD[known.kind.gate](known).values()}
    grounds = {one.group for one in known.kind.grounds}
    offered = told | grounds | set(known.kind.tells)
    recipient = recipient_of(known.addressee)
    found = []
    for group in FactGroup:
        if group not in offered and group.value not in options.tell:
            continue
        consents = {
            who: opens(case.all(Consent), group, who, known.today)
            for who in (recipient, *known.addressee.cc)
        }
        consent = consents[recipient]
        found.append(
            GroupChoice(
                group,
                group in known.kind.tells,
                consent.signed_on if consent else None,
                consent.expires_on if consent else None,
                tuple(who for who, one in consents.items() if one is None),
            )
        )
    return found


def _to_tick(
    office: Office, known: LetterFacts, options: LetterOptions, now: datetime
) -> tuple[UsedAuthority, ...]:
    """What a named lawyer's check opens, and nothing else does (rule R2)."""
    library, today = library_of(office), office.today(now)
    found = []
    asked = Asked(known, library, today, office.member.role, options)
    for name in dict.fromkeys(may_be_cited(asked)):
        one = library.authorities.get(name)
        if one is None or may_cite(one, today, True, known.state) is not None:
            continue
        if name in options.ticked or may_cite(one, today, False, known.state) is not None:
            found.append(used_authority(one, known.state))
    return tuple(found)
