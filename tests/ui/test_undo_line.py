"""Right after a change of the office's tables, its card takes it back with one button."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from intake_app.core.directory import DirectoryEntry
from intake_app.core.roles import Role
from intake_app.core.vocabulary import AddresseeKind
from intake_app.store.office import Office
from intake_app.ui.directory_card import DirectoryCard
from intake_app.ui.holidays_card import HolidaysCard
from intake_app.ui.letterhead_card import LetterheadCard
from intake_app.ui.poverty_card import PovertyCard
from intake_app.ui.undo_line import UndoLine
from intake_app.workflows.addressees import addressees_of, keep_addressee
from intake_app.workflows.set_letterhead import logo_of, own_block
from intake_app.workflows.set_poverty_guideline import TypedGuideline, set_poverty_guideline
from tests.conftest import NOW
from tests.ui.conftest import Desk
from tests.ui.demo_office import Answers
from tests.ui.test_letterhead_card import Chooses
from tests.workflows.test_set_letterhead import png


@pytest.fixture
def attorney(desk: Desk) -> Iterator[Office]:
    opened = desk.open(Role.ATTORNEY)
    yield opened
    desk.close(opened)


def pressed(desk: Desk, line: UndoLine, words: str) -> None:
    assert line.button.isVisibleTo(line)
    assert line.button.text() == words
    line.button.click()
    desk.settled()


def test_a_paralegal_takes_back_what_she_changed_in_the_directory(
    desk: Desk, office: Office
) -> None:
    entry = DirectoryEntry(AddresseeKind.JAIL, agency="Undone Jail", telephone="555-0100")
    kept = desk.done(partial(keep_addressee, office, entry, NOW))
    card = DirectoryCard(desk.jobs, lambda: NOW, Answers())
    desk.qtbot.addWidget(card)
    card.show_for(office)
    card.show()
    desk.settled()
    desk.press(card, "Change Undone Jail")
    card.form.telephone.setText("wrong")
    card.form.save.click()
    desk.settled()
    assert "wrong" in [one.text() for one in card.findChildren(QLabel)]
    pressed(desk, card.message, "Undo")
    assert card.message.words.text() == "Undone."
    assert not card.message.button.isVisibleTo(card.message)
    assert "wrong" not in [one.text() for one in card.findChildren(QLabel)]
    assert kept in desk.done(partial(addressees_of, office))
    # A save that changes nothing must not offer to take back the change before it.
    desk.press(card, "Change Undone Jail")
    card.form.save.click()
    desk.settled()
    assert card.message.words.text().startswith("Saved:")
    assert not card.message.button.isVisibleTo(card.message)
    desk.press(card, "Remove Undone Jail")
    pressed(desk, card.message, "Put it back")
    # The very entry, under its own number.
    assert kept in desk.done(partial(addressees_of, office))


def test_an_attorney_takes_back_head_logo_and_signature_and_keeps_what_she_typed(
    desk: Desk, attorney: Office, tmp_path: Path
) -> None:
    profile = attorney.profile
    logo = tmp_path / "logo.png"
    logo.write_bytes(png())
    card = LetterheadCard(desk.jobs, lambda: NOW, Chooses(logo))
    desk.qtbot.addWidget(card)
    card.show_for(attorney)
    card.show()
    desk.settled()
    card.name.setText("Wrong Name")
    card.lines.setPlainText("Wrong lines")
    card.title_line.setText("Half typed")
    card.save.click()
    desk.settled()
    assert attorney.profile.letterhead == "Wrong lines"
    # One press takes back both lines of the history.
    pressed(desk, card.message, "Undo")
    assert attorney.profile == profile
    assert card.name.text() == profile.name
    assert card.lines.toPlainText() == profile.letterhead
    assert card.title_line.text() == "Half typed"
    card.name.setText("Also half typed")
    card.sign.click()
    desk.settled()
    pressed(desk, card.message, "Undo")
    assert desk.done(partial(own_block, attorney)).title == ""
    assert card.title_line.text() == ""
    assert card.name.text() == "Also half typed"
    card.choose.click()
    desk.settled()
    assert card.remove.isVisibleTo(card)
    pressed(desk, card.message, "Undo")
    assert desk.done(partial(logo_of, attorney)) is None
    assert not card.remove.isVisibleTo(card)


def test_another_page_and_a_refusal_take_the_button_away(desk: Desk, attorney: Office) -> None:
    card = HolidaysCard(desk.jobs, lambda: NOW)
    desk.qtbot.addWidget(card)
    card.show_for(attorney)
    card.show()
    desk.settled()

    def add(day: str) -> None:
        card.add.click()
        card.day.setText(day)
        card.name.setText("Farmworkers’ Day")
        card.save.click()
        desk.settled()

    add("March 31 2027")
    assert card.message.button.isVisibleTo(card.message)
    card.show_for(attorney)
    desk.settled()
    assert not card.message.isVisibleTo(card)
    card.message.acted.emit()
    desk.settled()
    assert len(attorney.reference.holidays) == 1
    add("July 3 2026")
    assert "built in" in card.message.words.text()
    assert not card.message.button.isVisibleTo(card.message)
    card.close_form()
    add("April 1 2027")
    pressed(desk, card.message, "Undo")
    assert [str(day) for day in attorney.reference.holidays] == ["2027-03-31"]
    assert card.message.words.text() == "Undone."


def test_figures_that_were_corrected_or_removed_come_back(desk: Desk, attorney: Office) -> None:
    typed = TypedGuideline(date(2026, 1, 15), "48", Decimal(16_000), Decimal(5_600), "INVENTED")
    desk.done(partial(set_poverty_guideline, attorney, typed, NOW, sure=True))
    before = attorney.reference.guidelines
    card = PovertyCard(desk.jobs, lambda: NOW)
    desk.qtbot.addWidget(card)
    card.show_for(attorney)
    card.show()
    desk.settled()

    def button(words: str) -> QPushButton:
        found = card.findChildren(QPushButton)
        return next(one for one in found if one.text() == words and one.isVisibleTo(card))

    button("Correct").click()
    card.first_person.setText("16100")
    card.save.click()
    desk.settled()
    assert attorney.reference.guidelines != before
    pressed(desk, card.message, "Undo")
    assert attorney.reference.guidelines == before
    assert "$16,000" in " ".join(one.text() for one in card.findChildren(QLabel))
    button("Remove").click()
    button("Press again").click()
    desk.settled()
    assert attorney.reference.guidelines == ()
    pressed(desk, card.message, "Put it back")
    assert attorney.reference.guidelines == before
