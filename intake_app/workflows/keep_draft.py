"""Keep the words being typed, so that a crash loses at most the last of them."""

from contextlib import suppress
from datetime import datetime

from intake_app.core.answers import parse
from intake_app.core.errors import AppError
from intake_app.core.fields import question
from intake_app.core.roles import Act, require
from intake_app.store import cases, drafts
from intake_app.store.office import Office
from intake_app.workflows.save_case import may_answer


def keep_draft(
    office: Office, case_id: int, record: type, entry_id: int | None, field: str, words: str
) -> None:
    """Keep half-typed words beside the answer, without a history of their own."""
    may_answer(office, record, field)
    with office.writing() as connection:
        drafts.keep_draft(office, connection, case_id, record, entry_id, field, words)


def settle_drafts(office: Office, case_id: int, now: datetime) -> bool:
    """Make answers of what a crash left over; return whether there was anything.

    Each counts as a change by the member who typed it, and History can undo it.
    """
    require(office.member.role, Act.WRITE_CASES)
    with office.reading() as connection:
        left = list(drafts.drafts_of(office, connection, case_id))
    for draft in left:
        asked = question(draft.record, draft.field)
        where = (case_id, draft.record, draft.entry_id, draft.field)
        # Where its row was removed, or it can't be an answer, it stays where it is: not lost.
        with suppress(AppError), office.writing() as connection:
            value = parse(asked, draft.words)
            cases.write_answer(office, connection, *where, value, now, by=draft.member_id)
    return bool(left)
