"""One row of facts for each letter that was sent: what it asked, what was answered, how soon."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from intake_app.core.letters.kinds import KINDS
from intake_app.core.reports.dated import Dated
from intake_app.core.reports.row_building import RowBuilder
from intake_app.core.reports.rows import Population
from intake_app.core.reports.words import UNKNOWN
from intake_app.core.vocabulary import LetterAnswer, LetterResult, SentBy

_RESULTS = {
    LetterResult.RELEASED: "released",
    LetterResult.CANCELLED: "cancelled",
    LetterResult.TRANSFERRED: "transferred",
    LetterResult.REFUSED: "refused",
    LetterResult.NO_ANSWER: "no_answer",
    # “Certified” would say that somebody is a victim.
    LetterResult.CERTIFIED: "other",
    LetterResult.RECORDS: "other",
    LetterResult.OTHER: "other",
}
_TIMES = ((0, "same_day"), (2, "1_2"), (7, "3_7"), (30, "8_30"))


@dataclass(frozen=True)
class SentLetter:
    """What is counted of a letter. kind: its key, that of a shipped kind or of the office's own."""

    kind: str
    sent_on: date
    sent_by: SentBy | None = None
    answered_on: date | None = None
    answer: LetterAnswer | None = None
    result: LetterResult | None = None


def letter_rows(
    letters: Iterable[tuple[int, SentLetter]], like: Mapping[str, str], today: date
) -> Dated:
    """A row for each letter; the number is that of the letter, never published.

    like: for a kind the office wrote itself, the shipped one whose rules it keeps. A letter
    said to have been sent after `today` was not sent yet.
    """
    rows = RowBuilder(Population.LETTERS)
    for number, letter in letters:
        if letter.sent_on <= today:
            words, numbers = letter_facts(letter, like)
            rows.add(number, letter.sent_on, words, numbers)
    return rows.done()


def letter_facts(
    letter: SentLetter, like: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, float]]:
    """Answers and numbers of one letter."""
    kind = like.get(letter.kind, letter.kind)
    days = _days(letter)
    return {
        "letter_kind": kind if kind in KINDS else "other",
        "letter_result": _RESULTS[letter.result] if letter.result else UNKNOWN,
        "answer": letter.answer.value if letter.answer else UNKNOWN,
        "answer_time": _time(letter, days),
        "sent_by": letter.sent_by.value if letter.sent_by else UNKNOWN,
    }, {"answer_days": days}


def _days(letter: SentLetter) -> float:
    """Days to the answer; NaN without one, and for a day before it was sent."""
    if letter.answered_on is None or letter.answer is LetterAnswer.NONE:
        return math.nan
    days = (letter.answered_on - letter.sent_on).days
    return float(days) if days >= 0 else math.nan


def _time(letter: SentLetter, days: float) -> str:
    if not math.isnan(days):
        return next((word for most, word in _TIMES if days <= most), "over_30")
    silent = (None, LetterAnswer.NONE)
    if letter.answer in silent and (letter.answered_on is None or letter.answer):
        return "none"
    return UNKNOWN
