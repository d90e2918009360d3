"""The office's own copy of an approved letter: with the library's version and the check dates."""

from intake_app.core.errors import AppError
from intake_app.documents.typeset import typeset_letter
from intake_app.store.letters import DESTROYED, Stage
from intake_app.store.office import Office
from intake_app.workflows import shipped
from intake_app.workflows.read_letters import approved_letter, find_letter


def office_copy(office: Office, letter_id: int) -> bytes:
    """A PDF of the words as they were approved; raise `AppError` for a letter that is not."""
    kept = find_letter(office, letter_id)
    if kept.stage is not Stage.APPROVED:
        raise AppError("Only an approved letter has an office copy. Ask an attorney to approve it.")
    if kept.destroyed_at is not None:
        raise AppError(DESTROYED)
    fonts = shipped.letter_fonts()
    return typeset_letter(approved_letter(kept), fonts, draft=False, office_copy=True).pdf
