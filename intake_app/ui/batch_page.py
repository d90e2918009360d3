"""Letters for running clocks in one go: choose which, watch, and see what was not written and why.

Each letter is kept in its case as a draft. Leaving the page or locking stops after the case that
is being written; what is done stays, and the next go leaves it out.
"""

from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from intake_app.core.errors import AppError
from intake_app.core.roles import Act
from intake_app.store.office import Office
from intake_app.ui.batch_results import HEADS, TONES, BatchResults
from intake_app.ui.flow import Flow
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock, Page
from intake_app.ui.pill_delegate import PillDelegate
from intake_app.ui.show_letter import ShowLetter
from intake_app.ui.steps import StepRunner
from intake_app.ui.theme import Theme, Tone
from intake_app.ui.widgets import (
    Card,
    EmptyLine,
    Heading,
    InlineMessage,
    PrimaryButton,
    QuietButton,
    Words,
    announce,
    dp,
    set_up_table,
)
from intake_app.workflows.read_desk import ClockRow
from intake_app.workflows.write_batch import Batch, Clocks, Outcome, chosen, running_clocks, summary

_WHICH = {
    Clocks.OVER: "Over",
    Clocks.SOON: "Over, or within 12 hours",
    Clocks.ALL: "All that run",
}
_RULE = (
    "The letter that fits each case is written and kept there as a draft. What the law or the "
    "file does not allow is not written, and you see why. An attorney still reads and approves "
    "each letter one by one; nothing is sent."
)
_NONE = "No clock is running. When an intake has a detainer and a release date, it counts here."
_NONE_YET = "What was written, and what was not and why, will stand here."


