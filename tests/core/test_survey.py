"""The survey: what it asks, that no answer can hold a name, and what a response may be."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from intake_app.core.casefile import RECORDS, SECTIONS
from intake_app.core.errors import AppError
from intake_app.core.fields import Compartment, Disclose, Kind, question, questions, title_of
from intake_app.core.survey import (
    FearReason,
    KnowsDeported,
    StatusGroup,
    SurveyLanguage,
    SurveyResponse,
    SurveyYesNo,
    YearsHere,
    is_asked,
    quarter_of,
    to_keep,
)


def test_it_asks_what_the_published_tables_need() -> None:
    """T9 to T12: fear by status, its reason, by years in the country, by knowing a deportee."""
    asked = [one.name for one in questions(SurveyResponse)]
    assert {"afraid", "reason", "status", "years_here", "knows_deported"} <= set(asked)
    assert FearReason.POLICE_ICE in question(SurveyResponse, "reason").offered
    assert {StatusGroup.NATURALIZED, StatusGroup.RESIDENT, StatusGroup.OTHER} < set(StatusGroup)
    bands = [band.label for band in YearsHere][:4]
    assert bands == ["Less than 1 year", "1 to 4 years", "5 to 10 years", "More than 10 years"]
    assert [one.value for one in KnowsDeported][:3] == ["none", "one", "several"]


def test_every_answer_is_one_of_a_few_so_no_name_can_be_typed() -> None:
    for asked in questions(SurveyResponse):
        assert asked.kind is Kind.CHOICE
        assert 2 <= len(asked.offered) <= 9, "one key each"
        assert asked.keep is Compartment.FACTS
        assert asked.disclose in (Disclose.CATEGORY, Disclose.COARSE)


def test_nobody_is_asked_whether_she_has_papers() -> None:
    words = " ".join(f"{group.value} {group.label}" for group in StatusGroup).casefold()
    assert not any(word in words for word in ("undocumented", "unlawful", "illegal", "overstay"))


def test_it_is_no_part_of_a_case() -> None:
    assert SurveyResponse not in RECORDS
    assert all(SurveyResponse not in section.records for section in SECTIONS)
    assert title_of(SurveyResponse).table not in {title_of(cls).table for cls in RECORDS}
    names = {one.name for one in questions(SurveyResponse)}
    assert not names & {"case_id", "member_id", "at", "on", "written_on"}


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 1, 1), "2026-Q1"),
        (date(2026, 3, 31), "2026-Q1"),
        (date(2026, 4, 1), "2026-Q2"),
        (date(2026, 9, 30), "2026-Q3"),
        (date(2026, 12, 31), "2026-Q4"),
        (date(2027, 1, 1), "2027-Q1"),
    ],
)
def test_quarters(day: date, quarter: str) -> None:
    assert quarter_of(day) == quarter


def test_a_reason_is_asked_only_for_a_fear() -> None:
    reason = question(SurveyResponse, "reason")
    assert not is_asked(SurveyResponse(), reason)
    assert not is_asked(SurveyResponse(afraid=SurveyYesNo.NO), reason)
    assert is_asked(SurveyResponse(afraid=SurveyYesNo.YES), reason)


def test_an_answer_to_what_was_not_asked_is_not_kept() -> None:
    afraid = SurveyResponse(afraid=SurveyYesNo.YES, reason=FearReason.PAPERS)
    assert to_keep(afraid) == afraid
    changed = replace(afraid, afraid=SurveyYesNo.NO)
    assert to_keep(changed) == SurveyResponse(afraid=SurveyYesNo.NO)


def test_one_answer_is_enough_and_none_is_refused() -> None:
    assert to_keep(SurveyResponse(status=StatusGroup.DECLINED)).status is StatusGroup.DECLINED
    for empty in (SurveyResponse(), SurveyResponse(language=SurveyLanguage.SPANISH)):
        with pytest.raises(AppError, match="nothing was kept"):
            to_keep(empty)


@pytest.mark.parametrize("smuggled", ["Marie Jean-Baptiste", "yes", FearReason.OTHER])
def test_what_is_not_offered_is_never_kept(smuggled: Any) -> None:
    with pytest.raises(TypeError, match="afraid has an answer the survey does not offer"):
        to_keep(SurveyResponse(afraid=smuggled))
    with pytest.raises(TypeError):
        to_keep(SurveyResponse(afraid=SurveyYesNo.YES, reason=FearReason.NO_USE))
