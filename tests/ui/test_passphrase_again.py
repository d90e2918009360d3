"""The passphrase once more: right, wrong, cancelled, used again, and forgotten."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.ui.passphrase_again import PassphraseAgain
from intake_app.workflows.reauthenticate import Proof, require_proof
from tests.conftest import NOW, PASSPHRASE
from tests.ui.conftest import Desk
from tests.ui.demo_office import nameless


class Line(QWidget):
    """A card with the line on it, at a clock that a test turns."""

    def __init__(self, desk: Desk, office: Office) -> None:
        super().__init__()
        self.desk, self.office, self.now = desk, office, NOW
        self.proofs: list[Proof] = []
        self.again = PassphraseAgain(desk.jobs, self.clock)
        QVBoxLayout(self).addWidget(self.again)
        desk.qtbot.addWidget(self)
        self.resize(700, 200)
        self.show()
        desk.qtbot.waitExposed(self)

    def clock(self) -> datetime:
        return self.now

    def ask(self) -> None:
        self.again.ask(self.office, "A copy leaves the office.", self.proved)

    def proved(self, proof: Proof) -> None:
        self.proofs.append(proof)

    def type(self, passphrase: str) -> None:
        """Type it and press Enter."""
        self.again.field.edit.selectAll()
        QTest.keyClicks(self.again.field.edit, passphrase)
        QTest.keyClick(self.again.field.edit, Qt.Key.Key_Return)
        self.desk.settled()


@pytest.fixture
def line(desk: Desk, office: Office) -> Iterator[Line]:
    made = Line(desk, office)
    made.ask()
    yield made
    made.again.forget()


def test_the_right_passphrase_gives_a_proof_once(line: Line, office: Office) -> None:
    assert not line.again.go.isEnabled()
    line.type(PASSPHRASE)
    (proof,) = line.proofs
    require_proof(office, proof, NOW)
    assert line.again.isHidden()
    assert line.again.field.text() == ""
    QTest.keyClick(line.again.field.edit, Qt.Key.Key_Return)
    assert len(line.proofs) == 1


def test_a_wrong_one_says_so_and_stays(line: Line) -> None:
    line.type("not this passphrase")
    assert line.proofs == []
    assert line.again.isVisible()
    assert "does not open this office" in line.again.sentence.text()
    assert line.again.field.edit.selectedText()
    line.type(PASSPHRASE)
    assert len(line.proofs) == 1
    line.ask()
    assert not line.again.sentence.isVisible()


def test_cancelled_nothing_is_done_even_while_it_is_checked(line: Line, desk: Desk) -> None:
    line.again.field.edit.setText(PASSPHRASE)
    line.again.go.click()
    with desk.qtbot.waitSignal(line.again.cancelled):
        line.again.cancel.click()
    desk.settled()
    assert line.proofs == []
    assert line.again.isHidden()
    line.ask()
    assert line.again.field.isVisible(), "a passphrase whose answer was not waited for counts not"


def test_nobody_types_it_twice_within_five_minutes(line: Line) -> None:
    line.type(PASSPHRASE)
    line.now = NOW + timedelta(minutes=4)
    line.ask()
    assert not line.again.field.isVisible()
    # It is still asked, and still for her to say yes.
    assert line.again.words.text() == "A copy leaves the office."
    assert len(line.proofs) == 1
    line.again.go.click()
    assert len(line.proofs) == 2


@pytest.mark.parametrize("asked_after", [4, 6])
def test_after_five_minutes_it_is_asked_for_again(line: Line, asked_after: int) -> None:
    line.type(PASSPHRASE)
    line.now = NOW + timedelta(minutes=asked_after)
    line.ask()
    line.now = NOW + timedelta(minutes=6)
    if asked_after < 5:
        line.again.go.click()  # it was good when the line came up
    assert line.again.field.isVisible()
    assert not line.again.go.isEnabled()
    assert len(line.proofs) == 1
    line.type(PASSPHRASE)
    assert line.proofs[-1].at == line.now


def test_forgotten_nothing_of_it_stays(line: Line) -> None:
    line.type(PASSPHRASE)
    line.ask()
    line.again.forget()
    assert line.again.isHidden()
    line.ask()
    assert line.again.field.isVisible()
    line.again.field.edit.setText("half a passphr")
    line.again.forget()
    assert line.again.field.text() == ""


def test_a_proof_of_another_office_is_none_of_this_one(line: Line, desk: Desk) -> None:
    line.type(PASSPHRASE)
    desk.done(line.office.close)
    line.office = desk.open(Role.ATTORNEY)
    line.ask()
    assert line.again.field.isVisible()
    desk.done(line.office.close)


def test_everything_on_it_has_a_name(line: Line) -> None:
    assert nameless(line) == []


def test_after_several_wrong_ones_the_button_counts_down(line: Line, qtbot: QtBot) -> None:
    for _time in range(3):
        line.type("not this passphrase")
    line.type(PASSPHRASE)
    assert "in a row were wrong" in line.again.sentence.text()
    assert line.proofs == []
    words = line.again.go.text()
    assert words.startswith("Wait ")
    assert not line.again.go.isEnabled()
    qtbot.waitUntil(lambda: line.again.go.text() != words, timeout=3_000)
    line.now = NOW + timedelta(minutes=2)
    qtbot.waitUntil(line.again.go.isEnabled, timeout=15_000)
    assert line.again.go.text() == "Continue"
    line.type(PASSPHRASE)
    assert len(line.proofs) == 1
