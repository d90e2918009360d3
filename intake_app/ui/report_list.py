"""The tables an office can publish, each with a tick; below, what else the page can show."""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QWidget

from intake_app.core.reports.tables import ReportTable
from intake_app.ui.card_column import CardColumn
from intake_app.ui.desk_lists import rule
from intake_app.ui.widgets import Card, QuietButton, SectionButton, Words, dp

_PUBLISHED = "✓"
_LEGEND = "✓ published before: the same figures again"


class TablesCard(Card):
    """Ticked tables are published together; one is shown, or one of `views`.

    views: words of what stands below the tables, by the key it is asked for with.
    """

    ticked = Signal()
    """Other tables are ticked."""

    shown = Signal(str)
    """The id of a table, or the key of a view."""

    def __init__(self, views: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__("Tables", parent)
        self.set_margins(8, 10)
        self.title.setContentsMargins(dp(8), 0, 0, 0)
        self.all = QuietButton("All", "link")
        self.none = QuietButton("None", "link")
        for link, ticks in ((self.all, True), (self.none, False)):
            link.setAccessibleName("Tick all tables" if ticks else "Tick no table")
            link.clicked.connect(partial(self._tick_all, ticks))
            self.head.addWidget(link)
        self.legend = Words(_LEGEND, "help", wrap=True)
        self.legend.setContentsMargins(dp(8), 0, dp(8), 0)
        self._group = QButtonGroup(self)
        self.ticks: dict[str, QCheckBox] = {}
        self.buttons: dict[str, SectionButton] = {}
        self._views = {key: self._button(key, words) for key, words in views.items()}
        self._column = CardColumn()
        self.body.addWidget(self._column, 1)
        self.body.addWidget(self.legend)
        self.body.addWidget(rule())
        for button in self._views.values():
            self.body.addWidget(button)
        self._list: QWidget | None = None
        self._tables: tuple[ReportTable, ...] = ()

    def show_tables(self, tables: Sequence[ReportTable], published: frozenset[str]) -> None:
        """List them by heading; ticks and the choice of those that stay are kept."""
        self.legend.setVisible(bool(published))
        if tuple(tables) != self._tables:
            self._tables = tuple(tables)
            self._list_anew()
        for id, button in self.buttons.items():
            button.note(_PUBLISHED if id in published else "", spoken="published before")

    def _list_anew(self) -> None:
        before = {id: tick.isChecked() for id, tick in self.ticks.items()}
        here = self.chosen
        if self._list is not None:
            for old in self.buttons.values():
                self._group.removeButton(old)
            self._list.hide()
            self._list.deleteLater()
        self.ticks, self.buttons = {}, {}
        self._list = QWidget()
        grid = QGridLayout(self._list)
        grid.setContentsMargins(0, 0, dp(4), 0)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for heading, of_it in groupby(self._tables, lambda table: table.group):
            words = Words(heading, "column", wrap=True)
            words.setContentsMargins(dp(8), dp(8), 0, dp(2))
            grid.addWidget(words, grid.rowCount(), 0, 1, 2)
            for table in of_it:
                self._add(grid, table, ticked=before.get(table.id, False))
        grid.setRowStretch(grid.rowCount(), 1)
        self._column.body.addWidget(self._list)
        if here in self.buttons:
            self.buttons[here].setChecked(True)

    def _add(self, grid: QGridLayout, table: ReportTable, *, ticked: bool) -> None:
        row = grid.rowCount()
        title = f"{table.code} {table.title}" if table.code else table.title
        tick = QCheckBox()
        tick.setFixedWidth(dp(26))
        tick.setAccessibleName(f"Publish {title}")
        tick.setChecked(ticked)
        tick.toggled.connect(lambda _on: self.ticked.emit())
        button = self._button(table.id, title)
        grid.addWidget(tick, row, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(button, row, 1)
        self.ticks[table.id] = tick
        self.buttons[table.id] = button

    def _button(self, key: str, words: str) -> SectionButton:
        button = SectionButton(words)
        button.clicked.connect(lambda _checked: self.shown.emit(key))
        self._group.addButton(button)
        return button

    @property
    def chosen(self) -> str:
        """What is shown: the id of a table or the key of a view; none at first."""
        every = {**self.buttons, **self._views}
        return next((key for key, button in every.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Light up what is shown."""
        button = self.buttons.get(key) or self._views.get(key)
        if button is not None:
            button.setChecked(True)

    def tables(self) -> tuple[str, ...]:
        """The ids of the ticked tables, in the order of the list."""
        return tuple(id for id, tick in self.ticks.items() if tick.isChecked())

    def tick(self, ids: frozenset[str], *, on: bool = True) -> None:
        """Tick some, or take their ticks away; told once."""
        for id, tick in self.ticks.items():
            if id in ids:
                tick.blockSignals(True)
                tick.setChecked(on)
                tick.blockSignals(False)
        self.ticked.emit()

    def _tick_all(self, on: bool, _checked: bool = False) -> None:
        self.tick(frozenset(self.ticks), on=on)
