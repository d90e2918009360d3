"""Whose work something is."""

import pytest

from intake_app.core.assignments import names_member


@pytest.mark.parametrize(
    ("words", "hers"),
    [
        ("mduarte", True),
        ("MDuarte", True),
        ("M. Duarte", True),
        ("m duarte", True),
        ("R. Chen, M. Duarte", True),
        ("Duarte", False),
        ("mduarte2", False),
        ("A. M. Duartes", False),
        ("", False),
        (None, False),
    ],
)
def test_a_member_is_named_by_login_or_name(words: str | None, hers: bool) -> None:
    assert names_member(words, "mduarte", "M. Duarte") is hers


def test_accents_and_an_empty_name_make_no_difference() -> None:
    assert names_member("jose nunez", "jn", "José Núñez")
    assert not names_member("anybody", "", "")
