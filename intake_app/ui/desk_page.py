"""The desk: whose time runs out, what to do now, which intakes wait to be finished."""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.errors import AppError
from intake_app.core.roles import Act, Role, may
from intake_app.store.office import Office
from intake_app.ui.clocks_card import ClocksCard
from intake_app.ui.desk_lists import LineList, Said
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock, Page
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Heading, InlineMessage, dp
from intake_app.workflows.read_desk import Desk, ToDoRow, UnfinishedRow, read_desk

TICK_SECONDS = 30


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
        self.day = Heading("", 1)
        self.message = InlineMessage()
        self.clocks = ClocksCard()
        self.to_do = LineList(
            "To do", "Nothing is urgent. Citizenship claims and children left alone stand here."
        )
        self.unfinished = LineList(
            "Unfinished intakes", "No intake waits to be finished. Ctrl+N starts a new one."
        )
        lists = QHBoxLayout()
        lists.setSpacing(dp(16))
        lists.addWidget(self.to_do, 1)
        lists.addWidget(self.unfinished, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(dp(18), dp(18), dp(18), dp(18))
        whole.setSpacing(dp(16))
        whole.addWidget(self.day)
        whole.addWidget(self.message)
        whole.addWidget(self.clocks, 3)
        whole.addLayout(lists, 2)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_SECONDS * 1000)
        self._timer.timeout.connect(self.tick)
        self.message.acted.connect(self._read)
        self.clocks.case_wanted.connect(partial(self._ask_for, "case"))
        self.clocks.letter_wanted.connect(partial(self._ask_for, "letter"))
        self.to_do.opened.connect(partial(self._ask_for, "case"))
        self.unfinished.opened.connect(partial(self._ask_for, "case"))

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

    def tick(self) -> None:
        """Show the clocks as they stand now, without reading the file."""
        now = self.clock()
        self._say_day(now)
        self.clocks.tick(now)

    def _read(self) -> None:
        if self._office is None:
            return
        self._asked += 1
        now = self.clock()
        self._say_day(now)
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
        self.clocks.show_clocks(
            desk.clocks, desk.clocks_in_all, self.clock(), letters=may(role, Act.COMPOSE_LETTERS)
        )
        self.to_do.show_lines(desk.to_do, self._to_do_line)
        self.unfinished.show_lines(desk.unfinished, self._unfinished_line)

    def _to_do_line(self, row: ToDoRow) -> Said:
        return Said(row.what, "now", Tone.BAD)

    def _unfinished_line(self, row: UnfinishedRow) -> Said:
        missing = ", ".join(row.missing)
        saved = f"saved {self._when(row.changed_at)}"
        return Said(f"{saved} · {missing} missing" if missing else saved)

    def _when(self, at: datetime) -> str:
        here, today = at.astimezone(self._zone), self.clock().astimezone(self._zone).date()
        return f"{here:%H:%M}" if here.date() == today else f"{here.day} {here:%b}"

    def _say_day(self, now: datetime) -> None:
        here = now.astimezone(self._zone)
        self.day.setText(f"{here:%A} {here.day} {here:%B}")

    def _could_not(self, error: AppError) -> None:
        self.message.say(error.sentence, action="Try again")

    def _ask_for(self, page: str, case_id: int) -> None:
        self.wanted.emit(page, case_id)
