"""The desk: whose time runs out, what to do now, which intakes wait to be finished."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from textwrap import shorten
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.casefile import ToDo
from intake_app.core.errors import AppError
from intake_app.core.roles import Act, Role, may
from intake_app.store.cases import Saved
from intake_app.store.office import Office
from intake_app.ui.clocks_card import ClocksCard
from intake_app.ui.desk_lists import LineList, Said, listed_as
from intake_app.ui.due_words import due_words
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock, Page
from intake_app.ui.show_letter import ShowLetter
from intake_app.ui.theme import Tone
from intake_app.ui.turns import Turns
from intake_app.ui.widgets import Column, Heading, InlineMessage, QuietButton, dp
from intake_app.workflows.read_desk import Desk, ToDoRow, UnfinishedRow, read_desk
from intake_app.workflows.read_letters import LetterRow, Place
from intake_app.workflows.save_case import save_answer

TICK_SECONDS = 30

_WIDE = 900
"""From this width on, at 100 %, there is room for three lists beside each other."""

_SAID_OF_IT = 60
"""Letters of a to-do that is ticked off: enough to know it again."""

_NOTHING_TO_DO = (
    "Nothing is to be done. Citizenship claims and children left alone stand here, and what you "
    "write down in a case (Ctrl+T there)."
)
_LETTERS = "Letters waiting for an attorney"
_NO_LETTERS = (
    "No letter waits for an attorney. “Ask an attorney to approve” beside a letter puts it here."
)


class DeskPage(Page):
    """The first page of everybody who works on cases.

    The clocks tick without the file: each row has what its clock is read from.
    """

    key = "desk"
    words = "Desk"
    icon = "desk"
    needs = Act.READ_CASES

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(jobs, clock, parent)
        self._office: Office | None = None
        self._zone = ZoneInfo("UTC")
        self._asked = 0
        self._read_on: date | None = None
        self._last_done: ToDoRow | None = None
        self.day = Heading("", 1)
        self.message = InlineMessage()
        self.clocks = ClocksCard()
        self.to_do = LineList("To do", _NOTHING_TO_DO, stacked=True, first="words")
        self.done = InlineMessage()
        self.to_do.body.insertWidget(0, self.done)
        # Of the page from the first: shown without one it would come up as a window of its own.
        self.letters = LineList(_LETTERS, _NO_LETTERS, self, stacked=True, first="words")
        self.late = QuietButton("", "link")
        self.late.setProperty("at", "left")
        self.late.clicked.connect(self._ask_for_late)
        self.late.hide()
        self.letters.body.addWidget(self.late)
        self.unfinished = LineList(
            "Unfinished intakes",
            "No intake waits to be finished. Ctrl+N starts a new one.",
            stacked=True,
        )
        self._lists = QGridLayout()
        self._lists.setSpacing(dp(16))
        self._columns = 0
        # Each card scrolls by itself; with large text on a small screen the page does too.
        self.clocks.setMinimumHeight(dp(250))
        for card in (self.to_do, self.letters, self.unfinished):
            card.setMinimumHeight(dp(140))
        column = Column()
        column.body.setContentsMargins(dp(18), dp(18), dp(18), dp(18))
        column.body.setSpacing(dp(16))
        column.body.addWidget(self.day)
        column.body.addWidget(self.message)
        column.body.addWidget(self.clocks, 5)
        column.body.addLayout(self._lists, 4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(column)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_SECONDS * 1000)
        self._timer.timeout.connect(self.tick)
        self.message.acted.connect(self._read)
        self.clocks.case_wanted.connect(partial(self._ask_for, "case"))
        self.clocks.letter_wanted.connect(partial(self._ask_for, "letter"))
        self.to_do.opened.connect(partial(self._ask_for, "case"))
        self.unfinished.opened.connect(partial(self._ask_for, "case"))
        self.letters.picked.connect(self._open_letter)
        self.to_do.ticked.connect(self._tick_off)
        self.done.acted.connect(self._undo)
        self._arrange()

    @override
    def show_for(self, office: Office, what: object = None) -> None:
        """Read the desk anew and let the clocks tick."""
        self._office = office
        self._zone = ZoneInfo(office.profile.zone)
        self._read()
        self._timer.start()

    @override
    def leave(self) -> None:
        """Let the clocks stand."""
        self._timer.stop()
        self.done.clear()

    def tick(self) -> None:
        """Show the clocks as they stand now, without reading the file."""
        now = self.clock()
        self.clocks.tick(now)
        if self._today(now) != self._read_on:
            # What was due tomorrow is due today.
            self._read()
        self._say_day(now)

    def _read(self) -> None:
        if self._office is None:
            return
        self._asked += 1
        now = self.clock()
        self._say_day(now)
        self._read_on = self._today(now)
        role = self._office.member.role
        self.jobs.run(
            partial(read_desk, self._office, now),
            partial(self._show, self._asked, role),
            self._could_not,
        )

    def _show(self, asked: int, role: Role, desk: Desk) -> None:
        if asked != self._asked:
            return
        self.message.clear()
        # One card at a time: all at once would keep a key press waiting.
        Turns.of_the_window().in_pieces(self, self._filled(role, desk))

    def _filled(self, role: Role, desk: Desk) -> Iterator[bool]:
        self.clocks.show_clocks(
            desk.clocks, desk.clocks_in_all, self.clock(), letters=may(role, Act.COMPOSE_LETTERS)
        )
        yield True
        in_all = desk.to_do_in_all
        self.to_do.set_title(f"To do · {in_all}" if in_all else "To do")
        self.to_do.show_lines(desk.to_do, self._to_do_line)
        yield True
        count = len(desk.letters)
        self.letters.set_title(f"{_LETTERS} · {count}" if count else _LETTERS)
        self.letters.show_lines(desk.letters, self._letter_line)
        late = desk.unanswered_in_all
        self.late.setText(f"No answer yet: {late} {'letter' if late == 1 else 'letters'}")
        self.late.setVisible(bool(late))
        yield True
        self.unfinished.show_lines(desk.unfinished, self._unfinished_line)
        writes = may(role, Act.COMPOSE_LETTERS)
        if self.letters.isHidden() == writes:
            self.letters.setVisible(writes)
            self._columns = 0
            self._arrange()

    def _to_do_line(self, row: ToDoRow) -> Said:
        if row.entry_id is None:
            return Said(row.what, *(("now", Tone.BAD) if row.urgent else ("check", Tone.SOON)))
        pill, tone = due_words(row.due_on, self._today(self.clock()))
        beside = "" if row.mine else f"for {row.who}"
        may_tick = self._office is not None and may(self._office.member.role, Act.WRITE_CASES)
        tick = f"Done: {row.what}, {listed_as(row)}" if may_tick else ""
        return Said(row.what, pill, tone, beside, tick)

    def _letter_line(self, row: LetterRow) -> Said:
        return Said(row.title, beside="" if row.mine else f"by {row.made_by}")

    def _unfinished_line(self, row: UnfinishedRow) -> Said:
        missing = ", ".join(row.missing)
        saved = f"saved {self._when(row.changed_at)}"
        return Said(f"{saved} · {missing} missing" if missing else saved)

    def _when(self, at: datetime) -> str:
        here, today = at.astimezone(self._zone), self._today(self.clock())
        return f"{here:%H:%M}" if here.date() == today else f"{here.day} {here:%b}"

    # Ticking off.

    def _tick_off(self, row: ToDoRow) -> None:
        if self._office is not None:
            self._set_done(row, self._today(self.clock()), self._ticked)

    def _ticked(self, row: ToDoRow, _saved: Saved) -> None:
        self._last_done = row
        what = shorten(row.what, _SAID_OF_IT, placeholder=" …")
        self.done.say(f"Done: {what} — {listed_as(row)}", Tone.GOOD, "Undo")
        self._read()

    def _undo(self) -> None:
        row, self._last_done = self._last_done, None
        self.done.clear()
        if row is not None:
            self._set_done(row, None, self._undone)

    def _undone(self, _row: ToDoRow, _saved: Saved) -> None:
        self._read()

    def _set_done(
        self, row: ToDoRow, day: date | None, after: Callable[[ToDoRow, Saved], None]
    ) -> None:
        if self._office is None:
            return
        done_on = (row.case_id, ToDo, row.entry_id, "done_on")
        work = partial(save_answer, self._office, *done_on, day, self.clock())
        self.jobs.run(work, partial(after, row), self._could_not)

    # Three cards beside each other, or one beside two where there is less room.

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the lists anew where the width asks for it."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        cards = [self.to_do, self.unfinished]
        if not self.letters.isHidden():
            cards.insert(1, self.letters)
        columns = len(cards) if self.width() >= dp(_WIDE) else 2
        if columns == self._columns:
            return
        self._columns = columns
        for card in cards:
            self._lists.removeWidget(card)
        for column in range(3):
            self._lists.setColumnStretch(column, int(column < columns))
        if columns == len(cards):
            for column, card in enumerate(cards):
                self._lists.addWidget(card, 0, column)
        else:
            self._lists.addWidget(self.to_do, 0, 0, 2, 1)
            self._lists.addWidget(self.letters, 0, 1)
            self._lists.addWidget(self.unfinished, 1, 1)

    # Words on the page.

    def _today(self, now: datetime) -> date:
        return now.astimezone(self._zone).date()

    def _say_day(self, now: datetime) -> None:
        here = now.astimezone(self._zone)
        self.day.setText(f"{here:%A} {here.day} {here:%B}")

    def _could_not(self, error: AppError) -> None:
        self.message.say(error.sentence, action="Try again")

    def _ask_for(self, page: str, case_id: int) -> None:
        self.wanted.emit(page, case_id)

    def _open_letter(self, row: LetterRow) -> None:
        self.wanted.emit("letter", ShowLetter(row.letter_id, row.case_id))

    def _ask_for_late(self, _checked: bool = False) -> None:
        self.wanted.emit("letters", Place.SENT)
