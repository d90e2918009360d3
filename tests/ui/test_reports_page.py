"""Reports: only protected figures are ever shown, drawn or written; refusals are said."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from intake_app.core.disclosure.table import TOTAL, Window
from intake_app.core.roles import Role
from intake_app.store.facts import read_facts
from intake_app.store.office import Office
from intake_app.store.releases import read_releases
from intake_app.ui.count_chart import WITHHELD, Bar, CountChart
from intake_app.ui.date_range import ALL, LAST_YEAR, OWN, QUARTER, YEAR, DateRange, window_of
from intake_app.ui.reports_page import ReportsPage
from intake_app.ui.theme import LIGHT, Theme
from intake_app.workflows.release_summary import Summary, preview_summary
from tests.conftest import NOW
from tests.ui.conftest import Desk
from tests.ui.demo_office import Answers, DemoFolder, demo_folder, nameless, opened


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> DemoFolder:
    return demo_folder(tmp_path_factory.mktemp("demo") / "office", NOW, 260)


@pytest.fixture
def coordinator(made: DemoFolder, desk: Desk) -> Iterator[Office]:
    with opened(made, desk, Role.COORDINATOR, NOW) as office:
        yield office


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    return Answers(place=tmp_path)


@pytest.fixture
def page(desk: Desk, coordinator: Office, answers: Answers) -> ReportsPage:
    made = ReportsPage(desk.jobs, lambda: NOW, asking=answers)
    bar = made.bar()
    assert isinstance(bar, QWidget)
    for widget in (made, bar):
        desk.qtbot.addWidget(widget)
    made.resize(1100, 760)
    made.show_for(coordinator)
    made.show()
    desk.settled()
    return made


def whole(desk: Desk, office: Office) -> Summary:
    every = Window(None, None)
    return desk.done(partial(preview_summary, office, "charges_by_outcome", every, NOW))


def published(desk: Desk, office: Office) -> int:
    """How many summaries the ledger has."""

    def count() -> int:
        with office.reading() as connection:
            return len(read_releases(office, connection))

    return desk.done(count)


def choose(page: ReportsPage, desk: Desk, choice: str) -> None:
    page.dates.choice.setCurrentText(choice)
    page.dates.choice.activated.emit(page.dates.choice.currentIndex())
    desk.settled()


def test_the_table_on_the_screen_is_the_protected_one(
    page: ReportsPage, desk: Desk, coordinator: Office
) -> None:
    table = whole(desk, coordinator).table
    model = page.table.figures
    shown = [
        [model.index(row, column).data() for column in range(1, model.columnCount())]
        for row in range(model.rowCount())
    ]
    assert shown == [
        ["s" if figure is None else f"{figure:,}" for figure in line] for line in table.cells
    ]
    assert table.withheld > 0
    assert not any(cell.isdigit() and 1 <= int(cell) <= 10 for line in shown for cell in line)
    assert model.index(model.rowCount() - 1, 0).data() == TOTAL


def test_the_chart_draws_what_is_shown_and_nothing_for_what_is_withheld(
    page: ReportsPage, desk: Desk, coordinator: Office
) -> None:
    table = whole(desk, coordinator).table
    for choice in range(page.measure.count()):
        page.measure.setCurrentIndex(choice)
        page.measure.activated.emit(choice)
        column = choice - 1 if choice else len(table.columns)
        said = "; ".join(
            f"{row}: {WITHHELD if line[column] is None else format(line[column], ',')}"
            for row, line in zip(table.rows, table.cells, strict=False)
        )
        assert page.chart.accessibleDescription() == said


def test_a_withheld_bar_leaves_no_trace_of_its_length(desk: Desk) -> None:
    chart = CountChart()
    desk.qtbot.addWidget(chart)
    chart.theme = Theme(LIGHT)
    chart.resize(500, 90)
    chart.show_bars("Cases", [Bar("one", 40), Bar("two", None), Bar("three", 20)])
    image = chart.grab().toImage()
    lines = [
        sum(image.pixelColor(x, y).name() == LIGHT.accent for x in range(image.width()))
        for y in (15, 45, 75)
    ]
    assert lines[1] == 0
    assert lines[0] == pytest.approx(2 * lines[2], abs=2)
    assert lines[2] > 20


def test_the_panel_says_what_was_withheld_and_checked(page: ReportsPage) -> None:
    words = page.check.words.text()
    assert page.check.pill.text() == "safe to publish"
    assert "may be small or large" in words
    assert "no group smaller than 11 can be worked out" in words
    assert "0 came through" in words


def test_release_writes_the_files_and_the_ledger(
    page: ReportsPage, desk: Desk, made: DemoFolder, coordinator: Office, tmp_path: Path
) -> None:
    choose(page, desk, LAST_YEAR)
    if not page.release.isEnabled():
        choose(page, desk, YEAR)
    assert page.release.isEnabled(), page.message.words.text()
    shown = [
        [
            page.table.figures.index(row, column).data()
            for column in range(page.table.figures.columnCount())
        ]
        for row in range(page.table.figures.rowCount())
    ]
    before = published(desk, coordinator)
    page.release.click()
    desk.settled()
    assert published(desk, coordinator) == before + 1
    place = next(tmp_path.iterdir())
    assert sorted(file.name for file in place.iterdir()) == [
        "charges_by_outcome.csv",
        "charges_by_outcome.json",
        "charges_by_outcome.txt",
        "charges_by_outcome.wide.csv",
    ]
    with (place / "charges_by_outcome.wide.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))[1:]
    assert lines == [[cell.replace(",", "") for cell in line] for line in shown]
    assert json.loads((place / "charges_by_outcome.json").read_text("utf-8"))["threshold"] == 11
    assert page.message.words.text() == f"Published. The files are in {place}."
    assert page.check.pill.text() == "published before"


def test_when_nobody_chooses_a_folder_nothing_is_published(
    page: ReportsPage, desk: Desk, answers: Answers, coordinator: Office
) -> None:
    answers.place = None
    choose(page, desk, ALL)
    before = published(desk, coordinator)
    page.release.click()
    desk.settled()
    assert published(desk, coordinator) == before


def test_a_folder_that_can_not_be_written_keeps_the_figures(
    page: ReportsPage, desk: Desk, answers: Answers, tmp_path: Path
) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("x")
    answers.place = blocked
    page.release.click()
    desk.settled()
    assert "its files can’t be written there" in page.message.words.text()
    assert page.release.isEnabled()


def test_too_few_cases_are_refused_in_words_and_nothing_stays_on_the_screen(
    page: ReportsPage, desk: Desk, coordinator: Office
) -> None:
    def days() -> list[date]:
        with coordinator.reading() as connection:
            return sorted(facts.detained_on for facts in read_facts(connection))

    one = desk.done(days)[20]
    page.dates.choice.setCurrentText(OWN)
    page.dates.choice.activated.emit(0)
    desk.settled()
    page.dates.first.setDate(page.dates.first.date().fromString(one.isoformat(), "yyyy-MM-dd"))
    page.dates.last.setDate(page.dates.first.date())
    page.dates.changed.emit()
    desk.settled()
    assert "Too few new cases" in page.message.words.text()
    assert page.check.pill.text() == "not safe"
    assert not page.release.isEnabled()
    assert not page.table_card.isVisible()
    assert not page.chart_card.isVisible()


def test_dates_the_wrong_way_round_are_said(page: ReportsPage, desk: Desk) -> None:
    choose(page, desk, OWN)
    page.dates.last.setDate(page.dates.first.date().addDays(-1))
    page.dates.changed.emit()
    desk.settled()
    assert page.message.words.text() == "The last day is before the first. Choose other dates."


def test_a_coordinator_sees_no_name_and_no_number(page: ReportsPage, made: DemoFolder) -> None:
    said = " ".join(label.text() for label in page.findChildren(QLabel))
    assert not any(row.number in said for row in made.demo.cases)


def test_every_control_has_a_name(page: ReportsPage) -> None:
    assert nameless(page) == []
    bar = page.bar()
    assert bar is not None
    bar.show()
    assert nameless(bar) == []


@pytest.mark.parametrize(
    ("today", "choice", "window"),
    [
        (date(2026, 11, 22), ALL, Window(None, None)),
        (date(2026, 11, 22), YEAR, Window(date(2026, 1, 1), date(2026, 10, 31))),
        (date(2026, 1, 9), YEAR, Window(date(2025, 1, 1), date(2025, 12, 31))),
        (date(2026, 11, 22), LAST_YEAR, Window(date(2025, 1, 1), date(2025, 12, 31))),
        (date(2026, 11, 22), QUARTER, Window(date(2026, 7, 1), date(2026, 9, 30))),
        (date(2026, 2, 1), QUARTER, Window(date(2025, 10, 1), date(2025, 12, 31))),
    ],
)
def test_the_usual_dates_are_whole_months(today: date, choice: str, window: Window) -> None:
    assert window_of(choice, today) == window


def test_own_dates_start_as_this_year(desk: Desk) -> None:
    dates = DateRange()
    desk.qtbot.addWidget(dates)
    dates.set_today(date(2026, 11, 22))
    dates.choice.setCurrentText(OWN)
    assert dates.dates() == Window(date(2026, 1, 1), date(2026, 10, 31))