class BatchPage(Page):
    """Reached from the page of letters."""

    key = "batch"
    words = "Letters for running clocks"
    icon = "letters"
    stands_under = "letters"
    needs = Act.COMPOSE_LETTERS

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(jobs, clock, parent)
        self._office: Office | None = None
        self._asked = 0
        self._rows: tuple[ClockRow, ...] = ()
        self._batch: Batch | None = None
        self._runner = StepRunner(jobs, self)
        self.message = InlineMessage()
        self.choices = {which: _choice(which) for which in Clocks}
        self.waiting = QCheckBox("Ask an attorney to approve each")
        self.waiting.setChecked(True)
        self.write = PrimaryButton("Write the letters")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("How much is done")
        self.cancel = QuietButton("Cancel")
        self.told = Words("", "quiet")
        self.results = BatchResults(HEADS, self)
        self.none_yet = EmptyLine(_NONE_YET)
        self.table = QTableView()
        self.open = QuietButton("Open")
        self.why = Words("", wrap=True)
        self._lay_out()
        for button in self.choices.values():
            button.clicked.connect(lambda _checked: self._offer())
        self.write.clicked.connect(lambda _checked: self._start())
        self.cancel.clicked.connect(lambda _checked: self._stop())
        self.open.clicked.connect(lambda _checked: self._open())
        self.table.activated.connect(lambda _index: self._open())
        self.table.selectionModel().currentRowChanged.connect(self._chosen)

    def _lay_out(self) -> None:
        asked = QWidget()
        flow = Flow(asked, dp(8))
        for button in self.choices.values():
            flow.addWidget(button)
        begin = QHBoxLayout()
        begin.setSpacing(dp(12))
        for widget in (self.write, self.waiting):
            begin.addWidget(widget)
        begin.addStretch(1)
        self._going = QWidget()
        going = QHBoxLayout(self._going)
        going.setContentsMargins(0, 0, 0, 0)
        going.setSpacing(dp(12))
        going.addWidget(self.progress, 1)
        going.addWidget(self.told)
        going.addWidget(self.cancel)
        self.nothing = EmptyLine(_NONE)
        self.first = Card("Whose clock")
        for part in (self.nothing, asked, begin, self._going):
            if isinstance(part, QHBoxLayout):
                self.first.body.addLayout(part)
            else:
                self.first.body.addWidget(part)
        self.first.body.setSpacing(dp(10))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(dp(18), dp(16), dp(18), dp(18))
        whole.setSpacing(dp(12))
        whole.addWidget(Heading(self.words, 1))
        whole.addWidget(Words(_RULE, "quiet", wrap=True))
        whole.addWidget(self.message)
        whole.addWidget(self.first)
        whole.addWidget(self._results_card(), 1)
        self._going.hide()

    def _results_card(self) -> Card:
        self.table.setModel(self.results)
        set_up_table(self.table, "What became of each case", [124, 210, 276, 0])
        self._pills = PillDelegate(lambda words: TONES.get(words, Tone.PLAIN), self.table)
        self.table.setItemDelegateForColumn(0, self._pills)
        foot = QHBoxLayout()
        foot.setSpacing(dp(12))
        foot.addWidget(self.why, 1)
        foot.addWidget(self.open, 0, Qt.AlignmentFlag.AlignTop)
        card = Card("What became of them")
        card.body.addWidget(self.none_yet)
        card.body.addWidget(self.table, 1)
        card.body.addLayout(foot)
        card.body.addStretch(0)
        for widget in (self.table, self.open):
            widget.hide()
        return card

    @override
    def show_for(self, office: Office, what: object = None) -> None:
        """Count the clocks anew; what the last go did stays to be read."""
        self._office = office
        self.message.clear()
        self._read(office)

    @override
    def leave(self) -> None:
        self._stop()

    @override
    def themed(self, theme: Theme) -> None:
        self._pills.theme = theme
        self.table.viewport().update()

    def _read(self, office: Office) -> None:
        self._asked += 1
        self.jobs.run(
            partial(running_clocks, office, self.clock()),
            partial(self._came, self._asked),
            self._could_not,
        )

    def _came(self, asked: int, rows: tuple[ClockRow, ...]) -> None:
        if asked != self._asked:
            return
        self._rows = rows
        for which, button in self.choices.items():
            count = len(chosen(rows, which))
            button.setText(f"{_WHICH[which]} · {count}")
            button.setEnabled(bool(count))
            button.setVisible(bool(rows))
        usual = (which for which, button in self.choices.items() if button.isEnabled())
        if not any(one.isChecked() and one.isEnabled() for one in self.choices.values()):
            self.choices[next(usual, Clocks.ALL)].setChecked(True)
        self.nothing.setVisible(not rows)
        self._offer()

    @property
    def which(self) -> Clocks:
        """The clocks that are chosen."""
        return next(which for which, button in self.choices.items() if button.isChecked())

    def _offer(self) -> None:
        count = len(chosen(self._rows, self.which))
        self.write.setText(f"Write {count} letters" if count != 1 else "Write 1 letter")
        going = self._batch is not None
        self._going.setVisible(going)
        for widget in (self.write, self.waiting):
            widget.setVisible(bool(self._rows) and not going)
        for button in self.choices.values():
            button.setEnabled(not going and not button.text().endswith("· 0"))

    def _start(self) -> None:
        if self._office is None or self._batch is not None:
            return
        self.message.clear()
        rows = chosen(self._rows, self.which)
        self._batch = Batch(self._office, rows, self.clock(), waiting=self.waiting.isChecked())
        self.results.show_rows([])
        self.progress.setRange(0, len(rows))
        self.none_yet.hide()
        for widget in (self.table, self.open):
            widget.show()
        self.cancel.setEnabled(True)
        self._show_new()
        self._offer()
        self.cancel.setFocus()
        self._runner.run(self._batch.steps(), self._done, self._broke, self._moved)

    def _stop(self) -> None:
        if self._batch is not None:
            self._batch.stop()
            self.cancel.setEnabled(False)

    def _moved(self, _share: float) -> None:
        self._show_new()

    def _show_new(self) -> None:
        if self._batch is None:
            return
        done = self._batch.outcomes[:]
        self.results.add(done[len(self.results.rows) :])
        self.progress.setValue(len(done))
        self.told.setText(f"{len(done)} of {self.progress.maximum()}")

    def _done(self, _nothing: None) -> None:
        self._ended("")

    def _broke(self, error: AppError) -> None:
        self._ended(error.sentence)

    def _ended(self, error: str) -> None:
        batch, office = self._batch, self._office
        if batch is None or office is None:
            return
        self._show_new()
        self._batch = None
        said = summary(batch)
        self.message.say(f"{error} {said}".strip(), Tone.BAD if error else Tone.PLAIN)
        self._offer()
        if self.results.rows:
            self.table.selectRow(0)
            self.table.setFocus()
        self._read(office)

    def _chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        row = self.results.rows[index.row()] if index.isValid() else None
        self.open.setEnabled(row is not None)
        if row is None:
            self.why.clear()
            return
        self.open.setText("Open the case" if row.letter_id is None else "Open the letter")
        self.why.setText(" ".join(row.why) or "Kept in the case.")
        announce(self.table, self.why.text())

    def _open(self) -> None:
        index = self.table.currentIndex()
        if not index.isValid():
            return
        row: Outcome = self.results.rows[index.row()]
        if row.letter_id is None:
            self.wanted.emit("case", row.case_id)
        else:
            self.wanted.emit("letter", ShowLetter(row.letter_id, row.case_id))

    def _could_not(self, error: AppError) -> None:
        self.message.say(error.sentence)


def _choice(which: Clocks) -> QPushButton:
    button = QPushButton(_WHICH[which])
    button.setProperty("is", "choice")
    button.setCheckable(True)
    button.setAutoExclusive(True)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button
