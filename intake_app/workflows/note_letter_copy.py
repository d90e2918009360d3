"""Tell the history that a letter is about to leave the office file."""

from datetime import datetime

from intake_app.core.roles import Act, require
from intake_app.store import letter_copies
from intake_app.store.letter_copies import Copied
from intake_app.store.office import Office


def note_letter_copy(
    office: Office, case_id: int, letter_id: int | None, how: Copied, now: datetime
) -> None:
    """To be called before the copy is made: a line may tell of a copy that failed, but no copy is
    without a line. letter_id: None for a draft that is not kept.
    """
    require(office.member.role, Act.COMPOSE_LETTERS)
    with office.writing() as connection:
        letter_copies.note_copy(office, connection, case_id, letter_id, how, now)
