"""The office page: members, one's own passphrase, the check of the file, the limits."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from intake_app.core.errors import AppError
from intake_app.core.roles import Role
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.store.office import Office
from intake_app.ui.office_page import OfficePage
from intake_app.workflows.create_office import create_office
from intake_app.workflows.manage_members import add_member
from intake_app.workflows.unlock_office import members_of, unlock_office
from tests.conftest import NOW, PASSPHRASE, PROFILE
from tests.ui.conftest import Desk
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
        self.desk.done(self.office.close)

    def words(self) -> list[str]:
        labels = self.page.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisibleTo(self.page)]

    def opens_for(self, login: str, passphrase: str) -> bool:
        """Whether a member's passphrase opens the office; it is closed before."""
        try:
            office = self.desk.done(partial(unlock_office, self.folder, login, passphrase, NOW))
        except AppError:
            return False
        self.desk.done(office.close)
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
        desk.settled()
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
        desk.settled()
        assert card.message.words.text() == "That login is taken. Choose another."
    assert at.opens_for("marisol", NEW)


def test_deactivating_takes_a_second_press_and_the_way_in(
    screen: Callable[[str], OfficeScreen], desk: Desk
) -> None:
    with screen("administrator") as at:
        buttons = at.page.members.findChildren(QPushButton)
        button = next(one for one in buttons if one.accessibleName() == "Deactivate V. Olunteer")
        button.click()
        desk.settled()
        assert "vera" in {slot.login for slot in members_of(at.folder)}
        button.click()
        desk.settled()
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
        assert not at.page.members.isVisibleTo(at.page)
        assert not any("Olunteer" in words for words in at.words())


def test_the_file_is_checked_and_found_sound(
    screen: Callable[[str], OfficeScreen], desk: Desk
) -> None:
    with screen("administrator") as at:
        at.page.check_button.click()
        assert at.page.check_button.text() == "Checking…"
        desk.settled()
        assert at.page.checked.words.text() == "The file is sound."
        assert at.page.check_button.isEnabled()


def test_the_profile_and_the_limits_are_told(screen: Callable[[str], OfficeScreen]) -> None:
    with screen("cora") as at:
        words = at.words()
        assert PROFILE.name in words
        assert "Florida" in words
        assert "Eastern (New York, Miami)" in words
        assert any("no legal advice" in said for said in words)


def test_nothing_typed_stays_when_the_page_is_left(
    screen: Callable[[str], OfficeScreen],
) -> None:
    with screen("administrator") as at:
        at.page.passphrase.old.edit.setText(PASSPHRASE)
        at.page.members.add.click()
        at.page.members.passphrase.edit.setText(NEW)
        at.page.leave()
        assert at.page.passphrase.old.text() == ""
        assert at.page.members.passphrase.text() == ""


def test_every_control_has_a_name(screen: Callable[[str], OfficeScreen]) -> None:
    with screen("administrator") as at:
        at.page.members.add.click()
        assert nameless(at.page) == []
