"""Every question and answer of the survey stands in English, Spanish and Haitian Creole."""

import re

import pytest

from intake_app import paths
from intake_app.core.errors import AppError
from intake_app.core.fields import Choice, Question, questions
from intake_app.core.survey import SurveyResponse, SurveyTongue
from intake_app.core.survey_words import LINES, Said, SurveyWords, read_survey_words

FILE = paths.resources() / "survey" / "questions.toml"
TEXT = FILE.read_text("utf-8")
QUESTIONS = questions(SurveyResponse)
CHOICES = {(type(one).__name__, one.value): one for asked in QUESTIONS for one in asked.offered}


@pytest.fixture(scope="module")
def words() -> SurveyWords:
    return read_survey_words(TEXT)


def whole(said: Said) -> None:
    assert list(said) == ["en", "es", "ht"]
    for text in said.values():
        assert text == text.strip()
        assert text


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda one: one.name)
def test_every_question_is_asked_in_each_language(words: SurveyWords, asked: Question) -> None:
    said = words.question(asked)
    whole(said)
    assert all(text.endswith("?") for text in said.values())
    assert said[SurveyTongue.SPANISH].count("¿") == 1
    assert len(set(said.values())) == 3


@pytest.mark.parametrize("choice", CHOICES.values(), ids=[".".join(key) for key in CHOICES])
def test_every_answer_reads_in_each_language(words: SurveyWords, choice: Choice) -> None:
    said = words.answer(choice)
    whole(said)
    assert said[SurveyTongue.ENGLISH] == choice.label
    if choice.label != "No":
        assert len(set(said.values())) == 3


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda one: one.name)
def test_no_two_answers_of_a_question_read_alike(words: SurveyWords, asked: Question) -> None:
    for tongue in SurveyTongue:
        read = [words.answer(choice)[tongue] for choice in asked.offered]
        assert len(set(read)) == len(read)


@pytest.mark.parametrize("line", LINES)
def test_what_is_said_beside_the_questions(words: SurveyWords, line: str) -> None:
    whole(words.lines[line])


def test_the_shipped_translations_are_marked_as_unchecked(words: SurveyWords) -> None:
    assert "TRANSLATIONS TO BE CHECKED BY A PERSON BEFORE USE" in TEXT
    assert words.checked == {}


def test_who_checked_a_translation_is_written_into_the_file() -> None:
    checked = read_survey_words(TEXT.replace('ht = ""', 'ht = "M. Duarte, 2026-12-01"', 1))
    assert checked.checked == {SurveyTongue.CREOLE: "M. Duarte, 2026-12-01"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('ht = "Ki kote ou rete?"\n', "", "miss ht under questions.lives"),
        ('ht = "Ki kote ou rete?"', 'ht = " "', "say nothing under questions.lives.ht"),
        ("[questions.lives]", "[questions.lived]", "under questions"),
        ('yes = { en = "Yes"', 'yes = { en = "Yes!"', "SurveyYesNo.yes in English"),
        ("[answers.LivesWhere]", "[answers.Lives]", "under answers"),
        ('no = { en = "No"', 'nay = { en = "No"', "under SurveyYesNo"),
        ("\n[checked]", "\n[tested]", "under file"),
        ("[lines.about]", "[lines.about", "can’t be read as TOML"),
    ],
)
def test_a_file_that_lacks_something_is_refused_by_name(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(AppError, match=re.escape(said)) as refused:
        read_survey_words(TEXT.replace(old, new, 1))
    assert "questions.toml" in refused.value.sentence
