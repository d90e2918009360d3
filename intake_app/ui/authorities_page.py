"""The library of authorities, to read: what may be cited, where it binds, when it was checked."""

from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTableView, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.authorities import Library
from intake_app.core.errors import AppError
from intake_app.core.roles import Act
from intake_app.store.office import Office
from intake_app.ui.card_column import CardColumn
from intake_app.ui.jobs import Jobs
from intake_app.ui.library_rows import TONES, LibraryRow, day, library_rows
from intake_app.ui.page import Clock, Page
from intake_app.ui.pill_delegate import PillDelegate
from intake_app.ui.theme import Theme, Tone
from intake_app.ui.widgets import (
    Card,
    EmptyLine,
    Heading,
    InlineMessage,
    Words,
    dp,
    empty,
    set_up_table,
)
from intake_app.workflows import shipped

_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
HEADS = ("Authority", "Helps us?", "Binds in", "Last check", "")
_NOT_ADVICE = (
    "A library, not legal advice. A letter cites only entries that were checked, are not too "
    "old and are not blocked."
)


class LibraryModel(QAbstractTableModel):
    """The rows of the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[LibraryRow, ...] = ()

    def show_rows(self, rows: tuple[LibraryRow, ...]) -> None:
        """Show others."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(HEADS)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self.rows[index.row()]
        return (row.title, row.stance, row.binds, day(row.checked), row.note)[index.column()]

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        return None


class AuthoritiesPage(Page):
    """List left, the chosen entry right."""

    key = "authorities"
    words = "Authorities"
    icon = "authorities"
    needs = Act.READ_CASES

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(jobs, clock, parent)
        self._all: tuple[LibraryRow, ...] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find by name, state or words: Galarza, FL, probable cause")
        self.search.setAccessibleName("Find authorities")
        self.search.setClearButtonEnabled(True)
        self.message = InlineMessage()
        self.nothing = EmptyLine("No entry has these words.")
        self.nothing.hide()
        self.model = LibraryModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        set_up_table(self.table, "Authorities", [0, 132, 120, 108, 80])
        self._pills = PillDelegate(lambda words: TONES.get(words, Tone.PLAIN), self.table)
        for column in (1, 4):
            self.table.setItemDelegateForColumn(column, self._pills)
        self.count = Words("", "quiet")
        self.detail = CardColumn()
        self._side = Card("")
        self._side.title.setWordWrap(True)
        self._side.body.addWidget(self.detail, 1)
        self._lay_out()
        self.search.textChanged.connect(self._filter)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(dp(12))
        head.addWidget(Heading("Authorities", 1))
        head.addStretch(1)
        head.addWidget(self.count)
        card = Card()
        card.body.addWidget(self.search)
        card.body.addWidget(self.message)
        card.body.addWidget(self.nothing)
        card.body.addWidget(self.table, 1)
        sides = QHBoxLayout()
        sides.setSpacing(dp(16))
        sides.addWidget(card, 2)
        sides.addWidget(self._side, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(dp(18), dp(16), dp(18), dp(18))
        whole.setSpacing(dp(12))
        whole.addLayout(head)
        whole.addWidget(Words(_NOT_ADVICE, "quiet", wrap=True))
        whole.addLayout(sides, 1)

    @override
    def show_for(self, office: Office, what: object = None) -> None:
        """Read the library; with `what`, an entry's id, choose that one."""
        wanted = what if isinstance(what, str) else ""
        self.jobs.run(shipped.library, partial(self._came, wanted), self._failed)
        self.search.setFocus()

    @override
    def themed(self, theme: Theme) -> None:
        self._pills.theme = theme
        self.table.viewport().update()

    def _came(self, wanted: str, library: Library) -> None:
        self.message.clear()
        self._all = library_rows(library, self.clock().date())
        self._filter()
        for number, row in enumerate(self.model.rows):
            if wanted and ("Entry", wanted) in row.told:
                self.table.selectRow(number)

    def _filter(self, _text: str = "") -> None:
        rows = tuple(row for row in self._all if row.holds(self.search.text()))
        self.model.show_rows(rows)
        self.count.setText(f"{len(rows)} entries" if len(rows) != 1 else "1 entry")
        self.nothing.setVisible(bool(self._all) and not rows)
        self.table.setVisible(bool(rows))
        if rows:
            self.table.selectRow(0)
        else:
            self._tell(None)

    def _chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        self._tell(self.model.rows[index.row()] if index.isValid() else None)

    def _tell(self, row: LibraryRow | None) -> None:
        empty(self.detail.body)
        self._side.set_title(row.title if row else "")
        if row is None:
            self.detail.body.addWidget(EmptyLine("Choose an entry to read it."))
        else:
            self.detail.body.setSpacing(dp(2))
            if row.warning:
                warning = InlineMessage()
                warning.say(row.warning, Tone.SOON)
                self.detail.body.addWidget(warning)
                self.detail.body.addSpacing(dp(8))
            for label, said in row.told:
                self.detail.body.addWidget(Words(label, "column"))
                words = Words(said, wrap=True)
                words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self.detail.body.addWidget(words)
                self.detail.body.addSpacing(dp(8))
        self.detail.body.addStretch(1)

    def _failed(self, error: AppError) -> None:
        self.message.say(error.sentence)
