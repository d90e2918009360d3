"""The letters of one case: how far each has come, a new one, and what became of those sent."""

from functools import partial

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.case import CaseFile
from intake_app.store.office import Office
from intake_app.ui.case_panel import CasePanel
from intake_app.ui.jobs import Jobs
from intake_app.ui.letter_acts import LetterActs
from intake_app.ui.letter_rows import LetterRows
from intake_app.ui.page import Clock
from intake_app.ui.section_notes import Note
from intake_app.ui.show_letter import ShowLetter
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, dp
from intake_app.workflows.read_letters import LetterRow, case_letters

_NONE = "No letter was written in this case. “New letter” begins one that fits it."


class LettersPanel(CasePanel):
    """Only for members who write letters."""

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(jobs, clock, parent)
        self._office: Office | None = None
        self._case: CaseFile | None = None
        self._request = 0
        self._letters: tuple[LetterRow, ...] = ()
        self.card = Card("Letters")
        self.new = self.card.add_button("New letter", self._write)
        self.rows = LetterRows(of_one_case=True)
        self.rows.opened.connect(self._open)
        self.acts = LetterActs(self.rows, jobs, clock, self)
        self.acts.changed.connect(self._read)
        self.acts.form.closed.connect(self.focus_first)
        self.acts.discarded.connect(self.focus_first)
        self.card.body.addWidget(self.rows)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(dp(14))
        for widget in (self.acts.message, self.acts.form, self.card):
            whole.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.forget()

    @override
    def show_case(self, office: Office, case: CaseFile, *, other: bool) -> None:
        """Read the letters of another case."""
        self._office = self.acts.office = office
        self._case = case
        if other:
            self._read()

    @override
    def came_to_front(self) -> None:
        """Read the list anew: the letter page may have changed it."""
        self._read()

    @override
    def focus_first(self) -> None:
        """On "New letter"."""
        self.new.setFocus()

    @override
    def forget(self) -> None:
        """Another case, or none."""
        self._request += 1
        self.acts.clear()
        self._show(())

    @override
    def note(self) -> Note:
        """How many there are, or that one has no answer."""
        count, late = len(self._letters), sum(one.late for one in self._letters)
        if late:
            return Note("no answer", Tone.BAD, f"{count} kept, {late} without an answer")
        return Note(str(count), None, f"{count} kept") if count else Note()

    def _read(self) -> None:
        if self._office is None or self._case is None:
            return
        self._request += 1
        self.jobs.run(
            partial(case_letters, self._office, self._case.case_id, self.clock()),
            partial(self._came, self._request),
            self.acts.failed,
        )

    def _came(self, request: int, letters: tuple[LetterRow, ...]) -> None:
        if request == self._request and letters != self._letters:
            self._show(letters)

    def _show(self, letters: tuple[LetterRow, ...]) -> None:
        self._letters = letters
        zone = self._office.profile.zone if self._office is not None else "UTC"
        self.rows.show_rows(letters, zone, _NONE)
        self.noted.emit(self.note())

    def _write(self) -> None:
        if self._case is not None:
            self.wanted.emit("letter", self._case.case_id)

    def _open(self, row: LetterRow) -> None:
        self.wanted.emit("letter", ShowLetter(row.letter_id, row.case_id))
