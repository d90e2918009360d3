"""The community-safety survey: whether people are afraid to ask for help, and why.

A response belongs to no case and to nobody: every answer is one of a few given ones, none can
hold a name, each may be left out, and the only date kept with it is the quarter. The questions
are those of the survey printed in “Immigrants, Police and Community Safety” (Florida Immigrant
Coalition and WeCount!, summer of 2009): afraid to seek help, the reason, status, years in the
United States, knowing a deported person. Report tables T9 to T12 are to be made of them. How each
is asked in English, Spanish and Haitian Creole stands in `resources/survey/questions.toml`.
"""

import dataclasses
from datetime import date
from enum import StrEnum

from intake_app.core.errors import AppError
from intake_app.core.fields import Choice, Disclose, Question, ask, questions, record

CATEGORY, COARSE = Disclose.CATEGORY, Disclose.COARSE


class SurveyLanguage(Choice):
    """The language of the interview."""

    ENGLISH = "en", "English"
    SPANISH = "es", "Spanish"
    HAITIAN_CREOLE = "ht", "Haitian Creole"
    OTHER = "other", "Another language"


class SurveyYesNo(Choice):
    """Yes or no, or why there is neither."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNSURE = "unsure", "Not sure"
    DECLINED = "declined", "I would rather not say"


class FearReason(Choice):
    """Why somebody is afraid to ask for help, or did not report a crime (T10)."""

    POLICE_ICE = "police_ice", "The police work with immigration (ICE)"
    PAPERS = "papers", "They might ask about immigration papers"
    TREATED_BADLY = "treated_badly", "I or somebody I know was treated badly before"
    NOT_UNDERSTOOD = "not_understood", "They do not speak my language"
    COST = "cost", "What it would cost"
    REVENGE = "revenge", "Somebody might take revenge"
    NO_USE = "no_use", "Nothing would be done"
    OTHER = "other", "Another reason"
    DECLINED = "declined", "I would rather not say"


class StatusGroup(Choice):
    """Status, as coarse as T9 needs it.

    Nobody is asked whether she has papers: every status but a citizen's or a permanent
    resident's is one answer together with having none.
    """

    BORN = "born", "U.S. citizen by birth"
    NATURALIZED = "naturalized", "U.S. citizen, naturalized"
    RESIDENT = "resident", "Permanent resident (green card)"
    OTHER = "other", "Another status, or none"
    DECLINED = "declined", "I would rather not say"


class YearsHere(Choice):
    """Whole years lived in the United States, in the bands of T11."""

    UNDER_1 = "under_1", "Less than 1 year"
    FROM_1 = "1_4", "1 to 4 years"
    FROM_5 = "5_10", "5 to 10 years"
    OVER_10 = "over_10", "More than 10 years"
    BORN_HERE = "born_here", "I was born here"
    DECLINED = "declined", "I would rather not say"


class KnowsDeported(Choice):
    """How many deported people somebody knows (T12)."""

    NONE = "none", "No, nobody"
    ONE = "one", "Yes, one person"
    SEVERAL = "several", "Yes, several people"
    DECLINED = "declined", "I would rather not say"


class LivesWhere(Choice):
    """Where somebody lives, seen from the county of the interview; no place has a name."""

    HERE = "here", "In this county"
    OTHER_COUNTY = "other_county", "In another county of this state"
    OTHER_STATE = "other_state", "In another state"
    DECLINED = "declined", "I would rather not say"


_R = FearReason
_AFRAID_OF = (
    *(_R.POLICE_ICE, _R.PAPERS, _R.TREATED_BADLY, _R.NOT_UNDERSTOOD, _R.COST, _R.REVENGE),
    *(_R.OTHER, _R.DECLINED),
)
_NOT_REPORTED = (
    *(_R.POLICE_ICE, _R.PAPERS, _R.TREATED_BADLY, _R.NOT_UNDERSTOOD, _R.REVENGE, _R.NO_USE),
    *(_R.OTHER, _R.DECLINED),
)


@record(
    table="survey_response",
    title="Community-safety survey",
    plural="Survey responses",
    many=True,
)
class SurveyResponse:
    """One anonymous response: no case, no member, no day; only the quarter is kept with it."""

    language: SurveyLanguage | None = ask("Language of the interview", disclose=CATEGORY)
    afraid: SurveyYesNo | None = ask("Afraid to seek help", disclose=CATEGORY)
    reason: FearReason | None = ask(
        "Main reason for the fear", disclose=CATEGORY, offer=_AFRAID_OF, shown_when="afraid"
    )
    knows_deported: KnowsDeported | None = ask("Knows a deported person", disclose=CATEGORY)
    unreported: SurveyYesNo | None = ask("A crime not reported", disclose=CATEGORY)
    why_unreported: FearReason | None = ask(
        "Why it was not reported", disclose=CATEGORY, offer=_NOT_REPORTED, shown_when="unreported"
    )
    years_here: YearsHere | None = ask(
        "Years in the United States", disclose=COARSE, coarse="bands as asked"
    )
    status: StatusGroup | None = ask("Status", disclose=COARSE, coarse="groups as asked")
    lives: LivesWhere | None = ask("Lives in", disclose=COARSE, coarse="groups as asked")


class SurveyTongue(StrEnum):
    """The languages every question stands in, side by side; the value is the ISO 639 code."""

    ENGLISH = "en"
    SPANISH = "es"
    CREOLE = "ht"


def is_asked(response: SurveyResponse, asked: Question) -> bool:
    """Whether a question makes sense after the answers before it (a reason, only for a fear)."""
    if not asked.shown_when:
        return True
    return getattr(response, asked.shown_when) is SurveyYesNo.YES


def to_keep(response: SurveyResponse) -> SurveyResponse:
    """The response as it may be kept: checked, without answers to what was not asked.

    Raises `AppError` where nothing but the language was answered.
    """
    kept = dataclasses.replace(
        response,
        **{
            asked.name: None for asked in questions(SurveyResponse) if not is_asked(response, asked)
        },
    )
    for asked in questions(SurveyResponse):
        answer = getattr(kept, asked.name)
        # No other way in: what is no offered answer could be somebody's name.
        if answer is not None and not any(answer is offered for offered in asked.offered):
            raise TypeError(f"{asked.name} has an answer the survey does not offer")
    if kept == SurveyResponse(language=kept.language):
        raise AppError("No question was answered, so nothing was kept. Answer at least one.")
    return kept


def quarter_of(day: date) -> str:
    """`2026-Q4`: the only time a response is kept with."""
    return f"{day.year}-Q{(day.month + 2) // 3}"
