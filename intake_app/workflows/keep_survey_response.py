"""Keep one anonymous response to the community-safety survey."""

from contextlib import suppress
from datetime import datetime

from intake_app.core.errors import AppError
from intake_app.core.roles import Act, require
from intake_app.core.survey import SurveyResponse, quarter_of, to_keep
from intake_app.store import survey
from intake_app.store.office import Office


def keep_survey_response(office: Office, response: SurveyResponse, now: datetime) -> None:
    """Keep it for good: nobody can find it again, so it can't be undone, and no history is kept.

    Of `now` only the quarter at the office is written. Raises `AppError` for a response without
    an answer, and where the disk refuses; then nothing was kept.
    """
    require(office.member.role, Act.WRITE_CASES)
    kept = to_keep(response)
    with office.writing() as connection:
        survey.keep_response(connection, kept, quarter_of(office.today(now)))
    # It is kept: a disk that refuses this must not have the response typed and kept again.
    with suppress(AppError), office.reading() as connection:
        survey.leave_no_order(connection)
