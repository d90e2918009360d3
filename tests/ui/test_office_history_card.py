"""The history of the office on its card: filters, pages, a bad day is a sentence."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtWidgets import QToolButton

from intake_app.core.roles import Role
from intake_app.store.history import Line
from intake_app.store.office import Office
from intake_app.store.office_history import PAGE, DeedKind
from intake_app.ui.office_history_card import OfficeHistoryCard
from intake_app.workflows.open_case import open_case
from intake_app.workflows.set_letterhead import set_letterhead
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.ui.conftest import Desk
from tests.ui.demo_office import nameless


@pytest.fixture
def administrator(desk: Desk) -> Iterator[Office]:
    opened = desk.open(Role.ADMINISTRATOR)
    yield opened
    desk.close(opened)


def shown(desk: Desk, office: Office) -> OfficeHistoryCard:
    card = OfficeHistoryCard(desk.jobs, lambda: NOW)
    desk.qtbot.addWidget(card)
    card.resize(1000, 600)
    card.show_for(office)
    card.show()
    desk.settled()
    return card


def fill(office: Office) -> None:
    with office.writing() as connection:
        lines = (Line(NOW.isoformat(), 1, f"act {n}", None, "office") for n in range(PAGE + 50))
        office.record(connection, *lines)


def test_filters_and_pages(desk: Desk, administrator: Office) -> None:
    case = desk.done(partial(start_intake, administrator, NOW)).case_id
    desk.done(partial(open_case, administrator, case, NOW))
    desk.done(partial(fill, administrator))
    card = shown(desk, administrator)
    assert nameless(card) == []
    newest = card.model.rows[0].seq
    assert len(card.model.rows) == PAGE
    assert not card.newer.isEnabled()
    card.older.click()
    desk.settled()
    assert card.model.rows[0].seq == newest - PAGE
    assert not card.older.isEnabled()
    assert card.count.text().startswith("Page 2 · ")
    card.newer.click()
    desk.settled()
    assert card.model.rows[0].seq == newest
    card.kind.setCurrentIndex(card.kind.findData(DeedKind.LOOKED))
    card.kind.activated.emit(card.kind.currentIndex())
    desk.settled()
    assert {one.words for one in card.model.rows} == {"Opened"}
    card.member.setCurrentIndex(card.member.findText("M. Volunteer"))
    card.member.activated.emit(card.member.currentIndex())
    desk.settled()
    assert card.nothing.isVisibleTo(card)


def test_days_are_read_or_refused_in_a_line(desk: Desk, administrator: Office) -> None:
    card = shown(desk, administrator)
    card.since.setText("2026-11-23")
    card.since.editingFinished.emit()
    desk.settled()
    assert card.model.rows == ()
    cross = card.since.findChild(QToolButton)
    assert cross is not None
    cross.click()
    desk.settled()
    assert card.model.rowCount() > 0
    card.since.setText("soon")
    card.since.editingFinished.emit()
    desk.settled()
    assert card.message.isVisibleTo(card)
    card.since.setText("2026-11-23")
    card.until.setText("2026-11-01")
    card.until.editingFinished.emit()
    desk.settled()
    assert "after the last" in card.message.words.text()


def test_another_member_s_card_says_why_it_is_empty(desk: Desk, office: Office) -> None:
    card = shown(desk, office)
    assert card.model.rows == ()
    assert "may not see the history of the office" in card.message.words.text()


def choose(desk: Desk, card: OfficeHistoryCard, words: str) -> None:
    row = next(at for at, one in enumerate(card.model.rows) if one.words == words)
    card.table.selectRow(row)
    desk.settled()


def test_the_chosen_line_is_told_and_taken_back(desk: Desk, administrator: Office) -> None:
    name, lines = administrator.profile.name, administrator.profile.letterhead
    desk.done(partial(set_letterhead, administrator, "Wrong Name", lines, NOW))
    card = shown(desk, administrator)
    renamed: list[str] = []
    card.changed.connect(lambda: renamed.append(administrator.profile.name))
    assert card.chosen.text() == ""
    assert not card.undo.isVisibleTo(card)
    choose(desk, card, "Letterhead changed")
    assert card.chosen.text() == f"Before: {name}\nAfter: Wrong Name"
    assert card.undo.isEnabled()
    card.undo.click()
    desk.settled()
    assert renamed == [name]
    assert card.message.words.text().startswith("Undone.")
    assert card.model.rows[0].words == "Letterhead changed (undo)"
    # Nothing is chosen any more; the older line was written over by its own undo.
    assert not card.undo.isVisibleTo(card)
    choose(desk, card, "Letterhead changed")
    card.undo.click()
    desk.settled()
    assert "changed again later" in card.message.words.text()
    assert administrator.profile.name == name
    assert nameless(card) == []


def test_a_line_at_the_foot_of_the_table_stays_in_sight(desk: Desk, administrator: Office) -> None:
    lines = "\n".join(["A long line of an address " * 4] * 3)
    desk.done(partial(set_letterhead, administrator, "Office", lines, NOW))
    desk.done(partial(set_letterhead, administrator, "Office", lines.upper(), NOW))
    desk.done(partial(fill, administrator))
    card = shown(desk, administrator)
    card.older.click()
    desk.settled()
    high = card.table.viewport().height()
    choose(desk, card, "Letterhead changed")
    assert "A LONG LINE" in card.chosen.text()
    desk.settled()
    shrunk = card.table.viewport()
    assert shrunk.height() < high
    assert shrunk.rect().contains(card.table.visualRect(card.table.currentIndex()))


def test_a_line_that_stays_says_why_and_has_no_button(desk: Desk, administrator: Office) -> None:
    card = shown(desk, administrator)
    card.kind.setCurrentIndex(card.kind.findData(DeedKind.MEMBERS))
    card.kind.activated.emit(card.kind.currentIndex())
    desk.settled()
    choose(desk, card, "Member added: M. Volunteer")
    assert "keys were made or destroyed" in card.chosen.text()
    assert not card.undo.isVisibleTo(card)
    card.leave()
    assert card.chosen.text() == ""
