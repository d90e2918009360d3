"""Charges of the invented people and how they end: mostly small matters, many dismissed."""

from collections.abc import Iterator
from datetime import date, timedelta

from intake_app.core.casefile import Charge
from intake_app.core.demo_material import Crime, Luck, Weighted
from intake_app.core.demo_plan import HOUR, Scene, Stage, day_of
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import (
    ChargeCategory,
    ChargeLevel,
    ChargeOutcome,
    DvRelation,
    GuiltBasis,
    ImmigrationConviction,
    ListedOffense,
    ReleaseBasis,
    Sanction,
    YesNo,
)

_OUTCOMES = Weighted(
    (
        (ChargeOutcome.DISMISSED, 27),
        (ChargeOutcome.PLEA, 22),
        (ChargeOutcome.NOLLE, 15),
        (ChargeOutcome.WITHHELD, 8),
        (ChargeOutcome.NO_CHARGES, 7),
        (ChargeOutcome.DIVERTED, 6),
        (ChargeOutcome.PENDING, 5),
        (ChargeOutcome.DEFERRED, 3),
        (ChargeOutcome.UNKNOWN, 3),
        (ChargeOutcome.CONVICTED, 1.5),
        (ChargeOutcome.REDUCED, 1.5),
        (ChargeOutcome.TRIAL, 0.5),
        (ChargeOutcome.NOT_GUILTY, 0.5),
    )
)

_OUTCOME_OF_BASIS = {
    ReleaseBasis.DISMISSED: ChargeOutcome.DISMISSED,
    ReleaseBasis.NO_PROBABLE_CAUSE: ChargeOutcome.DISMISSED,
    ReleaseBasis.NO_CHARGES: ChargeOutcome.NO_CHARGES,
    ReleaseBasis.NOT_GUILTY: ChargeOutcome.NOT_GUILTY,
    ReleaseBasis.TIME_SERVED: ChargeOutcome.PLEA,
    ReleaseBasis.SUSPENDED: ChargeOutcome.WITHHELD,
}

_GUILT = frozenset(
    {
        ChargeOutcome.PLEA,
        ChargeOutcome.TRIAL,
        ChargeOutcome.CONVICTED,
        ChargeOutcome.REDUCED,
        ChargeOutcome.WITHHELD,
    }
)

_PLEAS = (GuiltBasis.NO_CONTEST, GuiltBasis.GUILTY, GuiltBasis.NO_CONTEST)
_SANCTIONS: tuple[tuple[Sanction, ...], ...] = (
    (Sanction.TIME_SERVED, Sanction.COSTS),
    (Sanction.PROBATION, Sanction.COSTS),
    (Sanction.FINE, Sanction.COSTS),
    (Sanction.JAIL,),
    (Sanction.COSTS,),
)
_LONGEST = {ChargeLevel.FELONY: (60, 60, 180), ChargeLevel.MISDEMEANOR: (2, 6, 12, 12)}
_ALL_OUTCOMES = tuple(ChargeOutcome)
_LEVELS = tuple(ChargeLevel)
_COUNTS = Weighted(((1, 56), (2, 29), (3, 11), (4, 4)))


def charges_of(scene: Scene) -> Iterator[Charge]:
    """The counts of the booking, mostly small matters."""
    plan, luck = scene.plan, scene.luck
    if plan.stage in (Stage.FIRST_CALL, Stage.UNFINISHED):
        return
    known = scene.material.crimes[plan.jail.state]
    crimes: list[Crime]
    if plan.crimes:
        by_kind = {crime.kind: crime for crime in known.things}
        crimes = [by_kind[kind] for kind in plan.crimes]
    else:
        crimes = list(dict.fromkeys(luck.of(known) for _ in range(luck.of(_COUNTS))))
    # The most serious first, as a booking sheet has it.
    if not plan.outcomes:
        crimes.sort(key=lambda crime: _LEVELS.index(crime.level))
    for k, crime in enumerate(crimes):
        outcome = plan.outcomes[k] if plan.outcomes else _outcome(scene, k)
        yield _charge(scene, crime, outcome, k == 0)


