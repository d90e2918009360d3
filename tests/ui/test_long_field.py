"""Fields of several lines are as high as their words."""

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from pytestqt.qtbot import QtBot

from intake_app.core.answers import LONGEST_TEXT
from intake_app.ui.long_field import LongField
from intake_app.ui.widgets import Column

WORD = "arrested on Tuesday "


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[LongField]:
    """In a column that scrolls, as on the form of a case."""
    column = Column()
    qtbot.addWidget(column)
    inside = column.widget()
    assert inside is not None
    made = LongField(inside)
    column.body.addWidget(made)
    column.resize(400, 300)
    column.show()
    yield made


def lines_shown(field: LongField) -> float:
    return field.height() / field.fontMetrics().lineSpacing()


def test_it_is_as_high_as_its_words_at_every_width(field: LongField, qtbot: QtBot) -> None:
    assert 3 <= lines_shown(field) < 5
    field.setPlainText(WORD * 12)
    qtbot.wait(1)
    wide = field.height()
    column = field.window()
    column.resize(200, 300)
    qtbot.waitUntil(lambda: field.height() > wide)
    assert not field.verticalScrollBar().isVisible()
    field.setPlainText(WORD * 200)
    qtbot.waitUntil(field.verticalScrollBar().isVisible)
    # Left to Qt, the bar once came and went for nine seconds.
    assert field.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOn
    assert 12 <= lines_shown(field) < 14
    field.clear()
    qtbot.waitUntil(lambda: lines_shown(field) < 5)
    assert field.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def test_nobody_has_typed_into_a_new_field(field: LongField) -> None:
    assert not field.document().isModified()


def test_blanks_between_two_words_do_not_hold_the_window(field: LongField) -> None:
    """Qt counts the blanks of a line in 16 bits, and went round for ever beyond them."""
    many = QMimeData()
    many.setText("a" + " " * 70_000 + "b")
    began = time.monotonic()
    field.insertFromMimeData(many)
    assert time.monotonic() - began < 5
    assert len(field.toPlainText()) == LONGEST_TEXT + 1
    assert LONGEST_TEXT < 1 << 16
