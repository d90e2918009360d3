"""The reports page over a real encrypted office: a check, a release, its files and its ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from intake_app.core.reports.periods import Window, read_period
from intake_app.core.reports.release import ReleaseAsked
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.ui.reports_page import ReportsPage
from intake_app.workflows.release_reports import release_reports
from tests.conftest import NOW
from tests.ui.conftest import Desk
from tests.ui.demo_office import Answers, DemoFolder, cut_off, demo_folder, opened


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> DemoFolder:
    return demo_folder(tmp_path_factory.mktemp("demo") / "office", NOW, 260)


@pytest.fixture
def coordinator(made: DemoFolder, desk: Desk) -> Iterator[Office]:
    with opened(made, desk, Role.COORDINATOR, NOW) as office:
        yield office


def settled(page: ReportsPage, desk: Desk) -> None:
    desk.settled()
    desk.qtbot.waitUntil(lambda: not page.work.busy, timeout=120_000)
    desk.settled()


def said(page: ReportsPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel))


def test_a_coordinator_checks_releases_and_finds_it_in_the_ledger(
    desk: Desk, coordinator: Office, made: DemoFolder, tmp_path: Path
) -> None:
    page = ReportsPage(desk.jobs, lambda: NOW, asking=Answers(place=tmp_path))
    for widget in (page, page.head):
        desk.qtbot.addWidget(widget)
        widget.show()
    page.show_for(coordinator)
    settled(page, desk)
    year = next(
        i for i in range(page.head.dates.count()) if "2025 (year)" in page.head.dates.itemText(i)
    )
    page.head.dates.setCurrentIndex(year)
    page.head.dates.activated.emit(year)
    page.list.tick(frozenset(page.list.ticks), on=False)
    page.list.tick(frozenset({"T01", "T02", "T15"}))
    page.resize(1104, 768)  # as in a new window
    page.head.check.click()
    settled(page, desk)
    assert page.check.pill.text() == "safe to publish", said(page)
    assert cut_off(page) == []
    assert page.view.parts
    assert not any(row.number in said(page) for row in made.demo.cases)
    page.head.release.click()
    page.message.button.click()
    settled(page, desk)
    place = tmp_path / "Reports 2025"
    files = sorted(file.name for file in place.iterdir())
    assert any(name.endswith(".csv") for name in files)
    assert any(name.endswith(".pdf") for name in files)
    assert str(place) in page.message.words.text()
    page._show("ledger")
    desk.settled()
    assert "The year 2025 closed" in said(page)
    assert "Published for the year 2025" in said(page)
    # Asked again it is the same, and marked as published.
    assert page.head.chosen is not None
    page.head.check.click()
    settled(page, desk)
    assert page.check.pill.text() == "published before", said(page)
    page.head.release.click()
    settled(page, desk)
    again = tmp_path / "Reports 2025 (2)"
    for name in files:
        if name.endswith(".csv"):
            assert (again / name).read_bytes() == (place / name).read_bytes()


def test_an_administrator_allows_rows_and_starts_a_new_series(desk: Desk, tmp_path: Path) -> None:
    own = demo_folder(tmp_path / "office", NOW, 260)
    out = tmp_path / "published"
    with opened(own, desk, Role.ADMINISTRATOR, NOW) as office:
        asked = ReleaseAsked(Window((read_period("2025"),)), ("T01",))
        desk.done(lambda: release_reports(office, asked, NOW))
        page = ReportsPage(desk.jobs, lambda: NOW, asking=Answers(place=out))
        for widget in (page, page.head):
            desk.qtbot.addWidget(widget)
            widget.show()
        page.show_for(office)
        settled(page, desk)
        page._show("rows")
        desk.settled()
        rows = page.rows
        assert "are off in this office" in said(page)
        rows.allow.click()
        desk.settled()
        assert rows.period.currentText() == "The year 2025"
        assert not rows.prepare.isEnabled()
        rows.columns["sex"].setChecked(True)
        rows.prepare.click()
        desk.settled()
        assert rows.release.isVisible(), said(page)
        assert "identical rows" in rows.result.text()
        rows.release.click()
        desk.settled()
        [place] = out.iterdir()
        [table] = place.glob("ROWS_*.csv")
        lines = table.read_text("utf-8-sig").splitlines()[1:]
        assert min(lines.count(line) for line in lines) >= 11
        page._show("ledger")
        desk.settled()
        assert "rows" in said(page).lower()
        page.ledger.anew.click()
        assert "Nothing dated up to today" in page.ledger.message.words.text()
        page.ledger.message.button.click()
        settled(page, desk)
        assert "started" in said(page)
        assert page.head.chosen is None


def test_a_coordinator_can_start_no_series(desk: Desk, coordinator: Office) -> None:
    page = ReportsPage(desk.jobs, lambda: NOW, asking=Answers())
    desk.qtbot.addWidget(page)
    desk.qtbot.addWidget(page.head)
    page.show()
    page.show_for(coordinator)
    settled(page, desk)
    page._show("ledger")
    desk.settled()
    assert not page.ledger.anew.isVisible()
