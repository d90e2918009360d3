"""Letters that were sent: what came of them, and how soon, by hand."""

import math
from datetime import date

import pytest

from intake_app.core.letters.kinds import KINDS
from intake_app.core.reports.catalogue import DIMENSIONS
from intake_app.core.reports.letter_facts import SentLetter, letter_facts, letter_rows
from intake_app.core.vocabulary import LetterAnswer, LetterResult, SentBy

SENT = date(2026, 11, 2)
A = LetterAnswer
R = LetterResult


def words(kind: str = "decline", **answers: object) -> dict[str, str]:
    return letter_facts(SentLetter(kind, SENT, **answers), {})[0]  # type: ignore[arg-type]  # any


@pytest.mark.parametrize(
    ("answered", "answer", "word", "days"),
    [
        (date(2026, 11, 2), A.AGREED, "same_day", 0),
        (date(2026, 11, 3), A.AGREED, "1_2", 1),
        (date(2026, 11, 4), A.REFUSED, "1_2", 2),
        (date(2026, 11, 5), A.ASKED, "3_7", 3),
        (date(2026, 11, 9), None, "3_7", 7),
        (date(2026, 11, 10), A.IN_PART, "8_30", 8),
        (date(2026, 12, 2), A.IN_PART, "8_30", 30),
        (date(2026, 12, 3), A.IN_PART, "over_30", 31),
        (None, None, "none", math.nan),
        (None, A.NONE, "none", math.nan),
        (date(2026, 11, 9), A.NONE, "none", math.nan),
        (None, A.AGREED, "unknown", math.nan),
        (date(2026, 11, 1), A.AGREED, "unknown", math.nan),
        (date(2026, 11, 1), None, "unknown", math.nan),
    ],
)
def test_time_to_the_answer(
    answered: date | None, answer: A | None, word: str, days: float
) -> None:
    letter = SentLetter("decline", SENT, answered_on=answered, answer=answer)
    told, numbers = letter_facts(letter, {})
    assert told["answer_time"] == word
    assert numbers["answer_days"] == pytest.approx(days, nan_ok=True)


def test_a_result_never_says_that_somebody_is_a_victim() -> None:
    assert {words("certify", result=each)["letter_result"] for each in R} == {
        *("released", "cancelled", "transferred", "refused", "no_answer", "other"),
    }
    assert words(result=R.CERTIFIED) == words(result=R.OTHER)
    assert words()["letter_result"] == "unknown"
    assert "certified" not in DIMENSIONS["letter_result"].words


def test_the_kind_is_guarded() -> None:
    assert DIMENSIONS["letter_kind"].flagged == {"certify"}


def test_an_own_kind_counts_as_the_one_it_is_like() -> None:
    own = SentLetter("decline-county", SENT)
    assert letter_facts(own, {"decline-county": "decline"})[0]["letter_kind"] == "decline"
    assert letter_facts(own, {})[0]["letter_kind"] == "other"
    for kind in KINDS:
        assert words(kind)["letter_kind"] == kind


def test_every_answer_is_one_of_its_words() -> None:
    for answer in (None, *A):
        for by in (None, *SentBy):
            for name, word in words(answer=answer, sent_by=by).items():
                assert word in DIMENSIONS[name].words


def test_a_letter_still_to_be_sent_is_not_counted() -> None:
    letters = [(4, SentLetter("decline", SENT)), (9, SentLetter("cancel", date(2026, 11, 23)))]
    dated = letter_rows(letters, {}, date(2026, 11, 22))
    assert (dated.keys, dated.days) == ((4,), (SENT,))
