"""The library: every entry listed, those to check again first, each told in plain words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from typing_extensions import override

from intake_app.core.authorities import Library, Status
from intake_app.core.authority_checks import OfficeLibrary
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.ui.authorities_page import AuthoritiesPage
from intake_app.ui.authority_acts import WITH_SOURCE, AuthorityActs
from intake_app.ui.library_rows import BLOCKED, OWN, RECHECK, TONES, UNCHECKED, library_rows
from intake_app.workflows import shipped
from tests.conftest import NOW
from tests.ui.conftest import Desk
from tests.ui.demo_office import nameless

TODAY = date(2026, 11, 22)
LATER = NOW + timedelta(days=90)


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
    assert notes == sorted(notes, key=[RECHECK, "", UNCHECKED, BLOCKED].index)
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
    rows = library_rows(OfficeLibrary(shipped.library()), TODAY)
    assert {row.stance for row in rows} <= set(TONES)


def test_what_nobody_checked_is_said() -> None:
    library = shipped.library()
    one = replace(library.authorities["C01"], quotation=None, status=Status.UNVERIFIED)
    rows = library_rows(OfficeLibrary(Library({"C01": one}, {}, "x")), TODAY)
    assert (
        "How it was checked",
        "Nobody has compared it with any source. It is never printed.",
    ) in (rows[0].told)


@pytest.fixture
def attorney(desk: Desk) -> Iterator[AuthoritiesPage]:
    office = desk.open(Role.ATTORNEY)
    yield shown(desk, office, LATER, "C01")
    desk.close(office)


def keep(desk: Desk, button: QAbstractButton) -> None:
    button.click()
    desk.settled()


def test_a_reader_sees_no_buttons_and_is_told_who_may(desk: Desk) -> None:
    office = desk.open(Role.PARALEGAL)
    page = shown(desk, office, NOW, "C01")
    assert page.acts is None
    assert page.add.isHidden()
    assert page.readers.text() == "An attorney checks and corrects the entries."
    desk.close(office)


def test_the_page_says_that_it_is_no_legal_advice(attorney: AuthoritiesPage) -> None:
    told = [label.text() for label in attorney.findChildren(QLabel) if label.isVisible()]
    assert any(words.startswith("A library, not legal advice.") for words in told)


def test_an_attorney_checks_an_entry_and_the_check_is_listed(
    desk: Desk, attorney: AuthoritiesPage
) -> None:
    assert attorney.acts is not None
    keep(desk, attorney.acts.check)
    keep(desk, attorney.acts.keep)
    assert attorney.acts.message.words.text() == "Say first how you compared it."
    attorney.acts.how.setCurrentIndex(attorney.acts.how.findText(WITH_SOURCE))
    attorney.acts.note.setText("Read at the court")
    keep(desk, attorney.acts.keep)
    words = said(attorney)
    assert attorney._side.title.text() == "Galarza"
    assert "Compared with the source itself." in words
    assert "20 Feb 2027, M. Attorney: checked with the source. Read at the court" in words
    assert attorney.done.words.text().startswith("Galarza: checked today.")
    assert attorney.acts.check_form.isHidden()


def test_a_block_needs_a_reason_and_is_lifted(desk: Desk, attorney: AuthoritiesPage) -> None:
    assert attorney.acts is not None
    keep(desk, attorney.acts.block)
    keep(desk, attorney.acts.keep_block)
    assert attorney.acts.message.words.text() == "Say why, so that others know."
    attorney.acts.reason.setText("it was reversed.")
    keep(desk, attorney.acts.keep_block)
    assert "No letter cites it: it was reversed." in said(attorney)
    assert attorney.acts.block.text() == "Unblock…"
    keep(desk, attorney.acts.block)
    attorney.acts.reason.setText("it stands.")
    keep(desk, attorney.acts.keep_block)
    assert attorney.acts.block.text() == "Block…"
    assert any("blocked. it was reversed." in words for words in said(attorney))


@pytest.mark.parametrize("asked", [None, "C05"])
def test_what_is_typed_about_an_entry_waits_while_another_page_is_looked_at(
    desk: Desk, attorney: AuthoritiesPage, asked: str | None
) -> None:
    office, acts = attorney._office, attorney.acts
    assert office is not None
    assert acts is not None
    keep(desk, acts.check)
    acts.how.setCurrentIndex(acts.how.findText(WITH_SOURCE))
    QTest.keyClicks(acts.note, "Read at the court")
    attorney.leave()
    attorney.show_for(office, asked)
    desk.settled()
    assert attorney._side.title.text() == "Galarza"
    assert attorney.acts is acts
    assert acts.note.isVisible()
    assert (acts.note.text(), acts.how.currentText()) == ("Read at the court", WITH_SOURCE)
    keep(desk, acts.keep)
    assert attorney.done.words.text().startswith("Galarza: checked today.")
    assert attorney.acts is not acts
    attorney.show_for(office, asked or "C05")
    desk.settled()
    assert attorney._side.title.text() != "Galarza"


def test_what_ships_blocked_offers_no_lifting(desk: Desk, attorney: AuthoritiesPage) -> None:
    office = attorney._office
    assert office is not None
    attorney.show_for(office, "C33")
    desk.settled()
    assert attorney.acts is not None
    assert attorney.acts.block.isHidden()


def test_a_correction_keeps_the_quotation_and_asks_for_a_check(
    desk: Desk, attorney: AuthoritiesPage
) -> None:
    office = attorney._office
    assert office is not None
    attorney.show_for(office, "C05")
    desk.settled()
    assert attorney.acts is not None
    keep(desk, attorney.acts.mend)
    form = attorney.form
    assert form is not None
    assert "quotation" not in form.fields
    caution, body = form.fields["caution"], form.fields["body"]
    assert isinstance(caution, QPlainTextEdit)
    assert isinstance(body, QLineEdit)
    caution.setPlainText("Read the dissent.")
    body.setText("")
    keep(desk, form.save)
    assert form.message.words.text() == "This entry has no “By”."
    assert caution.toPlainText() == "Read the dissent."
    body.setText("Fourth Circuit")
    keep(desk, form.save)
    words = said(attorney)
    assert attorney.form is None
    assert "Read the dissent." in words
    assert any("nobody has compared it yet" in one for one in words)
    assert column(attorney, 4)[0] == RECHECK


def test_an_entry_is_added_and_found_again(desk: Desk, attorney: AuthoritiesPage) -> None:
    keep(desk, attorney.add)
    form = attorney.form
    assert form is not None
    assert not attorney.table.isEnabled()
    for name, answer in (("short_name", "Ours"), ("citation", "1 Ex. 2"), ("body", "A court")):
        field = form.fields[name]
        assert isinstance(field, QLineEdit)
        field.setText(answer)
    says = form.fields["proposition"]
    assert isinstance(says, QPlainTextEdit)
    says.setPlainText("It says so.")
    attorney.state.setCurrentIndex(attorney.state.findData("FL"))
    keep(desk, form.save)
    assert attorney._side.title.text() == "Ours"
    assert "O01, of your office" in said(attorney)
    attorney.note.setCurrentIndex(attorney.note.findData(OWN))
    assert "Ours" in column(attorney, 0)


def test_cancelling_brings_the_entry_back(desk: Desk, attorney: AuthoritiesPage) -> None:
    keep(desk, attorney.add)
    assert attorney.form is not None
    keep(desk, attorney.form.cancel)
    assert attorney.table.isEnabled()
    assert attorney._side.title.text() == "Galarza"


def test_choices_narrow_the_list(attorney: AuthoritiesPage) -> None:
    attorney.state.setCurrentIndex(attorney.state.findData("FL"))
    assert "Fla. Stat. § 908.105" in column(attorney, 0)
    assert "Galarza" not in column(attorney, 0)
    attorney.stance.setCurrentIndex(attorney.stance.findData("supports"))
    assert set(column(attorney, 1)) == {"supports"}
    attorney.state.setCurrentIndex(0)
    attorney.stance.setCurrentIndex(0)
    attorney.note.setCurrentIndex(attorney.note.findData(BLOCKED))
    assert set(column(attorney, 4)) == {BLOCKED}
    attorney.note.setCurrentIndex(attorney.note.findData(UNCHECKED))
    assert "Buquer" in column(attorney, 0)
    # No day is given for a check there never was.
    assert set(column(attorney, 3)) == {""}


def test_where_it_was_seen_is_copied_not_opened(
    desk: Desk, attorney: AuthoritiesPage, qapp: QApplication
) -> None:
    office = attorney._office
    assert office is not None
    attorney.show_for(office, "F01")
    desk.settled()
    buttons = {one.accessibleName(): one for one in attorney.detail.findChildren(QPushButton)}
    buttons["Copy: seen at"].click()
    assert qapp.clipboard().text() == shipped.library().authorities["F01"].seen_at


def test_an_update_that_changed_an_entry_asks_for_a_new_check() -> None:
    library = shipped.library()
    lapsed = OfficeLibrary(library, lapsed=frozenset({"C01", "state FL"}))
    rows = [row for row in library_rows(lapsed, TODAY) if row.note == RECHECK]
    assert [row.name for row in rows] == ["C01", "state FL"]
    assert all("A new version of the program has changed" in row.warning for row in rows)


def test_every_control_of_an_attorney_has_a_name(desk: Desk, attorney: AuthoritiesPage) -> None:
    assert nameless(attorney) == []
    keep(desk, attorney.add)
    assert nameless(attorney) == []


def test_every_control_has_a_name(page: AuthoritiesPage) -> None:
    assert nameless(page) == []


class Windows(QObject):
    """Every window that opens, by its class."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.opened.append(type(watched).__name__)
        return False


