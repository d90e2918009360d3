"""Counting responses: who may, and that no small or growing number is told."""

from datetime import timedelta
from pathlib import Path

import pytest

from intake_app.core.errors import NotAllowed
from intake_app.core.roles import Role
from intake_app.core.survey import SurveyResponse, SurveyYesNo
from intake_app.store import survey
from intake_app.store.office import Office
from intake_app.workflows.count_survey import QuarterCount, count_survey
from tests.conftest import NOW
from tests.offices import unlocked

KEPT = {"2026-Q1": 10, "2026-Q2": 11, "2026-Q3": 1, "2026-Q4": 25}


@pytest.fixture
def answered(staffed: Office, folder: Path) -> Path:
    """Responses in four quarters; `NOW` is in the last of them."""
    with staffed.writing() as connection:
        for quarter, count in KEPT.items():
            for _ in range(count):
                survey.keep_response(connection, SurveyResponse(afraid=SurveyYesNo.NO), quarter)
    staffed.close()
    return folder


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_finished_quarters_of_eleven_and_more_are_told(answered: Path, role: Role) -> None:
    with unlocked(answered, role) as office:
        assert count_survey(office, NOW) == (
            QuarterCount("2026-Q4", None, running=True),
            QuarterCount("2026-Q3", None, running=False),
            QuarterCount("2026-Q2", 11, running=False),
            QuarterCount("2026-Q1", None, running=False),
        )
        later = count_survey(office, NOW + timedelta(days=60))
        assert later[0] == QuarterCount("2026-Q4", 25, running=False)


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.PARALEGAL, Role.ATTORNEY])
def test_only_those_who_publish_may_count(answered: Path, role: Role) -> None:
    with unlocked(answered, role) as office, pytest.raises(NotAllowed):
        count_survey(office, NOW)


def test_an_office_without_responses_has_nothing_to_count(office: Office) -> None:
    assert count_survey(office, NOW) == ()
