"""Arrest, custody and detainers of the invented people."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from intake_app.core.casefile import Custody, Detainer
from intake_app.core.custody_clock import ClockState
from intake_app.core.demo_material import Weighted
from intake_app.core.demo_plan import HOUR, Scene, Stage, day_of, local
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import (
    CustodyBasis,
    DetainerAsks,
    DetainerBox,
    DetainerForm,
    DetainerStatus,
    FacilityKind,
    IceCriminality,
    IssuedBy,
    KnownFrom,
    LiftReason,
    ProbableCause,
    ReleaseBasis,
    ReleasedTo,
    Review,
    ThreatLevel,
    WarrantAttached,
    YesNo,
)

_BAIL = tuple(Decimal(amount) for amount in (250, 500, 1000, 1500, 2500, 5000, 10000, 25000))
I247G_FROM = date(2025, 3, 4)
I247A_FROM = date(2017, 4, 2)


def custody_of(scene: Scene) -> Custody | None:
    """Where the person is held and since when; None where nobody asked yet."""
    plan, luck, jail, times = scene.plan, scene.luck, scene.plan.jail, scene.plan.times
    if plan.stage is Stage.FIRST_CALL:
        return None
    if plan.stage is Stage.UNFINISHED:
        return Custody(
            facility=jail.name,
            facility_state=jail.state,
            facility_zone=jail.zone,
            in_custody=YesNo.YES if times.released is None else YesNo.UNKNOWN,
            arrested_at=luck.maybe(0.4, local(times.arrested, jail)),
        )
    told, ready = scene.told, plan.ready
    released = None if times.released is None else local(times.released, jail)
    due = None if times.due is None else local(times.due, jail)
    ahead = due is None or due > scene.now
    basis = None if ahead else plan.basis
    day_only = not ready and not ahead and luck.often(0.12)
    bail = basis in (ReleaseBasis.BAIL_BOND, ReleaseBasis.CASH_BAIL)
    refused = bail and released is None and luck.often(0.4)
    weekday = f"{scene.now + luck.number(1, 5) * 24 * HOUR:%A}"
    expected = luck.one(scene.material.words["release_expected"]).format(day=weekday)
    if luck.often(0.6):
        agency = f"{jail.town} Police Department"
    else:
        agency = f"{jail.county} County Sheriff’s Office"
    return Custody(
        arrested_at=luck.maybe(max(told, ready), local(times.arrested, jail)),
        arresting_agency=luck.maybe(told, agency),
        arrest_county=luck.maybe(told, jail.county),
        booked_on=luck.maybe(told, PartialDate.of(day_of(times.arrested + 2 * HOUR, jail))),
        fingerprinted_at=luck.maybe(0.5, local(times.arrested + 2 * HOUR, jail)),
        facility=jail.name,
        facility_kind=luck.maybe(told, FacilityKind.JAIL),
        facility_county=luck.maybe(told, jail.county),
        facility_state=jail.state,
        facility_zone=jail.zone,
        facility_address=luck.maybe(max(0.6, ready), jail.address),
        held_by_287g=_held_by_287g(scene),
        custody_basis=luck.maybe(max(told, ready), _custody_basis(scene, ahead, basis)),
        in_custody=YesNo.YES if released is None else YesNo.NO,
        custody_confirmed_at=_confirmed(scene),
        custody_known_from=luck.maybe(max(told, ready), luck.one(tuple(KnownFrom))),
        bail_set=luck.one(_BAIL) if bail else luck.maybe(0.2, luck.one(_BAIL)),
        bail_posted_at=due if bail and not day_only else None,
        bail_refused=YesNo.YES if refused else luck.maybe(0.15, YesNo.NO),
        bail_refused_at=local(times.due + HOUR, jail)
        if refused and times.due is not None and times.due + HOUR < scene.now
        else None,
        release_expected=luck.maybe(max(0.4, ready), expected) if ahead else None,
        release_due_at=None if day_only else due,
        release_due_on=PartialDate.of(due.date()) if day_only and due else None,
        release_basis=basis,
        release_known_from=None if ahead else luck.one(tuple(KnownFrom)),
        released_at=released,
        released_to=_released_to(scene) if released else None,
        other_hold_at=None if times.stopped is None else local(times.stopped, jail),
    )


def _held_by_287g(scene: Scene) -> YesNo | None:
    if not scene.plan.jail.held_by_287g:
        return YesNo.NO if scene.plan.ready else scene.luck.maybe(0.5, YesNo.NO)
    return scene.luck.maybe(0.7, scene.luck.one((YesNo.YES, YesNo.YES, YesNo.UNKNOWN)))


def _custody_basis(scene: Scene, ahead: bool, basis: ReleaseBasis | None) -> CustodyBasis:
    if scene.plan.clock is ClockState.STOPPED and scene.plan.times.stopped is not None:
        return CustodyBasis.OTHER_WARRANT
    if ahead:
        return CustodyBasis.PRETRIAL
    if scene.plan.stage is Stage.PAST and scene.luck.often(0.4):
        return CustodyBasis.SERVING if basis is ReleaseBasis.TIME_SERVED else CustodyBasis.PRETRIAL
    return CustodyBasis.HOLD_ONLY


def _confirmed(scene: Scene) -> datetime | None:
    times, jail, luck = scene.plan.times, scene.plan.jail, scene.luck
    last = times.released or scene.now
    moment = last - timedelta(minutes=luck.number(10, 240))
    if moment <= times.received or not (scene.plan.ready or luck.often(0.5)):
        return None
    return local(moment, jail)


_WENT_TO = Weighted(
    (
        (ReleasedTo.ICE, 52),
        (ReleasedTo.COMMUNITY, 36),
        (ReleasedTo.OTHER_AGENCY, 4),
        (ReleasedTo.PRISON, 3),
        (ReleasedTo.UNKNOWN, 4),
        (ReleasedTo.USMS, 1),
    )
)


def _released_to(scene: Scene) -> ReleasedTo:
    return scene.luck.of(_WENT_TO)


_FORMS = Weighted(
    (
        (DetainerForm.I247A, 90),
        (DetainerForm.ORAL, 2.5),
        (DetainerForm.UNKNOWN, 3),
        (DetainerForm.NONE_SEEN, 3),
        (DetainerForm.I247D, 1.5),
    )
)
_WARRANTS = Weighted(
    (
        (WarrantAttached.I200, 56),
        (WarrantAttached.NONE, 20),
        (WarrantAttached.I205, 12),
        (WarrantAttached.UNKNOWN, 11),
    )
)
_SERVED = Weighted(((YesNo.YES, 45), (YesNo.NO, 30), (YesNo.UNKNOWN, 25)))
_ENDS = Weighted(
    (
        ((DetainerStatus.CANCELLED, LiftReason.LIFTED), 40),
        ((DetainerStatus.DECLINED, LiftReason.NOT_ACCEPTED), 30),
        ((DetainerStatus.EXPIRED, LiftReason.OTHER), 25),
        ((DetainerStatus.UNKNOWN, None), 5),
    )
)
_CAUSES = (
    (ProbableCause.BIOMETRIC,),
    (ProbableCause.BIOMETRIC,),
    (ProbableCause.BIOMETRIC, ProbableCause.STATEMENTS),
    (ProbableCause.PROCEEDINGS,),
    (ProbableCause.FINAL_ORDER,),
    (ProbableCause.FINAL_ORDER, ProbableCause.BIOMETRIC),
)


def detainers_of(scene: Scene, custody: Custody | None) -> Iterator[Detainer]:
    """The papers the jail received, the oldest first."""
    plan, luck = scene.plan, scene.luck
    if plan.stage is Stage.FIRST_CALL or custody is None:
        return
    if plan.stage is Stage.UNFINISHED:
        if luck.often(0.5):
            yield Detainer(form=luck.maybe(0.6, DetainerForm.UNKNOWN), copy_seen=YesNo.NO)
        return
    received = local(plan.times.received, plan.jail)
    if not plan.ready and luck.often(0.08):
        earlier = received.date() - timedelta(days=luck.number(1, 3))
        yield Detainer(
            form=DetainerForm.I247A,
            edition=PartialDate(2017, 2),
            issued_on=PartialDate.of(earlier),
            issued_by=IssuedBy.PERC,
            status=DetainerStatus.SUPERSEDED,
            ended_on=PartialDate.of(received.date()),
            lift_reason=LiftReason.CHANGED,
        )
    yield _detainer(scene, received, custody)


def _form(scene: Scene, received: date) -> DetainerForm:
    if scene.plan.clock is ClockState.NO_HOLD_REQUESTED:
        return DetainerForm.I247G if received >= I247G_FROM else DetainerForm.I247N
    if received < I247A_FROM:
        return scene.luck.one((DetainerForm.I247D, DetainerForm.I247D, DetainerForm.I247N))
    if scene.plan.stage is Stage.PAST and scene.luck.often(0.05):
        if received >= I247G_FROM:
            return DetainerForm.I247G
        return scene.luck.one((DetainerForm.I247N, DetainerForm.I247X, DetainerForm.I247))
    return DetainerForm.I247A if scene.plan.ready else scene.luck.of(_FORMS)


def _detainer(scene: Scene, received: datetime, custody: Custody) -> Detainer:
    plan, luck = scene.plan, scene.luck
    told, ready, jail = scene.told, plan.ready, plan.jail
    form = _form(scene, received.date())
    paper = form not in (DetainerForm.ORAL, DetainerForm.UNKNOWN, DetainerForm.NONE_SEEN)
    holds = form in (DetainerForm.I247A, DetainerForm.I247D, DetainerForm.I247)
    asks: tuple[DetainerAsks, ...] = (DetainerAsks.NOTIFY,)
    if holds:
        asks = (DetainerAsks.NOTIFY, DetainerAsks.HOLD)
        if luck.often(0.3):
            asks += (DetainerAsks.RELAY, DetainerAsks.NOTIFY_DEATH)
    served = luck.of(_SERVED) if paper else None
    warrant = luck.of(_WARRANTS) if paper else None
    with_warrant = warrant in (WarrantAttached.I200, WarrantAttached.I205)
    status, lifted = DetainerStatus.ACTIVE, None
    if custody.released_at is not None:
        if custody.released_to is ReleasedTo.ICE:
            status, lifted = DetainerStatus.EXECUTED, LiftReason.BOOKED
        else:
            status, lifted = luck.of(_ENDS)
    over = custody.released_at if status is not DetainerStatus.ACTIVE else None
    return Detainer(
        form=form,
        edition=_edition(form) if ready else luck.maybe(0.6, _edition(form)),
        issued_on=PartialDate.of(received.date()) if paper else None,
        received_at=received if ready else luck.maybe(0.85, received),
        issued_by=luck.maybe(told, luck.one((IssuedBy.ERO, IssuedBy.ERO, IssuedBy.PERC))),
        issuing_office=luck.maybe(told, f"ICE office, {jail.town}") if paper else None,
        box=luck.maybe(told, DetainerBox.PROBABLE_CAUSE) if holds else None,
        probable_cause=luck.one(_CAUSES) if holds and luck.often(told) else None,
        asks=asks if paper and (ready or luck.often(told)) else None,
        signed=luck.maybe(told, YesNo.NO if luck.often(0.05) else YesNo.YES) if paper else None,
        investigation_box=luck.maybe(0.5, YesNo.YES) if form is DetainerForm.I247 else None,
        person_matches=luck.maybe(told, YesNo.NO if luck.often(0.02) else YesNo.YES)
        if paper
        else None,
        served=served,
        served_at=_served_at(scene) if served is YesNo.YES else None,
        served_by="Booking officer" if served is YesNo.YES and luck.often(0.5) else None,
        served_language=luck.maybe(0.5, plan.people.languages[0]) if served is YesNo.YES else None,
        warrant=warrant,
        warrant_on=luck.maybe(0.7, PartialDate.of(received.date())) if with_warrant else None,
        warrant_signed=luck.maybe(0.8, YesNo.NO if luck.often(0.04) else YesNo.YES)
        if with_warrant
        else None,
        neutral_review=luck.maybe(0.4, luck.one((Review.NO, Review.UNKNOWN))),
        copy_seen=luck.maybe(told, YesNo.YES if paper else YesNo.NO),
        status=status,
        ended_on=PartialDate.of(over.date()) if over else None,
        lift_reason=lifted,
        ice_criminality=luck.maybe(0.4, luck.one(tuple(IceCriminality))),
        threat_level=luck.maybe(0.3, luck.one(tuple(ThreatLevel))),
        ice_case_status=luck.maybe(0.1, "Asked for, no answer yet"),
    )


def _served_at(scene: Scene) -> datetime | None:
    moment = scene.plan.times.received + 2 * HOUR
    late = moment >= scene.now or scene.luck.often(0.4)
    return None if late else local(moment, scene.plan.jail)


_EDITIONS = {
    DetainerForm.I247A: PartialDate(2017, 2),
    DetainerForm.I247D: PartialDate(2015, 5),
    DetainerForm.I247: PartialDate(2012, 12),
}


def _edition(form: DetainerForm) -> PartialDate | None:
    return _EDITIONS.get(form)
