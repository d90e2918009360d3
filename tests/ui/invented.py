"""A few invented people, for tests and pictures of the window."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from intake_app.core import vocabulary as words
from intake_app.core.casefile import (
    Charge,
    Consent,
    Custody,
    Dependent,
    Detainer,
    Immigration,
    Intake,
    Person,
    Phone,
    Protection,
)
from intake_app.core.fields import title_of
from intake_app.core.partial_date import PartialDate
from intake_app.core.places import Country, Language
from intake_app.store.office import Office
from intake_app.workflows.save_case import add_entry, save_answer
from intake_app.workflows.start_intake import start_intake

MIAMI = ZoneInfo("America/New_York")


def at(day: int, hour: int, minute: int) -> datetime:
    """A time in November 2026 in Miami."""
    return datetime(2026, 11, day, hour, minute, tzinfo=MIAMI)


MARIE: list[tuple[type, dict[str, Any]]] = [
    (Intake, {"mode": words.IntakeMode.PHONE, "caller": words.Caller.SPOUSE}),
    (Intake, {"status": words.CaseStatus.OPEN}),
    (
        Person,
        {
            "given": "Marie",
            "surname": "Jean-Baptiste",
            "born": PartialDate(1987, 5),
            "a_number": "A204 118 730",
            "booking_number": "26-119034",
            "country_of_birth": Country.of("HT"),
            "citizenship": Country.of("HT"),
            "language_spoken": Language.of("ht"),
        },
    ),
    (Phone, {"number": "(305) 555-0142", "safe": words.Safe.ASK, "voicemail": words.Safe.NO}),
    (
        Custody,
        {
            "arrested_at": at(18, 23, 40),
            "arresting_agency": "Miami-Dade PD",
            "fingerprinted_at": at(19, 1, 15),
            "facility": "Turner Guilford Knight",
            "facility_state": words.State.FL,
            "in_custody": words.YesNo.YES,
            "release_due_at": at(20, 9, 10),
            "release_basis": words.ReleaseBasis.NO_CHARGES,
        },
    ),
    (
        Charge,
        {
            "statute": "784.03",
            "charge_text": "Battery",
            "level": list(words.ChargeLevel)[3],
            "outcome": list(words.ChargeOutcome)[2],
            "outcome_on": PartialDate(2026, 11, 20),
            "court_case_number": "M-26-034417",
        },
    ),
    (
        Charge,
        {
            "statute": "843.02",
            "charge_text": "Resisting without violence",
            "level": list(words.ChargeLevel)[3],
            "outcome": list(words.ChargeOutcome)[3],
            "outcome_on": PartialDate(2026, 11, 20),
        },
    ),
    (
        Detainer,
        {
            "form": words.DetainerForm.I247A,
            "received_at": at(19, 14, 0),
            "status": words.DetainerStatus.ACTIVE,
            "copy_seen": words.YesNo.YES,
        },
    ),
    *((Dependent, {"name": name, "relation": words.Relation.CHILD}) for name in ("Léa", "Noé")),
    (Protection, {"screened_privately": words.YesNo.YES, "survivor": words.YesNo.YES}),
    (Immigration, {"status_claimed": list(words.StatusClaimed)[1]}),
    (
        Consent,
        {
            "kind": words.ConsentKind.LETTER,
            "recipient": "Director, Corrections and Rehabilitation",
            "signed_on": date(2026, 11, 20),
            "signed_how": words.SignedHow.WET,
        },
    ),
]

OTHERS = [
    ("Carlos", "Hernández López", "Metro West", "26-118771", "FL"),
    ("Wei", "Chen", "Pre-Trial Det. Ctr", "26-119100", "FL"),
    ("Aminata", "Diallo", "Krome North", "26-118002", "FL"),
    ("Thị Hoa", "Nguyễn-Đặng", "Fulton County Jail", "88-3301", "GA"),
    ("Łukasz", "Żółkiewski", "Mecklenburg Central", "PID 455810", "NC"),
    ("José Ángel", "Núñez Ibáñez", "Harris County Jail", "03021177", "TX"),
]


def save(
    office: Office, case_id: int, record: type, answers: dict[str, Any], now: datetime
) -> None:
    """Save a record through the program's own workflow."""
    entry_id = None
    if title_of(record).many:
        entry_id = add_entry(office, case_id, record, now).entry_id
    for field, value in answers.items():
        save_answer(office, case_id, record, entry_id, field, value, now)


def fill(office: Office, now: datetime) -> int:
    """Fill an office; return the number in the file of Marie Jean-Baptiste's case."""
    for given, surname, facility, booking, state in OTHERS:
        case_id = start_intake(office, now).case_id
        person = {"given": given, "surname": surname, "booking_number": booking}
        save(office, case_id, Person, person, now)
        held = {"facility": facility, "facility_state": words.State.of(state)}
        save(office, case_id, Custody, held, now)
    marie = start_intake(office, now).case_id
    for record, answers in MARIE:
        save(office, marie, record, answers, now)
    return marie
