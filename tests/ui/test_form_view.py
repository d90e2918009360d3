"""Every declared question can be answered in its own control, and is read back."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QMenu, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from intake_app.core.casefile import (
    RECORDS,
    Charge,
    Custody,
    Detainer,
    Household,
    Person,
    questions_for,
)
from intake_app.core.fields import question, questions, title_of
from intake_app.core.names import fold
from intake_app.core.roles import Role
from intake_app.core.vocabulary import FundingCode, State, YesNo
from intake_app.store.office import Office
from intake_app.ui.answer_edits import LineAnswer, TimeAnswer
from intake_app.ui.case_page import NEW, CasePage
from intake_app.ui.choice_edits import ChoiceAnswer, SearchAnswer, YesNoAnswer
from intake_app.ui.form_view import DRAFT_AFTER, FormView
from intake_app.ui.keyboard import press, type_into
from intake_app.ui.page import Clock
from intake_app.workflows.open_case import open_case
from tests.ui.conftest import Desk
from tests.ui.screens import CaseScreen, words_for


@pytest.fixture
def office(desk: Desk) -> Iterator[Office]:
    """The office unlocked by the attorney, who may answer every question."""
    opened = desk.open(Role.ATTORNEY)
    yield opened
    desk.close(opened)


@pytest.fixture
def page(desk: Desk, clock: Clock, office: Office, qtbot: QtBot) -> CasePage:
    made = CasePage(desk.jobs, clock)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show_for(office, NEW)
    made.show()
    desk.settled()
    return made


def test_what_an_attorney_decides_others_only_read(desk: Desk, clock: Clock, qtbot: QtBot) -> None:
    office = desk.open(Role.PARALEGAL)
    page = CasePage(desk.jobs, clock)
    qtbot.addWidget(page)
    page.show_for(office, NEW)
    desk.settled()
    screen = CaseScreen(page, qtbot)
    screen.add(Charge)
    decided = {name for name, row in screen.form(Charge).rows.items() if not row.edit.isEnabled()}
    assert decided == {"immigration_conviction", "aggravated_felony"}
    page.leave()
    desk.settled()
    desk.close(office)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_question_is_typed_saved_and_read_back(
    record: type, page: CasePage, desk: Desk, office: Office, qtbot: QtBot
) -> None:
    screen = CaseScreen(page, qtbot)
    if title_of(record).many:
        screen.add(record)
    expected = {}
    for asked in questions(record):
        words, value = words_for(asked)
        screen.answer(record, asked, words)
        expected[asked.name] = value
    screen.settle()
    assert page.unsaved() == ""
    assert page.case is not None
    # From the disk, with keys derived anew.
    desk.close(office)
    again = desk.open()
    case = desk.done(partial(open_case, again, page.case.case_id))
    desk.close(again)
    saved: Any = case.one(record)
    assert {name: getattr(saved, name) for name in expected} == expected
    assert page.case.one(record) == saved


def test_the_form_asks_every_question_in_order(qtbot: QtBot) -> None:
    for record in RECORDS:
        form = FormView(questions(record), "America/New_York")
        qtbot.addWidget(form)
        assert list(form.rows) == [asked.name for asked in questions(record)]


def test_a_volunteer_is_asked_nothing_protected() -> None:
    asked = [one for record in RECORDS for one in questions_for(Role.VOLUNTEER, record)]
    assert asked
    assert not [
        one.name for one in asked if "PROTECTED" in one.keep.name or one.keep.name == "BOTH"
    ]


def form_of(qtbot: QtBot, record: type) -> tuple[FormView, list[tuple[str, object]]]:
    form = FormView(questions(record), "America/New_York")
    qtbot.addWidget(form)
    form.show()
    sent: list[tuple[str, object]] = []
    form.edited.connect(lambda field, value: sent.append((field, value)))
    form.start_over(record(), "America/New_York")
    return form, sent


def test_nothing_is_sent_until_an_edit_is_finished_and_changed(qtbot: QtBot) -> None:
    form, sent = form_of(qtbot, Person)
    line = form.rows["given"].edit.control
    type_into(line, "Wei")
    assert sent == []
    press(line, Qt.Key.Key_Return)
    press(line, Qt.Key.Key_Return)
    assert sent == [("given", "Wei")]


def test_half_typed_words_are_handed_over_while_typing_goes_on(qtbot: QtBot) -> None:
    """Without a pause in the typing, and never as a finished answer."""
    form, sent = form_of(qtbot, Person)
    line = form.rows["given"].edit.control
    drafts: list[str] = []
    form.drafted.connect(lambda _field, words: drafts.append(words))
    line.setFocus()
    with qtbot.waitSignal(form.drafted, timeout=DRAFT_AFTER + 2_000):
        keys = QTimer(line)
        keys.timeout.connect(lambda: QTest.keyClicks(line, "a"))
        keys.start(DRAFT_AFTER // 8)
    keys.stop()
    assert drafts
    assert set(drafts[0]) == {"a"}
    assert sent == []
    form.show_record(Person(given="other"))
    assert form.rows["given"].edit.read() == line.property("text")


def test_a_draft_taken_back_is_said_to_be_over(qtbot: QtBot) -> None:
    """Typed, kept as a draft, and deleted again: the draft must not come back as an answer."""
    form, sent = form_of(qtbot, Person)
    line = form.rows["given"].edit.control
    with qtbot.waitSignal(form.drafted, timeout=DRAFT_AFTER + 2_000):
        type_into(line, "Amin")
    type_into(line, "")
    press(line, Qt.Key.Key_Return)
    assert sent == [("given", None)]


def test_what_cant_be_read_stays_with_a_sentence(qtbot: QtBot) -> None:
    form, sent = form_of(qtbot, Custody)
    row = form.rows["arrested_at"]
    type_into(row.edit.control, "last tuesday")
    press(row.edit.control, Qt.Key.Key_Return)
    assert sent == []
    assert row.sentence == "That is no date and time. Type it like 2026-11-20 09:10."
    form.show_record(Custody(facility="Metro West"))
    assert row.edit.control.property("text") == "last tuesday"
    type_into(row.edit.control, "2026-11-17 08:00")
    press(row.edit.control, Qt.Key.Key_Return)
    assert row.sentence == ""
    assert [field for field, _ in sent] == ["arrested_at"]


def test_an_answer_no_longer_offered_is_shown_and_stays(qtbot: QtBot) -> None:
    form, sent = form_of(qtbot, Household)
    edit = form.rows["funding"].edit
    assert isinstance(edit, ChoiceAnswer)
    assert "VOCA" not in [choice.label for choice in edit.choices]
    form.show_record(Household(funding=FundingCode.VOCA))
    assert edit.combo.currentText() == "VOCA"
    form.flush()
    assert edit.read() is FundingCode.VOCA
    assert sent == []


def test_a_time_is_meant_at_the_facility_unless_another_zone_is_chosen(qtbot: QtBot) -> None:
    form, sent = form_of(qtbot, Custody)
    form.start_over(Custody(), "America/Denver")
    edit = form.rows["arrested_at"].edit
    assert isinstance(edit, TimeAnswer)
    type_into(edit.line, "2026-11-17 08:00")
    press(edit.line, Qt.Key.Key_Return)
    assert str(sent[-1][1]) == "2026-11-17 08:00:00-07:00"
    place = edit.where.findData("America/Chicago")
    edit.where.setCurrentIndex(place)
    edit.where.activated.emit(place)
    assert str(sent[-1][1]) == "2026-11-17 08:00:00-06:00"


def test_the_hour_that_happens_twice_is_kept_when_nothing_is_touched(qtbot: QtBot) -> None:
    second = datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=ZoneInfo("America/New_York"))
    form, sent = form_of(qtbot, Custody)
    form.start_over(Custody(arrested_at=second), "America/New_York")
    press(form.rows["arrested_at"].edit.control, Qt.Key.Key_Return)
    assert sent == []
    assert form.rows["arrested_at"].edit.read().utcoffset() == timedelta(hours=-5)


@pytest.mark.parametrize(
    ("typed", "label"),
    [("cote", "Cote d'Ivoire"), ("HAI", "Haiti"), ("nic", "Nicaragua"), ("MX", "Mexico")],
)
def test_a_country_is_found_by_a_part_of_it_without_accents(
    qtbot: QtBot, typed: str, label: str
) -> None:
    form, sent = form_of(qtbot, Person)
    edit = form.rows["citizenship"].edit
    assert isinstance(edit, SearchAnswer)
    type_into(edit.line, typed)
    press(edit.line, Qt.Key.Key_Return)
    (_field, country), *_more = sent
    assert fold(getattr(country, "label", "")) == fold(label)


def test_two_that_fit_are_not_guessed(qtbot: QtBot) -> None:
    form, sent = form_of(qtbot, Person)
    edit = form.rows["citizenship"].edit
    assert isinstance(edit, SearchAnswer)
    type_into(edit.line, "united")
    press(edit.line, Qt.Key.Key_Return)
    assert sent == []
    assert form.rows["citizenship"].sentence == "Choose one of the listed answers."


def test_yes_and_no_by_one_key(qtbot: QtBot) -> None:
    form, sent = form_of(qtbot, Detainer)
    edit = form.rows["copy_seen"].edit
    assert isinstance(edit, YesNoAnswer)
    edit.setFocus()
    press(edit.buttons[0], Qt.Key.Key_N)
    press(edit.buttons[1], Qt.Key.Key_Right)
    press(edit.buttons[2], Qt.Key.Key_Space)
    press(edit.buttons[2], Qt.Key.Key_Delete)
    assert sent == [("copy_seen", YesNo.NO), ("copy_seen", YesNo.UNKNOWN), ("copy_seen", None)]


def test_a_question_that_follows_shows_when_it_is_reached(qtbot: QtBot) -> None:
    form, _sent = form_of(qtbot, Detainer)
    follow = form.rows["served_by"]
    assert follow.field.isHidden()
    edit = form.rows["served"].edit
    assert isinstance(edit, YesNoAnswer)
    edit.buttons[0].click()
    assert not follow.field.isHidden()
    edit.buttons[1].click()
    assert follow.field.isHidden()


def test_the_wheel_changes_no_answer(qtbot: QtBot) -> None:
    form, sent = form_of(qtbot, Detainer)
    edit = form.rows["form"].edit
    assert isinstance(edit, ChoiceAnswer)
    place = QPointF(10, 10)
    wheel = QWheelEvent(
        place,
        edit.combo.mapToGlobal(place),
        QPoint(),
        QPoint(0, -240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(edit.combo, wheel)
    assert edit.read() is None
    assert sent == []


def test_a_refused_answer_keeps_its_words_and_can_be_tried_again(qtbot: QtBot) -> None:
    form, sent = form_of(qtbot, Person)
    row = form.rows["surname"]
    type_into(row.edit.control, "Chen")
    press(row.edit.control, Qt.Key.Key_Return)
    row.not_saved("The disk is full.", None)
    form.show_record(Person())
    assert row.edit.read() == "Chen"
    assert row.sentence == "The disk is full."
    form.flush()
    assert sent == [("surname", "Chen"), ("surname", "Chen")]
    assert row.sentence == ""


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_control_has_a_name_a_screen_reader_can_say(record: type, qtbot: QtBot) -> None:
    form, _sent = form_of(qtbot, record)
    controls = [
        widget
        for widget in form.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget, QScrollBar | QListView | QMenu)
    ]
    assert controls
    for widget in controls:
        assert named(widget), f"{type(widget).__name__} in {record.__name__}"


def named(widget: QWidget) -> bool:
    face = QAccessible.queryAccessibleInterface(widget)
    said = face.text(QAccessible.Text.Name)
    labels = [one for one, kind in face.relations() if kind & QAccessible.RelationFlag.Label]
    return bool(said or labels or widget.accessibleName())


def test_help_and_sentence_are_read_out_with_the_field(qtbot: QtBot) -> None:
    form, _sent = form_of(qtbot, Person)
    row = form.rows["born"]
    assert row.edit.control.accessibleDescription() == question(Person, "born").help
    type_into(row.edit.control, "the spring")
    press(row.edit.control, Qt.Key.Key_Return)
    assert row.sentence in row.edit.control.accessibleDescription()


def test_a_line_that_is_left_shows_where_its_words_begin(qtbot: QtBot) -> None:
    """One sees who it is, not the end of a long name; a cursor that is at work stays."""
    form, _sent = form_of(qtbot, Custody)
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    long = "Sheriff’s Office of the Consolidated County of the Very Long Name"
    for field, said in (("arresting_agency", long), ("facility_state", "District of Columbia")):
        edit = form.rows[field].edit
        assert isinstance(edit, LineAnswer | SearchAnswer)
        edit.line.setFocus()
        edit.line.setText(said)
        press(edit.line, Qt.Key.Key_Return)
        assert edit.line.cursorPosition() == len(said)
        edit.line.clearFocus()
        assert edit.line.cursorPosition() == 0
        edit.line.setFocus()
        assert edit.line.cursorPosition() == len(said), "typing goes on before the words"
        edit.line.clearFocus()
    other = Custody(arresting_agency=long[:-5], facility_state=State.TX)
    form.start_over(other, "America/New_York")
    for field in ("arresting_agency", "facility_state"):
        edit = form.rows[field].edit
        assert isinstance(edit, LineAnswer | SearchAnswer)
        assert edit.line.text() in (long[:-5], "Texas")
        assert edit.line.cursorPosition() == 0
