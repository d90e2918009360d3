"""One question of the survey in three languages side by side, and the last look before keeping."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.fields import Choice, Question, questions
from intake_app.core.survey import SurveyResponse, SurveyTongue, is_asked
from intake_app.core.survey_words import Said, SurveyWords
from intake_app.ui.widgets import Heading, LaidOutButton, Pill, PrimaryButton, Words, dp, restyle

TONGUES = {
    SurveyTongue.ENGLISH: "English",
    SurveyTongue.SPANISH: "Español",
    SurveyTongue.CREOLE: "Kreyòl",
}
UNCHECKED = "Translation to be checked by a person before use"
LEAD = 34
"""Width of the column with the keys, at 100 %."""
RING = 2
"""Pixels of the focus ring, at any size of text; what has none stands in by as much."""


def in_three(row: QHBoxLayout, said: Said, kind: str, lead: QWidget | None = None) -> list[Words]:
    """Put the same words into a row in each language, in columns that are as wide everywhere."""
    row.setSpacing(dp(16))
    first = lead or QWidget()
    held = QHBoxLayout()
    held.setContentsMargins(0, 0, 0, 0)
    held.addWidget(first, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    held.addStretch(1)
    keys = QWidget()
    keys.setLayout(held)
    keys.setFixedWidth(dp(LEAD))
    row.addWidget(keys)
    labels = []
    for tongue in TONGUES:
        words = Words(said[tongue], kind, wrap=True)
        policy = words.sizePolicy()
        # The column is as wide as its share of the row, whatever stands in it.
        policy.setHorizontalPolicy(policy.Policy.Ignored)
        policy.setHeightForWidth(True)
        words.setSizePolicy(policy)
        row.addWidget(words, 1)
        labels.append(words)
    return labels


class ThreeColumns(QWidget):
    """The same words in each language."""

    def __init__(self, said: Said, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(dp(12), 0, dp(12), 0)
        self.labels = in_three(row, said, kind)
        for label in self.labels:
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)


class AnswerButton(LaidOutButton):
    """One answer in each language, and the key that gives it."""

    def __init__(self, key: int, asked: str, said: Said, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("is", "answer")
        self.setCheckable(True)
        # The keyboard stays with the question; a screen reader finds the button all the same.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{asked} {said[SurveyTongue.ENGLISH]}")
        self.setAccessibleDescription(f"Key {key}")
        self.setMinimumHeight(dp(40))
        row = QHBoxLayout(self)
        row.setContentsMargins(dp(12), dp(6), dp(12), dp(6))
        self._parts: list[QWidget] = [*in_three(row, said, "said", Pill(str(key)))]
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.toggled.connect(self._restyle)

    def _restyle(self) -> None:
        for part in self._parts:
            part.setProperty("chosen", self.isChecked())
            restyle(part)


class QuestionView(QFrame):
    """One question. It is one stop of the keyboard: a figure answers, Enter or Down goes on.

    Up goes back, Delete takes the answer away.
    """

    answered = Signal(object)
    """The `Choice`, or None where the answer was taken away."""

    next_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, asked: Question, words: SurveyWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("is", "question")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.question = asked
        self._said = words.question(asked)
        self._offered = {
            choice: words.answer(choice)[SurveyTongue.ENGLISH] for choice in asked.offered
        }
        whole = QVBoxLayout(self)
        whole.setContentsMargins(dp(8), dp(12), dp(8), dp(12))
        whole.setSpacing(dp(8))
        whole.addWidget(ThreeColumns(self._said, "asked"))
        whole.addSpacing(dp(4))
        self._answers, self._whole = words.answer, whole
        self._buttons: list[AnswerButton] = []
        self.show_answer(None)

    @property
    def buttons(self) -> list[AnswerButton]:
        """A button for each answer; made when first looked at, for all of them take a while."""
        if not self._buttons:
            for key, choice in enumerate(self._offered, start=1):
                said = self._said[SurveyTongue.ENGLISH]
                button = AnswerButton(key, said, self._answers(choice), self)
                button.clicked.connect(partial(self._pressed, choice, button))
                self._whole.addWidget(button)
                self._buttons.append(button)
            self._tick()
        return self._buttons

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Now it is looked at."""
        super().showEvent(event)
        self._tick()

    def _tick(self) -> None:
        for button, choice in zip(self.buttons, self._offered, strict=True):
            button.setChecked(choice is self._answer)

    def show_answer(self, answer: Choice | None) -> None:
        """Show which answer was given."""
        self._answer = answer
        if self._buttons:
            self._tick()
        listed = ", ".join(f"{key} {said}" for key, said in enumerate(self._offered.values(), 1))
        given = "not answered" if answer is None else f"answered: {self._offered[answer]}"
        self.setAccessibleName(f"{self._said[SurveyTongue.ENGLISH]} {given}")
        self.setAccessibleDescription(f"Press {listed}. Enter goes on.")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Figures answer; Enter, Down and Up go on and back."""
        key, figure = Qt.Key(event.key()), event.text()
        if figure.isascii() and figure.isdigit() and 0 < int(figure) <= len(self._offered):
            self.answered.emit(self.question.offered[int(figure) - 1])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.answered.emit(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            if not event.isAutoRepeat():
                self.next_wanted.emit()
        elif key == Qt.Key.Key_Up:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _pressed(self, choice: Choice, button: AnswerButton, _checked: bool = False) -> None:
        self.answered.emit(choice if button.isChecked() else None)


class KeepButton(PrimaryButton):
    """Keeps the response: Space, or Enter pressed for it and not held down from before."""

    back_wanted = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, Up goes back."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        elif key == Qt.Key.Key_Up:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)


class KeepView(QFrame):
    """Everything answered, in each language, and what keeping means."""

    def __init__(self, words: SurveyWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("is", "question")
        self._words = words
        whole = QVBoxLayout(self)
        whole.setContentsMargins(dp(8), dp(12), dp(8), dp(12))
        whole.setSpacing(dp(4))
        self.warning = ThreeColumns(words.lines["before_keeping"], "strong")
        whole.addWidget(self.warning)
        whole.addSpacing(dp(10))
        self.lines: dict[str, tuple[Heading, ThreeColumns]] = {}
        for asked in questions(SurveyResponse):
            head = Heading(asked.label)
            head.setContentsMargins(dp(12 + LEAD + 16), dp(4), 0, 0)
            said = ThreeColumns(words.lines["left_out"], "plain")
            whole.addWidget(head)
            whole.addWidget(said)
            self.lines[asked.name] = head, said

    def show_response(self, response: SurveyResponse) -> None:
        """Show the answers; a question that was not asked is not shown."""
        for asked in questions(SurveyResponse):
            answer = getattr(response, asked.name)
            said = self._words.answer(answer) if answer else self._words.lines["left_out"]
            head, columns = self.lines[asked.name]
            for label, tongue in zip(columns.labels, TONGUES, strict=True):
                label.setText(said[tongue])
                label.become("plain" if answer else "quiet")
            for widget in (head, columns):
                widget.setVisible(is_asked(response, asked))


class TongueHeads(QWidget):
    """The names of the languages over their columns, and which translation nobody checked."""

    def __init__(self, words: SurveyWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(dp(8) + RING, dp(4), dp(8) + RING, 0)
        whole.setSpacing(dp(2))
        whole.addWidget(ThreeColumns(TONGUES, "strong"))
        unchecked = {
            tongue: UNCHECKED
            if tongue is not SurveyTongue.ENGLISH and tongue not in words.checked
            else ""
            for tongue in TONGUES
        }
        self.unchecked = ThreeColumns(unchecked, "warning")
        whole.addWidget(self.unchecked)
        if not any(unchecked.values()):
            self.unchecked.hide()
