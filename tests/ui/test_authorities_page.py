"""The library: every entry listed, those to check again first, each told in plain words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from intake_app.core.authorities import Library, Status
from intake_app.store.office import Office
from intake_app.ui.authorities_page import AuthoritiesPage
from intake_app.ui.library_rows import BLOCKED, RECHECK, TONES, library_rows
from intake_app.workflows import shipped
from tests.conftest import NOW
from tests.ui.conftest import Desk
from tests.ui.demo_office import nameless

TODAY = date(2026, 11, 22)


@pytest.fixture
def page(desk: Desk, office: Office) -> Iterator[AuthoritiesPage]:
    yield shown(desk, office, NOW)


def shown(desk: Desk, office: Office, now: datetime, what: object = None) -> AuthoritiesPage:
    made = AuthoritiesPage(desk.jobs, lambda: now)
    desk.qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show_for(office, what)
    made.show()
    desk.settled()
    return made


def column(page: AuthoritiesPage, number: int) -> list[str]:
    model = page.model
    return [str(model.index(row, number).data()) for row in range(model.rowCount())]


def said(page: AuthoritiesPage) -> list[str]:
    return [label.text() for label in page.detail.findChildren(QLabel) if not label.isHidden()]


def test_every_entry_and_every_state_is_listed_blocked_ones_last(page: AuthoritiesPage) -> None:
    library = shipped.library()
    assert page.model.rowCount() == len(library.authorities) + len(library.states)
    assert page.count.text() == f"{page.model.rowCount()} entries"
    blocked = sum(one.blocked for one in library.authorities.values())
    assert blocked
    assert column(page, 4)[-blocked:] == [BLOCKED] * blocked


def test_old_checks_come_first_with_a_warning(desk: Desk, office: Office) -> None:
    page = shown(desk, office, NOW + timedelta(days=2000))
    notes = column(page, 4)
    assert notes[0] == RECHECK
    assert notes == sorted(notes, key=[RECHECK, "", BLOCKED].index)
    assert any("No letter cites it until it is checked again" in words for words in said(page))


def test_the_chosen_entry_is_told_in_plain_words(desk: Desk, office: Office) -> None:
    page = shown(desk, office, NOW, "C01")
    words = said(page)
    assert page._side.title.text() == "Galarza"
    assert "In DE, NJ, PA, VI; elsewhere it can only persuade." in words
    assert "22 Nov 2026; good until 22 Nov 2027." in words
    assert not any("VERIFIED" in one for one in words)


def test_finding_narrows_the_list_and_says_when_nothing_fits(
    page: AuthoritiesPage, qtbot: QtBot
) -> None:
    QTest.keyClicks(page.search, "galarza third")
    assert "Galarza" in column(page, 0)
    assert page.model.rowCount() < 10
    page.search.setText("no entry says this")
    assert page.nothing.isVisible()
    qtbot.waitUntil(lambda: said(page) == ["Choose an entry to read it."])


def test_every_stance_and_every_mandate_has_its_tone() -> None:
    rows = library_rows(shipped.library(), TODAY)
    assert {row.stance for row in rows} <= set(TONES)


def test_what_nobody_checked_is_said() -> None:
    library = shipped.library()
    one = replace(library.authorities["C01"], quotation=None, status=Status.UNVERIFIED)
    rows = library_rows(Library({"C01": one}, {}, "x"), TODAY)
    assert (
        "How it was checked",
        "Nobody has compared it with any source. It is never printed.",
    ) in (rows[0].told)


def test_every_control_has_a_name(page: AuthoritiesPage) -> None:
    assert nameless(page) == []
