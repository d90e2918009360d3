"""The conflict checks of each case: what was searched for, what was found, what was decided.

Every check is kept (ABA Model Rule 1.18 and its comment: the office must be able to show whom it
asked about). A check is sealed with every key of the member who made it. `result` and `decision`
stand open, one word each: the desk lists by them.
"""

import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from intake_app.core.conflict_parties import Asked
from intake_app.core.conflicts import VERSION, Stands
from intake_app.core.fields import Compartment
from intake_app.core.roles import Key
from intake_app.store.history import Line
from intake_app.store.office import Office
from intake_app.store.present_cases import present
from intake_app.store.schema import CONFLICT_CHECKS, MEMBERS
from intake_app.store.sealing import derive, place


class Result(StrEnum):
    """What a check found."""

    NONE = "none"
    POSSIBLE = "possible"


class Decision(StrEnum):
    """What somebody made of it. OTHER_PERSON says who it is not, NONE that it is no conflict."""

    OTHER_PERSON = "other_person"
    NONE = "none"
    CONFIRMED = "confirmed"
    WAIVED = "waived"


@dataclass(frozen=True)
class Found:
    """Somebody who was found for somebody asked for; entry numbers are 0 for clients.

    name, born, number: hers and her case's when the check was made. protected: whether its client
    was a protected one then.
    """

    asked_stands: Stands
    asked_entry: int
    case_id: int
    stands: Stands
    entry_id: int
    name: str
    born: str
    number: str
    protected: bool
    bits: float
    words: str
    reasons: tuple[str, ...]

    @property
    def pair(self) -> tuple[object, ...]:
        """Who was found for whom."""
        return (self.asked_stands, self.asked_entry, self.case_id, self.stands, self.entry_id)

    @property
    def told(self) -> tuple[object, ...]:
        """What of it makes a new check worth keeping; bits move a little with every new case."""
        return (*self.pair, self.protected, self.words, self.reasons)


@dataclass(frozen=True)
class Check:
    """One check that was kept. `opened`: whether the member's keys open what is sealed of it."""

    id: int
    at: datetime
    by: str
    version: int
    whole: bool
    result: Result
    identity_mac: bytes
    opened: bool
    searched: tuple[str, ...]
    found: tuple[Found, ...]
    decision: Decision | None
    decided_at: datetime | None
    decided_by: str
    decider: int | None
    reason: str


@dataclass(frozen=True)
class Waiting:
    """The newest check of a case, where it is not over."""

    case_id: int
    at: datetime
    whole: bool
    result: Result


MOST_FOUND = 15
"""So many people are kept of a check, the likeliest."""

_STEPS = {"searched": 512, "found": 8_192, "reason": 512}


_DECIDER = MEMBERS.alias("decider")
_WITH_NAMES = (
    select(CONFLICT_CHECKS, MEMBERS.c.name.label("by"), _DECIDER.c.name.label("decided_name"))
    .join(MEMBERS, MEMBERS.c.id == CONFLICT_CHECKS.c.member_id)
    .outerjoin(_DECIDER, _DECIDER.c.id == CONFLICT_CHECKS.c.decided_by)
)


def checks_of(office: Office, connection: Connection, case_id: int) -> tuple[Check, ...]:
    """Every check of a case, newest first."""
    rows = connection.execute(
        _WITH_NAMES.where(CONFLICT_CHECKS.c.case_id == case_id).order_by(
            CONFLICT_CHECKS.c.id.desc()
        )
    )
    return tuple(_check(office, row) for row in rows)


def keep_check(
    office: Office,
    connection: Connection,
    case_id: int,
    asked: Sequence[Asked],
    found: Sequence[Found],
    identity_mac: bytes,
    now: datetime,
    carried: Check | None,
) -> None:
    """Write a check and its line of history. `carried`: an earlier one whose decision stands."""
    keep = widest(office)
    made = connection.execute(
        insert(CONFLICT_CHECKS).values(
            case_id=case_id,
            at=_stamp(now),
            member_id=office.member.id,
            version=VERSION,
            whole=int(keep is Compartment.BOTH),
            result=(Result.POSSIBLE if found else Result.NONE).value,
            keep=keep.name.lower(),
            identity_mac=identity_mac,
            searched=b"",
            found=b"",
        )
    )
    assert made.inserted_primary_key is not None  # noqa: S101 - for the type checker
    check_id = int(made.inserted_primary_key[0])
    # Whom a volunteer's check found is left out of the file: who opens the case with the
    # protected key compares anew, and other volunteers must not read it.
    told = [_as_json(one) for one in found] if keep is Compartment.BOTH else []
    values: dict[str, Any] = {
        "searched": _seal(office, keep, "searched", check_id, [one.words for one in asked]),
        "found": _seal(office, keep, "found", check_id, told),
    }
    if carried is not None and carried.decision is not None:
        values |= {
            "decision": carried.decision.value,
            "decided_at": _stamp(carried.decided_at or now),
            "decided_by": carried.decider,
        }
        if carried.reason and keep is Compartment.BOTH:
            values["reason"] = _seal(office, keep, "reason", check_id, carried.reason)
    connection.execute(
        update(CONFLICT_CHECKS).where(CONFLICT_CHECKS.c.id == check_id).values(values)
    )
    _record(office, connection, "conflict check", case_id, check_id, now)


