"""A case full of what letters must not say, and letters composed from it without an office."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pypdf import PdfReader

from intake_app.core.authorities import Library
from intake_app.core.authority_files import read_authorities
from intake_app.core.case import CaseFile
from intake_app.core.casefile import (
    Abuser,
    Certification,
    Charge,
    Consent,
    Contact,
    Custody,
    Dependent,
    Detainer,
    Household,
    Immigration,
    Intake,
    Note,
    OtherName,
    Person,
    PrivateNote,
    Protection,
)
from intake_app.core.fields import title_of
from intake_app.core.letters.facts import LetterFacts, Letterhead, letter_facts
from intake_app.core.letters.gate import GateResult, gate
from intake_app.core.letters.kinds import LetterKind
from intake_app.core.letters.options import LetterOptions, Signer
from intake_app.core.letters.rules import Asked
from intake_app.core.partial_date import PartialDate
from intake_app.core.places import Country, Language
from intake_app.core.roles import Role
from intake_app.core.vocabulary import (
    AgeBand,
    CareNow,
    ChargeLevel,
    ChargeOutcome,
    CitizenClaim,
    ConsentKind,
    DetainerBox,
    DetainerForm,
    DetainerStatus,
    DvRelation,
    Earner,
    FactGroup,
    ListedOffense,
    MannerOfEntry,
    ProtectedPlace,
    QualifyingCrime,
    Relation,
    Relief,
    Safe,
    SignedBy,
    SignedHow,
    State,
    StatusClaimed,
    Suspected,
    WarrantAttached,
    YesNo,
    Zone,
)
from intake_app.documents.letter_text import Letter, write_letter
from intake_app.documents.typeset import typeset_letter
from intake_app.workflows.shipped import letter_fonts
from tests.cases import case_of

RESOURCES = Path(__file__).parents[1] / "resources"
LIBRARY: Library = read_authorities(
    {file.name: file.read_text("utf-8") for file in (RESOURCES / "authorities").glob("*.toml")}
)
EASTERN = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 23, 10, 5, tzinfo=EASTERN)
TODAY = NOW.date()
OFFICE = Letterhead("Example Legal Aid", "1 Example Street\nTelephone 555-0100", "America/New_York")
SIGNER = Signer("R. Okafor", "Staff Attorney")

NEVER = (
    "Honduras", "Tegucigalpa", "SID-77", "FBI-88", "PASS-66", "6789", "Secret Court",
    "not inspected", "without inspection", "overstay", "undocumented", "Lucía", "Esposo",
    "Otro Nombre", "Caller Roe", "private words", "note words", "what happened words",
    "in her own words", "other victim facts", "12 Home Lane",
)  # fmt: skip
"""No letter of any kind says these."""

VICTIM = (
    "domestic violence", "survivor", "abuse", "victim", "shelter", "784.041", "PD-4455",
    "testified", "broken wrist",
)  # fmt: skip
A_NUMBER, BORN = ("A098765432", "098765432"), ("1987", "February 3")
HEALTH, CHARGE_WORDS = ("insulin",), ("battery",)

_RECORDS: Mapping[type, dict[str, Any]] = {
    Intake: {"caller_name": "Caller Roe", "summary": "what happened words"},
    Person: {
        "given": "Marie", "surname": "Jean-Baptiste", "booking_number": "26-119034",
        "a_number": "A098765432", "born": PartialDate(1987, 2, 3), "state_id": "SID-77",
        "fbi_number": "FBI-88", "passport": "PASS-66", "ssn_last4": "6789",
        "country_of_birth": Country.HN, "citizenship": Country.HN,
        "us_citizen_claim": CitizenClaim.DERIVATIVE, "medical_need": "insulin twice a day",
        "language_spoken": Language.HT,
    },
    OtherName: {"name": "Otro Nombre"},
    Contact: {
        "home_address": "12 Home Lane\nMiami, FL 33100",
        "mailing_address": "P.O. Box 5\nMiami, FL 33101", "safe_to_mail": Safe.YES,
        "confirmed_on": date(2026, 11, 20),
    },
    Household: {"primary_breadwinner": Earner.YES},
    Dependent: {
        "name": "Lucía", "relation": Relation.CHILD, "age": AgeBand.TO_5,
        "care_now": CareNow.RELATIVE,
    },
    Custody: {
        "facility": "Example County Jail", "facility_state": State.FL,
        "facility_county": "Example",
        "facility_address": "1 Jail Road\nTown, FL 33102", "held_by_287g": YesNo.NO,
        "facility_zone": Zone.EASTERN, "in_custody": YesNo.YES,
        "booked_on": PartialDate(2026, 11, 16),
        "release_due_at": datetime(2026, 11, 22, 17, 0, tzinfo=EASTERN),
    },
    Detainer: {
        "form": DetainerForm.I247A, "status": DetainerStatus.ACTIVE, "box": DetainerBox.NEITHER,
        "warrant": WarrantAttached.NONE, "issued_on": PartialDate(2026, 11, 19),
        "issuing_office": "ICE Miami Field Office", "person_matches": YesNo.NO,
    },
    Charge: {
        "level": ChargeLevel.INFRACTION, "outcome": ChargeOutcome.PENDING, "charge_text": "battery",
        "statute": "784.03", "dv_relation": DvRelation.VICTIM_ARRESTED,
        "listed_offense": ListedOffense.NONE, "court_case_number": "F26-001234",
        "court": "Eleventh Judicial Circuit",
        "next_court_at": datetime(2026, 12, 1, 9, 0, tzinfo=EASTERN),
    },
    Immigration: {
        "manner_of_entry": MannerOfEntry.NOT_INSPECTED, "status_claimed": StatusClaimed.EWI,
        "court": "Secret Court", "departures": "Tegucigalpa", "relief": (Relief.U,),
    },
    Protection: {
        "survivor": YesNo.YES, "in_shelter": YesNo.YES, "told_by_abuser": Suspected.YES,
        "protected_place": ProtectedPlace.COURTHOUSE, "u_certifier": "Example Police Department",
        "in_client_words": "in her own words", "other_victimization": "other victim facts",
    },
    Abuser: {"name": "Esposo"},
    Certification: {
        "crime": QualifyingCrime.DOMESTIC_VIOLENCE, "statute": "Fla. Stat. § 784.041",
        "report_number": "PD-4455", "happened_on": PartialDate(2026, 5, 4),
        "reported_on": PartialDate(2026, 5, 5), "help_given": "Marie testified on June 2.",
        "harm": "A broken wrist and fear.", "client_advised": YesNo.YES,
        "charges_reviewed": YesNo.YES, "form_enclosed": YesNo.YES,
    },
    PrivateNote: {"words": "private words"},
    Note: {"words": "note words"},
}  # fmt: skip


def secret_case(*more: Any, **changes: dict[str, Any]) -> CaseFile:
    """The case, with changes by table (`person={"born": None}`) and more records."""
    return case_of(
        *(cls(**said | changes.get(title_of(cls).table, {})) for cls, said in _RECORDS.items()),
        *more,
    )


def consent_to(named: str, *groups: FactGroup, **changes: Any) -> Consent:
    """A consent in force that opens these groups to one recipient."""
    whole = Consent(
        kind=ConsentKind.LETTER, recipient=named, facts=groups, purpose="letter",
        risks_explained=YesNo.YES, signed_on=date(2026, 11, 20), signed_how=SignedHow.WET,
        signed_by=SignedBy.CLIENT, language=Language.HT, expires_on=date(2026, 12, 20),
        free_choice=YesNo.YES,
    )  # fmt: skip
    return replace(whole, **changes)


def known(kind: LetterKind, case: CaseFile, options: LetterOptions | None = None) -> LetterFacts:
    """What a letter of this kind knows of the case."""
    chosen = options or LetterOptions()
    if chosen.signer is None:
        chosen = replace(chosen, signer=SIGNER)
    return letter_facts(case, OFFICE, NOW, kind, chosen)


def asked(
    kind: LetterKind,
    case: CaseFile,
    options: LetterOptions | None = None,
    role: Role = Role.ATTORNEY,
) -> GateResult:
    """The gate's answer."""
    chosen = options or LetterOptions()
    return gate(Asked(known(kind, case, chosen), LIBRARY, TODAY, role, chosen))


