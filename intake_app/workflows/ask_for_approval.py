"""Ask an attorney to approve a letter: it waits on every attorney's desk."""

from datetime import datetime

from intake_app.core.letters.options import LetterOptions
from intake_app.core.roles import Act, require
from intake_app.store import letter_changes, letters
from intake_app.store.letters import Stage
from intake_app.store.office import Office
from intake_app.workflows.letter_sources import kind_of


def ask_for_approval(
    office: Office, case_id: int, kind_key: str, options: LetterOptions, now: datetime
) -> bool:
    """Keep the letter and let it wait for an attorney; return False where it waits already."""
    require(office.member.role, Act.COMPOSE_LETTERS)
    kind = kind_of(office, kind_key)
    with office.writing() as connection:
        number = letter_changes.keep_draft(
            office, connection, case_id, kind.key, kind.title, options, now
        )
        found = letters.find_letter(office, connection, number)
        if found.stage is Stage.WAITING:
            return False
        letter_changes.ask_attorney(office, connection, found, kind.title, now)
    return True
