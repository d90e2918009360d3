"""A damaged page is never read as zeros, wherever in a long value it stands."""

from pathlib import Path

import pytest

from intake_app.core.errors import OfficeDamaged
from intake_app.store.office_file import connect_to, in_sentences
from intake_app.store.transactions import engine_over, transaction

KEY = bytes(range(32))
TEXTS = {number: f"word {number} " * 3000 for number in range(4)}


@pytest.fixture
def long_values(tmp_path: Path) -> Path:
    """A database with values that run over many pages, the last of them in the middle of one."""
    path = tmp_path / "long.db"
    raw = connect_to(path, KEY, create=True)
    raw.execute("CREATE TABLE told (id INTEGER PRIMARY KEY, words TEXT)")
    raw.executemany("INSERT INTO told VALUES (?, ?)", TEXTS.items())
    raw.close()
    return path


def read(path: Path, number: int) -> str:
    raw = connect_to(path, KEY)
    try:
        with in_sentences(), transaction(engine_over(raw)) as connection:
            found = connection.exec_driver_sql("SELECT words FROM told WHERE id = ?", (number,))
            return str(found.scalar_one())
    finally:
        raw.close()


def test_every_page_of_a_long_value_is_right_or_refused(long_values: Path) -> None:
    sound = long_values.read_bytes()
    refused = 0
    for page in range(1, len(sound) // 4096):
        content = bytearray(sound)
        content[page * 4096 + 9] ^= 1
        long_values.write_bytes(content)
        for number, words in TEXTS.items():
            try:
                assert read(long_values, number) == words
            except OfficeDamaged as error:
                assert "office.db" in error.sentence
                refused += 1
    assert refused >= len(sound) // 4096 - 1


def test_what_breaks_over_zeros_is_damage_too(long_values: Path) -> None:
    """As when the words were JSON: no fault of ours is told."""
    sound = long_values.read_bytes()
    broken = 0
    for page in range(1, len(sound) // 4096):
        content = bytearray(sound)
        content[page * 4096 + 9] ^= 1
        long_values.write_bytes(content)
        raw = connect_to(long_values, KEY)
        with (
            pytest.raises((OfficeDamaged, ZeroDivisionError)) as raised,
            in_sentences(),
            transaction(engine_over(raw)) as connection,
        ):
            found = connection.exec_driver_sql("SELECT words FROM told WHERE id = 1").scalar()
            raise ZeroDivisionError if found == TEXTS[1] else ValueError
        broken += raised.type is OfficeDamaged
        raw.close()
    assert broken > 1
