"""The table of a repeated record: answers as pills, findings beside the chosen row."""

from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from intake_app.core.case import Entry
from intake_app.core.casefile import Charge, Detainer, questions_for
from intake_app.core.fields import question
from intake_app.core.roles import Role
from intake_app.core.vocabulary import ChargeOutcome, DvRelation
from intake_app.store.office import Office
from intake_app.ui.case_page import NEW, CasePage
from intake_app.ui.choice_edits import ChoiceAnswer
from intake_app.ui.choice_tones import TONES, is_pill, tone_of
from intake_app.ui.findings_card import FieldFindings, FindingsCard
from intake_app.ui.keyboard import press
from intake_app.ui.pill_delegate import PillDelegate
from intake_app.ui.records_view import RecordsView
from intake_app.ui.theme import DARK, LIGHT, Theme, Tone
from intake_app.ui.widgets import Words, dp
from tests.ui.conftest import Desk
from tests.ui.screens import CaseScreen


def open_page(desk: Desk, clock: Callable[[], datetime], office: Office) -> CaseScreen:
    page = CasePage(desk.jobs, clock)
    desk.qtbot.addWidget(page)
    desk.qtbot.addWidget(page.bar())
    page.resize(1100, 760)
    page.show_for(office, NEW)
    page.show()
    desk.qtbot.waitExposed(page)
    page.activateWindow()
    desk.qtbot.waitUntil(page.isActiveWindow)
    desk.settled()
    return CaseScreen(page, desk.qtbot)


def choose_by_keys(screen: CaseScreen, field: str, keys: str) -> None:
    """Type the first letters of an answer into its list, and leave it with Tab."""
    row = screen.row(Charge, field)
    assert isinstance(row.edit, ChoiceAnswer)
    row.edit.combo.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(row.edit.combo, keys)
    press(row.edit.combo, Qt.Key.Key_Tab)
    screen.settle()
    QApplication.processEvents()


def said_beside(screen: CaseScreen, field: str) -> str:
    """What a person reads under a question."""
    beside = screen.row(Charge, field).findings
    assert isinstance(beside, FieldFindings)
    lines = beside.findChildren(Words)
    return " ".join(line.text() for line in lines if line.isVisible())


def said_in_card(screen: CaseScreen) -> str:
    card = screen.section("Charges").findings
    assert isinstance(card, FindingsCard)
    return " ".join(line.text() for line in card.findChildren(Words) if line.isVisible())


@pytest.fixture
def screen(desk: Desk, clock: Callable[[], datetime], office: Office) -> CaseScreen:
    return open_page(desk, clock, office)


def test_what_an_outcome_means_stands_beside_it_once_it_is_answered_by_keys(
    screen: CaseScreen,
) -> None:
    view = screen.section("Charges")
    view.tables[Charge].add.setFocus()
    press(view.tables[Charge].add, Qt.Key.Key_Space)
    screen.settle()
    assert said_beside(screen, "outcome") == ""
    choose_by_keys(screen, "outcome", "Dism")
    assert "Under state law: no conviction." in said_beside(screen, "outcome")
    assert "Under INA § 101(a)(48)(A): no." in said_beside(screen, "outcome")
    assert "ICE level: no level." in said_in_card(screen)
    choose_by_keys(screen, "outcome", "Adjud")
    assert "Under INA § 101(a)(48)(A): not known yet." in said_beside(screen, "outcome")
    choose_by_keys(screen, "guilt_basis", "No")
    screen.answer(Charge, question(Charge, "sanctions"), "Court costs")
    screen.settle()
    said = said_beside(screen, "outcome")
    assert "Under state law: no conviction. Under INA § 101(a)(48)(A): yes." in said
    combo = screen.row(Charge, "outcome").edit.control
    assert "Under INA § 101(a)(48)(A): yes." in combo.accessibleDescription()
    choose_by_keys(screen, "listed_offense", "Shop")
    assert "Listed in 8 U.S.C. § 1226(c)(1)(E)" in said_beside(screen, "listed_offense")
    assert "does not command the jail" in said_in_card(screen)


def test_the_findings_follow_the_chosen_charge(screen: CaseScreen) -> None:
    screen.add(Charge)
    choose_by_keys(screen, "outcome", "Convicted")
    screen.add(Charge)
    assert said_beside(screen, "outcome") == ""
    choose_by_keys(screen, "outcome", "Pend")
    assert "no conviction" in said_beside(screen, "outcome")
    table = screen.section("Charges").tables[Charge].table
    table.setFocus()
    press(table, Qt.Key.Key_Up)
    QApplication.processEvents()
    assert "Under state law: conviction." in said_beside(screen, "outcome")


