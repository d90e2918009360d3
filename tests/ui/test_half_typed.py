"""Closing, another look and locking over words that wait for a Save button of their own."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from intake_app.core.casefile import Panel, Person
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.ui.authorities_page import AuthoritiesPage
from intake_app.ui.case_page import NEW, CasePage
from intake_app.ui.half_typed import half_typed
from intake_app.ui.keyboard import type_into
from intake_app.ui.letters_panel import LettersPanel
from intake_app.ui.main_window import MainWindow
from intake_app.ui.office_page import OfficePage
from intake_app.ui.page import Clock
from intake_app.ui.reports_page import KNOWN, ReportsPage
from intake_app.ui.theme import Theme
from tests.store.test_letters import approved
from tests.ui.conftest import Desk
from tests.ui.screens import CaseScreen, WindowScreen, no_questions

SECRET = "Quintanilla"
Opened = Callable[[Role], MainWindow]


@pytest.fixture
def opened(desk: Desk, clock: Clock, qtbot: QtBot) -> Iterator[Opened]:
    """Opens the window with the pages that have such forms; closes its office afterwards."""
    offices: list[Office] = []

    def open_for(role: Role) -> MainWindow:
        offices.append(desk.open(role))
        kinds = (CasePage, AuthoritiesPage, OfficePage, ReportsPage)
        pages = [kind(desk.jobs, clock) for kind in kinds]
        window = MainWindow(desk.jobs, offices[-1], pages, Theme(), 10)
        qtbot.addWidget(window, before_close_func=no_questions)
        WindowScreen(window, qtbot).show()
        return window

    yield open_for
    for office in offices:
        desk.close(office)


def office_page(window: MainWindow, desk: Desk, section: str) -> OfficePage:
    window.go("office", section)
    desk.settled()
    page = window.page("office")
    assert isinstance(page, OfficePage)
    return page


def half_an_addressee(window: MainWindow, desk: Desk) -> OfficePage:
    page = office_page(window, desk, "Letters")
    page.directory.add.click()
    QTest.keyClicks(page.directory.form.agency, SECRET)
    return page


def new_case(window: MainWindow, qtbot: QtBot) -> CaseScreen:
    page = window.page("case")
    assert isinstance(page, CasePage)
    return WindowScreen(window, qtbot).new_intake(page)


def test_closing_names_the_field_loses_nothing_and_closes_when_told_to(
    opened: Opened, desk: Desk, qtbot: QtBot
) -> None:
    window = opened(Role.PARALEGAL)
    page = half_an_addressee(window, desk)
    form = page.directory.form
    for _times in range(2):
        window.close()
        desk.settled()
        assert window.isVisible()
        assert "not saved yet: “Agency” (Office)" in window.message.words.text()
        assert SECRET not in window.message.words.text()
        assert form.isVisible()
        assert form.agency.text() == SECRET
    with qtbot.waitSignal(window.closed):
        window.message.button.click()


def test_what_was_saved_after_the_question_is_asked_about_no_more(
    opened: Opened, desk: Desk, qtbot: QtBot
) -> None:
    window = opened(Role.PARALEGAL)
    page = half_an_addressee(window, desk)
    window.close()
    page.directory.form.save.click()
    desk.settled()
    assert page.directory.form.isHidden()
    with qtbot.waitSignal(window.closed):
        window.close()


def test_another_field_typed_into_after_the_question_is_asked_about(
    opened: Opened, desk: Desk
) -> None:
    window = opened(Role.PARALEGAL)
    page = half_an_addressee(window, desk)
    window.close()
    QTest.keyClicks(page.directory.form.county, "Dade")
    window.message.button.click()
    desk.settled()
    assert window.isVisible()
    assert "“Agency” (Office), “County” (Office)" in window.message.words.text()


def test_closing_without_one_thing_is_not_closing_without_another(
    opened: Opened, desk: Desk, qtbot: QtBot
) -> None:
    window = opened(Role.PARALEGAL)
    case = new_case(window, qtbot)
    type_into(case.row(Person, "born").edit.control, "in the spring")
    half_an_addressee(window, desk)
    window.close()
    assert "“Agency” (Office)" in window.message.words.text()
    window.message.button.click()
    desk.settled()
    assert window.isVisible()
    assert "Date of birth" in window.message.words.text()
    with qtbot.waitSignal(window.closed):
        window.message.button.click()


def leave(page: CasePage, desk: Desk) -> None:
    assert page.message.button.text() == "Leave without it"
    page.message.button.click()
    desk.settled()


def test_another_case_waits_for_a_sending_that_is_half_typed(
    opened: Opened, desk: Desk, qtbot: QtBot
) -> None:
    window = opened(Role.ATTORNEY)
    page = new_case(window, qtbot).page
    case = page.showing()
    assert isinstance(case, int)
    desk.done(partial(approved, window.office, case))
    page.open_section("Letters")
    desk.settled()
    panel = page.forms.panel(Panel.LETTERS)
    assert isinstance(panel, LettersPanel)
    (button,) = (one for one in panel.findChildren(QPushButton) if one.text() == "Record sending")
    button.click()
    desk.settled()
    day = panel.acts.form.sent_on
    QTest.keyClicks(day, " noon")
    typed = day.text()
    window.go("authorities")
    window.go("case", NEW)
    desk.settled()
    assert (page.showing(), day.text(), day.isVisible()) == (case, typed, True)
    assert "Typed and not saved yet: “Sent on” (Case)." in page.message.words.text()
    leave(page, desk)
    assert page.showing() not in (case, None)
    window.go("case", case)
    desk.settled()
    assert panel.acts.form.isHidden()
    assert not day.text()


def test_another_case_waits_for_an_answer_that_can_not_be_read(
    opened: Opened, desk: Desk, qtbot: QtBot
) -> None:
    window = opened(Role.PARALEGAL)
    screen = new_case(window, qtbot)
    page, case = screen.page, screen.page.showing()
    type_into(screen.row(Person, "born").edit.control, "in the spring")
    window.go("case", NEW)
    desk.settled()
    assert page.showing() == case
    assert page.message.words.text().startswith("Not saved yet. Date of birth")
    leave(page, desk)
    assert page.showing() != case


def test_another_look_leaves_the_form_as_it_is(opened: Opened, desk: Desk, qtbot: QtBot) -> None:
    window = opened(Role.PARALEGAL)
    page = half_an_addressee(window, desk)
    with qtbot.waitSignal(window.renewed) as renewed:
        window.renew()
    assert renewed.args == [False]
    assert page.directory.form.agency.text() == SECRET


def test_a_saved_letterhead_is_no_loss_and_what_is_typed_on_it_is(
    opened: Opened, desk: Desk
) -> None:
    window = opened(Role.ATTORNEY)
    card = office_page(window, desk, "Letters").letterhead
    for field in (card.name, card.title_line):
        QTest.keyClicks(field, " Bay")
    assert half_typed([window.page("office")]) == (
        "“Name of the office” (Office), “Your title” (Office)"
    )
    card.save.click()
    desk.settled()
    assert half_typed([window.page("office")]) == "“Your title” (Office)"
    card.sign.click()
    desk.settled()
    assert half_typed([window.page("office")]) == ""


def test_a_form_waits_while_another_page_or_view_is_before_it(opened: Opened, desk: Desk) -> None:
    window = opened(Role.ATTORNEY)
    window.go("reports")
    desk.settled()
    reports = window.page("reports")
    assert isinstance(reports, ReportsPage)
    reports._show(KNOWN)
    desk.settled()
    QTest.keyClicks(reports.known.value, "120")
    reports._show("own")
    window.go("authorities")
    desk.settled()
    library = window.page("authorities")
    assert isinstance(library, AuthoritiesPage)
    library.add.click()
    assert library.form is not None
    QTest.keyClicks(library.form.fields["short_name"], SECRET)
    office_page(window, desk, "This office")
    window.close()
    desk.settled()
    said = window.message.words.text()
    assert "“Figure” (Reports)" in said
    assert "“Short name” (Authorities)" in said
    window.go("authorities")
    desk.settled()
    assert library.form is not None
    assert library.form.answers()["short_name"] == SECRET
    assert library.form.isVisible()
    window.go("reports")
    reports._show(KNOWN)
    assert reports.known.value.text() == "120"


def test_what_is_looked_for_is_no_loss(opened: Opened, desk: Desk, qtbot: QtBot) -> None:
    window = opened(Role.ADMINISTRATOR)
    page = office_page(window, desk, "History")
    QTest.keyClicks(page.history.since, "2026-11")
    assert half_typed([page]) == ""
    page = half_an_addressee(window, desk)
    QTest.keyClicks(page.directory.form.address, "1 Jail Road")
    page.directory.form.save.click()
    desk.settled()
    page.directory.first.selectAll()
    QTest.keyClicks(page.directory.first, "4")
    assert page.directory.first.isVisible()
    assert half_typed([page]) == ""
    QTest.keyClicks(page.directory.search, "Dade")
    desk.settled()
    assert half_typed([page]) == ""
    with qtbot.waitSignal(window.closed):
        window.close()
