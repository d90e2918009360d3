"""The conflict check of a case: compare, keep what was searched and found, and show who may see it.

Who sees what. An attorney sees everybody who was found. A paralegal or an administrator sees them
too, except in the case of a protected client (a survivor, somebody fleeing, a name hidden in
lists, or a case that names an abuser): then she reads “ask an attorney” and neither who it is nor
how many. A volunteer, whose keys don't open victim facts, compares with the others only and never
sees anybody: her check counts as half until the case is opened by somebody with that key, which
makes it again with everybody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from intake_app.core.case import CaseFile
from intake_app.core.conflict_parties import ANSWERS, Asked, asked_in, missing_for_check
from intake_app.core.conflicts import VERSION, Stands
from intake_app.core.roles import Act, Key, may, require
from intake_app.store import cases, conflict_checks
from intake_app.store.conflict_checks import Check, Decision, Found, Result
from intake_app.store.office import Office

if TYPE_CHECKING:
    from intake_app.store.known_people import KnownPeople

__all__ = [
    "ConflictQuestion",
    "ConflictView",
    "Decision",
    "Outcome",
    "ShownMatch",
    "check_conflicts",
    "may_see",
    "open_conflict_questions",
    "read_people_part",
    "settled_by",
]


class Outcome(StrEnum):
    """Where the conflict check of a case stands, as far as this member may know."""

    NOT_CHECKED = "not checked"
    NO_MATCH = "no match"
    NO_MATCH_SO_FAR = "no match so far"
    """Of the people a volunteer may compare."""
    POSSIBLE = "possible"
    """Everybody who was found is shown."""
    ASK = "ask an attorney"
    """Somebody was found who is not shown."""
    OTHER_PERSON = "other person"
    NO_CONFLICT = "no conflict"
    CONFIRMED = "confirmed"
    WAIVED = "waived"


@dataclass(frozen=True)
class ShownMatch:
    """Somebody who was found and may be shown."""

    case_id: int
    number: str
    name: str
    born: str
    stands: Stands
    asked: str
    asked_stands: Stands
    words: str
    reasons: tuple[str, ...]
    protected: bool


@dataclass(frozen=True)
class ConflictView:
    """The check as this member sees it.

    compared: with how many people. missing: what must be answered before the person herself can
    be looked for; empty where nothing is. may_decide: she is the attorney; may_clear: she may say
    that those found are other people. may_hold: she may put the case on hold.
    """

    outcome: Outcome
    check_id: int | None = None
    compared: int = 0
    missing: str = ""
    matches: tuple[ShownMatch, ...] = ()
    may_decide: bool = False
    may_clear: bool = False
    may_hold: bool = False
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class ConflictQuestion:
    """A conflict check that waits: for an "attorney", or for a "protected comparison"."""

    case_id: int
    at: datetime
    waits_for: str


def read_people_part(office: Office) -> bool:
    """Read the next people into the index; return whether there are more.

    In parts, so that nobody's edit waits behind all the names of a large office.
    """
    require(office.member.role, Act.READ_CASES)
    if Key.IDENTITY not in office.keys:
        return False
    with office.reading() as connection:
        return _known_people(office).read_part(office, connection)


def check_conflicts(office: Office, case_id: int, now: datetime) -> ConflictView:
    """Compare everybody of the case with everybody else; raise `NotAllowed` or `AppError`.

    The check is kept, with its line of history, where what was searched or found is not what the
    last one searched and found.
    """
    require(office.member.role, Act.READ_CASES)
    with office.writing() as connection:
        case = cases.read_case(office, connection, case_id, tuple(ANSWERS), ANSWERS)
        asked = asked_in(case)
        kept = conflict_checks.checks_of(office, connection, case_id)
        if not asked and not kept:
            return ConflictView(Outcome.NOT_CHECKED, missing=missing_for_check(case))
        people = _known_people(office)
        people.catch_up(office, connection)
        found = people.find(office, connection, case_id, asked)
        mac = conflict_checks.identity_mac(office, case_id, asked, found)
        if _is_new(office, kept, asked, found, mac):
            conflict_checks.keep_check(
                office, connection, case_id, asked, found, mac, now, settled_by(kept, found)
            )
            kept = conflict_checks.checks_of(office, connection, case_id)
        beside = people.index.people_beside(case_id)
        return _view(office, case, asked, found, kept[0], beside)


def open_conflict_questions(office: Office) -> tuple[ConflictQuestion, ...]:
    """Checks that wait for this member: all for an attorney, half-made ones for who can make
    them whole, none for a volunteer. The oldest first.
    """
    role = office.member.role
    require(role, Act.READ_CASES)
    if Key.PROTECTED not in office.keys:
        return ()
    with office.reading() as connection:
        waiting = conflict_checks.waiting(connection)
    questions = [
        ConflictQuestion(
            one.case_id,
            one.at,
            "attorney" if one.result is Result.POSSIBLE else "protected comparison",
        )
        for one in waiting
        if may(role, Act.SEE_CONFLICTS) or not one.whole
    ]
    return tuple(questions)


def may_see(office: Office, found: Found) -> bool:
    """Whether this member may know who was found."""
    if may(office.member.role, Act.SEE_CONFLICTS):
        return True
    return Key.PROTECTED in office.keys and not found.protected


def settled_by(kept: Iterable[Check], found: Sequence[Found]) -> Check | None:
    """The decision that covers what was found now: a conflict stays one until an attorney says
    otherwise; any other covers those it looked at, while no more speaks for the match than then.
    """
    last = next((check for check in kept if check.decision is not None), None)
    if last is None:
        return None
    if last.decision is Decision.CONFIRMED:
        return last
    looked_at = {one.pair: one.bits for one in last.found}
    grown = 2.0
    covered = all(
        one.pair in looked_at and one.bits <= looked_at[one.pair] + grown for one in found
    )
    return last if found and last.opened and covered else None


def _known_people(office: Office) -> "KnownPeople":
    # What compares names takes a moment to load: not before somebody opens a case.
    from intake_app.store.known_people import KnownPeople
    from intake_app.workflows.shipped import nicknames

    if office.known_people is None:
        office.known_people = KnownPeople(nicknames())
    return office.known_people


def _is_new(
    office: Office,
    kept: Sequence[Check],
    asked: Sequence[Asked],
    found: Sequence[Found],
    mac: bytes,
) -> bool:
    """Whether the newest check is not this very one."""
    if not kept or kept[0].version != VERSION:
        return True
    newest = kept[0]
    if newest.opened and newest.whole and newest.result is Result.POSSIBLE and not newest.found:
        # Whom it had found was destroyed since: compare anew.
        return newest.decision is None
    if Key.PROTECTED not in office.keys:
        return newest.identity_mac != mac
    same = newest.searched == tuple(one.words for one in asked)
    return not (newest.whole and same and _told(newest.found) == _told(found))


def _told(found: Iterable[Found]) -> set[tuple[object, ...]]:
    return {one.told for one in found}


_DECIDED = {
    Decision.OTHER_PERSON: Outcome.OTHER_PERSON,
    Decision.NONE: Outcome.NO_CONFLICT,
    Decision.CONFIRMED: Outcome.CONFIRMED,
    Decision.WAIVED: Outcome.WAIVED,
}


def _view(
    office: Office,
    case: CaseFile,
    asked: Sequence[Asked],
    found: Sequence[Found],
    check: Check,
    compared: int,
) -> ConflictView:
    role = office.member.role
    attorney, keyed = may(role, Act.SEE_CONFLICTS), Key.PROTECTED in office.keys
    shown = [one for one in found if may_see(office, one)]
    all_shown = keyed and len(shown) == len(found)
    outcome = _outcome(check, asked=bool(asked), all_shown=all_shown)
    names = {(one.party.stands, one.entry_id): one.name for one in asked}
    known_reason = attorney or (all_shown and bool(found))
    return ConflictView(
        outcome=outcome,
        check_id=check.id,
        compared=compared,
        missing=missing_for_check(case),
        matches=tuple(
            ShownMatch(
                case_id=one.case_id,
                number=one.number,
                name=one.name,
                born=one.born,
                stands=one.stands,
                asked=names[one.asked_stands, one.asked_entry],
                asked_stands=one.asked_stands,
                words=one.words,
                reasons=one.reasons,
                protected=one.protected,
            )
            for one in shown
        ),
        may_decide=attorney and (bool(found) or check.decision is not None),
        may_clear=not attorney and outcome is Outcome.POSSIBLE and may(role, Act.WRITE_CASES),
        may_hold=may(role, Act.WRITE_CASES),
        decided_by=check.decided_by,
        decided_at=check.decided_at,
        reason=check.reason if known_reason else "",
    )


def _outcome(check: Check, *, asked: bool, all_shown: bool) -> Outcome:
    if check.decision is not None:
        return _DECIDED[check.decision]
    if not asked:
        return Outcome.NOT_CHECKED
    if check.result is Result.NONE:
        return Outcome.NO_MATCH if check.whole else Outcome.NO_MATCH_SO_FAR
    return Outcome.POSSIBLE if all_shown else Outcome.ASK
