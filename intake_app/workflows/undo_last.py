"""Take back one's own last edit of a case, or make it again."""

from dataclasses import dataclass
from datetime import datetime

from intake_app.core.case import CaseFile
from intake_app.core.errors import AppError
from intake_app.core.roles import Act, require
from intake_app.store import changes
from intake_app.store.last_change import last_change, last_undo
from intake_app.store.office import Office
from intake_app.workflows.undo_change import undo_change


@dataclass(frozen=True)
class TakenBack:
    """The case as it is now; words: what was taken back, as the history calls it."""

    case: CaseFile
    words: str


def undo_last(office: Office, case_id: int, now: datetime) -> TakenBack:
    """Take back this member's newest edit of the case; `AppError` where there is none today."""
    return _take_back(office, case_id, now, again=False)


def redo_last(office: Office, case_id: int, now: datetime) -> TakenBack:
    """Take back her newest undo, as long as she has edited nothing since."""
    return _take_back(office, case_id, now, again=True)


def _take_back(office: Office, case_id: int, now: datetime, *, again: bool) -> TakenBack:
    require(office.member.role, Act.WRITE_CASES)
    with office.reading() as connection:
        found = (last_undo if again else last_change)(office, connection, case_id, now)
        told = None if found is None else changes.change_of(office, connection, found)
    if found is None or told is None:
        raise AppError(_NOTHING_AGAIN if again else _NOTHING)
    case = undo_change(office, found, now)
    words = f"{told.record} · {told.label}" if told.label else f"{told.record} {told.action}"
    return TakenBack(case, words)


_NOTHING = "No edit of yours from today is left to undo here. History has the older ones."
_NOTHING_AGAIN = "There is nothing to make again."