def blocks(
    kind: LetterKind,
    case: CaseFile,
    options: LetterOptions | None = None,
    role: Role = Role.ATTORNEY,
) -> list[str]:
    """The rules that block the letter."""
    return [one.rule for one in asked(kind, case, options, role).blockers]


def written(kind: LetterKind, case: CaseFile, options: LetterOptions | None = None) -> Letter:
    """The letter; an error where the gate blocks it."""
    chosen = options or LetterOptions()
    facts = known(kind, case, chosen)
    ending = "" if facts.language == "en" else f".{facts.language}"
    text = (RESOURCES / "letters" / f"{kind.key}{ending}.md").read_text("utf-8")
    return write_letter(facts, asked(kind, case, chosen), LIBRARY, text, chosen)


def pdf_of(letter: Letter) -> bytes:
    """The letter as it is printed."""
    return typeset_letter(letter, letter_fonts(), draft=False).pdf


def read_back(letter: Letter) -> str:
    """Every word of the letter and of its PDF: its pages, its title and what is said of it."""
    pdf = PdfReader(BytesIO(pdf_of(letter)))
    pages = " ".join(page.extract_text() for page in pdf.pages)
    assert "Jean-Baptiste" in pages  # or the words of the page were not read at all
    about = " ".join(str(value) for value in (pdf.metadata or {}).values())
    return " ".join(f"{letter.text} {letter.title} {pages} {about}".split())


def holds(words: str, *secrets: str) -> list[str]:
    """Which of the secrets stand in the words."""
    return [secret for secret in secrets if secret.lower() in words.lower()]
