"""The history of the office: who did what, newest first; case numbers and no names of clients.

The line that is chosen is told below the table: what its change made of the office's own tables,
with a button that takes it back, or why it can't be undone from here.
"""

from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QTableView, QWidget
from typing_extensions import override

from intake_app.core.answers import parse_day
from intake_app.core.errors import AppError, BadAnswer
from intake_app.store.office import Member, Office
from intake_app.store.office_history import Deed, DeedKind, DeedPage, DeedQuery
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.row_table import RowTable
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import (
    Card,
    EmptyLine,
    InlineMessage,
    QuietButton,
    Words,
    dp,
    set_up_table,
)
from intake_app.workflows.manage_members import list_members
from intake_app.workflows.office_history import office_history
from intake_app.workflows.undo_office_change import office_change, undo_office_change

_LONGEST = 240

_HEADS = ("When", "Who", "What", "Case")
_WHAT_FOR = (
    "Every change, every opening of a case and every copy that left the office. What an answer "
    "said stands in the history of its case, for those who may see it. Choose a line to see "
    "whether it can be undone."
)


class DeedModel(RowTable):
    """Lines of the history as rows of a table; times on the clocks of `zone`."""

    rows: tuple[Deed, ...]
    zone = ZoneInfo("UTC")

    @override
    def words(self, row: Deed, column: int) -> str:
        at = row.at.astimezone(self.zone)
        return (f"{at:%Y-%m-%d %H:%M}", row.member, row.words, row.number)[column]


