"""The office page: members, one's own passphrase, the check of the file, the limits."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from intake_app.core.errors import AppError
from intake_app.core.roles import Role
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.store.members import add_member
from intake_app.store.office import Office
from intake_app.ui.office_page import OfficePage
from intake_app.ui.passphrase_again import PassphraseAgain
from intake_app.ui.theme import DARK, LIGHT, Theme, dress
from intake_app.workflows.create_office import create_office
from intake_app.workflows.unlock_office import members_of, unlock_office
from tests.conftest import NOW, PASSPHRASE, PROFILE
from tests.ui.conftest import Desk, button_in
from tests.ui.demo_office import nameless

NEW = "tamarind bicycle cloud"


@pytest.fixture
def own_folder(tmp_path: Path) -> Path:
    """An office of this test alone: members come and go."""
    folder = tmp_path / "office"
    with create_office(
        folder, PROFILE, "administrator", "A. Ruiz", PASSPHRASE, NOW, OWASP_MINIMUM
    ).office as office:
        add_member(office, "cora", "C. Ordinator", Role.COORDINATOR, PASSPHRASE, NOW)
        add_member(office, "vera", "V. Olunteer", Role.VOLUNTEER, PASSPHRASE, NOW)
    return folder


class OfficeScreen:
    """The page, open for one member."""

    def __init__(self, desk: Desk, folder: Path, login: str, clock: Callable[[], datetime]) -> None:
        self.desk, self.folder = desk, folder
        self.office: Office = desk.done(partial(unlock_office, folder, login, PASSPHRASE, NOW))
        self.page = OfficePage(desk.jobs, clock)
        desk.qtbot.addWidget(self.page)
        self.page.resize(1100, 800)
        self.page.show_for(self.office)
        self.page.show()
        desk.settled()

    def __enter__(self) -> "OfficeScreen":
        return self

    def __exit__(self, *_: object) -> None:
        self.desk.settled()
        self.desk.close(self.office)

    def turn_to(self, section: str) -> None:
        """Press a section in the list at the left."""
        self.page.buttons[section].click()
        self.desk.settled()

    def prove(self, line: PassphraseAgain, passphrase: str) -> None:
        """Type a passphrase once more and press the button."""
        line.field.edit.setText(passphrase)
        line.go.click()
        self.desk.settled()

    def words(self) -> list[str]:
        labels = self.page.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisibleTo(self.page)]

    def opens_for(self, login: str, passphrase: str) -> bool:
        """Whether a member's passphrase opens the office; it is closed before."""
        try:
            office = self.desk.done(partial(unlock_office, self.folder, login, passphrase, NOW))
        except AppError:
            return False
        self.desk.close(office)
        return True


@pytest.fixture
def screen(
    desk: Desk, own_folder: Path, clock: Callable[[], datetime]
) -> Callable[[str], OfficeScreen]:
    return lambda login: OfficeScreen(desk, own_folder, login, clock)


def test_a_member_is_added_and_can_come_in(
    screen: Callable[[str], OfficeScreen], desk: Desk
) -> None:
    with screen("administrator") as at:
        at.turn_to("Members")
        card = at.page.members
        card.add.click()
        card.name.setText("M. Duarte")
        card.login.setText("marisol")
        card.role.setCurrentIndex(card.role.findData(Role.PARALEGAL))
        card.passphrase.edit.setText(NEW)
        card.again.edit.setText("something else entirely")
        card.save.click()
        assert "not the same" in card.message.words.text()
        card.again.edit.setText(NEW)
        card.save.click()
        assert "as a paralegal" in card.prove.words.text()
        at.prove(card.prove, "not this passphrase")
        assert "does not open this office" in card.prove.sentence.text()
        assert "M. Duarte" not in at.words()
        at.prove(card.prove, PASSPHRASE)
        desk.qtbot.waitUntil(lambda: "M. Duarte" in at.words())
        assert card.form.isHidden()
        assert card.passphrase.text() == ""
        # The same login again is refused, in line.
        card.add.click()
        card.name.setText("M. Duarte")
        card.login.setText("MARISOL")
        card.passphrase.edit.setText(NEW)
        card.again.edit.setText(NEW)
        card.save.click()
        assert not card.prove.field.isVisibleTo(at.page), "it was typed a moment ago"
        card.prove.go.click()
        desk.settled()
        assert card.form.isEnabled()
        assert card.message.words.text() == "That login is taken. Choose another."
    assert at.opens_for("marisol", NEW)


