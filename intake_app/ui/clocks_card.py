"""The card of detainer clocks, the most urgent first."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from intake_app.core.custody_clock import ClockReading, ClockState
from intake_app.ui.card_column import CardColumn
from intake_app.ui.clock_words import clock_words, moment
from intake_app.ui.desk_lists import NameButton, listed_as, rule
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, EmptyLine, Pill, QuietButton, Words, dp, empty
from intake_app.workflows.read_desk import ClockRow, clock_of

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
_AT_ONCE = 40
_EMPTY = "No detainer is running. A clock starts here when an intake has a detainer."


class _Line:
    """One row of widgets, and what it takes to tick."""

    def __init__(self, row: ClockRow, letters: bool) -> None:
        self.row = row
        self.name = NameButton(listed_as(row))
        self.person = QWidget()
        down = QVBoxLayout(self.person)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(dp(2))
        down.addWidget(self.name)
        if row.masked:
            down.addWidget(Pill("protected", Tone.PROTECTED))
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
        self.letter.setVisible(letters)

    def show_reading(self, reading: ClockReading, now: datetime) -> None:
        """The times and the pill."""
        waits = (
            "none asked" if reading.state is ClockState.NO_HOLD_REQUESTED else "starts on release"
        )
        _say(self.due, moment(self.row.release_due, "not known yet"), self.row.release_due is None)
        for words, at in (
            (self.form_limit, reading.plain_latest),
            (self.rule_limit, reading.regulation_deadline),
        ):
            _say(words, moment(at, waits), at is None)
        # The year goes without saying while it is this one.
        self.detainer.setText(self.row.detainer_words.removesuffix(f" {now.year}"))
        told = clock_words(reading, now)
        self.pill.say(told.pill, told.tone)
        self.under.setText(told.under)
        self.under.setVisible(bool(told.under))
        self.time.setToolTip("\n".join(reading.notes))


def _say(words: Words, said: str, quiet: bool) -> None:
    words.setText(said)
    words.become("quiet" if quiet else "plain")


class ClocksCard(Card):
    """Each row leads to the case (its name) or to the letter in one step."""

    case_wanted = Signal(int)
    letter_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Detainer clocks", parent)
        self._lines: list[_Line] = []
        self._rows: Sequence[ClockRow] = ()
        self._letters = False
        self._column = CardColumn()
        # With large text on a small screen the times need more room than there is.
        self._column.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.body.addWidget(self._column, 1)
        self.more = QuietButton("", "link")
        self.more.hide()
        self.more.clicked.connect(self._show_all)
        self.head.addWidget(self.more)
        self._fill(())

    def show_clocks(
        self, rows: Sequence[ClockRow], in_all: int, now: datetime, *, letters: bool
    ) -> None:
        """Show the clocks; `letters` whether this member may write one."""
        same = self._looks(rows, letters) == self._looks(self._rows, self._letters)
        self._rows, self._letters, self._now = rows, letters, now
        self.set_title(f"Detainer clocks · {in_all}" if rows else "Detainer clocks")
        self.more.setText(f"Show all {len(rows)}")
        self.more.setVisible(len(rows) > (len(self._lines) if same else _AT_ONCE))
        if same and rows:
            # Only times have changed: the widgets, and the keyboard's place, can stay.
            for line, row in zip(self._lines, rows, strict=False):
                line.row = row
        else:
            self._fill(rows[:_AT_ONCE])
        self._show_readings(now, read=False)

    def tick(self, now: datetime) -> None:
        """Read every clock that is shown at `now`; the file is not touched."""
        self._show_readings(now, read=True)

    @staticmethod
    def _looks(rows: Sequence[ClockRow], letters: bool) -> list[tuple[object, ...]]:
        return [(row.case_id, row.name, row.masked, row.facility, letters) for row in rows]

    def _show_readings(self, now: datetime, *, read: bool) -> None:
        for line in self._lines:
            row = line.row
            reading = clock_of(row.detainer, row.custody, row.zone, now) if read else row.reading
            line.show_reading(reading, now)

    def _show_all(self) -> None:
        self.more.hide()
        self._fill(self._rows)
        self._show_readings(self._now, read=False)

    def _fill(self, rows: Sequence[ClockRow]) -> None:
        empty(self._column.body)
        self._lines = [_Line(row, self._letters) for row in rows]
        if not rows:
            self._column.body.addWidget(EmptyLine(_EMPTY))
            self._column.body.addStretch(1)
            return
        table = QWidget()
        table.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, dp(6), 0)
        grid.setHorizontalSpacing(dp(12))
        grid.setVerticalSpacing(dp(7))
        for column, (head, stretch) in enumerate(zip(HEADS, _STRETCH, strict=True)):
            words = Words(head, "column", wrap=True)
            words.setContentsMargins(0 if column else dp(5), 0, 0, 0)
            grid.addWidget(words, 0, column, Qt.AlignmentFlag.AlignBottom)
            grid.setColumnStretch(column, stretch)
        grid.addWidget(rule(), 1, 0, 1, len(HEADS))
        for number, line in enumerate(self._lines):
            at = 2 + 2 * number
            cells = (
                line.person,
                line.facility,
                line.detainer,
                line.due,
                line.form_limit,
                line.rule_limit,
                line.time,
                line.letter,
            )
            for column, cell in enumerate(cells):
                grid.addWidget(cell, at, column, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(rule(), at + 1, 0, 1, len(HEADS))
            line.name.clicked.connect(partial(self._open, line.row.case_id))
            line.letter.clicked.connect(partial(self._write, line.row.case_id))
        self._column.body.addWidget(table)
        self._column.body.addStretch(1)

    def _open(self, case_id: int, _checked: bool = False) -> None:
        self.case_wanted.emit(case_id)

    def _write(self, case_id: int, _checked: bool = False) -> None:
        self.letter_wanted.emit(case_id)
