"""What an episode says of the person, the family and the place: facts only, no name anywhere."""

import math
import re
from collections.abc import Sequence
from datetime import date

from intake_app.core.casefile import Consent, Custody, Dependent, Household, Person, Protection
from intake_app.core.consents import counts_in_reports
from intake_app.core.eligibility import MINORS
from intake_app.core.fields import Choice
from intake_app.core.names import fold
from intake_app.core.places import Country
from intake_app.core.reports.words import NOT_KNOWN, UNKNOWN
from intake_app.core.vocabulary import AgeBand, Relation, Sex, YesNo

_CHILD = (Relation.CHILD, Relation.STEPCHILD)
_FAMILY = (*_CHILD, Relation.SPOUSE)

_COUNTY = re.compile(r"[^\W\d_][^\d_@:;/\\]{1,39}")
_COUNTY_WORD = re.compile(r"\s+(county|parish)$|^county\s+of\s+", re.IGNORECASE)

_AGENCIES: tuple[tuple[str, str], ...] = (
    ("campus", r"campus|university|college|school|isd"),
    (
        "federal",
        r"ice|ero|hsi|cbp|dhs|fbi|dea|atf|usms|federal|immigration|border patrol|homeland|"
        r"u s marshals?|us marshals?|u s customs|us customs",
    ),
    (
        "state",
        r"highway patrol|state patrol|state police|state troopers?|public safety|dps|fhp|chp|"
        r"state of \w+",
    ),
    ("sheriff", r"sheriffs?|sheriff s|so|bso"),
    ("corrections", r"corrections?|correctional|jail|prison|probation|parole|court|bail"),
    ("police", r"police|pd|constables?|marshals?|mdpd"),
)
_AGENCY = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in _AGENCIES)


def person_words(person: Person, custody: Custody) -> dict[str, str]:
    """The answers about the person and the place, by the id of their dimension."""
    return {
        "country": _country(person),
        "language": _word(person.language_spoken),
        "sex": UNKNOWN if person.sex in (None, Sex.UNDISCLOSED) else _word(person.sex),
        "citizen_claim": _word(person.us_citizen_claim),
        "custody_basis": _word(custody.custody_basis),
        "facility_kind": _word(custody.facility_kind),
        "state": _word(custody.facility_state),
        "bail_refused": _yes_no(custody.bail_refused),
        "county": _county(custody),
        "agency_kind": agency_kind(custody.arresting_agency),
    }


def family_words(household: Household, dependents: Sequence[Dependent]) -> dict[str, str]:
    """The answers about the family, by the id of their dimension."""
    children = minor_children(household, dependents)
    counted = UNKNOWN if math.isnan(children) else str(int(children))
    return {
        "earner": _word(household.primary_breadwinner),
        "children": "3+" if children >= 3 else counted,
        "citizen_family": _citizen_family(household, dependents),
    }


def is_counted_victim(protection: Protection, consents: Sequence[Consent], today: date) -> bool:
    """Whether the person is a survivor and may be counted as one on this day."""
    return protection.survivor is YesNo.YES and counts_in_reports(protection, consents, today)


def minor_children(household: Household, dependents: Sequence[Dependent]) -> float:
    """Children under 18: those listed, or the household's number where it is greater.

    NaN where no number is given and a child, or somebody who may be one, is listed without what
    it takes to tell; or where nobody is listed at all.
    """
    listed = sum(one.age in MINORS and one.relation in _CHILD for one in dependents)
    given = household.children
    if given is not None and given >= 0:
        return float(max(listed, given))
    if listed == 0 or any(map(_may_be_minor_child, dependents)):
        return math.nan
    return float(listed)


def _may_be_minor_child(one: Dependent) -> bool:
    """Not known whether it is one."""
    child, minor = one.relation in _CHILD, one.age in MINORS
    may_be_child = child or one.relation is None
    may_be_minor = minor or one.age in (None, AgeBand.UNKNOWN)
    return may_be_child and may_be_minor and not (child and minor)


def _citizen_family(household: Household, dependents: Sequence[Dependent]) -> str:
    listed = any(one.relation in _FAMILY and one.us_citizen is YesNo.YES for one in dependents)
    return "yes" if listed else _yes_no(household.citizen_family)


def agency_kind(name: str | None) -> str:
    """What kind of agency a name is of, by its words; “other” where they tell nothing."""
    folded = fold(name or "")
    if not folded:
        return UNKNOWN
    return next((kind for kind, words in _AGENCY if words.search(folded)), "other")


def _county(custody: Custody) -> str:
    """A county's name without “County”; what can't be one is not known.

    The answer is free text: nothing with a digit, an address or many words comes through.
    """
    for typed in (custody.facility_county, custody.arrest_county):
        name = _COUNTY_WORD.sub("", " ".join((typed or "").split()))
        if _COUNTY.fullmatch(name) and len(name.split()) <= 4 and fold(name) != UNKNOWN:
            return name.title() if name.islower() or name.isupper() else name
    return NOT_KNOWN


def _country(person: Person) -> str:
    known = (person.country_of_birth, person.citizenship)
    return next((one.value for one in known if one not in (None, Country.UNKNOWN)), UNKNOWN)


def _word(answer: Choice | None) -> str:
    return answer.value if answer is not None else UNKNOWN


def _yes_no(answer: YesNo | None) -> str:
    return answer.value if answer in (YesNo.YES, YesNo.NO) else UNKNOWN
