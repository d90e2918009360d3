"""The survey page by keyboard alone: answered, kept, thrown away, and never saved by a lock."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from intake_app.core.fields import questions
from intake_app.core.roles import Act, Role, may
from intake_app.core.survey import (
    FearReason,
    KnowsDeported,
    LivesWhere,
    StatusGroup,
    SurveyLanguage,
    SurveyResponse,
    SurveyYesNo,
    YearsHere,
)
from intake_app.store.office import Office
from intake_app.ui.keyboard import press
from intake_app.ui.main_window import MainWindow
from intake_app.ui.office_page import OfficePage
from intake_app.ui.page import Clock
from intake_app.ui.people_list import PeopleList
from intake_app.ui.survey_page import KEEP, RULE, THROWN, SurveyPage
from intake_app.ui.survey_views import UNCHECKED
from intake_app.ui.theme import LIGHT, Theme
from tests.ui.conftest import Desk
from tests.ui.demo_office import nameless
from tests.ui.screens import no_questions

WHOLE = "3 1 1 3 1 7 4 3 1"
"""Keys of one answer to each of the nine questions."""
ANSWERED = SurveyResponse(
    language=SurveyLanguage.HAITIAN_CREOLE,
    afraid=SurveyYesNo.YES,
    reason=FearReason.POLICE_ICE,
    knows_deported=KnowsDeported.SEVERAL,
    unreported=SurveyYesNo.YES,
    why_unreported=FearReason.OTHER,
    years_here=YearsHere.OVER_10,
    status=StatusGroup.RESIDENT,
    lives=LivesWhere.HERE,
)


class SurveyScreen:
    """The window of one member with the survey in front; counts every key."""

    def __init__(self, window: MainWindow, office: Office, desk: Desk) -> None:
        self.window, self.office, self.desk = window, office, desk
        self.pressed = 0
        self.stops: list[QWidget] = []
        window.show()
        desk.qtbot.waitExposed(window)
        window.activateWindow()
        desk.qtbot.waitUntil(window.isActiveWindow)
        self.key(Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
        desk.settled()
        self.pressed, self.stops = 0, [self.focus()]

    @property
    def page(self) -> SurveyPage:
        page = self.window.page("survey")
        assert isinstance(page, SurveyPage)
        return page

    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def key(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
        """Press a key where the keyboard is."""
        press(self.focus(), key, *modifiers)
        self.pressed += 1
        if self.stops and self.focus() is not self.stops[-1]:
            self.stops.append(self.focus())

    def figures(self, figures: str, on: Qt.Key = Qt.Key.Key_Return) -> None:
        """Answer one question after the other."""
        for figure in figures.split():
            self.key(Qt.Key(ord(figure)))
            self.key(on)

    def shown(self) -> str:
        """The question in the middle, in English; empty at the last look."""
        for view in self.page.views:
            if view.isVisible():
                return view.question.name
        return ""

    def kept(self) -> list[tuple[object, ...]]:
        """Every response in the file."""

        def read() -> list[tuple[object, ...]]:
            with self.office.reading() as connection:
                rows = connection.exec_driver_sql("SELECT * FROM survey_response")
                return [tuple(row)[1:] for row in rows]

        return self.desk.done(read)

    def clean(self) -> None:
        def write() -> None:
            with self.office.writing() as connection:
                connection.exec_driver_sql("DELETE FROM survey_response")

        self.desk.done(write)

    def words(self) -> list[str]:
        labels = self.page.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisibleTo(self.page)]


Opened = Callable[[Role], SurveyScreen]


@pytest.fixture
def opened(desk: Desk, clock: Clock, qtbot: QtBot) -> Iterator[Opened]:
    screens: list[SurveyScreen] = []

    def open_for(role: Role) -> SurveyScreen:
        office = desk.open(role)
        pages = [kind(desk.jobs, clock) for kind in (PeopleList, OfficePage, SurveyPage)]
        window = MainWindow(desk.jobs, office, pages, Theme(), 10)
        qtbot.addWidget(window, before_close_func=no_questions)
        screens.append(SurveyScreen(window, office, desk))
        screens[-1].clean()
        return screens[-1]

    yield open_for
    for screen in screens:
        desk.settled()
        screen.clean()
        desk.close(screen.office)


@pytest.fixture
def screen(opened: Opened) -> SurveyScreen:
    return opened(Role.VOLUNTEER)


def test_a_whole_response_takes_nineteen_keys_and_a_stop_for_each_question(
    screen: SurveyScreen, desk: Desk
) -> None:
    """Two keys a question and one to keep it; far inside two minutes, with a stop for each."""
    started = datetime.now(UTC)
    screen.figures(WHOLE)
    assert screen.page.response == ANSWERED
    assert screen.shown() == ""
    assert screen.focus() is screen.page.keep
    assert screen.kept() == []
    screen.key(Qt.Key.Key_Return)
    desk.settled()
    words = "2026-Q4 ht yes police_ice several yes other over_10 resident here"
    assert screen.kept() == [tuple(words.split())]
    assert screen.pressed == 19
    # Nine questions, the button that keeps, and the first question of the next response.
    assert len(screen.stops) == 11
    assert screen.shown() == "language"
    assert screen.page.response == SurveyResponse()
    assert (datetime.now(UTC) - started).total_seconds() < 20
    assert "The response is kept." in screen.page.message.words.text()


def test_down_goes_on_and_up_goes_back(screen: SurveyScreen) -> None:
    screen.key(Qt.Key.Key_2)
    screen.key(Qt.Key.Key_Down)
    assert screen.shown() == "afraid"
    screen.key(Qt.Key.Key_Up)
    assert screen.shown() == "language"
    assert screen.page.response.language is SurveyLanguage.SPANISH
    screen.key(Qt.Key.Key_Up)
    assert screen.shown() == "language"


def test_every_question_can_be_left_out_and_a_reason_is_asked_only_for_a_fear(
    screen: SurveyScreen,
) -> None:
    seen = [screen.shown()]
    for _ in range(7):
        screen.key(Qt.Key.Key_Down)
        seen.append(screen.shown())
    all_names = [asked.name for asked in questions(SurveyResponse)]
    not_asked = {"reason", "why_unreported"}
    assert seen == [*(name for name in all_names if name not in not_asked), ""]
    assert screen.page.steps[all_names.index("reason")].isEnabled() is False
    screen.key(Qt.Key.Key_Return)
    screen.desk.settled()
    assert screen.page.message.words.text().startswith("No question was answered")
    assert screen.kept() == []


def test_an_answer_is_changed_and_taken_away(screen: SurveyScreen) -> None:
    screen.key(Qt.Key.Key_1)
    screen.key(Qt.Key.Key_4)
    assert screen.page.response.language is SurveyLanguage.OTHER
    screen.key(Qt.Key.Key_5)  # the question has four answers
    assert screen.page.response.language is SurveyLanguage.OTHER
    screen.key(Qt.Key.Key_Delete)
    assert screen.page.response == SurveyResponse()


def test_answers_can_be_clicked_too(screen: SurveyScreen) -> None:
    button = screen.page.views[0].buttons[2]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert screen.page.response.language is SurveyLanguage.HAITIAN_CREOLE
    assert button.isChecked()
    assert screen.focus() is screen.page.views[0]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert screen.page.response == SurveyResponse()


def test_any_question_is_one_click_away_in_the_list(screen: SurveyScreen) -> None:
    QTest.mouseClick(screen.page.steps[7], Qt.MouseButton.LeftButton)
    assert screen.shown() == "status"
    assert screen.focus() is screen.page.views[7]
    screen.key(Qt.Key.Key_5)
    assert screen.page.response == SurveyResponse(status=StatusGroup.DECLINED)
    assert screen.page.steps[7].accessibleName() == "Status, answered"
    assert screen.page.steps[2].accessibleName() == "Main reason for the fear, not asked"


def test_a_reason_given_before_the_fear_was_taken_back_is_not_kept(
    screen: SurveyScreen, desk: Desk
) -> None:
    screen.figures("1 1 2")
    screen.key(Qt.Key.Key_Up)
    screen.key(Qt.Key.Key_Up)
    assert screen.shown() == "afraid"
    screen.key(Qt.Key.Key_2)
    for _ in range(6):
        screen.key(Qt.Key.Key_Down)
    assert screen.focus() is screen.page.keep
    screen.key(Qt.Key.Key_Return)
    desk.settled()
    assert screen.kept() == [("2026-Q4", "en", "no", *[None] * 7)]


def test_holding_enter_down_goes_no_further_and_keeps_nothing(screen: SurveyScreen) -> None:
    screen.figures(WHOLE)
    held = Qt.Key.Key_Return
    QTest.simulateEvent(screen.page.keep, True, held, Qt.KeyboardModifier.NoModifier, "\r", True)
    screen.desk.settled()
    assert screen.page.response == ANSWERED
    assert screen.kept() == []
    screen.key(Qt.Key.Key_Up)
    assert screen.shown() == "lives"


def test_three_languages_stand_side_by_side_and_say_that_nobody_checked_them(
    screen: SurveyScreen,
) -> None:
    said = screen.words()
    for words in (
        "English",
        "Español",
        "Kreyòl",
        "In what language is this interview?",
        "¿En qué idioma es esta entrevista?",
        "Nan ki lang n ap fè entèvyou sa a?",
    ):
        assert words in said
    assert said.count(UNCHECKED) == 2
    view = screen.page.views[0]
    columns = [
        [label.mapTo(screen.page, label.rect().topLeft()).x() for label in labels]
        for labels in (_labels(view.buttons[0]), _labels(view.buttons[3]))
    ]
    assert columns[0] == columns[1]
    assert columns[0] == sorted(columns[0])


def _labels(button: QWidget) -> list[QLabel]:
    return [one for one in button.findChildren(QLabel) if one.property("is") == "said"]


def test_the_page_says_before_keeping_that_it_cant_be_undone(screen: SurveyScreen) -> None:
    assert RULE in screen.words()
    screen.figures(WHOLE)
    said = screen.words()
    assert any("cannot be changed or taken back" in words for words in said)
    assert any("no se pueden cambiar ni retirar" in words for words in said)
    assert any("pa ka ni chanje ni retire" in words for words in said)
    assert "Wi, plizyè moun" in said
    assert screen.page.keep.text() == KEEP


def test_throwing_away_keeps_nothing(screen: SurveyScreen) -> None:
    screen.figures("1 1")
    QTest.mouseClick(screen.page.throw, Qt.MouseButton.LeftButton)
    assert screen.page.response == SurveyResponse()
    assert screen.shown() == "language"
    assert "Nothing of it was kept" in screen.page.message.words.text()
    assert screen.kept() == []


def test_esc_asks_once_before_it_throws_the_answers_away(screen: SurveyScreen, desk: Desk) -> None:
    screen.window.go("office")
    screen.window.go("survey")
    screen.figures("1 1")
    screen.key(Qt.Key.Key_Escape)
    assert screen.window.place[0] == "survey"
    assert "Press Esc again" in screen.page.message.words.text()
    assert screen.page.response.afraid is SurveyYesNo.YES
    screen.key(Qt.Key.Key_Escape)
    desk.settled()
    assert screen.window.place[0] == "office"
    assert screen.page.response == SurveyResponse()
    screen.window.go("survey")
    assert screen.page.message.words.text() == THROWN
    assert screen.kept() == []


def test_a_click_in_the_rail_comes_and_goes(screen: SurveyScreen, desk: Desk) -> None:
    for key in ("office", "survey"):
        QTest.mouseClick(screen.window.rail.buttons[key], Qt.MouseButton.LeftButton)
        desk.settled()
        assert screen.window.place[0] == key
    assert screen.focus() is screen.page.views[0]


def test_leaving_half_way_throws_the_answers_away_and_says_so(
    screen: SurveyScreen, desk: Desk
) -> None:
    screen.figures("1 1")
    screen.key(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    desk.settled()
    assert screen.window.place[0] == "cases"
    assert screen.page.response == SurveyResponse()
    screen.key(Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    desk.settled()
    assert screen.page.message.words.text() == THROWN
    assert screen.shown() == "language"
    assert screen.focus() is screen.page.views[0]
    screen.window.go("office")
    screen.window.go("survey")
    assert not screen.page.message.isVisible()


def test_f9_throws_a_half_filled_response_away_at_once(
    screen: SurveyScreen, desk: Desk, qtbot: QtBot
) -> None:
    screen.figures(WHOLE)
    page = screen.page
    with qtbot.waitSignal(screen.window.locked, timeout=5_000) as locked:
        screen.key(Qt.Key.Key_F9)
        assert screen.window.cover.isVisible()
        assert page.response == SurveyResponse()
    assert locked.args == [True]
    assert not screen.window.put_aside
    assert screen.window.place == ("survey", None)
    desk.settled()
    assert screen.kept() == []


def test_locking_is_not_held_up(screen: SurveyScreen, desk: Desk, qtbot: QtBot) -> None:
    screen.figures("1 1")
    assert screen.page.unsaved() == ""
    assert screen.page.showing() is None
    with qtbot.waitSignal(screen.window.locked, timeout=5_000):
        screen.key(
            Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        )
    desk.settled()
    assert screen.kept() == []


def test_a_response_on_its_way_is_kept_once_though_the_page_is_left(
    screen: SurveyScreen, desk: Desk
) -> None:
    screen.figures(WHOLE)
    screen.key(Qt.Key.Key_Return)
    screen.key(Qt.Key.Key_Return)
    screen.window.go("office")
    desk.settled()
    assert len(screen.kept()) == 1
    assert screen.page.response == SurveyResponse()
    screen.window.go("survey")
    assert screen.page.message.words.text() != THROWN


def test_what_a_screen_reader_hears_is_english_and_whole(screen: SurveyScreen) -> None:
    view = screen.page.views[0]
    assert view.accessibleName() == "In what language is this interview? not answered"
    assert view.accessibleDescription() == (
        "Press 1 English, 2 Spanish, 3 Haitian Creole, 4 Another language. Enter goes on."
    )
    screen.key(Qt.Key.Key_2)
    assert view.accessibleName() == "In what language is this interview? answered: Spanish"
    names = [button.accessibleName() for button in view.buttons]
    assert names[2] == "In what language is this interview? Haitian Creole"
    assert nameless(screen.page) == []


def test_the_keyboard_is_seen(screen: SurveyScreen) -> None:
    view = screen.page.views[0]
    assert screen.focus() is view
    edge = view.grab().toImage().pixelColor(view.width() // 2, 1)
    assert edge == QColor(LIGHT.focus)


def test_each_question_is_one_stop_of_the_tab_key(screen: SurveyScreen) -> None:
    stops = []
    for _ in range(40):
        screen.key(Qt.Key.Key_Tab)
        stops.append(screen.focus())
    assert {one for one in stops if one in screen.page.views} == {screen.page.views[0]}
    assert not any(button in stops for button in screen.page.views[0].buttons)
    assert {screen.page.next, screen.page.views[0]} <= set(stops)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_those_who_publish_see_how_many_there_are(opened: Opened, role: Role) -> None:
    screen = opened(role)
    assert screen.page.count.isVisible()
    assert any(words.startswith("No response was kept yet.") for words in screen.words())
    assert bool(screen.page.views) is may(role, Act.WRITE_CASES)
    if screen.page.views:
        screen.figures(WHOLE)
        screen.key(Qt.Key.Key_Return)
        screen.desk.settled()
        assert "Q4 2026" in screen.words()
        assert "not over yet" in screen.words()


def test_others_do_not(screen: SurveyScreen) -> None:
    assert not screen.page.count.isVisible()
