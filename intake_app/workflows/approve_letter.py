"""Approve a letter: written anew without the draft mark, and frozen as it is."""

from datetime import datetime

from intake_app.core.errors import AppError
from intake_app.core.letters.gate import Overridden
from intake_app.core.letters.options import LetterOptions
from intake_app.core.roles import Act, require
from intake_app.documents.letter_json import letter_to_json
from intake_app.documents.letter_text import Letter
from intake_app.store import letter_changes, letters
from intake_app.store.letters import Frozen, KeptAuthority, KeptLetter
from intake_app.store.office import Office
from intake_app.workflows.compose_letter import compose_letter


def approve_letter(
    office: Office, case_id: int, kind_key: str, options: LetterOptions, now: datetime
) -> KeptLetter:
    """Freeze the letter with its PDF, hashes, authorities, consents and overrides.

    The draft of that kind becomes the approved letter; the next one is a new version of it.
    Raises `NotAllowed` for everybody but an attorney, `AppError` with the first reason where the
    letter may not be written as it stands now.
    """
    require(office.member.role, Act.APPROVE_LETTERS)
    composed = compose_letter(office, case_id, kind_key, now, options, draft=False)
    if composed.letter is None or composed.pdf is None:
        raise AppError(f"This letter can’t be approved. {composed.blocked_by[0].why}")
    if composed.edit_problems:
        why = composed.edit_problems[0].blocker.why
        raise AppError(f"This letter can’t be approved: a paragraph was edited. {why}")
    frozen = _frozen(composed.letter, composed.pdf, composed.overridden)
    kind = composed.kind
    with office.writing() as connection:
        number = letter_changes.keep_draft(
            office, connection, case_id, kind.key, kind.title, options, now
        )
        found = letters.find_letter(office, connection, number)
        return letter_changes.freeze(office, connection, found, kind.title, options, frozen, now)


def _frozen(letter: Letter, pdf: bytes, overridden: tuple[Overridden, ...]) -> Frozen:
    return Frozen(
        text=letter.text,
        letter=letter_to_json(letter),
        authorities=tuple(
            KeptAuthority(one.id, one.short_name, one.verified_on) for one in letter.checked
        ),
        consents=letter.consents,
        overrides=overridden,
        template_version=letter.template_version,
        library_version=letter.library_version,
        reply_by=letter.reply_by,
        pdf=pdf,
    )
