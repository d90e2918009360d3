"""What a request to certify for U status may know of a case; all of it needs the consent."""

from dataclasses import dataclass

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Certification, Charge, Person
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import ChargeOutcome


@dataclass(frozen=True)
class CertifierFacts:
    """The crime, the help given and the harm, as `Certification` records them.

    open_charges: a charge against the client is open, or nobody has recorded how it ended.
    """

    born: PartialDate | None
    record: Certification
    open_charges: bool


_OPEN = (None, ChargeOutcome.PENDING, ChargeOutcome.UNKNOWN, ChargeOutcome.DEFERRED)


def certifier_facts(case: CaseFile) -> CertifierFacts:
    """Pick out of a case what a certifying official may be told with the client's consent."""
    charges = case.all(Charge)
    return CertifierFacts(
        born=case.one(Person).born,
        record=case.one(Certification),
        open_charges=not charges or any(one.outcome in _OPEN for one in charges),
    )
