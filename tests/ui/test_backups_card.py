"""The card of backups: what an administrator does there, and what everybody else sees."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from intake_app.core.backups import BackupReason
from intake_app.core.roles import Role
from intake_app.store.backups.files import BACKUPS
from intake_app.store.office import Office
from intake_app.ui.backup_list import BackupList
from intake_app.ui.backups_card import BACK_UP, BACKING_UP, TEST, TESTING, BackupsCard
from intake_app.workflows.back_up_office import back_up_office
from tests.conftest import NOW
from tests.ui.conftest import Desk
from tests.ui.demo_office import Answers


class Backups:
    """The card, and what a person does with it."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime], tmp: Path) -> None:
        self.desk = desk
        self.answers = Answers(place=tmp)
        self.card = BackupsCard(desk.jobs, clock, self.answers)
        desk.qtbot.addWidget(self.card)
        self.office: Office | None = None
        self.idle = True
        self.card.work.listed.connect(self._listed)

    def _listed(self, _places: object) -> None:
        self.idle = True

    def show(self, role: Role = Role.ADMINISTRATOR) -> BackupsCard:
        """Open the office as a member and bring the card up."""
        self.office = self.desk.open(role)
        self.idle = role is not Role.ADMINISTRATOR
        self.card.show_for(self.office)
        self.card.show()
        self.wait()
        return self.card

    def wait(self) -> None:
        """Until the list has come."""
        self.desk.qtbot.waitUntil(lambda: self.idle and not self.desk.jobs.busy, timeout=20_000)
        self.desk.settled()

    def press(self, button: str) -> None:
        """Press a button and wait for what it does and for the list after it."""
        self.idle = False
        getattr(self.card, button).click()
        self.wait()

    def rows(self) -> list[str]:
        """The words of the list."""
        found = self.card.findChildren(BackupList)
        return [one.text() for one in found[-1].findChildren(QLabel)] if found else []


@pytest.fixture
def backups(
    staffed_folder: Path, desk: Desk, clock: Callable[[], datetime], tmp_path: Path
) -> Iterator[Backups]:
    folder = Path(shutil.copytree(staffed_folder, tmp_path / "office"))
    (tmp_path / "usb").mkdir()
    made = Backups(replace(desk, folder=folder), clock, tmp_path / "usb")
    yield made
    if made.office is not None:
        made.card.hide()
        desk.done(made.office.close)


def test_without_a_second_folder_it_warns_and_one_is_chosen(backups: Backups) -> None:
    card = backups.show()
    assert card.last.text() == "There is no backup yet."
    assert "There is no second folder." in card.warning.words.text()
    assert card.second.text() == "None"
    backups.press("choose")
    assert card.second.text().endswith("usb/Intake Desk backups")
    # Here both are on one disk, and it says so; and the first copy is made at once.
    assert "same disk" in card.message.words.text()
    assert card.warning.isHidden()
    assert card.last.text() == "The last good backup was made on 22 Nov 2026, 12:11."
    assert card.reached.text() == "22 Nov 2026, 12:11"
    assert backups.rows().count("Good") == 2
    assert len(list((backups.answers.place or Path()).glob("*/2026*"))) == 1


def test_back_up_now_says_what_it_did(backups: Backups) -> None:
    card = backups.show()
    backups.idle = False
    card.now.click()
    assert (card.now.text(), card.now.isEnabled(), card.test.isEnabled()) == (
        BACKING_UP, False, False
    )  # fmt: skip
    backups.wait()
    assert (card.now.text(), card.now.isEnabled()) == (BACK_UP, True)
    assert card.message.words.text() == "Backed up and checked."
    assert backups.rows() == [
        *("Made", "Why", "With the office"),
        *("22 Nov 2026, 12:11", "by hand", "Good"),
    ]


def test_the_test_says_what_was_proven(backups: Backups) -> None:
    card = backups.show()
    backups.press("now")
    assert card.proven.text() == "Never"
    backups.idle = False
    card.test.click()
    assert card.test.text() == TESTING
    backups.wait()
    assert card.test.text() == TEST
    assert "It was restored as a trial" in card.message.words.text()
    assert card.proven.text() == "22 Nov 2026, 12:11"


def test_a_damaged_backup_is_said_in_red(backups: Backups) -> None:
    card = backups.show()
    backups.press("now")
    assert backups.office is not None
    path = backups.office.folder / BACKUPS / "20261122T171100Z-by-hand" / "office.db"
    content = bytearray(path.read_bytes())
    content[9000] ^= 1
    path.write_bytes(content)
    backups.press("test")
    assert "damaged" in card.message.words.text()
    assert card.message.property("tone") == "bad"
    assert card.proven.text() == "Never"


def test_a_drive_that_was_away_for_a_week_is_a_warning(backups: Backups) -> None:
    card = backups.show()
    backups.press("choose")
    assert backups.office is not None
    shutil.rmtree(card.second.text())
    later = NOW + timedelta(days=8)
    backups.desk.done(partial(back_up_office, backups.office, BackupReason.DAILY, later))
    card._clock = lambda: later
    backups.idle = False
    card.show_for(backups.office)
    backups.wait()
    assert card.warning.words.text() == (
        "The second folder was not reached since 22 Nov 2026, 12:11. Connect its drive, or choose "
        "another folder."
    )
    assert "not there now" in backups.rows()
    backups.press("now")
    assert card.message.words.text() == (
        "Backed up with the office. The second folder for backups is not there. Connect the "
        "drive; the backup is copied as soon as it is back."
    )


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.COORDINATOR, Role.ATTORNEY])
def test_others_see_only_when_the_last_one_was_made(backups: Backups, role: Role) -> None:
    card = backups.show(role)
    assert card.last.text() == "There is no backup yet."
    assert card.warning.words.text() == "Tell an administrator: there should be one of today."
    for hidden in (card.second, card.choose, card.now, card.test, card.proven):
        assert not hidden.isVisible()
    assert backups.rows() == []


def test_a_disk_that_refuses_is_said_and_nothing_is_left(backups: Backups) -> None:
    card = backups.show()
    assert backups.office is not None
    (backups.office.folder / BACKUPS).write_text("in the way")
    card.now.click()
    backups.desk.qtbot.waitUntil(lambda: not card.message.isHidden(), timeout=10_000)
    assert "could not be written" in card.message.words.text()
    assert card.now.isEnabled()
