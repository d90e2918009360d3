"""What is done to an office while its disk fails or its process is killed.

An act works in a folder of its own, the office in `office` of it. It says each thing aloud as
soon as the program has acknowledged it; afterwards, on a sound disk, whatever it said must be
there, and what it did not say must be there whole or not at all.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from intake_app.core.errors import AppError
from intake_app.core.roles import Role
from intake_app.store.office import Office
from tests.offices import unlocked


class Say(Protocol):
    """Says words aloud, as one line."""

    def __call__(self, *words: object) -> None: ...


@dataclass(frozen=True)
class Act:
    """One thing people do.

    `prepare` makes the folder ready, `do` does the act in another process, `kept` looks whether
    everything `do` said is there and nothing is by halves; it gets the lines that were said.
    """

    name: str
    prepare: Callable[[Path], None]
    do: Callable[[Path, Say], None]
    kept: Callable[[Path, Sequence[str]], None]


def office_in(folder: Path) -> Path:
    """The office of an act's folder."""
    return folder / "office"


def sound(folder: Path, role: Role = Role.ADMINISTRATOR) -> Office:
    """The office of an act's folder, open, after a look for damage."""
    office = unlocked(office_in(folder), role)
    try:
        found = office.damage()
        assert found == [], found
    except BaseException:
        office.close()
        raise
    return office


def attempt(say: Say, words: str, work: Callable[[], object]) -> bool:
    """Do one thing and say its words, or the sentence with which it was refused."""
    try:
        work()
    except AppError as error:
        say("sentence", error.sentence)
        return False
    say(words)
    return True


def numbers(said: Sequence[str], what: str) -> list[int]:
    """The numbers said after a word."""
    return [int(line.split()[1]) for line in said if line.split()[0] == what]
