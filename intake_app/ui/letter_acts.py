"""What can be done about a letter of a list: its sending or answer recorded, a draft discarded."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from intake_app.core.errors import AppError
from intake_app.store.office import Office
from intake_app.ui.half_typed import in_the_way
from intake_app.ui.jobs import Jobs
from intake_app.ui.letter_record_form import LetterRecordForm
from intake_app.ui.letter_rows import DISCARD, LetterRows
from intake_app.ui.page import Clock
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import InlineMessage
from intake_app.workflows.keep_letter import discard_letter
from intake_app.workflows.read_letters import LetterRow


class LetterActs(QObject):
    """Belongs to a list of letters; `message` and `form` stand where its page puts them."""

    changed = Signal()
    """A letter is another now: read the list anew."""

    discarded = Signal()
    """The letter whose button had the keyboard is gone."""

    def __init__(self, rows: LetterRows, jobs: Jobs, clock: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self.office: Office | None = None
        self._rows, self._jobs, self._clock = rows, jobs, clock
        self._discard: LetterRow | None = None
        self.message = InlineMessage()
        self.form = LetterRecordForm(jobs, clock)
        self.message.acted.connect(self._discard_it)
        self.form.recorded.connect(self.changed)
        rows.act_wanted.connect(self._act)

    def clear(self) -> None:
        """Nothing asked, nothing typed."""
        self.form.close_form()
        self.message.clear()

    def failed(self, error: AppError) -> None:
        """Say what went wrong."""
        self.message.say(error.sentence)

    def _act(self, row: LetterRow, what: str) -> None:
        if self.office is None or in_the_way(self.form, self.message):
            return
        self.message.clear()
        if what == DISCARD:
            self._discard = row
            self.form.close_form()
            sentence = f"Discard this draft? {self._rows.called(row)}."
            self.message.say(sentence, Tone.SOON, "Discard it")
            self.message.button.setFocus()
        else:
            self.form.ask(self.office, row, what)

    def _discard_it(self) -> None:
        row, self._discard = self._discard, None
        self.message.clear()
        if row is not None and self.office is not None:
            work = partial(discard_letter, self.office, row.letter_id, self._clock())
            self._jobs.run(work, self._discarded, self.failed)

    def _discarded(self, _nothing: None) -> None:
        self.changed.emit()
        self.discarded.emit()
