"""The desk: the most urgent first, ticking without the file, one step to the case or letter."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from intake_app.core.casefile import Custody, Detainer, ToDo
from intake_app.core.custody_clock import ClockState
from intake_app.core.letters.options import LetterOptions
from intake_app.core.roles import Role
from intake_app.core.vocabulary import DetainerForm, State
from intake_app.store.office import Office
from intake_app.ui import clocks_card
from intake_app.ui.clock_words import clock_words, length
from intake_app.ui.clocks_card import summary
from intake_app.ui.desk_lists import AT_FIRST, LineList, NameButton, Said
from intake_app.ui.desk_page import DeskPage
from intake_app.ui.keyboard import press
from intake_app.ui.show_letter import ShowLetter
from intake_app.ui.tab_order import next_stop
from intake_app.ui.widgets import Pill
from intake_app.workflows.ask_for_approval import ask_for_approval
from intake_app.workflows.open_case import open_case
from intake_app.workflows.read_desk import ClockRow, read_desk
from intake_app.workflows.read_desk import Desk as DeskNow
from intake_app.workflows.read_letters import letters_of
from intake_app.workflows.save_case import add_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.ui.conftest import Desk
from tests.ui.demo_office import DemoFolder, demo_folder, nameless, opened

MIAMI = ZoneInfo("America/New_York")

LETTER = "Request to decline the detainer"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> DemoFolder:
    return demo_folder(tmp_path_factory.mktemp("demo") / "office", NOW, 80)


@pytest.fixture
def paralegal(made: DemoFolder, desk: Desk) -> Iterator[Office]:
    with opened(made, desk, Role.PARALEGAL, NOW) as office:
        yield office


class Watch:
    """A clock that a test can put forward."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def shown(desk: Desk, office: Office, watch: Callable[[], datetime]) -> DeskPage:
    page = DeskPage(desk.jobs, watch)
    desk.qtbot.addWidget(page)
    page.resize(1100, 760)
    page.show_for(office)
    page.show()
    desk.settled()
    return page


@pytest.fixture
def now_read(desk: Desk, paralegal: Office) -> DeskNow:
    return desk.done(lambda: read_desk(paralegal, NOW))


def pills(page: DeskPage) -> list[str]:
    return [
        pill.text()
        for pill in page.clocks.findChildren(Pill)
        if pill.isVisibleTo(page) and pill.text() != "protected"
    ]


def names(page: DeskPage) -> list[str]:
    return [
        button.accessibleName().removeprefix("Open the case: ")
        for button in page.clocks.findChildren(NameButton)
    ]


def test_the_clocks_stand_in_the_order_of_the_workflow(
    desk: Desk, paralegal: Office, now_read: DeskNow
) -> None:
    page = shown(desk, paralegal, lambda: NOW)
    assert len(now_read.clocks) > 5
    assert pills(page) == [clock_words(row.reading, NOW).pill for row in now_read.clocks]
    assert page.day.text() == "Sunday 22 November"


def test_protected_people_are_shown_by_number(
    desk: Desk, paralegal: Office, now_read: DeskNow
) -> None:
    page = shown(desk, paralegal, lambda: NOW)
    masked = [row for row in now_read.clocks if row.masked]
    assert masked, "the demonstration has protected people on the desk"
    words = {label.text() for label in page.findChildren(QLabel)}
    words |= {button.text() for button in page.findChildren(QPushButton)}
    words |= {button.accessibleName() for button in page.findChildren(QPushButton)}
    for row in masked:
        assert not any(row.name in said for said in words)
        assert f"Case {row.number}" in names(page)


def test_each_row_leads_on_in_one_step(desk: Desk, paralegal: Office, now_read: DeskNow) -> None:
    page = shown(desk, paralegal, lambda: NOW)
    first = now_read.clocks[0]
    with desk.qtbot.waitSignal(page.wanted) as wanted:
        page.clocks.findChildren(NameButton)[0].click()
    assert wanted.args == ["case", first.case_id]
    letter = next(
        button
        for button in page.clocks.findChildren(QPushButton)
        if button.accessibleName().startswith("Letter for")
    )
    with desk.qtbot.waitSignal(page.wanted) as wanted:
        letter.click()
    assert wanted.args == ["letter", first.case_id]
    with desk.qtbot.waitSignal(page.wanted) as wanted:
        page.unfinished.findChildren(NameButton)[0].click()
    assert wanted.args == ["case", now_read.unfinished[0].case_id]


