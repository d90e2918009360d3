"""Words the file refuses outlive a lock: sealed, with no widget left, and back for their writer."""

import gc
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from secrets import token_hex

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from intake_app.core.casefile import OtherName, Person
from intake_app.core.errors import AppError
from intake_app.core.roles import Role
from intake_app.start import Session
from intake_app.ui.case_page import CasePage
from intake_app.ui.keyboard import press, type_into
from intake_app.ui.main_window import MainWindow
from intake_app.ui.office_page import OfficePage
from intake_app.ui.page_stack import PageStack
from intake_app.ui.theme import Theme, dress
from intake_app.workflows.open_case import open_case
from tests.conftest import PASSPHRASE
from tests.offices import unlocked
from tests.soak import SOAK, how_many
from tests.ui.screens import CaseScreen

FULL = "The disk is full. Make room and try again."


def _full(*_asked: object) -> None:
    raise AppError(FULL)


class Program:
    """The whole program, and what people do with it."""

    def __init__(self, session: Session, qtbot: QtBot) -> None:
        self.session, self.qtbot, self.patch = session, qtbot, pytest.MonkeyPatch()
        # Of this test alone: widgets of another one may still be about.
        self.secret = f"Quintanilla-{token_hex(4)}"
        self.second = f"Inocencia-{token_hex(4)}"
        self.half = f"the spring of flood {token_hex(4)}"

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.jobs.busy, timeout=20_000)

    def unlock(self, role: Role) -> MainWindow:
        self.qtbot.waitUntil(lambda: self.session.door is not None)
        assert self.session.door is not None
        door = self.session.door.door
        self.settle()
        door.member.setCurrentIndex(door.member.findData(role.value))
        QTest.keyClicks(door.passphrase.edit, PASSPHRASE)
        QTest.keyClick(door.passphrase.edit, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.session.door is None, timeout=20_000)
        self.settle()
        return self.window

    @property
    def window(self) -> MainWindow:
        assert self.session.window is not None
        return self.session.window

    @property
    def case(self) -> CaseScreen:
        page = self.window.page("case")
        assert isinstance(page, CasePage)
        return CaseScreen(page, self.qtbot)

    @property
    def case_id(self) -> int:
        assert self.case.page.case is not None
        return self.case.page.case.case_id

    def lock(self) -> None:
        self.window.lock()
        self.qtbot.waitUntil(lambda: self.session.door is not None, timeout=20_000)
        self.settle()

    def refuse(self) -> None:
        """From now on the disk is full.

        Not by `PRAGMA query_only`: after a fault `store/open_file.py` opens the file on a new
        connection, without the pragma, and rightly takes the words.
        """
        for name in ("save_answer", "keep_draft"):
            self.patch.setattr(f"intake_app.ui.case_saver.{name}", _full)

    def heal(self) -> None:
        """Somebody made room."""
        self.patch.undo()

    def nobody(self, _answer: object) -> None:
        """Nobody waits for that."""


@pytest.fixture
def program(
    qapp: QApplication,
    qtbot: QtBot,
    staffed_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Program]:
    """At the door of an office with a member of each role."""
    if not SOAK:
        # Pages nobody asks for are not made at each unlocking.
        monkeypatch.setattr(PageStack, "make_the_rest", lambda _stack: None)
    folder = shutil.copytree(staffed_folder, tmp_path / "office")
    session = Session(qapp, tmp_path, folder)
    faults: list[object] = []
    session.jobs.broke.connect(faults.append)
    session.ask()
    made = Program(session, qtbot)
    yield made
    made.heal()
    session.backups.close()
    if session._office is not None:
        session.jobs.run(session._office.close, made.nobody, made.nobody)
    session.jobs.close()
    for window in (session.door, session.window):
        if window is not None and isValid(window):
            window.hide()
            delete(window)
    dress(qapp, Theme())
    assert not faults


def a_refused_name(program: Program) -> int:
    """A paralegal types two names the file refuses, and a date of birth nobody can read."""
    program.unlock(Role.PARALEGAL)
    program.window.go("case", "new")
    program.settle()
    program.refuse()
    for field, words in (("surname", program.secret), ("given", program.second)):
        type_into(program.case.row(Person, field).edit.control, words)
        press(program.case.row(Person, field).edit.control, Qt.Key.Key_Return)
    type_into(program.case.row(Person, "born").edit.control, program.half)
    program.settle()
    assert len(program.case.page.saver.refused) == 2
    return program.case_id


def words_in_widgets() -> list[str]:
    """Every word any widget of the program holds."""
    found = []
    for widget in QApplication.allWidgets():
        for name in ("text", "plainText", "toolTip", "windowTitle", "accessibleName"):
            if isinstance(words := widget.property(name), str):
                found.append(f"{words} ({type(widget).__name__} of {widget.window()})")
        if isinstance(widget, QComboBox):
            found += [widget.itemText(row) for row in range(widget.count())]
    return found


