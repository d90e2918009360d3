"""Ctrl+K: find a person from any page."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from intake_app.core.errors import AppError
from intake_app.store.office import Office
from intake_app.ui.jobs import Jobs
from intake_app.ui.people_model import shown_booking, shown_name
from intake_app.ui.pick_box import PickBox
from intake_app.workflows.find_people import PersonRow, find_people

SHOWN = 40


class FindBox(PickBox):
    """People by any part of a name or number; with nothing typed, the newest cases."""

    chosen = Signal(int)
    """The case with this number in the file is wanted."""

    def __init__(self, jobs: Jobs, office: Office, parent: QWidget) -> None:
        super().__init__("Find a person, A-number or booking number", "People found", parent)
        self.line.setAccessibleName("Find a person")
        self._jobs, self._office = jobs, office
        self._request = 0

    def use(self, office: Office) -> None:
        """Look in an office that was opened again."""
        self._office = office

    @override
    def close_box(self) -> None:
        """Go away; an answer still to come is dropped."""
        self._request += 1
        super().close_box()

    @override
    def look(self, words: str) -> None:
        """Ask the office."""
        self._request += 1
        work = partial(find_people, self._office, words, SHOWN)
        self._jobs.run(work, partial(self._found, self._request), self._failed)

    def _found(self, request: int, people: tuple[PersonRow, ...]) -> None:
        if request != self._request:
            return
        if people:
            newest = "" if self.line.text().strip() else "Newest cases."
            more = " Type on to find fewer." if len(people) == SHOWN else ""
            words = f"{newest}{more}".strip()
        else:
            words = "Nobody found. Try fewer letters; accents do not matter."
        self.show_rows(((_line(row), row.case_id) for row in people), words)

    def _failed(self, error: AppError) -> None:
        self.says.setText(error.sentence)
        self.says.show()

    @override
    def pick(self, picked: object) -> None:
        """Say whose case is wanted."""
        if isinstance(picked, int):
            self.chosen.emit(picked)


def _line(row: PersonRow) -> str:
    parts = [row.number, row.facility, shown_booking(row)]
    return f"{shown_name(row)}   {' · '.join(part for part in parts if part)}"
