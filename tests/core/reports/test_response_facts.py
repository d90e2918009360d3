"""Survey responses as rows: every answer by its word, dated by the end of the quarter."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.errors import AppError
from intake_app.core.fields import questions
from intake_app.core.reports.catalogue import DIMENSIONS, dimensions_of
from intake_app.core.reports.response_facts import response_rows, response_words
from intake_app.core.reports.rows import Population
from intake_app.core.survey import (
    FearReason,
    KnowsDeported,
    SurveyLanguage,
    SurveyResponse,
    SurveyYesNo,
)

RESPONSE = SurveyResponse(
    language=SurveyLanguage.HAITIAN_CREOLE,
    afraid=SurveyYesNo.YES,
    reason=FearReason.POLICE_ICE,
    knows_deported=KnowsDeported.DECLINED,
)


def test_each_answer_and_what_was_left_out() -> None:
    assert response_words(RESPONSE) == {
        "afraid": "yes",
        "reason": "police_ice",
        "knows_deported": "declined",
        "unreported": "unanswered",
        "why_unreported": "unanswered",
        "years_here": "unanswered",
        "status": "unanswered",
        "lives": "unanswered",
        "survey_language": "ht",
    }


def test_a_response_counts_on_the_last_day_of_its_quarter() -> None:
    dated = response_rows([(5, "2026-Q4", RESPONSE), (2, "2026-Q1", RESPONSE)])
    assert dated.keys == (5, 2)
    assert dated.days == (date(2026, 12, 31), date(2026, 3, 31))
    assert dated.rows.population is Population.RESPONSES
    with pytest.raises(AppError):
        response_rows([(5, "soon", RESPONSE)])


ANSWERS = {
    asked.name: st.sampled_from([None, *(asked.vocabulary or [])])
    for asked in questions(SurveyResponse)
}


@given(st.fixed_dictionaries(ANSWERS).map(lambda answers: SurveyResponse(**answers)))
def test_every_dimension_has_one_of_its_words(response: SurveyResponse) -> None:
    words = response_words(response)
    assert set(words) == {each.id for each in dimensions_of(Population.RESPONSES)}
    assert all(word in DIMENSIONS[name].words for name, word in words.items())
