"""The office locks by itself when nobody is there, and not while somebody is."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.ui.lock_timer import LockTimer


def test_it_rings_when_nobody_touches_anything(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    timer = LockTimer(0, window, look_every=10)
    with qtbot.waitSignal(timer.time_is_up):
        timer.start()


def test_it_says_how_many_minutes_are_left(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    timer = LockTimer(8, window, look_every=10)
    with qtbot.waitSignal(timer.minutes_left) as said:
        timer.start()
    assert said.args == [8]


def test_a_key_starts_it_anew(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    timer = LockTimer(8, window, look_every=100_000)
    handle = window.windowHandle()
    assert handle is not None
    handle.installEventFilter(timer)
    timer.start()
    qtbot.waitUntil(lambda: timer.idle > 30)
    QTest.keyClick(handle, Qt.Key.Key_A)
    assert timer.idle < 30
