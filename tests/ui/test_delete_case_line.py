"""Deleting a case from its page, undoing with the keyboard, and saying who opened it."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from intake_app.core.casefile import Person
from intake_app.core.errors import AppError
from intake_app.core.fields import question
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.ui.case_page import HISTORY, CasePage
from intake_app.ui.keyboard import type_into
from intake_app.ui.page import Clock
from intake_app.workflows.open_case import open_case
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.ui.conftest import Desk
from tests.ui.screens import CaseScreen
from tests.ui.test_case_page import open_page

UNDO = Qt.KeyboardModifier.ControlModifier
REDO = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def screen(desk: Desk, clock: Clock, office: Office) -> CaseScreen:
    """A case that was there, in the hands of a paralegal."""
    case = desk.done(partial(start_intake, office, NOW)).case_id
    return open_page(desk, clock, office, case)


def case_of(page: CasePage) -> int:
    assert page.case is not None
    return page.case.case_id


def surname(desk: Desk, office: Office, case: int) -> str | None:
    return desk.done(partial(open_case, office, case)).one(Person).surname


def test_it_asks_once_more_deletes_and_leads_to_the_list(
    screen: CaseScreen, desk: Desk, office: Office
) -> None:
    page = screen.page
    case, wanted = case_of(page), list[tuple[str, object]]()
    page.wanted.connect(lambda key, what: wanted.append((key, what)))
    page.open_section(HISTORY)
    desk.settled()
    line = page.history.delete
    assert line.isVisible()
    line.ask.click()
    assert "Delete case 2026-" in line.words.text()
    assert "For 30 days" in line.words.text()
    assert line.keep.hasFocus()
    line.keep.click()
    assert line.words.text() == ""
    assert desk.done(partial(open_case, office, case)).case_id == case
    line.ask.click()
    line.delete.click()
    desk.settled()
    with pytest.raises(AppError, match="That case was deleted"):
        desk.done(partial(open_case, office, case))
    assert wanted == [("cases", None)]
    assert page.case is None
    assert page.showing() is None
    # Going back to the page shows nothing that could be typed into.
    page.show_for(office)
    desk.settled()
    assert "That case was deleted" in page.message.words.text()
    assert not page.forms.isEnabled()
    other = desk.done(partial(start_intake, office, NOW)).case_id
    page.show_for(office, other)
    desk.settled()
    assert page.forms.isEnabled()
    assert case_of(page) == other


def test_a_volunteer_has_no_such_button(desk: Desk, clock: Clock, office: Office) -> None:
    case = desk.done(partial(start_intake, office, NOW)).case_id
    desk.close(office)
    volunteer = desk.open(Role.VOLUNTEER)
    page = open_page(desk, clock, volunteer, case).page
    page.open_section(HISTORY)
    desk.settled()
    assert page.history.delete.isHidden()
    desk.close(volunteer)


def test_ctrl_z_takes_back_the_last_edit_and_says_which(
    screen: CaseScreen, desk: Desk, office: Office
) -> None:
    page = screen.page
    for words in ("First", "Second"):
        screen.answer(Person, question(Person, "surname"), words)
        screen.settle()
    page.list.buttons[HISTORY].setFocus()
    QTest.keyClick(page, Qt.Key.Key_Z, UNDO)
    desk.settled()
    assert page.message.words.text() == "Undone: Person · Surname."
    assert surname(desk, office, case_of(page)) == "First"
    assert page.case is not None
    assert page.case.one(Person).surname == "First"
    QTest.keyClick(page, Qt.Key.Key_Z, REDO)
    desk.settled()
    assert page.message.words.text() == "Made again: Person · Surname."
    assert surname(desk, office, case_of(page)) == "Second"
    QTest.keyClick(page, Qt.Key.Key_Z, REDO)
    desk.settled()
    assert "nothing to make again" in page.message.words.text()


def test_ctrl_z_in_a_text_field_is_about_the_words_in_it(
    screen: CaseScreen, desk: Desk, office: Office
) -> None:
    screen.answer(Person, question(Person, "surname"), "Kept")
    screen.settle()
    control = screen.row(Person, "given").edit.control
    control.setFocus()
    type_into(control, "Ana")
    QTest.keyClick(control, Qt.Key.Key_Z, UNDO)
    desk.settled()
    assert surname(desk, office, case_of(screen.page)) == "Kept"
    assert screen.page.message.isHidden()


def test_history_shows_who_opened_the_case_where_somebody_asks(
    screen: CaseScreen, desk: Desk
) -> None:
    page = screen.page
    page.open_section(HISTORY)
    desk.settled()
    actions = [one.action for one in page.history.model.rows]
    assert "opened" not in actions
    page.history.looks.click()
    assert [one.action for one in page.history.model.rows] == ["opened", *actions]


def test_an_opening_that_can_not_be_written_is_said(
    desk: Desk, clock: Clock, office: Office
) -> None:
    def sealed_off(on: str) -> None:
        with office.reading() as connection:
            connection.exec_driver_sql(f"PRAGMA query_only = {on}")

    case = desk.done(partial(start_intake, office, NOW)).case_id
    desk.done(partial(sealed_off, "ON"))
    page = open_page(desk, clock, office, case).page
    assert case_of(page) == case
    assert "could not be written into the history" in page.message.words.text()
    desk.done(partial(sealed_off, "OFF"))