def test_deactivating_takes_the_passphrase_and_the_way_in(
    screen: Callable[[str], OfficeScreen], desk: Desk
) -> None:
    with screen("administrator") as at:
        at.turn_to("Members")
        buttons = at.page.members.findChildren(QPushButton)
        button = next(one for one in buttons if one.accessibleName() == "Deactivate V. Olunteer")
        button.click()
        prove = at.page.members.prove
        assert prove.words.text().startswith("V. Olunteer will not be able to open this office")
        assert not prove.go.isEnabled()
        prove.cancel.click()
        desk.settled()
        assert "vera" in {slot.login for slot in members_of(at.folder)}
        button.click()
        at.prove(prove, PASSPHRASE)
        desk.qtbot.waitUntil(lambda: "deactivated" in at.words())
        assert "vera" not in {slot.login for slot in members_of(at.folder)}
    assert not at.opens_for("vera", PASSPHRASE)


def test_anybody_changes_her_own_passphrase(
    screen: Callable[[str], OfficeScreen], desk: Desk
) -> None:
    with screen("cora") as at:
        card = at.page.passphrase
        card.old.edit.setText("not this one at all")
        card.new.edit.setText(NEW)
        card.again.edit.setText(NEW)
        card.button.click()
        desk.settled()
        assert "does not open this office" in card.message.words.text()
        card.old.edit.setText(PASSPHRASE)
        card.button.click()
        desk.settled()
        assert card.message.words.text() == "Changed. Use the new passphrase from now on."
        assert (card.old.text(), card.new.text(), card.again.text()) == ("", "", "")
    assert at.opens_for("cora", NEW)
    assert not at.opens_for("cora", PASSPHRASE)


def test_only_an_administrator_sees_the_other_members(
    screen: Callable[[str], OfficeScreen],
) -> None:
    with screen("cora") as at:
        assert not at.page.buttons["Members"].isVisibleTo(at.page)
        assert not at.page.members.isVisibleTo(at.page)
        assert not any("Olunteer" in words for words in at.words())


def test_the_file_is_checked_and_found_sound(
    screen: Callable[[str], OfficeScreen], desk: Desk
) -> None:
    with screen("administrator") as at:
        at.page.check.button.click()
        assert at.page.check.button.text() == "Checking…"
        desk.settled()
        assert at.page.check.message.words.text() == "The file is sound."
        assert at.page.check.button.isEnabled()


def test_the_profile_and_the_limits_are_told(screen: Callable[[str], OfficeScreen]) -> None:
    with screen("cora") as at:
        words = at.words()
        assert PROFILE.name in words
        assert "Florida" in words
        assert "Eastern (New York, Miami)" in words
        at.turn_to("Limits")
        words = at.words()
        assert any("no legal advice" in said for said in words)


def test_no_passphrase_stays_when_the_page_is_left(
    screen: Callable[[str], OfficeScreen],
) -> None:
    with screen("administrator") as at:
        at.page.passphrase.old.edit.setText(PASSPHRASE)
        at.turn_to("Members")
        assert at.page.passphrase.old.text() == ""
        at.page.members.add.click()
        at.page.members.passphrase.edit.setText(NEW)
        at.page.leave()
        assert at.page.members.passphrase.text() == ""


