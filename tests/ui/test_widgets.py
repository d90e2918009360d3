"""The widgets every page is built from."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from intake_app.ui.theme import Theme, Tone
from intake_app.ui.widgets import (
    Card,
    ElidedWords,
    InlineMessage,
    Pill,
    SectionButton,
    Words,
    set_up_table,
)


@pytest.mark.parametrize("first", ["", "draft"])
def test_a_pill_comes_up_with_its_words_and_never_as_a_window(qtbot: QtBot, first: str) -> None:
    pill = Pill(first)
    pill.say("2 open", Tone.SOON)
    assert not pill.isVisible()
    parent = QWidget()
    qtbot.addWidget(parent)
    QVBoxLayout(parent).addWidget(pill)
    parent.show()
    assert pill.isVisible()
    pill.say("", Tone.PLAIN)
    assert not pill.isVisible()
    pill.say("protected", Tone.PROTECTED)
    assert pill.isVisible()


def test_a_name_that_looks_like_markup_is_shown_as_it_stands(qtbot: QtBot) -> None:
    words = Words("<b>Ñ</b> & Co.")
    qtbot.addWidget(words)
    assert words.textFormat() is Qt.TextFormat.PlainText
    assert words.text() == "<b>Ñ</b> & Co."


def test_elided_words_keep_the_whole_for_tooltip_and_screen_reader(qtbot: QtBot) -> None:
    words = ElidedWords("")
    qtbot.addWidget(words)
    words.resize(60, 20)
    words.say("Nguyễn-Đặng, Thị Hoa")
    assert words.text().endswith("…")
    words.setContentsMargins(8, 0, 0, 0)
    words.say("Nguyễn-Đặng, Thị Hoa")
    assert words.fontMetrics().horizontalAdvance(words.text()) <= 60 - 8
    assert words.toolTip() == "Nguyễn-Đặng, Thị Hoa"
    assert words.accessibleName() == "Nguyễn-Đặng, Thị Hoa"


def test_a_message_says_its_sentence_and_offers_one_thing(qtbot: QtBot) -> None:
    message = InlineMessage()
    qtbot.addWidget(message)
    assert message.isHidden()
    message.say("The disk is full.", Tone.BAD, "Try again")
    with qtbot.waitSignal(message.acted):
        message.button.click()
    message.say("Charge removed.", Tone.PLAIN)
    assert message.button.isHidden()
    message.clear()
    assert message.isHidden()


def test_arrows_go_through_a_list_of_sections(qtbot: QtBot) -> None:
    card = Card()
    qtbot.addWidget(card)
    first, second = SectionButton("Person"), SectionButton("Charges")
    for button in (first, second):
        card.body.addWidget(button)
    second.note("2", None, "2 recorded")
    card.show()
    qtbot.waitExposed(card)
    card.activateWindow()
    qtbot.waitUntil(card.isActiveWindow)
    first.setFocus()
    first.click()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is second
    assert second.accessibleName() == "Charges, 2 recorded"


def test_a_table_with_the_keyboard_has_a_whole_ring(qtbot: QtBot) -> None:
    """Drawn under the rows it would be seen between them only."""
    window = QWidget()
    qtbot.addWidget(window)
    table = QTableWidget(40, 3)
    set_up_table(table, "Cases", [100, 100, 0])
    QVBoxLayout(window).addWidget(table)
    table.selectRow(0)
    window.show()
    window.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    seen = table.grab().toImage()
    right, bottom = seen.width() - 1, seen.height() - 1
    ring = {
        seen.pixelColor(x, y).name()
        for at in range(0, right + 1, 7)
        for x, y in ((at, 0), (at, bottom), (0, min(at, bottom)), (right, min(at, bottom)))
    }
    assert ring == {Theme().palette.focus.lower()}
