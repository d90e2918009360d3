"""Which answers of a vocabulary stand as pills in a table, and in what tone.

A vocabulary that is named here is painted as a pill wherever it is a column. The word is always
there; the tone never says more than it. Answers not named are plain.
"""

from intake_app.core.fields import Choice, Question
from intake_app.core.vocabulary import ChargeOutcome, DetainerStatus
from intake_app.ui.theme import Tone

TONES: dict[type[Choice], dict[Choice, Tone]] = {
    # Good is only what the person need not explain to anybody. A withheld, deferred or reduced
    # charge looks like that and may be a conviction before the immigration authorities.
    ChargeOutcome: {
        ChargeOutcome.NO_CHARGES: Tone.GOOD,
        ChargeOutcome.DISMISSED: Tone.GOOD,
        ChargeOutcome.NOLLE: Tone.GOOD,
        ChargeOutcome.NOT_GUILTY: Tone.GOOD,
        ChargeOutcome.DIVERTED: Tone.SOON,
        ChargeOutcome.DEFERRED: Tone.SOON,
        ChargeOutcome.WITHHELD: Tone.SOON,
        ChargeOutcome.NGRI: Tone.SOON,
        ChargeOutcome.REDUCED: Tone.SOON,
        ChargeOutcome.VACATED: Tone.SOON,
        ChargeOutcome.PLEA: Tone.BAD,
        ChargeOutcome.TRIAL: Tone.BAD,
        ChargeOutcome.CONVICTED: Tone.BAD,
    },
    DetainerStatus: {
        DetainerStatus.ACTIVE: Tone.SOON,
        DetainerStatus.CANCELLED: Tone.GOOD,
        DetainerStatus.DECLINED: Tone.GOOD,
        DetainerStatus.EXPIRED: Tone.GOOD,
        DetainerStatus.EXECUTED: Tone.BAD,
    },
}


def is_pill(question: Question) -> bool:
    """Whether a table paints the answers of this question as pills."""
    return question.vocabulary in TONES


def tone_of(question: Question, words: str) -> Tone:
    """The tone of an answer, by its label."""
    if question.vocabulary is None:
        return Tone.PLAIN
    tones = TONES.get(question.vocabulary, {})
    return next((tone for choice, tone in tones.items() if choice.label == words), Tone.PLAIN)
