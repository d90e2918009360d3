"""What the window does on a failing disk: scenes played by `test_window.py`.

They are tests, in a pytest of their own: the whole process stands on the fault layer.
"""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from intake_app.core.casefile import Charge, Intake, Person
from intake_app.core.errors import AppError
from intake_app.core.fields import question
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.ui.case_page import NEW, CasePage
from intake_app.ui.desk_page import DeskPage
from intake_app.ui.form_view import DRAFT_AFTER
from intake_app.ui.keyboard import press, type_into
from intake_app.ui.main_window import MainWindow
from intake_app.ui.page import Clock
from intake_app.ui.theme import Theme
from intake_app.workflows.open_case import open_case
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.faults.layer import BROKEN, FULL, GONE, WRITE_PROTECTED, Fault, Layer
from tests.ui.conftest import Desk
from tests.ui.screens import CaseScreen

pytest_plugins = ("tests.ui.conftest",)

REFUSED = "Check that the disk is there"
SURNAME = question(Person, "surname")


class Scene:
    """The window at a new intake, and the disk below it."""

    def __init__(self, desk: Desk, office: Office, window: MainWindow, disk: Layer) -> None:
        self.desk, self.office, self.window, self.disk = desk, office, window, disk
        page = window.page("case")
        assert isinstance(page, CasePage)
        self.page = page
        self.screen = CaseScreen(page, desk.qtbot)
        window.go("case", NEW)
        self.settle()
        assert page.case is not None
        self.case = page.case.case_id

    def settle(self) -> None:
        self.desk.settled()

    def kept(self) -> tuple[str | None, str | None]:
        """Surname and summary, as the file has them."""
        case = self.desk.done(partial(open_case, self.office, self.case))
        return case.one(Person).surname, case.one(Intake).summary

    @property
    def typed(self) -> str:
        """The surname on the screen."""
        return str(self.screen.row(Person, "surname").edit.control.property("text"))

    def said(self) -> str:
        """What stands on the page about it; empty for nothing."""
        message = self.page.message
        return "" if message.isHidden() else message.words.text()


@pytest.fixture
def scene(desk: Desk, clock: Clock, qtbot: QtBot) -> Iterator[Scene]:
    disk = Layer(Path(os.environ["INTAKE_FAULTS"]))
    office = desk.open(Role.PARALEGAL)
    pages = [DeskPage(desk.jobs, clock), CasePage(desk.jobs, clock)]
    window = MainWindow(desk.jobs, office, pages, Theme(), 10)
    qtbot.addWidget(window, before_close_func=lambda _window: window.hide())
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    disk.watch(desk.folder)
    yield Scene(desk, office, window, disk)
    disk.heal()
    window.timer.stop()
    desk.close(office)


@pytest.mark.parametrize(
    "fault", [FULL, BROKEN, WRITE_PROTECTED, GONE], ids=lambda fault: fault.name
)
def test_words_stay_and_one_press_saves_them(scene: Scene, fault: Fault) -> None:
    scene.disk.fail(fault, 1)
    scene.screen.answer(Person, SURNAME, "Quintanilla")
    scene.settle()
    assert scene.disk.refused
    assert scene.typed == "Quintanilla"
    assert scene.said().count(REFUSED) == 1
    assert scene.said().startswith("Surname")
    assert scene.page.bar().saved.text() == "not saved"
    scene.page.message.button.click()
    scene.settle()
    # Still the same disk: still there, still said.
    assert scene.typed == "Quintanilla"
    assert scene.said().count(REFUSED) == 1
    scene.disk.heal()
    scene.page.message.button.click()
    scene.settle()
    assert scene.kept()[0] == "Quintanilla"
    assert scene.said() == ""
    assert scene.page.unsaved() == ""
    assert scene.page.bar().saved.text() == "saved 12:11"


