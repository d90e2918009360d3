"""That a letter left the office file: as a PDF in a folder, or on paper."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from intake_app.store.history import Line
from intake_app.store.office import Office
from intake_app.store.present_cases import require_present
from intake_app.store.schema import LETTERS


class Copied(StrEnum):
    """How it left; the value is what the history calls it."""

    SAVED = "saved as PDF"
    PRINTED = "printed"


def note_copy(
    office: Office,
    connection: Connection,
    case_id: int,
    letter_id: int | None,
    how: Copied,
    now: datetime,
) -> None:
    """Tell the history; letter_id: None for a draft that is not kept."""
    require_present(connection, case_id)
    at = now.isoformat(timespec="seconds")
    line = Line(at, office.member.id, how.value, case_id, LETTERS.name, letter_id)
    office.record(connection, line)
