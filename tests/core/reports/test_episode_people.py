"""Person, family and place of an episode, by hand; no free text comes through."""

import math
from datetime import date

import pytest

from intake_app.core.casefile import Consent, Custody, Dependent, Household, Person, Protection
from intake_app.core.places import Country, Language
from intake_app.core.reports.episode_people import (
    agency_kind,
    family_words,
    is_counted_victim,
    minor_children,
    person_words,
)
from intake_app.core.vocabulary import (
    AgeBand,
    CitizenClaim,
    ConsentKind,
    CustodyBasis,
    Earner,
    FacilityKind,
    Relation,
    Sex,
    SignedHow,
    State,
    WithdrawnHow,
    YesNo,
)

TODAY = date(2026, 11, 22)
NO_PERSON, NO_CUSTODY = Person(), Custody()


def dependent(
    relation: Relation | None, age: AgeBand | None, citizen: YesNo | None = None
) -> Dependent:
    return Dependent(relation=relation, age=age, us_citizen=citizen)


SON = dependent(Relation.CHILD, AgeBand.TO_5)
STEP = dependent(Relation.STEPCHILD, AgeBand.TO_17)
GROWN = dependent(Relation.CHILD, AgeBand.ADULT)
AGELESS = dependent(Relation.CHILD, None)
SOMEBODY = dependent(None, AgeBand.TO_12)
NEPHEW = dependent(Relation.OTHER, AgeBand.TO_12)
MOTHER = dependent(Relation.PARENT, AgeBand.ADULT)


@pytest.mark.parametrize(
    ("given", "listed", "number", "word"),
    [
        (None, [], math.nan, "unknown"),
        (0, [], 0, "0"),
        (2, [], 2, "2"),
        (None, [SON], 1, "1"),
        (None, [SON, STEP, SON, SON], 4, "3+"),
        (None, [SON, GROWN, NEPHEW, MOTHER], 1, "1"),
        # Who may be a child can't be counted, nor can a list without any.
        (None, [SON, AGELESS], math.nan, "unknown"),
        (None, [SON, SOMEBODY], math.nan, "unknown"),
        (None, [MOTHER], math.nan, "unknown"),
        (None, [GROWN], math.nan, "unknown"),
        # One lives elsewhere; or not all are listed.
        (0, [SON], 1, "1"),
        (3, [SON], 3, "3+"),
        (1, [AGELESS], 1, "1"),
        (-1, [], math.nan, "unknown"),
    ],
)
def test_minor_children(
    given: int | None, listed: list[Dependent], number: float, word: str
) -> None:
    household = Household(children=given)
    assert minor_children(household, listed) == pytest.approx(number, nan_ok=True)
    assert family_words(household, listed)["children"] == word


@pytest.mark.parametrize(
    ("answer", "listed", "word"),
    [
        (YesNo.YES, [], "yes"),
        (YesNo.NO, [], "no"),
        (None, [], "unknown"),
        (YesNo.DECLINED, [], "unknown"),
        (None, [dependent(Relation.CHILD, None, YesNo.YES)], "yes"),
        (YesNo.NO, [dependent(Relation.SPOUSE, None, YesNo.YES)], "yes"),
        (None, [dependent(Relation.SIBLING, None, YesNo.YES)], "unknown"),
        (None, [dependent(Relation.CHILD, None, YesNo.NO)], "unknown"),
    ],
)
def test_citizen_family(answer: YesNo | None, listed: list[Dependent], word: str) -> None:
    assert family_words(Household(citizen_family=answer), listed)["citizen_family"] == word


@pytest.mark.parametrize("earner", list(Earner))
def test_earner(earner: Earner) -> None:
    words = family_words(Household(primary_breadwinner=earner), [])
    assert words["earner"] == earner.value
    assert family_words(Household(), [])["earner"] == "unknown"


