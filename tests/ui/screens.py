"""Page objects: what a person at the screen does, in her words."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.core.fields import Kind, Question
from intake_app.ui import keyboard
from intake_app.ui.case_page import NEW, CasePage
from intake_app.ui.form_view import AnswerRow, FormView
from intake_app.ui.keyboard import press
from intake_app.ui.main_window import MainWindow
from intake_app.ui.section_view import SectionView


class CaseScreen:
    """The page of one case."""

    def __init__(self, page: CasePage, qtbot: QtBot) -> None:
        self.page, self.qtbot = page, qtbot

    def settle(self) -> None:
        """Wait until everything typed is on the disk and shown."""
        self.qtbot.waitUntil(lambda: not self.page.jobs.busy, timeout=20_000)

    def section(self, title: str) -> SectionView:
        """Open a section."""
        self.page.open_section(title)
        return self.page.forms.view(title)

    def form(self, record: type) -> FormView:
        """The form of a record, in the section where it stands."""
        return keyboard.form_of(self.page, record)

    def add(self, record: type) -> None:
        """Press "Add …" of a repeated record."""
        keyboard.add(self.page, record)
        self.settle()

    def row(self, record: type, field: str) -> AnswerRow:
        """One question on the form."""
        return self.form(record).rows[field]

    def answer(self, record: type, question: Question, words: str) -> None:
        """Type or choose an answer the way its control wants it, and leave the field."""
        keyboard.answer(self.row(record, question.name), words)


def words_for(question: Question) -> tuple[str, Any]:
    """Something a person may type for a question, and the answer it means."""
    from intake_app.core.answers import parse

    vocabulary = list(question.vocabulary or ())
    match question.kind:
        case Kind.CHOICE:
            # The last one; of yes and no the first, which opens the questions that follow.
            choice = vocabulary[0 if len(vocabulary) == 5 and vocabulary[0] == "yes" else -1]
            return choice.label, choice
        case Kind.CHOICES:
            both = (vocabulary[0], vocabulary[-1])
            return "|".join(choice.label for choice in both), both
        case Kind.LINE:
            words = "Nguyễn-Đặng <b>Ñ</b> & Co."
        case Kind.TEXT:
            words = "First line, with “marks”\nsecond line: Łódź"
        case Kind.PHONE:
            words = "+1 (305) 555-0142 ext. 7"
        case Kind.DATE:
            words = "Nov 20, 2026"
        case Kind.PARTIAL_DATE:
            words = "11/2026"
        case Kind.TIME:
            words = "2026-11-20 09:10"
        case Kind.MONEY:
            words = "$1,250.50"
        case Kind.NUMBER:
            words = "3"
    return words, parse(question, words)


class WindowScreen:
    """The whole window."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    def show(self) -> "WindowScreen":
        """Bring it up, with the keyboard."""
        self.window.show()
        self.qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        return self

    def keys(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """Press keys wherever the keyboard is."""
        press(QApplication.focusWidget() or self.window, key, *modifiers)

    def new_intake(self, page: CasePage) -> CaseScreen:
        """Ctrl+N."""
        self.window.go("case", NEW)
        screen = CaseScreen(page, self.qtbot)
        screen.settle()
        return screen


def no_questions(window: QWidget) -> None:
    """Before a test closes the window: nobody is there to answer."""
    assert isinstance(window, MainWindow)
    window.timer.stop()
    window.hide()
