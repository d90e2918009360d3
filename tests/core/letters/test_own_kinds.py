"""An office's own kind: its name, its title, and the shipped one it is like."""

from dataclasses import replace

import pytest

from intake_app.core.errors import BadAnswer
from intake_app.core.letters.kinds import KINDS
from intake_app.core.letters.own_kinds import OwnKind, checked_kind, new_key

OWN = OwnKind("decline-county", "Our request", "decline", "text")


def test_it_has_the_gate_and_the_reader_of_the_one_it_is_like() -> None:
    kind = checked_kind(replace(OWN, key=" Decline-County ", title=" Our  request ")).kind
    assert (kind.key, kind.title, kind.gate) == ("decline-county", "Our request", "decline")
    assert (kind.to, kind.directory) == (KINDS["decline"].to, KINDS["decline"].directory)
    assert replace(OWN, like="client").kind.languages == ("en",)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": " "}, "a title"),
        ({"title": "T" * 121}, "120 letters"),
        ({"key": "../etc"}, "small letters"),
        ({"key": "k" * 41}, "small letters"),
        ({"key": "decline"}, "a shipped letter"),
        ({"like": "decline-county"}, "Choose the shipped letter"),
        ({"text": "x" * 60_001}, "too long"),
    ],
)
def test_what_is_wrong_with_it_is_one_sentence(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(BadAnswer, match=said):
        checked_kind(replace(OWN, **wrong))


@pytest.mark.parametrize("title", ["Our request", "1 § !", "", "Ñandú " * 40, "decline"])
def test_a_short_name_is_made_of_any_title_and_is_not_taken(title: str) -> None:
    taken: set[str] = set()
    for _ in range(3):
        key = new_key(title, taken)
        checked_kind(replace(OWN, key=key))
        assert key not in taken
        taken.add(key)
