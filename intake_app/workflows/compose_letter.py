"""Compose a letter from a case: what is allowed, what blocks, the words and the page."""

from dataclasses import dataclass
from datetime import date, datetime

from intake_app.core.authorities import Authority, Library, StateReading, binding_words
from intake_app.core.letter_facts import Addressee, Letterhead, Signer, letter_facts
from intake_app.core.letter_gate import Blocker, GateResult, gate
from intake_app.core.roles import Act, Role, require
from intake_app.documents.letter_text import FactUsed, Letter, write_letter
from intake_app.documents.typeset import typeset_letter
from intake_app.store.office import Office
from intake_app.workflows import shipped
from intake_app.workflows.open_case import open_case


@dataclass(frozen=True)
class LetterOptions:
    """What the writer chose: nothing means the head of the facility, and no signer named."""

    addressee: Addressee | None = None
    signer: Signer | None = None
    ticked: frozenset[str] = frozenset()


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

    `adverse` are authorities against the request that the recipient will raise.
    """

    kind: str
    number: str
    pdf: bytes | None
    pages: int
    letter: Letter | None
    facts: tuple[FactUsed, ...]
    authorities: tuple[UsedAuthority, ...]
    adverse: tuple[UsedAuthority, ...]
    state: StateReading | None
    warnings: tuple[str, ...]
    blocked_by: tuple[Blocker, ...]


def compose_letter(
    office: Office,
    case_id: int,
    kind: str,
    now: datetime,
    options: LetterOptions | None = None,
) -> ComposedLetter:
    """Write one letter in memory. A draft: an attorney reads and signs it.

    Raises `NotAllowed` for a role that writes no letters, `AppError` for a text or a name that
    can't be set.
    """
    require(office.member.role, Act.COMPOSE_LETTERS)
    chosen = options or LetterOptions()
    case = open_case(office, case_id)
    profile = office.profile
    library = shipped.library()
    signer = chosen.signer or _signer(office)
    letterhead = Letterhead(profile.name, profile.letterhead, profile.zone)
    facts = letter_facts(case, letterhead, chosen.addressee, signer, now)
    today = office.today(now)
    result = gate(kind, facts, library, today, office.member.role, chosen.ticked)
    if not result.open:
        return _composed(kind, case.number, None, b"", 0, result, library, facts.state)
    letter = write_letter(facts, result, library, shipped.letter_text(kind))
    made = typeset_letter(letter, shipped.letter_fonts())
    return _composed(kind, case.number, letter, made.pdf, made.pages, result, library, facts.state)


def _signer(office: Office) -> Signer | None:
    if office.member.role is Role.ATTORNEY:
        return Signer(office.member.name, "Attorney")
    return None


def _composed(
    kind: str,
    number: str,
    letter: Letter | None,
    pdf: bytes,
    pages: int,
    result: GateResult,
    library: Library,
    state: str,
) -> ComposedLetter:
    def used(ids: tuple[str, ...]) -> tuple[UsedAuthority, ...]:
        return tuple(_used(library.authorities[name], state) for name in ids)

    return ComposedLetter(
        kind=kind,
        number=number,
        pdf=pdf if letter else None,
        pages=pages,
        letter=letter,
        facts=letter.facts if letter else (),
        authorities=used(letter.authorities) if letter else (),
        adverse=used(result.adverse),
        state=result.state_mandate,
        warnings=result.warnings,
        blocked_by=result.blockers,
    )


def _used(authority: Authority, state: str) -> UsedAuthority:
    return UsedAuthority(
        authority.id,
        authority.short_name,
        authority.citation,
        authority.stance.value,
        binding_words(authority, state),
        authority.verified_on,
        authority.caution,
    )
