"""What a passphrase must be."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.errors import BadAnswer
from intake_app.core.passphrases import SHORTEST, check_passphrase, normal_passphrase


def test_a_short_passphrase_is_refused_with_advice() -> None:
    check_passphrase("x" * SHORTEST)
    with pytest.raises(BadAnswer, match="at least 12 characters"):
        check_passphrase("x" * (SHORTEST - 1))


@given(st.text())
def test_it_is_the_same_however_a_keyboard_writes_it(typed: str) -> None:
    assert normal_passphrase(unicodedata.normalize("NFD", typed)) == normal_passphrase(typed)


@pytest.mark.parametrize("typed", ["\ud800" * 20, "heron gravel \udc00 ferry"], ids=["all", "one"])
def test_half_a_character_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(BadAnswer):
        check_passphrase(typed)
