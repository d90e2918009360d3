"""One row of facts for each anonymous survey response; only its quarter is known."""

from collections.abc import Iterable

from intake_app.core.reports.dated import Dated
from intake_app.core.reports.periods import read_period
from intake_app.core.reports.response_dimensions import RESPONSE_DIMENSIONS, UNANSWERED
from intake_app.core.reports.row_building import RowBuilder
from intake_app.core.reports.rows import Population
from intake_app.core.survey import SurveyResponse

_NAMES = {dimension.id: dimension.asked[0].name for dimension in RESPONSE_DIMENSIONS}


def response_rows(responses: Iterable[tuple[int, str, SurveyResponse]]) -> Dated:
    """A row for each response, from its number, its quarter (`2026-Q4`) and its answers.

    It counts as of the last day of its quarter: it can be published once that is over, and not
    before. Raises AppError for what is no quarter.
    """
    rows = RowBuilder(Population.RESPONSES)
    for number, quarter, response in responses:
        rows.add(number, read_period(quarter).end, response_words(response), {})
    return rows.done()


def response_words(response: SurveyResponse) -> dict[str, str]:
    """The answers of one response, by the id of their dimension."""
    return {
        id: answer.value if (answer := getattr(response, name)) is not None else UNANSWERED
        for id, name in _NAMES.items()
    }
