"""Reports: only checked figures are ever shown; what is stale is dropped."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView, QWidget

from intake_app.core.disclosure.figures import WITHHELD
from intake_app.core.errors import AppError, NotSafe
from intake_app.core.reports.release import Advice, Prepared, ReleaseAsked
from intake_app.core.reports.tables import Side
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.ui import report_work
from intake_app.ui.half_typed import half_typed
from intake_app.ui.report_policies import POLICIES
from intake_app.ui.report_view import UNTICKED, WAITING
from intake_app.ui.reports_page import ReportsPage
from intake_app.workflows.release_reports import Release
from tests.conftest import NOW
from tests.ui import report_samples as samples
from tests.ui.conftest import Desk
from tests.ui.demo_office import Answers, nameless

Answer = Callable[[ReleaseAsked], Prepared]


class Fakes:
    """Stands for the work on the office: what is answered, and what was asked."""

    def __init__(self) -> None:
        self.choices: dict[str, Any] = {}
        self.answer: Answer = samples.prepared
        self.asked: list[ReleaseAsked] = []
        self.hold: Event | None = None
        self.stopped = 0
        self.deaf = False
        self.released: list[Prepared] = []

    def work_out(
        self, asked: ReleaseAsked, told: Callable[[float, str], None], stop: Callable[[], bool]
    ) -> Prepared:
        self.asked.append(asked)
        told(0.4, "Withholding small groups")
        while self.hold is not None and not self.hold.wait(0.01):
            if stop() and not self.deaf:
                self.stopped += 1
                raise AppError("Stopped. Nothing was published.")
        return self.answer(asked)

    def release(self, _office: Office, wanted: Prepared, _now: object) -> Release:
        self.released.append(wanted)
        return Release(wanted, {"T01.csv": b"1", "report.pdf": b"%PDF"})


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> Fakes:
    made = Fakes()
    monkeypatch.setattr(report_work, "gather", lambda _office, asked, _now: asked)
    monkeypatch.setattr(report_work, "work_out", made.work_out)
    monkeypatch.setattr(report_work, "release_reports", made.release)
    monkeypatch.setattr(
        report_work, "report_choices", lambda _office, _now: samples.choices(**made.choices)
    )
    return made


@pytest.fixture
def coordinator(desk: Desk) -> Iterator[Office]:
    opened = desk.open(Role.COORDINATOR)
    yield opened
    desk.close(opened)


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    return Answers(place=tmp_path)


@pytest.fixture
def page(desk: Desk, coordinator: Office, answers: Answers, fakes: Fakes) -> ReportsPage:
    made = ReportsPage(desk.jobs, lambda: NOW, asking=answers)
    for widget in (made, made.head):
        desk.qtbot.addWidget(widget)
        widget.resize(1100, 760)
        widget.show()
    made.show_for(coordinator)
    desk.settled()
    return made


def settled(page: ReportsPage, desk: Desk) -> None:
    desk.settled()
    desk.qtbot.waitUntil(lambda: not page.work.busy, timeout=10_000)
    desk.settled()


def checked(page: ReportsPage, desk: Desk, *show: str) -> None:
    page.head.check.click()
    settled(page, desk)
    for key in show:
        page._show(key)


def figures(page: QWidget) -> list[str]:
    """Every figure that stands in a table on the screen."""
    shown_now()
    found = []
    for table in page.findChildren(QTableView):
        model = table.model()
        if table.isVisible():
            found += [
                str(model.index(row, column).data())
                for row in range(model.rowCount())
                for column in range(1, model.columnCount())
            ]
    return found


def shown_now() -> None:
    """What a layout took in is shown by an event of its own."""
    QApplication.processEvents()
    QApplication.processEvents()


def words(page: QWidget) -> str:
    """Everything that is said on the screen."""
    shown_now()
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_before_a_check_there_is_no_figure_and_nothing_to_release(page: ReportsPage) -> None:
    assert figures(page) == []
    assert WAITING in words(page)
    assert page.head.check.isEnabled()
    assert not page.head.release.isEnabled()
    assert page.list.tables()[:2] == ("T01", "T02")


def test_the_figures_shown_are_the_protected_ones(
    page: ReportsPage, desk: Desk, fakes: Fakes
) -> None:
    checked(page, desk, "T02")
    part = page.view.parts[1]
    table = part.part.table
    shown = [
        [part.table.figures.index(r, c).data() for c in range(1, table.shape.size[1] + 1)]
        for r in range(table.shape.size[0])
    ]
    assert [cell for line in shown for cell in line] == [
        WITHHELD if one is None else f"{one:,}" for one in table.figures
    ]
    assert table.withheld
    assert not {cell for cell in figures(page) if cell.isdigit() and 1 <= int(cell) <= 10}


def test_bars_are_of_the_chosen_column_and_a_withheld_one_is_only_named(
    page: ReportsPage, desk: Desk
) -> None:
    checked(page, desk, "T02")
    part = page.view.parts[1]
    table = part.part.table
    for column in range(part.column.count()):
        part.column.setCurrentIndex(column)
        part.column.activated.emit(column)
        said = [
            "withheld" if table.at((row, column)) is None else f"{table.at((row, column)):,}"
            for row in range(len(table.shape.axes[0].groups))
        ]
        told = part.chart.accessibleDescription().split("; ")
        assert [one.rsplit(": ", 1)[1] for one in told] == said


def test_another_tick_or_other_dates_take_the_figures_away(page: ReportsPage, desk: Desk) -> None:
    checked(page, desk, "T01")
    assert figures(page)
    page.list.ticks["T05"].click()
    assert figures(page) == []
    assert not page.head.release.isEnabled()
    checked(page, desk)
    assert figures(page)
    page.head.dates.setCurrentIndex(1)
    page.head.dates.activated.emit(1)
    assert figures(page) == []
    assert page.list.ticks["T05"].isVisible()


def test_the_tick_that_was_pressed_keeps_the_keyboard(page: ReportsPage, desk: Desk) -> None:
    tick = page.list.ticks["T03"]
    tick.setFocus()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    assert page.list.ticks["T03"] is tick
    assert not tick.isChecked()


def test_what_was_asked_before_a_change_is_dropped(
    page: ReportsPage, desk: Desk, fakes: Fakes
) -> None:
    fakes.hold = Event()
    page.head.check.click()
    desk.qtbot.waitUntil(lambda: len(fakes.asked) == 1, timeout=10_000)
    page.list.ticks["T05"].click()
    desk.qtbot.waitUntil(lambda: fakes.stopped == 1, timeout=10_000)
    settled(page, desk)
    QApplication.processEvents()
    assert figures(page) == []
    assert page.head.check.isVisible()
    assert not page.message.isVisible()


def test_an_answer_that_comes_too_late_is_not_shown(
    page: ReportsPage, desk: Desk, fakes: Fakes
) -> None:
    fakes.hold, fakes.deaf = Event(), True
    page.head.check.click()
    desk.qtbot.waitUntil(lambda: len(fakes.asked) == 1, timeout=10_000)
    page.list.ticks["T05"].click()
    fakes.hold.set()
    desk.qtbot.wait(300)
    assert figures(page) == []
    assert page.check.pill.text() == "not checked yet"
    assert not page.head.release.isEnabled()


def test_a_check_is_told_no_further_when_something_else_is_asked_for(
    page: ReportsPage, desk: Desk
) -> None:
    # The page has it first; what it says about it comes in pieces, after this.
    page.work.prepared.connect(lambda _prepared: page.list.ticks["T05"].click())
    page.head.check.click()
    settled(page, desk)
    assert page.check.pill.text() == "not checked yet"


def test_cancel_stops_the_work_and_says_so(page: ReportsPage, desk: Desk, fakes: Fakes) -> None:
    fakes.hold = Event()
    page.head.check.click()
    desk.qtbot.waitUntil(lambda: "Withholding" in page.check.words.text(), timeout=10_000)
    assert page.head.progress.isVisible()
    assert page.head.progress.value() == 40
    page.head.cancel.click()
    desk.qtbot.waitUntil(lambda: fakes.stopped == 1, timeout=10_000)
    assert page.check.pill.text() == "stopped"
    assert figures(page) == []
    assert page.head.check.isEnabled()


def test_leaving_the_page_stops_the_work(page: ReportsPage, desk: Desk, fakes: Fakes) -> None:
    fakes.hold = Event()
    page.head.check.click()
    desk.qtbot.waitUntil(lambda: len(fakes.asked) == 1, timeout=10_000)
    page.leave()
    desk.qtbot.waitUntil(lambda: fakes.stopped == 1, timeout=10_000)


def test_the_office_thread_is_free_while_a_check_runs(
    page: ReportsPage, desk: Desk, fakes: Fakes
) -> None:
    fakes.hold = Event()
    page.head.check.click()
    desk.qtbot.waitUntil(lambda: len(fakes.asked) == 1, timeout=10_000)
    assert desk.done(lambda: "saved") == "saved"
    fakes.hold.set()
    settled(page, desk)
    assert page.check.pill.text() == "safe to publish"


def test_a_refusal_is_said_and_shows_nothing(page: ReportsPage, desk: Desk, fakes: Fakes) -> None:
    def refuse(_asked: ReleaseAsked) -> Prepared:
        raise NotSafe("The safety check could not be finished. Nothing was written.")

    checked(page, desk, "T01")
    fakes.answer = refuse
    checked(page, desk)
    assert figures(page) == []
    assert "could not be finished" in page.message.words.text()
    assert page.check.pill.text() == "not safe"
    assert not page.head.release.isEnabled()


def test_grouping_checks_again_with_the_sides_advised_and_can_be_taken_back(
    page: ReportsPage, desk: Desk, fakes: Fakes
) -> None:
    sides = (Side("charge_level"),)
    advice = [Advice("T2b", "Too fine. Group?", sides)]
    fakes.answer = partial(samples.prepared, advice=advice)
    checked(page, desk, "T02")
    buttons = page.check.findChildren(QPushButton)
    group = next(one for one in buttons if one.accessibleName() == "Group: T2b")
    fakes.answer = samples.prepared
    group.click()
    settled(page, desk)
    assert dict(fakes.asked[-1].grouped) == {"T2b": sides}
    assert page.view.parts[1].part.table.shape.axes[0].dimension == "charge_level"
    page._ungroup("T2b")
    checked(page, desk)
    assert dict(fakes.asked[-1].grouped) == {}


def test_leaving_out_a_table_takes_its_tick_away(
    page: ReportsPage, desk: Desk, fakes: Fakes
) -> None:
    checked(page, desk)
    page._leave_out("T2b")
    assert "T02" not in page.list.tables()
    page._show("T02")
    assert UNTICKED in words(page)


def test_what_is_left_out_is_said_once(page: ReportsPage, desk: Desk, fakes: Fakes) -> None:
    few = [Advice(id, "Fewer than 11 new responses.") for id in ("T9a", "T9b", "T11")]
    fakes.answer = partial(samples.prepared, left_out=few)
    checked(page, desk, "T09")
    assert words(page.check).count("Fewer than 11") == 1
    assert "Left out: T9a, T9b, T11" in words(page.check)
    assert words(page.view).count("Fewer than 11") == 1
    assert figures(page) == []


def test_an_own_table_is_added_ticked_and_asked_for(
    page: ReportsPage, desk: Desk, fakes: Fakes
) -> None:
    own = page.own_table
    page._show("own")
    for question, title in zip(own.questions, ("charge_level", "outcome", "sex"), strict=True):
        place = next(i for i in range(1, question.count()) if question.itemData(i).id == title)
        question.setCurrentIndex(place)
        question.activated.emit(place)
    own.add.click()
    checked(page, desk)
    part = fakes.asked[-1].own[0]
    assert [side.dimension for side in part.sides] == ["charge_level", "outcome", "sex"]
    assert len(part.id) <= 40
    shown = page.view.parts[0]
    assert shown.third.count() == len(shown.part.table.shape.axes[2].labels)
    shown.third.setCurrentIndex(0)
    shown.third.activated.emit(0)
    table = shown.part.table
    assert shown.table.figures.index(0, 1).data() == (
        WITHHELD if table.at((0, 0, 0)) is None else f"{table.at((0, 0, 0)):,}"
    )


def test_one_question_can_not_stand_on_two_sides(page: ReportsPage) -> None:
    own = page.own_table
    page._show("own")
    for question in own.questions[:2]:
        question.setCurrentIndex(1)
        question.activated.emit(1)
    before = page.list.tables()
    own.add.click()
    assert "one side only" in own.message.words.text()
    assert page.list.tables() == before


def test_the_simulator_asks_for_its_parts_and_another_list_is_another_table(
    page: ReportsPage, desk: Desk, fakes: Fakes
) -> None:
    page._show(POLICIES)
    page.list.ticks[POLICIES].click()
    checked(page, desk)
    ids = {part.id for part in fakes.asked[-1].own}
    assert {"policy_totals", "policy_conviction", "policy_judicial_warrant"} <= ids
    assert "This is an illustration, not a forecast" in words(page.view)
    assert figures(page)
    page.view.policies.ticks["misdemeanor"].click()
    assert figures(page) == []
    checked(page, desk)
    other = {part.id for part in fakes.asked[-1].own}
    assert "policy_conviction" not in other
    assert max(map(len, other)) <= 40


def test_costs_are_worked_out_without_another_check_and_go_into_the_release(
    page: ReportsPage, desk: Desk, fakes: Fakes
) -> None:
    checked(page, desk, "T08")
    costs = page.view.costs
    costs.per_day.setText("$140")
    costs.per_day.editingFinished.emit()
    assert costs.error.text() == "Say where the figure is from."
    costs.per_day_source.setText("County budget")
    costs.per_day_source.editingFinished.emit()
    assert "$168,000" in words(page.view)
    assert len(fakes.asked) == 1
    page.head.release.click()
    page.message.button.click()
    settled(page, desk)
    assert fakes.released[0].asked.costs.per_day == 140


def test_a_number_that_is_none_is_said(page: ReportsPage, desk: Desk) -> None:
    page._show("T08")
    page.view.costs.per_day.setText("a lot")
    page.view.costs.per_day.editingFinished.emit()
    assert "is no number" in page.view.costs.error.text()
    page.head.check.click()
    assert "is no number" in page.message.words.text()


def test_release_says_what_it_closes_and_writes_into_a_folder_of_its_own(
    page: ReportsPage, desk: Desk, fakes: Fakes, tmp_path: Path
) -> None:
    (tmp_path / "Reports 2026-Q3").mkdir()
    checked(page, desk)
    page.head.release.click()
    assert "July to September 2026 for good" in page.message.words.text()
    assert not fakes.released
    page.message.button.click()
    settled(page, desk)
    place = tmp_path / "Reports 2026-Q3 (2)"
    assert sorted(file.name for file in place.iterdir()) == ["T01.csv", "report.pdf"]
    assert not list((tmp_path / "Reports 2026-Q3").iterdir())
    assert str(place) in page.message.words.text()
    assert page.check.pill.text() == "published before"


def test_without_a_folder_nothing_is_published(
    page: ReportsPage, desk: Desk, fakes: Fakes, answers: Answers
) -> None:
    answers.place = None
    checked(page, desk)
    page.head.release.click()
    page.message.button.click()
    settled(page, desk)
    assert not fakes.released


def test_where_no_folder_can_be_made_nothing_is_published(
    page: ReportsPage, desk: Desk, fakes: Fakes, answers: Answers, tmp_path: Path
) -> None:
    answers.place = tmp_path / "a file"
    answers.place.write_text("x")
    checked(page, desk)
    page.head.release.click()
    page.message.button.click()
    settled(page, desk)
    assert not fakes.released
    assert "nothing was published" in page.message.words.text()
    assert page.head.release.isEnabled()


def test_tables_published_before_are_marked(page: ReportsPage, desk: Desk, fakes: Fakes) -> None:
    fakes.answer = partial(samples.prepared, before=frozenset({"T3"}))
    checked(page, desk)
    assert "published before" in page.list.buttons["T03"].accessibleName()
    assert "published before" not in page.list.buttons["T02"].accessibleName()
    assert "1 table of" in page.check.words.text()


def test_where_nothing_can_be_published_the_page_says_why(
    page: ReportsPage, desk: Desk, fakes: Fakes, coordinator: Office
) -> None:
    fakes.choices = {"periods": (), "published": (), "years": (), "series": 0}
    page.show_for(coordinator)
    settled(page, desk)
    assert "Only dates that are over can be published" in words(page)
    assert "1 Jan 2027" in words(page)
    assert not page.head.check.isEnabled()
    fakes.choices = {"periods": (), "trouble": "The ledger was changed. Restore a backup."}
    page.show_for(coordinator)
    settled(page, desk)
    assert "The ledger was changed" in words(page)
    assert not page.head.check.isEnabled()


def test_dates_that_still_run_can_not_be_chosen_and_say_when(page: ReportsPage) -> None:
    dates = page.head.dates
    last = dates.count() - 1
    assert dates.itemText(last) == "October to December 2026: from 1 Jan 2027"
    assert not dates.model().flags(dates.model().index(last, 0)) & Qt.ItemFlag.ItemIsEnabled


def test_every_control_has_a_name(page: ReportsPage, desk: Desk) -> None:
    checked(page, desk, "T02")
    for key in ("T02", "T08", POLICIES, "own", "known", "ledger"):
        page._show(key)
        desk.settled()
        assert nameless(page) == []
    assert nameless(page.head) == []


def test_known_figures_and_the_ledger_are_empty_at_first_and_keep_what_is_entered(
    page: ReportsPage, desk: Desk
) -> None:
    page._show("known")
    desk.settled()
    assert "None was entered yet" in words(page.known)
    page.known.value.setText("many")
    page.known.enter.click()
    assert "whole number" in page.known.message.words.text()
    page._show("ledger")
    desk.settled()
    assert "Nothing was published yet" in words(page.ledger)


def test_only_what_was_not_entered_counts_as_half_typed(page: ReportsPage, desk: Desk) -> None:
    page._show("T08")
    QTest.keyClicks(page.view.costs.per_day, "140")
    assert half_typed([page]) == "", "a cost is used as it stands"
    page._show("known")
    desk.settled()
    QTest.keyClicks(page.known.value, "120")
    QTest.keyClicks(page.known.source, "County report 2026")
    assert half_typed([page]) == "“Figure” (Reports), “Where it stands” (Reports)"
    page.known.enter.click()
    desk.settled()
    assert "Entered." in page.known.message.words.text()
    assert half_typed([page]) == ""
