"""The form of one record: a row for every question, made from its declaration.

A finished edit that changed the answer is `edited`; a sentence about what can't be read or
could not be saved stands under its field, and the typed words stay. A line or a long text that
is left half-typed for a moment is `edited` as well, so that a crash loses at most a word.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from intake_app.core.errors import BadAnswer
from intake_app.core.fields import Question
from intake_app.core.findings import Finding
from intake_app.core.vocabulary import YesNo
from intake_app.ui.answer_edits import AnswerEdit
from intake_app.ui.choice_edits import make_edit
from intake_app.ui.findings_card import FieldFindings
from intake_app.ui.widgets import QuietButton, Words, announce, dp, restyle

DRAFT_AFTER = 400
"""Milliseconds after which half-typed words are kept: about as long as typing one takes."""

LABEL_WIDTH = 150


class AnswerRow(QObject):
    """One question on the form: label, control, help, and the sentence under it."""

    edited = Signal(str, object)
    drafted = Signal(str, str)

    def __init__(self, question: Question, parent: QWidget) -> None:
        super().__init__(parent)
        self.question = question
        # Everything is made where it belongs: Qt looks at the style of all that is moved.
        self.field = QWidget(parent)
        self.edit: AnswerEdit = make_edit(question, self.field)
        self._settled: Any = None
        self._touched = False
        self._on_its_way = 0
        self._draft = QTimer(self)
        self._draft.setSingleShot(True)
        self._draft.setInterval(DRAFT_AFTER)
        self._draft.timeout.connect(self._hand_over_draft)
        self._drafted = False
        self.label = Words(question.label, "label", wrap=True, parent=parent)
        self.label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.label.setFixedWidth(dp(LABEL_WIDTH))
        self.label.setBuddy(self.edit.control)
        self._below = QVBoxLayout(self.field)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(dp(2))
        self._below.addWidget(self.edit)
        if question.help:
            self._below.addWidget(Words(question.help, "help", wrap=True, parent=self.field))
        self.findings = FieldFindings(self.field)
        self.findings.taken.connect(self._take)
        self._below.addWidget(self.findings)
        self._sentence: Words | None = None
        self._again: QuietButton | None = None
        self.edit.finished.connect(self.finish)
        self.edit.typed.connect(self._typed)

    @property
    def pending(self) -> bool:
        """Whether something typed was not handed over: half-typed, unreadable or not saved."""
        return self._touched or bool(self.sentence)

    @property
    def sentence(self) -> str:
        """What stands under the field in red; empty where all is well."""
        return self._sentence.text() if self._sentence else ""

    @property
    def unread(self) -> tuple[str, ...]:
        """The typed words that can't be read as an answer; none where they can."""
        try:
            self.edit.read()
        except BadAnswer:
            return self.edit.words()
        return ()

    @property
    def is_open(self) -> bool:
        """Whether the case can't do without its answer and has none."""
        return (
            self.question.wanted
            and self._settled is None
            and not self.field.isHidden()
            and self.edit.isEnabled()
        )

    def take_keyboard(self) -> None:
        """Put the keyboard into the control."""
        self.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def only_read(self) -> None:
        """Let this member read the answer and not change it."""
        self.edit.setEnabled(False)

    def show_value(self, value: Any) -> None:
        """Show a saved answer, unless the member is in the middle of another one.

        A newer answer on its way into the file is not taken back for a moment: who ticks a second
        box in that moment would lose the first.
        """
        if self._on_its_way:
            return
        self._settled = value
        if not self.pending:
            self.edit.show_value(value)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what is to be said about this answer."""
        if self.findings.show_findings(findings):
            self._describe()

    def _take(self, value: Any) -> None:
        """The member took the answer that a finding offered."""
        self.edit.setFocus()
        self.edit.show_value(value)
        self.finish()

    def start_over(self, value: Any, zone: str) -> None:
        """Show the answer of another row of the same kind; what was typed before is gone."""
        self._draft.stop()
        self._touched = False
        self._on_its_way = 0
        self._complain("")
        self.edit.zone = zone
        self._settled = value
        self.edit.show_value(value)

    def finish(self) -> None:
        """The edit is over: hand the answer over if it is another one than before."""
        self._draft.stop()
        try:
            value = self.edit.read()
        except BadAnswer as error:
            if self.sentence != error.sentence:
                self._complain(error.sentence)
            return
        self._touched = False
        drafted, self._drafted = self._drafted, False
        if value == self._settled and not self.sentence and not drafted:
            self.edit.show_value(value)
            return
        self._complain("")
        # After a draft even the old answer is said again: the draft must go.
        same = value == self._settled and not drafted
        self._settled = value
        self.edit.show_value(value)
        if not same:
            self._on_its_way += 1
            self.edited.emit(self.question.name, value)

    def not_saved(self, sentence: str, saved: Any) -> None:
        """The file refused: keep the words, say why, offer to try again."""
        self._on_its_way = max(self._on_its_way - 1, 0)
        self._settled = saved
        self._complain(sentence, again=True)

    def put_back(self, value: Any, saved: Any, sentence: str) -> None:
        """Show an answer again that the file refused before this form was made."""
        self.edit.show_value(value)
        self.not_saved(sentence, saved)

    def type_again(self, words: tuple[str, ...]) -> None:
        """Put back words that stood here before this form was made, and try to read them."""
        self.edit.type_words(words)
        self._touched = True
        self.finish()

    def was_saved(self, value: Any) -> None:
        """The file took an answer; where it had refused it before, the sentence goes.

        Also where the question stands in another section and never held the refused words: left
        there, what this row shows would be taken for the newest answer.
        """
        self._on_its_way = max(self._on_its_way - 1, 0)
        if not self.sentence:
            return
        try:
            typed = self.edit.read()
        except BadAnswer:
            return
        if typed in (value, self._settled):
            self._settled = value
            self._complain("")

    def _typed(self) -> None:
        self._touched = True
        # Not started anew by each key: who types without a pause loses no more than others.
        if self.edit.drafts and not self._draft.isActive():
            self._draft.start()

    def _hand_over_draft(self) -> None:
        try:
            words = self.edit.read()
        except BadAnswer:
            return
        self._drafted = True
        self.drafted.emit(self.question.name, words or "")

    def _complain(self, sentence: str, *, again: bool = False) -> None:
        if not sentence and self._sentence is None:
            return
        if self._sentence is None or self._again is None:
            self._sentence = Words("", "error", wrap=True)
            self._again = QuietButton("Try again", "link")
            self._again.setAccessibleName(f"Try again to save: {self.question.label}")
            self._again.clicked.connect(lambda _checked: self.finish())
            line = QHBoxLayout()
            line.addWidget(self._sentence, 1)
            line.addWidget(self._again, 0, Qt.AlignmentFlag.AlignTop)
            self._below.addLayout(line)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self._again.setVisible(again)
        control = self.edit.control
        control.setProperty("wrong", "true" if sentence else "false")
        restyle(control)
        self._describe()
        if sentence:
            announce(control, f"{self.question.label}: {sentence}")

    def _describe(self) -> None:
        said = (self.sentence, self.findings.words, self.question.help)
        self.edit.control.setAccessibleDescription(" ".join(words for words in said if words))


ROWS_A_TURN = 8
"""Rows made at a time where nobody waits for the form: some 20 ms of work."""


class FormView(QFrame):
    """All rows of one record. One `FormView` serves every row of a repeated record in turn.

    later: no row is made yet; `make_rows` makes them, some at a time.
    """

    edited = Signal(str, object)
    """A question was answered: its name and the typed value."""

    drafted = Signal(str, str)
    """Words are being typed: the question's name, and what stands in the field so far."""

    def __init__(
        self,
        questions: Sequence[Question],
        zone: str,
        parent: QWidget | None = None,
        *,
        later: bool = False,
    ) -> None:
        super().__init__(parent)
        self.rows: dict[str, AnswerRow] = {}
        self._zone = zone
        self._questions = questions
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(dp(12))
        grid.setVerticalSpacing(dp(7))
        grid.setColumnStretch(1, 1)
        if not later:
            self.make_rows(len(questions))

    def make_rows(self, most: int = ROWS_A_TURN) -> bool:
        """Make the next rows; False where all are there."""
        first = len(self.rows)
        for place, question in enumerate(self._questions[first : first + most], first):
            row = AnswerRow(question, self)
            row.label.setContentsMargins(0, dp(6), 0, 0)
            self._grid.addWidget(row.label, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(row.field, place, 1)
            row.edited.connect(self.edited)
            row.drafted.connect(self.drafted)
            row.edit.finished.connect(self._show_what_follows)
            self.rows[question.name] = row
        return len(self.rows) < len(self._questions)

    def show_record(self, record: Any) -> None:
        """Show the saved answers; a field somebody is typing in keeps her words."""
        for name, row in self.rows.items():
            row.show_value(getattr(record, name))
        self._show_what_follows()

    def start_over(self, record: Any, zone: str) -> None:
        """Show another record of the same kind; call `flush` before."""
        for name, row in self.rows.items():
            row.start_over(getattr(record, name), zone)
        self._show_what_follows()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show findings beside the questions they belong to."""
        for name, row in self.rows.items():
            row.show_findings([one for one in findings if one.field == name])

    def set_zone(self, zone: str) -> None:
        """The zone that times without one are meant in: the facility's."""
        for row in self.rows.values():
            row.edit.zone = zone

    def flush(self) -> None:
        """Finish every edit that is under way."""
        for row in self.rows.values():
            if row.pending:
                row.finish()

    def sentences(self) -> list[str]:
        """What stands in red on the form, with the question it belongs to."""
        rows = self.rows.values()
        return [f"{row.question.label}: {row.sentence}" for row in rows if row.sentence]

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        for row in self.rows.values():
            row.take_keyboard()
            return

    def _show_what_follows(self) -> None:
        for row in self.rows.values():
            asked = self.rows.get(row.question.shown_when)
            first = self.rows.get(row.question.shown_after)
            if asked is not None or first is not None:
                yes = asked is None or _answer(asked) is YesNo.YES
                answered = first is None or _answer(first) is not None
                shown = (yes and answered) or _answer(row) is not None
                row.label.setVisible(shown)
                row.field.setVisible(shown)


def _answer(row: AnswerRow) -> Any:
    try:
        return row.edit.read()
    except BadAnswer:
        return ...
