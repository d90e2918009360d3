"""Cases for tests of letters, in the library that ships."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from intake_app.core.authorities import COMPLY, Library
from intake_app.core.authority_files import read_authorities
from intake_app.core.case import CaseFile, Entry
from intake_app.core.casefile import (
    Certification,
    Charge,
    Consent,
    Custody,
    Dependent,
    Detainer,
    Household,
    Immigration,
    Person,
    Protection,
)
from intake_app.core.letters.facts import LetterFacts, Letterhead, letter_facts
from intake_app.core.letters.gate import GateResult, gate
from intake_app.core.letters.kinds import KINDS
from intake_app.core.letters.options import LetterOptions, Signer
from intake_app.core.letters.rules import Asked
from intake_app.core.partial_date import PartialDate
from intake_app.core.places import Country, Language
from intake_app.core.roles import Role
from intake_app.core.vocabulary import (
    AgeBand,
    ChargeLevel,
    ChargeOutcome,
    ConsentKind,
    DetainerBox,
    DetainerForm,
    DetainerStatus,
    Earner,
    FactGroup,
    KnownFrom,
    QualifyingCrime,
    Relation,
    ReleaseBasis,
    SignedBy,
    SignedHow,
    State,
    WarrantAttached,
    YesNo,
    Zone,
)

RESOURCES = Path(__file__).parents[1] / "resources"
LIBRARY: Library = read_authorities(
    {f.name: f.read_text("utf-8") for f in (RESOURCES / "authorities").glob("*.toml")}
)
EASTERN = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 23, 10, 5, tzinfo=EASTERN)
OFFICE = Letterhead("Example Legal Aid", "1 Example Street", "America/New_York")
SIGNER = Signer("R. Okafor", "Staff Attorney")
LONG_AGO = NOW - timedelta(days=8)
JAIL, COUNSEL = "Example County Jail", "County Counsel, Example County"

MANDATES = tuple(
    state for state in State if LIBRARY.state_on(state.value, NOW.date()).mandate in COMPLY
)
"""The states whose law directs jails to comply."""


def text_of(kind: str) -> str:
    """The shipped text of a kind."""
    return (RESOURCES / "letters" / f"{kind}.md").read_text("utf-8")


def case_of(*more: Any, **changes: dict[str, Any]) -> CaseFile:
    """A case of somebody held in New York on a poor Form I-247A, full of what no jail may know."""
    person: dict[str, Any] = {
        "given": "Marie", "surname": "Jean-Baptiste", "booking_number": "26-119034",
        "a_number": "A098765432", "country_of_birth": Country.HN,
        "medical_need": "insulin twice a day",
    }  # fmt: skip
    custody: dict[str, Any] = {
        "facility": JAIL, "facility_state": State.NY, "facility_county": "Example",
        "facility_address": "1 Jail Road\nTown", "facility_zone": Zone.EASTERN,
        "in_custody": YesNo.YES, "held_by_287g": YesNo.NO,
        "release_basis": ReleaseBasis.BAIL_BOND, "release_known_from": KnownFrom.COURT,
        "custody_confirmed_at": NOW - timedelta(minutes=30),
        "custody_known_from": KnownFrom.JAIL,
    }  # fmt: skip
    detainer: dict[str, Any] = {
        "form": DetainerForm.I247A, "status": DetainerStatus.ACTIVE,
        "issued_on": PartialDate(2026, 11, 13), "warrant": WarrantAttached.NONE,
        "box": DetainerBox.NEITHER, "served": YesNo.NO,
    }  # fmt: skip
    charge: dict[str, Any] = {"level": ChargeLevel.FELONY, "outcome": ChargeOutcome.PENDING}
    records: list[Any] = [
        Person(**person | changes.get("person", {})),
        Custody(**custody | changes.get("custody", {})),
        Detainer(**detainer | changes.get("detainer", {})),
        Charge(**charge | changes.get("charge", {})),
        Household(primary_breadwinner=Earner.YES, citizen_family=YesNo.YES),
        Dependent(name="Lucía", relation=Relation.CHILD, age=AgeBand.TO_5),
        Protection(survivor=YesNo.YES),
        Certification(crime=QualifyingCrime.STALKING),
        Immigration(court="Secret Court"),
        *more,
    ]
    kept: dict[type, tuple[Entry[Any], ...]] = {}
    for number, one in enumerate(records):
        kept[type(one)] = (*kept.get(type(one), ()), Entry(number, one))
    return CaseFile(1, "26-1", kept)


def consent(recipient: str, *groups: FactGroup, **changes: Any) -> Consent:
    """A consent in force that lets these facts be told to one recipient."""
    answers: dict[str, Any] = {
        "kind": ConsentKind.LETTER, "recipient": recipient, "facts": groups or tuple(FactGroup),
        "purpose": "a letter", "risks_explained": YesNo.YES, "signed_on": date(2026, 11, 20),
        "signed_how": SignedHow.WET, "signed_by": SignedBy.CLIENT, "language": Language.EN,
        "expires_on": date(2026, 12, 20), "free_choice": YesNo.YES,
    }  # fmt: skip
    return Consent(**answers | changes)


def asked_of(
    kind: str,
    case: CaseFile,
    role: Role = Role.ATTORNEY,
    on: date | None = None,
    **options: Any,
) -> Asked:
    """The question to the gate for a letter of this kind."""
    chosen = LetterOptions(signer=SIGNER, **options)
    facts: LetterFacts = letter_facts(case, OFFICE, NOW, KINDS[kind], chosen)
    return Asked(facts, LIBRARY, on or NOW.date(), role, chosen)


def gated(kind: str, case: CaseFile, role: Role = Role.ATTORNEY, **options: Any) -> GateResult:
    """What the gate says."""
    return gate(asked_of(kind, case, role, **options))


def rules_of(result: GateResult) -> list[str]:
    """The rules that block."""
    return [blocker.rule for blocker in result.blockers]
