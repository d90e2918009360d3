"""Compose a letter from a case: what is allowed, what blocks, the words and the page."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from intake_app.core.authorities import Authority, Library, StateReading, binding_words
from intake_app.core.case import CaseFile
from intake_app.core.letters.edited import EditProblem
from intake_app.core.letters.facts import LetterFacts, Letterhead, letter_facts
from intake_app.core.letters.gate import GateResult, Overridden, gate
from intake_app.core.letters.kinds import LetterKind
from intake_app.core.letters.letter_setup import signer_of
from intake_app.core.letters.options import LetterOptions, Signer
from intake_app.core.letters.rules import Asked, Blocker
from intake_app.core.roles import Act, Role, require
from intake_app.documents.checked_letter import write_checked
from intake_app.documents.letter_text import Letter, translation_unchecked
from intake_app.documents.told import FactUsed
from intake_app.documents.typeset import Typeset, typeset_letter
from intake_app.store.letter_setup import letter_setup
from intake_app.store.office import Office
from intake_app.workflows import shipped
from intake_app.workflows.letter_sources import kind_of, library_of, text_of
from intake_app.workflows.open_case import look_into_case


@dataclass(frozen=True)
class UsedAuthority:
    """An authority of this letter as people read it; `weight` is binding or persuasive here."""

    id: str
    short_name: str
    citation: str
    stance: str
    weight: str
    verified_on: date
    caution: str


@dataclass(frozen=True)
class ComposedLetter:
    """A letter, or why there is none: `pdf` is None exactly when `blocked_by` is not empty.

    case: it was written from, as it stood at that moment.
    adverse: authorities against the request that the recipient will raise.
    overridden: blocks an attorney has set aside, with the typed reason.
    edit_problems: what is wrong with edited paragraphs; while there is one, nobody approves. Those
        withheld do not stand on the page, which shows the paragraph as it is without the edit.
    known: what the letter may know of the case, for what is offered beside it.
    """

    kind: LetterKind
    case: CaseFile
    known: LetterFacts
    pdf: bytes | None
    pages: int
    letter: Letter | None
    facts: tuple[FactUsed, ...]
    authorities: tuple[UsedAuthority, ...]
    adverse: tuple[UsedAuthority, ...]
    state: StateReading | None
    warnings: tuple[str, ...]
    blocked_by: tuple[Blocker, ...]
    overridden: tuple[Overridden, ...]
    edit_problems: tuple[EditProblem, ...] = ()


def compose_letter(
    office: Office,
    case_id: int,
    kind: str,
    now: datetime,
    options: LetterOptions | None = None,
    *,
    draft: bool = True,
) -> ComposedLetter:
    """Write one letter in memory; a draft says so across each page.

    Raises `NotAllowed` for a role that writes no letters, `AppError` for a text or a name that
    can't be set.
    """
    require(office.member.role, Act.COMPOSE_LETTERS)
    chosen = options or LetterOptions()
    wanted = kind_of(office, kind)
    library = library_of(office)
    case = look_into_case(office, case_id, now)
    if chosen.signer is None:
        chosen = replace(chosen, signer=_signer(office))
    facts = letter_facts(
        case,
        letterhead_of(office),
        now,
        wanted,
        chosen,
        frozenset(office.reference.holidays),
        letter_setup(office).directory,
    )
    text = text_of(office, wanted, facts.language)
    unchecked = not draft and translation_unchecked(text)
    asked = Asked(facts, library, office.today(now), office.member.role, chosen, unchecked)
    result = gate(asked)
    if not result.open:
        return _composed(facts, case, None, None, result, library)
    checked = write_checked(asked, result, text, case)
    result = checked.result
    if not result.open:
        return _composed(facts, case, None, None, result, library)
    letter = checked.letter
    made = typeset_letter(letter, shipped.letter_fonts(), draft=draft)
    composed = _composed(facts, case, letter, made, result, library)
    return replace(composed, edit_problems=checked.edit_problems)


def letterhead_of(office: Office) -> Letterhead:
    """The office as its letters show it, with its logo."""
    profile = office.profile
    return Letterhead(profile.name, profile.letterhead, profile.zone, letter_setup(office).logo)


def _signer(office: Office) -> Signer | None:
    member = office.member
    if member.role is Role.ATTORNEY:
        return signer_of(member.name, letter_setup(office).blocks.get(member.id))
    return None


def _composed(
    facts: LetterFacts,
    case: CaseFile,
    letter: Letter | None,
    made: Typeset | None,
    result: GateResult,
    library: Library,
) -> ComposedLetter:
    def used(ids: tuple[str, ...]) -> tuple[UsedAuthority, ...]:
        return tuple(used_authority(library.authorities[name], facts.state) for name in ids)

    return ComposedLetter(
        kind=facts.kind,
        known=facts,
        case=case,
        pdf=made.pdf if made else None,
        pages=made.pages if made else 0,
        letter=letter,
        facts=letter.facts if letter else (),
        authorities=used(letter.authorities) if letter else (),
        adverse=used(result.adverse),
        state=result.state_mandate,
        warnings=result.warnings,
        blocked_by=result.blockers,
        overridden=result.overridden,
    )


def used_authority(authority: Authority, state: str) -> UsedAuthority:
    """An authority as the page of a letter to a jail in that state shows it."""
    return UsedAuthority(
        authority.id,
        authority.short_name,
        authority.citation,
        authority.stance.value,
        binding_words(authority, state),
        authority.verified_on,
        authority.caution,
    )