def _outcome(scene: Scene, k: int) -> ChargeOutcome:
    plan, luck = scene.plan, scene.luck
    if plan.stage is Stage.PAST:
        if k == 0 and scene.index % 17 == 0:
            # Even in a small office every outcome occurs once.
            return _ALL_OUTCOMES[scene.index // 17 % len(_ALL_OUTCOMES)]
        return luck.of(_OUTCOMES)
    ahead = plan.times.due is None or plan.times.due > scene.now
    found = None if ahead else _OUTCOME_OF_BASIS.get(plan.basis or ReleaseBasis.TRANSFER)
    return found or ChargeOutcome.PENDING


def _charge(scene: Scene, crime: Crime, outcome: ChargeOutcome, top: bool) -> Charge:
    plan, luck, jail, times = scene.plan, scene.luck, scene.plan.jail, scene.plan.times
    sure = plan.ready or plan.stage is Stage.PAST
    ended = outcome not in (ChargeOutcome.PENDING, ChargeOutcome.UNKNOWN)
    on = None
    if ended:
        after = timedelta(days=luck.number(2, 60)) if plan.stage is Stage.PAST else timedelta(0)
        on = min(day_of((times.due or times.opened) + after, jail), day_of(scene.now, jail))
    sentenced = outcome in _GUILT and luck.often(0.7)
    days = luck.one((0, 1, 5, 10, 30, 60, 180, 364)) if sentenced else None
    letter = "F" if crime.level is ChargeLevel.FELONY else "M"
    return Charge(
        statute=crime.statute if sure else luck.maybe(0.6, crime.statute),
        charge_text=crime.words,
        ncic=luck.maybe(0.4, crime.ncic),
        level=crime.level,
        category=crime.category if sure else luck.maybe(0.8, crime.category),
        top_charge=YesNo.YES if top else YesNo.NO,
        charged_on=luck.maybe(0.7, PartialDate.of(day_of(times.arrested, jail))),
        arraigned_on=luck.maybe(0.4, PartialDate.of(day_of(times.arrested + 24 * HOUR, jail))),
        outcome=outcome if sure else luck.maybe(0.9, outcome),
        outcome_on=None if on is None else _partly(luck, on),
        guilt_basis=_guilt_basis(scene, outcome),
        sanctions=luck.one(_SANCTIONS) if sentenced else None,
        max_months=luck.maybe(0.4, luck.one(_LONGEST[crime.level]))
        if crime.level in _LONGEST
        else None,
        aggravated_felony=YesNo.NO if outcome in _GUILT and luck.often(0.1) else None,
        listed_offense=_listed(scene, crime),
        reduced_from="A more serious count" if outcome is ChargeOutcome.REDUCED else None,
        reduced_on=PartialDate.of(on) if on and outcome is ChargeOutcome.REDUCED else None,
        sentence=luck.one(scene.material.words["sentences"]) if sentenced else None,
        sentence_days=days,
        suspended_days=days // 2 if days and luck.often(0.5) else None,
        immigration_conviction=luck.one(tuple(ImmigrationConviction))
        if outcome in _GUILT and luck.often(0.25)
        else None,
        court_case_number=luck.maybe(
            max(0.6, plan.ready), f"{letter}-{times.arrested.year % 100:02}-0{luck.digits(5)}"
        ),
        dv_relation=_dv_relation(scene, crime),
    )


def _guilt_basis(scene: Scene, outcome: ChargeOutcome) -> GuiltBasis | None:
    if outcome in (ChargeOutcome.TRIAL, ChargeOutcome.NGRI):
        return scene.luck.maybe(0.8, GuiltBasis.FOUND_GUILTY)
    if outcome in _GUILT:
        return scene.luck.maybe(0.7, scene.luck.one(_PLEAS))
    if outcome is ChargeOutcome.DIVERTED:
        return scene.luck.maybe(0.6, GuiltBasis.NONE)
    return None


def _listed(scene: Scene, crime: Crime) -> ListedOffense | None:
    if crime.category is ChargeCategory.PROPERTY:
        return scene.luck.maybe(0.6, ListedOffense.THEFT)
    return scene.luck.maybe(0.3, ListedOffense.NONE)


def _partly(luck: Luck, day: date) -> PartialDate:
    """A date as people remember it: now and then only the month."""
    return PartialDate(day.year, day.month) if luck.often(0.06) else PartialDate.of(day)


def _dv_relation(scene: Scene, crime: Crime) -> DvRelation | None:
    if crime.category is not ChargeCategory.VIOLENT:
        return None
    if scene.plan.survivor:
        return scene.luck.one((DvRelation.CROSS_ARREST, DvRelation.VICTIM_ARRESTED))
    if crime.kind == "domestic":
        return DvRelation.PARTNER_IS_VICTIM
    return scene.luck.maybe(0.4, DvRelation.NONE)
