"""The short lists of the desk: one line for each case, which leads to it in one step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from intake_app.ui.card_column import CardColumn
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, ElidedWords, EmptyLine, Pill, QuietButton, dp, empty


class Listed(Protocol):
    """Any line of a list that stands for a person."""

    @property
    def case_id(self) -> int: ...
    @property
    def number(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def masked(self) -> bool: ...


@dataclass(frozen=True)
class Said:
    """What stands beside a name: quiet words, and a pill before it (none without words)."""

    words: str
    pill: str = ""
    tone: Tone = Tone.PLAIN


R = TypeVar("R", bound=Listed)


def listed_as(row: Listed) -> str:
    """What a list shows of a person: her name, or the case's number where she is protected."""
    return f"Case {row.number}" if row.masked or not row.name else row.name


class NameButton(QuietButton):
    """A name that opens what it names; cut with … where there is no room.

    spoken: what a screen reader says instead of "Open the case: …".
    """

    def __init__(self, name: str, spoken: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, "link", parent)
        self._whole = name
        self.setAccessibleName(spoken or f"Open the case: {name}")
        self.setStyleSheet("text-align: left;")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        """As wide as the whole name."""
        wide = self.fontMetrics().horizontalAdvance(self._whole) + dp(14)
        return QSize(wide, super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        """A few letters at least."""
        return QSize(dp(90), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the name anew."""
        super().resizeEvent(event)
        shown = self.fontMetrics().elidedText(
            self._whole, Qt.TextElideMode.ElideRight, self.width() - dp(12)
        )
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


def rule() -> QFrame:
    """A thin line between rows."""
    line = QFrame()
    line.setProperty("is", "rule")
    return line


class LineList(Card):
    """A card of lines; `opened` brings the number of the case of the line that was chosen."""

    opened = Signal(int)

    def __init__(self, title: str, empty_words: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._empty_words = empty_words
        self._lines = CardColumn()
        self.body.addWidget(self._lines, 1)
        self._say_empty()

    def show_lines(self, rows: Sequence[R], say: Callable[[R], Said]) -> None:
        """Show `rows`; `say` tells what stands beside each."""
        empty(self._lines.body)
        if not rows:
            self._say_empty()
            return
        table = QWidget()
        table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, dp(4), 0)
        grid.setHorizontalSpacing(dp(8))
        grid.setVerticalSpacing(dp(5))
        told = [say(row) for row in rows]
        # A column nobody fills would still take its spacing.
        pills = int(any(said.pill for said in told))
        person, words = pills, pills + 1
        grid.setColumnStretch(person, 5)
        grid.setColumnStretch(words, 7)
        for number, (row, said) in enumerate(zip(rows, told, strict=True)):
            at = 2 * number
            if said.pill:
                grid.addWidget(Pill(said.pill, said.tone), at, 0)
            name = NameButton(listed_as(row))
            name.clicked.connect(partial(self._open, row.case_id))
            who = QHBoxLayout()
            who.addWidget(name, 1)
            if row.masked:
                who.addWidget(Pill("protected", Tone.PROTECTED))
            grid.addLayout(who, at, person)
            grid.addWidget(ElidedWords(said.words, "quiet"), at, words)
            grid.addWidget(rule(), at + 1, 0, 1, words + 1)
        self._lines.body.addWidget(table)
        self._lines.body.addStretch(1)

    def _say_empty(self) -> None:
        self._lines.body.addWidget(EmptyLine(self._empty_words))
        self._lines.body.addStretch(1)

    def _open(self, case_id: int, _checked: bool = False) -> None:
        self.opened.emit(case_id)