def test_the_person_as_answered() -> None:
    person = Person(
        country_of_birth=Country.HT,
        citizenship=Country.US,
        language_spoken=Language.HT,
        sex=Sex.X,
        us_citizen_claim=CitizenClaim.CLAIMS,
    )
    custody = Custody(
        custody_basis=CustodyBasis.HOLD_ONLY,
        facility_kind=FacilityKind.JAIL,
        facility_state=State.FL,
        bail_refused=YesNo.YES,
        facility_county="  MIAMI-DADE   COUNTY ",
        arresting_agency="Miami-Dade Police Dept.",
    )
    assert person_words(person, custody) == {
        "country": "HT",
        "language": "ht",
        "sex": "x",
        "citizen_claim": "claims",
        "custody_basis": "hold_only",
        "facility_kind": "jail",
        "state": "FL",
        "bail_refused": "yes",
        "county": "Miami-Dade",
        "agency_kind": "police",
    }
    unknown = person_words(NO_PERSON, NO_CUSTODY)
    assert unknown.pop("county") == "Not known"
    assert set(unknown.values()) == {"unknown"}


def test_a_country_of_birth_that_is_not_known_gives_way_to_citizenship() -> None:
    for born in (None, Country.UNKNOWN):
        person = Person(country_of_birth=born, citizenship=Country.GT)
        assert person_words(person, NO_CUSTODY)["country"] == "GT"
    undisclosed = Person(sex=Sex.UNDISCLOSED)
    assert person_words(undisclosed, NO_CUSTODY)["sex"] == "unknown"


@pytest.mark.parametrize(
    ("typed", "county"),
    [
        ("Miami-Dade County", "Miami-Dade"),
        ("BROWARD", "Broward"),
        ("County of Los Angeles", "Los Angeles"),
        ("Orleans Parish", "Orleans"),
        ("St. Johns", "St. Johns"),
        ("Doña Ana County", "Doña Ana"),
        ("unknown", "Not known"),
        ("", "Not known"),
        ("100 Example Avenue", "Not known"),
        ("call her sister at 305", "Not known"),
        ("he was taken from the house by two men", "Not known"),
        ("a@b.org", "Not known"),
        ("x" * 41, "Not known"),
    ],
)
def test_a_county_and_nothing_else(typed: str, county: str) -> None:
    assert person_words(NO_PERSON, Custody(facility_county=typed))["county"] == county


def test_the_county_of_arrest_stands_in() -> None:
    custody = Custody(facility_county="unknown", arrest_county="Broward County")
    assert person_words(NO_PERSON, custody)["county"] == "Broward"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Broward Sheriff's Office", "sheriff"),
        ("Orange County Sheriff’s Police", "sheriff"),
        ("City of Miami Police", "police"),
        ("Harris County Constable Pct 4", "police"),
        ("Florida Highway Patrol", "state"),
        ("Texas Department of Public Safety", "state"),
        ("U.S. Border Patrol", "federal"),
        ("ICE ERO", "federal"),
        ("U.S. Marshals Service", "federal"),
        ("Florida International University Police", "campus"),
        ("Florida Department of Corrections", "corrections"),
        ("Office of Justice", "other"),
        ("Policarpo Sheridan", "other"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_kinds_of_agency(name: str | None, kind: str) -> None:
    assert agency_kind(name) == kind


GIVEN = Consent(
    kind=ConsentKind.REPORTING,
    signed_on=date(2026, 1, 2),
    signed_how=SignedHow.WET,
    expires_on=date(2026, 12, 31),
)
TAKEN_BACK = Consent(
    kind=ConsentKind.REPORTING, signed_on=date(2026, 1, 2), withdrawn_how=WithdrawnHow.ORAL
)
YES, NO = YesNo.YES, YesNo.NO


@pytest.mark.parametrize(
    ("survivor", "agrees", "consents", "counted"),
    [
        (YES, YES, [], True),
        (YES, None, [GIVEN], True),
        (YES, YES, [GIVEN], True),
        (YES, None, [], False),
        (YES, NO, [GIVEN], False),
        (YES, YES, [TAKEN_BACK], False),
        (NO, YES, [GIVEN], False),
        (None, YES, [], False),
        (YesNo.NOT_SAFE, YES, [], False),
    ],
)
def test_a_victim_only_where_she_agrees(
    survivor: YesNo | None, agrees: YesNo | None, consents: list[Consent], counted: bool
) -> None:
    protection = Protection(survivor=survivor, consent_reporting=agrees)
    assert is_counted_victim(protection, consents, TODAY) is counted


def test_the_consent_must_be_in_force_on_the_day_of_the_count() -> None:
    protection = Protection(survivor=YES, consent_reporting=YES)
    assert is_counted_victim(protection, [GIVEN], date(2026, 12, 31))
    assert not is_counted_victim(protection, [GIVEN], date(2027, 1, 1))
