"""Letters for running clocks in one go, in the real page over a real office."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from intake_app.core.casefile import Custody, Person
from intake_app.core.roles import Role
from intake_app.store.letters import Stage
from intake_app.store.office import Office
from intake_app.ui.batch_page import BatchPage
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages import PAGES
from intake_app.ui.show_letter import ShowLetter
from intake_app.ui.theme import Theme
from intake_app.workflows.read_letters import letters_of
from intake_app.workflows.save_case import save_answer
from intake_app.workflows.write_batch import Clocks, running_clocks
from tests.conftest import NOW
from tests.letters import case_for_a_letter
from tests.ui.conftest import Desk

HOUR = timedelta(hours=1)
LOCAL = NOW.astimezone(ZoneInfo("America/Los_Angeles"))


def running(office: Office, since: timedelta, booking: str | None = "26-1") -> int:
    """A case whose release was due that long ago; without a booking number it has no letter."""
    case = case_for_a_letter(office, LOCAL)
    save_answer(office, case, Custody, None, "release_due_at", LOCAL - since, NOW)
    save_answer(office, case, Person, None, "booking_number", booking, NOW)
    return case


@pytest.fixture
def page(desk: Desk, office: Office) -> Iterator[BatchPage]:
    for row in desk.done(partial(running_clocks, office, NOW)):
        # Another test's case: its person is free.
        change = (office, row.case_id, Custody, None, "released_at", LOCAL, NOW)
        desk.done(partial(save_answer, *change))
    made = BatchPage(desk.jobs, lambda: NOW)
    desk.qtbot.addWidget(made)
    made.resize(1000, 760)
    made.show()
    yield made


def shown(desk: Desk, page: BatchPage, office: Office) -> None:
    page.show_for(office)
    desk.settled()


def became(page: BatchPage) -> list[str]:
    model = page.results
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def stages(desk: Desk, office: Office, case: int) -> list[Stage]:
    return [one.stage for one in desk.done(partial(letters_of, office, case))]


def test_the_choices_count_the_clocks_and_the_first_that_has_any_is_chosen(
    desk: Desk, office: Office, page: BatchPage
) -> None:
    desk.done(partial(running, office, 40 * HOUR))
    desk.done(partial(running, office, HOUR))
    shown(desk, page, office)
    words = {which: button.text() for which, button in page.choices.items()}
    assert words == {
        Clocks.OVER: "Over · 0",
        Clocks.SOON: "Over, or within 12 hours · 1",
        Clocks.ALL: "All that run · 2",
    }
    assert not page.choices[Clocks.OVER].isEnabled()
    assert page.which is Clocks.SOON
    assert page.write.text() == "Write 1 letter"
    page.choices[Clocks.ALL].click()
    assert page.write.text() == "Write 2 letters"


def test_written_and_blocked_are_listed_and_lead_on(
    desk: Desk, office: Office, page: BatchPage
) -> None:
    fine = desk.done(partial(running, office, 3 * HOUR))
    blocked = desk.done(partial(running, office, 2 * HOUR, None))
    shown(desk, page, office)
    page.write.click()
    desk.settled()
    assert became(page) == ["written", "blocked"]
    assert stages(desk, office, fine) == [Stage.WAITING]
    assert stages(desk, office, blocked) == []
    assert "Written: 1. Blocked: 1." in page.message.words.text()
    asked: list[tuple[str, object]] = []
    page.wanted.connect(lambda key, what: asked.append((key, what)))
    (letter,) = desk.done(partial(letters_of, office, fine))
    page.table.selectRow(0)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    page.table.selectRow(1)
    assert "Booking number" in page.why.text()
    page.open.click()
    assert asked == [("letter", ShowLetter(letter.id, fine)), ("case", blocked)]
    page.write.click()
    desk.settled()
    assert became(page) == ["there already", "blocked"]


def test_drafts_do_not_wait_where_nobody_is_asked(
    desk: Desk, office: Office, page: BatchPage
) -> None:
    case = desk.done(partial(running, office, HOUR))
    shown(desk, page, office)
    page.waiting.setChecked(False)
    page.write.click()
    desk.settled()
    assert stages(desk, office, case) == [Stage.DRAFT]


def test_cancel_keeps_what_is_done_and_a_save_gets_in_between(
    desk: Desk, office: Office, page: BatchPage
) -> None:
    cases = [desk.done(partial(running, office, hours * HOUR)) for hours in range(8, 0, -1)]
    shown(desk, page, office)
    page.choices[Clocks.ALL].click()
    page.write.click()
    desk.qtbot.waitUntil(lambda: page.results.rowCount() >= 2)
    saved: list[object] = []
    save = partial(save_answer, office, cases[-1], Person, None, "given", "Between", NOW)
    desk.jobs.run(save, saved.append, saved.append)
    desk.qtbot.waitUntil(lambda: bool(saved))
    assert page.results.rowCount() < len(cases)
    assert page.progress.isVisible()
    page.cancel.click()
    desk.settled()
    done = page.results.rowCount()
    assert done < len(cases)
    assert [bool(stages(desk, office, case)) for case in cases] == [
        number < done for number in range(len(cases))
    ]
    assert f"Stopped before the last {len(cases) - done}" in page.message.words.text()
    assert not page.progress.isVisible()
    assert page.write.isVisible()


def test_locking_does_not_wait_for_the_whole_batch(desk: Desk, office: Office) -> None:
    for hours in range(8, 0, -1):
        desk.done(partial(running, office, hours * HOUR))
    pages = [kind(desk.jobs, lambda: NOW) for kind in PAGES]
    window = MainWindow(desk.jobs, office, pages, Theme(), 10)
    desk.qtbot.addWidget(window)
    window.show()
    window.go("letters")
    desk.settled()
    page = window.page("letters")
    page.batch.click()  # type: ignore[attr-defined]
    desk.settled()
    batch = window.page("batch")
    assert isinstance(batch, BatchPage)
    batch.choices[Clocks.ALL].click()
    batch.write.click()
    desk.qtbot.waitUntil(lambda: batch.results.rowCount() >= 1)
    with desk.qtbot.waitSignal(window.locked, timeout=10_000):
        window.lock()
    waiting = desk.done(partial(running_clocks, office, NOW))
    kept = [bool(stages(desk, office, row.case_id)) for row in waiting]
    assert any(kept)
    assert not all(kept)


def test_without_a_running_clock_it_says_so(desk: Desk, office: Office, page: BatchPage) -> None:
    shown(desk, page, office)
    assert page.nothing.isVisible()
    assert not page.write.isVisible()


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.COORDINATOR])
def test_who_writes_no_letters_does_not_get_there(desk: Desk, role: Role) -> None:
    office = desk.open(role)
    pages = [kind(desk.jobs, lambda: NOW) for kind in PAGES]
    window = MainWindow(desk.jobs, office, pages, Theme(), 10)
    desk.qtbot.addWidget(window)
    window.go("desk")
    window.go("batch")
    assert window.place[0] != "batch"
    desk.settled()
    desk.close(office)