def test_a_volunteer_is_told_what_outcomes_mean_and_nothing_of_violence(
    desk: Desk, clock: Callable[[], datetime]
) -> None:
    office = desk.open(Role.VOLUNTEER)
    screen = open_page(desk, clock, office)
    screen.add(Charge)
    choose_by_keys(screen, "outcome", "Dism")
    assert "Under state law: no conviction." in said_beside(screen, "outcome")
    assert "dv_relation" not in screen.form(Charge).rows
    desk.close(office)


def test_a_dual_arrest_warns_a_paralegal_beside_the_answer(screen: CaseScreen) -> None:
    screen.add(Charge)
    screen.answer(Charge, question(Charge, "dv_relation"), DvRelation.CROSS_ARREST.label)
    screen.settle()
    assert "before any plea" in said_beside(screen, "dv_relation")


def charges_table(qtbot: QtBot, outcomes: list[ChargeOutcome | None]) -> RecordsView:
    view = RecordsView(Charge, questions_for(Role.PARALEGAL, Charge), "America/New_York")
    qtbot.addWidget(view)
    view.resize(dp(560), dp(700))
    view.show_entries(
        tuple(Entry(n, Charge(statute="784.03", outcome=one)) for n, one in enumerate(outcomes, 1))
    )
    view.show()
    qtbot.waitExposed(view)
    return view


def column_of(view: RecordsView, label: str) -> int:
    model = view.table.model()
    across = Qt.Orientation.Horizontal
    heads = [model.headerData(n, across) for n in range(view.table.columnCount())]
    return heads.index(label)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_outcome_is_painted_as_a_pill_in_the_colours_of_the_theme(
    qtbot: QtBot, palette: object
) -> None:
    theme = Theme(DARK if palette is DARK else LIGHT, 100)
    view = charges_table(qtbot, [ChargeOutcome.DISMISSED, ChargeOutcome.WITHHELD])
    view.themed(theme)
    column = column_of(view, "Outcome")
    assert isinstance(view.table.itemDelegateForColumn(column), PillDelegate)
    picture = view.table.viewport().grab().toImage()
    for row, tone in ((0, Tone.GOOD), (1, Tone.SOON)):
        cell = view.table.visualRect(view.table.model().index(row, column))
        seen = {
            picture.pixelColor(x, cell.center().y() + dy).name()
            for x in range(cell.left(), cell.right())
            for dy in (-dp(6), 0, dp(6))
        }
        assert theme.tone(tone)[1].name() in seen


def test_a_long_outcome_is_shown_whole_and_its_row_is_high_enough(qtbot: QtBot) -> None:
    long = ChargeOutcome.NGRI
    view = charges_table(qtbot, [ChargeOutcome.PENDING, long, None])
    column = column_of(view, "Outcome")
    pill = view.table.itemDelegateForColumn(column)
    assert isinstance(pill, PillDelegate)
    wide = view.table.columnWidth(column)
    needs = pill.height(long.label, wide, view.table.font())
    assert needs > pill.height(ChargeOutcome.PENDING.label, wide, view.table.font())
    assert view.table.rowHeight(1) >= needs
    assert view.table.rowHeight(1) > view.table.rowHeight(0) == view.table.rowHeight(2)
    # In a wide window the same words stand in one line again.
    view.resize(dp(1600), dp(700))
    QApplication.processEvents()
    assert view.table.rowHeight(1) == view.table.rowHeight(0)


def test_only_outcomes_and_the_status_of_a_detainer_are_pills() -> None:
    pills = {
        (record, one.name)
        for record in (Charge, Detainer)
        for one in questions_for(Role.PARALEGAL, record)
        if is_pill(one)
    }
    assert pills == {(Charge, "outcome"), (Detainer, "status")}


def test_only_what_needs_no_explaining_is_painted_as_good() -> None:
    asked = question(Charge, "outcome")
    good = {one for one in ChargeOutcome if tone_of(asked, one.label) is Tone.GOOD}
    assert good == {
        ChargeOutcome.NO_CHARGES,
        ChargeOutcome.DISMISSED,
        ChargeOutcome.NOLLE,
        ChargeOutcome.NOT_GUILTY,
    }
    assert tone_of(asked, "") is Tone.PLAIN
    assert tone_of(question(Charge, "statute"), "Dismissed") is Tone.PLAIN
    for vocabulary, tones in TONES.items():
        assert all(isinstance(choice, vocabulary) for choice in tones)
