"""The door: create an office, keep its sheet, come in, and come in again with the sheet."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from intake_app.core.roles import Role
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.store.office import Office
from intake_app.ui.office_door import OPEN, OPENING
from intake_app.ui.recent_offices import RecentOffices
from intake_app.ui.unlock_dialog import UnlockDialog
from intake_app.workflows.unlock_office import unlock_office
from tests.conftest import NOW, PASSPHRASE
from tests.ui.conftest import Desk
from tests.ui.demo_office import Answers, nameless

NEW = "tamarind bicycle cloud"


class Door:
    """What a person does at the door."""

    def __init__(self, desk: Desk, tmp: Path, clock: Callable[[], datetime]) -> None:
        self.desk, self.tmp, self.clock = desk, tmp, clock
        self.recent = RecentOffices(tmp / "offices.json")
        self.answers = Answers(place=tmp)
        self.offices: list[Office] = []
        self.dialog = self.again()

    def again(self, folder: Path | None = None, login: str = "") -> UnlockDialog:
        """A new window."""
        dialog = UnlockDialog(
            self.desk.jobs,
            self.clock,
            self.recent,
            self.answers,
            folder=folder,
            login=login,
            demonstration=self.tmp / "demonstration",
        )
        dialog.new_office.cost = OWASP_MINIMUM
        dialog.unlocked.connect(self.offices.append)
        self.desk.qtbot.addWidget(dialog)
        dialog.show()
        self.desk.settled()
        self.dialog = dialog
        return dialog

    def fill_in(self) -> Path:
        """Everything a new office needs."""
        page = self.dialog.new_office
        self.dialog.door.create_button.click()
        page.name.setText("Legal Aid  Office of the Bay ")
        page.state.setCurrentIndex(page.state.findData("CA"))
        page.state.activated.emit(page.state.currentIndex())
        page.letterhead.setPlainText("100 Example Avenue\n(305) 555-0100")
        page.folder.setText(str(self.tmp / "bay"))
        page.person.setText("Ana Beltrán")
        page.login.setText("ana")
        page.passphrase.edit.setText(PASSPHRASE)
        page.again.edit.setText(PASSPHRASE)
        return self.tmp / "bay"

    def create(self) -> Path:
        """Press Create and wait for the sheet."""
        folder = self.fill_in()
        self.dialog.new_office.button.click()
        self.desk.settled()
        assert self.dialog.new_office.message.words.text() == ""
        return folder

    def unlock(self, passphrase: str) -> None:
        """Type the passphrase and press Enter."""
        field = self.dialog.door.passphrase.edit
        field.clear()
        QTest.keyClicks(field, passphrase)
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.desk.settled()


@pytest.fixture
def door(desk: Desk, tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Door]:
    made = Door(desk, tmp_path, clock)
    yield made
    for office in made.offices:
        desk.close(office)


def test_create_keep_the_sheet_and_come_in_with_it(door: Door, desk: Desk) -> None:
    folder = door.create()
    sheet = door.dialog.sheet
    code = sheet.view.code.text()
    assert len(code) == 39
    assert sheet.view.page.document is not None
    assert not door.offices, "nobody is in before the sheet is kept"

    sheet.view.save.click()
    desk.settled()
    words = PdfReader(door.tmp / "recovery-sheet.pdf").pages[0].extract_text()
    assert code in "".join(words.split())

    sheet.done.click()
    assert not door.offices
    sheet.view.tick.setChecked(True)
    sheet.done.click()
    assert [office.member.login for office in door.offices] == ["ana"]
    assert door.offices[0].profile.name == "Legal Aid Office of the Bay"
    assert door.offices[0].profile.zone == "America/Los_Angeles"
    assert sheet.view.code.text() == ""
    assert door.recent.folders() == (folder,)
    desk.close(door.offices.pop())

    dialog = door.again()
    dialog.door.forgot.click()
    page = dialog.forgotten
    page.code.setText(code.lower().replace("-", " "))
    page.passphrase.edit.setText(NEW)
    page.again.edit.setText(NEW)
    page.button.click()
    desk.settled()
    assert [office.member.login for office in door.offices] == ["ana"]
    desk.close(door.offices.pop())

    door.again()
    door.unlock(PASSPHRASE)
    assert not door.offices, "the old passphrase must be gone"
    door.unlock(NEW)
    assert len(door.offices) == 1


def test_a_wrong_passphrase_says_so_in_line_and_stays(door: Door, staffed_folder: Path) -> None:
    dialog = door.again(staffed_folder, Role.ATTORNEY.value)
    assert dialog.door.member.currentText() == "M. Attorney · attorney"
    door.unlock("not this passphrase")
    assert dialog.door.message.words.text() == (
        "That passphrase does not open this office. Check caps lock and try again."
    )
    assert dialog.isVisible()
    assert dialog.door.passphrase.edit.selectedText()
    door.unlock(PASSPHRASE)
    assert [office.member.role for office in door.offices] == [Role.ATTORNEY]
    assert not dialog.isVisible()


def test_after_several_wrong_ones_the_button_counts_down(
    door: Door, staffed_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = shutil.copytree(staffed_folder, tmp_path / "office")
    now = [NOW]
    door.clock = lambda: now[0]
    page = door.again(folder, Role.ATTORNEY.value).door
    for _time in range(4):
        door.unlock("not this passphrase")
    assert "3 passphrases in a row were wrong. Wait 5 seconds" in page.message.words.text()
    assert page.open_button.text() == "Wait 5 s"
    # Meanwhile Enter tries nothing, even the right one in time, and what is typed stays.
    page.waiting._ticks.stop()
    now[0] += timedelta(seconds=6)
    door.unlock(PASSPHRASE)
    assert not door.offices
    assert page.passphrase.text() == PASSPHRASE
    assert not page.open_button.isEnabled()
    page.waiting._ticks.start(20)
    qtbot.waitUntil(page.open_button.isEnabled, timeout=5_000)
    assert page.open_button.text() == OPEN
    page.open_button.click()
    door.desk.settled()
    assert [office.member.role for office in door.offices] == [Role.ATTORNEY]


def test_the_recovery_sheet_waits_as_well(
    door: Door, staffed_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = shutil.copytree(staffed_folder, tmp_path / "office")
    dialog = door.again(folder)
    dialog.door.forgot.click()
    page = dialog.forgotten
    page.code.setText("-".join(["2345"] * 8))
    page.passphrase.edit.setText(NEW)
    page.again.edit.setText(NEW)
    for _time in range(4):
        page.button.click()
        door.desk.settled()
    assert "Wait 5 seconds" in page.message.words.text()
    assert page.button.text() == "Wait 5 s"
    assert not page.button.isEnabled()
    page.waiting._ticks.stop()
    QTest.keyClick(page.again.edit, Qt.Key.Key_Return)
    assert page.button.text().startswith("Wait "), "Enter tried it all the same"
    page.waiting._ticks.start(20)
    qtbot.waitUntil(page.button.isEnabled, timeout=5_000)
    assert page.button.text() == "Set it and open"
    assert page.code.text(), "nothing typed is lost"


def test_while_the_key_is_derived_it_says_opening_and_the_window_lives(
    door: Door, staffed_folder: Path
) -> None:
    dialog = door.again(staffed_folder)
    dialog.door.passphrase.edit.setText(PASSPHRASE)
    dialog.door.open_button.click()
    # The click came back although the key takes its time: it is derived on the other thread.
    assert dialog.door.open_button.text() == OPENING
    assert not dialog.door.passphrase.isEnabled()
    door.desk.settled()
    assert dialog.door.open_button.text() == OPEN


def test_the_sheet_can_not_be_left_by_mistake(door: Door) -> None:
    door.create()
    for leave in (door.dialog.reject, door.dialog.close):
        leave()
        assert door.dialog.isVisible()
        assert "Print or save the sheet first" in door.dialog.sheet.view.message.words.text()
    door.dialog.sheet.view.tick.setChecked(True)
    door.dialog.sheet.done.click()
    assert len(door.offices) == 1, "trying to leave must not shut the new office"


def test_an_office_that_opens_after_the_window_was_closed_is_closed_again(
    door: Door, staffed_folder: Path, desk: Desk
) -> None:
    dialog = door.again(staffed_folder)
    dialog.door.passphrase.edit.setText(PASSPHRASE)
    dialog.door.open_button.click()
    dialog.close()
    desk.settled()
    assert not door.offices
    # Raises Busy where the first one is still open somewhere.
    second = desk.done(partial(unlock_office, staffed_folder, "attorney", PASSPHRASE, NOW))
    desk.close(second)


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("name", "Give the office a name; it stands on top of every letter."),
        ("person", "Give your own name; you are the first administrator."),
        ("login", "Choose a login, for example your first name."),
        ("folder", "Choose a folder for the office."),
    ],
)
def test_what_is_missing_is_said_in_line(door: Door, field: str, sentence: str) -> None:
    folder = door.fill_in()
    page = door.dialog.new_office
    getattr(page, field).clear()
    page.button.click()
    assert page.message.words.text() == sentence
    assert not folder.exists()


def test_two_different_passphrases_and_a_short_one_make_nothing(door: Door, desk: Desk) -> None:
    folder = door.fill_in()
    page = door.dialog.new_office
    page.again.edit.setText(PASSPHRASE + "s")
    page.button.click()
    assert page.message.words.text() == ("The two passphrases are not the same. Type them again.")
    page.passphrase.edit.setText("short")
    page.again.edit.setText("short")
    page.button.click()
    desk.settled()
    assert "at least 12 characters" in page.message.words.text()
    assert not folder.exists()


def test_enter_in_a_field_presses_no_button_beside_it(
    door: Door, desk: Desk, staffed_folder: Path
) -> None:
    dialog = door.again(staffed_folder)
    editor = dialog.door.folder.lineEdit()
    assert editor is not None
    dialog.door.passphrase.edit.setText("not this one")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert door.answers.asked == [], "Enter pressed Choose…"
    assert dialog.door.passphrase.look.text() == "Show", "Enter pressed Show"
    folder = door.fill_in()
    page = door.dialog.new_office
    for field in (page.name, page.folder, page.person, page.login):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert page.folder.text() == str(folder), "Enter pressed Choose…"
    assert page.passphrase.look.text() == "Show", "Enter pressed Show"
    QTest.keyClick(page.again.edit, Qt.Key.Key_Return)
    desk.settled()
    assert door.dialog.sheet.isVisible()
    door.dialog.sheet.view.tick.setChecked(True)
    door.dialog.sheet.done.click()


def test_a_folder_without_an_office_says_what_to_do(door: Door, tmp_path: Path) -> None:
    dialog = door.again(tmp_path / "nothing")
    assert dialog.door.message.words.text() == (
        "There is no office in that folder. Choose the folder of your office."
    )
    assert not dialog.door.open_button.isEnabled()
    assert not dialog.door.forgot.isEnabled()


def test_a_wrong_recovery_code_changes_nothing(door: Door, staffed_folder: Path) -> None:
    before = (staffed_folder / "keys.json").read_bytes()
    dialog = door.again(staffed_folder)
    dialog.door.forgot.click()
    page = dialog.forgotten
    page.passphrase.edit.setText(NEW)
    page.again.edit.setText(NEW)
    for code, sentence in (
        ("", "Type the recovery code from the sheet."),
        ("ABCD", "A recovery code has eight groups of four letters and digits. Type all of them."),
        (
            "-".join(["2345"] * 8),
            "That code does not open this office. Compare each group of four letters and digits "
            "with the newest recovery sheet of this office.",
        ),
    ):
        page.code.setText(code)
        page.button.click()
        door.desk.settled()
        assert page.message.words.text() == sentence
    assert (staffed_folder / "keys.json").read_bytes() == before


def test_the_demonstration_fills_its_passphrases_in(door: Door, desk: Desk) -> None:
    dialog = door.dialog
    dialog.door.demo_button.click()
    desk.settled()
    assert dialog.door.member.currentData() == "paralegal"
    place = dialog.door.member.findData("coordinator")
    dialog.door.member.setCurrentIndex(place)
    dialog.door.member.activated.emit(place)
    dialog.door.open_button.click()
    desk.settled()
    assert [office.member.role for office in door.offices] == [Role.COORDINATOR]
    assert door.recent.folders() == (), "the demonstration is no office to come back to"


def test_every_control_of_every_page_has_a_name(
    door: Door, staffed_folder: Path, qtbot: QtBot
) -> None:
    dialog = door.again(staffed_folder)
    assert nameless(dialog) == []
    dialog.door.forgot.click()
    assert nameless(dialog) == []
    dialog.reject()
    door.create()
    assert nameless(dialog) == []
    dialog.sheet.view.tick.setChecked(True)
    dialog.sheet.done.click()
