"""One control for every kind of answer.

An `AnswerEdit` shows a value, keeps whatever is typed, and says `finished` when an edit is over
(Enter, the keyboard went elsewhere, a choice was made). `read` gives the typed value or raises
`BadAnswer`; the words stay as they are. Controls that choose are in `choice_edits.py`.
"""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)
from typing_extensions import override

from intake_app.core.answers import parse, show
from intake_app.core.fields import Kind, Question
from intake_app.core.vocabulary import Zone
from intake_app.ui.line import Line
from intake_app.ui.long_field import LongField
from intake_app.ui.widgets import dp

_HINTS = {
    Kind.DATE: "2026-11-20",
    Kind.PARTIAL_DATE: "2026-11-20, 2026-11 or 2026",
    Kind.TIME: "2026-11-20 09:10",
    Kind.MONEY: "$",
}
_WIDTHS = {
    Kind.NUMBER: 90,
    Kind.MONEY: 150,
    Kind.DATE: 220,
    Kind.PARTIAL_DATE: 240,
    Kind.PHONE: 260,
}


class AnswerEdit(QWidget):
    """The control of one question. `control` is what takes the keyboard and the label."""

    finished = Signal()
    """The edit is over; whether the answer is another one is for the owner to find out."""

    typed = Signal()
    """The words changed and the edit is not over yet."""

    control: QWidget
    drafts = False
    """Whether half-typed words are worth saving: for text."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        self.zone = Zone.EASTERN.value

    def show_value(self, value: Any) -> None:
        """Show a value (None empties the control), as a saved answer, without any signal."""
        raise NotImplementedError

    def read(self) -> Any:
        """The typed answer; raise `BadAnswer` with a sentence where it can't be read."""
        raise NotImplementedError

    def words(self) -> tuple[str, ...]:
        """What stands in the control, readable or not, for `type_words`; none for a choice."""
        return ()

    def type_words(self, words: tuple[str, ...]) -> None:
        """Put in what `words` gave, as if it was typed."""

    def _inside(self, control: QWidget, *more: QWidget) -> None:
        self.control = control
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(dp(6))
        row.addWidget(control, 1)
        for widget in more:
            row.addWidget(widget)
        if wide := _WIDTHS.get(self.question.kind):
            control.setMaximumWidth(dp(wide))
            row.addStretch()
        self.setFocusProxy(control)
        name(control, self.question)


def name(control: QWidget, question: Question) -> None:
    """Tell screen readers what a control asks, and the help that stands below it."""
    control.setAccessibleName(question.label)
    control.setAccessibleDescription(question.help)


