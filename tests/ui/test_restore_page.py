"""Restoring from the unlock window, also when the office can't be opened any more."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from intake_app.core.backups import BackupReason
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.ui.recent_offices import RecentOffices
from intake_app.ui.unlock_dialog import UnlockDialog
from intake_app.workflows.back_up_office import back_up_office
from tests.conftest import NOW, PASSPHRASE
from tests.offices import fingerprint, unlocked
from tests.ui.conftest import Desk
from tests.ui.demo_office import Answers, nameless


@pytest.fixture(scope="module")
def backed_up(staffed_folder: Path) -> Path:
    """The office with two backups."""
    with unlocked(staffed_folder) as office:
        back_up_office(office, BackupReason.DAILY, NOW)
        back_up_office(office, BackupReason.BY_HAND, NOW.replace(hour=19))
    return staffed_folder


class Door:
    """The unlock window on a copy of that office."""

    def __init__(self, desk: Desk, tmp: Path, folder: Path, clock: Callable[[], datetime]) -> None:
        self.desk, self.tmp, self.folder = desk, tmp, folder
        self.answers = Answers(place=tmp)
        self.offices: list[Office] = []
        self.dialog = UnlockDialog(
            desk.jobs,
            clock,
            RecentOffices(tmp / "offices.json"),
            self.answers,
            folder=folder,
            login=Role.ATTORNEY.value,
            demonstration=tmp / "demonstration",
        )
        self.dialog.unlocked.connect(self.offices.append)
        desk.qtbot.addWidget(self.dialog)
        self.dialog.show()
        desk.settled()
        self.page = self.dialog.restore

    def ask(self) -> None:
        """Press “Restore a backup”."""
        self.dialog.door.restore.click()
        self.desk.settled()


@pytest.fixture
def door(
    desk: Desk, tmp_path: Path, backed_up: Path, clock: Callable[[], datetime]
) -> Iterator[Door]:
    folder = Path(shutil.copytree(backed_up, tmp_path / "office"))
    made = Door(desk, tmp_path, folder, clock)
    yield made
    for office in made.offices:
        desk.close(office)


@pytest.mark.parametrize("damage", ["nothing", "database", "keys"])
def test_choose_restore_and_come_in(door: Door, damage: str) -> None:
    if damage == "database":
        (door.folder / "office.db").write_bytes(b"not a database" * 500)
    if damage == "keys":
        for path in door.folder.glob("keys*.json"):
            path.write_text("{}")
    before = fingerprint(door.folder)
    door.ask()
    assert [door.page.backup.itemText(i).split(" · ")[1] for i in range(2)] == [
        "by hand", "each day"
    ]  # fmt: skip
    door.page.button.click()
    door.desk.settled()
    assert door.page.message.isHidden(), door.page.message.words.text()
    shown = door.dialog.door
    new = Path(shown.folder.currentText())
    assert new.parent == door.tmp
    assert new.name.startswith("office restored 2026-11-22")
    assert "was restored to this folder" in shown.message.words.text()
    assert fingerprint(door.folder) == before, "the old office is as it was"
    QTest.keyClicks(shown.passphrase.edit, PASSPHRASE)
    QTest.keyClick(shown.passphrase.edit, Qt.Key.Key_Return)
    door.desk.settled()
    assert [office.folder for office in door.offices] == [new]
    assert door.desk.done(door.offices[0].damage) == []


def test_from_any_folder_to_any_folder(door: Door) -> None:
    usb = door.tmp / "usb"
    shutil.copytree(door.folder / "backups", usb)
    door.ask()
    door.answers.place = usb
    door.page.look.click()
    door.desk.settled()
    assert door.page.source.text() == str(usb)
    assert door.page.backup.count() == 2
    door.page.backup.setCurrentIndex(1)
    door.page.target.setText(str(door.tmp / "mine"))
    door.page.button.click()
    door.desk.settled()
    assert (door.tmp / "mine" / "office.db").is_file()


def test_never_over_something(door: Door) -> None:
    door.ask()
    before = fingerprint(door.folder)
    door.page.target.setText(str(door.folder))
    door.page.button.click()
    door.desk.settled()
    assert "never put over something" in door.page.message.words.text()
    door.page.target.setText(" ")
    door.page.button.click()
    assert door.page.message.words.text() == "Choose a new folder for the office."
    assert fingerprint(door.folder) == before


def test_a_damaged_one_is_not_offered_and_a_changed_one_is_refused(door: Door) -> None:
    first, second = sorted((door.folder / "backups").iterdir())
    (first / "backup.json").write_text("{}")
    content = bytearray((second / "office.db").read_bytes())
    content[7000] ^= 2
    (second / "office.db").write_bytes(content)
    door.ask()
    assert door.page.backup.count() == 1
    assert door.page.message.words.text() == "One backup there is damaged and can’t be restored."
    door.page.button.click()
    door.desk.settled()
    assert "damaged or not whole" in door.page.message.words.text()
    assert not list(door.tmp.glob("office restored*"))


def test_where_there_is_none_it_says_where_to_look(door: Door) -> None:
    shutil.rmtree(door.folder / "backups")
    door.ask()
    assert "There is no backup in that folder." in door.page.message.words.text()
    assert not door.page.button.isEnabled()
    QTest.keyClick(door.dialog, Qt.Key.Key_Escape)
    assert door.dialog.door.isVisible()


def test_everything_on_the_page_has_a_name(door: Door) -> None:
    door.ask()
    assert nameless(door.page) == []
    assert door.desk.done(partial(len, "abc")) == 3
