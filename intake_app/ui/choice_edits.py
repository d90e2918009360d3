"""Controls that choose among given answers: a list, a list to search, buttons, boxes to tick."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QGridLayout,
    QListView,
    QPushButton,
    QWidget,
)
from typing_extensions import override

from intake_app.core.answers import show, vocabulary
from intake_app.core.errors import BadAnswer
from intake_app.core.fields import Choice, Kind, Question
from intake_app.core.names import fold
from intake_app.core.vocabulary import YesNo
from intake_app.ui.answer_edits import (
    AnswerEdit,
    LineAnswer,
    StillCombo,
    TextAnswer,
    TimeAnswer,
    name,
)
from intake_app.ui.flow import Flow
from intake_app.ui.line import Line
from intake_app.ui.widgets import dp

LONG_VOCABULARY = 20
"""From so many answers on, one types to find instead of looking through a list."""


class ChoiceAnswer(AnswerEdit):
    """One answer out of a short list; the first line is empty: not asked."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(question, parent)
        self.choices: tuple[Choice, ...] = question.offered
        self.combo = StillCombo(self)
        self.combo.addItem("")
        self.combo.addItems([choice.label for choice in self.choices])
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.setMinimumContentsLength(12)
        self.combo.setMaxVisibleItems(LONG_VOCABULARY)
        self.combo.activated.connect(lambda _row: self.finished.emit())
        self._inside(self.combo)

    @override
    def show_value(self, value: Any) -> None:
        """Show the answer's label."""
        if value is not None and value not in self.choices:
            # Saved when more answers were offered, or brought in by an import.
            self.choices = (*self.choices, value)
            self.combo.addItem(value.label)
        self.combo.setCurrentIndex(self.choices.index(value) + 1 if value is not None else 0)

    @override
    def read(self) -> Any:
        """The chosen answer."""
        row = self.combo.currentIndex()
        return self.choices[row - 1] if row > 0 else None


class SearchAnswer(AnswerEdit):
    """One answer out of a long list: type any part of it, without accents if you like."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(question, parent)
        self.choices: tuple[Choice, ...] = question.offered
        self.combo = StillCombo(self)
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.combo.setMinimumContentsLength(12)
        self.combo.addItem("")
        self.combo.addItems([choice.label for choice in self.choices])
        self._found = QStringListModel(self)
        self._completer = QCompleter(self._found, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(10)
        self._list = QListView()
        self._list.setProperty("is", "popup")
        self._completer.setPopup(self._list)
        self.line = Line(self.combo)
        self.line.setPlaceholderText("Type to find")
        self.combo.setLineEdit(self.line)
        self.line.setCompleter(self._completer)
        self.line.textEdited.connect(self._look)
        self.line.editingFinished.connect(self.finished)
        self.combo.activated.connect(lambda _row: self.finished.emit())
        self._completer.activated.connect(self._picked)
        self._inside(self.combo)
        name(self.line, question)

    @override
    def show_value(self, value: Any) -> None:
        """Show the answer's label."""
        words = show(self.question, value)
        if self.line.text() != words:
            self.combo.setCurrentIndex(self.choices.index(value) + 1 if value is not None else 0)
            self.line.setText(words)

    @override
    def read(self) -> Any:
        """The answer that is meant; a part that fits only one is enough."""
        words = self.line.text()
        if not words.strip():
            return None
        wanted = fold(words)
        for choice in self.choices:
            if wanted in (fold(choice.label), choice.value.casefold()):
                return choice
        starts, holds = self._fits(words)
        for fits in (starts, holds):
            if len(fits) == 1:
                return fits[0]
            if fits:
                break
        raise BadAnswer("Choose one of the listed answers.")

    @override
    def words(self) -> tuple[str, ...]:
        """What was typed to find it."""
        return (self.line.text(),)

    @override
    def type_words(self, words: tuple[str, ...]) -> None:
        """Into the line."""
        self.line.setText(words[0])

    def _fits(self, words: str) -> tuple[list[Choice], list[Choice]]:
        wanted = fold(words)
        starts: list[Choice] = []
        holds: list[Choice] = []
        for choice in self.choices:
            label = fold(choice.label)
            if label.startswith(wanted) or choice.value.casefold() == wanted:
                starts.append(choice)
            elif wanted in label:
                holds.append(choice)
        return starts, holds

    def _look(self, words: str) -> None:
        self.typed.emit()
        starts, holds = self._fits(words)
        self._found.setStringList([choice.label for choice in (*starts, *holds)] if words else [])
        if words:
            self._completer.complete()

    def _picked(self, words: str) -> None:
        self.line.setText(words)
        self.finished.emit()


_Takes = Callable[[QWidget, QKeyEvent], bool]
"""Takes a key that was pressed on a control; False leaves it to the control."""


class _ChoiceButton(QPushButton):
    """An answer to press.

    `takes` is asked first about its keys. A filter would be asked about everything that happens
    to it: some ten times for each button of a form, whenever the form comes up.
    """

    def __init__(self, words: str, takes: _Takes, parent: QWidget) -> None:
        super().__init__(words, parent)
        self._takes = takes

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The question first."""
        if not self._takes(self, event):
            super().keyPressEvent(event)


class _ChoiceBox(QCheckBox):
    """An answer to tick; see `_ChoiceButton`."""

    def __init__(self, words: str, takes: _Takes, parent: QWidget) -> None:
        super().__init__(words, parent)
        self._takes = takes

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The question first."""
        if not self._takes(self, event):
            super().keyPressEvent(event)


