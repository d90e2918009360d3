"""The data dictionary: every question, its answers, how it is kept and what a summary may do.

`python -m intake_app.workflows.data_dictionary` writes the page that stands in
`db/data_dictionary.md` to standard output.
"""

import sys

from intake_app.core.casefile import RECORDS
from intake_app.core.fields import Compartment, Kind, Question, questions, title_of
from intake_app.core.survey import SurveyResponse

_KEPT = {
    Compartment.FACTS: "facts",
    Compartment.IDENTITY: "identity",
    Compartment.PROTECTED: "protected",
    Compartment.BOTH: "identity and protected",
}
_LONG = 12
"""A vocabulary of more words is told by its first ones and its length."""


def dictionary_page() -> str:
    """The whole page in Markdown, from the declarations and nothing else."""
    parts = [_HEAD]
    for cls in RECORDS:
        title = title_of(cls)
        several = " A case can have several." if title.many else ""
        about = " ".join((cls.__doc__ or "").split())
        parts.append(f"## {title.title}\n\nTable `{title.table}`. {about}{several}\n\n{_TABLE}")
        parts.append("\n".join(_row(asked) for asked in questions(cls)) + "\n\n")
    parts.append(_SURVEY + "\n".join(_row(asked) for asked in questions(SurveyResponse)))
    return "".join(parts).rstrip() + "\n"


_HEAD = """# Data dictionary

Written by `python -m intake_app.workflows.data_dictionary` from `intake_app/core/casefile.py`;
change the declarations, never this page.

Kept as **facts**: in the encrypted office file. **identity**: sealed again with the identity key,
which a coordinator does not have. **protected**: sealed again with the protected key, which a
volunteer does not have. **identity and protected**: sealed so that only both keys open it.
The last column says what a published summary may do with the answer.

"""
_TABLE = """| Column | Question | Kind | Answers | Kept as | In summaries |
|---|---|---|---|---|---|
"""
_SURVEY = f"""## {title_of(SurveyResponse).title}

Table `{title_of(SurveyResponse).table}`. It is no part of a case: a response has a random number
and a quarter (`2026-Q4`), and no link to a case, a member or a day. Declared in
`intake_app/core/survey.py`; asked in the words of `resources/survey/questions.toml`.

{_TABLE}"""


def _row(asked: Question) -> str:
    disclosed = asked.disclose.value + (f": {asked.coarse}" if asked.coarse else "")
    cells = (
        f"`{asked.name}`",
        asked.label,
        asked.kind.value,
        _answers(asked),
        _KEPT[asked.keep],
        disclosed,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _answers(asked: Question) -> str:
    if asked.vocabulary is None:
        return _FREE[asked.kind]
    words = [f"{word.label} (`{word.value}`)" for word in asked.offered]
    if len(words) > _LONG:
        return f"{words[0]} … {words[-1]}: {len(words)} in all"
    return ", ".join(words)


_FREE = {
    Kind.LINE: "one line",
    Kind.TEXT: "any text",
    Kind.PHONE: "a telephone number",
    Kind.DATE: "a day",
    Kind.PARTIAL_DATE: "a day, a month or a year",
    Kind.TIME: "a day, a time and its zone",
    Kind.MONEY: "US dollars, kept in cents",
    Kind.NUMBER: "a whole number",
}


if __name__ == "__main__":
    sys.stdout.write(dictionary_page())
