"""Invented people for the demonstration office: whole cases, the same for the same seed.

Nobody here is real: names are put together from lists, jails and streets are invented, telephone
numbers are 555-0100 to 555-0199, A-numbers begin with 000. How often each thing occurs is set to
look like an ordinary year of a small office, not taken from any data.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from intake_app.core.casefile import (
    Abuser,
    AdverseParty,
    Certification,
    Charge,
    Consent,
    Contact,
    Custody,
    Dependent,
    Detainer,
    Household,
    Immigration,
    Income,
    Intake,
    Note,
    OtherName,
    Person,
    Phone,
    PrivateNote,
    Protection,
    TimeSpent,
    ToDo,
    Transfer,
)
from intake_app.core.demo_charges import charges_of
from intake_app.core.demo_custody import custody_of, detainers_of
from intake_app.core.demo_family import (
    abusers_of,
    consents_of,
    contact_of,
    dependents_of,
    household_of,
    immigration_of,
    income_of,
    phones_of,
    protection_of,
)
from intake_app.core.demo_letters import certification_of, in_court, letter_consents_of
from intake_app.core.demo_material import Luck, Material, Weighted
from intake_app.core.demo_plan import HOUR, Plan, Scene, Stage, day_of, plans
from intake_app.core.demo_work import (
    adverse_parties_of,
    notes_of,
    private_notes_of,
    time_of,
    to_dos_of,
    transfers_of,
)
from intake_app.core.names import fold
from intake_app.core.partial_date import PartialDate
from intake_app.core.places import Country, Language
from intake_app.core.vocabulary import (
    Caller,
    CaseStatus,
    CitizenClaim,
    ClosingCategory,
    DateStatus,
    IntakeMode,
    MaritalStatus,
    NameKind,
    PurgePart,
    Sex,
    YesNo,
)


@dataclass(frozen=True)
class DemoCase:
    """One invented case: its records by kind, and when it was begun and last changed."""

    records: Mapping[type, tuple[Any, ...]]
    started_at: datetime
    changed_at: datetime


def demo_cases(material: Material, count: int, seed: int, now: datetime) -> Iterator[DemoCase]:
    """`count` cases, one at a time; `now` is aware. The same arguments give the same cases."""
    luck = Luck(seed)
    now = now.astimezone(UTC).replace(second=0, microsecond=0)
    for index, plan in enumerate(plans(material, count, luck, now)):
        yield _case(Scene(index, plan, luck, material, now))


def _case(scene: Scene) -> DemoCase:
    plan = scene.plan
    person = _person(scene)
    custody = custody_of(scene)
    charges = in_court(scene, tuple(charges_of(scene)))
    dependents = tuple(dependents_of(scene, person))
    household = household_of(scene, dependents)
    protection = protection_of(scene)
    made: dict[type, tuple[Any, ...]] = {
        Intake: (_intake(scene, charges),),
        Person: (person,),
        OtherName: tuple(_other_names(scene, person)),
        Contact: _only(contact_of(scene)),
        Phone: tuple(phones_of(scene)),
        Household: _only(household),
        Dependent: dependents,
        Income: tuple(income_of(scene, household)),
        Custody: _only(custody),
        Charge: charges,
        Detainer: tuple(detainers_of(scene, custody)),
        Immigration: _only(immigration_of(scene)),
        Protection: _only(protection),
        Abuser: tuple(abusers_of(scene, protection)),
        Certification: _only(certification_of(scene, protection)),
        Consent: (*consents_of(scene), *letter_consents_of(scene, protection)),
        AdverseParty: tuple(adverse_parties_of(scene, charges)),
        Transfer: tuple(transfers_of(scene, custody)),
        PrivateNote: tuple(private_notes_of(scene)),
        ToDo: tuple(to_dos_of(scene)),
        Note: tuple(notes_of(scene)),
        TimeSpent: tuple(time_of(scene)),
    }
    opened = plan.times.opened
    worked = scene.luck.between(0.2, 40 if plan.stage is Stage.PAST else 3) * HOUR
    return DemoCase(made, opened, min(opened + worked, opened + 0.8 * (scene.now - opened)))


def _only(record: Any) -> tuple[Any, ...]:
    return () if record is None else (record,)


_MODES = Weighted(
    (
        (IntakeMode.FAMILY_CALL, 34),
        (IntakeMode.HOTLINE, 22),
        (IntakeMode.PHONE, 16),
        (IntakeMode.JAIL_VISIT, 14),
        (IntakeMode.REFERRAL, 9),
        (IntakeMode.WALK_IN, 5),
    )
)
_CALLERS = Weighted(
    (
        (Caller.SPOUSE, 38),
        (Caller.CLIENT, 22),
        (Caller.FRIEND, 16),
        (Caller.PARENT, 10),
        (Caller.ADVOCATE, 6),
        (Caller.ATTORNEY, 5),
        (Caller.CHILD, 3),
    )
)
_CALLER_WORDS = {
    Caller.CLIENT: ("A friend", "a friend"),
    Caller.SPOUSE: ("The partner", "the partner"),
    Caller.PARENT: ("The mother", "the mother"),
    Caller.CHILD: ("The daughter", "the daughter"),
    Caller.FRIEND: ("A cousin", "the cousin"),
    Caller.ADVOCATE: ("A parish volunteer", "the volunteer"),
    Caller.ATTORNEY: ("A public defender", "the defender"),
}
"""Who called, at first and when spoken of again."""


_CLOSED_WITH = Weighted(
    (
        (ClosingCategory.ADVICE, 46),
        (ClosingCategory.LIMITED, 38),
        (ClosingCategory.SETTLED, 6),
        (ClosingCategory.AGENCY, 5),
        (ClosingCategory.EXTENSIVE, 5),
    )
)


def _intake(scene: Scene, charges: tuple[Charge, ...]) -> Intake:
    plan, luck, words = scene.plan, scene.luck, scene.material.words
    opened = day_of(plan.times.opened, plan.jail)
    status, closed = _status(scene, opened)
    caller = luck.of(_CALLERS)
    working = plan.stage in (Stage.CURRENT, Stage.PAST)
    members = scene.material.members
    return Intake(
        opened_on=opened,
        mode=luck.maybe(0.95, luck.of(_MODES)),
        caller=luck.maybe(0.9, caller),
        caller_name=luck.maybe(0.3, _somebody(scene)) if caller is not Caller.CLIENT else None,
        referral_source=luck.maybe(0.3, luck.one(words["referrals"])),
        status=status,
        assigned_attorney=luck.maybe(0.6, members["attorney"]) if working else None,
        intake_worker=luck.maybe(0.9, members[luck.one(("volunteer", "paralegal"))]),
        office_county=luck.maybe(0.5, "Heron"),
        summary=plan.summary or luck.maybe(0.75, _story(scene, caller, charges)),
        closed_on=closed,
        closing_category=None if closed is None else luck.maybe(0.9, luck.of(_CLOSED_WITH)),
        retention_until=None if closed is None else _seven_years_on(closed),
        purge_parts=None if closed is None else luck.maybe(0.3, (PurgePart.NARRATIVE,)),
    )


def _status(scene: Scene, opened: date) -> tuple[CaseStatus, date | None]:
    plan, luck = scene.plan, scene.luck
    today = day_of(scene.now, plan.jail)
    if plan.stage is Stage.FIRST_CALL:
        return CaseStatus.PRESCREEN, None
    if plan.stage is Stage.CURRENT:
        begun = not plan.ready and luck.often(0.3)
        return (CaseStatus.INTAKE if begun else CaseStatus.OPEN), None
    if plan.stage is Stage.UNFINISHED:
        if plan.times.released is None:
            return CaseStatus.INTAKE, None
        return CaseStatus.REJECTED, min(opened + timedelta(days=luck.number(1, 9)), today)
    if luck.often(0.01):
        return CaseStatus.CONFLICT_HOLD, None
    released = day_of(plan.times.released or plan.times.opened, plan.jail)
    closed = max(released, opened) + timedelta(days=luck.number(3, 45))
    if closed > today or luck.often(0.06):
        return CaseStatus.OPEN, None
    return CaseStatus.CLOSED, closed


def _seven_years_on(day: date) -> date:
    return date(day.year + 7, day.month, min(day.day, 28))


def _somebody(scene: Scene) -> str:
    luck, people = scene.luck, scene.plan.people
    female = luck.often(0.7)
    return f"{luck.one(people.female if female else people.male)} {people.surname(luck, female)}"


def _story(scene: Scene, caller: Caller, charges: tuple[Charge, ...]) -> str:
    luck, words, plan = scene.luck, scene.material.words, scene.plan
    openings = words["openings_client" if caller is Caller.CLIENT else "openings"]
    parts = [luck.one(openings), luck.one(words["middles"])]
    if luck.often(0.5):
        parts.append(luck.one(words["closings"]))
    they, their, them = ("she", "her", "her") if plan.female else ("he", "his", "him")
    words_of_charge = charges[0].charge_text if charges else None
    first, again = _CALLER_WORDS[caller]
    return " ".join(parts).format(
        Caller=first,
        caller=again,
        they=they,
        They=they.title(),
        their=their,
        Their=their.title(),
        them=them,
        jail=plan.jail.name,
        town=plan.jail.town,
        day=f"{plan.times.arrested:%A}",
        charge=(words_of_charge or "not known yet").lower(),
    )


_BIRTH = Weighted(
    (
        (DateStatus.FULL, 76),
        (DateStatus.APPROXIMATE, 18),
        (DateStatus.UNKNOWN, 6),
    )
)
_MARRIED = Weighted(
    (
        (MaritalStatus.SINGLE, 34),
        (MaritalStatus.PARTNERED, 28),
        (MaritalStatus.MARRIED, 26),
        (MaritalStatus.SEPARATED, 6),
        (MaritalStatus.DIVORCED, 4),
        (MaritalStatus.WIDOWED, 2),
    )
)
_CLAIMS = Weighted(
    (
        (CitizenClaim.NO, 88),
        (CitizenClaim.UNKNOWN, 8),
        (CitizenClaim.DERIVATIVE, 2.2),
        (CitizenClaim.CLAIMS, 1.8),
    )
)


def _person(scene: Scene) -> Person:
    plan, luck, people = scene.plan, scene.luck, scene.plan.people
    given, middle, surname, second = _names(plan, luck)
    if plan.stage is Stage.FIRST_CALL:
        return Person(given=given, surname=surname if luck.often(0.6) else None)
    told = scene.told
    full = plan.ready or luck.often(told)
    status = DateStatus.FULL if plan.ready else luck.of(_BIRTH)
    language = plan.language or luck.one(people.languages)
    claim = plan.citizen
    if claim is None:
        us = (CitizenClaim.DOCUMENTED, CitizenClaim.CLAIMS)
        claim = luck.one(us) if people.country is Country.US else luck.of(_CLAIMS)
    fluent = language is Language.EN
    return Person(
        given=given,
        middle=middle,
        surname=surname,
        second_surname=second,
        suffix=luck.maybe(0 if plan.female else 0.02, "Jr."),
        preferred_name=luck.maybe(0.08, (given or "").split(" ")[0] or None),
        pronouns=luck.maybe(0.15, "she/her" if plan.female else "he/him"),
        born=_born(scene, status) if full else None,
        born_status=status if full else None,
        a_number=luck.maybe(max(0.55, plan.ready * 0.8), f"A000{luck.digits(5)}"),
        booking_number=f"{plan.times.arrested.year % 100:02}-{luck.number(100000, 199999)}"
        if full
        else None,
        state_id=luck.maybe(0.05, f"{plan.jail.state.value}000{luck.digits(5)}"),
        fbi_number=luck.maybe(0.03, f"0000{luck.digits(4)}X"),
        ssn_last4=luck.maybe(0.01, "0000"),
        passport=luck.maybe(0.05, f"X000{luck.digits(5)}"),
        country_of_birth=luck.maybe(max(told, plan.ready), people.country),
        citizenship=luck.maybe(told, people.country),
        us_citizen_claim=claim if plan.citizen else luck.maybe(0.9, claim),
        sex=Sex.FEMALE if plan.female else Sex.MALE,
        race=luck.maybe(0.7, people.race),
        language_spoken=luck.maybe(max(0.9, plan.ready), language),
        language_written=luck.maybe(0.6, language),
        interpreter=luck.maybe(0.8, YesNo.NO if fluent or luck.often(0.25) else YesNo.YES),
        marital_status=luck.maybe(told, luck.of(_MARRIED)),
        disability=luck.maybe(0.4, YesNo.YES if luck.often(0.06) else YesNo.NO),
        veteran=luck.maybe(0.3, YesNo.YES if luck.often(0.01) else YesNo.NO),
    )


def _names(plan: Plan, luck: Luck) -> tuple[str | None, str | None, str | None, str | None]:
    """Given name, middle name, surname and second surname, as usual in the country."""
    people = plan.people
    if plan.nameless:
        return None, None, None, None
    if plan.names is not None:
        return plan.names
    given = luck.one(people.female if plan.female else people.male)
    middles = people.middles_female if plan.female else people.middles_male
    middle = luck.maybe(0.8, luck.one(middles)) if middles else None
    surname = people.surname(luck, plan.female)
    second = people.surname(luck, plan.female) if people.two_surnames else None
    if people.own_script and luck.often(0.15):
        # Some papers from home come in their own letters only.
        given = people.own_script.get(given, given)
        surname = people.own_script.get(surname, surname)
    return given, middle, surname, second if luck.often(0.85) else None


def _born(scene: Scene, status: DateStatus) -> PartialDate | None:
    luck = scene.luck
    year = scene.plan.times.opened.year - scene.plan.age
    if status is DateStatus.FULL:
        return PartialDate(year, luck.number(1, 12), luck.number(1, 28))
    if status is DateStatus.UNKNOWN:
        return None
    return PartialDate(year, luck.number(1, 12)) if luck.often(0.3) else PartialDate(year)


def _other_names(scene: Scene, person: Person) -> Iterator[OtherName]:
    """Other spellings: how ICE and the jail wrote it, and how it is written at home."""
    luck, people = scene.luck, scene.plan.people
    if not person.surname or not person.given:
        return
    ice = "-".join(part for part in (person.surname, person.second_surname) if part)
    if luck.often(0.3):
        name = f"{fold(ice).replace(' ', '-')}, {fold(person.given)}"
        yield OtherName(name=name.upper(), kind=NameKind.ICE_SPELLING)
    if luck.often(0.25):
        jail = f"{fold(person.surname)} {fold(person.given).split(' ')[0]}"
        yield OtherName(name=jail.upper(), kind=NameKind.JAIL_SPELLING)
    if person.surname in people.own_script and person.given in people.own_script:
        name = f"{people.own_script[person.surname]} {people.own_script[person.given]}"
        yield OtherName(name=name, kind=NameKind.ALIAS)
    if scene.plan.female and luck.often(0.05):
        name = f"{person.given} {people.surname(luck, True)}"
        yield OtherName(name=name, kind=NameKind.MAIDEN)