class YesNoAnswer(AnswerEdit):
    """Yes, no, or why there is neither: one press, or its first letter.

    One stop of the Tab key; the arrows go along the row, Space answers, and pressing the answer
    again or Delete takes it away.
    """

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(question, parent)
        self.choices: tuple[Choice, ...] = question.offered
        row = Flow(self, spacing=dp(4))
        self.buttons: list[QPushButton] = []
        for choice in self.choices:
            button = _ChoiceButton(choice.label, self._take_key, self)
            button.setProperty("is", "choice")
            button.setCheckable(True)
            button.setAccessibleName(f"{question.label}: {choice.label}")
            button.setAccessibleDescription(question.help)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(self._pressed)
            row.addWidget(button)
            self.buttons.append(button)
        self.control = self.buttons[0]
        self.setFocusProxy(self.control)
        self.setAccessibleName(question.label)
        self._one_stop()

    @override
    def show_value(self, value: Any) -> None:
        """Show which one is the answer."""
        for button, choice in zip(self.buttons, self.choices, strict=True):
            button.setChecked(choice is value)
        self._one_stop()

    @override
    def read(self) -> Any:
        """The answer pressed."""
        for button, choice in zip(self.buttons, self.choices, strict=True):
            if button.isChecked():
                return choice
        return None

    def _take_key(self, watched: QWidget, event: QKeyEvent) -> bool:
        """Arrows, first letters and Delete."""
        here = next(i for i, button in enumerate(self.buttons) if button is watched)
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.buttons[(here + step) % len(self.buttons)].setFocus()
            return True
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._answer(None)
            return True
        letter = event.text().casefold()
        if letter.isalpha() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            for button, choice in zip(self.buttons, self.choices, strict=True):
                if choice.label.casefold().startswith(letter) and button is not watched:
                    button.setFocus()
                    self._answer(choice)
                    return True
            if self.choices[here].label.casefold().startswith(letter):
                self._answer(self.choices[here])
                return True
        return False

    def _pressed(self) -> None:
        pressed = self.sender()
        for button in self.buttons:
            if button is not pressed:
                button.setChecked(False)
        self._one_stop()
        self.finished.emit()

    def _answer(self, choice: Choice | None) -> None:
        self.show_value(choice)
        self.finished.emit()

    def _one_stop(self) -> None:
        chosen = next((button for button in self.buttons if button.isChecked()), self.buttons[0])
        for button in self.buttons:
            stop = Qt.FocusPolicy.StrongFocus if button is chosen else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(stop)
        self.setFocusProxy(chosen)


_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}


class ChoicesAnswer(AnswerEdit):
    """Several answers out of a list, each a box to tick.

    One stop of the Tab key; the arrows or a first letter go along the boxes, Space ticks.
    """

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(question, parent)
        self.choices: tuple[Choice, ...] = question.offered
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        columns = 2 if max(len(choice.label) for choice in self.choices) <= 24 else 1
        rows = -(-len(self.choices) // columns)
        self.boxes: list[_ChoiceBox] = []
        for place, choice in enumerate(self.choices):
            box = _ChoiceBox(choice.label, self._take_key, self)
            box.setAccessibleName(f"{question.label}: {choice.label}")
            box.setAccessibleDescription(question.help)
            box.clicked.connect(lambda _checked: self.finished.emit())
            grid.addWidget(box, place % rows, place // rows)
            self.boxes.append(box)
        for box in self.boxes[1:]:
            box.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.control = self.boxes[0]
        self.setFocusProxy(self.control)
        self.setAccessibleName(question.label)

    def _take_key(self, watched: QWidget, event: QKeyEvent) -> bool:
        """Arrows and first letters."""
        here = next(i for i, box in enumerate(self.boxes) if box is watched)
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.boxes[(here + step) % len(self.boxes)].setFocus()
            return True
        letter = event.text().casefold()
        if letter.isalpha() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            for box in (*self.boxes[here + 1 :], *self.boxes[:here]):
                if box.text().casefold().startswith(letter):
                    box.setFocus()
                    return True
        return False

    @override
    def show_value(self, value: Any) -> None:
        """Tick the answers."""
        for box, choice in zip(self.boxes, self.choices, strict=True):
            box.setChecked(choice in (value or ()))

    @override
    def read(self) -> Any:
        """The ticked answers; none ticked is "not asked"."""
        ticked = zip(self.boxes, self.choices, strict=True)
        return tuple(choice for box, choice in ticked if box.isChecked()) or None


def make_edit(question: Question, parent: QWidget) -> AnswerEdit:
    """The control for a question, made where it belongs."""
    match question.kind:
        case Kind.TEXT:
            return TextAnswer(question, parent)
        case Kind.TIME:
            return TimeAnswer(question, parent)
        case Kind.CHOICES:
            return ChoicesAnswer(question, parent)
        case Kind.CHOICE if question.vocabulary is YesNo:
            return YesNoAnswer(question, parent)
        case Kind.CHOICE if len(vocabulary(question)) >= LONG_VOCABULARY:
            return SearchAnswer(question, parent)
        case Kind.CHOICE:
            return ChoiceAnswer(question, parent)
        case _:
            return LineAnswer(question, parent)
