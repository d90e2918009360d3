"""What the desk shows, read from facts: which cases have a detainer running, which are unfinished.

Names are not read here; the case list has them.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, or_, select

from intake_app.core.answers import from_stored
from intake_app.core.casefile import Charge, Custody, Detainer, Household, Intake, Person
from intake_app.core.fields import question
from intake_app.core.vocabulary import CaseStatus, CitizenClaim, DetainerStatus, YesNo
from intake_app.store.schema import CASES, RECORD_TABLES

_OVER = (CaseStatus.CLOSED.value, CaseStatus.REJECTED.value)
_UNFINISHED = (CaseStatus.PRESCREEN.value, CaseStatus.INTAKE.value)
_DETAINER = ("form", "edition", "issued_on", "received_at", "served", "status")
_CUSTODY = (
    "facility_zone",
    "facility_state",
    "release_due_at",
    "release_due_on",
    "released_at",
    "other_hold_at",
)


@dataclass(frozen=True)
class HeldCase:
    """A case with a detainer that has not ended: what its clock is read from."""

    case_id: int
    detainer: Detainer
    custody: Custody


@dataclass(frozen=True)
class UnfinishedCase:
    """An intake that is not done: what is missing that everything else hangs on."""

    case_id: int
    changed_at: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class UrgentCase:
    """A case with an answer that an attorney or a social worker must see at once."""

    case_id: int
    why: str


def held_cases(connection: Connection) -> list[HeldCase]:
    """Open cases with a detainer that is active, or whose end nobody wrote down."""
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
            or_(
                detainer.c.status.is_(None),
                detainer.c.status == DetainerStatus.ACTIVE.value,
            ),
            or_(intake.c.status.is_(None), intake.c.status.not_in(_OVER)),
        )
        .order_by(detainer.c.id)
    )
    held = {}
    for case_id, *kept in rows:
        # The newest paper of a case stands for it.
        held[case_id] = HeldCase(
            case_id,
            _read(Detainer, _DETAINER, kept[: len(_DETAINER)]),
            _read(Custody, _CUSTODY, kept[len(_DETAINER) :]),
        )
    return list(held.values())


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
        .where(intake.c.status.in_(_UNFINISHED))
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
    """Open cases with a claim to citizenship or with children left alone."""
    intake, person, household = (RECORD_TABLES[cls] for cls in (Intake, Person, Household))
    claims = (
        CitizenClaim.CLAIMS.value,
        CitizenClaim.DOCUMENTED.value,
        CitizenClaim.DERIVATIVE.value,
    )
    rows = connection.execute(
        select(intake.c.case_id, household.c.children_unattended)
        .select_from(intake)
        .outerjoin(person, person.c.case_id == intake.c.case_id)
        .outerjoin(household, household.c.case_id == intake.c.case_id)
        .where(
            or_(
                person.c.us_citizen_claim.in_(claims),
                household.c.children_unattended == YesNo.YES.value,
            ),
            or_(intake.c.status.is_(None), intake.c.status.not_in(_OVER)),
        )
        .order_by(intake.c.case_id.desc())
        .limit(limit)
    )
    return [
        UrgentCase(
            case_id,
            "Children unattended: act now"
            if alone == YesNo.YES.value
            else "May be a U.S. citizen: tell an attorney",
        )
        for case_id, alone in rows
    ]


def _read(cls: type, names: tuple[str, ...], kept: list[Any]) -> Any:
    answers = zip(names, kept, strict=True)
    return cls(**{name: from_stored(question(cls, name), value) for name, value in answers})
