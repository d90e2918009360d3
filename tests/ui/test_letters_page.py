"""The register: what stands where, found by what is shown, opened and recorded without a box."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from intake_app.core.casefile import Person, Protection
from intake_app.core.letters.options import LetterOptions
from intake_app.core.roles import Role
from intake_app.core.vocabulary import LetterAnswer, SentBy, YesNo
from intake_app.store.office import Office
from intake_app.ui.desk_lists import NameButton
from intake_app.ui.half_typed import half_typed
from intake_app.ui.letters_page import LettersPage
from intake_app.ui.show_letter import ShowLetter
from intake_app.workflows.ask_for_approval import ask_for_approval
from intake_app.workflows.keep_letter import keep_letter
from intake_app.workflows.read_letters import Place, letter_register, letters_of
from intake_app.workflows.record_letter import record_answer, record_sending
from intake_app.workflows.save_case import save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.store.test_letters import approved
from tests.ui.conftest import Desk

TODAY = date(2026, 11, 22)
WEEK_LATER = NOW + timedelta(days=7)
TITLE = "Request to decline the detainer"


def person(office: Office, surname: str, *, hidden: bool = False) -> int:
    case = start_intake(office, NOW).case_id
    save_answer(office, case, Person, None, "surname", surname, NOW)
    if hidden:
        save_answer(office, case, Protection, None, "survivor", YesNo.YES, NOW)
    return case


def fill(office: Office) -> dict[str, int]:
    """One letter at each place; the one that waits is of a person hidden in lists."""
    cases = {name: person(office, name) for name in ("Drafted", "Unsent", "Sent", "Answered")}
    cases["Hidden"] = person(office, "Hidden", hidden=True)
    keep_letter(office, cases["Drafted"], "decline", LetterOptions(), NOW)
    ask_for_approval(office, cases["Hidden"], "decline", LetterOptions(), NOW)
    approved(office, cases["Unsent"])
    for name in ("Sent", "Answered"):
        record_sending(office, approved(office, cases[name]).id, TODAY, SentBy.FAX, NOW)
    number = letters_of(office, cases["Answered"])[0].id
    record_answer(office, number, TODAY, LetterAnswer.AGREED, None, "", NOW)
    return cases


class Register:
    """What a person does on the page."""

    def __init__(self, desk: Desk, office: Office) -> None:
        self.desk, self.office = desk, office
        self.cases = desk.done(partial(fill, office))
        self.page = LettersPage(desk.jobs, lambda: WEEK_LATER)
        desk.qtbot.addWidget(self.page)
        self.page.resize(1000, 700)
        self.page.show()
        self.show()

    def show(self, what: object = None) -> None:
        self.page.show_for(self.office, what)
        self.desk.settled()

    def go(self, place: Place) -> list[str]:
        self.page.places[place].click()
        return self.names()

    def names(self) -> list[str]:
        self.desk.settled()
        found = self.page.rows.findChildren(NameButton)
        return [one.accessibleName() for one in found if one.isVisibleTo(self.page)]

    def words(self) -> str:
        labels = self.page.findChildren(QLabel)
        return "\n".join(one.text() for one in labels if one.isVisibleTo(self.page))

    def press(self, words: str) -> None:
        (button,) = (
            one
            for one in self.page.findChildren(QPushButton)
            if (one.accessibleName() or one.text()).startswith(words) and one.isVisibleTo(self.page)
        )
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        self.desk.settled()


@pytest.fixture
def register(desk: Desk) -> Iterator[Register]:
    office = desk.open(Role.ATTORNEY)
    yield Register(desk, office)
    desk.close(office)


def test_every_letter_stands_in_its_place_and_names_hidden_in_lists_are_not_told(
    register: Register,
) -> None:
    # An attorney comes to what waits for her.
    (waiting,) = register.names()
    assert "Open the letter: Request to decline the detainer, Case" in waiting
    for place, name in (
        (Place.DRAFT, "Drafted"),
        (Place.TO_SEND, "Unsent"),
        (Place.SENT, "Sent"),
        (Place.ANSWERED, "Answered"),
    ):
        (shown,) = register.go(place)
        assert shown.endswith(name), place
    assert register.page.places[Place.SENT].accessibleName() == "Sent, no answer, 1, 1 late"
    assert "Hidden" not in register.words()
    register.go(Place.WAITING)
    register.page.finder.setText("hidden")
    assert register.names() == []
    assert "Clear the field" in register.words()
    register.page.finder.setText("case")
    assert len(register.names()) == 1

    # The rest in one go: filling an office takes a while.
    check_opening(register)
    check_recording(register)
    check_discarding(register)


def check_opening(register: Register) -> None:
    register.page.finder.clear()
    register.go(Place.TO_SEND)
    case = register.cases["Unsent"]
    (kept,) = register.desk.done(partial(letters_of, register.office, case))
    with register.desk.qtbot.waitSignal(register.page.wanted) as wanted:
        register.page.rows.findChildren(NameButton)[0].click()
    assert wanted.args == ["letter", ShowLetter(kept.id, case)]


def check_recording(register: Register) -> None:
    page, form = register.page, register.page.acts.form
    register.press("Record sending")
    assert form.isVisibleTo(page)
    assert form.sent_on.hasFocus()
    form.sent_on.setText("11/22/2025")
    register.press("Save")
    assert "before the letter was approved" in register.words()
    assert form.sent_on.text() == "11/22/2025"
    form.sent_on.setText("11/24/2026")
    form.sent_by.setCurrentIndex(form.sent_by.findText("Mail"))
    QTest.keyClick(form.sent_on, Qt.Key.Key_Return)
    register.desk.settled()
    assert not form.isVisibleTo(page)
    assert page.places[Place.TO_SEND].accessibleName() == "Approved, not sent"
    rows = register.desk.done(partial(letter_register, register.office, WEEK_LATER))
    (row,) = (one for one in rows if one.case_id == register.cases["Unsent"])
    assert (row.sent_on, row.sent_by) == (date(2026, 11, 24), SentBy.MAIL)
    register.go(Place.ANSWERED)
    register.press("Correct answer")
    assert form.answer.currentText() == "Agreed"
    form.result.setCurrentIndex(form.result.findText("Released"))
    register.press("Save")
    assert "result: Released" in register.words()


def check_discarding(register: Register) -> None:
    register.go(Place.DRAFT)
    register.press("Discard: ")
    assert "Discard this draft?" in register.words()
    assert register.names()
    register.page.acts.message.button.click()
    register.desk.settled()
    assert register.names() == []


def test_the_desk_leads_to_the_letters_without_an_answer(register: Register) -> None:
    register.show(Place.SENT)
    assert register.page.places[Place.SENT].isChecked()
    assert any("Sent" in name for name in register.names())


def only(register: Register, place: Place, name: str) -> None:
    """Find one letter of this register; others of the office stand there too."""
    register.go(place)
    rows = register.desk.done(partial(letter_register, register.office, WEEK_LATER))
    (number,) = (one.number for one in rows if one.case_id == register.cases[name])
    register.page.finder.setText(number)
    register.desk.settled()


def test_what_is_being_recorded_waits_while_another_page_is_looked_at(register: Register) -> None:
    page, form = register.page, register.page.acts.form
    only(register, Place.ANSWERED, "Answered")
    register.press("Correct answer")
    QTest.keyClicks(form.note, "they rang")
    form.result.setCurrentIndex(form.result.findText("Released"))
    page.leave()
    case = register.cases["Answered"]
    (letter,) = register.desk.done(partial(letters_of, register.office, case))
    work = partial(
        record_answer, register.office, letter.id, TODAY, LetterAnswer.REFUSED, None, "", NOW
    )
    register.desk.done(work)
    register.show()
    assert form.isVisible()
    assert (form.note.text(), form.result.currentText()) == ("they rang", "Released")
    # What was recorded meanwhile is shown where nothing was typed or chosen.
    assert form.answer.currentText() == LetterAnswer.REFUSED.label
    assert half_typed([page]) == "“Note” (Letters)"
    register.press("Save")
    assert not form.isVisible()
    only(register, Place.ANSWERED, "Answered")
    register.press("Correct answer")
    assert form.note.text() == "they rang"
    # Nobody typed: the newest stands there.
    page.leave()
    register.desk.done(work)
    register.show()
    assert (form.note.text(), form.result.currentText()) == ("", "")


def test_no_draft_is_about_to_be_discarded_after_coming_back(register: Register) -> None:
    only(register, Place.DRAFT, "Drafted")
    register.press("Discard: ")
    register.page.leave()
    register.show()
    assert "Discard this draft?" not in register.words()
