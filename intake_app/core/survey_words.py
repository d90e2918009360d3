"""How the survey is asked in three languages: reading `resources/survey/questions.toml`.

The file must say everything the declarations in `core/survey.py` ask, in every language, and
nothing else; whoever reads it can trust that no column is empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from intake_app.core.errors import AppError
from intake_app.core.fields import Choice, Question, questions
from intake_app.core.survey import SurveyResponse, SurveyTongue
from intake_app.core.toml_text import NotToml, read_toml

LINES = ("about", "before_keeping", "left_out")
"""What is said beside the questions: at the start, before anything is kept, for no answer."""

Said = Mapping[SurveyTongue, str]
"""The same words in each language."""


@dataclass(frozen=True)
class SurveyWords:
    """Everything the survey says, in each language.

    checked: who checked a translation, by language; a language that is missing was checked by
        nobody yet. Answers are found by vocabulary and word.
    """

    lines: Mapping[str, Said]
    asked: Mapping[str, Said]
    answers: Mapping[tuple[str, str], Said]
    checked: Mapping[SurveyTongue, str]

    def question(self, asked: Question) -> Said:
        """How a question is asked."""
        return self.asked[asked.name]

    def answer(self, choice: Choice) -> Said:
        """How an answer reads."""
        return self.answers[type(choice).__name__, choice.value]


def read_survey_words(text: str) -> SurveyWords:
    """Read the file; raise `AppError` naming what is missing, unknown or other in English."""
    try:
        tables = read_toml(text)
    except NotToml as error:
        raise AppError(
            f"The words of the survey can’t be read as TOML: {error.why}. {_MEND}"
        ) from error
    declared = questions(SurveyResponse)
    vocabularies = {type(choice) for asked in declared for choice in asked.offered}
    lines = _said(tables, "lines", set(LINES))
    asked = _said(tables, "questions", {one.name for one in declared})
    answers: dict[tuple[str, str], Said] = {}
    _only(tables.get("answers", {}), {kind.__name__ for kind in vocabularies}, "answers")
    for kind in vocabularies:
        words = _said(tables["answers"], kind.__name__, {choice.value for choice in kind})
        for choice in kind:
            said = words[choice.value]
            if said[SurveyTongue.ENGLISH] != choice.label:
                raise AppError(
                    f"The words of the survey call {kind.__name__}.{choice.value} in English "
                    f"something else than the program does. {_MEND}"
                )
            answers[kind.__name__, choice.value] = said
    _only(tables, {"checked", "lines", "questions", "answers"}, "file")
    checked = tables.get("checked", {})
    translated = set(SurveyTongue) - {SurveyTongue.ENGLISH}
    _only(checked, {tongue.value for tongue in translated}, "checked")
    return SurveyWords(
        lines, asked, answers, {tongue: by for tongue in translated if (by := checked[tongue])}
    )


_MEND = "Mend resources/survey/questions.toml or put the shipped one back."


def _said(tables: Mapping[str, Any], name: str, wanted: set[str]) -> dict[str, Said]:
    table = tables.get(name, {})
    _only(table, wanted, name)
    found: dict[str, Said] = {}
    for key in wanted:
        _only(table[key], {tongue.value for tongue in SurveyTongue}, f"{name}.{key}")
        found[key] = {tongue: table[key][tongue.value] for tongue in SurveyTongue}
        for tongue, words in found[key].items():
            if not isinstance(words, str) or not words.strip():
                raise AppError(
                    f"The words of the survey say nothing under {name}.{key}.{tongue}. {_MEND}"
                )
    return found


def _only(table: Mapping[str, Any], wanted: set[str], name: str) -> None:
    wrong = sorted(wanted.symmetric_difference(table))
    if wrong:
        kind = "miss" if wrong[0] in wanted else "do not know"
        raise AppError(f"The words of the survey {kind} {wrong[0]} under {name}. {_MEND}")