def keep_decision(
    office: Office,
    connection: Connection,
    case_id: int,
    check_id: int,
    decision: Decision,
    reason: str,
    now: datetime,
) -> None:
    """Write what was decided about a check, and its line of history."""
    connection.execute(
        update(CONFLICT_CHECKS)
        .where(CONFLICT_CHECKS.c.id == check_id)
        .values(
            decision=decision.value,
            decided_at=_stamp(now),
            decided_by=office.member.id,
            reason=_seal(office, Compartment.BOTH, "reason", check_id, reason),
        )
    )
    _record(office, connection, "conflict decided", case_id, check_id, now)


def waiting(connection: Connection) -> list[Waiting]:
    """Cases whose newest check waits for somebody, the oldest first."""
    newest = select(func.max(CONFLICT_CHECKS.c.id)).group_by(CONFLICT_CHECKS.c.case_id)
    rows = connection.execute(
        select(
            CONFLICT_CHECKS.c.case_id,
            CONFLICT_CHECKS.c.at,
            CONFLICT_CHECKS.c.whole,
            CONFLICT_CHECKS.c.result,
        )
        .where(
            CONFLICT_CHECKS.c.id.in_(newest),
            present(CONFLICT_CHECKS.c.case_id),
            CONFLICT_CHECKS.c.decision.is_(None),
            (CONFLICT_CHECKS.c.result == Result.POSSIBLE.value) | (CONFLICT_CHECKS.c.whole == 0),
            # Of a person whose names were destroyed there is nothing left to decide.
            func.length(CONFLICT_CHECKS.c.searched) > 0,
        )
        .order_by(CONFLICT_CHECKS.c.id)
    )
    return [
        Waiting(case_id, datetime.fromisoformat(at), bool(whole), Result(result))
        for case_id, at, whole, result in rows
    ]


def widest(office: Office) -> Compartment:
    """The compartment of every key this member holds."""
    whole = office.sealer.opens(Compartment.BOTH)
    return Compartment.BOTH if whole else Compartment.IDENTITY


def identity_mac(
    office: Office, case_id: int, asked: Iterable[Asked], found: Iterable[Found]
) -> bytes:
    """A keyed hash of what a volunteer's check of the case searches for and finds.

    Only who holds the identity key can make it, and she can read all it is made of.
    """
    told = [
        case_id,
        VERSION,
        [one.words for one in asked if one.party.stands is not Stands.ABUSER],
        sorted(
            [str(part) for part in one.pair]
            for one in found
            if Stands.ABUSER not in (one.asked_stands, one.stands)
        ),
    ]
    key = derive(office.keys.held[Key.IDENTITY], "intake-desk conflict check 1")
    return hmac.digest(key, json.dumps(told).encode(), "sha256")


def _check(office: Office, row: Any) -> Check:
    keep = Compartment[row.keep.upper()]
    opened = office.sealer.opens(keep)
    searched = _open(office, keep, "searched", row.id, row.searched) if opened else []
    found = _open(office, keep, "found", row.id, row.found) if opened else []
    # A decision is sealed for those who may decide, whoever made the check.
    reason = ""
    if row.reason is not None and office.sealer.opens(Compartment.BOTH):
        reason = _open(office, Compartment.BOTH, "reason", row.id, row.reason)
    return Check(
        id=row.id,
        at=datetime.fromisoformat(row.at),
        by=row.by,
        version=row.version,
        whole=bool(row.whole),
        result=Result(row.result),
        identity_mac=row.identity_mac,
        opened=opened,
        searched=tuple(searched),
        found=tuple(map(_from_json, found)),
        decision=Decision(row.decision) if row.decision else None,
        decided_at=datetime.fromisoformat(row.decided_at) if row.decided_at else None,
        decided_by=row.decided_name or "",
        decider=row.decided_by,
        reason=str(reason),
    )


def _as_json(found: Found) -> dict[str, object]:
    return {**vars(found), "bits": round(found.bits, 1)}


def _from_json(told: Mapping[str, Any]) -> Found:
    return Found(
        **{
            **told,
            "asked_stands": Stands(told["asked_stands"]),
            "stands": Stands(told["stands"]),
            "reasons": tuple(told["reasons"]),
        }
    )


def _seal(office: Office, keep: Compartment, column: str, row: int, told: object) -> bytes:
    text = json.dumps(told, ensure_ascii=False)
    if told:
        # Filled up with blanks, so that its length does not tell how many were found.
        text += " " * (-len(text.encode()) % _STEPS[column])
    return office.sealer.seal(keep, place(CONFLICT_CHECKS.name, column, row), text)


def _open(office: Office, keep: Compartment, column: str, row: int, sealed: bytes) -> Any:
    if not sealed:  # destroyed when its time was over
        return []
    spot = place(CONFLICT_CHECKS.name, column, row)
    return json.loads(office.sealer.open(keep, spot, sealed))


def _record(
    office: Office, connection: Connection, action: str, case_id: int, check_id: int, now: datetime
) -> None:
    line = Line(_stamp(now), office.member.id, action, case_id, CONFLICT_CHECKS.name, check_id)
    office.record(connection, line)


def _stamp(now: datetime) -> str:
    return now.isoformat(timespec="seconds")
