"""Fixtures of the window: the program's fonts and looks, and one office for each test file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from intake_app.core.errors import AppError
from intake_app.core.roles import Role
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.store.members import add_member
from intake_app.store.office import Office
from intake_app.ui.garbage_timer import GarbageTimer
from intake_app.ui.jobs import Jobs
from intake_app.ui.theme import Theme, dress, load_fonts
from intake_app.ui.turns import Turns
from intake_app.ui.window_first import go_first
from intake_app.workflows.create_office import create_office
from intake_app.workflows.unlock_office import unlock_office
from tests.conftest import NOW, PASSPHRASE, PROFILE

T = TypeVar("T")

TURNS = 30


def pytest_itemcollected(item: pytest.Item) -> None:
    """The offscreen platform has no window manager and says so when a list pops up."""
    item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support", extend=True))


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The one application of the test run, dressed as `start.py` does."""
    GarbageTimer(qapp)
    go_first()
    load_fonts()
    dress(qapp, Theme())
    return qapp


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    """An office thread; a fault of ours on it fails the test."""
    made = Jobs()
    faults: list[Exception] = []
    made.broke.connect(faults.append)
    yield made
    qtbot.waitUntil(lambda: not made.busy, timeout=10_000)
    made.close()
    if faults:
        raise faults[0]


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """Sunday 22 November 2026, 12:11 in Miami, always."""
    return lambda: NOW


@dataclass(frozen=True)
class Desk:
    """An office folder on the disk with one member of each role, and the thread that opens it."""

    folder: Path
    jobs: Jobs
    qtbot: QtBot

    def done(self, work: Callable[[], T]) -> T:
        """Do something on the office thread and wait for it."""
        answers: list[T] = []
        errors: list[AppError] = []
        self.jobs.run(work, answers.append, errors.append)
        self.qtbot.waitUntil(lambda: bool(answers or errors), timeout=20_000)
        if errors:
            raise errors[0]
        return answers[0]

    def open(self, role: Role = Role.PARALEGAL) -> Office:
        """Unlock as one of the members."""
        return self.done(partial(unlock_office, self.folder, role.value, PASSPHRASE, NOW))

    def close(self, office: Office) -> None:
        """Close an office, as `start.py` does: with nothing of it on the screen any more."""
        for window in QApplication.topLevelWidgets():
            window.hide()
        self.settled()
        self.done(office.close)

    def settled(self) -> None:
        """Wait until every answer has come and is shown."""
        self.qtbot.waitUntil(lambda: not self.jobs.busy, timeout=20_000)
        # What a layout takes in is shown by an event of its own.
        for _ in range(TURNS):
            QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not Turns.of_the_window().busy, timeout=20_000)

    def press(self, within: QWidget, name: str) -> None:
        """Press the one button to be seen with these words or this accessible name."""
        button_in(within, name).click()
        self.settled()


def button_in(within: QWidget, name: str) -> QPushButton:
    """The one button to be seen with these words or this accessible name."""
    (found,) = (
        one
        for one in within.findChildren(QPushButton)
        if name in (one.text(), one.accessibleName()) and one.isVisibleTo(within)
    )
    return found


@pytest.fixture(scope="module")
def staffed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with a member of each role, closed; login = role, one passphrase for all."""
    folder = tmp_path_factory.mktemp("desk") / "office"
    made: Any = create_office(
        folder, PROFILE, "administrator", "A. Ruiz", PASSPHRASE, NOW, OWASP_MINIMUM
    )
    with made.office as office:
        for role in Role:
            if role is not Role.ADMINISTRATOR:
                add_member(office, role.value, f"M. {role.value.title()}", role, PASSPHRASE, NOW)
    return folder


@pytest.fixture
def desk(staffed_folder: Path, jobs: Jobs, qtbot: QtBot) -> Desk:
    """The office of this test file."""
    return Desk(staffed_folder, jobs, qtbot)


@pytest.fixture
def office(desk: Desk) -> Iterator[Office]:
    """It, unlocked by the paralegal; belongs to the office thread."""
    opened = desk.open()
    yield opened
    desk.close(opened)
