"""Ctrl+K: find a person from any page."""

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.errors import AppError
from intake_app.store.office import Office
from intake_app.ui.jobs import Jobs
from intake_app.ui.people_model import shown_name
from intake_app.ui.widgets import Words, announce, dp
from intake_app.workflows.find_people import PersonRow, find_people

SHOWN = 40
_CASE = Qt.ItemDataRole.UserRole


class FindBox(QFrame):
    """A field with results under it, laid over the window; hidden until `ask`."""

    chosen = Signal(int)
    """The case with this number in the file is wanted."""

    closed = Signal()

    def __init__(self, jobs: Jobs, office: Office, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("is", "find")
        self._jobs, self._office = jobs, office
        self._request = 0
        self.line = QLineEdit()
        self.line.setPlaceholderText("Find a person, A-number or booking number…")
        self.line.setAccessibleName("Find a person")
        self.line.textChanged.connect(lambda _text: self._look())
        self.line.installEventFilter(self)
        self.model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setAccessibleName("People found")
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(self._open)
        self.says = Words("", "quiet", wrap=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(dp(8), dp(8), dp(8), dp(8))
        whole.setSpacing(dp(6))
        whole.addWidget(self.line)
        whole.addWidget(self.says)
        whole.addWidget(self.list, 1)
        self.hide()

    def use(self, office: Office) -> None:
        """Look in an office that was opened again."""
        self._office = office

    def ask(self) -> None:
        """Come up with an empty field and the newest cases."""
        self.line.clear()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._look()

    def close_box(self) -> None:
        """Go away; what was found is forgotten."""
        if not self.isHidden():
            self._request += 1
            self.model.clear()
            self.hide()
            self.closed.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down go through the list, Enter opens, Esc closes; leaving the field closes."""
        if event.type() == QEvent.Type.FocusOut and not self.list.underMouse():
            self.close_box()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8}.get(
                Qt.Key(key), -8
            )
            self._move(step)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.list.currentIndex())
            return True
        if key == Qt.Key.Key_Escape:
            self.close_box()
            return True
        return False

    def _look(self) -> None:
        self._request += 1
        work = partial(find_people, self._office, self.line.text(), SHOWN)
        self._jobs.run(work, partial(self._found, self._request), self._failed)

    def _found(self, request: int, people: tuple[PersonRow, ...]) -> None:
        if request != self._request:
            return
        self.model.clear()
        for row in people:
            item = QStandardItem(_line(row))
            item.setData(row.case_id, _CASE)
            self.model.appendRow(item)
        self._move(1)
        if people:
            more = " Type on to find fewer." if len(people) == SHOWN else ""
            words = "Newest cases." if not self.line.text().strip() else ""
            self.says.setText(f"{words}{more}".strip())
        else:
            self.says.setText("Nobody found. Try fewer letters; accents do not matter.")
        self.says.setVisible(bool(self.says.text()))
        announce(self.line, f"{len(people)} found")

    def _failed(self, error: AppError) -> None:
        self.says.setText(error.sentence)
        self.says.show()

    def _move(self, step: int) -> None:
        rows = self.model.rowCount()
        if rows:
            here = min(max(self.list.currentIndex().row() + step, 0), rows - 1)
            self.list.setCurrentIndex(self.model.index(here, 0))

    def _open(self, index: QModelIndex) -> None:
        case_id = index.data(_CASE)
        if case_id is not None:
            self.close_box()
            self.chosen.emit(int(case_id))


def _line(row: PersonRow) -> str:
    parts = [row.number, row.facility, row.booking_number]
    return f"{shown_name(row)}   {' · '.join(part for part in parts if part)}"