def test_every_control_has_a_name(screen: Callable[[str], OfficeScreen]) -> None:
    with screen("administrator") as at:
        for section in at.page.sections:
            at.turn_to(section.title)
            assert nameless(at.page) == []
        at.turn_to("Members")
        at.page.members.add.click()
        assert nameless(at.page) == []


def type_guideline(at: OfficeScreen, day: str, first: str, more: str) -> None:
    """Fill in the form; every figure is invented."""
    card = at.page.poverty
    card.effective_on.setText(day)
    card.first_person.setText(first)
    card.each_more.setText(more)
    card.source.setText("INVENTED, vol. 0 p. 0")


def test_an_empty_table_says_what_to_enter_and_from_where(
    screen: Callable[[str], OfficeScreen],
) -> None:
    with screen("vera") as at:
        at.turn_to("Guidelines and days")
        card = at.page.poverty
        assert not card.enter.isVisibleTo(at.page)
        assert "An attorney or administrator enters it." in card.nothing.text()
        assert "worse than none" in card.nothing.text()
        assert "amount a year for one person" in card.nothing.text()
        assert any("42 U.S.C. 9902(2)" in words for words in at.words())
        assert not at.page.holidays.add.isVisibleTo(at.page)
        assert "An attorney or administrator adds it." in at.page.holidays.nothing.text()


def test_a_guideline_is_entered_corrected_and_removed(
    screen: Callable[[str], OfficeScreen], desk: Desk
) -> None:
    with screen("administrator") as at:
        at.turn_to("Guidelines and days")
        card = at.page.poverty
        card.enter.click()
        assert card.region.currentData() == "48"
        type_guideline(at, "Jan 2026", "16,000", "5600")
        card.save.click()
        assert card.message.words.text().startswith("In force from: Give the whole date")
        type_guideline(at, "Jan 15 2026", "sixteen", "5600")
        card.save.click()
        assert card.message.words.text().startswith("First person: Type an amount")
        type_guideline(at, "Jan 15 2026", "16,000", "5600")
        card.save.click()
        desk.settled()
        assert card.message.words.text().startswith("Saved.")
        assert card.form.isHidden()
        assert {"15 Jan 2026", "$16,000", "$5,600", "22 Nov 2026, A. Ruiz"} <= set(at.words())
        assert not card.nothing.isVisibleTo(at.page)
        said = "the guideline of 15 Jan 2026 for the 48 contiguous states and D.C."
        button_in(at.page, f"Correct {said}").click()
        assert card.first_person.text() == "16000"
        card.each_more.setText("5,650.50")
        card.save.click()
        desk.settled()
        assert "$5,650.50" in at.words()
        assert "$5,600" not in at.words()
        remove = button_in(at.page, f"Remove {said}")
        remove.click()
        desk.settled()
        assert "$5,650.50" in at.words()
        remove.click()
        desk.settled()
        assert not at.office.reference.guidelines
        assert card.nothing.isVisibleTo(at.page)


def test_a_slip_is_saved_only_when_it_is_pressed_again_unchanged(
    screen: Callable[[str], OfficeScreen], desk: Desk
) -> None:
    with screen("administrator") as at:
        at.turn_to("Guidelines and days")
        card = at.page.poverty
        card.enter.click()
        type_guideline(at, "2026-01-15", "5600", "16000")
        card.save.click()
        desk.settled()
        assert "swapped" in card.message.words.text()
        assert card.save.text() == "Save all the same"
        # Another slip is doubted anew.
        QTest.keyClicks(card.each_more, "0")
        assert card.save.text() == "Save"
        card.save.click()
        desk.settled()
        assert card.nothing.isVisibleTo(at.page)
        card.save.click()
        desk.settled()
        assert len(at.office.reference.guidelines) == 1


