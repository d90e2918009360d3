"""What a letter to ICE may know of a case beyond what a letter to a jail may.

Never where the person was born or how the person came. What needs a consent is marked as such
where it is told (`documents/told_ice.py`).
"""

from dataclasses import dataclass

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Charge, Dependent, Immigration, Person, Protection
from intake_app.core.detainer_review import CITIZEN
from intake_app.core.eligibility import MINORS
from intake_app.core.federal_screen import FederalScreen, federal_screen
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import (
    ChargeLevel,
    CitizenClaim,
    ProtectedPlace,
    StatusClaimed,
    Suspected,
)

LAWFUL = (StatusClaimed.LPR, StatusClaimed.REFUGEE, StatusClaimed.TPS, StatusClaimed.NONIMMIGRANT)
NAMED_PLACES = (ProtectedPlace.SHELTER, ProtectedPlace.RAPE_CRISIS, ProtectedPlace.COURTHOUSE)
"""Named in 8 U.S.C. 1229(e)."""

_NO_CRIME = (ChargeLevel.INFRACTION, ChargeLevel.CIVIL, ChargeLevel.NONE)


@dataclass(frozen=True)
class IceFacts:
    """Identifiers, and what bears on the grounds.

    screen: what the charges say under 8 U.S.C. 1226(c); never told, it stops the letter.
    no_crime: charges are on file and the law says of each that it is no crime.
    minors: how many children depend on the person.
    """

    born: PartialDate | None
    a_number: str
    citizen: CitizenClaim | None
    status: StatusClaimed | None
    told_by_abuser: bool
    place: ProtectedPlace | None
    medical_need: str
    minors: int
    no_crime: bool
    screen: FederalScreen


def ice_facts(case: CaseFile) -> IceFacts:
    """Pick out of a case what ICE may be told, with consent or without."""
    person, protection, charges = case.one(Person), case.one(Protection), case.all(Charge)
    status = case.one(Immigration).status_claimed
    place = protection.protected_place
    return IceFacts(
        born=person.born,
        a_number=person.a_number or "",
        citizen=person.us_citizen_claim if person.us_citizen_claim in CITIZEN else None,
        status=status if status in LAWFUL else None,
        told_by_abuser=protection.told_by_abuser in (Suspected.YES, Suspected.SUSPECTED),
        place=place if place in NAMED_PLACES else None,
        medical_need=(person.medical_need or "").strip().rstrip("."),
        minors=sum(one.age in MINORS for one in case.all(Dependent)),
        no_crime=bool(charges) and all(one.level in _NO_CRIME for one in charges),
        screen=federal_screen(charges),
    )
