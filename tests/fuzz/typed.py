"""Text pasted into the real window: every kind of field of a case, and the find box."""

import os
import time
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from intake_app.core.casefile import Custody, Household, Intake, Person
from intake_app.core.roles import Role
from intake_app.start import prepared_application
from intake_app.store.office import Office
from intake_app.ui.case_page import CasePage
from intake_app.ui.jobs import Jobs
from intake_app.ui.keyboard import form_of
from intake_app.ui.main_window import MainWindow
from intake_app.ui.people_list import PeopleList
from intake_app.ui.theme import Theme, dress
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.unlock_office import unlock_office
from tests.conftest import NOW, PASSPHRASE
from tests.fuzz.targets import Target
from tests.offices import new_office, staff

_FIELDS: tuple[tuple[type, str], ...] = (
    (Person, "surname"),
    (Person, "born"),
    (Person, "a_number"),
    (Custody, "facility"),
    (Household, "adults"),
    (Intake, "summary"),
)
_TEXTS = (
    "Nguyễn Văn Ánh", "José Ramón\u202egnp.exe", "a\0b", "\ud800", "\udfff\ud800", "x" * 5_000,
    "\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f", "\u05e9\u05dc\u05d5\u05dd\u200f", "-1",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467", "e" + "\u0301" * 4_000, "\u2028\u2029\x85\x0b",
    "\t\r\n", "1e999", "9" * 5_000, "31.12.1970", "12/31/1970", "1970", "٣", "½", "\ufffe\uffff",
    "<b>x</b>", "<img src='file:///etc/passwd'>", "&amp;", "%s%n", "'; DROP TABLE cases;--",
    "\x1b[2J", "\ufdfa" * 900,
)  # fmt: skip
_LONG = 10_000_000


def _text(content: bytes) -> str:
    """Halves of letters are kept; other bytes that are no text are not."""
    try:
        return content.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return content.decode("utf-8", "replace")


class Typed(Target):
    """Any text; half a letter and controls too."""

    tokens = tuple(text.encode("utf-8", "surrogatepass") for text in _TEXTS)

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        with new_office(folder / "office").office as made:
            staff(made)
        self._app = prepared_application()
        qInstallMessageHandler(lambda _kind, _where, _words: None)
        dress(self._app, Theme())
        self._jobs = Jobs()
        self._faults: list[Exception] = []
        self._jobs.broke.connect(self._faults.append)
        self._office: Office = self._done(
            partial(unlock_office, folder / "office", Role.PARALEGAL.value, PASSPHRASE, NOW)
        )
        case_id: int = self._done(partial(start_intake, self._office, NOW)).case_id
        self._page = CasePage(self._jobs, lambda: NOW)
        pages = [PeopleList(self._jobs, lambda: NOW), self._page]
        self._window = MainWindow(self._jobs, self._office, pages, Theme(), 600)
        self._window.show()
        self._window.go("case", case_id)
        self._settle()
        self._turn = 0
        self.seeds = [*self.tokens, ("long " * (_LONG // 5)).encode()]

    def take(self, content: bytes) -> None:
        text = _text(content)
        for record, field in self._next_fields():
            edit = form_of(self._page, record).rows[field].edit
            control = edit.findChild(QLineEdit) or edit.findChild(QPlainTextEdit)
            assert control is not None, field
            self._paste(control, text)
            QTest.keyClick(control, Qt.Key.Key_Tab)
            self._settle()
        self._window.ask_find()
        self._paste(self._window.finder.line, text)
        self._settle()
        self._window.finder.close_box()
        if self._faults:
            raise self._faults[0]

    def _next_fields(self) -> tuple[tuple[type, str], ...]:
        """Two at a time: each change of a case is seen through to the disk."""
        self._turn += 1
        return tuple(_FIELDS[(self._turn + more) % len(_FIELDS)] for more in (0, 3))

    def _paste(self, control: QWidget, text: str) -> None:
        assert isinstance(control, QLineEdit | QPlainTextEdit)
        QApplication.clipboard().setText(text)
        control.setFocus()
        control.selectAll()
        control.paste()

    def _done(self, work: Any) -> Any:
        answers: list[Any] = []
        errors: list[Exception] = []
        self._jobs.run(work, answers.append, errors.append)
        while not answers and not errors:
            QApplication.processEvents()
            time.sleep(0.001)
        if errors:
            raise errors[0]
        return answers[0]

    def _settle(self) -> None:
        QApplication.processEvents()
        while self._jobs.busy:
            QApplication.processEvents()
            time.sleep(0.0005)
        QApplication.processEvents()

    def close(self) -> None:
        self._window.timer.stop()
        self._window.hide()
        self._settle()
        damage = self._done(self._office.damage)
        assert damage == [], damage
        self._done(self._office.close)
        self._jobs.close()
