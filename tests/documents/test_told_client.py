"""The explanation for the client in three languages: no victim facts, both readings."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from intake_app.core.letters.kinds import CLIENT
from intake_app.core.letters.options import LetterOptions
from intake_app.core.vocabulary import DetainerForm, WarrantAttached, Zone
from intake_app.documents.letter_template import Block
from tests.secret_case import (
    A_NUMBER,
    BORN,
    CHARGE_WORDS,
    HEALTH,
    NEVER,
    NOW,
    VICTIM,
    holds,
    read_back,
    secret_case,
    written,
)

LANGUAGES = ("en", "es", "ht")
WROTE = frozenset({"conditions", "expired", "cancel"})


def on(language: str, *grounds: str) -> LetterOptions:
    return LetterOptions(language=language, grounds=frozenset(grounds) or WROTE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("by_hand", [True, False])
def test_whoever_opens_it_learns_nothing_of_violence_or_of_papers(
    language: str, by_hand: bool
) -> None:
    chosen = on(language, *WROTE, *(("by_hand",) if by_hand else ()))
    said = read_back(written(CLIENT, secret_case(), chosen))
    secrets = (*NEVER, *A_NUMBER, *BORN, *HEALTH, *CHARGE_WORDS, *VICTIM, "26-119034", "F26-001234")
    assert not holds(said, *secrets, "víctima", "violencia", "vyolans", "viktim", "abuso")
    assert "555-0100" in said


@pytest.mark.parametrize(
    ("language", "plain", "regulation"),
    [
        (
            "en",
            "Tuesday, November 24, 2026, at 5:00 p.m. EST",
            "Wednesday, November 25, 2026, at 12:00 midnight EST, as that day begins",
        ),
        (
            "es",
            "martes 24 de noviembre de 2026, a las 5:00 p. m. (EST)",
            "miércoles 25 de noviembre de 2026, a las 12:00 de la medianoche (EST), al comenzar",
        ),
        (
            "ht",
            "madi 24 novanm 2026, a 5:00 p.m. (EST)",
            "mèkredi 25 novanm 2026, a 12:00 minwi (EST), lè jou sa a kòmanse",
        ),
    ],
)
def test_both_readings_of_the_48_hours_stand_in_it(
    language: str, plain: str, regulation: str
) -> None:
    said = read_back(written(CLIENT, secret_case(), on(language)))
    assert plain in said
    assert regulation in said


def test_times_are_the_facilitys() -> None:
    due = datetime(2026, 11, 22, 17, 0, tzinfo=ZoneInfo("America/New_York"))
    there = {"facility_zone": Zone.CENTRAL, "release_due_at": due}
    said = read_back(written(CLIENT, secret_case(custody=there), on("en")))
    assert "Tuesday, November 24, 2026, at 4:00 p.m. CST" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_written_is_told_as_it_was_chosen(language: str) -> None:
    def length(*grounds: str) -> int:
        return len(written(CLIENT, secret_case(), on(language, *grounds, "by_hand")).body)

    nothing = length()
    assert length("cancel") - nothing == 3  # its heading, its line, and that they may say no
    assert length("cancel", "expired", "conditions") - nothing == 5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("changes", "hours"),
    [
        ({"custody": {"release_due_at": None}}, True),
        ({"custody": {"release_due_at": NOW - timedelta(days=20)}}, True),
        ({"detainer": {"form": DetainerForm.I247G}}, False),
        ({"detainer": {"form": None}}, True),
    ],
)
def test_every_part_reads_in_every_language(
    language: str, changes: dict[str, dict[str, Any]], hours: bool
) -> None:
    letter = written(CLIENT, secret_case(**changes), on(language))
    headings = [one.text for one in letter.body if one.block is Block.HEADING]
    assert any("48" in heading for heading in headings) is hours
    assert "{" not in letter.text
    assert read_back(letter)


def test_nothing_is_said_of_judges_where_one_signed() -> None:
    judicial = secret_case(detainer={"warrant": WarrantAttached.JUDICIAL})
    assert "No judge signed it" in written(CLIENT, secret_case(), on("en")).text
    assert "No judge" not in written(CLIENT, judicial, on("en")).text


@pytest.mark.parametrize("language", ["es", "ht"])
def test_a_translation_says_on_the_page_that_nobody_checked_it(language: str) -> None:
    letter = written(CLIENT, secret_case(), on(language))
    assert "Translation to be checked by a person." in letter.note
    assert letter.note in read_back(letter)
    assert written(CLIENT, secret_case(), on("en")).note == ""


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", ("Asunto:", "Página 1 de", "Preparada para revisión de R. Okafor")),
        ("ht", ("Sijè:", "Paj 1 sou", "Prepare pou R. Okafor")),
    ],
)
def test_the_words_around_it_are_in_its_language(language: str, words: tuple[str, ...]) -> None:
    said = read_back(written(CLIENT, secret_case(), on(language)))
    assert not [word for word in words if word not in said]