def test_it_ticks_without_the_file(
    desk: Desk, made: DemoFolder, now_read: DeskNow, paralegal: Office
) -> None:
    watch = Watch()
    page = shown(desk, paralegal, watch)
    running, left = next(
        (number, reading.left)
        for number, row in enumerate(now_read.clocks)
        if (reading := row.reading) is not None
        and reading.state is ClockState.RUNNING
        and reading.left is not None
    )
    assert pills(page)[running] == f"{length(left)} left"
    asked: list[bool] = []
    desk.jobs.busy_changed.connect(asked.append)
    watch.now = NOW + timedelta(minutes=17)
    page.tick()
    assert pills(page)[running] == f"{length(left - timedelta(minutes=17))} left"
    assert asked == [], "a tick asked the office thread for something"
    desk.jobs.busy_changed.disconnect(asked.append)


def test_coming_back_keeps_the_rows_and_the_keyboards_place(
    desk: Desk, paralegal: Office, now_read: DeskNow
) -> None:
    page = shown(desk, paralegal, lambda: NOW)
    second = page.clocks.findChildren(NameButton)[1]
    second.setFocus()
    page.leave()
    page.show_for(paralegal)
    desk.settled()
    assert page.clocks.findChildren(NameButton)[1] is second
    assert page.focusWidget() is second
    assert pills(page) == [clock_words(row.reading, NOW).pill for row in now_read.clocks]


def test_a_long_list_can_be_shown_whole(
    desk: Desk, paralegal: Office, now_read: DeskNow, qtbot: QtBot
) -> None:
    page = shown(desk, paralegal, lambda: NOW)
    many = [
        replace(row, case_id=1000 * turn + row.case_id)
        for turn in range(10)
        for row in now_read.clocks
    ]
    page.clocks.show_clocks(many, len(many), NOW, letters=True)
    qtbot.waitUntil(lambda: len(pills(page)) == 40)
    page.clocks.more.click()
    qtbot.waitUntil(lambda: len(pills(page)) == len(many))
    assert not page.clocks.more.isVisible()


def test_the_timer_runs_only_while_the_page_is_in_front(desk: Desk, paralegal: Office) -> None:
    page = shown(desk, paralegal, lambda: NOW)
    assert page._timer.isActive()
    assert page._timer.interval() == 30_000
    page.leave()
    assert not page._timer.isActive()


def test_a_volunteer_gets_no_letters(desk: Desk, made: DemoFolder) -> None:
    with opened(made, desk, Role.VOLUNTEER, NOW) as office:
        page = shown(desk, office, lambda: NOW)
        assert page.clocks.findChildren(NameButton)
        assert not any(
            button.isVisibleTo(page)
            for button in page.clocks.findChildren(QPushButton)
            if button.accessibleName().startswith("Letter for")
        )


