"""The short lists of the desk: one line for each case, which leads to it in one step."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, Protocol, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from intake_app.ui.card_column import CardColumn
from intake_app.ui.theme import Tone
from intake_app.ui.turns import Turns
from intake_app.ui.widgets import (
    Card,
    ElidedWords,
    EmptyLine,
    Pill,
    QuietButton,
    Words,
    dp,
    empty,
)

AT_FIRST = 20
"""So many lines are shown until somebody wants all of them."""

AT_ONCE = 5
"""So many lines are made at a time, from the top; keys and clicks go in between."""


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
    """What stands beside a name: words, and a pill before it (none without words).

    beside: a few quiet words after the name. tick: what a screen reader calls the box that ticks
    the line off; no box without it.
    """

    words: str
    pill: str = ""
    tone: Tone = Tone.PLAIN
    beside: str = ""
    tick: str = ""


R = TypeVar("R", bound=Listed)


def listed_as(row: Listed) -> str:
    """What a list shows of a person: her name, or the case's number where she is protected."""
    return f"Case {row.number}" if row.masked or not row.name else row.name


_SEEN = 200
"""More letters of a name do not fit into one line of a card."""


class NameButton(QuietButton):
    """A name that opens what it names; cut with … where there is no room.

    spoken: what a screen reader says instead of "Open the case: …".
    """

    def __init__(self, name: str, spoken: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", "link", parent)
        self._whole = name
        self.setText(self._head)
        self.setAccessibleName(spoken or f"Open the case: {name}")
        self.setProperty("at", "left")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def rename(self, name: str) -> None:
        """Show another name; what a screen reader says stays."""
        if name != self._whole:
            self._whole = name
            self._cut()

    @property
    def _head(self) -> str:
        """All that is ever measured: of a whole paragraph only the first words, at each width."""
        return self._whole if len(self._whole) <= _SEEN else f"{self._whole[:_SEEN]}…"

    @override
    def sizeHint(self) -> QSize:
        """As wide as the whole name."""
        wide = self.fontMetrics().horizontalAdvance(self._head) + dp(14)
        return QSize(wide, super().sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        """A few letters at least."""
        return QSize(dp(90), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the name anew."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        shown = self.fontMetrics().elidedText(
            self._head, Qt.TextElideMode.ElideRight, self.width() - dp(12)
        )
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


def rule(parent: QWidget | None = None) -> QFrame:
    """A thin line between rows."""
    line = QFrame(parent)
    line.setProperty("is", "rule")
    return line


class LineList(Card):
    """A card of lines; `opened` brings the number of the case of the line that was chosen.

    stacked: for a narrow card, with two lines of words for each. first: which of them leads, the
    name or the words.
    """

    opened = Signal(int)

    picked = Signal(object)
    """As `opened`, with the row itself."""

    ticked = Signal(object)
    """A line was ticked off: the row it stands for."""

    def __init__(
        self,
        title: str,
        empty_words: str,
        parent: QWidget | None = None,
        *,
        stacked: bool = False,
        first: Literal["name", "words"] = "name",
    ) -> None:
        super().__init__(title, parent)
        self._empty_words = empty_words
        self._stacked, self._name_first = stacked, first == "name"
        self._lines = CardColumn()
        self._ticks: list[QCheckBox] = []
        self._shown: list[object] = []
        self._coming: list[tuple[Listed, Said]] = []
        self._most = AT_FIRST
        self._again: Callable[[], None] = self._say_empty
        self.more = QuietButton("", "link", self)
        self.more.clicked.connect(self._show_all)
        self.more.hide()
        self.head.addWidget(self.more)
        self._grid: QGridLayout | None = None
        # Nothing is said before the first rows came: “nothing waits” would not be true yet.
        self.body.addWidget(self._lines, 1)

    def show_lines(self, rows: Sequence[R], say: Callable[[R], Said]) -> None:
        """Show `rows`; `say` tells what stands beside each. Of many the first stand there."""
        self._again = partial(self.show_lines, rows, say)
        told = [say(row) for row in rows]
        shown: list[object] = [*rows, *told]
        if shown and shown == self._shown:
            return
        self._shown = shown
        has_keyboard = self.focusWidget()
        ticked = next((at for at, box in enumerate(self._ticks) if box is has_keyboard), None)
        empty(self._lines.body)
        self._ticks = []
        self._coming = [*zip(rows[: self._most], told[: self._most], strict=True)]
        self.more.setText(f"Show all {len(rows)}")
        self.more.setVisible(len(rows) > self._most)
        if not rows:
            self._say_empty()
            return
        # A column nobody fills would still take its spacing.
        self._tick_columns = int(any(said.tick for said in told))
        pills = any(said.pill for said in told) and not self._stacked
        self._who_column = self._tick_columns + int(pills)
        self._grid = None
        self._lines.body.addStretch(1)
        self._make(max(AT_ONCE, ticked + 1 if ticked is not None else 0))
        if ticked is not None and self._ticks:
            # The line that had the keyboard is gone; the next one takes it, once it is there.
            self._table.show()
            self._ticks[min(ticked, len(self._ticks) - 1)].setFocus()
        Turns.of_the_window().soon(self, self._make_some)

    def _show_all(self, _checked: bool = False) -> None:
        self._most, self._shown = sys.maxsize, []
        self._again()

    def _next_table(self) -> QGridLayout:
        # Made where it belongs: Qt looks at the style of all that is moved.
        self._table = table = QWidget(self._lines.body.parentWidget())
        table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        grid = QGridLayout(table)
        grid.setContentsMargins(0, dp(5) if self._grid is not None else 0, dp(4), 0)
        grid.setHorizontalSpacing(dp(8))
        grid.setVerticalSpacing(dp(5))
        grid.setColumnStretch(self._who_column, 5)
        grid.setColumnStretch(self._who_column + 1, 0 if self._stacked else 7)
        self._lines.body.insertWidget(self._lines.body.count() - 1, table)
        return grid

    def _make_some(self) -> bool:
        if self._coming:
            self._make(AT_ONCE)
            return True
        # Once more, a turn after the last line: the card may have got its width only now.
        self._lines.make_room()
        return False

    def _make(self, count: int) -> None:
        if self._grid is None or self._stacked:
            # Broken words make a long table slow: these stand in short ones below each other.
            self._grid = self._next_table()
        now, self._coming = self._coming[:count], self._coming[count:]
        for row, said in now:
            self._make_line(self._grid, row, said)
        self._lines.make_room(self._table)

    def _make_line(self, grid: QGridLayout, row: Listed, said: Said) -> None:
        at, who = grid.rowCount(), self._who_column
        top = Qt.AlignmentFlag.AlignTop if self._stacked else Qt.AlignmentFlag.AlignVCenter
        if said.tick:
            grid.addWidget(self._tick(row, said), at, 0, top)
        if said.pill and not self._stacked:
            grid.addWidget(Pill(said.pill, said.tone), at, self._tick_columns)
        if self._stacked:
            grid.addLayout(self._both(row, said), at, who)
        else:
            grid.addLayout(self._who(row), at, who)
            grid.addWidget(ElidedWords(said.words, "quiet"), at, who + 1)
        grid.addWidget(rule(), at + 1, 0, 1, who + 2)

    def _both(self, row: Listed, said: Said) -> QVBoxLayout:
        down = QVBoxLayout()
        down.setSpacing(dp(1))
        words = Words(said.words, "quiet" if self._name_first else "plain", wrap=True)
        # A link has room around its words for the ring of the keyboard.
        words.setContentsMargins(dp(5), 0, 0, 0)
        who = self._who(row)
        if said.pill:
            who.insertSpacing(0, dp(5))
            who.insertWidget(1, Pill(said.pill, said.tone))
        if said.beside:
            who.addWidget(Words(said.beside, "help"))
        parts: tuple[QWidget | QHBoxLayout, ...] = (
            (who, words) if self._name_first else (words, who)
        )
        for part in parts:
            if isinstance(part, QWidget):
                down.addWidget(part)
            else:
                down.addLayout(part)
        return down

    def _who(self, row: Listed) -> QHBoxLayout:
        name = NameButton(listed_as(row))
        name.clicked.connect(partial(self._open, row))
        who = QHBoxLayout()
        who.addWidget(name, 1)
        if row.masked:
            who.addWidget(Pill("protected", Tone.PROTECTED))
        return who

    def _tick(self, row: Listed, said: Said) -> QCheckBox:
        box = QCheckBox()
        box.setAccessibleName(said.tick)
        box.setToolTip("Done")
        box.setFixedWidth(dp(24))
        box.clicked.connect(partial(self._tick_off, row))
        self._ticks.append(box)
        return box

    def _say_empty(self) -> None:
        self._lines.body.addWidget(EmptyLine(self._empty_words))
        self._lines.body.addStretch(1)

    def _open(self, row: Listed, _checked: bool = False) -> None:
        self.opened.emit(row.case_id)
        self.picked.emit(row)

    def _tick_off(self, row: Listed, _checked: bool = False) -> None:
        self.ticked.emit(row)
