"""What letters that were sent can be counted by (report table T14).

That somebody asked for a U certification says that she is a victim, so the kind is guarded. The
result says nothing of it: a certification stands under “other”.
"""

from intake_app.core.disclosure.figures import Guard
from intake_app.core.letters.kinds import SHIPPED
from intake_app.core.reports.dimensions import Dimension, Level, Measure
from intake_app.core.reports.rows import Population
from intake_app.core.reports.words import NOT_KNOWN, UNKNOWN, words_of
from intake_app.core.vocabulary import FactGroup, LetterAnswer, SentBy

_LETTERS = Population.LETTERS
_UNKNOWN = frozenset({UNKNOWN})

LETTER_DIMENSIONS: tuple[Dimension, ...] = (
    Dimension(
        "letter_kind",
        "Kind of letter",
        _LETTERS,
        {kind.key: kind.title for kind in SHIPPED} | {"other": "Another kind"},
        (),
        guard=Guard.VICTIM,
        flagged=frozenset(kind.key for kind in SHIPPED if FactGroup.VICTIM in kind.tells),
        levels=(
            Level(
                "Whom it asks",
                {
                    "The jail or its counsel": frozenset({"decline", "conditions", "expired"}),
                    "ICE": frozenset({"cancel"}),
                    "Others": frozenset(
                        {
                            *("certify", "jail_records", "ice_records"),
                            *("court_notice", "client", "other"),
                        }
                    ),
                },
            ),
        ),
        help="A kind the office wrote itself counts as the shipped kind whose rules it keeps.",
    ),
    Dimension(
        "letter_result",
        "What came of it",
        _LETTERS,
        {
            "released": "Released",
            "cancelled": "Detainer cancelled",
            "transferred": "Transferred to ICE",
            "refused": "Refused",
            "no_answer": "No answer",
            "other": "Records, a certification or something else",
            UNKNOWN: "Nothing recorded yet",
        },
        (),
        unknown=_UNKNOWN,
        levels=(
            Level(
                "Whether it helped",
                {
                    "Released, or detainer cancelled": frozenset({"released", "cancelled"}),
                    "Transferred, refused or no answer": frozenset(
                        {"transferred", "refused", "no_answer"}
                    ),
                    "Something else": frozenset({"other"}),
                    "Nothing recorded yet": _UNKNOWN,
                },
            ),
        ),
    ),
    Dimension(
        "answer",
        "Answer",
        _LETTERS,
        words_of(LetterAnswer) | {UNKNOWN: "Nothing recorded yet"},
        (),
        unknown=_UNKNOWN,
        levels=(
            Level(
                "Agreed or not",
                {
                    "Agreed, at least in part": frozenset({"agreed", "in_part"}),
                    "Refused, asked for more, or no answer": frozenset(
                        {"refused", "asked", "none"}
                    ),
                    "Nothing recorded yet": _UNKNOWN,
                },
            ),
        ),
    ),
    Dimension(
        "answer_time",
        "Time to the answer",
        _LETTERS,
        {
            "same_day": "The same day",
            "1_2": "1–2 days",
            "3_7": "3–7 days",
            "8_30": "8–30 days",
            "over_30": "More than 30 days",
            "none": "No answer",
            UNKNOWN: NOT_KNOWN,
        },
        (),
        unknown=_UNKNOWN,
        levels=(
            Level(
                "Within a week",
                {
                    "Within a week": frozenset({"same_day", "1_2", "3_7"}),
                    "Later": frozenset({"8_30", "over_30"}),
                    "No answer": frozenset({"none"}),
                    NOT_KNOWN: _UNKNOWN,
                },
            ),
        ),
        help="Days from the day it was sent to the day of the answer.",
    ),
    Dimension(
        "sent_by",
        "Sent by",
        _LETTERS,
        words_of(SentBy),
        (),
        unknown=_UNKNOWN,
        levels=(
            Level(
                "On paper or not",
                {
                    "Mail or by hand": frozenset({"mail", "certified", "hand"}),
                    "Fax, e-mail or portal": frozenset({"fax", "email", "portal"}),
                    NOT_KNOWN: _UNKNOWN,
                },
            ),
        ),
    ),
)

LETTER_MEASURES: tuple[Measure, ...] = (
    Measure(
        "answer_days",
        "Days to the answer",
        "days",
        _LETTERS,
        help="From the day it was sent to the day of the answer.",
    ),
)