def test_refused_words_are_sealed_while_locked_and_saved_for_their_writer_afterwards(
    program: Program, qtbot: QtBot
) -> None:
    case_id = a_refused_name(program)
    old = program.window
    program.lock()
    qtbot.waitUntil(lambda: not old.findChildren(CasePage))
    told = "\n".join(words_in_widgets())
    for words in (program.secret, program.second, program.half):
        assert words not in told
    (kept,) = program.session._sealed
    assert program.secret.encode() not in kept.sealed
    assert program.session.door is not None
    assert "words of M. Paralegal" in program.session.door.door.message.words.text()

    program.heal()
    window = program.unlock(Role.PARALEGAL)
    assert window.place == ("case", case_id)
    # The disk takes changes again: the names went in by themselves, the date still waits.
    office = window.office
    people: list[Person] = []
    work = partial(open_case, office, case_id)
    program.session.jobs.run(work, lambda case: people.append(case.one(Person)), print)
    program.settle()
    assert [(one.surname, one.given) for one in people] == [(program.secret, program.second)]
    row = program.case.row(Person, "born")
    assert row.edit.words() == (program.half,)
    assert row.sentence
    assert "Date of birth" in window.unsaved()
    assert program.session._sealed == []


def test_words_refused_again_stand_where_they_were_until_the_disk_heals(
    program: Program,
) -> None:
    program.unlock(Role.PARALEGAL)
    program.window.go("case", "new")
    program.settle()
    case_id = program.case_id
    program.case.add(OtherName)
    program.case.add(OtherName)
    program.refuse()
    row = program.case.row(OtherName, "name")
    type_into(row.edit.control, program.secret)
    press(row.edit.control, Qt.Key.Key_Return)
    program.settle()
    for _times in range(how_many(1, 2)):
        program.lock()
        window = program.unlock(Role.PARALEGAL)
        assert window.place == ("case", case_id)
        row = program.case.row(OtherName, "name")
        assert row.edit.words() == (program.secret,)
        assert row.sentence
        assert window.unsaved()
    program.heal()
    assert program.case.page.message.button.text() == "Try again"
    program.case.page.message.button.click()
    program.settle()
    assert not program.window.unsaved()
    assert not program.case.row(OtherName, "name").sentence
    names = [one.record.name for one in program.case.page.case.kept(OtherName)]  # type: ignore[union-attr]
    assert program.secret in names


def test_another_member_sees_nothing_and_loses_nothing(program: Program) -> None:
    case_id = a_refused_name(program)
    program.lock()
    for role in (Role.ATTORNEY, Role.COORDINATOR):
        window = program.unlock(role)
        assert not window.unsaved()
        assert window.place[0] != "case"
        assert len(program.session._sealed) == 1
        if role is Role.ATTORNEY:
            window.go("case", case_id)
            program.settle()
            assert not [words for words in words_in_widgets() if program.secret in words]
            # Nor is the program closed over them before she was asked.
            window.close()
            program.qtbot.waitUntil(window.message.isVisible)
            assert "words of M. Paralegal" in window.message.words.text()
            assert window.isVisible()
        program.lock()
    window = program.unlock(Role.PARALEGAL)
    assert window.place == ("case", case_id)
    assert program.case.row(Person, "born").edit.words() == (program.half,)
    assert program.case.row(Person, "surname").edit.words() == (program.secret,)


def test_f9_keeps_them_too(program: Program, qtbot: QtBot) -> None:
    a_refused_name(program)
    window = program.window
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert window.cover.isVisible()
    qtbot.waitUntil(lambda: bool(program.session._sealed), timeout=20_000)
    qtbot.waitUntil(lambda: not window.findChildren(CasePage))
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_Space)
    program.unlock(Role.PARALEGAL)
    assert program.case.row(Person, "born").edit.words() == (program.half,)


def test_no_object_holds_them_while_locked_and_the_door_closes_only_when_asked_twice(
    program: Program, qtbot: QtBot
) -> None:
    """As far as Python can tell: no string that is still in use has the words in it."""
    a_refused_name(program)
    program.lock()

    def holders() -> list[str]:
        gc.collect()
        return [
            type(owner).__name__
            for owner in gc.get_objects()
            for one in gc.get_referents(owner)
            if isinstance(one, str) and (program.secret in one or program.half in one)
            if owner is not vars(program)
        ]

    # What the office thread did last is let go with its next work.
    program.session.jobs.run(lambda: None, program.nobody, program.nobody)
    qtbot.waitUntil(lambda: holders() == [], timeout=10_000)
    # Closing the door would lose them for good: it takes a second time.
    door = program.session.door
    assert door is not None
    door.close()
    assert door.isVisible()
    assert "Close once more" in door.door.message.words.text()
    door.reject()
    assert not door.isVisible()


def test_nothing_is_kept_where_everything_was_saved(program: Program) -> None:
    program.unlock(Role.PARALEGAL)
    program.window.go("case", "new")
    program.settle()
    case_id = program.case_id
    type_into(program.case.row(Person, "surname").edit.control, program.secret)
    program.lock()
    assert program.session._sealed == []
    folder = program.session._folder
    assert folder is not None
    with unlocked(folder) as office:
        assert open_case(office, case_id).one(Person).surname == program.secret


def test_what_a_form_held_is_named_to_whoever_typed_it(program: Program) -> None:
    """Words that wait for a button of their own are no answer: they go, and that is said."""
    program.unlock(Role.ADMINISTRATOR)
    program.window.go("office")
    program.settle()
    page = program.window.page("office")
    assert isinstance(page, OfficePage)
    page.open_section("Letters")
    program.settle()
    name = page.letterhead.name
    QTest.keyClicks(name, f" {program.secret}")
    program.lock()
    assert program.secret not in "\n".join(words_in_widgets())
    assert program.window.found.isHidden()
    assert program.unlock(Role.ATTORNEY).found.isHidden()
    program.lock()
    window = program.unlock(Role.ADMINISTRATOR)
    assert "typed and not saved: “Name of the office” (Office)" in window.found.words.text()
    assert program.secret not in window.found.words.text()
