"""Decide what a conflict check found.

Whether there is a conflict, and whether it may be waived, is a question of law: an attorney
answers it. A paralegal or an administrator may only say that everybody found is somebody else,
with the reason, and only where all of them may be shown to her: who a person is she can tell from
a birth date or an A-number, and it is kept who said so. Nothing else follows by itself; putting
the case on conflict hold is offered beside it.
"""

from datetime import datetime

from intake_app.core.casefile import Intake
from intake_app.core.errors import AppError, BadAnswer
from intake_app.core.roles import Act, may, require
from intake_app.core.vocabulary import CaseStatus
from intake_app.store import cases, conflict_checks
from intake_app.store.conflict_checks import Decision
from intake_app.store.office import Office
from intake_app.workflows.check_conflicts import may_see

LONGEST_REASON = 2_000


def decide_conflict(
    office: Office, case_id: int, check_id: int, decision: Decision, reason: str, now: datetime
) -> None:
    """Keep a decision about the newest check of a case, with member and time.

    Raises `NotAllowed` for a member who may not decide this, `BadAnswer` where a waiver or
    “other people” has no reason, and `AppError` where the case was checked again meanwhile.
    """
    role = office.member.role
    require(role, Act.SEE_CONFLICTS if decision is not Decision.OTHER_PERSON else Act.WRITE_CASES)
    reason = reason.strip()
    if not reason and decision in (Decision.WAIVED, Decision.OTHER_PERSON):
        raise BadAnswer(
            "Write the reason: it is kept with the decision. For a waiver, say who agreed in "
            "writing and when."
            if decision is Decision.WAIVED
            else "Write how you know that it is somebody else, for example by the birth date."
        )
    if len(reason) > LONGEST_REASON:
        raise BadAnswer("That reason is too long. Put the details into a note of the case.")
    with office.writing() as connection:
        kept = conflict_checks.checks_of(office, connection, case_id)
        newest = kept[0] if kept else None
        if newest is None or newest.id != check_id or not newest.whole or not newest.opened:
            raise AppError("The conflict check was made again meanwhile. Look at the new one.")
        if not may(role, Act.SEE_CONFLICTS):
            undecided = newest.found and newest.decision is None
            if not undecided or not all(may_see(office, found) for found in newest.found):
                require(role, Act.SEE_CONFLICTS)
        conflict_checks.keep_decision(office, connection, case_id, check_id, decision, reason, now)


def hold_for_conflict(office: Office, case_id: int, now: datetime) -> None:
    """Put a case on conflict hold; History can undo it."""
    require(office.member.role, Act.WRITE_CASES)
    with office.writing() as connection:
        status = CaseStatus.CONFLICT_HOLD
        cases.write_answer(office, connection, case_id, Intake, None, "status", status, now)
