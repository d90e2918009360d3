"""From the door to the window and back: the whole program, offscreen."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from intake_app.core.casefile import Person
from intake_app.core.roles import Role
from intake_app.start import Session, where_it_broke
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.store.office import Office
from intake_app.ui.case_page import CasePage
from intake_app.ui.main_window import MainWindow
from intake_app.ui.settings import Settings
from intake_app.ui.theme import DARK, Theme, dress, load_fonts
from intake_app.workflows.create_office import create_office
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW, PASSPHRASE, PROFILE


@pytest.fixture
def session(qapp: QApplication, qtbot: QtBot, folder: Path, tmp_path: Path) -> Iterator[Session]:
    """The program at the door of a new office."""
    load_fonts()
    create_office(
        folder, PROFILE, "administrator", "A. Ruiz", PASSPHRASE, NOW, OWASP_MINIMUM
    ).office.close()
    made = Session(qapp, tmp_path, folder)
    made.ask()
    yield made
    made.backups.close()
    made.jobs.close()
    for window in (made.door, made.window):
        if window is not None:
            window.hide()
            delete(window)
    dress(qapp, Theme())


def unlock(session: Session, qtbot: QtBot) -> MainWindow:
    """Type the passphrase at the door and press Enter."""
    door = session.door
    assert door is not None
    field = door.door.passphrase
    qtbot.waitUntil(lambda: not session.jobs.busy)
    QTest.keyClicks(field.edit, PASSPHRASE)
    QTest.keyClick(field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.window is not None and session.window.isVisible())
    qtbot.waitUntil(lambda: not session.jobs.busy, timeout=20_000)
    assert session.window is not None
    return session.window


def test_the_passphrase_opens_the_window_on_the_desk(session: Session, qtbot: QtBot) -> None:
    window = unlock(session, qtbot)
    assert window.place[0] == "desk"
    assert session.door is None


def test_locking_closes_the_office_and_unlocking_comes_back_to_the_same_case(
    session: Session, qtbot: QtBot
) -> None:
    window = unlock(session, qtbot)
    window.go("case", "new")
    qtbot.waitUntil(lambda: not session.jobs.busy)
    place = window.place
    window.lock()
    qtbot.waitUntil(lambda: session.door is not None and session.door.isVisible())
    assert not window.isVisible()
    again = unlock(session, qtbot)
    assert again is not window
    assert again.place == place


def test_another_text_size_keeps_the_place_and_is_remembered(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    window = unlock(session, qtbot)
    window.go("case", "new")
    qtbot.waitUntil(lambda: not session.jobs.busy)
    place = window.place
    window.looks_wanted.emit(Theme(DARK, 150))
    qtbot.waitUntil(lambda: session.window not in (None, window))
    assert session.window is not None
    assert session.window.place[0] == place[0]
    qtbot.waitUntil(lambda: not session.jobs.busy)
    assert session.window.place == place
    assert Settings(tmp_path / "window.ini").theme == Theme(DARK, 150)


def test_another_look_never_costs_words_that_cant_be_saved(session: Session, qtbot: QtBot) -> None:
    window = unlock(session, qtbot)
    window.go("case", "new")
    qtbot.waitUntil(lambda: not session.jobs.busy)
    page = window.page("case")
    assert isinstance(page, CasePage)
    page.open_section("Person")
    line = page.forms.view("Person").forms[Person].rows["born"].edit.control
    QTest.keyClicks(line, "in the spring")
    window.looks_wanted.emit(Theme(DARK, 100))
    assert session.window is window
    assert line.property("text") == "in the spring"


def test_settings_name_nobody(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    window = unlock(session, qtbot)
    window.looks_wanted.emit(Theme(DARK, 100))
    qtbot.waitUntil(lambda: session.window not in (None, window))
    assert session.window is not None
    session.window.close()
    qtbot.waitUntil(lambda: not session.jobs.busy)
    kept = (tmp_path / "window.ini").read_text()
    assert "palette=dark" in kept
    assert "Ruiz" not in kept
    assert "administrator" not in kept


def test_a_fault_is_told_without_any_value() -> None:
    try:
        try:
            int("Jean-Baptiste")
        except ValueError as error:
            raise KeyError("26-119034") from error
    except KeyError as error:
        told = where_it_broke(error, error.__traceback__)
    assert told.startswith("KeyError < ValueError at test_start.py:")
    assert "Jean" not in told
    assert "119034" not in told


def test_a_fault_shows_a_plain_sentence(session: Session, qtbot: QtBot) -> None:
    window = unlock(session, qtbot)
    session.fault(ValueError, ValueError("Jean-Baptiste"), None)
    assert window.message.words.text().startswith("The program made a mistake")


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_every_kind_of_member_comes_in_without_a_fault(
    qapp: QApplication, qtbot: QtBot, staffed: Office, tmp_path: Path, role: Role
) -> None:
    """A coordinator's program never tries a name: it would be a fault of ours."""
    load_fonts()
    folder = staffed.folder
    start_intake(staffed, NOW)
    staffed.close()
    session = Session(qapp, tmp_path, folder)
    faults: list[object] = []
    session.jobs.broke.connect(faults.append)
    session.login = role.value
    session.ask()
    window = unlock(session, qtbot)
    assert window.office.member.role is role
    assert not faults
    session.backups.close()
    session.jobs.close()
    window.hide()
    delete(window)
    dress(qapp, Theme())


def test_notices_of_deadlines_go_on_while_it_is_locked(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    window = unlock(session, qtbot)
    qtbot.waitUntil(lambda: session.notices._deadlines is not None)
    session.notices.noticed.emit("A detainer clock has 2 hours left.")
    assert window.notice.words.text() == "A detainer clock has 2 hours left."
    window.rail.notices.trigger()
    assert not session.notices.outside_wanted
    assert not Settings(tmp_path / "window.ini").notices
    window.lock()
    qtbot.waitUntil(lambda: session.door is not None and session.door.isVisible())
    assert session.notices._office is None
    assert session.notices._deadlines is not None
    assert session.notices._timer.isActive()
    session.notices.tick()
    again = unlock(session, qtbot)
    assert not again.rail.notices.isChecked()
    assert session.notices._office is not None


def test_the_door_waits_for_nothing_that_letters_are_made_of() -> None:
    """A fifth of the time to the door: it is loaded once the door stands, or when asked for."""
    heavy = {"reportlab", "jinja2", "uharfbuzz", "PIL", "xlsxwriter"}
    asked = f"import sys, intake_app.start; print(*sorted({heavy!r} & set(sys.modules)))"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == []
