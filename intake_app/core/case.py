"""One case in memory: its number and the saved rows of every kind of record."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from intake_app.core.casefile import Person
from intake_app.core.names import listed_name

R = TypeVar("R")


@dataclass(frozen=True)
class Entry(Generic[R]):
    """One saved row: its number in the file, and its answers."""

    id: int
    record: R


@dataclass(frozen=True)
class CaseFile:
    """A case as a member sees it. Kinds of record her keys don't open are not in `entries`."""

    case_id: int
    number: str
    entries: Mapping[type, tuple[Entry[Any], ...]]

    def kept(self, cls: type[R]) -> tuple[Entry[R], ...]:
        """The saved rows of one kind, in the order they were added."""
        return self.entries.get(cls, ())

    def all(self, cls: type[R]) -> tuple[R, ...]:
        """The records of one kind without their row numbers."""
        return tuple(entry.record for entry in self.kept(cls))

    def one(self, cls: type[R]) -> R:
        """The only record of its kind; an empty one where nothing was answered yet."""
        kept = self.kept(cls)
        return kept[0].record if kept else cls()

    @property
    def name(self) -> str:
        """The person's name as lists show it; empty where it is not known yet."""
        return listed_name(self.one(Person))
