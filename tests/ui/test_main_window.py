"""The window: pages by role, keys, locking, and a title that names nobody."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.core.casefile import Person
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.ui.case_page import CasePage
from intake_app.ui.desk_page import DeskPage
from intake_app.ui.key_help import key_help
from intake_app.ui.keyboard import press, type_into
from intake_app.ui.main_window import MainWindow
from intake_app.ui.page import Clock
from intake_app.ui.people_list import PeopleList
from intake_app.ui.theme import Theme
from intake_app.workflows.open_case import open_case
from tests.ui.conftest import Desk
from tests.ui.screens import WindowScreen, no_questions

Opened = Callable[[Role], WindowScreen]


@pytest.fixture
def opened(desk: Desk, clock: Clock, qtbot: QtBot) -> Iterator[Opened]:
    """Opens the window for a role; closes its office afterwards."""
    offices: list[Office] = []

    def open_for(role: Role) -> WindowScreen:
        office = desk.open(role)
        offices.append(office)
        pages = [PeopleList(desk.jobs, clock), CasePage(desk.jobs, clock)]
        window = MainWindow(desk.jobs, office, pages, Theme(), 10)
        qtbot.addWidget(window, before_close_func=no_questions)
        return WindowScreen(window, qtbot).show()

    yield open_for
    for office in offices:
        desk.close(office)


def case_page(screen: WindowScreen) -> CasePage:
    page = screen.window.page("case")
    assert isinstance(page, CasePage)
    return page


def case_office(screen: WindowScreen) -> Office:
    """Still open in these tests: closing it is for `start.py`."""
    return screen.window.office


def front(screen: WindowScreen) -> str:
    return screen.window.place[0]


def test_keys_go_from_page_to_page(opened: Opened, desk: Desk) -> None:
    screen = opened(Role.PARALEGAL)
    screen.keys(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    desk.settled()
    assert front(screen) == "cases"
    screen.keys(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    desk.settled()
    assert front(screen) == "case"
    assert case_page(screen).case is not None
    assert screen.window.rail.buttons["cases"].isChecked()
    screen.keys(Qt.Key.Key_Escape)
    desk.settled()
    assert front(screen) == "cases"


def test_ctrl_k_opens_a_case_from_any_page(opened: Opened, desk: Desk, qtbot: QtBot) -> None:
    screen = opened(Role.PARALEGAL)
    case = screen.new_intake(case_page(screen))
    type_into(case.row(Person, "surname").edit.control, "Núñez")
    screen.window.go("cases")
    desk.settled()
    screen.keys(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    finder = screen.window.finder
    qtbot.waitUntil(finder.isVisible)
    QTest.keyClicks(finder.line, "nunez")
    qtbot.waitUntil(lambda: finder.model.rowCount() == 1)
    press(finder.line, Qt.Key.Key_Return)
    desk.settled()
    assert front(screen) == "case"
    shown = case_page(screen).case
    assert shown is not None
    assert shown.name == "Núñez"


def test_the_title_never_names_anybody(opened: Opened, desk: Desk) -> None:
    screen = opened(Role.PARALEGAL)
    case = screen.new_intake(case_page(screen))
    type_into(case.row(Person, "surname").edit.control, "Diallo")
    case.page.leave()
    desk.settled()
    assert screen.window.windowTitle() == "Intake Desk"


def test_a_coordinator_sees_cases_locked(opened: Opened, desk: Desk) -> None:
    screen = opened(Role.COORDINATOR)
    cases = screen.window.rail.buttons["cases"]
    assert not cases.isEnabled()
    said = "Cases, locked; for volunteer, paralegal, attorney, administrator"
    assert cases.accessibleName() == said
    screen.window.go("cases")
    screen.keys(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    screen.keys(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert front(screen) == ""
    assert screen.window.finder.isHidden()


def test_locking_saves_the_word_being_typed_and_forgets_the_rest(
    opened: Opened, desk: Desk, qtbot: QtBot
) -> None:
    screen = opened(Role.PARALEGAL)
    case = screen.new_intake(case_page(screen))
    assert case.page.case is not None
    case_id = case.page.case.case_id
    type_into(case.row(Person, "surname").edit.control, "Diallo")
    with qtbot.waitSignal(screen.window.locked) as locked:
        screen.keys(
            Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        )
    assert locked.args == [False]
    assert screen.window.place == ("case", case_id)
    # Nothing of her is left behind the cover.
    qtbot.waitUntil(lambda: not screen.window.findChildren(CasePage))
    office = case_office(screen)
    assert desk.done(partial(open_case, office, case_id)).one(Person).surname == "Diallo"


def test_f9_covers_at_once_and_a_key_asks_for_the_passphrase(
    opened: Opened, desk: Desk, qtbot: QtBot
) -> None:
    screen = opened(Role.PARALEGAL)
    screen.new_intake(case_page(screen))
    screen.keys(Qt.Key.Key_F9)
    assert screen.window.cover.isVisible()
    qtbot.waitUntil(lambda: not screen.window.findChildren(CasePage))
    handle = screen.window.windowHandle()
    assert handle is not None
    with qtbot.waitSignal(screen.window.woken):
        QTest.keyClick(handle, Qt.Key.Key_Space)


@pytest.mark.parametrize("how", ["lock", "unattended", "blank"])
def test_words_that_cant_be_read_hold_no_lock_back_and_are_put_aside(
    opened: Opened, qtbot: QtBot, how: str
) -> None:
    screen = opened(Role.PARALEGAL)
    case = screen.new_intake(case_page(screen))
    type_into(case.row(Person, "born").edit.control, "in the spring")
    window = screen.window
    locks = {
        "lock": window.lock,
        "unattended": window.timer.time_is_up.emit,
        "blank": window.blank,
    }
    with qtbot.waitSignal(window.locked), qtbot.waitSignal(window.covered):
        locks[how]()
    assert window.cover.isVisible()
    assert list(window.put_aside) == ["case"]
    assert "in the spring" in window.put_aside["case"]
    qtbot.waitUntil(lambda: not window.findChildren(CasePage))


def test_closing_asks_about_such_words_once(opened: Opened, qtbot: QtBot) -> None:
    screen = opened(Role.PARALEGAL)
    case = screen.new_intake(case_page(screen))
    type_into(case.row(Person, "born").edit.control, "in the spring")
    screen.window.close()
    qtbot.waitUntil(screen.window.message.isVisible)
    assert "Date of birth" in screen.window.message.words.text()
    with qtbot.waitSignal(screen.window.closed):
        screen.window.message.button.click()


def test_closing_waits_for_what_is_typed(opened: Opened, desk: Desk, qtbot: QtBot) -> None:
    screen = opened(Role.PARALEGAL)
    case = screen.new_intake(case_page(screen))
    assert case.page.case is not None
    case_id = case.page.case.case_id
    type_into(case.row(Person, "given").edit.control, "Aminata")
    with qtbot.waitSignal(screen.window.closed):
        screen.window.close()
    office = case_office(screen)
    assert desk.done(partial(open_case, office, case_id)).one(Person).given == "Aminata"


def test_every_control_of_the_frame_has_a_name(opened: Opened) -> None:
    screen = opened(Role.PARALEGAL)
    screen.new_intake(case_page(screen))
    nameless = []
    for widget in screen.window.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            face = QAccessible.queryAccessibleInterface(widget)
            labels = [
                one for one, kind in face.relations() if kind & QAccessible.RelationFlag.Label
            ]
            if not (face.text(QAccessible.Text.Name) or labels or widget.accessibleName()):
                nameless.append(widget)
    assert nameless == []


def test_text_grows_with_the_keyboard(opened: Opened, qtbot: QtBot) -> None:
    screen = opened(Role.PARALEGAL)
    with qtbot.waitSignal(screen.window.looks_wanted) as wanted:
        screen.keys(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert wanted.args is not None
    assert wanted.args[0].scale == 110


def test_a_notice_stands_on_every_page_until_the_desk_is_looked_at(
    desk: Desk, clock: Clock, qtbot: QtBot
) -> None:
    office = desk.open(Role.PARALEGAL)
    pages = [PeopleList(desk.jobs, clock), DeskPage(desk.jobs, clock)]
    window = MainWindow(desk.jobs, office, pages, Theme(), 10)
    qtbot.addWidget(window, before_close_func=no_questions)
    WindowScreen(window, qtbot).show()
    window.go("cases")
    window.say_notice("A detainer clock has 2 hours left.")
    assert window.notice.words.text() == "A detainer clock has 2 hours left."
    # It never takes the place of words about something not saved.
    assert window.message.isHidden()
    window.go("cases")
    assert window.notice.isVisible()
    window.notice.button.click()
    desk.settled()
    assert window.place[0] == "desk"
    assert not window.notice.isVisible()
    desk.close(office)


def test_notices_outside_the_window_can_be_switched_off(
    desk: Desk, clock: Clock, qtbot: QtBot
) -> None:
    office = desk.open(Role.PARALEGAL)
    window = MainWindow(desk.jobs, office, [PeopleList(desk.jobs, clock)], Theme(), 10)
    qtbot.addWidget(window, before_close_func=no_questions)
    assert window.rail.notices.isChecked()
    with qtbot.waitSignal(window.notices_wanted) as wanted:
        window.rail.notices.trigger()
    assert wanted.args == [False]
    desk.close(office)


def test_f1_goes_away_with_the_next_page(opened: Opened, desk: Desk) -> None:
    screen = opened(Role.PARALEGAL)
    screen.keys(Qt.Key.Key_F1)
    assert screen.window.message.words.text() == key_help()
    screen.window.go("cases")
    desk.settled()
    assert screen.window.message.isHidden()