class OfficeHistoryCard(Card):
    """A page of lines with filters by member, kind of act and day; for administrators."""

    changed = Signal()
    """A change was taken back; the office may have another name now."""

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__("History of the office", parent)
        self._jobs, self._clock = jobs, clock
        self._office: Office | None = None
        self._request = 0
        self._older: int | None = None
        self._page: list[int | None] = [None]
        self.member, self.kind = QComboBox(), QComboBox()
        self.since, self.until = QLineEdit(), QLineEdit()
        for choice in (self.member, self.kind):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.kind.addItem("Everything", None)
        for kind in DeedKind:
            self.kind.addItem(kind.value, kind)
        self.message, self.nothing = InlineMessage(), EmptyLine("No line fits these choices.")
        self.table = QTableView()
        self.model = DeedModel(_HEADS, self)
        self.table.setModel(self.model)
        set_up_table(self.table, "History of the office", [165, 160, 0, 110])
        self.newer, self.older = QuietButton("Newer", "small"), QuietButton("Older", "small")
        self.newer.clicked.connect(lambda _checked: self._turn(-1))
        self.older.clicked.connect(lambda _checked: self._turn(1))
        self.count = Words("", "quiet")
        self.chosen = Words("", wrap=True)
        # Room for two lines, so that choosing one does not move the table.
        self.chosen.setMinimumHeight(self.chosen.fontMetrics().lineSpacing() * 2 + dp(2))
        self.chosen.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.undo = QuietButton("Undo this change", "small")
        self.undo.clicked.connect(lambda _checked: self._undo())
        self.table.selectionModel().selectionChanged.connect(self._choose)
        self.body.addWidget(Words(_WHAT_FOR, "quiet", wrap=True))
        self.body.addSpacing(dp(6))
        self.body.addLayout(self._filters())
        self.body.addSpacing(dp(4))
        self.body.addWidget(self.message)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.table, 1)
        self.body.addSpacing(dp(6))
        self.body.addLayout(self._below())
        self.body.addLayout(self._foot())
        self._came(0, DeedPage((), None))

    def _filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(dp(8))
        asked: tuple[tuple[str, QWidget], ...] = (
            ("By", self.member),
            ("What", self.kind),
            ("From", self.since),
            ("To", self.until),
        )
        for words, field in asked:
            label = QLabel(words)
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field)
            field.setAccessibleName(words)
        for day in (self.since, self.until):
            day.setPlaceholderText("2026-11-20")
            day.setClearButtonEnabled(True)
            day.setMaximumWidth(dp(130))
            day.editingFinished.connect(self._first_page)
            day.textEdited.connect(self._emptied)
        for choice in (self.member, self.kind):
            choice.activated.connect(lambda _index: self._first_page())
        row.addStretch(1)
        return row

    def _below(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(dp(12))
        row.addWidget(self.chosen, 1)
        row.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.count, 1)
        row.addWidget(self.newer)
        row.addWidget(self.older)
        return row

    def show_for(self, office: Office) -> None:
        """Read the newest lines; filters begin anew with another office or member."""
        if self._office is not office:
            self._office = office
            self.kind.setCurrentIndex(0)
            self.since.clear()
            self.until.clear()
            self._jobs.run(partial(list_members, office), self._show_members, self._failed)
        self._first_page()

    def leave(self) -> None:
        """Another section or page comes to the front."""
        self._request += 1
        self.message.clear()
        self._came(self._request, DeedPage((), None))

    def _show_members(self, members: tuple[Member, ...]) -> None:
        self.member.clear()
        self.member.addItem("Everybody", None)
        for one in members:
            self.member.addItem(one.name, one.id)

    def _first_page(self) -> None:
        self._page = [None]
        self._read()

    def _emptied(self, words: str) -> None:
        """One click on the cross of a day takes it back at once."""
        if not words:
            self._first_page()

    def _turn(self, step: int) -> None:
        if step > 0:
            self._page.append(self._older)
        else:
            self._page.pop()
        self._read()

    def _read(self) -> None:
        if self._office is None:
            return
        try:
            since, until = _day(self.since), _day(self.until)
        except BadAnswer as error:
            self.message.say(error.sentence)
            return
        self.message.clear()
        member, kind = self.member.currentData(), self.kind.currentData()
        query = DeedQuery(member, kind and DeedKind(kind), since, until)
        self._request += 1
        work = partial(office_history, self._office, query, self._page[-1])
        self._jobs.run(work, partial(self._came, self._request), self._failed)

    def _came(self, request: int, page: DeedPage) -> None:
        if request != self._request:
            return
        if self._office is not None:
            self.model.zone = ZoneInfo(self._office.profile.zone)
        self._older = page.older
        self.model.show_rows(page.deeds)
        self.nothing.setVisible(not page.deeds)
        self.table.setVisible(bool(page.deeds))
        self.table.scrollToTop()
        self._choose()
        self.newer.setEnabled(len(self._page) > 1)
        self.older.setEnabled(page.older is not None)
        many = f"{len(page.deeds)} lines" if len(page.deeds) != 1 else "1 line"
        self.count.setText(f"Page {len(self._page)} · {many}" if page.deeds else "")

    def _choose(self) -> None:
        """Tell what stood before and after, or why it can't be undone."""
        deed = self._deed()
        self.undo.setEnabled(False)
        self.undo.setVisible(deed is not None and not deed.why_not)
        self.chosen.setText(deed.why_not if deed is not None else "")
        if self._office is not None and deed is not None and not deed.why_not:
            work = partial(office_change, self._office, deed.seq)
            self._jobs.run(work, partial(self._told, deed.seq), self._failed)

    def _told(self, seq: int, sides: tuple[str, str]) -> None:
        deed = self._deed()
        if deed is None or deed.seq != seq:
            return
        before, after = (_short(side) for side in sides)
        self.chosen.setText(f"Before: {before}\nAfter: {after}")
        self.undo.setEnabled(True)
        self.body.activate()
        self.table.scrollTo(self.table.currentIndex())

    def _deed(self) -> Deed | None:
        rows = self.table.selectionModel().selectedRows()
        return self.model.rows[rows[0].row()] if rows else None

    def _undo(self) -> None:
        deed = self._deed()
        if self._office is None or deed is None:
            return
        self.undo.setEnabled(False)
        work = partial(undo_office_change, self._office, deed.seq, self._clock())
        self._jobs.run(work, self._undone, self._not_undone)

    def _undone(self, _nothing: None) -> None:
        self._first_page()
        self.message.say("Undone. The newest line tells of it.", Tone.GOOD)
        self.changed.emit()

    def _not_undone(self, error: AppError) -> None:
        self.undo.setEnabled(True)
        self._failed(error)

    def _failed(self, error: AppError) -> None:
        self.message.say(error.sentence)


def _short(words: str) -> str:
    if not words:
        return "nothing"
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


def _day(field: QLineEdit) -> date | None:
    words = field.text().strip()
    return parse_day(words) if words else None
