"""When something is to be done, in a word."""

from datetime import date

import pytest

from intake_app.ui.due_words import due_words
from intake_app.ui.theme import Tone

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("due", "words", "tone"),
    [
        (date(2026, 11, 21), "overdue", Tone.BAD),
        (SUNDAY, "today", Tone.BAD),
        (date(2026, 11, 23), "Mon", Tone.SOON),
        (date(2026, 11, 28), "Sat", Tone.SOON),
        # A week from now is no "Sun": that would read as today.
        (date(2026, 11, 29), "29 Nov", Tone.PLAIN),
        (date(2026, 12, 1), "1 Dec", Tone.PLAIN),
        (date(2027, 1, 3), "3 Jan 2027", Tone.PLAIN),
        (None, "", Tone.PLAIN),
    ],
)
def test_due(due: date | None, words: str, tone: Tone) -> None:
    assert due_words(due, SUNDAY) == (words, tone)
