"""The desk: the most urgent first, ticking without the file, one step to the case or letter."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from intake_app.core.custody_clock import ClockState
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.ui.clock_words import clock_words, length
from intake_app.ui.desk_lists import NameButton
from intake_app.ui.desk_page import DeskPage
from intake_app.ui.widgets import Pill
from intake_app.workflows.read_desk import Desk as DeskNow
from intake_app.workflows.read_desk import read_desk
from tests.conftest import NOW
from tests.ui.conftest import Desk
from tests.ui.demo_office import DemoFolder, demo_folder, nameless, opened


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
    running = next(
        number
        for number, row in enumerate(now_read.clocks)
        if row.reading.state is ClockState.RUNNING
    )
    left = now_read.clocks[running].reading.left
    assert left is not None
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


def test_lengths_of_time_in_words() -> None:
    assert length(timedelta(hours=28, minutes=5)) == "28 h 05"
    assert length(timedelta(seconds=59)) == "0 h 00"
    assert length(timedelta(days=-1)) == "0 h 00"
    assert length(timedelta(days=6, hours=3)) == "6 days"


def test_over_is_said_only_when_every_reading_has_run_out(now_read: DeskNow) -> None:
    for row in now_read.clocks:
        said = clock_words(row.reading, NOW)
        limit = row.reading.regulation_deadline
        if "over" in said.pill and limit is not None:
            assert limit < NOW
        if row.reading.state is ClockState.PLAIN_PAST_REG_RUNNING:
            assert said.pill == "48 h passed"
            assert said.under.startswith("regulation in ")
