"""Keep a letter that is being written: the one draft of its kind in a case."""

from datetime import datetime

from intake_app.core.letters.options import LetterOptions
from intake_app.core.roles import Act, require
from intake_app.store import letter_changes, letters
from intake_app.store.office import Office
from intake_app.workflows.letter_sources import kind_of


def keep_letter(
    office: Office, case_id: int, kind_key: str, options: LetterOptions, now: datetime
) -> int:
    """Keep what was chosen and edited; return the number of the draft, made or renewed.

    A letter that waits for an attorney goes on waiting. Raises `NotAllowed` for a role that
    writes no letters, `AppError` for a kind or a case that is not there.
    """
    require(office.member.role, Act.COMPOSE_LETTERS)
    kind = kind_of(office, kind_key)
    with office.writing() as connection:
        return letter_changes.keep_draft(
            office, connection, case_id, kind.key, kind.title, options, now
        )


def discard_letter(office: Office, letter_id: int, now: datetime) -> None:
    """Take a draft away; raise `AppError` for an approved letter."""
    require(office.member.role, Act.COMPOSE_LETTERS)
    with office.writing() as connection:
        found = letters.find_letter(office, connection, letter_id)
        title = kind_of(office, found.kind).title
        letter_changes.discard_draft(office, connection, found, title, now)
