"""A passphrase is hidden, rated, and warned about when caps lock is on."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from intake_app.ui.passphrase_field import CAPS_LOCK, PassphraseField, strength
from intake_app.ui.theme import Tone


@pytest.mark.parametrize(
    ("typed", "tone"),
    [
        ("", Tone.PLAIN),
        ("heron", Tone.BAD),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", Tone.BAD),
        ("abcdefghijklmnopqrstuvwx", Tone.BAD),
        ("123456789012", Tone.BAD),
        ("qwertyuiopasdfghjkl", Tone.BAD),
        ("heron gravel", Tone.SOON),
        ("heron gravel tulip", Tone.GOOD),
        ("heron gravel tulip ferry", Tone.GOOD),
    ],
)
def test_strength_in_words(typed: str, tone: Tone) -> None:
    assert strength(typed)[1] is tone


def test_the_same_word_four_times_is_not_strong() -> None:
    assert strength("heron heron heron heron")[0] != "Strong"
    assert strength("heron gravel tulip ferry")[0] == "Strong"


def test_it_is_hidden_until_shown_and_hidden_again_when_cleared(qtbot: QtBot) -> None:
    field = PassphraseField(rate=True)
    qtbot.addWidget(field)
    field.show()
    QTest.keyClicks(field.edit, "heron gravel tulip ferry")
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password
    assert field.note.text() == "Strong"
    field.look.click()
    assert field.edit.echoMode() is QLineEdit.EchoMode.Normal
    field.clear()
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password
    assert (field.text(), field.note.text()) == ("", "")


def typed(field: PassphraseField, letter: str, *, shift: bool) -> None:
    """One key as the system sends it: the letter it gave, and whether shift was held."""
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    event = QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), held, letter)
    QApplication.sendEvent(field.edit, event)


def test_caps_lock_is_told_by_a_capital_without_shift(qtbot: QtBot) -> None:
    field = PassphraseField()
    qtbot.addWidget(field)
    field.show()
    typed(field, "H", shift=True)
    assert CAPS_LOCK not in field.note.text()
    typed(field, "H", shift=False)
    assert field.note.text() == CAPS_LOCK
    assert field.note.isVisible()
    typed(field, "7", shift=False)
    assert field.note.text() == CAPS_LOCK, "a figure tells nothing about caps lock"
    typed(field, "h", shift=False)
    assert not field.note.isVisible()
    typed(field, "h", shift=True)
    assert field.note.isVisible(), "with caps lock on, shift makes it small"
    assert field.text() == "HH7hh"
