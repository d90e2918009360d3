"""Sizes as people say them."""

import pytest

from intake_app.core.document_media import LARGEST, size_words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1 KB"),
        (1023, "1 KB"),
        (1024, "1 KB"),
        (812 * 1024, "812 KB"),
        (1024 * 1000 - 1, "1000 KB"),
        (1024 * 1024, "1.0 MB"),
        (1_468_006, "1.4 MB"),
        (LARGEST, "50 MB"),
    ],
)
def test_a_size_is_said_in_short(size: int, words: str) -> None:
    assert size_words(size) == words
