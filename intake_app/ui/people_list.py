"""The page of all cases: a field to find, filters, and a list of any length."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from intake_app.core.errors import AppError
from intake_app.core.roles import Act, may
from intake_app.core.vocabulary import CaseStatus, State
from intake_app.store.office import Office
from intake_app.ui.case_page import GoOn
from intake_app.ui.flow import Flow
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock, Page
from intake_app.ui.people_model import PAGE, PeopleModel
from intake_app.ui.pill_delegate import PillDelegate
from intake_app.ui.theme import Theme, Tone
from intake_app.ui.widgets import (
    Card,
    EmptyLine,
    Heading,
    InlineMessage,
    QuietButton,
    Words,
    dp,
    set_up_table,
)
from intake_app.workflows.find_people import CasePage as ListPage
from intake_app.workflows.find_people import CaseQuery, list_cases, list_facilities

TYPING = 90
"""Milliseconds without a key after which the list is looked up."""

_ANY_FACILITY = "Any facility"
_PERSON = 180
"""The least width of a name, at 100 %."""

_BY_LENGTH = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_DETAINER = {"Detainer standing": True, "No detainer": False}
_TONES = {
    CaseStatus.OPEN.label: Tone.GOOD,
    CaseStatus.INTAKE.label: Tone.SOON,
    CaseStatus.CONFLICT_HOLD.label: Tone.BAD,
}


class _Table(QTableView):
    """A name keeps the room it needs; the table scrolls sideways before names are cut."""

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        head = self.horizontalHeader()
        others = sum(self.columnWidth(column) for column in range(1, head.count()))
        stretch = self.viewport().width() - others >= dp(_PERSON)
        mode = QHeaderView.ResizeMode.Stretch if stretch else QHeaderView.ResizeMode.Interactive
        head.setSectionResizeMode(0, mode)
        if not stretch:
            self.setColumnWidth(0, dp(_PERSON))


class PeopleList(Page):
    """Every case the member may see, newest first."""

    key = "cases"
    words = "Cases"
    icon = "cases"
    needs = Act.READ_CASES

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(jobs, clock, parent)
        self._office: Office | None = None
        self._in_front = False
        self._request = 0
        self._asked: set[int] = set()
        self._query = CaseQuery()
        self._scrolled = _timer(self, 30, self._fetch)
        self._typing = _timer(self, TYPING, self._look)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Any part of a name, A-number, booking or case number")
        self.field.setAccessibleName("Find cases")
        self.field.setClearButtonEnabled(True)
        self.status = _filter("Status", "Any status", [one.label for one in CaseStatus])
        self.state = _filter("State of the facility", "Any state", [one.label for one in State])
        self.facility = _filter("Facility", _ANY_FACILITY, [])
        self.facility.setSizeAdjustPolicy(_BY_LENGTH)
        self.facility.setMinimumContentsLength(20)
        self.detainer = _filter("Detainer", "With or without detainer", list(_DETAINER))
        self.mine = QCheckBox("Mine")
        self.mine.setToolTip("Cases of which you are the attorney or the intake worker")
        self.mine.setAccessibleDescription(self.mine.toolTip())
        self.clear = QuietButton("Show all", "link")
        self.clear.clicked.connect(lambda _checked: self._show_all())
        self.count = Words("", "quiet")
        self.message = InlineMessage()
        self.message.acted.connect(self._look)
        self.nothing = EmptyLine()
        self.model = PeopleModel(self)
        self.table = _Table()
        self.table.setModel(self.model)
        set_up_table(self.table, "Cases", [0, 100, 200, 60, 130, 120, 110])
        self._pills = PillDelegate(lambda words: _TONES.get(words, Tone.PLAIN), self.table)
        self.table.setItemDelegateForColumn(5, self._pills)
        self.table.clicked.connect(self._open)
        self.table.activated.connect(self._open)
        self.table.verticalScrollBar().valueChanged.connect(lambda _value: self._scrolled.start())
        self.field.textChanged.connect(lambda _text: self._typing.start())
        self.field.returnPressed.connect(self._first)
        for box in self._boxes:
            box.activated.connect(lambda _row: self._look())
        self.mine.toggled.connect(lambda _on: self._look())
        go_on = QShortcut(QKeySequence("F2"), self)
        go_on.activated.connect(self._go_on)
        self._lay_out()

    @property
    def _boxes(self) -> tuple[QComboBox, ...]:
        return (self.status, self.state, self.facility, self.detainer)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(Heading("Cases", 1))
        head.addStretch()
        head.addWidget(self.count)
        card = Card(parent=self)
        card.body.addWidget(self.field)
        narrow = QWidget(card)
        policy = narrow.sizePolicy()
        policy.setHeightForWidth(True)
        narrow.setSizePolicy(policy)
        filters = Flow(narrow, dp(8))
        high = self.status.sizeHint().height()
        for widget in (*self._boxes, self.mine, self.clear):
            widget.setMinimumHeight(high)
            filters.addWidget(widget)
        card.body.addWidget(narrow)
        card.body.addWidget(self.message)
        card.body.addWidget(self.nothing, 1)
        card.body.addWidget(self.table, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(dp(18), dp(16), dp(18), dp(18))
        whole.setSpacing(dp(12))
        whole.addLayout(head)
        whole.addWidget(card, 1)
        self.nothing.hide()

    @override
    def show_for(self, office: Office, what: object = None) -> None:
        """Read the list anew; the row chosen and what was typed stay."""
        self._office, self._in_front = office, True
        self._look()
        self._ask_facilities()
        self.field.setFocus()

    def _ask_facilities(self) -> None:
        if self._office is not None:
            work = partial(list_facilities, self._office)
            self.jobs.run(work, self._show_facilities, self._failed)

    def _show_facilities(self, names: tuple[str, ...] | None) -> None:
        if names is None:
            # Job by job: an edit, or locking, goes in between.
            if self._in_front:
                self._ask_facilities()
            return
        chosen = self.facility.currentText() if self.facility.currentIndex() > 0 else ""
        self.facility.clear()
        self.facility.addItems([_ANY_FACILITY, *names])
        if chosen:
            # A place nobody is held at any more is not looked for silently.
            self.facility.setCurrentIndex(max(self.facility.findText(chosen), 0))
            self._look()

    @override
    def leave(self) -> None:
        """Ask for nothing more."""
        self._in_front = False

    @override
    def themed(self, theme: Theme) -> None:
        """The pills of the list follow."""
        self._pills.theme = theme
        self.table.viewport().update()

    def _look(self) -> None:
        self._typing.stop()
        if self._office is None:
            return
        statuses, states = list(CaseStatus), list(State)
        status, state = self.status.currentIndex(), self.state.currentIndex()
        self._query = CaseQuery(
            text=self.field.text().strip(),
            status=statuses[status - 1] if status > 0 else None,
            state=states[state - 1].value if state > 0 else None,
            detainer_active=_DETAINER.get(self.detainer.currentText()),
            facility=self.facility.currentText() if self.facility.currentIndex() > 0 else None,
            mine=self.mine.isChecked(),
        )
        self.clear.setVisible(self._query != CaseQuery())
        self._request += 1
        self._asked = {0}
        work = partial(list_cases, self._office, self._query, 0, PAGE)
        self.jobs.run(work, partial(self._listed, self._request), self._failed)

    def _listed(self, request: int, page: ListPage) -> None:
        if request != self._request:
            return
        self.message.clear()
        self.model.start_over(page)
        self.count.setText(f"{page.total:,} case{'' if page.total == 1 else 's'}")
        self.table.setVisible(page.total > 0)
        self.nothing.setVisible(page.total == 0)
        if page.total == 0:
            self.nothing.setText(self._why_empty())

    def _why_empty(self) -> str:
        if self._query != CaseQuery():
            return "No case fits. Try fewer letters, or press “Show all”."
        if self._office is not None and may(self._office.member.role, Act.WRITE_CASES):
            return "No cases yet. Press “New intake” (Ctrl+N) to take the first one."
        return "No cases yet."

    def _fetch(self) -> None:
        if self._office is None:
            return
        first = self.table.rowAt(0)
        last = self.table.rowAt(self.table.viewport().height() - 1)
        last = self.model.total - 1 if last < 0 else last
        for page in self.model.missing(first, last):
            if page not in self._asked:
                self._asked.add(page)
                work = partial(list_cases, self._office, self._query, page * PAGE, PAGE)
                self.jobs.run(work, partial(self._came, self._request, page), self._failed)

    def _came(self, request: int, page: int, listed: ListPage) -> None:
        if request == self._request:
            self.model.put(page, listed.rows)

    def _failed(self, error: AppError) -> None:
        self.message.say(error.sentence, Tone.BAD, "Try again")

    def _open(self, index: QModelIndex) -> None:
        person = self.model.person(index.row())
        if person is not None:
            self.wanted.emit("case", person.case_id)

    def _go_on(self) -> None:
        """F2: open the chosen case with the keyboard in its first open question."""
        index = self.table.currentIndex()
        row = index.row() if index.isValid() else 0
        person = self.model.person(row)
        if person is not None:
            self.wanted.emit("case", GoOn(person.case_id))

    def _first(self) -> None:
        if self.model.total == 1:
            self._open(self.model.index(0, 0))
        elif self.model.total:
            self.table.setFocus()
            self.table.selectRow(0)

    def _show_all(self) -> None:
        self.field.clear()
        for box in self._boxes:
            box.setCurrentIndex(0)
        self.mine.setChecked(False)
        self._look()


def _filter(name: str, whole: str, choices: list[str]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.addItems([whole, *choices])
    return box


def _timer(parent: QWidget, milliseconds: int, rings: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(rings)
    return timer
