"""Case rows: off until an administrator allows them; then columns, a look, and the release."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from intake_app.core.disclosure.case_rows import MOST_COLUMNS
from intake_app.core.errors import AppError
from intake_app.core.reports.dimensions import Dimension
from intake_app.core.reports.periods import Period
from intake_app.core.roles import Act, may, who_may
from intake_app.store.office import Office
from intake_app.ui.asking import Asking
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.report_folder import release_into
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, InlineMessage, PrimaryButton, QuietButton, Words, dp
from intake_app.workflows.allow_rows import allow_rows
from intake_app.workflows.prepare_rows import (
    PreparedRows,
    RowChoices,
    RowsAsked,
    prepare_rows,
    row_choices,
)
from intake_app.workflows.release_rows import RowsRelease, release_rows, rows_sentence

_TOLD = (
    "One line for each case, told so coarsely that every line stands there at least "
    "11 times. Tables tell more in most offices, and are safer."
)
_OFF = (
    "Case rows are off in this office. Whether they may be published at all is for an "
    "administrator to decide."
)
_NO_PERIOD = (
    "Rows go with tables: release a table of some dates first. Each period’s rows are published "
    "once."
)


class CaseRows(Card):
    """Shows no row: only what the rows would tell, and for how many."""

    def __init__(
        self, jobs: Jobs, clock: Clock, asking: Asking, parent: QWidget | None = None
    ) -> None:
        super().__init__("Case rows", parent)
        self._jobs, self._clock, self._asking = jobs, clock, asking
        self._office: Office | None = None
        self._prepared: PreparedRows | None = None
        self._asked = 0
        self._allowed = False
        self.message = InlineMessage()
        self.state = Words("", wrap=True)
        self.period = QComboBox()
        self.period.setAccessibleName("Dates of the rows")
        self.columns: dict[str, QCheckBox] = {}
        self.prepare = QuietButton("Check the rows")
        self.result = Words("", wrap=True)
        self.release = PrimaryButton("Release the rows…")
        self.allow = QuietButton("Allow case rows")
        self.body.setSpacing(dp(10))
        self._choosing = QWidget()
        self._grid = QGridLayout(self._choosing)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(dp(4))
        self.body.addWidget(Words(_TOLD, "quiet", wrap=True))
        for widget in (self.message, self.state, self.period, self._choosing, self.result):
            self.body.addWidget(widget)
        for button in (self.prepare, self.release, self.allow):
            self.body.addWidget(button)
        self.period.activated.connect(lambda _index: self._forget())
        self.prepare.clicked.connect(lambda _checked: self._prepare())
        self.release.clicked.connect(lambda _checked: self._release())
        self.allow.clicked.connect(lambda _checked: self._allow())
        self._show_choosing(on=False)

    def show_for(self, office: Office) -> None:
        """Read whether rows are allowed, and what can be chosen."""
        self._office = office
        self._jobs.run(partial(row_choices, office), self._came, self._failed)

    def _came(self, choices: RowChoices | None) -> None:
        office = self._office
        decides = office is not None and may(office.member.role, Act.ALLOW_ROWS)
        self._allowed = choices is not None
        self.allow.setVisible(decides)
        self.allow.setText("Do not allow them any more" if choices else "Allow case rows")
        self._forget()
        if choices is None:
            who = " or ".join(who_may(Act.ALLOW_ROWS))
            self.state.setText(_OFF if decides else f"{_OFF} Ask an {who}.")
            self._show_choosing(on=False)
            return
        self.state.setText("" if choices.periods else _NO_PERIOD)
        self.period.clear()
        for period in choices.periods:
            words = period.words
            self.period.addItem(f"{words[0].upper()}{words[1:]}", period)
        self._fill(choices.columns)
        self._show_choosing(on=bool(choices.periods))

    def _fill(self, columns: tuple[Dimension, ...]) -> None:
        ticked = {id for id, tick in self.columns.items() if tick.isChecked()}
        for tick in self.columns.values():
            tick.deleteLater()
        self.columns = {}
        for place, column in enumerate(columns):
            tick = QCheckBox(column.title)
            tick.setChecked(column.id in ticked)
            tick.toggled.connect(lambda _on: self._forget())
            self._grid.addWidget(tick, place // 2, place % 2)
            self.columns[column.id] = tick

    def _show_choosing(self, *, on: bool) -> None:
        for widget in (self.period, self._choosing, self.prepare):
            widget.setVisible(on)
        self.state.setVisible(bool(self.state.text()))

    def _forget(self) -> None:
        """Something else is asked for: what was prepared is gone."""
        self._asked += 1
        self._prepared = None
        self.result.clear()
        self.result.hide()
        self.release.hide()
        chosen = len(self._chosen())
        self.prepare.setEnabled(1 <= chosen <= MOST_COLUMNS)
        self.prepare.setText(
            "Check the rows"
            if 1 <= chosen <= MOST_COLUMNS
            else f"Choose one to {MOST_COLUMNS} columns"
        )

    def _chosen(self) -> tuple[str, ...]:
        return tuple(id for id, tick in self.columns.items() if tick.isChecked())

    def _prepare(self) -> None:
        period: Period | None = self.period.currentData()
        if self._office is None or period is None:
            return
        self._forget()
        self.message.clear()
        self.prepare.setEnabled(False)
        asked = RowsAsked(period, self._chosen())
        self._jobs.run(
            partial(prepare_rows, self._office, asked),
            partial(self._came_prepared, self._asked),
            partial(self._refused, self._asked),
        )

    def _came_prepared(self, asked: int, prepared: PreparedRows) -> None:
        if asked != self._asked:
            return
        self._prepared = prepared
        self.prepare.setEnabled(True)
        self.result.setText(" ".join([rows_sentence(prepared), *prepared.advice]))
        self.result.show()
        self.release.show()

    def _refused(self, asked: int, error: AppError) -> None:
        if asked == self._asked:
            self._forget()
            self.message.say(error.sentence, Tone.SOON)

    def _release(self) -> None:
        if self._office is None or self._prepared is None:
            return
        folder = self._asking.folder(self, "A folder for the published rows", Path.home())
        if folder is None:
            return
        self.release.setEnabled(False)
        publish = partial(release_rows, self._office, self._prepared, self._clock())
        name = f"Case rows {self._prepared.asked.period.id}"
        work: Callable[[], Path] = partial(_written, folder, name, publish)
        self._jobs.run(work, self._released, self._failed)

    def _released(self, place: Path) -> None:
        self.release.setEnabled(True)
        self.message.say(f"Published. The files are in {place}.", Tone.GOOD)
        if self._office is not None:
            self.show_for(self._office)

    def _allow(self) -> None:
        if self._office is not None:
            work = partial(allow_rows, self._office, allowed=not self._allowed, now=self._clock())
            self._jobs.run(work, self._decided, self._failed)

    def _decided(self, _nothing: None) -> None:
        if self._office is not None:
            self.show_for(self._office)

    def _failed(self, error: AppError) -> None:
        self.release.setEnabled(True)
        self.message.say(error.sentence)


def _written(folder: Path, name: str, publish: Callable[[], RowsRelease]) -> Path:
    _release, place = release_into(folder, name, publish)
    return place
