"""The line form that records when a letter was sent, or what came of it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from intake_app.core.answers import parse_day
from intake_app.core.errors import AppError
from intake_app.core.fields import Choice
from intake_app.core.vocabulary import LetterAnswer, LetterResult, SentBy
from intake_app.store.letters import KeptLetter
from intake_app.store.office import Office
from intake_app.ui.desk_lists import listed_as
from intake_app.ui.half_typed import kept, show_saved
from intake_app.ui.jobs import Jobs
from intake_app.ui.letter_rows import ANSWER, SENDING, day
from intake_app.ui.line import Line
from intake_app.ui.page import Clock
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.widgets import Card, InlineMessage, PrimaryButton, QuietButton
from intake_app.workflows.read_letters import LetterRow, find_letter
from intake_app.workflows.record_letter import record_answer, record_sending


class LetterRecordForm(Card):
    """Hidden until `ask`. A day left empty takes back what was recorded."""

    recorded = Signal()
    closed = Signal()

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._jobs, self._clock = jobs, clock
        self._office: Office | None = None
        self._letter: KeptLetter | None = None
        self._what, self._asked = SENDING, 0
        self.message = InlineMessage()
        self.sent_on, self.answered_on, self.note = QLineEdit(), QLineEdit(), Line()
        self.sent_by = _choices(SentBy)
        self.answer, self.result = _choices(LetterAnswer), _choices(LetterResult)
        self._boxes = (self.sent_by, self.answer, self.result)
        self.save, self.cancel = PrimaryButton("Save"), QuietButton("Cancel")
        self._sending, self._answer = QWidget(self), QWidget(self)
        sending, answer = PlainForm(self._sending), PlainForm(self._answer)
        sending.ask("Sent on", self.sent_on, help="Empty: it was not sent after all")
        sending.ask("By", self.sent_by)
        answer.ask("Answer", self.answer)
        answer.ask("Result", self.result)
        answer.ask("On", self.answered_on)
        answer.ask("Note", self.note)
        buttons = QWidget(self)
        PlainForm(buttons).act(self.cancel, self.save)
        whole = QVBoxLayout()
        self.body.addLayout(whole)
        for widget in (self.message, self._sending, self._answer, buttons):
            whole.addWidget(widget)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self._cancel)
        for line in (self.sent_on, self.answered_on, self.note):
            line.setPlaceholderText("" if line is self.note else "11/22/2026")
            line.returnPressed.connect(self._save)
        self.hide()

    def ask(self, office: Office, row: LetterRow, what: str) -> None:
        """Read the letter as it is now and come up with it."""
        self._office, self._what = office, what
        self._asked += 1
        self._jobs.run(
            partial(find_letter, office, row.letter_id),
            partial(self._came, self._asked, f"{row.title}, {listed_as(row)}"),
            self._failed,
        )

    def read_again(self) -> None:
        """Show what is recorded by now, where it is open; what was typed or chosen stays."""
        if self._office is not None and self._letter is not None:
            self._asked += 1
            self._jobs.run(
                partial(find_letter, self._office, self._letter.id),
                partial(self._came_again, self._asked),
                self._failed,
            )

    def close_form(self) -> None:
        """Go away; nothing typed stays."""
        self._asked += 1
        self._letter = None
        for line in (self.sent_on, self.answered_on, self.note):
            line.clear()
        self.message.clear()
        self.hide()

    def _came(self, asked: int, about: str, letter: KeptLetter) -> None:
        if asked != self._asked or self._office is None:
            return
        kept(self.sent_on, self.answered_on, self.note)
        self._letter = None
        self._show_saved(self._office, letter)
        sending = self._what == SENDING
        self.set_title(f"{'Sending' if sending else 'Answer'} · {about}")
        self._sending.setVisible(sending)
        self._answer.setVisible(not sending)
        self.message.clear()
        self.save.setEnabled(True)
        self.show()
        (self.sent_on if sending else self.answer).setFocus()

    def _came_again(self, asked: int, letter: KeptLetter) -> None:
        if asked == self._asked and self._office is not None:
            self._show_saved(self._office, letter)

    def _show_saved(self, office: Office, letter: KeptLetter) -> None:
        today = office.today(self._clock())
        show_saved(self.sent_on, day(letter.sent_on or today))
        answered = day(today) if not (letter.answer or letter.result) else ""
        show_saved(self.answered_on, day(letter.answered_on) if letter.answered_on else answered)
        show_saved(self.note, " ".join(letter.note.split()))
        before = _chosen(self._letter)
        for box, now, was in zip(self._boxes, _chosen(letter), before, strict=True):
            if self._letter is None or box.currentData() == was:
                box.setCurrentIndex(max(box.findData(now), 0))
        self._letter = letter

    def _cancel(self, _checked: bool = False) -> None:
        self.close_form()
        self.closed.emit()

    def _save(self, _checked: bool = False) -> None:
        if self._office is None or self._letter is None or not self.save.isEnabled():
            return
        line = self.sent_on if self._what == SENDING else self.answered_on
        try:
            typed = line.text().strip()
            when = parse_day(typed) if typed else None
        except AppError as error:
            self._failed(error)
            line.setFocus()
            return
        office, number, now = self._office, self._letter.id, self._clock()
        if self._what == ANSWER:
            answer, result = self.answer.currentData(), self.result.currentData()
            work = partial(
                record_answer,
                office,
                number,
                when if answer or result else None,
                LetterAnswer.of(answer) if answer else None,
                LetterResult.of(result) if result else None,
                self.note.text(),
                now,
            )
        else:
            by = self.sent_by.currentData()
            work = partial(record_sending, office, number, when, SentBy.of(by) if by else None, now)
        self.save.setEnabled(False)
        self._jobs.run(work, self._saved, self._failed)

    def _saved(self, _letter: KeptLetter) -> None:
        self.close_form()
        self.recorded.emit()

    def _failed(self, error: AppError) -> None:
        self.save.setEnabled(True)
        self.show()
        self.message.say(error.sentence)


def _chosen(letter: KeptLetter | None) -> tuple[str, ...]:
    """What the boxes hold for a letter, in their order."""
    if letter is None:
        return "", "", ""
    found = (letter.sent_by, letter.answer, letter.result)
    return tuple(one.value if one else "" for one in found)


def _choices(words: type[Choice]) -> QComboBox:
    box = QComboBox()
    box.addItem("", "")
    for word in words:
        box.addItem(word.label, word.value)
    return box
