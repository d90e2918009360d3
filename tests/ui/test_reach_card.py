"""Beside every number stands whether it may be used, on the screen and to a screen reader."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt

from intake_app.core.casefile import Consent, Contact, Intake, Person, Phone, Protection
from intake_app.core.fields import question
from intake_app.core.roles import Role
from intake_app.core.vocabulary import (
    ConsentKind,
    IntakeMode,
    Safe,
    SignedHow,
    TalkNow,
    WithdrawnHow,
    YesNo,
)
from intake_app.store.office import Office
from intake_app.ui.case_page import CasePage
from intake_app.ui.keyboard import press
from intake_app.ui.letter_checklist import LetterChecklist
from intake_app.ui.page import Clock
from intake_app.ui.reach_card import ReachCard, WayLine
from intake_app.ui.widgets import Pill, QuietButton
from intake_app.workflows.open_case import open_case
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.ui.conftest import Desk
from tests.ui.invented import save
from tests.ui.said import said_by
from tests.ui.screens import CaseScreen

TODAY = date(2026, 11, 22)
NUMBERS = {
    "305-555-0101": (Safe.YES, "safe", "Safe to call."),
    "305-555-0102": (Safe.ASK, "ask first", "Ask first."),
    "305-555-0103": (Safe.NO, "not safe", "Not safe to call."),
    "305-555-0104": (None, "not known", "Not known to be safe"),
}

Shown = Callable[..., CaseScreen]


@pytest.fixture
def shown(desk: Desk, clock: Clock, office: Office) -> Shown:
    """Opens a case with these answers."""

    def show(*records: tuple[type, dict[str, Any]]) -> CaseScreen:
        case_id = desk.done(partial(start_intake, office, NOW)).case_id
        for record, answers in records:
            desk.done(partial(save, office, case_id, record, answers, NOW))
        page = CasePage(desk.jobs, clock)
        desk.qtbot.addWidget(page)
        desk.qtbot.addWidget(page.bar())
        page.resize(1280, 860)
        page.show_for(office, case_id)
        page.show()
        desk.qtbot.waitExposed(page)
        desk.settled()
        return CaseScreen(page, desk.qtbot)

    return show


PHONES: list[tuple[type, dict[str, Any]]] = [
    (Phone, {"number": number, "safe": safe, "times": "after 6"})
    for number, (safe, _pill, _words) in NUMBERS.items()
]
CONFIRMED: tuple[type, dict[str, Any]] = (Contact, {"confirmed_on": TODAY})


def card(screen: CaseScreen) -> ReachCard:
    found = screen.page.findChild(ReachCard)
    assert isinstance(found, ReachCard)
    return found


def pills(screen: CaseScreen) -> dict[str, str]:
    lines = card(screen).findChildren(WayLine)
    return {line.value.text(): line.findChildren(Pill)[0].text() for line in lines}


def test_the_card_says_which_way_may_be_used(shown: Shown) -> None:
    screen = shown(CONFIRMED, *PHONES)
    assert pills(screen) == {number: pill for number, (_, pill, _) in NUMBERS.items()}
    words = said_by(card(screen), hidden=False)
    assert "Telephone, not safe: 305-555-0103" in words
    assert "Times: after 6." in words
    assert "Ask first: “Is it safe to talk now?”" in words


def test_an_address_nobody_may_write_to_is_not_shown(shown: Shown) -> None:
    lent = {"home_address": "12 Real Street", "substitute_address": "PO Box 77"}
    said = " ".join(said_by(card(shown((Contact, lent | {"safe_to_mail": Safe.YES})))))
    assert "PO Box 77" in said
    assert "Real Street" not in said


def test_an_empty_card_says_what_to_do(shown: Shown) -> None:
    assert any("How may we reach you" in words for words in said_by(card(shown())))


def test_it_follows_each_saved_answer(shown: Shown, desk: Desk) -> None:
    screen = shown(CONFIRMED, PHONES[0])
    assert pills(screen) == {"305-555-0101": "safe"}
    screen.section("Safe contact")
    screen.answer(Phone, question(Phone, "safe"), Safe.NO.label)
    desk.settled()
    assert pills(screen) == {"305-555-0101": "not safe"}
    screen.answer(Contact, question(Contact, "safe_to_talk_now"), TalkNow.NO.label)
    desk.settled()
    assert any("end the call" in words for words in said_by(card(screen), hidden=False))


def test_no_number_stands_anywhere_without_its_verdict(shown: Shown, desk: Desk) -> None:
    """Every text on the page that holds a number holds, or has beside it, what may be done."""
    screen = shown(CONFIRMED, *PHONES)
    view = screen.section("Safe contact")
    desk.settled()
    table = view.tables[Phone]
    for row, (number, (_, _, words)) in enumerate(NUMBERS.items()):
        cell = table.table.item(row, 0)
        assert cell is not None
        assert cell.text().startswith(f"{number}\n{words}")
        assert words in cell.toolTip()
        table.table.selectRow(row)
        answer = table.form.rows["number"]
        assert answer.edit.read() == number
        assert words in answer.findings.words
        assert words in answer.edit.control.accessibleDescription()
        assert number not in table.one.title.text()


def test_nothing_is_asked_in_protection_before_it_was_asked_in_private(
    shown: Shown, desk: Desk
) -> None:
    screen = shown((Contact, {"safe_to_talk_now": TalkNow.NO}))
    form = screen.section("Protection").forms[Protection]
    desk.settled()
    open_now = [name for name, row in form.rows.items() if not row.field.isHidden()]
    assert open_now == ["screened_privately", "victim_grant", "hide_from_lists"]
    first = form.rows["screened_privately"]
    assert first.findings.words == (
        "It is not safe to talk now. Ask these later, when the person is alone."
    )
    screen.answer(Protection, question(Protection, "screened_privately"), "Yes")
    desk.settled()
    assert not form.rows["survivor"].field.isHidden()
    assert form.rows["order_expires"].field.isHidden()


def test_answers_already_there_are_never_hidden(shown: Shown, desk: Desk) -> None:
    screen = shown((Protection, {"survivor": YesNo.YES, "u_certifier": "Town police"}))
    form = screen.section("Protection").forms[Protection]
    desk.settled()
    for name in ("survivor", "u_certifier"):
        assert not form.rows[name].field.isHidden()
    assert form.rows["when_abused"].field.isHidden()


def test_thirty_days_are_taken_with_one_key(shown: Shown, desk: Desk, office: Office) -> None:
    screen = shown((Consent, {"signed_on": TODAY, "signed_how": SignedHow.WET}))
    row = screen.section("Consent").tables[Consent].form.rows["expires_on"]
    desk.settled()
    assert row.edit.read() is None
    offer = row.findings.findChild(QuietButton)
    assert isinstance(offer, QuietButton)
    assert "22 Dec 2026" in offer.accessibleName()
    offer.setFocus()
    press(offer, Qt.Key.Key_Space)
    desk.settled()
    case = screen.page.case
    assert case is not None
    (kept,) = desk.done(partial(open_case, office, case.case_id)).all(Consent)
    assert kept.expires_on == date(2026, 12, 22)
    assert "Required" not in row.findings.words


def lines(screen: CaseScreen) -> set[str]:
    checklist = screen.page.findChild(LetterChecklist)
    assert isinstance(checklist, LetterChecklist)
    return said_by(checklist, hidden=False)


def test_the_checklist_closes_with_the_consent(shown: Shown, desk: Desk) -> None:
    screen = shown(
        (Intake, {"mode": IntakeMode.PHONE}),
        (Person, {"surname": "Prueba"}),
        (
            Consent,
            {
                "kind": ConsentKind.LETTER,
                "signed_on": TODAY,
                "signed_how": SignedHow.WET,
            },
        ),
    )
    assert "✕ Signed consent to a letter (incomplete)" in lines(screen)
    assert "✓ Name of the person" in lines(screen)
    assert "✕ Booking number" in lines(screen)
    screen.section("Consent")
    screen.answer(Consent, question(Consent, "withdrawn_how"), WithdrawnHow.ORAL.label)
    desk.settled()
    assert "✕ Signed consent to a letter (taken back)" in lines(screen)


def test_a_volunteer_sees_how_to_reach_the_client(desk: Desk, clock: Clock) -> None:
    office = desk.open(Role.VOLUNTEER)
    case_id = desk.done(partial(start_intake, office, NOW)).case_id
    for record, answers in (CONFIRMED, *PHONES):
        desk.done(partial(save, office, case_id, record, answers, NOW))
    page = CasePage(desk.jobs, clock)
    desk.qtbot.addWidget(page)
    desk.qtbot.addWidget(page.bar())
    page.show_for(office, case_id)
    desk.settled()
    screen = CaseScreen(page, desk.qtbot)
    assert pills(screen)["305-555-0103"] == "not safe"
    desk.close(office)
