"""What anonymous survey responses can be counted by (report tables T9 to T12)."""

from intake_app.core.fields import Choice, question
from intake_app.core.reports.dimensions import Dimension, Level
from intake_app.core.reports.rows import Population
from intake_app.core.survey import SurveyResponse

UNANSWERED = "unanswered"

_OPEN = frozenset({UNANSWERED, "declined"})
_LEFT_OPEN = {"Declined or not answered": _OPEN}


def _asked(
    id: str, name: str, title: str = "", levels: tuple[Level, ...] = (), help: str = ""
) -> Dimension:
    asked = question(SurveyResponse, name)
    vocabulary = asked.vocabulary or Choice
    words = {choice.value: choice.label for choice in vocabulary} | {UNANSWERED: "Not answered"}
    unknown = _OPEN & set(words)
    return Dimension(
        id,
        title or asked.label,
        Population.RESPONSES,
        words,
        (asked,),
        unknown=unknown,
        levels=levels,
        help=help,
    )


_YES_NO = Level(
    "Yes or no",
    {
        "Yes": frozenset({"yes"}),
        "No": frozenset({"no"}),
        "Not sure, declined or not answered": _OPEN | {"unsure"},
    },
)
_REASONS = Level(
    "Because of ICE or the police",
    {
        "Immigration, or how police treat people": frozenset(
            {"police_ice", "papers", "treated_badly"}
        ),
        "Other reasons": frozenset({"not_understood", "cost", "revenge", "no_use", "other"}),
        **_LEFT_OPEN,
    },
)

RESPONSE_DIMENSIONS: tuple[Dimension, ...] = (
    _asked("afraid", "afraid", levels=(_YES_NO,)),
    _asked("reason", "reason", levels=(_REASONS,), help="Asked only of those who are afraid."),
    _asked(
        "knows_deported",
        "knows_deported",
        levels=(
            Level(
                "Nobody or somebody",
                {
                    "Nobody": frozenset({"none"}),
                    "One or several people": frozenset({"one", "several"}),
                    **_LEFT_OPEN,
                },
            ),
        ),
    ),
    _asked("unreported", "unreported", levels=(_YES_NO,)),
    _asked(
        "why_unreported",
        "why_unreported",
        levels=(_REASONS,),
        help="Asked only of those who did not report a crime.",
    ),
    _asked(
        "years_here",
        "years_here",
        levels=(
            Level(
                "Up to 10 years or more",
                {
                    "10 years or less": frozenset({"under_1", "1_4", "5_10"}),
                    "More than 10 years, or born here": frozenset({"over_10", "born_here"}),
                    **_LEFT_OPEN,
                },
            ),
        ),
    ),
    _asked(
        "status",
        "status",
        levels=(
            Level(
                "Citizens and others",
                {
                    "U.S. citizen": frozenset({"born", "naturalized"}),
                    "Permanent resident": frozenset({"resident"}),
                    "Another status, or none": frozenset({"other"}),
                    **_LEFT_OPEN,
                },
            ),
            Level(
                "Citizens and permanent residents, and others",
                {
                    "U.S. citizen or permanent resident": frozenset(
                        {"born", "naturalized", "resident"}
                    ),
                    "Another status, or none": frozenset({"other"}),
                    **_LEFT_OPEN,
                },
            ),
        ),
    ),
    _asked(
        "lives",
        "lives",
        levels=(
            Level(
                "Here or elsewhere",
                {
                    "In this county": frozenset({"here"}),
                    "Elsewhere": frozenset({"other_county", "other_state"}),
                    **_LEFT_OPEN,
                },
            ),
        ),
    ),
    _asked(
        "survey_language",
        "language",
        levels=(
            Level(
                "English or another",
                {
                    "English": frozenset({"en"}),
                    "Another language": frozenset({"es", "ht", "other"}),
                    "Not answered": frozenset({UNANSWERED}),
                },
            ),
        ),
    ),
)