class LineAnswer(AnswerEdit):
    """A line: text, a telephone number, a date, an amount, a number."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(question, parent)
        self.drafts = question.kind in (Kind.LINE, Kind.PHONE)
        self.line = Line(self)
        self.line.setPlaceholderText(_HINTS.get(question.kind, ""))
        self.line.textEdited.connect(lambda _text: self.typed.emit())
        self.line.editingFinished.connect(self.finished)
        self._inside(self.line)

    @override
    def show_value(self, value: Any) -> None:
        """Show the answer as people read it."""
        words = show(self.question, value)
        # Setting the same words again would move the cursor under the typing hand.
        if self.line.text() != words:
            self.line.setText(words)

    @override
    def read(self) -> Any:
        """What the line says."""
        return parse(self.question, self.line.text(), self.zone)

    @override
    def words(self) -> tuple[str, ...]:
        """The line."""
        return (self.line.text(),)

    @override
    def type_words(self, words: tuple[str, ...]) -> None:
        """Into the line."""
        self.line.setText(words[0])


class _Pages(LongField):
    """Long text; says when the keyboard has left it."""

    left = Signal()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The edit is over; a menu of this very field is no leaving."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class TextAnswer(AnswerEdit):
    """Long text."""

    drafts = True

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(question, parent)
        self.text = _Pages(self)
        self._showing = False
        self.text.textChanged.connect(self._changed)
        self.text.left.connect(self.finished)
        self._inside(self.text)

    @override
    def show_value(self, value: Any) -> None:
        """Show the text, leaving the cursor where it is if it is the same."""
        words = show(self.question, value)
        if self.text.toPlainText() == words:
            return
        self._showing = True
        self.text.setPlainText(words)
        self._showing = False

    @override
    def read(self) -> Any:
        """What the field says."""
        return parse(self.question, self.text.toPlainText())

    @override
    def words(self) -> tuple[str, ...]:
        """The text."""
        return (self.text.toPlainText(),)

    @override
    def type_words(self, words: tuple[str, ...]) -> None:
        """Into the field."""
        self.text.setPlainText(words[0])

    def _changed(self) -> None:
        if not self._showing:
            self.typed.emit()


class StillCombo(QComboBox):
    """A list that the wheel passes by, and that opens on the arrow keys.

    Scrolling a form must not change an answer, and neither must looking for one.
    """

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Letters typed in this list a moment ago, for another row, do not count any more."""
        super().focusInEvent(event)
        self.view().keyboardSearch("")

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the column scroll instead."""
        event.ignore()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Up open the list; Delete takes the answer away."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not self.isEditable():
            self.showPopup()
            return
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self.isEditable():
            self.setCurrentIndex(0)
            self.activated.emit(0)
            return
        super().keyPressEvent(event)


class _TimeLine(QLineEdit):
    """Alt+Down goes to the list of time zones."""

    zone_wanted = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() == Qt.Key.Key_Down:
            self.zone_wanted.emit()
            return
        super().keyPressEvent(event)


class TimeAnswer(AnswerEdit):
    """A date and a time of day, with the zone whose clocks are meant."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(question, parent)
        self.line = _TimeLine(self)
        self.line.setPlaceholderText(_HINTS[Kind.TIME])
        self.where = StillCombo(self)
        self.where.setAccessibleName(f"{question.label}: time zone")
        # Nearly always the facility's own: no stop on the way, but Alt+Down opens it.
        self.where.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.where.setToolTip("Another time zone: Alt+Down")
        self.line.zone_wanted.connect(self._open_zones)
        for zone in Zone:
            self.where.addItem(zone.label, zone.value)
        self._value: Any = None
        self._as_shown = ("", "")
        self.line.textEdited.connect(lambda _text: self.typed.emit())
        self.line.editingFinished.connect(self.finished)
        self.where.activated.connect(self._zone_picked)
        self._inside(self.line, self.where)

    @override
    def show_value(self, value: Any) -> None:
        """Show the wall time there; the zone's list stands at the facility's for an empty one."""
        zone = getattr(getattr(value, "tzinfo", None), "key", None) or self.zone
        if self.where.findData(zone) < 0:
            self.where.addItem(zone.rpartition("/")[2].replace("_", " "), zone)
        self.where.setCurrentIndex(self.where.findData(zone))
        words = f"{value:%a} {value.day} {value:%b %Y %H:%M}" if value is not None else ""
        if self.line.text() != words:
            self.line.setText(words)
        self._value, self._as_shown = value, (words, zone)

    @override
    def read(self) -> Any:
        """The moment; what was not touched keeps even the hour that happens twice."""
        zone = str(self.where.currentData())
        if (self.line.text(), zone) == self._as_shown:
            return self._value
        return parse(self.question, self.line.text(), zone)

    @override
    def words(self) -> tuple[str, ...]:
        """The line and the zone."""
        return (self.line.text(), str(self.where.currentData()))

    @override
    def type_words(self, words: tuple[str, ...]) -> None:
        """Into the line and the list."""
        self.line.setText(words[0])
        self.where.setCurrentIndex(max(self.where.findData(words[1]), 0))

    def _open_zones(self) -> None:
        self.where.setFocus()
        self.where.showPopup()

    def _zone_picked(self) -> None:
        if self.line.text().strip():
            self.finished.emit()