def test_another_section_and_another_page_lose_nothing(scene: Scene) -> None:
    scene.disk.fail(FULL, 1)
    type_into(scene.screen.row(Person, "surname").edit.control, "Quintanilla")
    scene.screen.section("Charges")
    scene.settle()
    assert scene.typed == "Quintanilla"
    scene.window.go("desk")
    scene.settle()
    scene.window.go("case")
    scene.settle()
    assert scene.typed == "Quintanilla"
    assert "Surname" in scene.page.unsaved()
    scene.disk.heal()
    # Coming back to the page tries again by itself.
    scene.window.go("desk")
    scene.settle()
    scene.window.go("case")
    scene.settle()
    assert scene.kept()[0] == "Quintanilla"
    assert scene.page.unsaved() == ""


def test_another_case_loses_nothing(scene: Scene) -> None:
    other = scene.desk.done(partial(start_intake, scene.office, NOW)).case_id
    scene.disk.fail(FULL, 1)
    scene.screen.answer(Person, SURNAME, "Quintanilla")
    scene.settle()
    scene.window.go("case", other)
    scene.settle()
    assert scene.page.showing() == other
    assert scene.typed == ""
    assert "Surname" in scene.page.unsaved()
    scene.window.go("case", scene.case)
    scene.settle()
    assert "Surname" in scene.page.unsaved()
    assert scene.typed == "Quintanilla"
    scene.disk.heal()
    scene.page.message.button.click()
    scene.settle()
    assert scene.kept()[0] == "Quintanilla"


def test_long_words_being_typed(scene: Scene) -> None:
    """Drafts are refused, too; the words stay and are saved when the field is left."""
    words = "Called by her sister, who has her papers."
    summary = scene.screen.row(Intake, "summary").edit.control
    scene.disk.fail(FULL, 1)
    type_into(summary, words)
    QTest.qWait(DRAFT_AFTER + 100)
    scene.settle()
    assert REFUSED in scene.said()
    assert summary.property("plainText") == words
    scene.disk.heal()
    type_into(summary, words + " No.")
    QTest.qWait(DRAFT_AFTER + 100)
    scene.settle()
    press(summary, Qt.Key.Key_Tab)
    scene.settle()
    assert scene.kept()[1] == words + " No."
    assert scene.page.unsaved() == ""
    assert REFUSED not in scene.said()


def test_a_row_that_can_not_be_added(scene: Scene) -> None:
    scene.disk.fail(FULL, 1)
    scene.screen.add(Charge)
    scene.settle()
    assert REFUSED in scene.said()
    scene.disk.heal()
    scene.screen.add(Charge)
    scene.settle()
    case = scene.desk.done(partial(open_case, scene.office, scene.case))
    assert len(case.kept(Charge)) == 1


def test_closing_waits_for_words_that_can_not_be_saved(scene: Scene) -> None:
    closed: list[bool] = []
    scene.window.closed.connect(lambda: closed.append(True))
    scene.disk.fail(FULL, 1)
    type_into(scene.screen.row(Person, "surname").edit.control, "Quintanilla")
    scene.window.close()
    scene.settle()
    assert not closed
    assert scene.window.isVisible()
    assert "Surname" in scene.window.message.words.text()
    assert scene.typed == "Quintanilla"
    scene.disk.heal()
    scene.page.message.button.click()
    scene.settle()
    scene.window.close()
    scene.settle()
    assert closed
    assert scene.kept()[0] == "Quintanilla"


def test_a_drive_that_was_taken_out_and_comes_back(scene: Scene) -> None:
    other = scene.desk.done(partial(start_intake, scene.office, NOW)).case_id
    away = scene.desk.folder.with_name("away")
    scene.desk.folder.rename(away)
    scene.disk.watch(away)
    scene.disk.fail(GONE, 1)
    try:
        scene.screen.answer(Person, SURNAME, "Quintanilla")
        scene.settle()
        assert REFUSED in scene.said()
        with pytest.raises(AppError, match=REFUSED):
            scene.desk.done(partial(start_intake, scene.office, NOW))
    finally:
        scene.disk.heal()
        away.rename(scene.desk.folder)
    scene.page.message.button.click()
    scene.settle()
    assert scene.kept()[0] == "Quintanilla"
    scene.window.go("case", other)
    scene.settle()
    assert scene.page.showing() == other
    assert scene.desk.done(scene.office.damage) == []
