"""The holidays an office adds to the federal ones, beside those that are built in."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from intake_app.core.answers import parse_day, show_date
from intake_app.core.errors import AppError, BadAnswer
from intake_app.core.partial_date import PartialDate
from intake_app.core.roles import Act, may, who_may
from intake_app.store.office import Office
from intake_app.ui.desk_lists import rule
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.undo_line import UndoLine
from intake_app.ui.widgets import (
    Card,
    EmptyLine,
    PrimaryButton,
    QuietButton,
    Words,
    dp,
    empty,
)
from intake_app.workflows.set_holidays import add_holiday, built_in_holidays, remove_holiday

WHAT_FOR = (
    "A jail may leave these days out of the 48 hours of a detainer (8 C.F.R. § 287.7(d)); the "
    "regulation does not say which holidays it means. The days your office adds count for the "
    "later reading of the clock only."
)
BUILT_IN = (
    "Legal public holidays of 5 U.S.C. § 6103(a), and the weekday on which each is observed. "
    "Juneteenth is among them since 2021 only."
)


class HolidaysCard(Card):
    """Everybody reads the days; who may set up the office adds and removes them."""

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__("Holidays", parent)
        self._jobs, self._clock = jobs, clock
        self._office: Office | None = None
        self.add = self.add_button("Add a holiday", self._open_form)
        self.message = UndoLine(jobs, clock)
        self.message.undone.connect(self._show_own)
        self.nothing = EmptyLine()
        self.form = self._make_form()
        self._own, self._federal = QVBoxLayout(), QVBoxLayout()
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(dp(6))
        right.setSpacing(dp(6))
        left.addWidget(Words("Added by the office", "strong"))
        left.addWidget(self.nothing)
        left.addLayout(self._own)
        left.addWidget(self.message)
        left.addWidget(self.form)
        left.addStretch(1)
        right.addWidget(Words("Built in", "strong"))
        right.addWidget(Words(BUILT_IN, "help", wrap=True))
        right.addLayout(self._federal)
        right.addStretch(1)
        sides = QHBoxLayout()
        sides.setSpacing(dp(24))
        sides.addLayout(left, 2)
        sides.addLayout(right, 3)
        self.body.addWidget(Words(WHAT_FOR, "quiet", wrap=True))
        self.body.addSpacing(dp(6))
        self.body.addLayout(sides)
        self.form.hide()

    def _make_form(self) -> QWidget:
        self.day, self.name = QLineEdit(), QLineEdit()
        self.day.setPlaceholderText("2027-03-31")
        self.name.setPlaceholderText("Its name, and who keeps it")
        self.save, self.cancel = PrimaryButton("Add"), QuietButton("Cancel")
        whole = QWidget()
        form = PlainForm(whole)
        form.setContentsMargins(0, dp(8), 0, 0)
        form.ask("Day", self.day)
        form.ask("Name", self.name)
        form.act(self.cancel, self.save)
        self.cancel.clicked.connect(self.close_form)
        self.save.clicked.connect(self._add)
        for field in (self.day, self.name):
            field.returnPressed.connect(self._add)
        return whole

    def show_for(self, office: Office) -> None:
        """Show the days as this office has them now; an open form stays as it is."""
        self._office = office
        self.message.clear()
        self._show_own()
        self._jobs.run(
            partial(built_in_holidays, office, self._clock()), self._show_federal, self._failed
        )

    def _show_own(self) -> None:
        if self._office is None:
            return
        allowed = may(self._office.member.role, Act.SET_UP_OFFICE)
        self.add.setVisible(allowed and self.form.isHidden())
        days = self._office.reference.holidays
        self.nothing.setVisible(not days)
        who = " or ".join(who_may(Act.SET_UP_OFFICE))
        do = "Press “Add a holiday”." if allowed else f"An {who} adds it."
        self.nothing.setText(
            "None yet. Is there a day your state, your county or an executive order keeps free?"
            + (f" {do}" if self.form.isHidden() else "")
        )
        empty(self._own)
        if days:
            self._own.addWidget(self._table(days, removable=allowed))

    def _table(self, days: Mapping[date, str], *, removable: bool) -> QWidget:
        table, grid = _new_table()
        for number, (day, name) in enumerate(sorted(days.items())):
            at = 2 * number
            grid.addWidget(Words(_day(day), "strong"), at, 0)
            grid.addWidget(Words(name, wrap=True), at, 1)
            if removable:
                button = QuietButton("Remove", "small")
                button.setAccessibleName(f"Remove {name}, {_day(day)}")
                button.clicked.connect(partial(self._remove, day))
                grid.addWidget(button, at, 2)
            grid.addWidget(rule(), at + 1, 0, 1, 3)
        return table

    def _show_federal(self, years: Mapping[int, Mapping[date, str]]) -> None:
        empty(self._federal)
        both = QWidget()
        across = QHBoxLayout(both)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(dp(24))
        for year, days in years.items():
            table, grid = _new_table()
            grid.setVerticalSpacing(dp(3))
            grid.addWidget(Words(str(year), "column"), 0, 0, 1, 2)
            for at, (day, name) in enumerate(sorted(days.items()), 1):
                top = Qt.AlignmentFlag.AlignTop
                grid.addWidget(Words(_day(day, year=False), "quiet"), at, 0, top)
                grid.addWidget(Words(name, wrap=True), at, 1, top)
            grid.setRowStretch(len(days) + 1, 1)
            across.addWidget(table, 1)
        self._federal.addWidget(both)

    def _open_form(self) -> None:
        self.message.clear()
        self.form.show()
        self._show_own()
        self.day.setFocus()

    def leave(self) -> None:
        """No passphrase is here; an open form waits."""

    def close_form(self) -> None:
        """Put the form away; nothing typed stays in it."""
        self.day.clear()
        self.name.clear()
        self.form.hide()
        self._show_own()

    def _add(self) -> None:
        if self._office is None or not self.save.isEnabled():
            return
        try:
            day = parse_day(self.day.text().strip())
        except BadAnswer as error:
            self.message.say(error.sentence)
            self.day.setFocus()
            return
        self.save.setEnabled(False)
        work = partial(add_holiday, self._office, day, self.name.text(), self._clock())
        self.message.do(self._office, work, self._added, self._failed)

    def _added(self, _nothing: None) -> None:
        self.save.setEnabled(True)
        self.close_form()
        self.message.done("Added. The clocks reckon with it from now on.")

    def _remove(self, day: date, _checked: bool = False) -> None:
        if self._office is None:
            return
        work = partial(remove_holiday, self._office, day, self._clock())
        self.message.do(self._office, work, self._removed, self._failed)

    def _removed(self, _nothing: None) -> None:
        self._show_own()
        self.message.done("Removed.", "Put it back")

    def _failed(self, error: AppError) -> None:
        self.save.setEnabled(True)
        self.message.say(error.sentence)


def _new_table() -> tuple[QWidget, QGridLayout]:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(dp(14))
    grid.setVerticalSpacing(dp(6))
    grid.setColumnStretch(1, 1)
    return table, grid


def _day(day: date, *, year: bool = True) -> str:
    """`Wed 31 Mar 2027`, in English whatever the computer speaks."""
    weekday = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[day.weekday()]
    said = show_date(PartialDate.of(day))
    return f"{weekday} {said if year else said.removesuffix(f' {day.year}')}"
