"""What the desk shows: which cases have a detainer running, what is to be done, what is unfinished.

People's names are not read here; the case list has them.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from intake_app.core.answers import from_stored
from intake_app.core.case_clock import STANDING
from intake_app.core.casefile import (
    Charge,
    Custody,
    Dependent,
    Detainer,
    Household,
    Intake,
    Person,
    ToDo,
)
from intake_app.core.eligibility import MINORS
from intake_app.core.fields import question
from intake_app.core.vocabulary import (
    CareNow,
    CaseStatus,
    CitizenClaim,
    DetainerStatus,
    ToDoKind,
    YesNo,
)
from intake_app.store.case_rows import open_answer
from intake_app.store.office import Office
from intake_app.store.openings import OPENED
from intake_app.store.present_cases import present
from intake_app.store.schema import CASES, HISTORY, RECORD_TABLES

_OVER = (CaseStatus.CLOSED.value, CaseStatus.REJECTED.value)
_UNFINISHED = (CaseStatus.PRESCREEN.value, CaseStatus.INTAKE.value)
_DETAINER = ("form", "edition", "issued_on", "received_at", "served", "status", "ended_on")
_CUSTODY = (
    "facility_zone",
    "facility_state",
    "release_due_at",
    "release_due_on",
    "released_at",
    "other_hold_at",
)

CHILDREN_ALONE = "Children unattended: act now"
MAYBE_CITIZEN = "May be a U.S. citizen: tell an attorney"


@dataclass(frozen=True)
class HeldCase:
    """A case with detainers that have not ended, oldest first: what its clock is read from."""

    case_id: int
    detainers: tuple[Detainer, ...]
    custody: Custody


@dataclass(frozen=True)
class UnfinishedCase:
    """An intake that is not done: what is missing that everything else hangs on."""

    case_id: int
    changed_at: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class UrgentCase:
    """An answer of a case that an attorney or a social worker must see at once."""

    case_id: int
    why: str


@dataclass(frozen=True)
class OpenToDo:
    """Something to be done. `mine`: for this member, or for nobody by name."""

    case_id: int
    entry_id: int
    what: str
    kind: ToDoKind | None
    due_on: date | None
    assigned_to: str
    mine: bool


def held_cases(connection: Connection) -> list[HeldCase]:
    """Open cases with a detainer that stands: it is active, or nobody wrote down its end."""
    intake, custody = RECORD_TABLES[Intake], RECORD_TABLES[Custody]
    detainer = RECORD_TABLES[Detainer]
    rows = connection.execute(
        select(
            detainer.c.case_id,
            *(detainer.c[name] for name in _DETAINER),
            *(custody.c[name] for name in _CUSTODY),
        )
        .select_from(detainer)
        .outerjoin(custody, custody.c.case_id == detainer.c.case_id)
        .outerjoin(intake, intake.c.case_id == detainer.c.case_id)
        .where(
            detainer.c.removed_at.is_(None),
            present(detainer.c.case_id),
            is_standing(detainer),
            or_(intake.c.status.is_(None), intake.c.status.not_in(_OVER)),
        )
        .order_by(detainer.c.id)
    )
    papers: dict[int, list[Detainer]] = defaultdict(list)
    places: dict[int, Custody] = {}
    for case_id, *kept in rows:
        papers[case_id].append(_read(Detainer, _DETAINER, kept[: len(_DETAINER)]))
        places[case_id] = _read(Custody, _CUSTODY, kept[len(_DETAINER) :])
    return [
        HeldCase(case_id, tuple(papers[case_id]), custody) for case_id, custody in places.items()
    ]


def is_standing(detainer: Any) -> ColumnElement[bool]:
    """Whether a row of the table of detainers stands, as `core.case_clock.stands` has it."""
    status, ended_on = detainer.c.status, detainer.c.ended_on
    open_end = or_(status.is_(None), status.in_([one.value for one in STANDING if one is not None]))
    return and_(open_end, or_(ended_on.is_(None), status == DetainerStatus.ACTIVE.value))


def last_change(connection: Connection) -> int:
    """The number of the newest line of the history that tells of more than an opening.

    It is the same as long as nothing was changed.
    """
    return int(connection.execute(_LAST_CHANGE).scalar() or 0)


_LAST_CHANGE = (
    select(HISTORY.c.seq).where(HISTORY.c.action != OPENED).order_by(HISTORY.c.seq.desc()).limit(1)
)


def open_to_dos(
    office: Office,
    connection: Connection,
    mine: Callable[[str | None], bool],
    limit: int,
) -> tuple[list[OpenToDo], int]:
    """What is not done yet: mine first, then by its day; and how many there are in all.

    `mine` tells from a to-do's "Who" whether it is this member's.
    """
    table = RECORD_TABLES[ToDo]
    rows = connection.execute(
        select(
            table.c.case_id,
            table.c.id,
            table.c.what,
            table.c.kind,
            table.c.due_on,
            table.c.assigned_to,
        )
        .where(table.c.removed_at.is_(None), table.c.done_on.is_(None), present(table.c.case_id))
        .order_by(table.c.due_on.is_(None), table.c.due_on, table.c.id)
    ).all()

    def opened(name: str, row: Any) -> Any:
        asked = question(ToDo, name)
        kept = open_answer(office.sealer, table.name, asked, row.id, getattr(row, name))
        return from_stored(asked, kept)

    # Who is sealed, so the order that needs it is made here; of the rest, only what is shown.
    told = [(row, opened("assigned_to", row)) for row in rows]
    told.sort(key=lambda pair: not mine(pair[1]))
    return [
        OpenToDo(
            case_id=row.case_id,
            entry_id=row.id,
            what=opened("what", row) or "",
            kind=opened("kind", row),
            due_on=opened("due_on", row),
            assigned_to=who or "",
            mine=mine(who),
        )
        for row, who in told[:limit]
    ], len(rows)


def unfinished_cases(connection: Connection, limit: int) -> list[UnfinishedCase]:
    """Intakes not done, the one worked on last first."""
    intake, custody = RECORD_TABLES[Intake], RECORD_TABLES[Custody]
    person, charge, detainer = (RECORD_TABLES[cls] for cls in (Person, Charge, Detainer))

    def has(table: Any) -> Any:
        return (
            select(func.count())
            .where(table.c.case_id == CASES.c.id, table.c.removed_at.is_(None))
            .scalar_subquery()
        )

    rows = connection.execute(
        select(
            CASES.c.id,
            CASES.c.changed_at,
            person.c.surname.is_not(None),
            custody.c.facility_state.is_not(None),
            has(charge),
            has(detainer),
        )
        .join(intake, intake.c.case_id == CASES.c.id)
        .outerjoin(person, person.c.case_id == CASES.c.id)
        .outerjoin(custody, custody.c.case_id == CASES.c.id)
        .where(intake.c.status.in_(_UNFINISHED), present(CASES.c.id))
        .order_by(CASES.c.changed_at.desc(), CASES.c.id.desc())
        .limit(limit)
    )
    names = ("name", "facility", "charges", "detainer")
    return [
        UnfinishedCase(
            case_id,
            changed_at,
            tuple(name for name, there in zip(names, known, strict=True) if not there),
        )
        for case_id, changed_at, *known in rows
    ]


def urgent_cases(connection: Connection, limit: int) -> list[UrgentCase]:
    """Open cases with children left alone, before those with a claim to citizenship."""
    intake, person, household = (RECORD_TABLES[cls] for cls in (Intake, Person, Household))
    claims = (
        CitizenClaim.CLAIMS.value,
        CitizenClaim.DOCUMENTED.value,
        CitizenClaim.DERIVATIVE.value,
    )
    alone = _children_alone(intake.c.case_id, household)
    claimed = func.coalesce(person.c.us_citizen_claim.in_(claims), False)
    rows = connection.execute(
        select(intake.c.case_id, alone, claimed)
        .select_from(intake)
        .outerjoin(person, person.c.case_id == intake.c.case_id)
        .outerjoin(household, household.c.case_id == intake.c.case_id)
        .where(
            or_(claimed, alone),
            present(intake.c.case_id),
            or_(intake.c.status.is_(None), intake.c.status.not_in(_OVER)),
        )
        # `limit` must never cut off a child for the sake of a newer case.
        .order_by(alone.desc(), intake.c.case_id.desc())
        .limit(limit)
    ).all()
    children = [UrgentCase(case_id, CHILDREN_ALONE) for case_id, left, _ in rows if left]
    return children + [UrgentCase(case_id, MAYBE_CITIZEN) for case_id, _, claim in rows if claim]


def _children_alone(case_id: ColumnElement[Any], household: Any) -> ColumnElement[bool]:
    """Whether children are left alone: said so, or a dependent under 18 is with nobody."""
    dependent = RECORD_TABLES[Dependent]
    with_nobody = (
        select(dependent.c.id)
        .where(
            dependent.c.case_id == case_id,
            dependent.c.removed_at.is_(None),
            dependent.c.care_now == CareNow.NOBODY.value,
            dependent.c.age.in_([age.value for age in MINORS]),
        )
        .exists()
    )
    # NULL until it is answered; NULL OR false would sort as unknown.
    return or_(func.coalesce(household.c.children_unattended, "") == YesNo.YES.value, with_nobody)


def _read(cls: type, names: tuple[str, ...], kept: list[Any]) -> Any:
    answers = zip(names, kept, strict=True)
    return cls(**{name: from_stored(question(cls, name), value) for name, value in answers})
