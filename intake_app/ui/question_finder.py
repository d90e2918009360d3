"""Ctrl+G: go to any question of the case by a part of its words, without passing the others."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from intake_app.core.casefile import Section, questions_in
from intake_app.core.fields import Question, title_of
from intake_app.core.names import fold
from intake_app.core.roles import Role
from intake_app.ui.pick_box import PickBox

SHOWN = 12


@dataclass(frozen=True)
class Place:
    """Where a question stands; `question` is None for a whole section."""

    section: str
    record: type | None = None
    question: Question | None = None

    @property
    def words(self) -> str:
        """As the list shows it."""
        if self.question is None or self.record is None:
            return self.section
        title = title_of(self.record).title
        where = self.section if title in self.section else f"{self.section} · {title}"
        return f"{self.question.label}   {where}"


def places(sections: Iterable[Section], role: Role) -> tuple[Place, ...]:
    """Every section and question this kind of member sees, in interview order."""
    found: list[Place] = []
    for section in sections:
        found.append(Place(section.title))
        for record in section.records:
            if record not in section.only:
                asked = questions_in(section, role, record)
                found += [Place(section.title, record, one) for one in asked]
    return tuple(found)


def fitting(all_places: Iterable[Place], words: str) -> list[Place]:
    """The places whose words fit: those that begin so first, then those that hold every part."""
    wanted = fold(words).split()
    starts: list[Place] = []
    parts: list[Place] = []
    holds: list[Place] = []
    for place in all_places:
        label = fold(place.question.label if place.question is not None else place.section)
        if label.startswith(" ".join(wanted)):
            starts.append(place)
        elif all(any(word.startswith(part) for word in label.split()) for part in wanted):
            parts.append(place)
        elif all(part in fold(place.words) for part in wanted):
            holds.append(place)
    return [*starts, *parts, *holds]


class QuestionFinder(PickBox):
    """Sections and questions of the case by a part of their words."""

    chosen = Signal(object)
    """The `Place` to go to."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Go to a question", "Questions found", parent)
        self._places: tuple[Place, ...] = ()

    def offer(self, all_places: tuple[Place, ...]) -> None:
        """Say which there are."""
        self._places = all_places

    @override
    def look(self, words: str) -> None:
        """Look among the questions."""
        found = fitting(self._places, words) if words.strip() else _sections(self._places)
        said = "" if found else "No question has these words. Try fewer letters."
        self.show_rows(((place.words, place) for place in found[:SHOWN]), said)

    @override
    def pick(self, picked: object) -> None:
        """Say which is wanted."""
        self.chosen.emit(picked)


def _sections(all_places: Iterable[Place]) -> list[Place]:
    return [place for place in all_places if place.question is None]
