"""The check of an own text: one clear sentence, with the line."""

import pytest

from intake_app.core.errors import AppError
from intake_app.documents.own_text import Usable, check_text

GOOD = """{# A note
of two lines #}
title: A letter
re: {{ person.name }}
greeting: Dear sir:
closing: Yours,
---
{% if say.one %}
{{ C01.quote }}
{% endif %}
We write.
"""
USABLE = (Usable("person.name", "Name"), Usable("say.one", "", asks=True), Usable("C01.quote", ""))


def refusal(text: str) -> str:
    try:
        check_text(text, GOOD, USABLE, frozenset({"C01"}))
    except AppError as error:
        return error.sentence
    return ""


def test_a_good_text_passes() -> None:
    assert refusal(GOOD) == ""


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("We write.", "{{ person.a_number }}", "Line 11 asks for “person.a_number”"),
        ("We write.", "{{ ''.__class__ }}", "code at line 11"),
        ("We write.", "{{ person.name.upper() }}", "code at line 11"),
        ("We write.", "{% for x in person %}{% endfor %}", "code at line 11"),
        ("We write.", "{{ person.name", "line 1"),
        ("{% endif %}\n", "", "The “{% if … %}” of line 8 is not closed"),
        ("{% if say.one %}\n", "", "Line 9 has “{% endif %}” without"),
        ("\n---\n", "\n", "“---”"),
        ("closing: Yours,\n", "", "“closing:” is missing"),
        ("re: {{ person.name }}", "{% if say.one %}\nre: x\n{% endif %}", "“re:” is missing"),
        ("We write.", "{{ C01.quote }}", "Line 11 prints “C01.quote” in more letters"),
    ],
)
def test_what_would_not_compose_is_said(was: str, now: str, said: str) -> None:
    assert was in GOOD
    assert said in refusal(GOOD.replace(was, now))


def test_a_letter_without_words_is_none() -> None:
    assert "no words" in refusal(GOOD[: GOOD.index("---") + 4])