def test_an_empty_desk_says_what_would_stand_there(
    desk: Desk, office: Office, qtbot: QtBot
) -> None:
    page = shown(desk, office, lambda: NOW)
    said = [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    assert "No intake waits to be finished. Ctrl+N starts a new one." in said
    assert any(words.startswith("No detainer is running.") for words in said)


def test_every_control_has_a_name(desk: Desk, paralegal: Office) -> None:
    page = shown(desk, paralegal, lambda: NOW)
    assert nameless(page) == []


def test_over_is_said_only_when_every_reading_has_run_out(now_read: DeskNow) -> None:
    for row in now_read.clocks:
        assert row.reading is not None
        said = clock_words(row.reading, NOW)
        limit = row.reading.regulation_deadline
        if "over" in said.pill and limit is not None:
            assert limit < NOW
        if row.reading.state is ClockState.PLAIN_PAST_REG_RUNNING:
            assert said.pill == "48 h passed"
            assert said.under.startswith("regulation in ")


def two_clocks(rows: DeskNow) -> tuple[ClockRow, ClockRow]:
    """An I-247A whose plain 48 hours end in 20 minutes, and one that is over for two."""
    row = next(row for row in rows.clocks if row.detainer.form is DetainerForm.I247A)

    def held(case_id: int, name: str, due: datetime) -> ClockRow:
        custody = Custody(facility_state=State.FL, release_due_at=due)
        made = replace(row, case_id=case_id, name=name, masked=False, custody=custody)
        return replace(made, reading=made.read(NOW))

    over = held(1, "Over, Ona", datetime(2026, 11, 18, 12, 9, tzinfo=MIAMI))
    soon = held(2, "Soon, Sam", NOW - timedelta(hours=47, minutes=40))
    return over, soon


def test_a_clock_that_passes_a_limit_changes_words_tone_and_place(
    desk: Desk, paralegal: Office, now_read: DeskNow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(desk, paralegal, lambda: NOW)
    spoken: list[str] = []
    monkeypatch.setattr(clocks_card, "announce", lambda _widget, words: spoken.append(words))
    over, soon = two_clocks(now_read)
    running = replace(over, case_id=3, name="Later, Lia")
    due = NOW - timedelta(hours=47, minutes=50)
    custody = Custody(facility_state=State.FL, release_due_at=due)
    running = replace(running, custody=custody)
    running = replace(running, reading=running.read(NOW))
    page.clocks.show_clocks([over, running, soon], 3, NOW, letters=True)
    desk.settled()
    assert page.clocks.order == [1, 3, 2]
    assert pills(page)[1:] == ["0 h 10 left", "0 h 20 left"]
    assert page.clocks.summary.text() == "1 over"
    buttons = {one.accessibleName(): one for one in page.clocks.findChildren(NameButton)}
    soon_button = buttons["Open the case: Soon, Sam"]
    soon_button.setFocus()
    page.clocks.tick(NOW + timedelta(minutes=15))
    # The one whose 48 hours have passed waits for the regulation's limit and goes before.
    assert page.clocks.order == [1, 3, 2]
    assert pills(page)[1:] == ["48 h passed", "0 h 05 left"]
    assert page.clocks.summary.text() == "1 over · 1 past 48 h"
    assert len(spoken) == 1
    assert "Later, Lia" in spoken[0]
    assert "48 hours have passed" in spoken[0]
    assert page.focusWidget() is soon_button
    page.clocks.tick(NOW + timedelta(days=3, hours=2))
    assert pills(page)[1].startswith("over by")
    assert len(spoken) == 3
    page.clocks.tick(NOW + timedelta(days=3, hours=3))
    assert len(spoken) == 3, "a limit is told once"


def test_rows_change_places_without_losing_the_keyboard(
    desk: Desk, paralegal: Office, now_read: DeskNow
) -> None:
    page = shown(desk, paralegal, lambda: NOW)
    over, soon = two_clocks(now_read)
    # A form without a hold: over from the first hour past release, three hours from now.
    due = NOW + timedelta(hours=1)
    none = replace(
        soon,
        case_id=3,
        name="None, Ned",
        detainer=Detainer(form=DetainerForm.I247G),
        custody=Custody(facility_state=State.FL, release_due_at=due),
    )
    none = replace(none, reading=none.read(NOW))
    page.clocks.show_clocks([over, soon, none], 3, NOW, letters=True)
    desk.settled()
    (ned,) = (b for b in page.clocks.findChildren(NameButton) if "Ned" in b.accessibleName())
    ned.setFocus()
    page.clocks.tick(NOW + timedelta(hours=4))
    assert page.clocks.order == [1, 3, 2]
    assert page.focusWidget() is ned
    desk.settled()
    tops = [line.name.mapTo(page, line.name.rect().topLeft()).y() for line in page.clocks._lines]
    assert tops == sorted(tops)
    assert next_stop(page, forward=True) is page.clocks._lines[1].letter


def sentences(page: DeskPage) -> list[str]:
    return [
        button.accessibleDescription()
        for button in page.clocks.findChildren(NameButton)
        if button.isVisibleTo(page)
    ]


def test_each_row_is_one_sentence_for_a_screen_reader(
    desk: Desk, paralegal: Office, now_read: DeskNow
) -> None:
    page = shown(desk, paralegal, lambda: NOW)
    over, soon = two_clocks(now_read)
    page.clocks.show_clocks([over, replace(soon, masked=True)], 2, NOW, letters=True)
    desk.settled()
    said = sentences(page)
    assert said[0] == (
        f"Case {over.number}, Over, Ona, held at {over.facility}, "
        "48 hours 2 minutes over the regulation’s limit."
    )
    assert said[1] == f"Case {soon.number}, held at {soon.facility}, 20 minutes left."
    page.clocks.tick(NOW + timedelta(minutes=2))
    said = sentences(page)
    assert said[0].endswith("48 hours 4 minutes over the regulation’s limit.")
    assert said[1].endswith("18 minutes left.")


def test_limits_that_have_passed_already_are_one_line(now_read: DeskNow) -> None:
    readings = [row.reading for row in now_read.clocks]
    over = sum(1 for one in readings if one is not None and one.hours_over)
    assert summary(readings).startswith(f"{over} over")
    assert summary([]) == ""
    assert summary([None]) == ""


def lines(card: LineList) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel) if label.isVisibleTo(card)]


@pytest.fixture
def with_to_dos(desk: Desk, office: Office) -> int:
    """A case of the office with something to do today, and one overdue."""

    def make() -> int:
        case = start_intake(office, NOW).case_id
        for what, day in (("Call the jail", 22), ("Ask the sister", 20)):
            entry = add_entry(office, case, ToDo, NOW).entry_id
            save_answer(office, case, ToDo, entry, "what", what, NOW)
            save_answer(office, case, ToDo, entry, "due_on", date(2026, 11, day), NOW)
        return case

    return desk.done(make)


