"""A box of the system is open when the program locks: it goes at once, and nothing is done."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from typing_extensions import override

from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.ui import asking
from intake_app.ui.asking import Asking
from intake_app.ui.letter_page import LetterPage
from intake_app.ui.main_window import MainWindow
from intake_app.ui.page import Clock
from intake_app.ui.theme import Theme
from intake_app.workflows.case_history import case_history
from tests.letters import SURNAME, case_for_a_letter
from tests.ui.conftest import Desk
from tests.ui.screens import WindowScreen


class Asks(Asking):
    """The real boxes; keeps what came of them, and whether their page was still there."""

    def __init__(self) -> None:
        self.answers: list[object] = []

    @override
    def printer(self, parent: QWidget, printer: QPrinter) -> bool:
        answer = super().printer(parent, printer)
        self.answers.append((answer, isValid(parent)))
        return answer

    @override
    def save_as(self, parent: QWidget, title: str, suggested: Path, kind: str) -> Path | None:
        answer = super().save_as(parent, title, suggested, kind)
        self.answers.append((answer, isValid(parent)))
        return answer


class Letter:
    """The window with a letter of a client, and a box that is opened over it."""

    def __init__(self, desk: Desk, office: Office, clock: Clock, qtbot: QtBot) -> None:
        self.desk, self.qtbot, self.asks = desk, qtbot, Asks()
        self.case = desk.done(partial(case_for_a_letter, office))
        self.page = LetterPage(desk.jobs, clock, asking=self.asks)
        self.window = MainWindow(desk.jobs, office, [self.page], Theme(), 10)
        qtbot.addWidget(self.window, before_close_func=self._no_questions)
        WindowScreen(self.window, qtbot).show()
        self.window.go("letter", self.case)
        desk.settled()
        self.settle()
        self.boxes: list[QWidget] = []
        self.at_once: list[bool] = []
        self.locked: list[int] = []
        self.window.locked.connect(lambda _blank: self.locked.append(len(self.asks.answers)))

    def settle(self) -> None:
        """Wait until the letter is written."""
        self.desk.settled()
        self.qtbot.waitUntil(lambda: self.page.work.settled, timeout=10_000)
        self.desk.settled()

    def button(self, asked: str) -> QPushButton:
        """What opens the box; only an approved letter has an envelope."""
        if asked != "Envelope…":
            return button_of(self.page.head, asked)
        self.page.head.approve.click()
        self.settle()
        self.page.message.button.click()
        self.settle()
        return button_of(self.page.approved, asked)

    def _no_questions(self, window: QWidget) -> None:
        self.window.timer.stop()
        window.hide()

    def in_the_box(self, does: Callable[[QWidget], None]) -> None:
        """Do something as soon as a box has the keyboard that was not there before.

        It has an event loop of its own: what waits for it here would wait for ever.
        """
        box = QApplication.activeModalWidget()
        if box is None or not box.isActiveWindow() or box in self.boxes:
            QTimer.singleShot(20, self.window, partial(self.in_the_box, does))
            return
        self.boxes.append(box)
        does(box)

    def lock_with(self, lock: Callable[[], object], _box: QWidget) -> None:
        """Lock, and see what there is on the screen right then."""
        lock()
        shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        self.at_once.append(shown == [self.window] and self.window.cover.isVisible())


def button_of(widget: QWidget, words: str) -> QPushButton:
    return next(one for one in widget.findChildren(QPushButton) if one.text() == words)


@pytest.fixture
def letter(
    desk: Desk, clock: Clock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Letter]:
    # A computer without a printer gets a sentence instead of the box.
    one = SimpleNamespace(availablePrinters=lambda: ["one"])
    monkeypatch.setattr(asking, "QPrinterInfo", one)
    office = desk.open(Role.ATTORNEY)
    made = Letter(desk, office, clock, qtbot)
    late = QTimer(made.window)
    late.timeout.connect(_give_up)
    late.start(15_000)
    yield made
    late.stop()
    desk.close(office)


def _give_up() -> None:
    """A box that stays must fail the test, not hold it."""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog):
            window.reject()


def ways(window: MainWindow) -> dict[str, Callable[[], object]]:
    """How it comes that the program locks."""
    return {
        "unattended": window.timer.time_is_up.emit,
        "screen locked": window.lock,
        "F9": _press_f9,
    }


def _press_f9() -> None:
    """As the system gives a key: to the box's window."""
    box = QApplication.activeModalWidget()
    handle = box.windowHandle() if box is not None else None
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_F9)


@pytest.mark.parametrize("how", ["unattended", "screen locked", "F9"])
@pytest.mark.parametrize("asked", ["Print…", "Save PDF…", "Envelope…"])
def test_the_box_goes_at_once_and_nothing_is_printed_or_saved(
    letter: Letter, desk: Desk, qtbot: QtBot, asked: str, how: str
) -> None:
    window, office = letter.window, letter.window.office
    button = letter.button(asked)
    before = len(desk.done(partial(case_history, office, letter.case)))
    lock = partial(letter.lock_with, ways(window)[how])
    QTimer.singleShot(0, window, partial(letter.in_the_box, lock))
    with qtbot.waitSignal(window.locked, timeout=10_000):
        QTimer.singleShot(0, window, button.click)
    assert letter.at_once == [True]
    # The page waited for the code that had asked, and only then went.
    assert letter.asks.answers == [(None if asked.startswith("Save") else False, True)]
    assert letter.locked == [1]
    qtbot.waitUntil(lambda: not window.findChildren(LetterPage))
    assert len(desk.done(partial(case_history, office, letter.case))) == before
    shown = [one.windowTitle() for one in QApplication.topLevelWidgets() if one.isVisible()]
    assert shown == ["Intake Desk"]


def test_a_box_over_the_box_goes_too(letter: Letter, qtbot: QtBot) -> None:
    window = letter.window

    def open_another(box: QWidget) -> None:
        lock = partial(letter.lock_with, window.lock)
        QTimer.singleShot(0, window, partial(letter.in_the_box, lock))
        button_of(box, "P&roperties").click()

    QTimer.singleShot(0, window, partial(letter.in_the_box, open_another))
    with qtbot.waitSignal(window.locked, timeout=10_000):
        QTimer.singleShot(0, window, letter.page.head.print.click)
    assert len(letter.boxes) == 2
    assert letter.at_once == [True]
    assert letter.asks.answers == [(False, True)]


def test_the_box_of_a_print_names_nobody(letter: Letter, qtbot: QtBot) -> None:
    said: list[str] = []

    def read(box: QWidget) -> None:
        for one in (box, *box.findChildren(QWidget)):
            said.extend(str(one.property(name)) for name in ("text", "windowTitle", "plainText"))
        letter.lock_with(letter.window.lock, box)

    QTimer.singleShot(0, letter.window, partial(letter.in_the_box, read))
    with qtbot.waitSignal(letter.window.locked, timeout=10_000):
        QTimer.singleShot(0, letter.window, letter.page.head.print.click)
    assert len(said) > 20
    assert SURNAME not in " ".join(said)
