"""The case list shows pages of any length, finds without accents and hides protected names."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from intake_app.core.casefile import Intake
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.ui.case_page import GoOn
from intake_app.ui.find_box import FindBox
from intake_app.ui.keyboard import press, type_into
from intake_app.ui.page import Clock
from intake_app.ui.people_list import PeopleList
from intake_app.ui.people_model import HIDDEN, PAGE, PeopleModel
from intake_app.workflows.find_people import CasePage as ListPage
from intake_app.workflows.find_people import PersonRow
from intake_app.workflows.save_case import save_answer
from tests.conftest import NOW
from tests.ui import invented
from tests.ui.conftest import Desk

FILLED: dict[str, int] = {}


@pytest.fixture
def filled(desk: Desk, office: Office) -> Office:
    """The office with the invented people, made once for this file."""
    if str(desk.folder) not in FILLED:
        FILLED[str(desk.folder)] = desk.done(partial(invented.fill, office, NOW))
    return office


@pytest.fixture
def page(desk: Desk, clock: Clock, filled: Office, qtbot: QtBot) -> PeopleList:
    made = PeopleList(desk.jobs, clock)
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show_for(filled)
    made.show()
    desk.settled()
    return made


def names(page: PeopleList) -> list[str]:
    return [str(page.model.index(row, 0).data()) for row in range(page.model.rowCount())]


def test_it_lists_every_case_newest_first_and_hides_protected_names(page: PeopleList) -> None:
    assert names(page)[:2] == [HIDDEN, "Núñez Ibáñez, José Ángel"]
    assert len(names(page)) == 7
    assert page.count.text() == "7 cases"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nguyen dang", "Nguyễn-Đặng, Thị Hoa"),
        ("zolk", "Żółkiewski, Łukasz"),
        ("03021177", "Núñez Ibáñez, José Ángel"),
        ("204118730", HIDDEN),
    ],
)
def test_it_finds_as_one_types(page: PeopleList, qtbot: QtBot, typed: str, found: str) -> None:
    type_into(page.field, typed)
    qtbot.waitUntil(lambda: names(page) == [found])
    with qtbot.waitSignal(page.wanted) as wanted:
        press(page.field, Qt.Key.Key_Return)
    assert wanted.args is not None
    assert wanted.args[0] == "case"


def test_filters_narrow_the_list_and_show_all_widens_it(page: PeopleList, desk: Desk) -> None:
    place = page.state.findText("Georgia")
    page.state.setCurrentIndex(place)
    page.state.activated.emit(place)
    desk.settled()
    assert names(page) == ["Nguyễn-Đặng, Thị Hoa"]
    QTest.mouseClick(page.clear, Qt.MouseButton.LeftButton)
    desk.settled()
    assert len(names(page)) == 7


def test_places_of_custody_are_offered_and_narrow_the_list(page: PeopleList, desk: Desk) -> None:
    offered = [page.facility.itemText(place) for place in range(page.facility.count())]
    assert offered[0] == "Any facility"
    assert offered[1:] == sorted(offered[1:])
    assert "Krome North" in offered
    place = page.facility.findText("Krome North")
    page.facility.setCurrentIndex(place)
    page.facility.activated.emit(place)
    desk.settled()
    assert names(page) == ["Diallo, Aminata"]
    # Coming back keeps what was chosen.
    assert page._office is not None
    page.show_for(page._office)
    desk.settled()
    assert page.facility.currentText() == "Krome North"
    assert names(page) == ["Diallo, Aminata"]
    page.clear.click()
    desk.settled()
    assert len(names(page)) == 7


def test_mine_are_the_cases_that_name_me(page: PeopleList, desk: Desk, filled: Office) -> None:
    first = page.model.person(2)
    assert first is not None
    work = partial(save_answer, filled, first.case_id, Intake, None, "intake_worker")
    desk.done(partial(work, "M. Paralegal", NOW))
    page.mine.click()
    desk.settled()
    assert names(page) == [first.name]
    page.clear.click()
    desk.settled()
    assert not page.mine.isChecked()
    assert len(names(page)) == 7
    desk.done(partial(work, None, NOW))


def test_f2_goes_on_with_the_chosen_case_and_enter_opens_it(page: PeopleList, qtbot: QtBot) -> None:
    page.activateWindow()
    page.table.setFocus()
    page.table.selectRow(1)
    person = page.model.person(1)
    assert person is not None
    with qtbot.waitSignal(page.wanted) as wanted:
        press(page.table, Qt.Key.Key_F2)
    assert wanted.args == ["case", GoOn(person.case_id)]
    with qtbot.waitSignal(page.wanted) as wanted:
        press(page.table, Qt.Key.Key_Return)
    assert wanted.args == ["case", person.case_id]


def test_names_are_not_cut_where_there_is_little_room(page: PeopleList, desk: Desk) -> None:
    page.resize(640, 500)
    desk.settled()
    assert page.table.columnWidth(0) >= 180
    page.resize(1200, 500)
    desk.settled()
    assert not page.table.horizontalScrollBar().isVisible()


def test_what_room_is_left_is_the_names_from_the_first(desk: Desk, clock: Clock) -> None:
    stack = QStackedWidget()
    desk.qtbot.addWidget(stack)
    stack.addWidget(QWidget())
    stack.resize(1200, 500)
    stack.show()
    page = PeopleList(desk.jobs, clock, stack)
    stack.addWidget(page)
    stack.setCurrentWidget(page)
    desk.settled()
    wide = sum(page.table.columnWidth(column) for column in range(page.model.columnCount()))
    assert wide == page.table.viewport().width()


def test_an_empty_list_says_what_to_do(page: PeopleList, qtbot: QtBot) -> None:
    type_into(page.field, "nobody has this name")
    qtbot.waitUntil(page.nothing.isVisible)
    assert page.nothing.text() == "No case fits. Try fewer letters, or press “Show all”."


def row(number: int) -> PersonRow:
    return PersonRow(number, f"2026-{number:04}", f"Person {number}", False, "Open", "", "", "", "")


def test_the_model_holds_only_pages_somebody_looked_at(page: PeopleList) -> None:
    model = PeopleModel(page)
    model.start_over(ListPage(100_000, tuple(row(n) for n in range(PAGE))))
    assert model.rowCount() == 100_000
    assert model.index(3, 0).data() == "Person 3"
    assert model.index(70_000, 0).data() == "…"
    assert model.missing(69_990, 70_020) == [349, 350]
    model.put(350, tuple(row(n) for n in range(70_000, 70_200)))
    assert model.index(70_000, 0).data() == "Person 70000"
    assert model.missing(69_990, 70_020) == [349]
    assert model.missing(99_990, 200_000) == [499]


@pytest.fixture
def box(desk: Desk, filled: Office, page: PeopleList) -> Iterator[FindBox]:
    made = FindBox(desk.jobs, filled, page)
    made.setGeometry(0, 0, 500, 300)
    yield made
    desk.settled()


def found(box: FindBox) -> list[str]:
    return [str(box.model.index(line, 0).data()) for line in range(box.model.rowCount())]


def test_ctrl_k_finds_as_one_types_and_enter_opens(box: FindBox, desk: Desk, qtbot: QtBot) -> None:
    box.ask()
    desk.settled()
    assert len(found(box)) == 7
    QTest.keyClicks(box.line, "hernandez lo")
    qtbot.waitUntil(lambda: len(found(box)) == 1)
    assert found(box)[0].startswith("Hernández López, Carlos")
    with qtbot.waitSignal(box.chosen):
        press(box.line, Qt.Key.Key_Return)
    assert box.isHidden()
    assert found(box) == []


def test_a_stale_answer_is_dropped(box: FindBox, desk: Desk) -> None:
    box.ask()
    for letter in "chen":
        QTest.keyClicks(box.line, letter)
    QTest.keyClicks(box.line, "!")
    desk.settled()
    assert found(box) == []
    assert box.says.text() == "Nobody found. Try fewer letters; accents do not matter."


def test_an_answer_that_comes_after_closing_is_dropped(box: FindBox, desk: Desk) -> None:
    box.ask()
    QTest.keyClicks(box.line, "chen")
    box.close_box()
    desk.settled()
    assert found(box) == []


def test_arrows_choose_and_escape_closes(box: FindBox, desk: Desk, qtbot: QtBot) -> None:
    box.ask()
    desk.settled()
    press(box.line, Qt.Key.Key_Down)
    press(box.line, Qt.Key.Key_Down)
    press(box.line, Qt.Key.Key_Up)
    assert box.list.currentIndex().row() == 1
    with qtbot.waitSignal(box.closed):
        press(box.line, Qt.Key.Key_Escape)
    assert box.isHidden()


def test_a_coordinator_may_not_even_ask(desk: Desk, clock: Clock, qtbot: QtBot) -> None:
    office = desk.open(Role.COORDINATOR)
    made = PeopleList(desk.jobs, clock)
    qtbot.addWidget(made)
    made.show_for(office)
    desk.settled()
    assert made.message.words.text().startswith("A coordinator may not open cases.")
    assert names(made) == []
    desk.close(office)