def test_a_to_do_is_ticked_off_in_one_step_and_comes_back(
    desk: Desk, office: Office, with_to_dos: int
) -> None:
    page = shown(desk, office, lambda: NOW)
    boxes = page.to_do.findChildren(QCheckBox)
    number = desk.done(lambda: open_case(office, with_to_dos)).number
    assert boxes[0].accessibleName() == f"Done: Ask the sister, Case {number}"
    said = lines(page.to_do)
    assert [words for words in said if words in ("overdue", "today")] == ["overdue", "today"]
    boxes[0].setFocus()
    press(boxes[0], Qt.Key.Key_Space)
    desk.settled()
    assert "Ask the sister" not in lines(page.to_do)
    assert page.done.words.text() == f"Done: Ask the sister — Case {number}"
    entry, _ = desk.done(lambda: open_case(office, with_to_dos)).kept(ToDo)[::-1]
    assert entry.record.done_on == date(2026, 11, 22)
    # The keyboard is on the next thing to do.
    kept = page.focusWidget()
    assert isinstance(kept, QCheckBox)
    assert kept.accessibleName() == f"Done: Call the jail, Case {number}"
    page.done.button.click()
    desk.settled()
    assert "Ask the sister" in lines(page.to_do)
    assert page.done.isHidden()
    for one in desk.done(lambda: open_case(office, with_to_dos)).all(ToDo):
        assert one.done_on is None


def test_what_is_due_changes_with_the_day(desk: Desk, office: Office, with_to_dos: int) -> None:
    watch = Watch()
    page = shown(desk, office, watch)
    assert "today" in lines(page.to_do)
    watch.now = NOW + timedelta(hours=12)
    page.tick()
    desk.settled()
    assert "today" not in lines(page.to_do)
    assert lines(page.to_do).count("overdue") >= 2
    assert page.day.text() == "Monday 23 November"


def test_letters_wait_and_open_in_one_step(desk: Desk, office: Office, with_to_dos: int) -> None:
    desk.done(lambda: ask_for_approval(office, with_to_dos, "decline", LetterOptions(), NOW))
    page = shown(desk, office, lambda: NOW)
    assert LETTER in lines(page.letters)
    with desk.qtbot.waitSignal(page.wanted) as wanted:
        page.letters.findChildren(NameButton)[0].click()
    (name, asked) = wanted.args
    assert (name, asked.case_id) == ("letter", with_to_dos)
    (kept,) = desk.done(lambda: letters_of(office, with_to_dos))
    assert asked == ShowLetter(kept.id, with_to_dos)


def test_a_volunteer_has_no_letters_to_wait_for(desk: Desk, made: DemoFolder) -> None:
    with opened(made, desk, Role.PARALEGAL, NOW) as office:
        desk.done(lambda: ask_for_approval(office, 1, "decline", LetterOptions(), NOW))
        assert shown(desk, office, lambda: NOW).letters.isVisible()
    with opened(made, desk, Role.VOLUNTEER, NOW) as office:
        page = shown(desk, office, lambda: NOW)
        assert not page.letters.isVisible()
        assert LETTER not in lines(page.to_do)


@pytest.mark.parametrize(("wide", "columns"), [(1100, 3), (800, 2)])
def test_the_lists_stand_beside_each_other_where_there_is_room(
    desk: Desk, paralegal: Office, wide: int, columns: int
) -> None:
    page = shown(desk, paralegal, lambda: NOW)
    page.resize(wide, 760)
    desk.settled()
    cards = (page.to_do, page.letters, page.unfinished)
    assert len({card.x() for card in cards}) == columns
    for card in cards:
        assert card.isVisible()
        assert card.geometry().right() <= page.width()


def test_of_a_long_list_the_first_lines_stand_there_until_all_are_wanted(
    desk: Desk, qtbot: QtBot, now_read: DeskNow
) -> None:
    card = LineList("To do", "Nothing", stacked=True, first="words")
    qtbot.addWidget(card)
    card.resize(400, 500)
    card.show()
    row = now_read.to_do[0]
    rows = [replace(row, what=f"Call {number}") for number in range(AT_FIRST + 5)]
    card.show_lines(rows, lambda one: Said(one.what))
    desk.settled()
    assert lines(card)[1:] == [f"Call {number}" for number in range(AT_FIRST)]
    assert card.more.text() == f"Show all {AT_FIRST + 5}"
    card.more.click()
    desk.settled()
    assert lines(card)[1:] == [one.what for one in rows]
    assert card.more.isHidden()
    # All of them stay wanted when one is gone.
    card.show_lines(rows[1:], lambda one: Said(one.what))
    desk.settled()
    assert lines(card)[1:] == [one.what for one in rows[1:]]
