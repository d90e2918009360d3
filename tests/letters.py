"""A case of which a letter can be written, in a real office."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from intake_app.core.casefile import Charge, Consent, Custody, Detainer, Person
from intake_app.core.letters.options import LetterOptions
from intake_app.core.vocabulary import (
    ChargeOutcome,
    DetainerForm,
    ReleaseBasis,
    State,
    YesNo,
    Zone,
)
from intake_app.store.letters import Stage
from intake_app.store.office import Office
from intake_app.workflows.read_letters import letters_of
from intake_app.workflows.save_case import add_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW

DECLINE = "decline"
SURNAME, BOOKING = "Quintanilla", "26-119034"


def case_for_a_letter(office: Office, now: datetime = NOW) -> int:
    """A person held in California on a detainer: everything a request to decline needs."""
    case = start_intake(office, now).case_id
    single: tuple[tuple[type, str, Any], ...] = (
        (Person, "given", "Ana"),
        (Person, "surname", SURNAME),
        (Person, "booking_number", BOOKING),
        (Custody, "facility", "County Jail"),
        (Custody, "facility_address", "1 Jail Road\nOakland, CA 94601"),
        (Custody, "facility_state", State.CA),
        (Custody, "facility_zone", Zone.PACIFIC),
        (Custody, "in_custody", YesNo.YES),
        (Custody, "release_basis", ReleaseBasis.BAIL_BOND),
        (
            Custody,
            "release_due_at",
            (now + timedelta(days=2)).astimezone(ZoneInfo("America/Los_Angeles")),
        ),
    )
    for record, field, value in single:
        save_answer(office, case, record, None, field, value, now)
    for record, field, value in (
        (Detainer, "form", DetainerForm.I247A),
        (Charge, "outcome", ChargeOutcome.PENDING),
    ):
        save_answer(
            office, case, record, add_entry(office, case, record, now).entry_id, field, value, now
        )
    return case


def consent(office: Office, case: int, **answers: Any) -> int:
    """A consent with these answers; return its number."""
    entry = add_entry(office, case, Consent, NOW).entry_id
    assert entry is not None
    for field, value in answers.items():
        save_answer(office, case, Consent, entry, field, value, NOW)
    return entry


def kept_options(office: Office, case_id: int, kind: str) -> LetterOptions | None:
    """What was chosen and edited in the draft of that kind; None where there is none."""
    written = (one for one in letters_of(office, case_id) if one.stage is not Stage.APPROVED)
    return next((one.options for one in written if one.kind == kind), None)
