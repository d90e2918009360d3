"""Count the survey's responses, so that a coordinator knows whether there are enough."""

from dataclasses import dataclass
from datetime import datetime

from intake_app.core.disclosure.figures import DEFAULT_THRESHOLD
from intake_app.core.roles import Act, require
from intake_app.core.survey import quarter_of
from intake_app.store import survey
from intake_app.store.office import Office


@dataclass(frozen=True)
class QuarterCount:
    """A quarter with responses; `responses` is None where the number is withheld.

    `running`: the quarter is not over, so its number is not told yet: two looks at a growing
    number would tell who was there in between.
    """

    quarter: str
    responses: int | None
    running: bool


def count_survey(office: Office, now: datetime) -> tuple[QuarterCount, ...]:
    """How many responses each quarter has, the newest first; never a number from 1 to 10.

    There is no total: it would give away what is withheld.
    """
    require(office.member.role, Act.RELEASE_SUMMARIES)
    this = quarter_of(office.today(now))
    with office.reading() as connection:
        counts = survey.count_by_quarter(connection)
    return tuple(
        QuarterCount(
            quarter,
            None if quarter >= this or count < DEFAULT_THRESHOLD else count,
            running=quarter >= this,
        )
        for quarter, count in sorted(counts.items(), reverse=True)
    )
