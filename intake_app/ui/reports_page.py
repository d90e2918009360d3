"""Summaries for funders and the public. Only protected figures ever come to this page."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from intake_app.core.disclosure.table import TOTAL, ProtectedTable, Window
from intake_app.core.errors import AppError, NotSafe
from intake_app.core.report_tables import ReportTable
from intake_app.core.roles import Act
from intake_app.documents.summary_csv import period
from intake_app.store.office import Office
from intake_app.ui.asking import Asking, write_file
from intake_app.ui.count_chart import Bar, CountChart
from intake_app.ui.date_range import DateRange
from intake_app.ui.disclosure_card import DisclosureCard
from intake_app.ui.jobs import Jobs
from intake_app.ui.library_rows import day
from intake_app.ui.page import Clock, Page
from intake_app.ui.summary_table import SummaryTable
from intake_app.ui.theme import Theme, Tone
from intake_app.ui.widgets import (
    Card,
    Column,
    ElidedWords,
    InlineMessage,
    PrimaryButton,
    SectionButton,
    Words,
    dp,
)
from intake_app.workflows.release_summary import (
    Release,
    Summary,
    preview_summary,
    release_summary,
    report_tables,
)


class ReportsPage(Page):
    """Tables left, the protected table and its chart in the middle, the check right."""

    key = "reports"
    words = "Reports"
    icon = "reports"
    needs = Act.RELEASE_SUMMARIES

    def __init__(
        self,
        jobs: Jobs,
        clock: Clock,
        parent: QWidget | None = None,
        asking: Asking | None = None,
    ) -> None:
        super().__init__(jobs, clock, parent)
        self._asking = asking or Asking()
        self._office: Office | None = None
        self._tables: tuple[ReportTable, ...] = ()
        self._chosen: ReportTable | None = None
        self._asked = 0
        self._summary: Summary | None = None
        self.title = ElidedWords("Reports", "title")
        self.dates = DateRange()
        self.release = PrimaryButton("Release CSV…")
        self.message = InlineMessage()
        self.list = Card("Tables")
        self.table_card = Card()
        self.table = SummaryTable()
        self.definition = Words("", "help", wrap=True)
        self.chart_card = Card()
        self.measure = QComboBox()
        self.measure.setAccessibleName("What the bars show")
        self.chart = CountChart()
        self.check = DisclosureCard()
        self._lay_out()
        self._bar = self._make_bar()
        self.dates.changed.connect(self._look)
        self.release.clicked.connect(self._release)
        self.measure.activated.connect(self._draw)
        self.message.acted.connect(self._look)

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(dp(12))
        row.addWidget(self.title, 1)
        row.addWidget(self.dates)
        row.addWidget(self.release)
        return bar

    def _lay_out(self) -> None:
        self.list.setFixedWidth(dp(150))
        self.check.setFixedWidth(dp(202))
        for card in (self.list, self.table_card):
            narrow = card.layout()
            if narrow is not None:
                narrow.setContentsMargins(dp(8), dp(10), dp(8), dp(12))
        for words in (self.table_card.title, self.list.title):
            words.setContentsMargins(dp(8), 0, 0, 0)
        self.table_card.body.addWidget(self.table)
        self.chart_card.head.addWidget(self.measure)
        self.chart_card.body.addWidget(self.chart)
        self.chart_card.body.addStretch(1)
        middle = Column()
        middle.body.addWidget(self.message)
        middle.body.addWidget(self.table_card)
        middle.body.addWidget(self.chart_card)
        middle.body.addWidget(self.definition)
        middle.body.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(dp(18), dp(18), dp(18), dp(18))
        whole.setSpacing(dp(16))
        whole.addWidget(self.list)
        whole.addWidget(middle, 1)
        whole.addWidget(self.check)

    @override
    def bar(self) -> QWidget | None:
        return self._bar

    @override
    def themed(self, theme: Theme) -> None:
        self.chart.theme = theme
        self.chart.update()

    @override
    def show_for(self, office: Office, what: object = None) -> None:
        """Read the tables there are and show the chosen one, worked out anew."""
        self._office = office
        self.dates.set_today(self.clock().astimezone(ZoneInfo(office.profile.zone)).date())
        self.jobs.run(report_tables, self._came, self._failed)

    def _came(self, tables: tuple[ReportTable, ...]) -> None:
        if tables != self._tables:
            self._tables = tables
            self._fill_list()
        self._look()

    def _fill_list(self) -> None:
        for table in self._tables:
            button = SectionButton(table.title)
            # A long title takes two lines.
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            button.clicked.connect(partial(self._choose, table))
            self.list.body.addWidget(button)
        self.list.body.addStretch(1)
        first = self.list.findChild(SectionButton)
        if isinstance(first, SectionButton) and self._tables:
            first.setChecked(True)
            self._chosen = self._tables[0]

    def _choose(self, table: ReportTable, _checked: bool = False) -> None:
        self._chosen = table
        self._look()

    def _look(self) -> None:
        """Work the chosen table out, on the office thread; until then show nothing."""
        if self._office is None or self._chosen is None:
            return
        self.title.say(self._chosen.title)
        self._forget()
        window = self.dates.dates()
        if window is None:
            self.message.say("The last day is before the first. Choose other dates.")
            self.check.say_refused()
            return
        self._asked += 1
        self.message.clear()
        self.check.say_working()
        self.jobs.run(
            partial(preview_summary, self._office, self._chosen.id, window, self.clock()),
            partial(self._show, self._asked),
            partial(self._refused, self._asked),
        )

    def _forget(self) -> None:
        self._summary = None
        self.release.setEnabled(False)
        self.definition.clear()
        self.table_card.hide()
        self.chart_card.hide()

    def _show(self, asked: int, summary: Summary) -> None:
        if asked != self._asked:
            return
        self._summary = summary
        table = summary.table
        self.table_card.set_title(_dates_in_words(table.window))
        self.table.show_table(table)
        self.definition.setText(summary.report.definition)
        chosen = self.measure.currentText()
        self.measure.clear()
        self.measure.addItem(TOTAL)
        self.measure.addItems(list(table.columns))
        self.measure.setCurrentIndex(max(self.measure.findText(chosen), 0))
        self._draw()
        self.check.say(summary)
        self.table_card.show()
        self.chart_card.show()
        self.release.setEnabled(True)

    def _draw(self, _index: int = 0) -> None:
        if self._summary is None:
            return
        table = self._summary.table
        column = (self.measure.currentIndex() - 1) % (len(table.columns) + 1)
        name = "all cases" if self.measure.currentIndex() == 0 else self.measure.currentText()
        title = f"{table.row_title}: {name}"
        self.chart_card.set_title(title)
        self.chart.show_bars(title, bars_of(table, column))

    def _refused(self, asked: int, error: AppError) -> None:
        if asked != self._asked:
            return
        self.check.say_refused()
        again = "" if isinstance(error, NotSafe) else "Try again"
        self.message.say(
            error.sentence, Tone.SOON if isinstance(error, NotSafe) else Tone.BAD, again
        )

    def _failed(self, error: AppError) -> None:
        self.message.say(error.sentence)

    def _release(self) -> None:
        if self._office is None or self._summary is None:
            return
        folder = self._asking.folder(self, "A folder for the published files", Path.home())
        if folder is None:
            return
        table = self._summary.table
        self.release.setEnabled(False)
        self.jobs.run(
            partial(_release_into, self._office, table.table_id, table.window, self.clock, folder),
            self._released,
            self._not_released,
        )

    def _released(self, place: Path) -> None:
        self._look()
        self.message.say(f"Published. The files are in {place}.", Tone.GOOD)

    def _not_released(self, error: AppError) -> None:
        self.release.setEnabled(self._summary is not None)
        self.message.say(error.sentence)


def _dates_in_words(window: Window) -> str:
    if window.start is None and window.end is None:
        return "Cases of all dates"
    if window.start is None or window.end is None:
        one = window.start or window.end
        assert one is not None  # noqa: S101 - the line above
        return f"Cases {'up to' if window.start is None else 'from'} {day(one)}"
    return f"Cases from {day(window.start)} to {day(window.end)}"


def bars_of(table: ProtectedTable, column: int) -> tuple[Bar, ...]:
    """One bar for each row, of one column (the last is the total)."""
    return tuple(Bar(row, line[column]) for row, line in zip(table.rows, table.cells, strict=False))


def _release_into(
    office: Office, table_id: str, window: Window, clock: Clock, folder: Path
) -> Path:
    """Publish and write the files into a folder of their own; earlier ones are never replaced."""
    release: Release = release_summary(office, table_id, window, clock())
    place = folder / f"{table_id} {period(window)}"
    files: Mapping[str, bytes] = release.files
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            write_file(place / name, content)
    except (OSError, AppError) as error:
        raise AppError(
            "The summary is published, but its files can’t be written there. Press Release again "
            "and choose another folder: the figures stay the same."
        ) from error
    return place