def test_choosing_an_entry_opens_no_window_of_its_own(attorney: AuthoritiesPage) -> None:
    """A part that is shown before it has a place in the page is a window for a moment."""
    windows, app = Windows(), QApplication.instance()
    assert app is not None
    app.installEventFilter(windows)
    try:
        # The first has a warning, the others buttons.
        for row in (0, attorney.model.rowCount() - 1, 5):
            attorney.table.selectRow(row)
            QApplication.processEvents()
    finally:
        app.removeEventFilter(windows)
    assert windows.opened == []


def test_coming_back_finds_the_page_as_it_was_left(desk: Desk, office: Office) -> None:
    page = shown(desk, office, NOW)
    page.search.setText("detainer")
    page.table.selectRow(2)
    desk.settled()
    title = page._side.title.text()
    assert title == page.model.rows[2].title
    page.leave()
    page.show_for(office)
    desk.settled()
    assert (page.search.text(), page.table.currentIndex().row()) == ("detainer", 2)
    assert page._side.title.text() == title


def shown_acts(page: AuthoritiesPage) -> list[AuthorityActs]:
    return [one for one in page.detail.findChildren(AuthorityActs) if not one.isHidden()]


def test_nobody_checks_the_entry_read_before(desk: Desk, attorney: AuthoritiesPage) -> None:
    """The next key may come before the next entry is shown: the old buttons are gone by then."""
    assert shown_acts(attorney) == [attorney.acts]
    attorney.table.selectRow(3)
    assert shown_acts(attorney) == []
    attorney.table.selectRow(4)
    desk.settled()
    assert attorney._side.title.text() == attorney.model.rows[4].title
    assert shown_acts(attorney) == [attorney.acts]


def test_a_form_opened_at_once_stands_alone(desk: Desk, attorney: AuthoritiesPage) -> None:
    attorney.table.selectRow(3)
    attorney.add.click()
    desk.settled()
    assert attorney.form is not None
    assert shown_acts(attorney) == []
    assert attorney.detail.body.indexOf(attorney.form) == 0
