"""An own text may reword a letter, but not say law where the shipped one would not."""

import pytest

from intake_app.core.errors import BadAnswer
from intake_app.documents.guards import require_guards, uses

SHIPPED = """re: x
---
{{ A.always }}
{% if say.one %}
{{ B.quote }}
{% if say.two %}
{{ C.words }}
{% endif %}
{% elif say.three %}
{{ D.words }}
{% else %}
{{ E.words }}
{% endif %}
{% if say.one or say.two %}
{{ F.words }}
{% endif %}
"""
LAWS = ("A", "B", "C", "D", "E", "F", "G")


def allowed(own: str) -> str:
    """The refusal, or nothing."""
    try:
        require_guards(own, SHIPPED, LAWS)
    except BadAnswer as error:
        return error.sentence
    return ""


@pytest.mark.parametrize(
    "own",
    [
        SHIPPED,
        "{{ A.always }}{{ A.cite }}{{ person.name }}",
        "{% if say.one %}{{ B.quote }}{% endif %}",
        "{% if say.two and say.one %}{{ C.words }}{% endif %}",
        "{% if say.two %}{% if say.one %}{{ C.words }}{{ F.words }}{% endif %}{% endif %}",
        "{% if not say.one and say.three %}{{ D.words }}{% endif %}",
        "{% if say.one %}{% elif say.three %}{% else %}{{ E.words }}{% endif %}",
        "{% if say.two %}{{ F.words }}{% endif %}",
    ],
)
def test_it_stands_wherever_the_shipped_text_would_have_it(own: str) -> None:
    assert not allowed(own)


@pytest.mark.parametrize(
    ("own", "what"),
    [
        ("\n{{ B.quote }}", "Line 2 prints “B.quote” in more letters"),
        ("{{ B.cite }}", "Line 1 prints “B.cite”"),
        ("{% if say.two %}{{ B.quote }}{% endif %}", "“B.quote”"),
        ("{% if say.one or say.two %}{{ B.quote }}{% endif %}", "“B.quote”"),
        ("{% if say.one %}{{ C.words }}{% endif %}", "“C.words”"),
        ("{% if not say.one %}{{ B.quote }}{% endif %}", "“B.quote”"),
        ("{% if say.one %}x{% else %}{{ B.quote }}{% endif %}", "“B.quote”"),
        ("{% if say.three %}{{ D.words }}{% endif %}", "“D.words”"),
        ("{{ G.words }}", "does not use"),
    ],
)
def test_it_is_refused_anywhere_else_with_its_line(own: str, what: str) -> None:
    assert what in allowed(own)


def test_a_letter_s_own_words_say_where_they_stand() -> None:
    assert [(use.path, use.line) for use in uses(SHIPPED)][:2] == [
        (("A", "always"), 3),
        (("B", "quote"), 5),
    ]


def test_marks_the_program_sets_itself_are_read_over_as_where_the_letter_is_filled_in() -> None:
    mark = "\ue000"
    kept_out = "re: x\n---\n{% if say." + mark + "one %}\n{{ B.qu" + mark + "ote }}\n{% endif %}\n"
    assert allowed(kept_out) == ""
    assert "B.quote" in allowed("re: x\n---\n{{ B.qu" + mark + "ote }}\n")
