"""What the invented office does for the invented people: to-dos, notes, time, transfers."""

from collections.abc import Iterator
from datetime import timedelta

from intake_app.core.casefile import (
    AdverseParty,
    Charge,
    Custody,
    Note,
    PrivateNote,
    TimeSpent,
    ToDo,
    Transfer,
)
from intake_app.core.demo_material import Weighted
from intake_app.core.demo_plan import HOUR, Scene, Stage, day_of, local
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import (
    AdverseRole,
    ChargeCategory,
    FacilityKind,
    KnownFrom,
    NoteKind,
    ToDoKind,
    WorkKind,
)

_TO_DOS = Weighted(
    (
        (ToDoKind.CALL, 40),
        (ToDoKind.CHECK, 25),
        (ToDoKind.COURT, 20),
        (ToDoKind.OTHER, 15),
    )
)
_MINUTES = (5, 10, 15, 15, 20, 30, 45, 60, 90)


def adverse_parties_of(scene: Scene, charges: tuple[Charge, ...]) -> Iterator[AdverseParty]:
    """A complaining witness or a co-defendant, where the caller named one."""
    plan, luck = scene.plan, scene.luck
    if plan.stage in (Stage.FIRST_CALL, Stage.UNFINISHED) or plan.survivor:
        return
    violent = any(charge.category is ChargeCategory.VIOLENT for charge in charges)
    if not luck.often(0.35 if violent else 0.05):
        return
    female = luck.often(0.5)
    people = plan.people
    given = luck.one(people.female if female else people.male)
    yield AdverseParty(
        name=f"{given} {people.surname(luck, female)}",
        born=luck.maybe(0.3, PartialDate(scene.now.year - luck.number(19, 60))),
        role=luck.maybe(0.9, luck.one((AdverseRole.COMPLAINANT, AdverseRole.CO_DEFENDANT))),
    )


def transfers_of(scene: Scene, custody: Custody | None) -> Iterator[Transfer]:
    """A move to another jail while the person was held."""
    plan, luck, times = scene.plan, scene.luck, scene.plan.times
    moved = times.arrested + luck.number(5, 30) * HOUR
    over = min(times.released or scene.now, scene.now)
    if custody is None or plan.summary is not None or moved >= over or not luck.often(0.06):
        return
    yield Transfer(
        moved_at=luck.maybe(0.9, local(moved, plan.jail)),
        facility=plan.jail.name,
        facility_kind=FacilityKind.JAIL,
        known_from=luck.maybe(0.8, luck.one(tuple(KnownFrom))),
    )


def to_dos_of(scene: Scene) -> Iterator[ToDo]:
    """What is to be done, and by when; in a closed case everything is done."""
    plan, luck, words = scene.plan, scene.luck, scene.material.words
    today = day_of(scene.now, plan.jail)
    if plan.stage is Stage.FIRST_CALL:
        yield ToDo(what="Call back and finish the intake", kind=ToDoKind.CALL, due_on=today)
        return
    if plan.summary is None and not luck.often(0.5):
        return
    for _ in range(1 + luck.often(0.25)):
        kind = luck.of(_TO_DOS)
        past = plan.stage is Stage.PAST
        opened = day_of(plan.times.opened, plan.jail)
        due = opened + timedelta(days=luck.number(0, 20)) if past else None
        if due is None:
            due = today + timedelta(days=luck.number(-1, 9))
        yield ToDo(
            what=luck.one(words[f"to_do_{kind.value}"]),
            kind=luck.maybe(0.95, kind),
            due_on=luck.maybe(0.9, due),
            assigned_to=luck.maybe(0.5, luck.one(("attorney", "paralegal", "volunteer"))),
            done_on=due if past and due <= today else None,
        )


def notes_of(scene: Scene) -> Iterator[Note]:
    """What was said on the telephone and at the jail."""
    plan, luck, words = scene.plan, scene.luck, scene.material.words
    if plan.stage is Stage.FIRST_CALL:
        return
    opened, today = day_of(plan.times.opened, plan.jail), day_of(scene.now, plan.jail)
    for k in range(luck.of(Weighted(((0, 45), (1, 35), (2, 20))))):
        yield Note(
            written_on=luck.maybe(0.95, min(opened + timedelta(days=k), today)),
            kind=luck.maybe(0.8, luck.one(tuple(NoteKind))),
            words=luck.one(words["notes"]),
        )


def time_of(scene: Scene) -> Iterator[TimeSpent]:
    """Minutes for the funders."""
    plan, luck = scene.plan, scene.luck
    if plan.stage is Stage.FIRST_CALL:
        return
    members = scene.material.members
    opened, today = day_of(plan.times.opened, plan.jail), day_of(scene.now, plan.jail)
    for k in range(luck.of(Weighted(((0, 30), (1, 40), (2, 30))))):
        yield TimeSpent(
            worked_on=luck.maybe(0.95, min(opened + timedelta(days=k), today)),
            minutes=luck.maybe(0.95, luck.one(_MINUTES)),
            kind=luck.maybe(0.9, WorkKind.INTAKE if k == 0 else luck.one(tuple(WorkKind))),
            worker=luck.maybe(0.9, members[luck.one(("attorney", "paralegal", "volunteer"))]),
        )


def private_notes_of(scene: Scene) -> Iterator[PrivateNote]:
    """What only those with the protected key may read."""
    plan, luck = scene.plan, scene.luck
    if plan.survivor and plan.stage in (Stage.CURRENT, Stage.PAST) and luck.often(0.4):
        yield PrivateNote(
            written_on=luck.maybe(0.9, day_of(plan.times.opened, plan.jail)),
            words=luck.one(scene.material.words["private_notes"]),
        )
