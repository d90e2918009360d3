"""The card of detainer clocks, the most urgent first."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.case_clock import urgency
from intake_app.core.custody_clock import ClockReading, ClockState
from intake_app.ui.card_column import CardColumn
from intake_app.ui.clock_words import clock_words, moment
from intake_app.ui.desk_lists import NameButton, listed_as, rule
from intake_app.ui.theme import Tone
from intake_app.ui.turns import Turns
from intake_app.ui.widgets import (
    Card,
    EmptyLine,
    Pill,
    QuietButton,
    Words,
    announce,
    dp,
)
from intake_app.workflows.read_desk import ClockRow

HEADS = (
    "Person",
    "Held at",
    "Detainer",
    "Release due",
    "Form limit (48 h)",
    "Regulation limit",
    "Time",
    "",
)
_STRETCH = (23, 19, 14, 14, 14, 14, 18, 0)
_DETAINER = 2
_AT_ONCE = 40
_A_TURN = 5
"""Rows of widgets made at a time: what fits the card first, the others while nobody waits."""

_NARROW = 760
"""Below this width, at 100 %, the column of the paper is left out."""

_EMPTY = "No detainer is running. A clock starts here when an intake has a detainer."


class _Line:
    """One row of widgets; it stays as long as the row looks the same."""

    def __init__(self, row: ClockRow, letters: bool) -> None:
        self.row = row
        self._told: tuple[object, ...] = ()
        self.name = NameButton(listed_as(row))
        self.person = QWidget()
        down = QVBoxLayout(self.person)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(dp(2))
        down.addWidget(self.name)
        if row.masked:
            # A link has room around its words for the ring of the keyboard.
            mark = QHBoxLayout()
            mark.setContentsMargins(dp(5), 0, 0, 0)
            mark.addWidget(Pill("protected", Tone.PROTECTED))
            mark.addStretch(1)
            down.addLayout(mark)
        self.facility = Words(row.facility or "not known", wrap=True)
        self.detainer = Words("", wrap=True)
        self.due = Words("", wrap=True)
        self.form_limit = Words("", wrap=True)
        self.rule_limit = Words("", wrap=True)
        self.pill = Pill()
        self.under = Words("", "help", wrap=True)
        self.time = QWidget()
        down = QVBoxLayout(self.time)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(dp(2))
        down.addWidget(self.pill)
        down.addWidget(self.under)
        self.letter = QuietButton("Letter", "small")
        self.letter.setAccessibleName(f"Letter for {listed_as(row)}")
        if not letters:
            # Only ever hidden here: shown before it has a place it would be a window of its own.
            self.letter.hide()
        self.cells = (
            *(self.person, self.facility, self.detainer, self.due, self.form_limit),
            *(self.rule_limit, self.time, self.letter),
        )
        self.below = rule()

    def show_reading(self, reading: ClockReading | None, now: datetime) -> None:
        """The times, the pill, and the same in one sentence for a screen reader."""
        if (self.row, reading, now) == self._told:
            return
        self._told = (self.row, reading, now)
        no_hold = reading is not None and reading.state is ClockState.NO_HOLD_REQUESTED
        waits = "none asked" if no_hold else "starts on release"
        _say(self.due, moment(self.row.release_due, "not known yet"), self.row.release_due is None)
        for words, at in (
            (self.form_limit, reading.plain_latest if reading else None),
            (self.rule_limit, reading.regulation_deadline if reading else None),
        ):
            _say(words, moment(at, waits if reading else "not known"), at is None)
        # The year goes without saying while it is this one.
        self.detainer.setText(self.row.detainer_words.removesuffix(f" {now.year}"))
        told = clock_words(reading, now)
        self.pill.say(told.pill, told.tone)
        self.pill.setAccessibleName(told.spoken)
        self.under.setText(told.under)
        _show(self.under, bool(told.under))
        self.time.setToolTip("\n".join(reading.notes) if reading else "")
        # The description, not the name: a reader says it when the row is reached, and does not
        # begin anew with each tick.
        self.name.setAccessibleDescription(row_sentence(self.row, reading, now))

    def delete(self) -> None:
        """Take its widgets away."""
        for widget in (*self.cells, self.below):
            widget.hide()
            widget.deleteLater()


def row_sentence(row: ClockRow, reading: ClockReading | None, now: datetime) -> str:
    """A row as one sentence: "Case 2026-0117, held at …, 3 hours 2 minutes over …"."""
    who = f"Case {row.number}" if row.masked or not row.name else f"Case {row.number}, {row.name}"
    where = f"held at {row.facility}" if row.facility else "place of custody not known"
    return f"{who}, {where}, {clock_words(reading, now).spoken}."


def _say(words: Words, said: str, quiet: bool) -> None:
    words.setText(said)
    words.become("quiet" if quiet else "plain")


def _put_away(widget: QWidget) -> bool:
    """Whether it was hidden on purpose; one that is new comes up with what it stands in."""
    told = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
    return widget.isHidden() and widget.testAttribute(told)


def _show(widget: QWidget, shown: bool) -> None:
    if not shown:
        widget.hide()
    elif _put_away(widget):
        widget.show()


class ClocksCard(Card):
    """Each row leads to the case (its name) or to the letter in one step."""

    case_wanted = Signal(int)
    letter_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Detainer clocks", parent)
        self._lines: list[_Line] = []
        self._rows: list[ClockRow] = []
        self._readings: dict[int, ClockReading | None] = {}
        self._letters = self._narrow = False
        self._at_once = _AT_ONCE
        self._column = CardColumn()
        # With large text on a small screen the times need more room than there is.
        self._column.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.body.addWidget(self._column, 1)
        self._nothing = EmptyLine(_EMPTY)
        self._table = QWidget()
        self._table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._grid = grid = QGridLayout(self._table)
        grid.setContentsMargins(0, 0, dp(6), 0)
        grid.setHorizontalSpacing(dp(12))
        grid.setVerticalSpacing(dp(7))
        self._heads = [Words(head, "column", wrap=True) for head in HEADS]
        for column, (words, stretch) in enumerate(zip(self._heads, _STRETCH, strict=True)):
            words.setContentsMargins(0 if column else dp(5), 0, 0, 0)
            grid.addWidget(words, 0, column, Qt.AlignmentFlag.AlignBottom)
            grid.setColumnStretch(column, stretch)
        grid.addWidget(rule(), 1, 0, 1, len(HEADS))
        self._column.body.addWidget(self._nothing)
        self._column.body.addWidget(self._table)
        self._column.body.addStretch(1)
        self.summary = Words("", "quiet")
        self.head.addWidget(self.summary)
        self.more = QuietButton("", "link")
        self.more.hide()
        self.more.clicked.connect(self._show_all)
        self.head.addWidget(self.more)
        self._lay_out([])

    def show_clocks(
        self, rows: Sequence[ClockRow], in_all: int, now: datetime, *, letters: bool
    ) -> None:
        """Show the clocks; `letters` whether this member may write one."""
        self._rows, self._letters, self._now = list(rows), letters, now
        self._readings = {row.case_id: row.reading for row in rows}
        self.set_title(f"Detainer clocks · {in_all}" if rows else "Detainer clocks")
        self._show()

    def tick(self, now: datetime) -> None:
        """Read every clock at `now` and put them in order; the file is not touched."""
        before, self._now = self._readings, now
        self._readings = {row.case_id: row.read(now) for row in self._rows}
        self._rows.sort(key=lambda row: urgency(self._readings[row.case_id]))
        self._show()
        for row in self._rows:
            reading = self._readings[row.case_id]
            if _passed(reading) > _passed(before.get(row.case_id)):
                announce(self, row_sentence(row, reading, now))

    @property
    def order(self) -> list[int]:
        """The cases shown, from top to bottom."""
        return [line.row.case_id for line in self._lines]

    def _show(self) -> None:
        shown = self._rows[: self._at_once]
        self.more.setText(f"Show all {len(self._rows)}")
        self.more.setVisible(len(self._rows) > len(shown))
        known = {_look(line.row): line for line in self._lines}
        lines: list[_Line] = []
        made: list[_Line] = []
        for row in shown:
            line = known.pop(_look(row), None)
            if line is None and len(made) < _A_TURN:
                line = self._made(row)
                made.append(line)
            elif line is None:
                Turns.of_the_window().soon(self, self._show_more)
                continue
            line.row = row
            lines.append(line)
        if lines != self._lines:
            for gone in known.values():
                gone.delete()
            self._lay_out(lines)
        for line in lines:
            line.show_reading(self._readings[line.row.case_id], self._now)
            _show(line.letter, self._letters)
            _show(line.detainer, not self._narrow)
        self._column.make_room(*(cell for line in made for cell in line.cells))
        self.summary.setText(summary(list(self._readings.values())))

    def _show_more(self) -> bool:
        self._show()
        return False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the paper gives way to names and times."""
        super().resizeEvent(event)
        narrow = self.width() < dp(_NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            for widget in (self._heads[_DETAINER], *(line.detainer for line in self._lines)):
                widget.setVisible(not narrow)
            self._grid.setColumnStretch(_DETAINER, 0 if narrow else _STRETCH[_DETAINER])

    def _made(self, row: ClockRow) -> _Line:
        line = _Line(row, self._letters)
        line.name.clicked.connect(partial(self._open, row.case_id))
        line.letter.clicked.connect(partial(self._write, row.case_id))
        return line

    def _show_all(self) -> None:
        self._at_once = len(self._rows)
        self._show()

    def _lay_out(self, lines: list[_Line]) -> None:
        """Put the rows in their places; the widgets, and the keyboard in them, stay."""
        pairs = zip(self._lines, lines, strict=False)
        same = next((at for at, (old, new) in enumerate(pairs) if old is not new), len(self._lines))
        for line in self._lines[same:]:
            for widget in (*line.cells, line.below):
                self._grid.removeWidget(widget)
        # Else the whole table would be laid out once for each widget that is shown.
        self._grid.setEnabled(False)
        for number, line in enumerate(lines[same:], same):
            at = 2 + 2 * number
            for column, cell in enumerate(line.cells):
                self._grid.addWidget(cell, at, column, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(line.below, at + 1, 0, 1, len(HEADS))
        for line in lines[same:]:
            for cell in (*line.cells, line.below):
                if not _put_away(cell):
                    cell.show()
        self._grid.setEnabled(True)
        self._grid.invalidate()
        self._lines = lines
        self._table.setVisible(bool(lines))
        self._nothing.setVisible(not lines)

    def _open(self, case_id: int, _checked: bool = False) -> None:
        self.case_wanted.emit(case_id)

    def _write(self, case_id: int, _checked: bool = False) -> None:
        self.letter_wanted.emit(case_id)


def summary(readings: Sequence[ClockReading | None]) -> str:
    """ "3 over · 2 past 48 h": the limits that have passed already, in a word."""
    over = sum(1 for reading in readings if _passed(reading) == 2)
    plain = sum(1 for reading in readings if _passed(reading) == 1)
    said = [f"{over} over"] if over else []
    if plain:
        said.append(f"{plain} past 48 h")
    return " · ".join(said)


def _passed(reading: ClockReading | None) -> int:
    """How many limits have passed: 0, the plain 48 hours (1), or every reading (2)."""
    if reading is None or reading.ended is not None:
        return 0
    if reading.hours_over:
        return 2
    return int(reading.state is ClockState.PLAIN_PAST_REG_RUNNING)


def _look(row: ClockRow) -> tuple[object, ...]:
    return (row.case_id, row.name, row.masked, row.facility)
