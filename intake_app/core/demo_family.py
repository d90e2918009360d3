"""Home, children, safety and consent of the invented people."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from intake_app.core.casefile import (
    Abuser,
    Consent,
    Contact,
    Dependent,
    Household,
    Immigration,
    Income,
    Person,
    Phone,
    Protection,
)
from intake_app.core.demo_material import Weighted
from intake_app.core.demo_plan import HOUR, Scene, Stage, day_of, local
from intake_app.core.partial_date import PartialDate
from intake_app.core.places import Country
from intake_app.core.vocabulary import (
    AbuseKind,
    AbuserRelation,
    AgeBand,
    CareNow,
    ConsentKind,
    Earner,
    ExcludedAsset,
    FactGroup,
    FundingCode,
    IncomeKind,
    IncomePeriod,
    LscCategory,
    MannerOfEntry,
    PhoneKind,
    ProtectedPlace,
    Relation,
    Relief,
    Represented,
    Safe,
    SignedBy,
    SignedHow,
    StatusClaimed,
    Suspected,
    TalkNow,
    WhenAbused,
    WithdrawnHow,
    YesNo,
)

_SAFE = Weighted(((Safe.YES, 60), (Safe.ASK, 28), (Safe.NO, 12)))
_TALK = Weighted(((TalkNow.YES, 80), (TalkNow.NO, 8), (TalkNow.LATER, 12)))


def contact_of(scene: Scene) -> Contact | None:
    """How to reach the client without harm."""
    plan, luck, words = scene.plan, scene.luck, scene.material.words
    if not (plan.ready or luck.often(scene.told)):
        return None
    town, state = plan.jail.town, plan.jail.state.value
    home = f"{luck.number(1, 980)} {luck.one(words['streets'])}\n{town}, {state} 00000"
    careful = plan.survivor or luck.often(0.1)
    confirmed = day_of(plan.times.opened, plan.jail)
    return Contact(
        safe_to_talk_now=luck.of(_TALK),
        home_address=luck.maybe(0.6, home),
        mailing_address=luck.maybe(0.1, f"P.O. Box {luck.number(10, 999)}\n{town}, {state} 00000"),
        safe_to_mail=luck.maybe(0.6, Safe.NO if careful else luck.of(_SAFE)),
        substitute_address=luck.maybe(0.1 if careful else 0, "Kept on paper by the attorney"),
        email=luck.maybe(0.15, f"client{luck.digits(4)}@mail.example"),
        email_safe=luck.maybe(0.15, luck.of(_SAFE)),
        monitored_device=luck.maybe(0.3, YesNo.YES if careful else YesNo.NO),
        go_between=luck.maybe(0.4 if careful else 0.05, "Sister, through the parish office"),
        go_between_by=luck.maybe(0.3 if careful else 0, "Text message only"),
        go_between_may_know=luck.maybe(0.3 if careful else 0, "That we called, nothing else"),
        code_phrase=luck.maybe(0.5 if careful else 0.03, luck.one(words["code_phrases"])),
        if_other_answers=luck.maybe(0.6 if careful else 0.05, luck.one(words["if_other_answers"])),
        confirmed_on=luck.maybe(0.5, confirmed),
        recheck_by=luck.maybe(0.3, confirmed + timedelta(days=30)),
        no_letterhead=luck.maybe(0.5 if careful else 0.1, YesNo.YES),
    )


def phones_of(scene: Scene) -> Iterator[Phone]:
    """One or two numbers, 555-0100 to 555-0199, which belong to nobody."""
    plan, luck = scene.plan, scene.luck
    if not luck.often(0.85):
        return
    for k in range(1 + luck.often(0.25)):
        kind = PhoneKind.MOBILE if k == 0 else luck.one((PhoneKind.RELATIVE, PhoneKind.WORK))
        safe = Safe.ASK if plan.survivor else luck.of(_SAFE)
        yield Phone(
            number=f"({luck.one(plan.jail.area_codes)}) 555-01{luck.digits(2)}",
            kind=kind,
            safe=safe,
            voicemail=luck.maybe(0.7, Safe.NO if plan.survivor else luck.of(_SAFE)),
            times=luck.maybe(0.3, luck.one(scene.material.words["times"])),
            shared_with=luck.maybe(0.15, luck.one(("Brother", "Roommates", "Employer"))),
            recheck_by=luck.maybe(0.15, day_of(plan.times.opened, plan.jail) + timedelta(days=30)),
        )


_CARE = Weighted(
    (
        (CareNow.OTHER_PARENT, 55),
        (CareNow.RELATIVE, 30),
        (CareNow.FRIEND, 8),
        (CareNow.AGENCY, 2),
        (CareNow.UNKNOWN, 5),
    )
)
_CHILDREN = Weighted(((0, 38), (1, 22), (2, 22), (3, 12), (4, 5), (6, 1)))


def dependents_of(scene: Scene, person: Person) -> Iterator[Dependent]:
    """Children, and now and then a parent."""
    plan, luck = scene.plan, scene.luck
    if plan.stage in (Stage.FIRST_CALL, Stage.UNFINISHED):
        return
    people = plan.people
    children = luck.of(_CHILDREN) if plan.children is None else plan.children
    told = plan.summary is not None  # what matters stands in the summary already
    ages = (AgeBand.TO_5, AgeBand.TO_12, AgeBand.TO_17)
    for _ in range(children):
        named = luck.one(people.female if luck.often(0.5) else people.male)
        special = luck.maybe(0.8, YesNo.YES if not told and luck.often(0.08) else YesNo.NO)
        yield Dependent(
            name=luck.maybe(0.8, f"{named} {person.surname or ''}".strip()),
            relation=Relation.CHILD if luck.often(0.92) else Relation.STEPCHILD,
            age=luck.one(ages),
            us_citizen=luck.maybe(0.85, YesNo.YES if luck.often(0.75) else YesNo.NO),
            special_need=special,
            need_note=luck.one(scene.material.words["needs"]) if special is YesNo.YES else None,
            care_now=CareNow.NOBODY if plan.unattended else luck.maybe(0.7, luck.of(_CARE)),
        )
    if plan.children is None and luck.often(0.08):
        yield Dependent(relation=Relation.PARENT, age=AgeBand.ADULT, us_citizen=YesNo.NO)


_EARNERS = Weighted(((Earner.YES, 55), (Earner.SHARED, 25), (Earner.NO, 14), (Earner.UNKNOWN, 6)))
_CARERS = ("Mother", "Aunt", "Grandmother", "Neighbor", "Older sister")
_FUNDING = Weighted(
    (
        (FundingCode.PRIVATE, 35),
        (FundingCode.STATE, 25),
        (FundingCode.IOLTA, 20),
        (FundingCode.LSC, 7),
        (FundingCode.OTHER, 5),
    )
)


def household_of(scene: Scene, dependents: tuple[Dependent, ...]) -> Household | None:
    """Who lives there and what there is to live on."""
    plan, luck = scene.plan, scene.luck
    if plan.stage in (Stage.FIRST_CALL, Stage.UNFINISHED) or not luck.often(
        max(scene.told, plan.ready)
    ):
        return None
    children = sum(1 for one in dependents if one.relation is not Relation.PARENT)
    citizen = any(one.us_citizen is YesNo.YES for one in dependents)
    signed = day_of(plan.times.opened, plan.jail)
    waived = luck.often(0.02)
    told = plan.summary is not None
    alone = plan.unattended or (children > 0 and not told and luck.often(0.01))
    category = luck.one((LscCategory.OTHER_FUNDS, LscCategory.ELIGIBLE_STATUS))
    return Household(
        adults=luck.number(1, 4),
        children=children,
        primary_breadwinner=Earner.YES if told else luck.maybe(0.9, luck.of(_EARNERS)),
        citizen_family=luck.maybe(0.9, YesNo.YES if citizen else YesNo.NO),
        caregiver_now=luck.one(("Aunt",) if told else _CARERS)
        if children and not alone and (told or luck.often(0.7))
        else None,
        children_unattended=YesNo.YES if alone else luck.maybe(bool(children), YesNo.NO),
        assets_total=luck.maybe(0.35, Decimal(luck.number(0, 60) * 100)),
        excluded_assets=luck.maybe(0.3, (ExcludedAsset.VEHICLE,)),
        asset_waiver_by=scene.material.members["coordinator"] if waived else None,
        asset_waiver_on=signed if waived else None,
        asset_waiver_reason="Savings are for the child’s operation." if waived else None,
        lsc_category=luck.maybe(0.5, LscCategory.ABUSE if plan.survivor else category),
        attested_on=luck.maybe(0.06, signed),
        funding=luck.maybe(0.9, luck.of(_FUNDING)),
    )


def income_of(scene: Scene, household: Household | None) -> Iterator[Income]:
    """Sources of income, where the household was asked."""
    luck = scene.luck
    if household is None or not luck.often(0.65):
        return
    if luck.often(0.1):
        yield Income(kind=IncomeKind.NONE)
        return
    yield Income(
        kind=luck.one((IncomeKind.WAGE, IncomeKind.WAGE, IncomeKind.SELF_EMPLOYED)),
        amount=Decimal(luck.number(16, 60) * 10),
        period=IncomePeriod.WEEK,
    )
    if luck.often(0.15):
        yield Income(kind=IncomeKind.BENEFITS, amount=Decimal("291.50"), period=IncomePeriod.MONTH)


_STATUSES = Weighted(
    (
        (StatusClaimed.EWI, 34),
        (StatusClaimed.OVERSTAY, 14),
        (StatusClaimed.PENDING, 14),
        (StatusClaimed.LPR, 8),
        (StatusClaimed.TPS, 7),
        (StatusClaimed.DACA, 4),
        (StatusClaimed.FINAL_ORDER, 5),
        (StatusClaimed.REFUGEE, 2),
        (StatusClaimed.UNKNOWN, 6),
        (StatusClaimed.DECLINED, 6),
    )
)


def immigration_of(scene: Scene) -> Immigration | None:
    """Immigration history; optional, and asked of fewer than half."""
    plan, luck = scene.plan, scene.luck
    if plan.stage in (Stage.FIRST_CALL, Stage.UNFINISHED) or not luck.often(0.4):
        return None
    if plan.people.country is Country.US:
        return Immigration(status_claimed=StatusClaimed.CITIZEN, represented=Represented.US)
    year = plan.times.opened.year
    relief = (Relief.U, Relief.VAWA) if plan.survivor else luck.one(_RELIEF)
    hearing = local(scene.now.replace(second=0, microsecond=0), plan.jail)
    hearing = hearing.replace(hour=9, minute=0) + timedelta(days=luck.number(20, 300))
    hearing += timedelta(days=2) if hearing.weekday() >= 5 else timedelta(0)
    return Immigration(
        status_claimed=luck.of(_STATUSES),
        first_entry=luck.maybe(0.6, PartialDate(year - luck.number(1, 22))),
        last_entry=luck.maybe(0.3, PartialDate(year - luck.number(0, 1), luck.number(1, 12))),
        manner_of_entry=luck.maybe(0.4, luck.one(tuple(MannerOfEntry))),
        departures=luck.maybe(0.08, "Once, to bury his father" if not plan.female else "Once"),
        prior_removal=luck.maybe(0.6, YesNo.YES if luck.often(0.12) else YesNo.NO),
        final_order_on=luck.maybe(0.06, PartialDate(year - luck.number(1, 9))),
        court=luck.maybe(0.25, "Immigration court named on the notice"),
        next_hearing=hearing if luck.often(0.12) and plan.stage is Stage.CURRENT else None,
        relief=luck.maybe(0.6, relief),
        pending_vawa_t_u=luck.maybe(
            0.6 if plan.survivor else 0.1,
            YesNo.YES if plan.survivor and luck.often(0.3) else YesNo.NO,
        ),
        represented=luck.maybe(0.7, luck.one(tuple(Represented))),
    )


_RELIEF: tuple[tuple[Relief, ...], ...] = (
    (Relief.ATTORNEY,),
    (Relief.NONE,),
    (Relief.CANCELLATION,),
    (Relief.CANCELLATION, Relief.FAMILY),
    (Relief.FAMILY,),
    (Relief.ASYLUM,),
    (Relief.TPS,),
)

_NOT_SURVIVOR = Weighted(((YesNo.NO, 90), (YesNo.DECLINED, 6), (YesNo.NOT_SAFE, 4)))
_WHEN = tuple(WhenAbused)


def protection_of(scene: Scene) -> Protection | None:
    """Victim facts; about one in eight is a survivor."""
    plan, luck, words = scene.plan, scene.luck, scene.material.words
    if plan.stage is Stage.FIRST_CALL or (
        plan.stage is Stage.UNFINISHED and not (plan.survivor and luck.often(0.4))
    ):
        return None
    if not plan.survivor:
        if not luck.often(0.6):
            return None
        answer = luck.of(_NOT_SURVIVOR)
        private = YesNo.NOT_SAFE if answer is YesNo.NOT_SAFE else YesNo.YES
        return Protection(screened_privately=luck.maybe(0.9, private), survivor=answer)
    hidden = luck.maybe(0.5, YesNo.YES if luck.often(0.8) else YesNo.NO)
    order = luck.maybe(0.7, YesNo.YES if luck.often(0.3) else YesNo.NO)
    return Protection(
        screened_privately=YesNo.YES,
        survivor=YesNo.YES,
        consent_reporting=luck.maybe(0.85, YesNo.YES if luck.often(0.75) else YesNo.NO),
        victim_grant=luck.maybe(0.6, YesNo.YES if luck.often(0.7) else YesNo.NO),
        hide_from_lists=YesNo.YES if plan.hidden else hidden,
        when_abused=luck.maybe(0.8, luck.one(_WHEN)),
        fleeing_now=luck.maybe(0.7, YesNo.YES if luck.often(0.2) else YesNo.NO),
        abuse_kinds=(AbuseKind.PHYSICAL, luck.one((AbuseKind.EMOTIONAL, AbuseKind.ECONOMIC))),
        other_victimization=luck.maybe(0.5, luck.one(words["other_victim_facts"])),
        protective_order=order,
        order_expires=day_of(plan.times.opened, plan.jail) + timedelta(days=luck.number(60, 400))
        if order is YesNo.YES
        else None,
        in_shelter=luck.maybe(0.5, YesNo.YES if luck.often(0.15) else YesNo.NO),
        told_by_abuser=luck.maybe(0.6, luck.one(tuple(Suspected))),
        protected_place=luck.maybe(
            0.4, luck.one((ProtectedPlace.NONE, ProtectedPlace.NONE, ProtectedPlace.COURTHOUSE))
        ),
        u_certifier=luck.maybe(max(0.3, plan.ready), f"{plan.jail.town} Police Department"),
        in_client_words=luck.maybe(0.4, luck.one(words["how_named"])),
    )


def abusers_of(scene: Scene, protection: Protection | None) -> Iterator[Abuser]:
    """The person a survivor must be kept safe from, where she named one."""
    luck = scene.luck
    if protection is None or not scene.plan.survivor or not luck.often(0.75):
        return
    people = scene.plan.people
    other = people.male if scene.plan.female else people.female
    named = f"{luck.one(other)} {people.surname(luck, not scene.plan.female)}"
    yield Abuser(
        name=named,
        born=luck.maybe(0.4, PartialDate(scene.now.year - luck.number(22, 60))),
        relation=luck.one((AbuserRelation.SPOUSE, AbuserRelation.FORMER, AbuserRelation.EMPLOYER)),
        in_household=luck.maybe(0.8, luck.one((YesNo.YES, YesNo.NO))),
        is_caller=YesNo.NO,
        is_police=luck.maybe(0.5, YesNo.NO),
        is_witness=luck.maybe(0.4, luck.one((YesNo.YES, YesNo.NO))),
        is_co_defendant=luck.maybe(0.4, luck.one((YesNo.YES, YesNo.NO))),
    )


def consents_of(scene: Scene) -> Iterator[Consent]:
    """What the client allows: in force, over, or taken back; one recipient each."""
    plan, luck = scene.plan, scene.luck
    if plan.stage in (Stage.FIRST_CALL, Stage.UNFINISHED):
        return
    if plan.ready or luck.often(0.6):
        yield _consent(scene, ConsentKind.REPRESENTATION, "This office", ())
    if plan.ready or luck.often(0.35):
        facts: tuple[FactGroup, ...] = (FactGroup.IDENTITY, FactGroup.CHARGES, FactGroup.FAMILY)
        yield _consent(scene, ConsentKind.LETTER, plan.jail.name, facts)
    if plan.survivor and plan.hidden is None and luck.often(0.4):
        facts = (FactGroup.IDENTITY, FactGroup.VICTIM)
        yield _consent(scene, ConsentKind.REFERRAL, "Shelter’s legal advocate", facts, shy=True)
    elif luck.often(0.15):
        yield _consent(scene, ConsentKind.REPORTING, "The funder of the office", ())
    elif luck.often(0.08):
        yield _consent(scene, ConsentKind.MEDIA, "One newspaper", (FactGroup.FAMILY,), shy=True)


_PURPOSES = {
    ConsentKind.REPRESENTATION: "To speak for the client to the jail and to ICE",
    ConsentKind.LETTER: "To ask the jail not to hold the client on the detainer",
    ConsentKind.REFERRAL: "To ask the legal advocate for help with a protective order",
    ConsentKind.REPORTING: "To count the case in the yearly summary",
    ConsentKind.MEDIA: "To tell the story without the name",
}


def _consent(
    scene: Scene,
    kind: ConsentKind,
    recipient: str,
    facts: tuple[FactGroup, ...],
    *,
    shy: bool = False,
) -> Consent:
    """`shy`: of the kind that clients take back now and then."""
    plan, luck = scene.plan, scene.luck
    signed = day_of(min(plan.times.opened + 3 * HOUR, scene.now), plan.jail)
    withdrawn = None
    if shy and luck.often(0.4):
        withdrawn = min(signed + timedelta(days=luck.number(0, 12)), day_of(scene.now, plan.jail))
    interpreted = plan.people.languages[0].value not in ("en", "es") and luck.often(0.5)
    return Consent(
        kind=kind,
        recipient=recipient,
        facts=facts or None,
        purpose=luck.maybe(max(0.8, plan.ready), _PURPOSES[kind]),
        risks_explained=luck.maybe(max(0.9, plan.ready), YesNo.YES),
        alternatives=luck.maybe(max(0.8, plan.ready), YesNo.YES),
        signed_on=signed,
        signed_how=luck.one((SignedHow.WET, SignedHow.WET, SignedHow.ELECTRONIC)),
        language=plan.language or plan.people.languages[0],
        interpreter="By telephone, interpreter no. 14" if interpreted else None,
        expires_on=signed + timedelta(days=365 if kind is ConsentKind.REPRESENTATION else 30),
        signed_by=luck.maybe(max(0.9, plan.ready), SignedBy.CLIENT),
        witness=luck.maybe(0.2, scene.material.members["paralegal"]),
        withdrawn_on=withdrawn,
        withdrawn_how=None if withdrawn is None else luck.one(tuple(WithdrawnHow)),
        free_choice=luck.maybe(max(0.9, plan.ready), YesNo.YES),
        parent_signs=None,
        guardian_is_abuser=luck.maybe(0.05, YesNo.NO),
    )
