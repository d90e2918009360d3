"""Record what became of an approved letter: when it was sent, what was answered, what came of it.

Each may be recorded again to correct it; the history keeps both.
"""

from datetime import date, datetime

from intake_app.core.answers import LONGEST_LINE, clean
from intake_app.core.errors import BadAnswer
from intake_app.core.roles import Act, require
from intake_app.core.vocabulary import LetterAnswer, LetterResult, SentBy
from intake_app.store import letter_register, letters
from intake_app.store.letters import KeptLetter, Stage
from intake_app.store.office import Office


def record_sending(
    office: Office, letter_id: int, sent_on: date | None, sent_by: SentBy | None, now: datetime
) -> KeptLetter:
    """Keep the day a letter was sent and by what means; without a day it was not sent after all.

    Raises `BadAnswer` for a day before the approval or in the future.
    """
    require(office.member.role, Act.COMPOSE_LETTERS)
    with office.writing() as connection:
        found = letters.find_letter(office, connection, letter_id)
        if found.stage is not Stage.APPROVED or found.approved_at is None:
            raise BadAnswer("Only an approved letter can be sent. Ask an attorney to approve it.")
        if sent_on is None:
            if found.answer or found.result or found.answered_on:
                raise BadAnswer("An answer is recorded. Take that back first.")
        elif sent_on > office.today(now):
            raise BadAnswer("That day has not come yet. Enter the day it was sent.")
        elif sent_on < office.today(found.approved_at):
            raise BadAnswer("That is before the letter was approved. Enter the day it was sent.")
        elif found.answered_on is not None and found.answered_on < sent_on:
            raise BadAnswer("That is after the answer came. Correct the day of the answer first.")
        letter_register.write_sending(
            office, connection, found, sent_on, sent_by if sent_on else None, now
        )
        return letters.find_letter(office, connection, letter_id)


def record_answer(
    office: Office,
    letter_id: int,
    answered_on: date | None,
    answer: LetterAnswer | None,
    result: LetterResult | None,
    note: str,
    now: datetime,
) -> KeptLetter:
    """Keep what was answered and what came of it; with nothing at all, no answer has come.

    Raises `BadAnswer` where the letter was not sent, for a day before that or in the future, and
    for a day without an answer or a result.
    """
    require(office.member.role, Act.COMPOSE_LETTERS)
    kept = clean(note, lines=True)
    if len(kept) > LONGEST_LINE:
        raise BadAnswer(f"A note can have {LONGEST_LINE:,} letters at most. Shorten it.")
    if answered_on is not None and answer is None and result is None:
        raise BadAnswer("Choose what was answered, or what came of it.")
    with office.writing() as connection:
        found = letters.find_letter(office, connection, letter_id)
        if found.sent_on is None:
            raise BadAnswer("Record first when the letter was sent.")
        if answered_on is not None and answered_on > office.today(now):
            raise BadAnswer("That day has not come yet. Enter the day of the answer.")
        if answered_on is not None and answered_on < found.sent_on:
            raise BadAnswer("That is before the letter was sent. Enter the day of the answer.")
        letter_register.write_answer(
            office, connection, found, answered_on, answer, result, kept, now
        )
        return letters.find_letter(office, connection, letter_id)
