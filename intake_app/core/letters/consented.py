"""Facts of a case that a letter knows only where a consent opens them to every recipient of it.

The rule is 34 U.S.C. 12291(b)(2), as `core/consents.py` reads it. Whoever gets a copy is a
recipient too.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from intake_app.core.case import CaseFile
from intake_app.core.casefile import (
    Certification,
    Consent,
    Dependent,
    Household,
    Person,
    Protection,
)
from intake_app.core.consents import opens
from intake_app.core.eligibility import MINORS
from intake_app.core.letters.addressees import recipient_of
from intake_app.core.letters.options import Addressee
from intake_app.core.letters.private_words import free_text_problem
from intake_app.core.vocabulary import (
    CitizenClaim,
    Earner,
    FactGroup,
    QualifyingCrime,
    Relation,
    YesNo,
)


@dataclass(frozen=True)
class Opened:
    """The consent that lets a group of facts be told to the recipient of this letter."""

    group: FactGroup
    entry_id: int
    recipient: str
    signed_on: date
    ends_on: date


@dataclass(frozen=True)
class Consented:
    """What a consent opened; an answer nobody gave, or no consent opens, is empty here.

    victim_of: a crime in plain words, such as `domestic violence`. medical_problem: why the
    words about the medical need may not be printed. citizen: whether papers show that the person
    is a citizen of the United States.
    """

    primary_earner: bool = False
    minor_children: int = 0
    citizen_family: bool = False
    medical_need: str = ""
    medical_problem: str = ""
    victim_of: str = ""
    citizen: bool = False


def opened_groups(
    case: CaseFile, addressee: Addressee, wanted: Iterable[FactGroup], today: date
) -> dict[FactGroup, Opened]:
    """The groups wanted which a consent opens to the addressee and to everybody with a copy."""
    found: dict[FactGroup, Opened] = {}
    to, kept = recipient_of(addressee), case.all(Consent)
    for group in wanted:
        consent = opens(kept, group, to, today)
        if consent is None or consent.signed_on is None or consent.expires_on is None:
            continue
        if any(opens(kept, group, reader, today) is None for reader in addressee.cc):
            continue
        entry = next(one for one in case.kept(Consent) if one.record is consent)
        found[group] = Opened(
            group, entry.id, consent.recipient or "", consent.signed_on, consent.expires_on
        )
    return found


def consented(case: CaseFile, opened: Container[FactGroup]) -> Consented:
    """Pick what the consents open."""
    family, health = FactGroup.FAMILY in opened, FactGroup.HEALTH in opened
    household, person = case.one(Household), case.one(Person)
    need = (person.medical_need or "").strip().rstrip(".") if health else ""
    return Consented(
        primary_earner=family and household.primary_breadwinner is Earner.YES,
        minor_children=_minor_children(case) if family else 0,
        citizen_family=family and household.citizen_family is YesNo.YES,
        medical_need=need,
        medical_problem=free_text_problem(need, case) if need else "",
        victim_of=_victim_of(case) if FactGroup.VICTIM in opened else "",
        citizen=FactGroup.IMMIGRATION in opened
        and person.us_citizen_claim is CitizenClaim.DOCUMENTED,
    )


def _minor_children(case: CaseFile) -> int:
    return sum(one.relation is Relation.CHILD and one.age in MINORS for one in case.all(Dependent))


def _victim_of(case: CaseFile) -> str:
    crime = case.one(Certification).crime
    if crime is not None and crime is not QualifyingCrime.SIMILAR:
        return crime.label.lower()
    if case.one(Protection).survivor is YesNo.YES:
        return QualifyingCrime.DOMESTIC_VIOLENCE.label.lower()
    return "a crime" if crime is not None else ""
