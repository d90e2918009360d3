"""Dates and times in the three languages letters are written in."""

from datetime import UTC, date, datetime

import pytest

from intake_app.documents.letter_language import SPOKEN, day_in, moment_in, month_in


def test_every_language_has_every_word() -> None:
    for language in SPOKEN.values():
        assert len(language.months) == 12
        assert len(language.weekdays) == 7
        assert len(set(language.months)) == 12


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("en", "February 1, 2027", "February 2027"),
        ("es", "1 de febrero de 2027", "febrero de 2027"),
        ("ht", "1 fevriye 2027", "fevriye 2027"),
    ],
)
def test_a_date(language: str, day: str, month: str) -> None:
    assert day_in(SPOKEN[language], date(2027, 2, 1)) == day
    assert month_in(SPOKEN[language], date(2027, 2, 1)) == month


@pytest.mark.parametrize(
    ("language", "hour", "minute", "words"),
    [
        ("en", 13, 5, "Monday, February 1, 2027, at 1:05 p.m. UTC"),
        ("en", 0, 0, "Monday, February 1, 2027, at 12:00 midnight UTC"),
        ("en", 12, 0, "Monday, February 1, 2027, at 12:00 noon UTC"),
        ("en", 0, 30, "Monday, February 1, 2027, at 12:30 a.m. UTC"),
        ("es", 13, 5, "lunes 1 de febrero de 2027, a la 1:05 p. m. (UTC)"),
        ("es", 9, 5, "lunes 1 de febrero de 2027, a las 9:05 a. m. (UTC)"),
        ("es", 12, 0, "lunes 1 de febrero de 2027, a las 12:00 del mediodía (UTC)"),
        ("ht", 12, 0, "lendi 1 fevriye 2027, a 12:00 midi (UTC)"),
        ("ht", 21, 5, "lendi 1 fevriye 2027, a 9:05 p.m. (UTC)"),
    ],
)
def test_a_moment(language: str, hour: int, minute: int, words: str) -> None:
    moment = datetime(2027, 2, 1, hour, minute, tzinfo=UTC)
    assert moment_in(SPOKEN[language], moment) == words
