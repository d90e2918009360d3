"""What a request for records may know: the client's authorization, and who is asked about.

A request to a jail knows no A-number and no date of birth: the booking number names the person.
"""

from dataclasses import dataclass
from datetime import date

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Consent, Custody, Person
from intake_app.core.consents import ConsentState, consent_state
from intake_app.core.letters.kinds import Recipient
from intake_app.core.names import fold
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import ConsentKind


@dataclass(frozen=True)
class RecordsFacts:
    """The client's authorization for exactly this recipient, and identifiers.

    signed_on, ends_on: of the authorization; None where none is in force.
    born, a_number: for a request to ICE only.
    """

    signed_on: date | None
    ends_on: date | None
    booked_on: PartialDate | None
    born: PartialDate | None = None
    a_number: str = ""


def records_facts(case: CaseFile, recipient: str, to: Recipient, today: date) -> RecordsFacts:
    """Pick out of a case what a keeper of records may know."""
    found = [
        one
        for one in case.all(Consent)
        if one.kind is ConsentKind.RECORDS
        and consent_state(one, today) is ConsentState.VALID
        and recipient
        and fold(one.recipient or "") == fold(recipient)
    ]
    consent = max(found, key=lambda one: one.expires_on or date.min, default=None)
    person, federal = case.one(Person), to is Recipient.ICE_RECORDS
    return RecordsFacts(
        signed_on=consent.signed_on if consent else None,
        ends_on=consent.expires_on if consent else None,
        booked_on=case.one(Custody).booked_on,
        born=person.born if federal else None,
        a_number=(person.a_number or "") if federal else "",
    )
