"""Survey responses of the demonstration office: invented, by chance, of the last quarters."""

from collections.abc import Iterator
from datetime import date, timedelta

from intake_app.core.demo_material import Luck, Weighted
from intake_app.core.survey import (
    FearReason,
    KnowsDeported,
    LivesWhere,
    StatusGroup,
    SurveyLanguage,
    SurveyResponse,
    SurveyYesNo,
    YearsHere,
    quarter_of,
    to_keep,
)

RESPONSES = 160

_LANGUAGES = Weighted(
    (
        (SurveyLanguage.SPANISH, 60),
        (SurveyLanguage.HAITIAN_CREOLE, 20),
        (SurveyLanguage.ENGLISH, 20),
    )
)
_STATUSES = Weighted(
    (
        (StatusGroup.OTHER, 45),
        (StatusGroup.RESIDENT, 25),
        (StatusGroup.NATURALIZED, 20),
        (StatusGroup.DECLINED, 10),
    )
)
_YEARS = Weighted(
    (
        (YearsHere.UNDER_1, 8),
        (YearsHere.FROM_1, 22),
        (YearsHere.FROM_5, 30),
        (YearsHere.OVER_10, 40),
    )
)
_KNOWS = Weighted(((KnowsDeported.NONE, 50), (KnowsDeported.ONE, 25), (KnowsDeported.SEVERAL, 25)))
_REASONS = Weighted(
    (
        (FearReason.POLICE_ICE, 40),
        (FearReason.PAPERS, 30),
        (FearReason.NOT_UNDERSTOOD, 15),
        (FearReason.TREATED_BADLY, 15),
    )
)
_AFRAID = {
    StatusGroup.OTHER: 0.65,
    StatusGroup.RESIDENT: 0.4,
    StatusGroup.NATURALIZED: 0.2,
    StatusGroup.DECLINED: 0.6,
}


def demo_responses(seed: int, today: date) -> Iterator[tuple[SurveyResponse, str]]:
    """Responses, each with its quarter: of the last five, the running one included."""
    luck = Luck(f"survey {seed}")
    for _ in range(RESPONSES):
        yield _response(luck), quarter_of(today - timedelta(days=luck.number(0, 420)))


def _response(luck: Luck) -> SurveyResponse:
    status = luck.of(_STATUSES)
    afraid = SurveyYesNo.YES if luck.often(_AFRAID[status]) else SurveyYesNo.NO
    unreported = SurveyYesNo.YES if luck.often(0.2) else SurveyYesNo.NO
    return to_keep(
        SurveyResponse(
            language=luck.of(_LANGUAGES),
            afraid=luck.maybe(0.97, afraid),
            reason=luck.maybe(0.9, luck.of(_REASONS)),
            knows_deported=luck.maybe(0.95, luck.of(_KNOWS)),
            unreported=luck.maybe(0.9, unreported),
            why_unreported=luck.maybe(0.9, luck.of(_REASONS)),
            years_here=luck.maybe(0.95, luck.of(_YEARS)),
            status=status,
            lives=LivesWhere.HERE if luck.often(0.9) else LivesWhere.OTHER_COUNTY,
        )
    )
