"""An answer to every declared question, the same each time, and no two free texts alike."""

from datetime import date
from typing import Any

from intake_app.core.answers import parse, show, vocabulary
from intake_app.core.casefile import RECORDS
from intake_app.core.fields import Kind, Question, questions, title_of

EVERY_QUESTION: tuple[tuple[type, Question], ...] = tuple(
    (cls, asked) for cls in RECORDS for asked in questions(cls)
)
NAMES_OF_QUESTIONS = [f"{title_of(cls).table}.{asked.name}" for cls, asked in EVERY_QUESTION]


def typed_answer(cls: type, asked: Question) -> str:
    """What a person would type for this question."""
    mark = _mark(cls, asked)
    match asked.kind:
        case Kind.CHOICE:
            words = list(vocabulary(asked))
            return words[mark % len(words)].label
        case Kind.CHOICES:
            return "; ".join(word.label for word in list(vocabulary(asked))[:2])
        case Kind.DATE:
            return f"{date(1990, 1, 1 + mark % 28):%m/%d/%Y}"
        case Kind.PARTIAL_DATE:
            return f"{1970 + mark % 40}-07"
        case Kind.TIME:
            return f"2026-03-{1 + mark % 28:02} 14:{mark % 60:02}"
        case Kind.MONEY:
            return f"${7_000_000 + mark:,}.25"
        case Kind.NUMBER:
            return str(40_000 + mark)
        case Kind.PHONE:
            return f"305-555-{mark:04}"
        case _:
            return f"Żółć-Nguyễn {asked.name} {mark:04}"


def example(cls: type, asked: Question) -> Any:
    """The answer itself."""
    return parse(asked, typed_answer(cls, asked))


def shown_example(cls: type, asked: Question) -> str:
    """The answer as people read it."""
    return show(asked, example(cls, asked))


def _mark(cls: type, asked: Question) -> int:
    return EVERY_QUESTION.index((cls, asked))