def test_a_stale_table_asks_for_the_next(screen: Callable[[str], OfficeScreen], desk: Desk) -> None:
    with screen("administrator") as at:
        at.turn_to("Guidelines and days")
        card = at.page.poverty
        card.enter.click()
        type_guideline(at, "2025-01-15", "15000", "5000")
        card.save.click()
        desk.settled()
        assert "a later one must have been published" in card.state.words.text()
        card.enter.click()
        type_guideline(at, "2026-01-15", "16000", "5600")
        card.save.click()
        desk.settled()
        assert not card.state.isVisibleTo(at.page)


def test_a_holiday_is_added_removed_and_put_back(
    screen: Callable[[str], OfficeScreen], desk: Desk
) -> None:
    with screen("administrator") as at:
        at.turn_to("Guidelines and days")
        card = at.page.holidays
        assert {"Martin Luther King Jr. Day", "2026", "2027"} <= set(at.words())
        card.add.click()
        card.day.setText("31 March")
        card.save.click()
        assert "no date" in card.message.words.text()
        card.day.setText("July 3 2026")
        card.name.setText("Independence Day")
        card.save.click()
        desk.settled()
        assert "built in" in card.message.words.text()
        card.day.setText("March 31 2027")
        card.name.setText("Farmworkers’ Day")
        card.save.click()
        desk.settled()
        assert {"Wed 31 Mar 2027", "Farmworkers’ Day"} <= set(at.words())
        button_in(at.page, "Remove Farmworkers’ Day, Wed 31 Mar 2027").click()
        desk.settled()
        assert at.office.reference.holidays == {}
        assert "Farmworkers’ Day" not in at.words()
        card.message.button.click()
        desk.settled()
        assert list(at.office.reference.holidays.values()) == ["Farmworkers’ Day"]


def test_whoever_may_not_change_them_reads_the_tables(
    screen: Callable[[str], OfficeScreen], desk: Desk
) -> None:
    with screen("administrator") as at:
        at.turn_to("Guidelines and days")
        at.page.poverty.enter.click()
        type_guideline(at, "2026-01-15", "16000", "5600")
        at.page.poverty.save.click()
        at.page.holidays.add.click()
        at.page.holidays.day.setText("2027-03-31")
        at.page.holidays.name.setText("Farmworkers’ Day")
        at.page.holidays.save.click()
        desk.settled()
    with screen("cora") as at:
        at.turn_to("Guidelines and days")
        assert {"$16,000", "Farmworkers’ Day"} <= set(at.words())
        names = [one.accessibleName() for one in at.page.findChildren(QPushButton)]
        assert not any(name.startswith(("Correct", "Remove")) for name in names)


def test_every_field_of_the_open_forms_has_its_name(
    screen: Callable[[str], OfficeScreen],
) -> None:
    with screen("administrator") as at:
        at.turn_to("Guidelines and days")
        at.page.poverty.enter.click()
        at.page.holidays.add.click()
        assert nameless(at.page) == []


@pytest.mark.parametrize("scale", [100, 150])
def test_nothing_is_cut_off(
    screen: Callable[[str], OfficeScreen], desk: Desk, qapp: QApplication, scale: int
) -> None:
    try:
        dress(qapp, Theme(LIGHT if scale == 100 else DARK, scale))
        with screen("administrator") as at:
            at.turn_to("Guidelines and days")
            at.page.resize(1084 * scale // 100, 800 * scale // 100)
            at.page.poverty.enter.click()
            type_guideline(at, "2026-01-15", "16000", "5600")
            at.page.poverty.save.click()
            desk.settled()
            at.page.poverty.enter.click()
            at.page.holidays.add.click()
            desk.settled()
            for card in (at.page.poverty, at.page.holidays):
                for one in card.findChildren(QLabel):
                    if one.isVisibleTo(at.page) and not one.wordWrap():
                        assert one.width() >= one.sizeHint().width(), one.text()
                    if one.isVisibleTo(at.page) and one.wordWrap():
                        assert one.height() >= one.heightForWidth(one.width()), one.text()
                assert card.width() <= at.page.width()
    finally:
        dress(qapp, Theme())
