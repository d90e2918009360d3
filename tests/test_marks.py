"""The search for marks is seen to find every kind of leak, and nothing in what is random."""

import base64
import gzip
import os
import zlib
from pathlib import Path

import pytest

from intake_app.core.names import fold
from tests.marks import DIGITS, STEM, found_in, leaks, whole_forms

LEAKS = {
    "plain": f"name={STEM};".encode(),
    "a half": STEM[:7].encode(),
    "the other half": STEM[-6:].encode(),
    "utf-16": f"x{STEM}".encode("utf-16-le"),
    "utf-16 be": STEM.encode("utf-16-be"),
    "utf-32": STEM.encode("utf-32-le"),
    "capitals": STEM.upper().encode(),
    "folded": fold(STEM).encode(),
    "backwards": STEM[::-1].encode(),
    "hex": STEM.encode().hex().encode(),
    "HEX": STEM.encode("utf-16-le").hex().upper().encode(),
    "base64": base64.b64encode(f"ab{STEM}cd".encode()),
    "base64, one on": base64.b64encode(f"a{STEM}cd".encode()),
    "base64, two on": base64.urlsafe_b64encode(f"abc{STEM}".encode()),
    "escapes": STEM.encode("unicode_escape"),
    "digits": f"tel {DIGITS}".encode(),
    "zlib": b"stream " + zlib.compress(f"some words and {STEM} more words".encode()),
    "gzip": b"log" + gzip.compress(f"some words and {DIGITS} more words".encode()),
}


@pytest.mark.parametrize("kind", LEAKS)
def test_a_planted_leak_is_found(kind: str, tmp_path: Path) -> None:
    leak = os.urandom(500) + LEAKS[kind] + os.urandom(500)
    assert found_in(leak)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "log").write_bytes(leak)
    assert leaks(tmp_path) == ["a/log"]


def test_a_name_of_a_file_is_found(tmp_path: Path) -> None:
    (tmp_path / f"Letter {STEM}.pdf").touch()
    assert len(leaks(tmp_path)) == 1


def test_what_is_random_holds_none() -> None:
    assert not found_in(os.urandom(2_000_000))


HALVES = ("a half", "the other half")


@pytest.mark.parametrize("kind", LEAKS)
def test_a_name_of_a_language_is_found_whole(kind: str, tmp_path: Path) -> None:
    """Its halves stand in other words: “ration” in “demonstration”."""
    (tmp_path / "log").write_bytes(os.urandom(500) + LEAKS[kind] + os.urandom(500))
    assert leaks(tmp_path, whole_forms((STEM, DIGITS))) == ([] if kind in HALVES else ["log"])


def test_of_a_long_name_the_beginning_is_enough() -> None:
    name = "Wolfeschlegelsteinhausenbergerdorff"
    assert found_in(f"x{name[:20]}".encode(), whole_forms((name,)))
    assert not found_in(f"x{name[:15]}".encode(), whole_forms((name,)))
    assert not found_in(b"an, the, Cruz", whole_forms(("An", "Cruz")))
